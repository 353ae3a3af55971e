"""The flat-problem entrance on published multiple-choice multidimensional knapsack problems.

`MMKP_DATA=FOLDER python benchmarks/mmkp.py [--time-limit SECONDS] [--khan-time-limit SECONDS] [--only TEXT]
[--name RECORD] [--join RECORDS [--load TEXT]]` solves the 380 problems of Hiremath and Hill (2007) and the 13 of Khan
et al. (2002), one after the other, proves every bound again without the solver, and writes `record/mmkp.json` after
each file. One thread, processor time: limits and times are processor seconds, so that other work on the machine does
not count. `--join` solves nothing and puts records of parts together; `--load` says what else the machine did. Exits
with 1 if the bar is missed:

* every Hiremath-Hill problem, and Khan I01-I06, is proved to be worth what the literature proved;
* Khan I07-I13 are within 0.1 % of the bound of the linear relaxation in `--khan-time-limit` seconds (60);
* no bound is below a known value, and each is what its proof proves.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import statistics
import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from time import process_time
from typing import Any

from _processor_time import core_counts_processor_time
from _record import FOLDER, write_record

from liftplan.solver.flat import Mmkp, read_mmkp, reprove, solve_flat
from liftplan.solver.settings import Settings

MEASURE = "one thread, processor time, so that other work on the machine does not count"
NEAR = Fraction(1, 1000)
"""Share of the linear bound that a plan may be short of it where no optimum is known."""


@dataclass(frozen=True)
class Known:
    """What is known of a problem. value: proved optimum, or the best known; linear: bound of the relaxation."""

    value: Fraction | None
    linear: Fraction | None = None


def main() -> int:
    """Run the study, write its record, say what is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--time-limit", type=float, default=300.0, help="seconds where the optimum is known")
    parser.add_argument("--khan-time-limit", type=float, default=60.0, help="seconds for I07-I13")
    parser.add_argument("--only", default="", help="files whose names contain this")
    parser.add_argument("--name", default="mmkp")
    parser.add_argument("--join", default="", help="records of parts, separated by commas")
    parser.add_argument("--load", default="", help="what else the machine did meanwhile, for the joined record")
    given = parser.parse_args()
    if given.join:
        return told(join(given.join.split(","), given.name, given.load))
    folder = Path(os.environ.get("MMKP_DATA", "-"))
    if not folder.is_dir():
        print("left out: MMKP_DATA does not name the folder of the published knapsack problems")
        return 0
    core_counts_processor_time()
    known = known_of_khan(folder) | known_of_hiremath_and_hill(folder)
    limits = {"optimum known": given.time_limit, "optimum not known": given.khan_time_limit}
    rows: list[dict[str, Any]] = []
    for path in files(folder, given.only):
        for read in read_mmkp(path):
            about = known[problem_name(path, read.number)]
            rows.append(examine(path, read, about, limits[f"optimum {'not ' if about.value is None else ''}known"]))
            print(say(rows[-1]), flush=True)
        record = write_record(given.name, {"measure": MEASURE, "time_limits": limits, **summarise(rows), "rows": rows})
    return told(record)


def told(record: Path) -> int:
    """Say what of the bar a record misses. Returns the exit code."""
    missed = json.loads(record.read_text(encoding="utf-8"))["missed"]
    for text in missed:
        print(f"missed: {text}")
    print(f"written: {record}")
    return 1 if missed else 0


def join(parts: list[str], name: str, load: str) -> Path:
    """One record of several, each problem once. The parts name their own date and commit."""
    records = {part: json.loads((FOLDER / f"{part}.json").read_text(encoding="utf-8")) for part in parts}
    rows = {row["problem"]: row for record in records.values() for row in record["rows"]}
    made = [{key: record[key] for key in ("date", "commit", "changed_since_commit")} for record in records.values()]
    limits = next(iter(records.values()))["time_limits"]
    ordered = sorted(rows.values(), key=lambda row: (row["problem"].startswith("T"), *_numbers(row["problem"])))
    measure = {"measure": MEASURE, **({"load": load} if load else {})}
    content = {**measure, "parts": made, "time_limits": limits, **summarise(ordered), "rows": ordered}
    return write_record(name, content)


def _numbers(problem: str) -> list[str | int]:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", problem)]


def files(folder: Path, only: str) -> list[Path]:
    """Khan's files, then those of Hiremath and Hill."""
    found = [*sorted((folder / "khan").glob("I[0-9][0-9]")), *sorted((folder / "hiremath_hill").glob("*.gz"))]
    return [path for path in found if only in path.name]


def problem_name(path: Path, number: int) -> str:
    """`I07`, or file and number."""
    return path.name if path.parent.name == "khan" else f"{path.name.removesuffix('.gz')} {number}"


def known_of_khan(folder: Path) -> dict[str, Known]:
    """mmkp.opt: minus the proved optimum (1), or minus the bound of the relaxation to two places (0)."""
    found = {}
    for line in (folder / "khan" / "mmkp.opt").read_text(encoding="ascii").splitlines():
        if line.strip():
            name, value, proved = line.split()
            found[name] = Known(-Fraction(value)) if proved == "1" else Known(None, -Fraction(value))
    return found


def known_of_hiremath_and_hill(folder: Path) -> dict[str, Known]:
    """optima.csv: values proved again (two of the published ones are 1 too low)."""
    with (folder / "hiremath_hill" / "optima.csv").open(encoding="utf-8") as file:
        return {f"{row['file']} {row['problem']}": Known(Fraction(row["highs_value"])) for row in csv.DictReader(file)}


def examine(path: Path, read: Mmkp, known: Known, limit: float) -> dict[str, Any]:
    """Solve one problem and prove its bound again."""
    problem = read.problem
    result = solve_flat(problem, Settings(gap=0, time_limit=limit, threads=1))
    begin = process_time()
    reproved = reprove(problem, result.proof)
    reprove_seconds = process_time() - begin
    value = None if result.objective is None else read.value(result.objective)
    bound = None if result.bound is None else read.value(result.bound)
    missed = []
    if reproved != result.bound:
        missed.append(f"the proof proves {reproved}, not {result.bound}")
    if known.value is not None:
        if value != known.value or result.status != "optimal":
            missed.append(f"{result.status} {shown(value)}, known {shown(known.value)}")
        if bound is None or bound < known.value:
            missed.append(f"bound {shown(bound)} below the known {shown(known.value)}")
    elif known.linear is not None and (value is None or value < known.linear * (1 - NEAR)):
        missed.append(f"{shown(value)} is more than 0.1 % below {shown(known.linear)}")
    short = None if value is None or known.linear is None else float(1 - value / known.linear)
    return {
        "problem": problem_name(path, read.number), "groups": problem.groups, "options": problem.options,
        "resources": len(problem.sources), "status": result.status, "stopped_by": result.stopped_by,
        "value": shown(value), "bound": shown(bound), "known": shown(known.value), "linear_bound": shown(known.linear),
        "short_of_linear_bound": short, "gap": result.gap, "nodes": result.nodes, "seconds": round(result.seconds, 3),
        "stages": {stage: round(seconds, 3) for stage, seconds in result.stages.items()},
        "reproved": reproved == result.bound, "reprove_seconds": round(reprove_seconds, 3), "missed": missed,
    }  # fmt: skip


def shown(value: Fraction | None) -> str | None:
    """An exact number as text."""
    if value is None:
        return None
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.2f}"


def say(row: dict[str, Any]) -> str:
    """One line on a problem."""
    end = "; ".join(row["missed"]) or "ok"
    return f"{row['problem']}: {row['status']} {row['value']} of {row['bound']}, {row['seconds']:.2f} s, {end}"


def summarise(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Counts, times, and what of the bar is missed."""
    proved = [row for row in rows if row["known"] is not None]
    seconds = [row["seconds"] for row in proved]
    return {
        "problems": len(rows),
        "with_known_optimum": len(proved),
        "proved_equal": sum(not row["missed"] for row in proved),
        "seconds_median": statistics.median(seconds) if seconds else None,
        "seconds_worst": max(seconds, default=None),
        "worst": max(proved, key=lambda row: row["seconds"])["problem"] if proved else None,
        "farthest_from_linear_bound": max((row["short_of_linear_bound"] or 0.0 for row in rows), default=None),
        "bounds_reproved": sum(row["reproved"] for row in rows),
        "missed": [f"{row['problem']}: {text}" for row in rows for text in row["missed"]],
    }


if __name__ == "__main__":
    sys.exit(main())
