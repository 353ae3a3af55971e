"""Questions about counties and plans: their answers are files, as they may name households."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import liftplan
from liftplan.service.kinds import CompareRequest, DiagnoseRequest, ExplainRequest
from liftplan.service.worker.task import Task


def diagnose(task: Task) -> dict[str, Any]:
    """Say whether a county has a plan, which rules clash, and what repairs it: `diagnosis.json` and `.html`."""
    asked = DiagnoseRequest.model_validate(task.asked)
    begun = liftplan.under(task.sources[0], asked.scenario, overrides=asked.overrides)
    with liftplan.speaking(asked.language):
        found = liftplan.diagnose(begun, time_limit=asked.time_limit, cancel=task.cancel)
        found.save(Path(), overwrite=True)
    return {"status": found.status, "stopped_by": "cancelled" if task.cancel else None}


def compare(task: Task) -> dict[str, Any]:
    """Compare plans: `comparison.json`, `.html` and `.xlsx`."""
    asked = CompareRequest.model_validate(task.asked)
    with liftplan.speaking(asked.language):
        found = liftplan.compare(*task.sources, only_differences=asked.only_differences)
        found.save(Path(), overwrite=True)
        _write("comparison.json", found.as_json())
    return {"status": None, "stopped_by": None}


def explain(task: Task) -> dict[str, Any]:
    """Explain one thing of a plan: `explanation.json`, its text included."""
    asked = ExplainRequest.model_validate(task.asked)
    about: dict[str, Any] = {asked.subject: asked.id}
    with liftplan.speaking(asked.language):
        found = liftplan.explain(task.sources[0], cancel=task.cancel, **about)
        _write("explanation.json", {"text": found.text, **found.as_json()})
    return {"status": None, "stopped_by": None}


def _write(name: str, content: Any) -> None:
    Path(name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
