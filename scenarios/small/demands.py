"""Musts and nevers (R12) of a small county: hard ones that the planted plan keeps, soft ones that it need not."""

from __future__ import annotations

from liftplan.models.rows import Demand, Enforce
from liftplan.scenarios.small.draft import Draft
from liftplan.scenarios.small.planted import Planted, automatic


def add_demands(draft: Draft, plan: Planted, enforce: Enforce | None) -> None:
    """A few demands of every kind if R12 is in focus (`enforce` not None); otherwise rarely one."""
    if enforce is None and not draft.chance(0.15):
        return
    hard = enforce == "hard" or (enforce is None and draft.chance(0.5))
    taken = {(row.target, row.id) for row in draft.demands}
    closed = {row.id for row in draft.demands if row.target == "village" and row.enforce == "hard"}
    committed = {row.item for row in draft.commitments}
    candidates: list[Demand] = []

    def offer(sense: str, target: str, name: str, kept: bool) -> None:
        if (target, name) not in taken and (kept or not hard):
            candidates.append(
                Demand.model_validate(
                    {
                        "sense": sense,
                        "target": target,
                        "id": name,
                        "enforce": "hard" if hard else "soft",
                        "price": 0 if hard else (300_000, 1_000_000, 2_500_000)[draft.whole(0, 2)],
                    }
                )
            )

    for project in draft.projects:
        built = project.id in plan.built
        sense = "must" if built or draft.chance(0.3) else "never"
        offer(sense, "project", project.id, kept=project.id not in committed and built == (sense == "must"))
    lines = draft.lines()
    touched: set[str] = set()
    for measure in draft.measures:
        done = measure.id in plan.taken
        if measure.id in lines or not automatic(measure, costed=False):
            if done:
                touched.add(measure.household)
            offer("must" if done else "never", "measure", measure.id, kept=measure.id not in committed)
    for household in draft.households:
        if household.village not in closed:
            if household.id not in touched and not plan.direct.get(household.id):
                offer("never", "household", household.id, kept=household.id not in plan.lifted)
            elif not hard:
                offer("must", "household", household.id, kept=False)
    spent = plan.by_village_fund()
    for village in draft.villages:
        if any(place == village.id for place, _ in spent):
            offer("must" if hard or draft.chance(0.5) else "never", "village", village.id, kept=True)
    by_target = [
        [row for row in candidates if row.target == target] for target in ("project", "measure", "household", "village")
    ]
    for rows in by_target:
        for row in draft.some(rows, 0 if enforce is None else 1, 2) if rows else []:
            draft.demands.append(row)
