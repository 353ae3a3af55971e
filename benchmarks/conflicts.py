"""Planted conflicts: what `liftplan diagnose` finds, how long it takes, and what HiGHS' and SCIP's IIS find.

`python benchmarks/conflicts.py [--large zigui-2015] [--time-limit SECONDS] [--only small|large]
[--engines asked|kept|only]`; the large cases with both engines take about half an hour on an idle machine (`--only
large`). Writes `record/conflicts.json`: one entry a case, every raw figure; seconds of the wall and of the processor,
and how many processes wanted a core then (`load`, `engines_load`). Each conflict's certificate is proved again.

The engines get the reference's own model (small cases), or the natural program of `_natural_form.py` (48 villages,
where it can be written: hard rules over money). Their rows are those of the model, not rules: a county's conflict is
counted as found if the rows of their irreducible set belong to rules of the conflict, structure and ledger apart.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path
from time import monotonic, process_time
from typing import Any

import highspy
import numpy as np
import pyscipopt
from _forms import scaled
from _natural_form import natural_form
from _record import FOLDER, write_record

from liftplan.models.county import County
from liftplan.scenarios.clashes import CASES
from liftplan.scenarios.clashes.large import LARGE
from liftplan.scenarios.counties import load
from liftplan.solver import reference
from liftplan.solver.compile import compile_county
from liftplan.solver.diagnose.conflicts import Conflict
from liftplan.solver.diagnose.diagnosis import diagnose
from liftplan.solver.diagnose.repairs import repairs
from liftplan.solver.diagnose.reproof import Reprover

IIS = 6
"""HiGHS' strategy: 2 + 4."""


def main() -> None:
    """Run what is asked for and write the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", default="zigui-2015")
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--only", choices=("small", "large"))
    parser.add_argument("--name", default="conflicts")
    parser.add_argument("--patience", type=float, default=120.0, help="seconds of a diagnosis, and of its repairs")
    parser.add_argument(
        "--engines",
        choices=("asked", "kept", "only"),
        default="asked",
        help="large counties: ask HiGHS and SCIP too; keep what they said last; ask only them and keep our figures",
    )
    given = parser.parse_args()
    found: dict[str, Any] = {
        "settings": {"large": given.large, "engines_time_limit": given.time_limit, "time_limit": given.patience}
    }
    if given.only:
        found |= _earlier(given.name, "small" if given.only == "large" else "large")
    if given.only != "large":
        found["small"] = [_small(case.name, case.make(), case.conflicts, given.time_limit) for case in CASES]
        found["small_found"] = sum(one["found"] and one["minimal"] and one["repaired"] for one in found["small"])
        found["small_cases"] = len(CASES)
        write_record(given.name, found)
    if given.only != "small":
        county = load(given.large)
        known = _earlier(given.name, "large")
        earlier = {one["case"]: one for one in known.get("large", [])}
        if given.engines == "only":
            found |= known
        else:
            found["feasible"] = _timed(county, given.patience)
            print("feasible", found["feasible"], flush=True)
        found["large"] = list(earlier.values()) if given.engines == "only" else []
        for place, planted in enumerate(LARGE):
            made = planted.make(county)
            ours, engines = _parted(earlier.get(planted.name, {}))
            if given.engines != "only":
                ours = _large(planted.name, made, planted.members, given.patience)
            if given.engines != "kept":
                engines = _engines(made, given.time_limit)
            found["large"][place : place + 1] = [ours | engines]
            print(found["large"][place], flush=True)
            write_record(given.name, found)
    print(f"written: {write_record(given.name, found)}")


def _earlier(name: str, part: str) -> dict[str, Any]:
    """The part of the record that is not made anew, with when it was made."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        return {}
    old = json.loads(path.read_text(encoding="utf-8"))
    keys = [key for key in old if key.startswith(part) or (part == "large" and key == "feasible")]
    return {**{key: old[key] for key in keys}, f"{part}_made": old.get(f"{part}_made", [old["date"], old["commit"]])}


def _parted(case: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was recorded of a large case: ours, and what the engines said."""
    theirs = {key for key in case if key.startswith("engines") or key.endswith("_iis")}
    return {key: case[key] for key in case if key not in theirs}, {key: case[key] for key in case if key in theirs}


def _timed(county: County, patience: float) -> dict[str, Any]:
    begun, worked = monotonic(), process_time()
    diagnosis = diagnose(county, time_limit=patience)
    return {
        "status": diagnosis.status,
        "seconds": monotonic() - begun,
        "processor_seconds": process_time() - worked,
        "load": os.getloadavg()[0],
        "stages": diagnosis.seconds,
        "rules": len(diagnosis.slacks),
    }


def _small(name: str, county: County, wanted: tuple[frozenset[str], ...], limit: float) -> dict[str, Any]:
    begun = monotonic()
    diagnosis = diagnose(county)
    seconds = monotonic() - begun
    made = repairs(diagnosis)
    reprover = Reprover(county)
    known = {_named(conflict) for conflict in diagnosis.conflicts}
    rules = {rule.partition(" ")[0] for conflict in wanted for rule in conflict}
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "county.mps"
        reference.write(reference.build(county), path)
        engines = {"highs_iis": _highs(path, rules, limit), "scip_iis": _scip(path, rules, limit)}
    return {
        "case": name,
        "found": known == set(wanted),
        "conflicts": [sorted(conflict) for conflict in known],
        "minimal": all(conflict.minimal for conflict in diagnosis.conflicts),
        "proved_by": [conflict.proof.method for conflict in diagnosis.conflicts],
        "proved_again": [proof is not None and reprover.wrong(proof) is None for proof in diagnosis.refutations],
        "seconds": seconds,
        "repaired": "rules" in {repair.kind for repair in made},
        "repairs": {repair.kind: repair.yuan for repair in made},
        "seconds_with_repairs": monotonic() - begun,
        **engines,
    }


def _large(name: str, county: County, members: frozenset[str], patience: float) -> dict[str, Any]:
    begun, worked = monotonic(), process_time()
    diagnosis = diagnose(county, time_limit=patience)
    seconds, work = monotonic() - begun, process_time() - worked
    made = repairs(diagnosis, time_limit=patience)
    done, all_work = monotonic() - begun, process_time() - worked
    reprover = Reprover(county)
    known = [sorted(_named(conflict)) for conflict in diagnosis.conflicts]
    return {
        "case": name,
        "status": diagnosis.status,
        "conflicts": known,
        "found": {rule.partition(" ")[0] for conflict in known for rule in conflict} == members,
        "minimal": all(conflict.minimal for conflict in diagnosis.conflicts),
        "places": [
            None if conflict.places is None else [conflict.places.least, len(conflict.places.names)]
            for conflict in diagnosis.conflicts
        ],
        "proved_by": [conflict.proof.method for conflict in diagnosis.conflicts],
        "proved_again": [proof is not None and reprover.wrong(proof) is None for proof in diagnosis.refutations],
        "seconds": seconds,
        "stages": diagnosis.seconds,
        "repairs": {repair.kind: [repair.yuan, repair.least] for repair in made},
        "seconds_with_repairs": done,
        "processor_seconds": work,
        "processor_seconds_with_repairs": all_work,
        "load": os.getloadavg()[0],
    }


def _engines(county: County, limit: float) -> dict[str, Any]:
    """What the engines say of a large county's natural program."""
    said: dict[str, Any] = {"engines_load": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "county.mps"
        try:
            _write_natural(county, path)
        except ValueError as error:
            return {**said, "engines": str(error)}
        return {**said, "highs_iis": _highs(path, set(), limit), "scip_iis": _scip(path, set(), limit)}


def _named(conflict: Conflict) -> frozenset[str]:
    return frozenset(f"{group.rule} {group.key}".strip() for group in conflict.groups)


def _write_natural(county: County, path: Path) -> None:
    """The natural program as MPS, by way of HiGHS."""
    problem = compile_county(county).problem
    natural = natural_form(problem)
    lower = np.zeros(len(natural.gain))
    lower[natural.parts["built"]], lower[natural.parts["taken"]] = problem.projects.low, problem.measures.low
    lower[natural.parts["lifted"]] = problem.households.lift_low
    form = scaled(natural)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(form.cost), len(form.least)
    model.col_cost_, model.col_lower_, model.col_upper_ = form.cost, lower, form.upper
    model.row_lower_, model.row_upper_ = form.least, form.most
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = (
        form.start.astype(np.int32), form.index.astype(np.int32), form.value
    )  # fmt: skip
    model.integrality_ = [
        highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        for whole in natural.integer.tolist()
    ]
    highs = highspy.Highs()
    highs.silent()
    highs.passModel(model)
    highs.writeModel(str(path))


def _highs(path: Path, rules: set[str], limit: float) -> dict[str, Any]:
    highs = highspy.Highs()
    highs.silent()
    highs.readModel(str(path))
    for name, value in (("iis_strategy", IIS), ("time_limit", limit), ("iis_time_limit", limit)):
        highs.setOptionValue(name, value)
    begun = monotonic()
    highs.run()
    told = highs.modelStatusToString(highs.getModelStatus())
    status, found = highs.getIis()
    names = [str(highs.getRowName(row)[1]) for row in found.row_index_]
    return {
        "status": told,
        "call": str(status).rpartition(".")[2],
        "valid": bool(found.valid_),
        "rows": len(names),
        "columns": len(found.col_index_),
        "names_some_rule": _hits(names, rules),
        "seconds": monotonic() - begun,
    }


def _scip(path: Path, rules: set[str], limit: float) -> dict[str, Any]:
    model = pyscipopt.Model()
    model.hideOutput()
    model.readProblem(str(path))
    for name in ("limits/time", "iis/time"):
        if name in model.getParams():
            model.setParam(name, limit)
    begun = monotonic()
    model.generateIIS()
    found = model.getIIS()
    rows = found.getSubscip().getConss()
    infeasible = bool(found.isSubscipInfeasible())
    return {
        "infeasible": infeasible,
        "irreducible": bool(found.isSubscipIrreducible()),
        "rows": len(rows),
        "names_some_rule": infeasible and _hits([row.name for row in rows], rules),
        "seconds": monotonic() - begun,
    }


def _hits(names: list[str], rules: set[str]) -> bool | None:
    """Whether a row of the set belongs to a planted rule; None where rows have no names of rules."""
    if not rules:
        return None
    return any(name.partition("_")[0] in rules for name in names)


if __name__ == "__main__":
    main()
