"""The office's documents: county plan, department notices, village minutes, the finance bureau's workbook."""

from liftplan.reports.documents.bundle import INDEX_FILE, plan_documents

__all__ = ["INDEX_FILE", "plan_documents"]
