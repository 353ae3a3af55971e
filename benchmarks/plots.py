"""Two plots from the raw figures in `record/`, as SVG in `plots/`: what has not been measured is left out.

`python benchmarks/plots.py` draws

* `time-to-gap`: what gap the core had proved when, on `zigui-2015` and generated counties of its size (`gaps*.json`),
  and every engine on the largest county of `peers.json`;
* `cost-against-size`: seconds against households of one pool (`scale.json`), or until each engine had proved 0.1 %
  (`peers.json`); hollow marks: not within the time limit.
"""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any

import matplotlib as mpl
from _record import FOLDER

mpl.use("svg")  # no display is needed
mpl.rcParams["svg.hashsalt"] = "liftplan"  # the same figures give the same file
from matplotlib import pyplot as plt  # noqa: E402 - the backend is chosen first
from matplotlib.ticker import LogLocator, NullFormatter  # noqa: E402

PLOTS = Path(__file__).parent / "plots"
CORE, LIMIT_MARK = "liftplan", {"markerfacecolor": "none"}
RELAXED = {"PDLP", "HiGHS ipm"}
CLOSED = 1e-6
"""Where a gap of 0 is drawn."""

Runs = list[dict[str, Any]]


def main() -> None:
    """Draw what there is."""
    PLOTS.mkdir(exist_ok=True)
    peers: Runs = [run for run in read("peers").get("runs", []) if run.get("trace") and "households" in run]
    newest = max((read(path.stem) for path in FOLDER.glob("gaps*.json")), key=lambda one: str(one["date"]), default={})
    if newest or peers:
        time_to_gap(newest.get("counties", []), peers)
    if read("scale") or peers:
        cost_against_size(read("scale").get("sizes", []), peers)


def read(name: str) -> dict[str, Any]:
    """A record; nothing, with a word, where there is none."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        print(f"left out: {path.name} (not measured)")
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def time_to_gap(counties: Runs, peers: Runs) -> None:
    """Proved gap over time: a panel for the core on all counties, another for engines on one."""
    largest = max(peers, key=lambda run: int(run["households"]))["task"]["instance"] if peers else None
    figure, panels = plt.subplots(1, 2 if counties and peers else 1, figsize=(12 if counties and peers else 7, 5))
    axes = list(panels) if counties and peers else [panels]
    if counties:
        drawn = [(one["county"], points) for one in counties if (points := gaps_of(one["events"]))]
        for place, (name, points) in enumerate(sorted(drawn, key=lambda one: one[0] != "zigui-2015")):
            others = f"{len(drawn) - 1} generated counties" if place == 1 else None
            style: dict[str, Any] = (
                {"label": name, "linewidth": 2.2, "zorder": 3}
                if name == "zigui-2015"
                else {"label": others, "linewidth": 0.9, "color": "0.6"}
            )
            axes[0].step(*zip(*points, strict=True), where="post", **style)
        axes[0].set_title("the core, counties of 48 villages, seconds")
    if peers:
        for run in peers:
            points = gaps_of(run["trace"])
            if run["task"]["instance"] == largest and not run["task"]["started"] and points:
                width = 2.5 if run["task"]["engine"] == CORE else 1.2
                axes[-1].step(*zip(*points, strict=True), where="post", label=label_of(run), linewidth=width)
        axes[-1].set_title(f"engines on {largest}, processor seconds")
    for one in axes:
        one.set(xscale="log", yscale="log", xlabel="seconds", ylabel=f"proved gap ({CLOSED:g}: closed)")
    _finish(figure, axes, PLOTS / "time-to-gap.svg")


def gaps_of(trace: list[list[float | None]]) -> list[tuple[float, float]]:
    """(seconds, gap) once a plan and a bound are there."""
    plan: float | None = None
    bound: float | None = None
    points = []
    for seconds, objective, upper in trace:
        plan = objective if plan is None or (objective is not None and objective > plan) else plan
        bound = upper if bound is None or (upper is not None and upper < bound) else bound
        if plan is not None and bound is not None and seconds is not None:
            points.append((max(seconds, 1e-2), max(CLOSED, (bound - plan) / max(1.0, abs(plan)))))
    return points


def cost_against_size(entries: Runs, peers: Runs) -> None:
    """Seconds against households."""
    figure, axes = plt.subplots(figsize=(8, 5))
    for key, name in (("seconds", "one pool, seconds"), ("processor_seconds", "one pool, processor seconds")):
        points = sorted((one["households"], one[key]) for one in entries if one.get(key) is not None)
        if points:
            axes.plot(*zip(*points, strict=True), marker="s", linewidth=2.5, label=name)
    for one in entries:
        if one.get("gap") is not None:
            told = f"{one['villages']} villages\ngap {100 * one['gap']:.2g} %"
            place = {"xytext": (6, -20), "textcoords": "offset points", "ha": "left", "fontsize": 8}
            axes.annotate(told, (one["households"], one["seconds"]), **place)
    for label, sizes in series_of(peers).items():
        homes = sorted(sizes)
        seconds = [statistics.median(value for value, _ in sizes[size]) for size in homes]
        (line,) = axes.plot(homes, seconds, label=f"{label}, to 0.1 %", linewidth=2.5 if label == CORE else 1.2)
        for size, value in zip(homes, seconds, strict=True):
            style = {} if all(done for _, done in sizes[size]) else LIMIT_MARK
            axes.plot([size], [value], marker="o", color=line.get_color(), **style)
    axes.margins(x=0.3, y=0.15)
    axes.set(xscale="log", yscale="log", xlabel="households", ylabel="seconds")
    axes.set_title("Cost against size" + (" (hollow: 0.1 % not proved within the limit)" if peers else ""))
    _finish(figure, [axes], PLOTS / "cost-against-size.svg")


def series_of(peers: Runs) -> dict[str, dict[int, list[tuple[float, bool]]]]:
    """Per engine and number of households: processor seconds, and whether 0.1 % was proved in them."""
    series: dict[str, dict[int, list[tuple[float, bool]]]] = {}
    for run in peers:
        if run["task"]["started"] or run["task"]["engine"] in RELAXED:
            continue
        reached = run["times"]["proved_within"].get("0.1 %")
        point = (run["task"]["time_limit"] if reached is None else reached, reached is not None)
        series.setdefault(label_of(run), {}).setdefault(int(run["households"]), []).append(point)
    return series


def label_of(run: dict[str, Any]) -> str:
    """Engine and program of a run."""
    return ", ".join(part for part in (run["task"]["engine"], run["task"]["form"]) if part)


def _finish(figure: Any, axes: list[Any], path: Path) -> None:
    for one in axes:
        one.grid(visible=True, which="both", alpha=0.3)
        one.legend(fontsize=8, loc="upper left", bbox_to_anchor=(1.01, 1.0))  # beside it: inside it covers something
        for axis in (one.xaxis, one.yaxis):
            axis.set_minor_formatter(NullFormatter())
        if one.get_xlabel() == "seconds":
            one.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
            one.xaxis.set_major_formatter("{x:g}")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None}, bbox_inches="tight")
    plt.close(figure)
    print(f"written: {path}")


if __name__ == "__main__":
    main()
