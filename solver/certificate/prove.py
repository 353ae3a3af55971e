"""Proving a plan's bound again from its certificate: whole numbers and enumeration, no search and no engines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from pydantic import ValidationError

from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.plan import Plan
from liftplan.solver.certificate.blocks import Broken, Sites, bound_by, walked
from liftplan.solver.certificate.bounds import ROOM, Block, Unsafe, Valued, block_at, valued, worths
from liftplan.solver.certificate.combined import Choices, Loss, exclude
from liftplan.solver.certificate.form import (
    READABLE,
    Branch,
    Certificate,
    Combined,
    Decided,
    Leaf,
    Prices,
    unpacked,
)
from liftplan.solver.certificate.packages import Listing, TooMany, closure, listing
from liftplan.solver.certificate.shown import other_prices
from liftplan.solver.check import Violation, shown_bound
from liftplan.solver.compile import compile_county
from liftplan.solver.nodes import Fixing, Kind, feasibility, restricted, spread
from liftplan.solver.problem import Ints, Problem, reachable

Item = TypeVar("Item")


def reprove(county: County, plan: Plan) -> Sequence[Violation]:
    """What is wrong with a plan's certificate; nothing if it proves exactly the bound and prices that are shown."""
    if plan.certificate is None:
        return [_wrong(m("The plan holds no certificate; its bound cannot be proved again."))]
    try:
        certificate = Certificate.model_validate(plan.certificate)
        compiled = compile_county(county, apart=True)
        proved = Proof(compiled.problem, certificate).bound()
    except ValidationError as error:
        return [_wrong(m("The certificate cannot be read: {reason}.", reason=_first(error)))]
    except Broken as error:
        return [_wrong(m("The certificate does not hold together: {reason}.", reason=error.reason))]
    except Unsafe:
        return [_wrong(m("The certificate's prices are too large to be added up exactly."))]
    except TooMany:
        return [_wrong(m("A household has too many packages to be enumerated."))]
    if proved is None:
        return [_wrong(m("The certificate claims that there is no plan at all."))]
    shown = shown_bound(proved)
    if shown != plan.objective_bound:
        message = m("The certificate proves {limit}, the plan shows {value}.", value=plan.objective_bound, limit=shown)
        return [Violation("certificate", "bound", message, plan.objective_bound, shown)]
    return list(other_prices(compiled, certificate, plan))


def _first(error: ValidationError) -> str:
    """Place and kind of the first thing that is wrong, as codes."""
    first = error.errors(include_input=False)[0]
    return " ".join([".".join(map(str, first["loc"])), first["type"]])


def _wrong(message: Message) -> Violation:
    return Violation("certificate", "certificate", message, None, None)


@dataclass
class Proof:
    """A certificate read against its problem."""

    problem: Problem
    certificate: Certificate
    _listings: dict[int, Listing] = field(default_factory=dict)
    _valued: dict[int, Valued] = field(default_factory=dict)
    _sites: list[Sites] = field(default_factory=list)
    _bounds: dict[tuple[object, ...], int | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.certificate.version not in READABLE:
            raise Broken(m("its version is unknown"))
        if self.certificate.version == 1 and any(isinstance(node, Combined) for node in self.certificate.nodes):
            raise Broken(m("its version has no combinations"))
        if self.problem.households.need_worth.any():
            raise Broken(m("it is of a problem in which needs have a worth"))
        problem = self.problem
        self._needed = closure(problem)
        edges = np.arange(problem.blocks + 1)
        self._projects = np.searchsorted(problem.projects.block, edges)
        self._households = np.searchsorted(problem.households.block, edges)
        self._sites = [Sites(problem, self._needed, self._span(block)) for block in range(problem.blocks)]
        self._plain = feasibility(problem)
        # one leaf asks for every block once: packages of a million households are not kept
        nodes = self.certificate.nodes
        self._once = self.certificate.decided is None and len(nodes) == 1 and isinstance(nodes[0], Leaf)

    def _span(self, block: int) -> slice:
        return slice(int(self._projects[block]), int(self._projects[block + 1]))

    def bound(self) -> int | None:
        """The bound that the certificate proves, units; None: no plan at all. Raises Broken, Unsafe, TooMany."""
        found = [*self._flips(), *self._leaves()]
        bounds = [bound for bound in found if bound is not None]
        return reachable(self.problem, max(bounds)) if bounds else None

    def _flips(self) -> Iterator[int | None]:
        """Bounds of the plans that decide a project otherwise."""
        decided = self.certificate.decided
        if decided is None:
            return
        prices = self._entry(self.certificate.prices, decided.prices)
        if prices.plain:
            raise Broken(m("projects are decided at prices that say nothing of worth"))
        whole = [
            self._block(block, decided.prices, (), decided.trees[block], decided.shares[block])
            for block in self._all(decided.trees, decided.shares)
        ]
        if any(bound is None for bound in whole):
            yield None
            return
        total = sum(bound for bound in whole if bound is not None)
        fixed, shift = self._values(decided.prices).fixed, prices.shift
        if len(decided.flips) != len(decided.projects):
            raise Broken(m("a decided project has no proof"))
        for (project, value), tree in zip(decided.projects, decided.flips, strict=True):
            block = self._block_of(Fixing("project", project, value))
            flip = (Fixing("project", project, 1 - value),)
            bound = self._block(block, decided.prices, flip, tree, decided.shares[block])
            if bound is not None:
                yield (fixed + total - (whole[block] or 0) + bound) << shift

    def _leaves(self) -> Iterator[int | None]:
        """Bounds of the leaves of the tree over all plans."""
        always = _fixings(self.certificate.decided)
        stack: list[tuple[Fixing, ...]] = [()]
        for node in self.certificate.nodes:
            if not stack:
                raise Broken(m("its tree goes on after it has covered every case"))
            fixings = stack.pop()
            if isinstance(node, Branch):
                one, zero = (Fixing(_kind(node.kind), node.index, value) for value in (1, 0))
                self._block_of(one)
                stack += [(*fixings, one), (*fixings, zero)]
            elif isinstance(node, Combined):
                yield self._combined(node, self._by_block((*fixings, *always)))
            else:
                yield self._leaf(node, self._by_block((*fixings, *always)))
        if stack:
            raise Broken(m("its tree ends before it covers every case"))

    def _by_block(self, fixings: tuple[Fixing, ...]) -> dict[int, tuple[Fixing, ...]]:
        found: dict[int, list[Fixing]] = {}
        for fixing in spread(self.problem, fixings):
            found.setdefault(self._block_of(fixing), []).append(fixing)
        return {block: tuple(own) for block, own in found.items()}

    def _leaf(self, leaf: Leaf, fixings: dict[int, tuple[Fixing, ...]]) -> int | None:
        bounds = [
            self._block(block, leaf.prices, fixings.get(block, ()), leaf.trees[block], leaf.shares[block])
            for block in self._all(leaf.trees, leaf.shares)
        ]
        if any(bound is None for bound in bounds):
            return None
        prices = self._entry(self.certificate.prices, leaf.prices)
        total = (self._values(leaf.prices).fixed + sum(bound for bound in bounds if bound is not None)) << prices.shift
        if not prices.plain:
            return total
        if total >= 0:
            raise Broken(m("a leaf does not show that it holds no plan"))
        return None

    def _combined(self, part: Combined, fixings: dict[int, tuple[Fixing, ...]]) -> int | None:
        """The limit of a part, once everything shows that no plan of it is worth more; None: it holds no plan."""
        prices = self._entry(self.certificate.prices, part.prices)
        fixed, shift = self._values(part.prices).fixed, prices.shift
        kept, left_out, peaks = list[Ints](), list[int | None](), list[int]()
        for block in self._all(part.trees, part.shares):
            own = restricted(self.problem, fixings.get(block, ()))
            priced, start = self._priced(own, block, part.prices), self._start(own, block)
            shares = self._shares(priced.listing, part.shares[block], shift)
            bound, found = walked(part.trees[block], self._sites[block], priced, start, shares)
            built = np.array(found, dtype=np.int64).reshape(len(found), len(self._sites[block].groups))
            values, possible = worths(priced, built)
            known = [*values[possible].tolist(), *([] if bound is None else [bound])]
            if not known:
                return None
            kept.append(built[possible])
            left_out.append(bound)
            peaks.append(max(known))
        total = fixed + sum(peaks)
        for peak, bound in zip(peaks, left_out, strict=True):
            if bound is not None and (total - peak + bound) << shift > part.limit:
                raise Broken(m("it leaves out choices of projects that may be worth more than it says"))
        choices = Choices(kept, self._projects)
        losses = [] if any(not len(one) for one in kept) else [self._loss(one, choices, fixings) for one in part.cuts]
        exclude(choices, losses, self.problem.twins, part.limit, part.combinations)
        return part.limit

    def _loss(self, prices: int, choices: Choices, fixings: dict[int, tuple[Fixing, ...]]) -> Loss:
        """What kept choices are worth at some of the certificate's prices."""
        at = self._entry(self.certificate.prices, prices)
        values = [
            worths(self._priced(restricted(self.problem, fixings.get(block, ())), block, prices), built)[0]
            for block, built in enumerate(choices.built)
        ]
        return choices.loss(self._values(prices).fixed, at.shift, values)

    def _priced(self, problem: Problem, block: int, prices: int) -> Block:
        """A block of the problem, decisions in it as bounds, at some prices of worth."""
        if self._entry(self.certificate.prices, prices).plain:
            raise Broken(m("choices are weighed at prices that say nothing of worth"))
        return block_at(problem, self._listing(block), self._values(prices), self._span(block))

    def _start(self, problem: Problem, block: int) -> Ints | None:
        """What decisions leave open of a block's projects; None on contradiction."""
        span = self._span(block)
        return self._sites[block].start(problem.projects.low[span], problem.projects.high[span])

    def _block(
        self, block: int, prices: int, fixings: tuple[Fixing, ...], tree: tuple[int, ...], shares: int
    ) -> int | None:
        """A block's bound at some prices under decisions; the same question is answered once."""
        key = (block, prices, frozenset(fixings), tree, shares)
        if key not in self._bounds:
            self._bounds[key] = self._prove_block(block, prices, fixings, tree, shares)
        return self._bounds[key]

    def _prove_block(
        self, block: int, prices: int, fixings: tuple[Fixing, ...], tree: tuple[int, ...], shares: int
    ) -> int | None:
        at = self._entry(self.certificate.prices, prices)
        problem = restricted(self._plain if at.plain else self.problem, fixings)
        listed = self._listing(block)
        numbers = self._shares(listed, shares, at.shift)
        priced = block_at(problem, listed, self._values(prices), self._span(block))
        return bound_by(tree, self._sites[block], priced, self._start(problem, block), numbers)

    def _shares(self, listed: Listing, index: int, shift: int) -> Ints:
        text = self._entry(self.certificate.shares, index)
        try:
            unit, numbers = unpacked(text, len(listed.share_home))
        except ValueError:
            raise Broken(m("its shares are not a packed list of numbers")) from None
        if len(numbers) != len(listed.share_home) or numbers.min(initial=0) < 0:
            raise Broken(m("shares do not fit their block"))
        if sum(numbers.tolist()) << unit >> shift >= ROOM:
            # a share that left 64 bits could turn negative, and the bound would be wrong
            raise Unsafe
        return numbers << unit - shift if unit >= shift else numbers >> shift - unit

    def _listing(self, block: int) -> Listing:
        if block in self._listings:
            return self._listings[block]
        low, high = int(self._households[block]), int(self._households[block + 1])
        made = listing(self.problem, self._needed, low, high, self._span(block).start)
        if not self._once:
            self._listings[block] = made
        return made

    def _values(self, index: int) -> Valued:
        if index not in self._valued:
            prices: Prices = self._entry(self.certificate.prices, index)
            rows = dict(prices.rows)
            if len(rows) < len(prices.rows) or any(row >= len(self.problem.rows.rhs) for row in rows):
                raise Broken(m("its prices are of rows that do not exist"))
            self._valued[index] = valued(self._plain if prices.plain else self.problem, prices.shift, rows)
        return self._valued[index]

    def _all(self, *parts: Sequence[object]) -> range:
        if any(len(part) != self.problem.blocks for part in parts):
            raise Broken(m("a leaf leaves blocks out"))
        return range(self.problem.blocks)

    def _block_of(self, fixing: Fixing) -> int:
        problem = self.problem
        sizes = {"project": problem.projects.block, "lift": problem.households.block}
        if fixing.kind == "measure":
            if fixing.index >= len(problem.measures.household):
                raise Broken(m("it decides a measure that does not exist"))
            return int(problem.households.block[problem.measures.household[fixing.index]])
        if fixing.index >= len(sizes[fixing.kind]):
            raise Broken(m("it decides something that does not exist"))
        return int(sizes[fixing.kind][fixing.index])

    @staticmethod
    def _entry(items: Sequence[Item], index: int) -> Item:
        if index >= len(items):
            raise Broken(m("it refers to an entry that it does not have"))
        return items[index]


def _fixings(decided: Decided | None) -> tuple[Fixing, ...]:
    return () if decided is None else tuple(Fixing("project", index, value) for index, value in decided.projects)


def _kind(text: str) -> Kind:
    kinds: dict[str, Kind] = {"project": "project", "lift": "lift", "measure": "measure"}
    return kinds[text]
