"""Curves as tables and pages."""

from __future__ import annotations

from liftplan.reports.curves.content import CurveContent
from liftplan.reports.curves.page import curve_page
from liftplan.reports.curves.terminal import curve_headline, curve_table, goal_headline

__all__ = ["CurveContent", "curve_headline", "curve_page", "curve_table", "goal_headline"]
