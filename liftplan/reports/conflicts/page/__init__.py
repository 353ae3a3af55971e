"""The page of a diagnosis: one self-contained file in both languages."""

from __future__ import annotations

from liftplan.reports.conflicts.page.document import conflict_page

__all__ = ["conflict_page"]
