"""Village minimums (R3, R4) of a small county."""

from __future__ import annotations

from collections.abc import Collection

from liftplan.models.policy import DepartmentMin, VillageDepartmentMin, VillageTotalMin
from liftplan.models.rows import MinimumOverride
from liftplan.scenarios.small.draft import Draft
from liftplan.scenarios.small.levels import Levels
from liftplan.scenarios.small.planted import Planted


def minimums(
    draft: Draft, plan: Planted, draw: Levels
) -> tuple[tuple[VillageTotalMin, VillageDepartmentMin], list[MinimumOverride]]:
    """R3 and R4 with overrides where a village reaches less; in focus every village is held to what it reaches."""
    closed = {row.id for row in draft.demands if row.sense == "never" and row.target == "village"}
    push = [village.id for village in draft.villages if village.in_push and village.id not in closed]
    tight = draw.focus.of("R3") or draw.focus.of("R4")
    spent = plan.by_village_fund()
    overrides: list[MinimumOverride] = []

    def level(rule: str, funds: Collection[str], factor: float) -> int:
        sums = {place: sum(spent.get((place, fund), 0) for fund in funds) for place in push}
        general = (
            int((max(sums.values()) if tight or draft.chance(0.5) else min(sums.values())) * factor) if sums else 0
        )
        for place, reached in sums.items():
            if reached * factor < general:
                overrides.append(MinimumOverride(village=place, rule=rule, minimum=int(reached * factor)))
        return general

    enforce, factor = draw.of("R3")
    total = VillageTotalMin(
        enforce=enforce,
        price=draw.price(enforce),
        minimum=level("R3", [fund.id for fund in draft.funds], factor) if enforce != "off" else 0,
    )
    enforce, factor = draw.of("R4")
    rows = []
    if enforce != "off":
        owners = sorted({fund.department for fund in draft.funds if fund.integrable})
        for owner in draft.some(owners, len(owners) if draw.focus.of("R4") else 1, len(owners)):
            funds = [fund.id for fund in draft.funds if fund.department == owner]
            rows.append(DepartmentMin(id=owner, departments=(owner,), minimum=level(owner, funds, factor)))
        if len(owners) > 2:
            pair = draft.some(owners, 2, 3)
            funds = [fund.id for fund in draft.funds if fund.department in pair]
            rows.append(DepartmentMin(id="line", departments=tuple(pair), minimum=level("line", funds, factor)))
    per_department = VillageDepartmentMin(enforce=enforce, price=draw.price(enforce), rows=tuple(rows))
    return (total, per_department), overrides
