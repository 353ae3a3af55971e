"""A diagnosis for people: names of rules, text for the terminal, the JSON object, the page."""

from __future__ import annotations

from liftplan.reports.conflicts.content import Content
from liftplan.reports.conflicts.terminal import summary

__all__ = ["Content", "summary"]
