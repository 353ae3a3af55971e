"""R8: prerequisites, alternatives, one main house, slots, labour, direct effects, money drawn in a later year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from liftplan.models.messages import Message, m
from liftplan.solver.check.decided import Decided
from liftplan.solver.check.facts import Facts
from liftplan.solver.check.findings import Breach, Value


def structure(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """R8: all parts."""
    yield from _requires(facts, decided)
    yield from _alternatives(facts, decided)
    yield from _slots(facts, decided)
    yield from _inside_households(facts, decided)
    yield from _direct_effects(facts, decided)
    yield from _later_years(facts, decided)


def _broken(subject: str, message: Message, value: Value, limit: Value) -> Breach:
    return Breach("R8", subject, message, value, limit)


def _requires(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """Whatever is taken has all its projects built, the one with its slot included."""
    taken = decided.taken
    needs = ((name, facts.projects[name].requires) for name in sorted(decided.built))
    for item, projects in chain(needs, zip(taken, taken.column("requires"), strict=True)):
        for project in projects:
            if project not in decided.built:
                message = m("Item {item} needs project {project}, which is not built.", item=item, project=project)
                yield _broken(item, message, "", project)


def _alternatives(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """At most one project of an alternative group in a village, at most one measure of one in a household."""
    chosen: Counter[tuple[str, str]] = Counter()
    for name in decided.built:
        project = facts.projects[name]
        if project.alternative_group:
            chosen[project.village, project.alternative_group] += 1
    for household, taken in decided.taken.by_household("group"):
        groups = [group for (group,) in taken if group]
        if len(groups) > len(set(groups)):
            chosen.update((household, group) for group in groups)
    for (place, group), count in chosen.items():
        if count > 1:
            message = m(
                "{count} alternatives of group {group} are taken in {place}.", count=count, group=group, place=place
            )
            yield _broken(f"{place}/{group}", message, count, 1)


def _slots(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """Measures taken that use a slot of a project <= its slots."""
    used = Counter(slot for slot in decided.taken.column("slot") if slot)
    for project, count in used.items():
        slots = facts.projects[project].slots if project in decided.built else 0
        if count > slots:
            message = m(
                "{count} measures use the {slots} slots of project {project}.",
                count=count,
                slots=slots,
                project=project,
            )
            yield _broken(project, message, count, slots)


def _inside_households(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """Labour of taken measures <= labour of the household; at most one main house measure."""
    for household, options in decided.taken.by_household("labour", "main_house"):
        labour, able = sum(labour for labour, _ in options), facts.homes[household].labour
        if labour > able:
            message = m(
                "Household {household} needs {value} workers and has {limit}.",
                household=household,
                value=labour,
                limit=able,
            )
            yield _broken(household, message, labour, able)
        houses = sum(house for _, house in options)
        if houses > 1:
            message = m("Household {household} gets {count} main houses.", household=household, count=houses)
            yield _broken(household, message, houses, 1)


def _direct_effects(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """A direct effect is taken whenever its projects are built, unless a hard R12 never shuts it out."""
    missing = facts.automatic_rows[~decided.taken.flags[facts.automatic_rows]]
    for measure, household, requires in facts.effects(missing):
        if household in facts.banned or measure in facts.banned_measures:
            continue
        if decided.built.issuperset(requires):
            message = m("The projects of direct effect {item} are built, but it is not counted.", item=measure)
            yield _broken(measure, message, 0, 1)


def _later_years(facts: Facts, decided: Decided) -> Iterator[Breach]:
    """A project built first and refunded in a later year has no money in this one."""
    for name in sorted(decided.built):
        project = facts.projects[name]
        if facts.later(project):
            message = m(
                "Project {item} draws its money in {value}, after the year planned.",
                item=name,
                value=project.acceptance_year,
            )
            yield _broken(name, message, project.acceptance_year, facts.year)
