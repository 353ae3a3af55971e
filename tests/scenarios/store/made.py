"""Runs made up for the store, with texts of any size."""

from __future__ import annotations

from typing import Any

from liftplan.scenarios.store import Run


def made(number: int, **changes: Any) -> Run:
    """A run with an identifier of its own."""
    values: dict[str, Any] = {
        "id": f"{number:010x}",
        "finished": f"2026-01-01T00:00:{number % 60:02d}.{number:06d}+00:00",
        "key": f"{number % 3:064x}",
        "county": "made",
        "base_digest": "b" * 64,
        "county_digest": "c" * 64,
        "scenario": f"scenario-{number}",
        "overrides": ("policy.R3.minimum = 5",),
        "separate": True,
        "settings": {"gap": 0.0001},
        "status": None,
        "stopped_by": None,
        "seconds": 1.5,
        "version": "0",
    }
    return Run.model_validate({**values, **changes})
