"""Writing the parts of the pages of comparisons, curves and diagnoses, with the means of the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import liftplan
from liftplan.models.messages import speaking
from liftplan.reports.comparison.content import Content as Compared
from liftplan.reports.comparison.page.document import SECTIONS as COMPARED
from liftplan.reports.comparison.page.opening import opening as compared_opening
from liftplan.reports.comparison.page.origin import origin as compared_origin
from liftplan.reports.conflicts.kinds import KINDS, kind_name, missing
from liftplan.reports.conflicts.page.document import SECTIONS as DIAGNOSED
from liftplan.reports.conflicts.page.opening import opening as diagnosed_opening
from liftplan.reports.conflicts.page.opening import origin as diagnosed_origin
from liftplan.reports.curves import curve_headline
from liftplan.reports.curves.chart import curve_chart
from liftplan.reports.page.html import Html
from liftplan.service.pieces import Pieces, Repair, Repairs
from liftplan.service.texts import Text

OPENING, ORIGIN = "opening", "origin"
"""First and last part."""

Written = Iterable[tuple[str, Html | str | None]]


def comparison_pieces(found: liftplan.Comparison) -> Pieces:
    """The parts of a comparison; rows in which all plans agree are there, and marked."""

    def write() -> Written:
        content = Compared(found.compared, only_differences=found.only_differences)
        yield OPENING, compared_opening(content)
        yield from ((name, part(content)) for name, _, part in COMPARED)
        yield ORIGIN, compared_origin(content)

    return _both(write)


def diagnosis_pieces(found: liftplan.Diagnosis) -> Pieces:
    """The parts of a diagnosis without its repairs, which a page offers as buttons."""

    def write() -> Written:
        yield OPENING, diagnosed_opening(found.content)
        yield from ((name, part(found.content)) for name, _, part in DIAGNOSED if name != "repairs")
        yield ORIGIN, diagnosed_origin(found.content)

    return _both(write)


def curve_pieces(found: liftplan.Curve) -> Pieces:
    """Headline, quantity and chart of a curve."""

    def write() -> Written:
        yield "headline", curve_headline(found.content)
        yield "quantity", str(found.content.quantity)
        yield "chart", curve_chart(found.content)

    return _both(write)


def repairs_of(found: liftplan.Diagnosis) -> Repairs:
    """The repairs of a diagnosis, in both languages."""
    return Repairs(
        status=found.status,
        repairs=tuple(
            Repair(
                kind=one.repair.kind,
                name=Text.of(kind_name(one.repair.kind, given=found.content.priorities is not None)),
                yuan=one.repair.yuan,
                gives=tuple(_said(partial(found.content.names.give, give)) for give in one.repair.gives),
                overrides=one.overrides,
            )
            for one in found.repairs
        ),
        none=tuple(
            _said(partial(missing, found.content, kind)) for kind in KINDS if missing(found.content, kind) is not None
        ),
    )


def _said(say: Callable[[], object]) -> Text:
    """A text that depends on the language where it is said."""
    said = {}
    for code in ("en", "zh"):
        with speaking(code):
            said[code] = str(say())
    return Text(**said)


def _both(write: Callable[[], Written]) -> Pieces:
    """Parts in both languages; those that are empty are left out."""
    told: dict[str, dict[str, str]] = {}
    for code in ("en", "zh"):
        with speaking(code):
            for name, part in write():
                if part is not None:
                    told.setdefault(name, {})[code] = str(part)
    return Pieces(parts={name: Text(**texts) for name, texts in told.items()})
