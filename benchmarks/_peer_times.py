"""What the traces of runs say, in processor seconds: when an engine had come how near, and its primal integral."""

from __future__ import annotations

from typing import Any

GAPS = {"1 %": 1e-2, "0.1 %": 1e-3, "0.01 %": 1e-4}

Trace = list[tuple[float, float | None, float | None]]
"""(processor seconds, best plan, bound)"""


def timed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with times. Plans are measured against the best plan that any run found in the same county."""
    best: dict[str, float] = {}
    for row in rows:
        if row.get("plan") is not None:
            best[row["digest"]] = max(best.get(row["digest"], 0.0), row["plan"])
    return [{**row, "times": times(row, best.get(row["digest"]))} for row in rows]


def times(row: dict[str, Any], best: float | None) -> dict[str, Any]:
    """Times of one run; None: it never got there.

    `plan_within`: its plan was so near the best one known. `proved_within`: its own bound was so near its own plan.
    `primal_integral`: mean over the time limit of the share by which its plan was short of the best one known (1 before
    the first plan; Berthold 2013).
    """
    trace: Trace = [(seconds, plan, bound) for seconds, plan, bound in row["trace"]]
    if row.get("seconds") is not None:
        trace.append((row["seconds"], row.get("plan"), row.get("bound")))
    limit = row["task"]["time_limit"]
    first = next((seconds for seconds, plan, _ in trace if plan is not None), None)
    if best is None:
        return {"first_plan": first, "plan_within": {}, "proved_within": {}, "primal_integral": 1.0}
    return {
        "first_plan": first,
        "plan_within": {name: _reached(trace, best, gap) for name, gap in GAPS.items()},
        "proved_within": {name: _proved(trace, gap) for name, gap in GAPS.items()},
        "primal_integral": round(_integral(trace, best, limit), 6),
    }


def _reached(trace: Trace, best: float, gap: float) -> float | None:
    return next((seconds for seconds, plan, _ in trace if plan is not None and plan >= best * (1 - gap)), None)


def _proved(trace: Trace, gap: float) -> float | None:
    highest, lowest = None, None
    for seconds, plan, bound in trace:
        if plan is not None:
            highest = plan if highest is None else max(highest, plan)
        if bound is not None:
            lowest = bound if lowest is None else min(lowest, bound)
        if highest is not None and lowest is not None and lowest - highest <= gap * max(1.0, abs(highest)):
            return seconds
    return None


def _integral(trace: Trace, best: float, limit: float) -> float:
    total, since, short = 0.0, 0.0, 1.0
    for seconds, plan, _ in trace:
        until = min(seconds, limit)
        total += max(0.0, until - since) * short
        since = max(since, until)
        if plan is not None:
            short = min(short, max(0.0, best - plan) / max(1.0, abs(best)))
    return (total + max(0.0, limit - since) * short) / limit
