"""Where the plans come from."""

from __future__ import annotations

from liftplan.models.messages import m
from liftplan.reports.comparison.content import Content
from liftplan.reports.page.html import Html, el


def origin(content: Content) -> Html:
    """Counties and digests; that every plan passed the checker."""
    lines = []
    for name, side in zip(content.names.sides, content.compared.sides, strict=True):
        county = side.decided.county.id
        digest = side.plan.digest[:16] if side.plan else m("an outcome, no plan")
        told = m("county {county}, plan {digest}", county=county, digest=digest)
        lines.append(el("div", el("dt", name), el("dd", told)))
    return el(
        "footer",
        el("dl", lines),
        el(
            "p",
            m(
                "Every plan passed the independent checker before it was compared. This page names no household; "
                "comparison.xlsx has every row."
            ),
        ),
    )
