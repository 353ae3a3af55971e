"""The top of the page: what the plans reach, and how sure their order is."""

from __future__ import annotations

from liftplan.models.messages import Message, m
from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.grids import MINUS
from liftplan.reports.comparison.known import broken, known
from liftplan.reports.comparison.names import LETTERS
from liftplan.reports.comparison.order import Verdict, amount, basis, verdicts
from liftplan.reports.comparison.page.grouped import badge
from liftplan.reports.page.amounts import count, money
from liftplan.reports.page.charts.bars import bar
from liftplan.reports.page.facts import section, table
from liftplan.reports.page.html import Child, Html, el, join
from liftplan.reports.page.notes import told_overrides
from liftplan.reports.words import BASE, shown


def opening(content: Content) -> Html:
    """Headline, how sure the order is, a card a side."""
    found = verdicts(content.compared)
    sides = range(len(content.compared.sides))
    cards = el("div", [_card(content, place) for place in sides], class_="cards sides")
    two = len(sides) == 2
    return el(
        "section",
        el(
            "div",
            el("div", _headline(content, found), cards if two else None),
            _certainty(content, found),
            class_="hero",
        ),
        None if two else join(cards, _pairs(found)),
        class_="opening",
    )


def _headline(content: Content, found: list[Verdict]) -> Html:
    counties = [side.county.head for side in content.compared.sides]
    heads = dict.fromkeys(shown(head.name, head.name_en) for head in counties)  # each once
    parts = [el("p", m("Comparison of plans"), class_="kicker"), el("h1", " · ".join(heads))]
    if len(found) == 1:
        pair = found[0].pair
        more = pair.second if pair.people <= 0 else pair.first
        name = content.compared.sides[more].name
        less = content.compared.sides[pair.first + pair.second - more].name
        beside = m("people more with {more} than with {less}", more=name, less=less)
        parts.append(
            el(
                "p",
                el("strong", f"+{count(abs(pair.people))}" if pair.people else "0", class_="huge", data_figure="more"),
                " ",
                el("span", beside if pair.people else m("people of difference"), class_="beside"),
            )
        )
    else:
        parts.append(el("p", " · ".join(content.names.sides), class_="beside"))
    return join(parts)


def _certainty(content: Content, found: list[Verdict]) -> Html:
    remark = basis(content.compared)
    if len(found) > 1:
        decided = sum(one.pair.order != "open" for one in found)
        claim = m("The order is decided for {count} of {all} pairs.", count=decided, all=len(found))
        best = decided == len(found)
    else:
        claim, best = found[0].words, found[0].pair.order != "open"
    sentences = [one.sentence for one in found] if len(found) == 1 else []
    formula = m(
        "A best plan lies between what its plan does (LB) and its proved bound (UB), so that of two best plans "
        "{pair} lies in {interval}. If 0 is inside, the order is not proved.",
        pair=f"A {MINUS} B",
        interval=f"[LB A {MINUS} UB B, UB A {MINUS} LB B]",
    )
    return el(
        "aside",
        el("h2", m("How sure is the order?")),
        el("p", claim, class_="claim"),
        [el("p", sentence) for sentence in sentences],
        el("p", formula, class_="small"),
        el("p", remark, class_="small") if remark else None,
        class_="sure best" if best and not remark else "sure",
    )


def _card(content: Content, place: int) -> Html:
    side = content.compared.sides[place]
    decided, totals = side.decided, side.decided.totals
    lifted = m("{lifted} people lifted", lifted=count(totals.people_lifted))
    most = max(one.decided.totals.people_lifted for one in content.compared.sides)
    lines: list[Message | str] = [known(side)]
    lines.append(
        m(
            "{amount} allocated, to {projects} projects",
            amount=money(totals.ledger_yuan),
            projects=count(len(decided.projects)),
        )
    )
    if decided.scenario != BASE:
        lines.append(m("scenario {name}", name=decided.scenario))
    lines += told_overrides(decided.overrides, side.county)
    rules = broken(side, content.names)
    lines += [rules] if rules else []
    return el(
        "div",
        el("h3", badge(place), side.name),
        el("p", lifted, class_="asked", data_side=LETTERS[place]),
        bar(
            [(f"side-{LETTERS[place].lower()}", totals.people_lifted)],
            max(1, most),
            str(lifted),
        ),
        el("ul", [el("li", line) for line in lines], class_="facts"),
        class_="card",
    )


def _pairs(found: list[Verdict]) -> Html:
    heads = [m("pair"), m("people"), m("best plans: least"), m("most"), m("order")]
    rows: list[list[Child]] = [
        [one.name, amount(one.pair.people), amount(one.pair.lowest), amount(one.pair.highest), one.words]
        for one in found
    ]
    return section("order", m("How sure the order of every two is"), table(heads, rows, caption=m("Order of pairs")))
