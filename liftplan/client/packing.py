"""A county's folder in one file, for an upload."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from liftplan.models.messages import m
from liftplan.models.problems import InputProblems, Place, Problem

HEAD_FILE = "county.yaml"
"""What makes a folder that of a county."""

TABLE_ENDINGS = (".csv", ".parquet")
"""Endings of the other files that are sent; whatever else lies there stays."""


def packed(folder: Path) -> bytes:
    """The county of a folder as a zip.

    Raises
    ------
    InputProblems
        If it is no county's folder.
    OSError
        If a file cannot be read.
    """
    if not (folder / HEAD_FILE).is_file():
        message = m("This is no county's folder: the file {file} is missing.", file=HEAD_FILE)
        way_out = m("Give a workbook, a JSON document, a zip, or a folder with {file}.", file=HEAD_FILE)
        raise InputProblems([Problem("upload-folder", Place(file=str(folder)), message, way_out)])
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            if file.is_file() and (file.name == HEAD_FILE or file.suffix.lower() in TABLE_ENDINGS):
                archive.write(file, file.name)
    return written.getvalue()
