"""How long the generator takes and how much memory, in a process of its own: 48 and 5,000 villages.

`python benchmarks/generator.py`; writes `record/generator.json`. Each twice: the county alone, and `liftplan generate`
with the writing of its Parquet files. Limits: 48 villages in 2 s, 5,000 in 3 minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import Any

from _record import write_record

LIMITS = {48: 2.0, 5_000: 180.0}
"""Seconds by number of villages."""

ALONE = """
from liftplan.scenarios.generator import Knobs, generate
county = generate(Knobs(seed=1, villages={villages}))
print(len(county["households"]), len(county["measures"]))
"""


def main() -> None:
    """Measure both sizes and write the record."""
    runs: list[dict[str, Any]] = []
    for villages, limit in LIMITS.items():
        with tempfile.TemporaryDirectory() as folder:
            written = ["-m", "liftplan", "generate", "--villages", str(villages), "--tables", "parquet", "--quiet"]
            for what, line in (
                ("generate", ["-c", ALONE.format(villages=villages)]),
                ("generate and write", [*written, "--out", str(Path(folder) / "county")]),
            ):
                run = {"villages": villages, "what": what, **measured([sys.executable, *line]), "limit_seconds": limit}
                runs.append(run)
                print(
                    f"{villages} villages, {what}: {run['seconds']:.1f} s, peak {run['peak_gib']:.2f} GiB", flush=True
                )
    print(f"written: {write_record('generator', {'runs': runs})}")


def measured(line: list[str]) -> dict[str, float]:
    """Seconds and peak memory (GiB) of a process, its start included."""
    begun = monotonic()
    with subprocess.Popen(line, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{line} ended with {process.returncode}")
    return {"seconds": monotonic() - begun, "peak_gib": usage.ru_maxrss / 2**20}


if __name__ == "__main__":
    main()
