"""Questions about counties and plans: their answers are files, as they may name households."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import liftplan
from liftplan.api.resolving import RESOLVERS
from liftplan.api.sides import Asked, Given, Opened
from liftplan.scenarios.curve import Point
from liftplan.service.kinds import CompareRequest, CurveRequest, DiagnoseRequest, ExplainRequest
from liftplan.service.pieces import PIECES, REPAIRS
from liftplan.service.worker.pieces import comparison_pieces, curve_pieces, diagnosis_pieces, repairs_of
from liftplan.service.worker.task import Task
from liftplan.solver.explain.proved import Step


def diagnose(task: Task) -> dict[str, Any]:
    """Say whether a county has a plan, which rules clash, and what repairs it: `diagnosis.json` and `.html`."""
    asked = DiagnoseRequest.model_validate(task.asked)
    task.teller.step("read")
    begun = task.shelf.under(task.sources[0], asked.scenario, asked.overrides)
    found = liftplan.diagnose(begun, time_limit=asked.time_limit, cancel=task.cancel, report=task.teller.step)
    with liftplan.speaking(asked.language):
        found.save(Path(), overwrite=True)
    Path(REPAIRS).write_text(repairs_of(found).model_dump_json(), encoding="utf-8")
    Path(PIECES).write_text(diagnosis_pieces(found).model_dump_json(), encoding="utf-8")
    return {"status": found.status, "stopped_by": "cancelled" if task.cancel else None}


def compare(task: Task) -> dict[str, Any]:
    """Compare plans: `comparison.json`, `.html` and `.xlsx`."""
    asked = CompareRequest.model_validate(task.asked)
    opened = 0

    def telling(given: Given, how: Asked) -> Opened | None:
        """Open one plan as otherwise, and tell it."""
        nonlocal opened
        task.teller.step("check", done=opened, count=len(task.sources))
        opened += 1
        return next((one for resolver in RESOLVERS if (one := resolver(given, how)) is not None), None)

    with liftplan.speaking(asked.language):
        found = liftplan.compare(*task.sources, only_differences=asked.only_differences, resolvers=[telling])
        task.teller.step("compare", done=opened, count=len(task.sources))
        found.save(Path(), overwrite=True)
        _write("comparison.json", found.as_json())
    Path(PIECES).write_text(comparison_pieces(found).model_dump_json(), encoding="utf-8")
    return {"status": None, "stopped_by": None}


def curve(task: Task) -> dict[str, Any]:
    """Trace a curve, telling each point: `curve.json` and `.html`."""
    asked = CurveRequest.model_validate(task.asked)
    task.teller.step("read")
    begun = task.shelf.under(task.sources[0], asked.scenario, asked.overrides)
    settings = liftplan.Settings(**asked.settings.model_dump())

    def watch(done: int, count: int, point: Point | None) -> None:
        told = {} if point is None else {"people": point.people, "bound": point.bound, "objective": point.objective}
        task.teller.step("point", done=done, count=count, point=None if point is None else asdict(point), **told)

    with liftplan.speaking(asked.language):
        found = liftplan.curve(
            begun, asked.over, asked.start, asked.stop, asked.points, settings=settings, watch=watch, cancel=task.cancel
        )
        if found.points:
            found.save(Path(), overwrite=True)
    if found.points:
        Path(PIECES).write_text(curve_pieces(found).model_dump_json(), encoding="utf-8")
    subject = {name: value for name, value in found.as_json().items() if name in {"over", "present"}}
    stopped = "cancelled" if task.cancel else None
    return {"status": None, "stopped_by": stopped, **subject, "points": len(found.points)}


def explain(task: Task) -> dict[str, Any]:
    """Explain one thing of a plan: `explanation.json`, its text included."""
    asked = ExplainRequest.model_validate(task.asked)
    about: dict[str, Any] = {asked.subject: asked.id}

    def watch(step: Step) -> None:
        if step.event is None:  # a solve begins
            task.teller.step("prove", done=step.done, count=step.count)

    with liftplan.speaking(asked.language):
        options = asked.settings.model_dump() if asked.prove else {}
        found = liftplan.explain(
            task.sources[0],
            prove=asked.prove,
            watcher=watch,
            cancel=task.cancel,
            report=task.teller.step,
            **about,
            **options,
        )
        task.teller.step("tell")
        _write("explanation.json", {"text": found.text, **found.as_json()})
    return {"status": None, "stopped_by": "cancelled" if task.cancel else None}


def _write(name: str, content: Any) -> None:
    Path(name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
