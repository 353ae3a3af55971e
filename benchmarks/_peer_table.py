"""A table per county: every engine on every program."""

from __future__ import annotations

from typing import Any


def against_peers(runs: list[dict[str, Any]]) -> str:
    """Sections for `RECORD.md`, from the runs of `record/peers.json`."""
    lines = ["## Against general solvers", ""]
    lines.append(
        "Processor seconds, one thread. Plans are paid in whole yuan; bounds of others are their claims. "
        "Started: from the core's plan. -: never."
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


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"
