"""County files in every form; read with all problems at once, written at once or not at all."""

from __future__ import annotations

from liftplan.models.files.document import document_text
from liftplan.models.files.reading import examine, read_county, read_document
from liftplan.models.files.workbook.write import Progress
from liftplan.models.files.writing import write_county

__all__ = ["Progress", "document_text", "examine", "read_county", "read_document", "write_county"]
