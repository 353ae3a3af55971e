"""Repairs as scenarios: the overrides that make them, and their files."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.models.problems import InternalError
from liftplan.reports.conflicts.content import Content, Mended
from liftplan.reports.words import yuan
from liftplan.scenarios.overrides import Line, apply_overrides
from liftplan.solver.diagnose.gives import BROKEN, Give
from liftplan.solver.diagnose.repairs import Repair


def overrides_of(repair: Repair, base: County) -> tuple[str, ...]:
    """The overrides of a repair; raises InternalError if they make another county than the one that was verified.

    base: the county diagnosed.
    """
    lines = tuple(dict.fromkeys(line for give in repair.gives for line in _lines(give)))
    changed, _ = apply_overrides(base, list(map(Line, lines)))
    if changed.digest != repair.county.digest:
        raise InternalError("the overrides of a repair make another county than the repair")
    return lines


def _lines(give: Give) -> Iterable[str]:
    rule, subject = give.instance
    first, _, rest = subject.partition("/")
    by = give.after - give.before
    match give.what:
        case "amount":
            yield f"funds[id={subject}].amount + {by}"
        case "minimum":
            row = rest or rule
            yield f"minimum_overrides[village={first} AND rule={row}].minimum = {give.after}"
        case "growth":
            yield f"policy.R6.growth_bp = {give.after}"
        case "baseline":
            yield f"baseline[village={subject}].yuan = {give.after}"
        case "share":
            yield f"fund_shares[id={rest}].share_bp = {give.after}"
        case "household_min":
            yield f"policy.R5.minimum = {give.after}"
        case "household_max":
            yield f"policy.R9.maximum = {give.after}"
        case "fairness":
            yield f"policy.R10.share_bp = {give.after}"
        case "commitment":
            item, _, purpose = rest.partition("/")
            yield f"commitments[fund={first} AND item={item} AND purpose={purpose}].yuan = {give.after}"
        case "committed":
            yield "policy.R11.enforce = soft"
            yield f"policy.R11.price = {BROKEN}"
        case "demand":
            sense, _, named = subject.partition(" ")
            target, _, name = named.partition(":")
            yield f"demands[sense={sense} AND target={target} AND id={name}].enforce = off"
        case "spend":
            yield f"policy.R13.rows[{subject}].share_bp = {give.after}"


def repair_file(content: Content, mended: Mended, scenario: str) -> bytes:
    """The scenario file of a repair: what it mends, and above that the command that uses it.

    scenario: name of the one that the county was diagnosed under, which comes first; "": of none.
    """
    repair, county = mended.repair, content.county.head.id
    note = m("A repair of {county} as it stands: {yuan} yuan.", county=county, yuan=yuan(repair.yuan))
    if scenario:
        note = m(
            "A repair of {county} under {scenario}, which comes before it: {yuan} yuan.",
            county=county, scenario=scenario, yuan=yuan(repair.yuan),
        )  # fmt: skip
    command = content.command(repair.kind)
    above = f"# {command}\n" if command.isprintable() and command else ""
    fields = {"name": f"repair-{repair.kind}", "note": str(note), "overrides": list(mended.overrides)}
    return (above + yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=110)).encode()
