"""`comparison.html`: plans side by side on one page."""

from liftplan.reports.comparison.page.document import comparison_page

__all__ = ["comparison_page"]
