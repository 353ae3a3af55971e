"""Alternatives of a plan as tables and pages."""

from __future__ import annotations

from liftplan.reports.alternatives.content import AlternativesContent
from liftplan.reports.alternatives.page import alternatives_page
from liftplan.reports.alternatives.terminal import alternatives_headline, alternatives_table

__all__ = ["AlternativesContent", "alternatives_headline", "alternatives_page", "alternatives_table"]
