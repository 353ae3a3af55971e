"""How templates say numbers, money, names and times."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from liftplan.models.messages import Message, language, listed, m
from liftplan.reports.page.amounts import common_unit, count, estimate, exact, money
from liftplan.reports.page.charts.bars import bar
from liftplan.reports.words import CHANNELS, MODES, QUESTION_STAGES, RESULTS, STAGES, percent
from liftplan.service.public.suppress import SMALLEST
from liftplan.service.texts import Text

STATES: dict[str, Message] = {
    "queued": m("waiting"),
    "running": m("running"),
    "done": m("done"),
    "failed": m("failed"),
    "cancelled": m("cancelled"),
    "interrupted": m("interrupted"),
}
"""States of jobs."""

FILE_WORDS: dict[str, Message] = {
    "summary.html": m("The plan on one page, to print or to send"),
    "public-villages.csv": m("Villages for everybody, as CSV"),
    "public-villages.xlsx": m("Villages for everybody, as a workbook"),
    "plan.xlsx": m("The whole plan as an Excel workbook"),
    "ledger.csv": m("The ledger as CSV"),
    "plan.json": m("The plan for programs"),
    "county.zip": m("The county that the plan is for"),
    "run.json": m("How the plan was made"),
    "plan.zip": m("Everything, as a folder that can be verified"),
    "comparison.html": m("The comparison on one page, to print or to send"),
    "comparison.xlsx": m("The comparison as an Excel workbook, row by row"),
    "comparison.json": m("The comparison for programs"),
    "diagnosis.html": m("The diagnosis on one page, to print or to send"),
    "diagnosis.json": m("The diagnosis for programs"),
    "curve.html": m("The curve on one page, to print or to send"),
    "curve.json": m("The curve for programs"),
}
"""What files of a job are."""


def spoken(text: Text | Message | str) -> str:
    """A text of the county or of a plan in the current language."""
    return text.spoken(language()) if isinstance(text, Text) else str(text)


def several(texts: Iterable[Text | Message | str]) -> Message:
    """Several texts, separated as the reader's language does."""
    return listed(spoken(text) for text in texts)


def counted(number: int | None) -> str:
    """A whole number with separators; a dash for one that is left out."""
    return "–" if number is None else count(number)


def share(part: float, whole: float, digits: int = 1) -> str:
    """A share of a whole, as a percentage; 0 of nothing."""
    return percent(part / whole if whole else 0.0, digits)


def when(seconds: float) -> str:
    """A time that a script shows in the reader's own time zone; ISO 8601."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def size(count_of_bytes: int) -> str:
    """The size of a file."""
    if count_of_bytes < 1_000_000:
        return f"{max(1, round(count_of_bytes / 1_000)):,} kB"
    return f"{count_of_bytes / 1_000_000:,.1f} MB"


def stages_words() -> str:
    """What stages of a job are called, as JSON for scripts."""
    return words_of(STAGES)


def words_of(words: Mapping[str, Message]) -> str:
    """What ids are called, as JSON for scripts."""
    return json.dumps({name: str(one) for name, one in words.items()}, ensure_ascii=False)


FILTERS: dict[str, Callable[..., Any]] = {
    "count": counted,
    "exact": exact,
    "money": money,
    "percent": percent,
    "size": size,
    "spoken": spoken,
    "when": when,
}
"""What values go through in templates."""

CALLS: dict[str, Any] = {
    "CHANNELS": CHANNELS,
    "EXPLANATION_STAGES": {"check": STAGES["check"], **QUESTION_STAGES},
    "FILE_WORDS": FILE_WORDS,
    "MODES": MODES,
    "RESULTS": RESULTS,
    "SMALLEST": SMALLEST,
    "STATES": STATES,
    "bar": bar,
    "common_unit": common_unit,
    "estimate": estimate,
    "listed": several,
    "share": share,
    "stages_words": stages_words,
    "words_of": words_of,
}
"""What templates call or look up."""
