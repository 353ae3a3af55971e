"""Stressed plans as tables and pages."""

from __future__ import annotations

from liftplan.reports.stresses.content import StressContent
from liftplan.reports.stresses.page import stress_page
from liftplan.reports.stresses.terminal import stress_headline, stress_table

__all__ = ["StressContent", "stress_headline", "stress_page", "stress_table"]
