"""People by township and household group."""

from __future__ import annotations

from liftplan.models.messages import m
from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.page.grouped import grouped
from liftplan.reports.comparison.page.tables import grid_table
from liftplan.reports.page.amounts import count
from liftplan.reports.page.facts import folded, section
from liftplan.reports.page.html import Html


def people(content: Content) -> Html:
    """Grouped bars by township; tables on demand."""
    townships = content.people("township")
    return section(
        "people",
        m("People lifted by township"),
        grouped(content, townships, count),
        folded(m("The same as a table"), grid_table(content, townships)),
        folded(m("By household group"), grid_table(content, content.people("group")), printed=True),
        lead=m(
            "Bounds are about the county's sum. Several plans may lift as many people in other places, "
            "so that small differences of one township or village mean little."
        ),
    )
