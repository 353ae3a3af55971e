"""Commitments (R11) of a small county."""

from __future__ import annotations

from liftplan.models.rows import Commitment, Enforce
from liftplan.scenarios.small.draft import Draft
from liftplan.scenarios.small.planted import Planted


def commitments(draft: Draft, plan: Planted, enforce: Enforce) -> list[Commitment]:
    """Some of the planted ledger, mostly of what lifts nobody; soft ones also for items that the plan leaves out."""
    lines = sorted(key for key in plan.ledger if not key[1].startswith("topup:"))
    idle = [key for key in lines if "-h" in key[1] and key[1].rsplit("-", 1)[0] not in plan.lifted] or lines
    chosen = {*draft.some(idle, 1, 3), *draft.some(lines, 1, 3)} if lines else set()
    rows = [
        Commitment(
            fund=fund,
            item=item,
            purpose=purpose,
            yuan=max(1, plan.ledger[fund, item, purpose] * draft.whole(50, 100) // 100),
        )
        for fund, item, purpose in sorted(chosen)
    ]
    done = {row.item for row in rows} | plan.built | plan.taken
    if enforce == "soft":
        rows += _other_commitments(draft, done)
    return rows


def _other_commitments(draft: Draft, done: set[str]) -> list[Commitment]:
    """Commitments to items that the planted plan leaves out."""
    villages = {village.id: village for village in draft.villages}
    homes = {household.id: household for household in draft.households}
    lines = draft.lines()
    found = []
    for project in draft.projects:
        if project.id not in done and not project.requires:
            for line in lines[project.id][:1]:
                payers = draft.payers(line.purpose, villages[project.village], project.mode, None)
                found += [
                    Commitment(fund=payer, item=project.id, purpose=line.purpose, yuan=line.yuan)
                    for payer in payers[:1]
                ]
    for measure in draft.measures:
        home = homes[measure.household]
        if measure.id not in done:
            for line in lines[measure.id][:1]:
                payers = draft.payers(line.purpose, villages[home.village], measure.mode, home)
                found += [
                    Commitment(fund=payer, item=measure.id, purpose=line.purpose, yuan=line.yuan)
                    for payer in payers[:1]
                ]
    return draft.some(found, 1, 3) if found else []
