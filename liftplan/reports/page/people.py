"""People by township and village."""

from __future__ import annotations

from liftplan.models.messages import m
from liftplan.reports.page.amounts import count
from liftplan.reports.page.charts.bars import bar
from liftplan.reports.page.facts import Facts, Place, section
from liftplan.reports.page.html import Html, el
from liftplan.reports.words import percent


def people(facts: Facts) -> Html:
    """A bar for each township; its villages on demand. With few villages all are open."""
    widest = max((place.persons for place in facts.shown), default=1)
    rows = [_township(place, widest, facts) for place in facts.shown]
    return section(
        "people",
        m("People by township and village"),
        el("div", rows, class_="places"),
        None
        if facts.listed
        else el("p", m("There are too many villages for this page; plan.xlsx has them all."), class_="small"),
        lead=m(
            "A bar is as long as the number of people registered, villages on the scale of their townships: "
            "the strong part leaves poverty, "
            "the pale part does not, "
            "the faintest was out already and counts in no share."
        ),
        hint=m("A township opens to its villages.") if facts.listed else None,
    )


def _township(place: Place, widest: int, facts: Facts) -> Html:
    """A township, which opens to its villages if they are told."""
    if not (facts.listed and place.villages):
        return el("p", _row(place, widest))
    inside = el("ul", [el("li", _row(one, widest)) for one in place.villages], class_="inside")
    return el("details", el("summary", _row(place, widest)), inside, class_="printed", open=facts.by_village)


def _row(place: Place, widest: int) -> Html:
    label = str(
        m(
            "{name}: {lifted} of {people} people to be lifted leave poverty",
            name=place.name,
            lifted=count(place.lifted),
            people=count(place.concerned),
        )
    )
    rest = place.concerned - place.lifted
    parts: list[tuple[str, float]] = [("lifted", place.lifted), ("poor", rest), ("out", place.out)]
    return el(
        "span",
        el("span", place.name, class_="name"),
        bar(parts, max(1, widest), label),
        el("span", el("b", count(place.lifted), data_place=place.key), " / ", count(place.concerned), class_="n"),
        el("span", percent(place.share, 0), class_="n"),
        class_="row",
    )
