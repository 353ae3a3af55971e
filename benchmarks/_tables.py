"""The published record: `RECORD.md`, a row per release, and two plots, from the raw figures in `record/`.

`python benchmarks/_tables.py` writes the row of the version that is installed, anew if it has one; rows of earlier
versions stay as they are, regressions too. The plots, as SVG in `plots/`:

* `time-to-gap`: what each engine's proved gap was when, on `zigui-2015` (or the largest county with runs);
* `cost-against-size`: seconds until a gap of 0.1 % was proved against households; hollow marks: not in the time limit.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
from _record import FOLDER

mpl.use("svg")  # no display is needed
mpl.rcParams["svg.hashsalt"] = "liftplan"  # the same figures give the same file
from matplotlib import pyplot as plt  # noqa: E402 - the backend is chosen first

HERE = Path(__file__).parent
PLOTS = HERE / "plots"
PAGE = HERE / "RECORD.md"
HEAD = """# Benchmark record

One row per release, as measured by the studies in this folder; raw figures of each run, with machine, commit and date,
are in `record/`. Seconds are medians over counties of 48 villages where nothing else is said. Regressions stay.
"""
LIMIT_MARK = {"markerfacecolor": "none"}
CORE = "liftplan"

Records = dict[str, dict[str, Any]]


def main() -> None:
    """Write the page and the plots from what has been measured."""
    records = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
    PAGE.write_text(page(records, PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""), encoding="utf-8")
    PLOTS.mkdir(exist_ok=True)
    runs = records.get("peers", {}).get("runs", [])
    if runs:
        time_to_gap(runs, PLOTS / "time-to-gap.svg")
        cost_against_size(runs, PLOTS / "cost-against-size.svg")
    print(f"written: {PAGE}{', ' + str(PLOTS) if runs else ' (no runs of peers: no plots)'}")


def page(records: Records, before: str) -> str:
    """The page with this version's row, after the rows that it had."""
    newest = max(records.values(), key=lambda record: str(record["date"]))
    version = newest["versions"]["liftplan"]
    cells = [version, newest["date"][:10], newest["commit"][:10], *(read(records) for read in COLUMNS.values())]
    rows = [line for line in before.splitlines() if line.startswith("| ") and not line.startswith("| version")]
    rows = [line for line in rows if line.split("|")[1].strip() != version]
    titles = ["version", "date", "commit", *COLUMNS]
    table = [f"| {' | '.join(titles)} |", f"|{'---|' * len(titles)}", *rows, f"| {' | '.join(cells)} |"]
    parts = [HEAD, "\n".join(table)]
    peers = records.get("peers", {}).get("runs", [])
    if peers:
        parts += [
            against_peers(peers),
            "![Time to gap](plots/time-to-gap.svg)",
            "![Cost against size](plots/cost-against-size.svg)",
        ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _gap_seconds(name: str) -> Callable[[Records], str]:
    def read(records: Records) -> str:
        return _number(records.get("gaps", {}).get("medians", {}).get(name, {}).get("median_seconds"))

    return read


def _demo(records: Records) -> str:
    return _number(records.get("demo", {}).get("median_process_seconds"))


def _agreement(records: Records) -> str:
    found = records.get("agreement")
    return "-" if found is None else f"{found['equal_to_the_reference']} of {found['counties']}"


def _mmkp(records: Records) -> str:
    found = records.get("mmkp")
    return "-" if found is None else f"{found['proved_equal']} of {found['with_known_optimum']}"


def _khan(records: Records) -> str:
    found = records.get("mmkp", {}).get("farthest_from_linear_bound")
    return "-" if found is None else f"{100 * found:.3f} %"


COLUMNS: dict[str, Callable[[Records], str]] = {
    "demo, s": _demo,
    "to 0.1 %, s": _gap_seconds("0.001"),
    "to 0.01 %, s": _gap_seconds("0.0001"),
    "proved, s": _gap_seconds("0"),
    "equal to the reference": _agreement,
    "knapsacks proved": _mmkp,
    "Khan I07-I13, farthest from the LP": _khan,
}


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def against_peers(runs: list[dict[str, Any]]) -> str:
    """A table per county: every engine on every program."""
    lines = ["## Against general solvers", ""]
    lines.append(
        "Plans are paid in whole yuan; bounds of others are their claims. Started: from the core's plan. -: never."
    )
    for instance in dict.fromkeys(run["task"]["instance"] for run in runs):
        mine = [run for run in runs if run["task"]["instance"] == instance]
        homes = next((run["households"] for run in mine if "households" in run), "?")
        name = f"{instance} villages" if instance.isdigit() else instance
        lines += ["", f"### {name}, {homes} households, {mine[0]['task']['time_limit']:g} s", ""]
        titles = ("engine", "program", "started", "plan", "bound", "first plan, s", "plan within 0.1 %, s")
        titles += ("proved to 0.1 %, s", "primal integral", "memory, MiB", "status")
        lines += [f"| {' | '.join(titles)} |", f"|{'---|' * len(titles)}"]
        lines += [f"| {' | '.join(_peer_cells(run))} |" for run in mine]
    return "\n".join(lines)


def _peer_cells(run: dict[str, Any]) -> list[str]:
    task, times = run["task"], run["times"]
    shown = [
        task["engine"],
        task["form"] or "own",
        "yes" if task["started"] else "",
        _number(run.get("plan")),
        _number(run.get("bound")),
        _number(times["first_plan"]),
        _number(times["plan_within"].get("0.1 %")),
        _number(times["proved_within"].get("0.1 %")),
    ]
    return [*shown, f"{times['primal_integral']:.4f}", _number(run.get("memory_mib")), str(run["status"])]


def time_to_gap(runs: list[dict[str, Any]], path: Path) -> None:
    """Proved gap over time on the largest county, every engine from nothing."""
    largest = max((run for run in runs if "households" in run), key=lambda run: int(run["households"]))["task"][
        "instance"
    ]
    figure, axes = plt.subplots(figsize=(8, 5))
    for run in runs:
        task = run["task"]
        points = gaps_of(run["trace"])
        if task["instance"] == largest and not task["started"] and points:
            seconds, gaps = zip(*points, strict=True)
            label = task["engine"] + (f", {task['form']}" if task["form"] else "")
            axes.step(seconds, gaps, where="post", label=label, linewidth=2.5 if task["engine"] == CORE else 1.2)
    axes.set(xscale="log", yscale="log", xlabel="seconds", ylabel="proved gap", title=f"Time to gap: {largest}")
    _finish(figure, axes, path)


def gaps_of(trace: list[list[float | None]]) -> list[tuple[float, float]]:
    """(seconds, gap) once a plan and a bound are there; a closed gap is drawn at 10^-6."""
    plan: float | None = None
    bound: float | None = None
    points = []
    for seconds, objective, upper in trace:
        plan = objective if plan is None or (objective is not None and objective > plan) else plan
        bound = upper if bound is None or (upper is not None and upper < bound) else bound
        if plan is not None and bound is not None and seconds is not None:
            points.append((max(seconds, 1e-2), max(1e-6, (bound - plan) / max(1.0, abs(plan)))))
    return points


def cost_against_size(runs: list[dict[str, Any]], path: Path) -> None:
    """Seconds until 0.1 % was proved against households, every engine from nothing; repeated runs by their median."""
    figure, axes = plt.subplots(figsize=(8, 5))
    series: dict[str, dict[int, list[tuple[float, bool]]]] = {}
    for run in runs:
        task = run["task"]
        if task["started"] or "households" not in run or task["engine"] in {"PDLP", "HiGHS ipm"}:
            continue
        label = task["engine"] + (f", {task['form']}" if task["form"] else "")
        reached = run["times"]["proved_within"].get("0.1 %")
        point = (task["time_limit"] if reached is None else reached, reached is not None)
        series.setdefault(label, {}).setdefault(int(run["households"]), []).append(point)
    for label, sizes in series.items():
        homes = sorted(sizes)
        seconds = [statistics.median(value for value, _ in sizes[size]) for size in homes]
        (line,) = axes.plot(homes, seconds, label=label, linewidth=2.5 if label == CORE else 1.2)
        for size, value in zip(homes, seconds, strict=True):
            style = {} if all(done for _, done in sizes[size]) else LIMIT_MARK
            axes.plot([size], [value], marker="o", color=line.get_color(), **style)
    axes.set(xscale="log", yscale="log", xlabel="households", ylabel="seconds to a proved gap of 0.1 %")
    axes.set_title("Cost against size (hollow: not within the time limit)")
    _finish(figure, axes, path)


def _finish(figure: Any, axes: Any, path: Path) -> None:
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend(fontsize=8)
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    plt.close(figure)


if __name__ == "__main__":
    main()
