"""Whether explanations hold: on random small counties the opposite is forced and solved by another program.

`python benchmarks/explanations.py [--counties N] [--jobs N] [--core-seconds S] [--seconds S] [--name RECORD]
[--only measures]` writes
`record/explanations.json` with a row for every question and exits with 1 if the bar is missed.

Each county is solved to proof, and a few things of its plan are explained with `--prove`: what a household, a project,
a measure or a village must be, or must never be, and what more of a fund, or a relaxed rule, brings. Each promise is
an interval (or "no plan at all"). The county with the demand, or with the change, is then solved whole by the
reference model (HiGHS, gap 0, checked again in whole yuan), which shares nothing with the core:

* inside: the reference's optimum lies in the promised interval, or it finds no plan where none was promised;
* narrow: the interval is at most 1 person or 1 % of the objective wide.

What is told without a second solve is put to the same test: a household that "nothing in the data lifts" must make the
county infeasible when it is demanded, and a fund raised by what was "checked" to be enough must reach the people told.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from time import monotonic
from typing import Any

from _record import write_record

from liftplan.models.county import County
from liftplan.models.plan import UNITS_PER_PERSON, Plan
from liftplan.models.problems import InternalError
from liftplan.scenarios.small import random_small
from liftplan.scenarios.small.order import foci, seed_of
from liftplan.solver import reference
from liftplan.solver.explain.case import Case
from liftplan.solver.explain.enough import with_amounts
from liftplan.solver.explain.household import explain_household
from liftplan.solver.explain.opposite import demanding, force
from liftplan.solver.explain.proved import Proved, Solver
from liftplan.solver.explain.question import Question
from liftplan.solver.explain.relaxed import fund_targets, relaxed, rule_targets
from liftplan.solver.explain.sensitivity import worth
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

NEAR = 1e-6
"""Persons: plans and bounds under priced soft rules are proved up to this."""
ASKED = 3
"""Demands a county."""
SHARES = (0.05,)
"""Change of a fund or rule."""
WIDTH = (1.0, 0.01)
"""Widest promise: persons, or share of the objective."""


def main() -> int:
    """Run the study, write its record, say what is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counties", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--core-seconds", type=float, default=60.0, help="limit of each solve of the core")
    parser.add_argument("--seconds", type=float, default=60.0, help="limit of each run of the reference")
    parser.add_argument("--name", default="explanations")
    parser.add_argument("--only", choices=("measures",), help="ask about measures alone, two a county")
    given = parser.parse_args()
    began = monotonic()
    rows: list[dict[str, Any]] = []
    with ProcessPoolExecutor(given.jobs, mp_context=get_context("spawn")) as pool:
        limits = (given.core_seconds, given.seconds)
        for found in pool.map(partial(examine, limits=limits, only=given.only), range(given.counties)):
            rows += found
            print(f"{found[0]['county']}: {', '.join(row['verdict'] for row in found)}", flush=True)
    totals = summed(rows)
    settings = {"counties": given.counties, "core_seconds": given.core_seconds, "seconds": given.seconds}
    content = {"settings": settings, "wall_seconds": round(monotonic() - began, 1), **totals, "rows": rows}
    print(f"written: {write_record(given.name, content)}")
    print({key: value for key, value in totals.items() if key != "rows"})
    return 1 if totals["outside"] or totals["wide"] or totals["enough_fails"] else 0


def summed(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """How often promises held, and how wide they are."""
    judged = [row for row in rows if row["verdict"] in {"inside", "outside"}]
    widths = sorted(row["width"] for row in judged if row.get("width") is not None)
    return {
        "questions": len(rows),
        "judged": len(judged),
        "inside": sum(row["verdict"] == "inside" for row in rows),
        "outside": sum(row["verdict"] == "outside" for row in rows),
        "not_judged": len(rows) - len(judged),
        "wide": sum(not row["narrow"] for row in judged),
        "exact": sum(width <= NEAR for width in widths),
        "widest": widths[-1] if widths else None,
        "hopeless": sum(bool(row.get("hopeless")) for row in rows),
        "enough": sum("enough_holds" in row for row in rows),
        "enough_fails": sum(row.get("enough_holds") is False for row in rows),
        "by_kind": {
            kind: {
                verdict: sum(row["kind"] == kind and row["verdict"] == verdict for row in rows)
                for verdict in ("inside", "outside", "not judged")
            }
            for kind in sorted({row["kind"] for row in rows})
        },
    }


def examine(place: int, limits: tuple[float, float], only: str | None = None) -> list[dict[str, Any]]:
    """Every question on the county at a place of the suite; only: about measures alone."""
    hard, soft = foci(place)
    county = random_small(seed_of(place), hard=hard, soft=soft)
    settings = Settings(gap=0, time_limit=limits[0], threads=1)
    result = solve(county, settings)
    plan = result.plan
    if plan is None or result.status != "optimal":
        return [{"county": county.head.id, "kind": "county", "verdict": "not judged", "why": result.status}]
    solver, case = Solver(settings), Case(county, plan)
    known, plan = solver.as_it_is(county, plan)
    asked = measures(case, place) if only else [*questions(case, place), *measures(case, place)[:1]]
    rows = [demanded(case, known, question, solver, limits[1]) for question in asked]
    rows += [] if only else changed(county, plan, known, place, solver, limits[1])
    return [{"county": county.head.id, **row} for row in rows]


def questions(case: Case, place: int) -> list[Question]:
    """A few things to ask about, of other kinds from county to county."""
    poor = [name for name in case.facts.homes if name not in case.lifted and name not in case.out]
    open_sites = [
        name
        for name in case.facts.projects
        if name not in case.built and case.problem.projects.high[case.project[name]]
    ]
    pools = [
        [Question("household", name) for name in poor],
        [Question("project", name) for name in sorted(case.built)],
        [Question("household", name) for name in sorted(case.lifted)],
        [Question("project", name) for name in open_sites],
        [Question("village", name) for name in case.facts.villages],
        [Question("household", name) for name in reversed(poor)],
    ]
    turned = [pools[(place + step) % len(pools)] for step in range(len(pools))]
    return [pool[place % len(pool)] for pool in turned if pool][:ASKED]


def measures(case: Case, place: int) -> list[Question]:
    """A measure that is taken and one that is not, now the one first and now the other."""
    costly = [name for name in case.options if case.facts.lines.get(name)]
    pools = [[name for name in costly if (name in case.taken) == taken] for taken in (place % 2 == 0, place % 2 == 1)]
    return [Question("measure", pool[place % len(pool)]) for pool in pools if pool]


def demanded(case: Case, known: Proved, question: Question, solver: Solver, seconds: float) -> dict[str, Any]:
    """Force the opposite with the core (the promise) and with the reference."""
    began = monotonic()
    forced = force(case.county, case.plan, question, solver, known)
    row: dict[str, Any] = {"kind": question.kind, "id": question.id}
    if forced is None:
        return {**row, "verdict": "not judged", "why": "no opposite", "narrow": True}
    row |= {"kind": f"{forced.sense} {question.kind}", "promised": [forced.forced.least, forced.forced.most]}
    row |= {"status": forced.forced.status, "core_seconds": round(monotonic() - began, 3)}
    if forced.sense == "must" and question.kind == "household":
        row |= told(case, question.id, seconds)
    against = by_reference(demanding(case.county, forced.sense, question.kind, question.id), time_limit=seconds)
    row |= judged(forced.forced, against)
    if row.get("hopeless") and against.status == "optimal":
        row["verdict"] = "outside"
    return row


def told(case: Case, name: str, seconds: float) -> dict[str, Any]:
    """What the explanation of a household says without a second solve, and whether the reference agrees."""
    facts = explain_household(case, name)
    found: dict[str, Any] = {"hopeless": facts.hopeless is not None, "enough": len(facts.enough)}
    if facts.enough:
        more = {fund: case.facts.purses[fund].amount + yuan for fund, yuan in facts.enough[0].more}
        against = by_reference(with_amounts(case.county, more), time_limit=seconds)
        if against.status == "optimal" and against.objective is not None:
            worth_of_it = int(case.facts.worth(case.facts.homes[name]))
            reached = against.objective / UNITS_PER_PERSON
            found["enough_holds"] = reached >= case.plan.objective + (0 if case.scored else worth_of_it) - NEAR
    return found


def by_reference(county: County, *, time_limit: float) -> reference.Answer:
    """What the reference says; "unknown" where it says of its own plan what is not so."""
    try:
        return reference.solve(county, time_limit=time_limit)
    except InternalError as error:
        print(f"{county.head.id}: {error}", flush=True)
        return reference.Answer("unknown", None, None, None)


def judged(proved: Proved, against: reference.Answer) -> dict[str, Any]:
    """Whether the reference's answer lies inside a promise."""
    if against.status == "infeasible":
        verdict = "inside" if proved.status == "infeasible" else "outside" if proved.least is not None else "not judged"
        return {"reference": "infeasible", "verdict": verdict, "width": 0.0, "narrow": True}
    if against.status != "optimal" or against.objective is None:
        return {"reference": against.status, "verdict": "not judged", "narrow": True}
    value = against.objective / UNITS_PER_PERSON
    row: dict[str, Any] = {"reference": value}
    if proved.status == "infeasible":
        return {**row, "verdict": "outside", "narrow": True}
    if proved.least is None or proved.most is None:
        return {**row, "verdict": "not judged", "narrow": True}
    inside = proved.least - NEAR <= value <= proved.most + NEAR
    width = proved.most - proved.least
    narrow = width <= max(WIDTH[0], WIDTH[1] * abs(proved.least)) + NEAR
    return {**row, "verdict": "inside" if inside else "outside", "width": round(width, 9), "narrow": narrow}


def changed(
    county: County, plan: Plan, known: Proved, place: int, solver: Solver, seconds: float
) -> list[dict[str, Any]]:
    """What a change of one fund or rule brings, by the core (the promise) and by the reference."""
    targets = [*fund_targets(county), *rule_targets(county)]
    if not targets:
        return []
    target = targets[place * 5 % len(targets)]
    began = monotonic()
    found = worth(county, plan, known, target, solver, SHARES)
    row: dict[str, Any] = {"kind": f"more {target.kind}", "id": target.id, "target": target.as_json()}
    trial = found.best
    if trial is None or trial.low is None or trial.high is None or known.least is None:
        return [{**row, "verdict": "not judged", "why": "unproved", "narrow": True}]
    row |= {"step": trial.step, "promised": [trial.low, trial.high], "says": found.verdict}
    row["core_seconds"] = round(monotonic() - began, 3)
    answers = [by_reference(one, time_limit=seconds) for one in (county, relaxed(county, target, trial.step))]
    values = [one.objective for one in answers if one.status == "optimal" and one.objective is not None]
    if len(values) < len(answers):
        return [{**row, "verdict": "not judged", "why": "reference", "narrow": True}]
    gain = (values[1] - values[0]) / UNITS_PER_PERSON
    inside = trial.low - 2 * NEAR <= gain <= trial.high + 2 * NEAR
    width = trial.high - trial.low
    narrow = width <= max(WIDTH[0], WIDTH[1] * known.least) + NEAR
    verdict = "inside" if inside else "outside"
    return [{**row, "reference": gain, "verdict": verdict, "width": round(width, 9), "narrow": narrow}]


if __name__ == "__main__":
    sys.exit(main())
