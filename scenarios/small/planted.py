"""A planted plan: one that keeps every hard rule, so that a small county made around it has a plan at all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from liftplan.models.rows import Demand, Household, Measure
from liftplan.scenarios.small.draft import LINE, TOPUP, Draft


@dataclass
class Planted:
    """What the planted plan decides and who pays."""

    built: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    ledger: dict[tuple[str, str, str], int] = field(default_factory=dict)
    """(fund, item, purpose) -> yuan."""
    direct: dict[str, int] = field(default_factory=dict)
    """Household -> direct cost + top-up."""
    lifted: set[str] = field(default_factory=set)

    def by_fund(self) -> dict[str, int]:
        """Ledger yuan by fund."""
        sums: dict[str, int] = defaultdict(int)
        for (fund, _, _), yuan in self.ledger.items():
            sums[fund] += yuan
        return sums

    def by_village_fund(self) -> dict[tuple[str, str], int]:
        """Ledger yuan by village and fund; ids begin with the village's id."""
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for (fund, item, _), yuan in self.ledger.items():
            sums[item.removeprefix("topup:").split("-")[0], fund] += yuan
        return sums


def already_out(household: Household) -> bool:
    """True if the household passes with nothing done (margin 0)."""
    return household.income >= LINE and not household.needs


def automatic(measure: Measure, costed: bool) -> bool:
    """True for a direct effect that is taken whenever its projects are built."""
    return not (costed or measure.uses_slot or measure.alternative_group or measure.labour or measure.main_house)


def plant(draft: Draft, minimum: int, every: bool, maximum: int | None, *, eager: bool) -> Planted:
    """Choose projects and measures at random, lift where possible, pay top-ups, give each line a payer.

    `eager` tries to lift every household of the last village, which the best plan might rather leave aside, and
    wastes nothing elsewhere.
    """
    plan = Planted()
    reach = (0.35, 0.5, 0.75)[draft.whole(0, 1 if eager else 2)]
    last = draft.villages[-1].id
    _build(draft, plan)
    for household in draft.households:
        _help(draft, plan, household, maximum, 1.0 if eager and household.village == last else reach, lean=eager)
    if eager:
        _prune(draft, plan)
    _pay(draft, plan, minimum, every)
    return plan


def _payable(draft: Draft, item: str, village: str, mode: str, household: Household | None) -> bool:
    place = next(one for one in draft.villages if one.id == village)
    return all(draft.payers(line.purpose, place, mode, household) for line in draft.lines()[item])


def _refused(draft: Draft, target: str) -> set[str]:
    return {row.id for row in draft.demands if row.sense == "never" and row.target == target and row.enforce == "hard"}


def _build(draft: Draft, plan: Planted) -> None:
    closed = _refused(draft, "village")
    groups: set[tuple[str, str]] = set()
    for project in draft.projects:
        group = (project.village, project.alternative_group)
        if (
            draft.chance(0.7)
            and project.village not in closed
            and set(project.requires) <= plan.built
            and (not project.alternative_group or group not in groups)
            and _payable(draft, project.id, project.village, project.mode, None)
        ):
            plan.built.add(project.id)
            groups.add(group)


def _help(draft: Draft, plan: Planted, household: Household, maximum: int | None, reach: float, *, lean: bool) -> None:
    lines = draft.lines()
    mine = [measure for measure in draft.measures if measure.household == household.id]
    usable = [measure for measure in mine if set(measure.requires) <= plan.built]
    effects = {measure.id: measure for measure in usable if automatic(measure, measure.id in lines)}
    chosen = dict(effects)
    if household.village not in _refused(draft, "village") and draft.chance(reach):
        order = draft.rng.permutation(len(usable)).tolist()
        if lean:
            order = _cheapest(draft, plan, household, usable, list(effects.values()), maximum)
        for index in order:
            if _passes(household, list(chosen.values())):
                break
            measure = usable[index]
            if measure.id not in chosen and _fits(draft, plan, household, list(chosen.values()), measure, maximum):
                chosen[measure.id] = measure
        if not _passes(household, list(chosen.values())) and (lean or draft.chance(0.6)):
            chosen = dict(effects)
    plan.taken |= set(chosen)
    if _passes(household, list(chosen.values())) and not already_out(household):
        plan.lifted.add(household.id)


def _cheapest(
    draft: Draft,
    plan: Planted,
    household: Household,
    usable: list[Measure],
    effects: list[Measure],
    maximum: int | None,
) -> list[int]:
    """Positions of the cheapest set of measures that lifts the household; all positions if none does."""
    lines = draft.lines()
    cost = [sum(line.yuan for line in lines[measure.id]) for measure in usable]
    sets = [[place for place in range(len(usable)) if code >> place & 1] for code in range(1 << len(usable))]
    for places in sorted(sets, key=lambda places: (sum(cost[place] for place in places), places)):
        chosen = list(effects)
        for place in places:
            if usable[place] not in chosen and _fits(draft, plan, household, chosen, usable[place], maximum):
                chosen.append(usable[place])
        if _passes(household, chosen):
            return places
    return list(range(len(usable)))


def liftable(draft: Draft) -> set[str]:
    """Households that could be lifted if every project were built and money were no object."""
    lines = draft.lines()
    dream = Planted(built={project.id for project in draft.projects})
    found = set()
    for household in draft.households:
        mine = [measure for measure in draft.measures if measure.household == household.id]
        effects = [measure for measure in mine if automatic(measure, measure.id in lines)]
        chosen = list(effects)
        for place in _cheapest(draft, dream, household, mine, effects, None):
            if mine[place] not in chosen and _fits(draft, dream, household, chosen, mine[place], None):
                chosen.append(mine[place])
        if _passes(household, chosen) and not already_out(household):
            found.add(household.id)
    return found


def _prune(draft: Draft, plan: Planted) -> None:
    """Leave out projects that nothing taken or built needs."""
    for project in reversed(draft.projects):
        users = [one for one in draft.measures if one.id in plan.taken and project.id in (*one.requires, one.uses_slot)]
        if not users and not any(project.id in one.requires for one in draft.projects if one.id in plan.built):
            plan.built.discard(project.id)


def _passes(household: Household, chosen: list[Measure]) -> bool:
    income = household.income * household.persons + sum(measure.income_gain for measure in chosen)
    met = {need for measure in chosen for need in measure.meets}
    return income >= LINE * household.persons and set(household.needs) <= met


def _fits(
    draft: Draft, plan: Planted, household: Household, chosen: list[Measure], measure: Measure, maximum: int | None
) -> bool:
    lines = draft.lines()
    together = [*chosen, measure]
    cost = sum(line.yuan for one in together for line in lines[one.id])
    slots = {project.id: project.slots for project in draft.projects}
    used = sum(one.uses_slot == measure.uses_slot for one in draft.measures if one.id in plan.taken)
    groups = [one.alternative_group for one in together if one.alternative_group]
    return (
        sum(one.labour for one in together) <= household.labour
        and sum(one.main_house for one in together) <= 1
        and len(groups) == len(set(groups))
        and (not measure.uses_slot or (measure.uses_slot in plan.built and used < slots[measure.uses_slot]))
        and (maximum is None or cost <= maximum)
        and _payable(draft, measure.id, household.village, measure.mode, household)
    )


def named(demands: list[Demand]) -> set[str]:
    """Households that a must names, hard or soft."""
    return {row.id for row in demands if row.sense == "must" and row.target == "household" and row.enforce != "off"}


def _pay(draft: Draft, plan: Planted, minimum: int, every: bool) -> None:
    villages = {village.id: village for village in draft.villages}
    lines = draft.lines()
    closed = _refused(draft, "village")
    for project in draft.projects:
        if project.id in plan.built:
            for line in lines[project.id]:
                _split(
                    draft,
                    plan,
                    project.id,
                    line.purpose,
                    line.yuan,
                    draft.payers(line.purpose, villages[project.village], project.mode, None),
                )
    for household in draft.households:
        place, direct = villages[household.village], 0
        for measure in draft.measures:
            if measure.household == household.id and measure.id in plan.taken:
                for line in lines[measure.id]:
                    direct += line.yuan
                    payers = draft.payers(line.purpose, place, measure.mode, household)
                    _split(draft, plan, measure.id, line.purpose, line.yuan, payers)
        assisted = direct > 0 or household.id in named(draft.demands) or (every and not already_out(household))
        if assisted and household.village not in closed and direct < minimum:
            _split(
                draft,
                plan,
                f"topup:{household.id}",
                TOPUP,
                minimum - direct,
                draft.payers(TOPUP, place, "grant", household),
            )
            direct = minimum
        plan.direct[household.id] = direct


def _split(draft: Draft, plan: Planted, item: str, purpose: str, yuan: int, payers: list[str]) -> None:
    order = [payers[index] for index in draft.rng.permutation(len(payers)).tolist()]
    first = draft.whole(1, yuan) if len(order) > 1 and draft.chance(0.25) else yuan
    plan.ledger[order[0], item, purpose] = first
    if first < yuan:
        plan.ledger[order[1], item, purpose] = yuan - first
