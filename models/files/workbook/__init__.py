"""The workbook: one `.xlsx` is one county, read with an eye to what people do to workbooks, written to be filled in."""

from __future__ import annotations

from liftplan.models.files.workbook.package import ENDINGS, is_workbook
from liftplan.models.files.workbook.read import parse

__all__ = ["ENDINGS", "is_workbook", "parse"]
