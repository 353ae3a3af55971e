"""`summary.html`: the plan on one self-contained page, for whoever decides."""

from liftplan.reports.page.document import summary_page

__all__ = ["summary_page"]
