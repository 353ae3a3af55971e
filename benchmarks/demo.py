"""What `make demo` promises: `liftplan solve zigui-2015` as a process of its own, seen from outside.

`python benchmarks/demo.py [--runs N]` writes `record/demo.json`: per run the seconds and peak memory of the process,
its gap, and whether its standard output was one JSON object to the last byte; `load_before` is how many processes
wanted a core in the minute before (0 on a machine of one's own). Kernels are compiled before.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from time import monotonic
from typing import Any

from _record import write_record

MOST_SECONDS, MOST_GAP, MOST_BYTES = 60.0, 1e-3, 2 * 2**30
"""Bars of one run."""


def main() -> None:
    """Run the demo a few times and write the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    subprocess.run([sys.executable, "-m", "liftplan", "warm"], check=True, stdout=subprocess.DEVNULL)
    runs = [run() for _ in range(given.runs)]
    for one in runs:
        print(one)
    kept = all(one["kept"] for one in runs)
    content = {
        "bars": {"seconds": MOST_SECONDS, "gap": MOST_GAP, "peak_bytes": MOST_BYTES},
        "all_kept": kept,
        "median_process_seconds": statistics.median(one["process_seconds"] for one in runs),
        "runs": runs,
    }
    print(f"written: {write_record('demo', content)}")
    sys.exit(not kept)


def run() -> dict[str, Any]:
    """One process: its figures and whether it kept the bars."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as out:
        line = [sys.executable, "-m", "liftplan", "solve", "zigui-2015", "--json", "--out", f"{folder}/plan"]
        others = os.getloadavg()[0]
        begin = monotonic()
        process = subprocess.Popen(line, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read()
    answer = json.loads(text)
    peak = usage.ru_maxrss * 1024
    single = text == json.dumps(answer).encode() + b"\n"
    small = answer["gap"] is not None and answer["gap"] <= MOST_GAP
    kept = single and small and seconds <= MOST_SECONDS and peak <= MOST_BYTES
    return {
        "exit_code": process.returncode,
        "status": answer["status"],
        "people_lifted": answer["people_lifted"],
        "objective_bound": answer["objective_bound"],
        "gap": answer["gap"],
        "seconds": answer["seconds"],
        "process_seconds": seconds,
        "peak_bytes": peak,
        "load_before": round(others, 2),
        "one_json_object": single,
        "kept": kept and process.returncode == 0,
    }


if __name__ == "__main__":
    main()
