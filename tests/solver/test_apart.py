"""Linked villages taken apart mean the same county: the same plans are allowed, and worth the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice

import numpy as np
import pytest

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON
from liftplan.scenarios.generator import Knobs, generate
from liftplan.scenarios.small import random_small
from liftplan.solver import reference
from liftplan.solver.certificate import reprove
from liftplan.solver.check import Facts, examine
from liftplan.solver.compile import Compiled, compile_county
from liftplan.solver.compile.sites import COPY, is_stand_in
from liftplan.solver.nodes import Fixing, restricted, spread
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve
from liftplan.solver.value import objective_units, violated_rows

from ..thorough import many
from .drawn import broken, draw, ledger
from .wild import wild_county

PARTS = range(8)
PER_PART = many(40, 4)
SMALL = 8
NEAR = 1e-6
"""Persons."""

LIMITED = Settings(gap=0, time_limit=3.0, threads=1)


@pytest.fixture(autouse=True, scope="module")
def every_link_cut() -> Iterator[None]:
    """Even two villages are taken apart: small counties have no more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("liftplan.solver.compile.apart.FEW", 0)
        patch.setattr("liftplan.solver.compile.apart.TOGETHER", 1)
        yield


@cache
def linked(seeds: range) -> list[tuple[County, Compiled]]:
    """Wild counties in which some village needs a project of another."""
    found = []
    for seed in seeds:
        county = wild_county(seed)
        compiled = compile_county(county, apart=True)
        if compiled.problem.twins:
            found.append((county, compiled))
    return found


@cache
def small() -> list[County]:
    """Small counties with copies, which the reference can solve."""
    drawn = (random_small(seed) for seed in range(200))
    return list(islice((county for county in drawn if compile_county(county, apart=True).problem.twins), SMALL))


def chained(villages: int) -> County:
    """Every second measure that requires a clinic or a water main requires that of the village before instead."""
    county = generate(Knobs(villages=villages, households_per_village=20, seed=5))
    projects, measures = county["projects"], county["measures"]
    before = {}
    for kind in ("Village clinic", "Water main"):
        ids = projects["id"][projects["name_en"] == kind].tolist()
        before |= dict(zip(ids[1:], ids[:-1], strict=True))
    requires = measures["requires"].copy()
    requires[::2] = [tuple(before.get(one, one) for one in needed) for needed in requires[::2]]
    return county.with_tables(measures=measures.replace(requires=requires))


def villages_of(compiled: Compiled) -> dict[str, str]:
    """Household -> village."""
    table = compiled.county["households"]
    return dict(zip(table["id"].tolist(), table["village"].tolist(), strict=True))


@pytest.mark.parametrize("part", PARTS)
def test_the_same_plans_are_allowed(part: int) -> None:
    """Decisions and flows break nothing exactly if the checker finds no violation, and are worth the same."""
    counties = linked(range(part * PER_PART, (part + 1) * PER_PART))
    assert counties
    for county, compiled in counties:
        rng, facts, problem = np.random.default_rng(7), Facts(county), compiled.problem
        for number in range(6):
            decisions, flows = draw(compiled, rng, tidy=number > 0)
            named = compiled.named(decisions)
            lines = ledger(compiled, decisions, flows)
            findings = examine(facts, named.projects, named.measures, named.topups, lines)
            faults = broken(problem, decisions) | {
                " ".join(problem.names.rows[row]) for row in violated_rows(problem, decisions, flows).tolist()
            }
            assert findings.accepted == (not faults), (county.head.id, faults)
            if findings.accepted:
                assert objective_units(problem, decisions, flows) == findings.evaluation.objective_units


@pytest.mark.parametrize("part", PARTS)
def test_no_block_has_households_of_two_villages(part: int) -> None:
    """Each village is a block, and nothing that is required lies in another."""
    for _, compiled in linked(range(part * PER_PART, (part + 1) * PER_PART)):
        problem, where = compiled.problem, villages_of(compiled)
        homes = zip(problem.households.block.tolist(), problem.names.households, strict=True)
        villages: dict[int, set[str]] = {}
        for block, name in homes:
            villages.setdefault(block, set()).add(where[name])
        assert all(len(found) == 1 for found in villages.values())
        owners = problem.households.block[problem.measures.household]
        for lists, block in ((problem.projects.requires, problem.projects.block), (problem.measures.requires, owners)):
            assert (problem.projects.block[lists.index] == block[lists.owner_of_entry()]).all()


def test_a_project_that_one_village_needs_has_no_copy() -> None:
    """Where each site serves the next village alone, it belongs to that village, and nothing has to be tied."""
    compiled = compile_county(generate(Knobs(villages=6, households_per_village=40, linked_sites=1.0)), apart=True)
    names = compiled.problem.names.projects
    assert compiled.problem.blocks == 6
    # the first village's site also takes its own households
    assert [name for name in names if name.startswith(COPY)] == [f"{COPY}v01-p10:v02"]


@pytest.mark.parametrize(("villages", "part", "blocks"), [(2, 1, 1), (2, 2, 2), (4, 1, 4)])
def test_two_linked_villages_stay_together(
    villages: int, part: int, blocks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three and more are taken apart, two only where they are a large part of the county."""
    monkeypatch.setattr("liftplan.solver.compile.apart.TOGETHER", 2)
    monkeypatch.setattr("liftplan.solver.compile.apart.PART", part)
    county = chained(villages)
    assert compile_county(county).problem.blocks == 1
    assert compile_county(county, apart=True).problem.blocks == blocks


def test_copies_are_in_no_plan() -> None:
    """Copies are stand-ins: names of a plan never hold one."""
    for _, compiled in linked(range(PER_PART)):
        problem = compiled.problem
        copies = [problem.names.projects[copy] for _, copy in problem.twins]
        assert all(is_stand_in(name) for name in copies)


def test_without_the_wish_linked_villages_are_one_block() -> None:
    """Compiled as it is, a county has no copies, and linked villages share a block."""
    county, compiled = linked(range(PER_PART))[0]
    assert compile_county(county).problem.twins == ()
    assert compile_county(county).problem.blocks < compiled.problem.blocks


def test_to_decide_a_project_decides_its_copies() -> None:
    """And the other way round; what else is fixed stays as it is."""
    problem = linked(range(PER_PART))[0][1].problem
    site, copy = problem.twins[0]
    other = Fixing("lift", 0, 1)
    for one, twin in ((site, copy), (copy, site)):
        fixings = spread(problem, (other, Fixing("project", one, 0)))
        assert fixings[:2] == (other, Fixing("project", one, 0))
        assert Fixing("project", twin, 0) in fixings
        assert restricted(problem, fixings).projects.high[[site, copy]].tolist() == [0, 0]
    assert spread(problem, (other,)) == (other,)


@pytest.mark.parametrize("place", range(SMALL))
def test_the_core_agrees_with_the_reference(place: int) -> None:
    """Bounds of linked counties are not below what the reference proves, nor plans above; certificates hold."""
    county = small()[place]
    proved, result = reference.solve(county, time_limit=30.0), solve(county, LIMITED)
    if "infeasible" in {proved.status, result.status}:
        assert (proved.objective, result.plan) == (None, None)
        return
    assert proved.objective is not None
    persons = proved.objective / UNITS_PER_PERSON
    assert result.objective_bound is None or result.objective_bound >= persons - 1e-9
    if result.plan is not None and proved.status == "optimal":
        assert result.plan.objective <= persons + NEAR
        assert result.status != "optimal" or result.plan.objective >= persons - NEAR
    if result.plan is not None and result.plan.certificate is not None:
        assert list(reprove(county, result.plan)) == []
