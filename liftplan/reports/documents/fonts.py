"""Fonts: those that county offices' documents are set in, and one on this machine that draws Chinese in charts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import quoteattr

from docx.oxml.ns import nsdecls
from matplotlib.font_manager import fontManager

from liftplan.models.messages import listed, m
from liftplan.models.problems import InputProblems, Place, Problem

Role = Literal["title", "heading", "subheading", "body", "number"]


@dataclass(frozen=True)
class Font:
    """A font by name, and what else will do: programs take the first that their machine has."""

    name: str
    others: tuple[str, ...]
    family: Literal["roman", "swiss"]


ASIAN: dict[Role, Font] = {
    "title": Font("方正小标宋简体", ("FZXiaoBiaoSong-B05S", "SimSun", "Songti SC", "Noto Serif CJK SC"), "roman"),
    "heading": Font("黑体", ("SimHei", "Heiti SC", "Noto Sans CJK SC"), "swiss"),
    "subheading": Font("楷体_GB2312", ("KaiTi", "Kaiti SC", "Noto Serif CJK SC"), "roman"),
    "body": Font("仿宋_GB2312", ("FangSong", "STFangsong", "Noto Serif CJK SC"), "roman"),
    "number": Font("宋体", ("SimSun", "Songti SC", "Noto Serif CJK SC"), "roman"),
}
"""Chinese fonts by what they are for, as the standard of official documents (GB/T 9704) asks."""

LATIN = Font("Times New Roman", ("Liberation Serif", "DejaVu Serif"), "roman")
"""Letters and digits."""

CHINESE = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Heiti SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Serif CJK SC",
    "SimSun",
    "Songti SC",
    "Noto Sans CJK JP",
)
"""Fonts with Chinese characters, those that suit charts best first."""

PLAIN = "DejaVu Sans"
"""The font that comes with the library of charts; it has no Chinese characters."""


def font_table() -> str:
    """The fonts of a document as XML, each with those that may stand for it."""
    parts = []
    for font in [*ASIAN.values(), LATIN]:
        other = f"<w:altName w:val={quoteattr(','.join(font.others))}/>"
        charset = '<w:charset w:val="00"/>' if font is LATIN else '<w:charset w:val="86"/>'
        family = f'<w:family w:val="{font.family}"/>'
        parts.append(f"<w:font w:name={quoteattr(font.name)}>{other}{charset}{family}</w:font>")
    return f"<w:fonts {nsdecls('w')}>{''.join(parts)}</w:fonts>"


def chart_font(texts: Iterable[str]) -> str:
    """The font for a chart that shows these texts.

    Raises
    ------
    InputProblems
        If they hold Chinese characters, and this machine has none of the `CHINESE` fonts.
    """
    if all(text.isascii() for text in texts):
        return PLAIN
    known = {font.name for font in fontManager.ttflist}
    found = next((name for name in CHINESE if name in known), None)
    if found is None:
        message = m("This machine has no font with Chinese characters for the charts of the county plan.")
        way_out = m("Install one of {names} (Debian: the package fonts-noto-cjk).", names=listed(CHINESE))
        raise InputProblems([Problem("font-missing", Place(), message, way_out)])
    return found
