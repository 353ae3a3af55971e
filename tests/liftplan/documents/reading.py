"""Reading documents back."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
from docx import Document

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
"""Numbers as documents write them."""


def tables(content: bytes) -> list[list[list[str]]]:
    """Tables of a .docx: rows of texts, header first; merged cells have their text in each place."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(io.BytesIO(content)).tables]


def paragraphs(content: bytes) -> list[str]:
    """Texts outside tables."""
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def texts(content: bytes) -> str:
    """Everything that can be read in a .docx."""
    cells = [cell for table in tables(content) for row in table for cell in row]
    return "\n".join([*paragraphs(content), *cells])


def numbers(lines: list[str]) -> set[float]:
    """Numbers in texts; 万元 are told in yuan."""
    found = set()
    for line in lines:
        for match in NUMBER.finditer(line):
            large = line[match.end() :].startswith("万元")
            found.add(round(float(match[0].replace(",", "")) * (10_000 if large else 1), 4))
    return found


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """Sheets of a .xlsx: rows of values, those of formulas as they are cached."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {
        page.title: [[None if value == "" else value for value in row] for row in page.iter_rows(values_only=True)]
        for page in book.worksheets
    }
