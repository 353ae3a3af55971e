"""How long a newcomer waits: importing, asking for help, and a first solve with no kernel compiled, against a second.

`python benchmarks/first_run.py [--runs N]` writes `record/first_run.json`, with seconds of whole processes seen from
outside. Each pair of solves has a kernel cache of its own, empty for the first one and as that left it for the second.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from time import monotonic

from _record import write_record

MOST_MORE, MOST_IMPORT, MOST_HELP = 15.0, 0.5, 0.7
"""Bars: seconds of a first solve over a second one, of `import liftplan` and of `liftplan --help`."""


def main() -> None:
    """Measure all of it and write the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = range(parser.parse_args().runs)
    imports = [seconds(["-c", "import liftplan"]) for _ in runs]
    helps = [seconds(["-m", "liftplan", "--help"]) for _ in runs]
    pairs = []
    for _ in runs:
        with tempfile.TemporaryDirectory() as cache:
            first, second = solved(cache), solved(cache)
        pairs.append({"first": first, "second": second, "more": first - second})
        print(pairs[-1])
    content = {
        "bars": {"more": MOST_MORE, "import": MOST_IMPORT, "help": MOST_HELP},
        "median_more_seconds": statistics.median(pair["more"] for pair in pairs),
        "median_import_seconds": statistics.median(imports),
        "median_help_seconds": statistics.median(helps),
        "imports": imports,
        "helps": helps,
        "solves": pairs,
    }
    print(f"written: {write_record('first_run', content)}")
    kept = content["median_more_seconds"] <= MOST_MORE and content["median_import_seconds"] <= MOST_IMPORT
    sys.exit(not (kept and content["median_help_seconds"] <= MOST_HELP))


def solved(cache: str) -> float:
    """Seconds of `liftplan solve zigui-2015` with the kernels that a folder keeps."""
    with tempfile.TemporaryDirectory() as folder:
        return seconds(["-m", "liftplan", "solve", "zigui-2015", "--out", f"{folder}/plan"], cache)


def seconds(arguments: list[str], cache: str | None = None) -> float:
    """Seconds of a process of this interpreter. Raises CalledProcessError where it fails."""
    environment = os.environ if cache is None else {**os.environ, "LIFTPLAN_CACHE": cache}
    begin = monotonic()
    subprocess.run([sys.executable, *arguments], check=True, env=environment, capture_output=True)
    return monotonic() - begin


if __name__ == "__main__":
    main()
