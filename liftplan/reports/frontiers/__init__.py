"""Frontiers of people and fairness as tables and pages."""

from __future__ import annotations

from liftplan.reports.frontiers.content import FrontierContent
from liftplan.reports.frontiers.page import frontier_page
from liftplan.reports.frontiers.terminal import frontier_headline, frontier_table

__all__ = ["FrontierContent", "frontier_headline", "frontier_page", "frontier_table"]
