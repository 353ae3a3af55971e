"""Names of the codes that some columns and rules choose from."""

from __future__ import annotations

from liftplan.models.county import SOURCE_KINDS
from liftplan.models.files.workbook.words.name import Name
from liftplan.models.messages import m
from liftplan.models.nearest import plain

_FAMILIES: tuple[dict[str, Name], ...] = (
    {
        "fiscal": Name("fiscal", "财政扶贫资金"),
        "sector": Name("sector", "行业扶贫资金"),
        "household": Name("household", "扶贫到户资金"),
        "social": Name("social", "社会扶贫资金"),
    },
    {"projects": Name("projects", "村级项目"), "measures": Name("measures", "到户措施")},
    {
        "grant": Name("grant", "直补"),
        "interest_subsidy": Name("interest subsidy", "贴息"),
        "reward": Name("reward", "以奖代补"),
        "build_first": Name("build first", "先建后补"),
    },
    {"hard": Name("hard", "硬性"), "soft": Name("soft", "软性"), "off": Name("off", "停用")},
    {"at_least": Name("at least", "不低于"), "at_most": Name("at most", "不高于")},
    {"must": Name("must", "必须"), "never": Name("never", "不得")},
    {
        "project": Name("project", "村级项目"),
        "measure": Name("measure", "到户措施"),
        "household": Name("household", "户"),
        "village": Name("village", "村"),
    },
    {"fixed": Name("fixed", "用途不变"), "pooled": Name("pooled", "统筹使用")},
    {"assisted": Name("assisted", "受助户"), "every": Name("every", "所有贫困户")},
    {"village": Name("village", "村"), "township": Name("township", "乡镇"), "group": Name("group", "类别")},
    {"least_money": Name("least money", "用钱最少"), "most_needs": Name("most needs", "满足需求最多")},
)

SOURCES = {code: Name(code, chinese) for code, chinese in SOURCE_KINDS.items()}
"""Kinds of sources: written, and offered, but other words are kept."""

YES, NO = Name("yes", "是"), Name("no", "否")
"""Names of truth values."""

FLAGS = m("{yes} or {no}", yes=YES, no=NO)
"""Either of them, as a phrase."""


def names_of(choices: tuple[str, ...]) -> dict[str, Name]:
    """Name of each of the choices of one field, code by code."""
    family = next(family for family in _FAMILIES if set(choices) <= family.keys())
    return {code: family[code] for code in choices}


def codes_of(names: dict[str, Name]) -> dict[str, str]:
    """Code for each way to write one: the code itself and its names, without what people do not see."""
    return {plain(text): code for code, name in names.items() for text in (code, name.en, name.zh)}


def offered(names: dict[str, Name]) -> Name:
    """All names, as a message offers them."""
    return Name(" | ".join(name.en for name in names.values()), " | ".join(name.zh for name in names.values()))
