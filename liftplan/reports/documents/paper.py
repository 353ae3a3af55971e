"""A document on A4 as county offices lay them out (GB/T 9704): margins, fonts, numbered pages; the same each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Mm

from liftplan.models.messages import Message, language, m
from liftplan.reports.documents.amounts import blank_date
from liftplan.reports.documents.fonts import font_table
from liftplan.reports.documents.layout import WIDTH, lay_out, size
from liftplan.reports.documents.tables import CONTROL, Column, Row, table_xml

MADE = datetime(2015, 1, 1)  # noqa: DTZ001 - a fixed date: the same plan gives the same bytes
"""Date in the properties of every document."""

LONGEST_TITLE = 255
"""Characters of a title in the properties of a document."""

ENTRY_DATE = (1980, 1, 1, 0, 0, 0)
"""Date of every part of the file."""


class Paper:
    """A document being written, from the top down, in the current language."""

    def __init__(self, title: str) -> None:
        self._document: Any = Document()
        properties = self._document.core_properties
        properties.title = CONTROL.sub("", title)[:LONGEST_TITLE]
        properties.author, properties.comments = "liftplan", ""
        properties.created = properties.modified = MADE
        lay_out(self._document)
        self.line(title, "Title")

    def line(self, text: Message | str, style: str = "Plain Line") -> None:
        """A paragraph in a style."""
        self._document.add_paragraph(CONTROL.sub("", str(text)), style=style)

    def heading(self, text: Message | str) -> None:
        """A heading of the first order."""
        self.line(text, "Heading 1")

    def body(self, *sentences: Message | str) -> None:
        """A paragraph of sentences."""
        self.line(("" if language() == "zh" else " ").join(map(str, sentences)), "Body Text")

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        caption: Message | None = None,
        unit: Message | None = None,
        merged: int = 0,
        height: float = 0.0,
    ) -> None:
        """A table as wide as the text, with caption and unit above, on the same page as its first rows."""
        if caption is not None:
            self.line(caption, "Table Caption")
        if unit is not None:
            self.line(unit, "Unit")
        table = parse_xml(table_xml(columns, rows, WIDTH, size("Table Text"), merged=merged, height=height))
        self._document.element.body.insert_element_before(table, "w:sectPr")

    def picture(self, image: bytes, caption: Message) -> None:
        """A picture as wide as the text, with its caption below."""
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run().add_picture(io.BytesIO(image), width=Mm(WIDTH))
        self.line(caption, "Caption")

    def annexed(self, title: Message) -> None:
        """Say, below the text, that there is an annex."""
        self.line(m("Annex: {title}", title=title), "Annex Note")

    def annex(self, title: Message) -> None:
        """Begin an annex on a page of its own."""
        self.line(m("Annex"), "Annex Mark")
        self.line(title, "Annex Title")

    def signed(self) -> None:
        """Room for the seal of the issuing body, and the date."""
        self.line(m("________ (seal of the issuing body)"), "Signature Line")
        self.line(blank_date(), "Date Line")

    def content(self) -> bytes:
        """The finished file."""
        written = io.BytesIO()
        self._document.save(written)
        packed = io.BytesIO()
        with zipfile.ZipFile(written) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
            for name in parts.namelist():
                part = font_table().encode() if name == "word/fontTable.xml" else parts.read(name)
                made.writestr(zipfile.ZipInfo(name, ENTRY_DATE), part, zipfile.ZIP_DEFLATED)
        return packed.getvalue()
