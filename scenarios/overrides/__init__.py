"""Overrides: one-line texts that change a county, applied exactly, with a record of what they did."""

from __future__ import annotations

from liftplan.scenarios.overrides.apply import Line, apply_overrides

__all__ = ["Line", "apply_overrides"]
