"""Who may pay what (R2): payer sets of lines, and eligibility classes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from liftplan.solver.compile.facts import Facts, Texts, located
from liftplan.solver.problem import Bools, Ints

MODES = ("grant", "interest_subsidy", "reward", "build_first")


class Eligibility:
    """Tables of which fund may pay which purpose, recipient, mode, village and groups of a household."""

    def __init__(self, facts: Facts) -> None:
        tables, purses = facts.tables, facts.purses
        self._purposes: Texts = tables["purposes"]["id"]
        poolable = set(np.asarray(self._purposes)[tables["purposes"]["poolable"]].tolist())
        pooled = facts.policy.R2.purpose_rule == "pooled"
        names = self._purposes.tolist()
        self.purpose = np.zeros((len(names), len(purses)), dtype=np.bool_)
        self.mode = np.zeros((len(MODES), len(purses)), dtype=np.bool_)
        self.recipient = np.zeros((2, len(purses)), dtype=np.bool_)
        self.village = np.zeros((len(facts.villages), len(purses)), dtype=np.bool_)
        for index, purse in enumerate(purses):
            fund = purse.fund
            allowed = set(fund.purposes) | (poolable if pooled and fund.poolable else set())
            self.purpose[:, index] = [name in allowed for name in names]
            self.mode[:, index] = [mode in fund.modes for mode in MODES]
            self.recipient[0, index] = "projects" in fund.recipients and not fund.household_groups
            self.recipient[1, index] = "measures" in fund.recipients
            self.village[:, index] = [
                (not fund.villages or village.id in fund.villages)
                and (not fund.village_tags or bool(set(fund.village_tags) & set(village.tags)))
                for village in facts.villages
            ]
        self.combination, self.groups = self._groups(facts)
        self.sharing = np.array(
            [[name in share.purposes for share in facts.shares] for name in names], dtype=np.bool_
        ).reshape(len(names), len(facts.shares))
        order = {purse.fund.id: index for index, purse in enumerate(purses)}
        self.share_fund = np.array([order.get(share.fund, -1) for share in facts.shares], dtype=np.int64)

    def _groups(self, facts: Facts) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """Per household the number of its combination of groups; per combination the funds whose scope it meets."""
        found: dict[tuple[str, ...], int] = {}
        number = np.array(
            [found.setdefault(tuple(groups), len(found)) for groups in facts.households["groups"]], dtype=np.int64
        )
        fine = np.zeros((max(1, len(found)), len(facts.purses)), dtype=np.bool_)
        for groups, index in found.items():
            fine[index] = [
                not purse.fund.household_groups or bool(set(purse.fund.household_groups) & set(groups))
                for purse in facts.purses
            ]
        return number, fine

    def purposes(self, names: Any) -> Ints:
        """Rows of purposes."""
        return located(names, self._purposes)

    def payers(self, purpose: Ints, mode: Ints, village: Ints, home: Ints) -> Bools:
        """(lines, funds) who may pay; home is -1 for lines of projects."""
        fine = self.purpose[purpose] & self.mode[mode] & self.village[village]
        fine &= self.recipient[(home >= 0).astype(np.int64)]
        with_home = np.flatnonzero(home >= 0)
        fine[with_home] &= self.groups[self.combination[home[with_home]]]
        return fine

    def signatures(self, payers: Bools, purpose: Ints) -> tuple[Ints, Bools, Bools]:
        """Eligibility class of each line; per class its payers, and whether each share rule counts it."""
        relevant = np.zeros((len(payers), len(self.share_fund)), dtype=np.bool_)
        for share, fund in enumerate(self.share_fund.tolist()):
            if fund >= 0:
                relevant[:, share] = self.sharing[purpose, share] & payers[:, fund]
        both = np.concatenate([payers, relevant], axis=1)
        packed = np.ascontiguousarray(np.packbits(both, axis=1))
        if not packed.size:  # no lines, or no fund that allocates: one class at most
            return np.zeros(len(payers), dtype=np.int64), payers[:1], relevant[:1]
        keys = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
        _, first, number = np.unique(keys, return_index=True, return_inverse=True)
        return number.astype(np.int64), payers[first], relevant[first]


def mode_numbers(names: Texts) -> Ints:
    """Modes as rows of `MODES`."""
    return located(names, np.array(MODES, dtype=object))
