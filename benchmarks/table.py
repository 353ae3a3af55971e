"""The published record: `RECORD.md`, a row per release or commit, from the raw figures in `record/`.

`python benchmarks/table.py [COMMIT ...]` adds the row of what `record/` holds now, anew if its commit has one; commits
named add rows of what it held then. Other rows stay as they are, regressions too. A figure stands in a row if
its record was written since the row before.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _peer_table import against_peers
from _record import FOLDER

HERE = Path(__file__).parent
PAGE = HERE / "RECORD.md"
PLOTS = ("time-to-gap", "cost-against-size")
HEAD = """# Benchmark record

One row per release or milestone, as measured by the studies in this folder; raw figures of each run, with machine,
commit and date, are in `record/` (of older rows: in its history). Seconds are of `zigui-2015` (48 villages, 11,999
households, 2 cores) where nothing else is said; medians of counties count those that did not get there in 60 s as
longest. -: not measured anew. Some were measured while others used the machine. Rows stay, regressions too.
"""

Records = dict[str, dict[str, Any]]


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commits", nargs="*", help="commits whose records make rows of their own")
    given = parser.parse_args()
    rows = rows_of(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    for commit in given.commits:
        add(rows, recorded(commit))
    now = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
    if not given.commits:
        add(rows, now)
    PAGE.write_text(page(rows, now), encoding="utf-8")
    print(f"written: {PAGE}")


def recorded(commit: str) -> Records:
    """What `record/` held at a commit."""
    folder = f"{commit}:benchmarks/record"
    names = [name for name in _git("ls-tree", "--name-only", folder).splitlines() if name.endswith(".json")]
    return {name.removesuffix(".json"): json.loads(_git("show", f"{folder}/{name}")) for name in names}


def add(rows: dict[str, list[str]], records: Records) -> None:
    """Put the row of these records among the others, in the place of the one with the same commit."""
    records = {name: one for name, one in records.items() if "date" in one}  # stages.json has a form of its own
    newest = max(records.values(), key=lambda record: str(record["date"]))
    date, commit = _minute(newest["date"]), newest["commit"][:7]
    before = max((cells[0] for name, cells in rows.items() if cells[0] < date and name != commit), default="")
    fresh = {name: one for name, one in records.items() if _minute(one["date"]) > before}
    rows[commit] = [date, newest["versions"]["liftplan"], commit, *(read(fresh) or "-" for read in COLUMNS.values())]


def rows_of(text: str) -> dict[str, list[str]]:
    """Rows of the page as it is, by commit."""
    lines = [line for line in text.partition("\n## ")[0].splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]
    return {one[2]: one for one in cells}


def page(rows: dict[str, list[str]], now: Records) -> str:
    """The page: rows by date, plots that there are, engines against each other."""
    titles = ["date", "version", "commit", *COLUMNS]
    table = [f"| {' | '.join(titles)} |", f"|{'---|' * len(titles)}"]
    table += [f"| {' | '.join(cells)} |" for cells in sorted(rows.values())]
    parts = [HEAD, "\n".join(table)]
    drawn = [name for name in PLOTS if (HERE / "plots" / f"{name}.svg").exists()]
    parts += [f"![{name.replace('-', ' ')}](plots/{name}.svg)" for name in drawn]
    runs = now.get("peers", {}).get("runs", [])
    parts += [against_peers(runs)] if runs else []
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _gaps(records: Records) -> dict[str, Any]:
    """The newest record of times to gaps."""
    found = [one for name, one in records.items() if name.startswith("gaps")]
    return max(found, key=lambda one: str(one["date"]), default={})


def _zigui(records: Records) -> dict[str, Any]:
    return next((one for one in _gaps(records).get("counties", []) if one["county"] == "zigui-2015"), {})


def _to_gap(gap: str) -> Callable[[Records], str]:
    return lambda records: _number(_zigui(records).get("seconds_to_gap", {}).get(gap))


def _counties(gap: str) -> Callable[[Records], str]:
    def read(records: Records) -> str:
        found = _gaps(records).get("medians", {}).get(gap)
        if found is None:
            return "-"
        median = found["median_seconds"]
        return f"{'>60' if median is None else f'{median:.1f}'} ({found['reached']} of {found['of']})"

    return read


def _memory(records: Records) -> str:
    peaks = [one["peak_bytes"] for one in records.get("demo", {}).get("runs", [])]
    peaks = peaks or ([_zigui(records)["peak_bytes"]] if _zigui(records) else [])
    return f"{statistics.median(peaks) / 2**20:.0f}" if peaks else "-"


def _reading(form: str) -> Callable[[Records], str]:
    return lambda records: _number(records.get("reading", {}).get("forms", {}).get(form, {}).get("read_median"))


def _study(part: str, figure: str) -> Callable[[Records], str]:
    return lambda records: _number(records.get("scenarios", {}).get(part, {}).get(figure))


def _of(record: str, reached: str, whole: str) -> Callable[[Records], str]:
    def read(records: Records) -> str:
        found = records.get(record, {})
        return f"{found[reached]} of {found[whole]}" if reached in found and whole in found else "-"

    return read


def _sweep(records: Records) -> str:
    found = records.get("sweep")
    return "-" if found is None else f"{len(found['collapsed'])} of {len(found['runs'])}"


def _largest(records: Records) -> str:
    entries = [one for one in records.get("scale", {}).get("sizes", []) if one["gap"] is not None]
    if not entries:
        return "-"
    one = max(entries, key=lambda entry: int(entry["villages"]))
    return f"{one['villages']}: {100 * one['gap']:.2g} %, {one['memory_mib'] / 1024:.1f} GiB"


COLUMNS: dict[str, Callable[[Records], str]] = {
    "`make demo`, process s": lambda records: _number(records.get("demo", {}).get("median_process_seconds")),
    "to 0.01 %, s": _to_gap("0.0001"),
    "to proof, s": _to_gap("0"),
    "counties' median to 0.1 %, s": _counties("0.001"),
    "counties' median to 0.01 %, s": _counties("0.0001"),
    "counties' median to proof, s": _counties("0"),
    "memory, MiB": _memory,
    "read Parquet, s": _reading("parquet"),
    "read workbook, s": _reading("workbook"),
    "12 scenarios, s": _study("scenarios", "seconds"),
    "their processor s": _study("scenarios", "seconds_of_work"),
    "curve of 20, processor s": _study("curve", "seconds_of_work"),
    "equal to the reference": _of("agreement", "equal_to_the_reference", "counties"),
    "knapsacks proved": _of("mmkp", "proved_equal", "with_known_optimum"),
    "largest pool, villages": _largest,
    "sweep: collapsed": _sweep,
}


def _minute(date: str) -> str:
    return date[:16].replace("T", " ")


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _git(*line: str) -> str:
    return subprocess.run(["git", *line], cwd=HERE.parent, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
