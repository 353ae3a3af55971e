"""`plan.xlsx`: the plan as a workbook for offices."""

from liftplan.reports.workbook.book import plan_workbook

__all__ = ["plan_workbook"]
