"""Comparisons to read: terminal, JSON, data frames, workbook, page."""

from liftplan.reports.comparison.asjson import as_json
from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.frames import frame, pairs_frame
from liftplan.reports.comparison.page import comparison_page
from liftplan.reports.comparison.terminal import summary
from liftplan.reports.comparison.workbook import comparison_workbook

__all__ = ["Content", "as_json", "comparison_page", "comparison_workbook", "frame", "pairs_frame", "summary"]
