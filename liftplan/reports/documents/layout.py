"""How documents look: A4 with the margins, fonts and sizes of official documents (GB/T 9704), numbered pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles import BabelFish

from liftplan.models.messages import language
from liftplan.reports.documents.fonts import ASIAN, LATIN, Role

TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
"""Margins, mm."""

WIDTH = 210 - LEFT - RIGHT
"""Width of the text, mm."""

SMALLER = 11 / 16
"""English is set smaller than Chinese: 11 points where Chinese has 16."""

ALIGNED = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
"""Sides."""


@dataclass(frozen=True)
class Look:
    """How paragraphs of one style look."""

    role: Role
    """What their Chinese font is for."""
    points: float
    side: Literal["left", "centre", "right"] = "left"
    line: float = 0.0
    """Points from line to line; 0: as they come."""
    first: bool = False
    """True: in Chinese the first line begins two characters in."""
    strong: bool = False
    """True: bold in English; Chinese has a font of its own instead."""
    room: float = 0.0
    """Points above."""
    kept: bool = False
    """True: on the same page as what follows."""
    back: float = 0.0
    """Characters that the line ends before the right margin, in Chinese."""
    paged: bool = False
    """True: begins a page."""


LOOKS: dict[str, Look] = {
    "Title": Look("title", 22, "centre", 34, strong=True),
    "Subtitle": Look("subheading", 16, "centre", 28),
    "Heading 1": Look("heading", 16, "left", 28, first=True, strong=True, room=6, kept=True),
    "Body Text": Look("body", 16, "left", 28, first=True),
    "Plain Line": Look("body", 16, "left", 28),
    "Addressee": Look("body", 16, "left", 28, room=28),
    "Annex Note": Look("body", 16, "left", 28, first=True, room=28),
    "Annex Mark": Look("heading", 16, "left", 28, strong=True, kept=True, paged=True),
    "Annex Title": Look("title", 22, "centre", 34, strong=True, room=14, kept=True),
    "Signature Line": Look("body", 16, "right", 28, room=28, kept=True, back=4),
    "Date Line": Look("body", 16, "right", 28, back=4),
    "Unit": Look("body", 10.5, "right", kept=True),
    "Caption": Look("heading", 10.5, "centre", strong=True, room=8),
    "Table Caption": Look("heading", 10.5, "centre", strong=True, room=8, kept=True),
    "Table Text": Look("body", 10.5),
    "Table Number": Look("body", 10.5, "right"),
    "Table Head": Look("body", 10.5, "centre"),
    "Footer": Look("number", 14, "right"),
    "Even Footer": Look("number", 14, "left"),
}
"""Style -> look."""


def size(style: str) -> float:
    """Size of a style's letters in the current language, points."""
    points = LOOKS[style].points
    return points if language() == "zh" else max(9.0, round(2 * points * SMALLER) / 2)


def lay_out(document: Any) -> None:
    """Give a new document its page, its styles and its page numbers, in the current language."""
    _leave_out_styles(document)
    for name, look in LOOKS.items():
        _set_style(document, name, look)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(BOTTOM - 10)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, style in ((section.footer, "Footer"), (section.even_page_footer, "Even Footer")):
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles[style]
        paragraph.add_run("— ")
        field = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(field))  # python-docx has no fields
        paragraph.add_run(" —")


def _leave_out_styles(document: Any) -> None:
    """Drop the template's styles that no document uses: each would be looked through for every paragraph."""
    styles = document.styles.element
    for style in styles.style_lst:
        if style.default:
            continue
        if BabelFish.internal2ui(style.name_val) not in LOOKS:
            styles.remove(style)
        else:
            for link in style.findall(qn("w:link")):  # to a style of characters that is gone
                style.remove(link)


def _set_style(document: Any, name: str, look: Look) -> None:
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    chinese = language() == "zh"
    style.base_style = None
    font, layout = style.font, style.paragraph_format
    font.name, font.size = LATIN.name, Pt(size(name))
    font.bold, font.italic, font.color.rgb = look.strong and not chinese, False, RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), ASIAN[look.role].name)
    for border in style.element.pPr.findall(qn("w:pBdr")) if style.element.pPr is not None else ():
        style.element.pPr.remove(border)
    layout.alignment = ALIGNED[look.side]
    layout.space_before, layout.space_after = Pt(look.room), Pt(0 if chinese or not look.line else 4)
    layout.keep_with_next, layout.widow_control, layout.page_break_before = look.kept, True, look.paged
    layout.right_indent = Pt(look.back * look.points) if chinese else Pt(0)
    if look.line and chinese:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    else:
        layout.line_spacing = 1.0
    layout.first_line_indent = Pt(2 * look.points) if look.first and chinese else Pt(0)
