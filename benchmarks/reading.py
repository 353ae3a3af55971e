"""How fast files are read: `zigui-2015` in each of its forms, read and validated, and written as a workbook.

`python benchmarks/reading.py` writes `record/reading.json`: per form the size of the file or folder and the seconds of
every run, each in this process after one that is not counted. The bars are 3 s from Parquet and CSV, and 8 s from a
workbook; `load_before` is how many processes wanted a core in the minute before (0 on a machine of one's own), and
`read_processor` the seconds of the processor alone, which other processes hardly change.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from _record import write_record

import liftplan
from liftplan.models.files import examine, write_county

COUNTY = "zigui-2015"
RUNS = 5

FORMS: dict[str, tuple[str, dict[str, Any], float | None]] = {
    "parquet": ("county", {"table_format": "parquet"}, 3.0),
    "csv": ("county-csv", {"table_format": "csv"}, 3.0),
    "workbook": ("county.xlsx", {}, 8.0),
    "json": ("county.json", {}, None),
    "zip": ("county.zip", {}, None),
}
"""Name, how it is written, and the bar in seconds of reading it."""


def main() -> None:
    """Measure each form and write the record; ends with 1 if a median is over its bar."""
    county = liftplan.load(COUNTY)
    with tempfile.TemporaryDirectory() as folder:
        forms = {}
        for form in FORMS:
            forms[form] = one = measured(county, form, Path(folder))
            print(f"{form:20} read {one['read_median']:.2f} s (bar {one['bar_seconds']}), written {one['write']:.2f} s")
    sizes = {name: len(table) for name, table in county.tables.items()}
    content = {"county": COUNTY, "rows": sizes, "load_after": round(os.getloadavg()[0], 2), "forms": forms}
    print(f"written: {write_record('reading', content)}")
    sys.exit(any(one["bar_seconds"] and one["read_median"] > one["bar_seconds"] for one in forms.values()))


def measured(county: liftplan.County, form: str, folder: Path) -> dict[str, Any]:
    """One form: written once, read several times; what is read must be the county, without a problem."""
    name, how, bar = FORMS[form]
    path = folder / name
    load = os.getloadavg()[0]
    started = perf_counter()
    write_county(county, path, **how)
    write = perf_counter() - started
    seconds, processor = [], []
    for _ in range(RUNS + 1):
        started, busy = perf_counter(), process_time()
        found, problems = examine(path)
        seconds.append(perf_counter() - started)
        processor.append(process_time() - busy)
        if found != county or any(not one.warning for one in problems):
            raise SystemExit(f"{form}: what was read is not what was written")
    counted = sorted(seconds[1:])
    files = [path] if path.is_file() else list(path.iterdir())
    return {
        "bytes": sum(file.stat().st_size for file in files),
        "bar_seconds": bar,
        "write": round(write, 3),
        "read": [round(one, 3) for one in seconds[1:]],
        "read_processor": [round(one, 3) for one in processor[1:]],
        "read_median": round(counted[len(counted) // 2], 3),
        "load_before": round(load, 2),
    }


if __name__ == "__main__":
    main()
