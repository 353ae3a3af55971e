"""How hard the built-in county `zigui-2015` and generated counties are, against the floor set for them.

`python benchmarks/hardness.py [--counties zigui-2015,1,2,3] [--time-limit SECONDS] [--name RECORD]`; a number is a seed
of the generator at 48 villages. Writes `record/hardness.json`, one entry a county with every raw figure.

The floor: the optimum spends 12,000 to 21,000 yuan a person lifted and lifts a third to four fifths of the registered
people; at least half of the funds are exhausted; at least 20 villages have a department minimum (R4) that binds; the
median household has at least 6 undominated packages; the natural linear program is worth at least 5 % more than the
optimum; and with the poverty office's money cut to 60 % there is no plan.
"""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

import numpy as np
from _counties import county_of
from _forms import Scaled
from _natural_lp import natural_lp, solve_ipm
from _packages import undominated
from _record import write_record

from liftplan.models.county import County
from liftplan.models.plan import Plan
from liftplan.solver.compile import compile_county
from liftplan.solver.result import Result
from liftplan.solver.settings import Settings
from liftplan.solver.solve import solve

SEEDS = range(1, 21)
EVERY = 3
"""Packages are counted for every third household."""
NONE_LEFT = 0.001
"""A fund is exhausted if at most this share of its amount is left."""
AT_MINIMUM = 1_000
"""An R4 row binds if at most so many yuan are above its minimum: less than any project costs."""
CUT = 60
"""Per cent of the poverty office's money that must be too little."""


def main() -> None:
    """Measure the counties asked for and write the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counties", default=",".join(["zigui-2015", *map(str, SEEDS)]))
    parser.add_argument("--gap", type=float, default=1e-3)
    parser.add_argument("--time-limit", type=float, default=300.0)
    parser.add_argument("--lp-time-limit", type=float, default=600.0)
    parser.add_argument("--name", default="hardness")
    given = parser.parse_args()
    found = []
    for name in given.counties.split(","):
        county = county_of(name)
        label = f"seed {name}" if name.isdigit() else name
        one = {"county": label, "digest": county.digest, **measure(county, given)}
        found.append(one)
        failed = [criterion for criterion, kept in one["floor"].items() if not kept]
        print(f"{label}: {'the floor holds' if not failed else 'below the floor: ' + ', '.join(failed)}", flush=True)
        settings = {"gap": given.gap, "time_limit": given.time_limit, "households_examined": f"every {EVERY}rd"}
        content = {"settings": settings, "all_above_the_floor": all(all(row["floor"].values()) for row in found)}
        path = write_record(given.name, {**content, "counties": found})
    print(f"written: {path}")


def measure(county: County, given: argparse.Namespace) -> dict[str, Any]:
    """Every figure of one county, and which parts of the floor it keeps."""
    result = solve(county, Settings(gap=given.gap, time_limit=given.time_limit))
    if result.plan is None or result.objective_bound is None:
        return {"status": result.status, "seconds": result.seconds, "floor": {"feasible": False}}
    figures = {**_optimum(county, result, result.plan), **_money(county, result.plan), **_packages(county)}
    lp = natural_lp(compile_county(county).problem)
    figures |= _relaxation(lp, given.lp_time_limit) | cut(county)
    above = figures["lp_persons"] / result.objective_bound - 1
    floor = {
        "feasible": True,
        "yuan_per_person": 12_000 <= figures["yuan_per_person"] <= 21_000,
        "share_lifted": 1 / 3 <= figures["share_lifted"] <= 4 / 5,
        "funds_exhausted": 2 * figures["funds_exhausted"] >= figures["funds_integrable"],
        "villages_with_binding_minimum": figures["villages_with_binding_minimum"] >= 20,
        "packages": figures["packages_median"] >= 6,
        "relaxation": above >= 0.05 and figures["lp_violation"] <= 1e-7,
        "infeasible_when_cut": figures["cut_infeasible"],
    }
    return {**figures, "lp_above_bound": above, "floor": floor}


def _optimum(county: County, result: Result, plan: Plan) -> dict[str, Any]:
    households = county["households"]
    people = int(households["persons"].sum())
    out = int(households["persons"][np.isin(households["id"].astype(str), plan.already_out)].sum())
    lifted = plan.totals.people_lifted
    return {
        "status": result.status, "seconds": result.seconds, "stages": dict(result.stages), "gap": result.gap,
        "villages": len(county["villages"]), "households": len(households), "measures": len(county["measures"]),
        "people": people, "people_already_out": out, "people_lifted": lifted, "bound": result.objective_bound,
        "share_lifted": lifted / people, "ledger_yuan": plan.totals.ledger_yuan,
        "yuan_per_person": plan.totals.ledger_yuan / lifted,
    }  # fmt: skip


def _money(county: County, plan: Plan) -> dict[str, Any]:
    """Funds exhausted, and department minimums that bind."""
    allocated = [use for use in plan.funds if use.reason != "ring_fenced"]
    owner = dict(zip(county["funds"]["id"].tolist(), county["funds"]["department"].tolist(), strict=True))
    home = dict(zip(county["projects"]["id"].tolist(), county["projects"]["village"].tolist(), strict=True))
    home |= dict(zip(county["households"]["id"].tolist(), county["households"]["village"].tolist(), strict=True))
    home |= {
        measure: home[household]
        for measure, household in zip(
            county["measures"]["id"].tolist(), county["measures"]["household"].tolist(), strict=True
        )
    }
    paid: Counter[tuple[str, str]] = Counter()
    for fund, item, _, yuan in plan.ledger:
        paid[home[item.removeprefix("topup:")], owner[fund]] += yuan
    binding: dict[str, int] = {}
    villages: set[str] = set()
    for row in county.policy.R4.rows:
        tight = {
            village
            for village in county["villages"]["id"].tolist()
            if sum(paid[village, department] for department in row.departments) <= row.minimum + AT_MINIMUM
        }
        binding[row.id] = len(tight)
        villages |= tight
    return {
        "funds_integrable": len(allocated),
        "funds_exhausted": sum(use.left <= NONE_LEFT * use.amount for use in allocated),
        "left": {use.fund: use.left for use in allocated if use.left},
        "binding_minimums": binding,
        "villages_with_binding_minimum": len(villages),
    }


def _packages(county: County) -> dict[str, Any]:
    counts = undominated(county, EVERY)
    open_ones = counts[counts >= 0]
    quartiles = np.percentile(open_ones, [10, 25, 50, 75, 90]).tolist()
    return {
        "packages_households": len(open_ones),
        "packages_median": float(np.median(open_ones)),
        "packages_deciles_10_25_50_75_90": quartiles,
        "packages_none": int((open_ones == 0).sum()),
    }


def _relaxation(lp: Scaled, time_limit: float) -> dict[str, Any]:
    point = solve_ipm(lp, time_limit)
    return {
        "lp_columns": len(lp.cost), "lp_rows": len(lp.least), "lp_entries": len(lp.index),
        "lp_persons": point.persons, "lp_violation": point.violation, "lp_seconds": point.seconds,
        "lp_engine": point.engine,
    }  # fmt: skip


def cut(county: County) -> dict[str, Any]:
    """Whether the poverty office's money, cut, is below what its own minimums ask for in all villages together."""
    funds = county["funds"]
    own = (funds["department"] == "poverty") & funds["integrable"]
    left = 0
    for amount, fee in zip(funds["amount"][own].tolist(), funds["fee_bp"][own].tolist(), strict=True):
        rest = (amount * CUT + 50) // 100
        left += rest - -(-rest * fee // 10_000)
    alone = [row.minimum for row in county.policy.R4.rows if set(row.departments) == {"poverty"}]
    asked = max(alone, default=0) * int(county["villages"]["in_push"].sum())
    return {"cut_money": left, "cut_minimums": asked, "cut_infeasible": left < asked}


if __name__ == "__main__":
    main()
