"""County files: a folder, one JSON document or a zip; read with all problems at once, written at once or not at all."""

from __future__ import annotations

from liftplan.models.files.reading import examine, read_county
from liftplan.models.files.writing import write_county

__all__ = ["examine", "read_county", "write_county"]
