"""The top of the page: how many people, how sure, and the four figures that matter."""

from __future__ import annotations

from math import floor

from liftplan.models.messages import Message, m
from liftplan.reports.certainty import sure
from liftplan.reports.page.amounts import WHOLE, Unit, count, unit
from liftplan.reports.page.charts.bars import bar
from liftplan.reports.page.facts import Facts
from liftplan.reports.page.html import Html, el, join
from liftplan.reports.words import BASE, STOPS, percent, shown

AGAIN = "liftplan verify --certificate ."
"""The command that proves the bound again, inside the plan folder."""


def opening(facts: Facts) -> Html:
    """Headline, certainty, people bar, key figures."""
    return el(
        "section",
        el("div", _headline(facts), _certainty(facts), class_="hero"),
        _people(facts),
        _figures(facts),
        class_="opening",
    )


def _headline(facts: Facts) -> Html:
    plan, head = facts.plan, facts.county.head
    totals = plan.totals
    concerned = sum(place.concerned for place in facts.townships)
    kicker = m("Poverty plan {years}", years=_years(facts))
    if plan.scenario != BASE:
        kicker = m("Poverty plan {years}, scenario {name}", years=_years(facts), name=plan.scenario)
    return el(
        "div",
        el("p", kicker, class_="kicker"),
        el("h1", shown(head.name, head.name_en)),
        el(
            "p",
            el("strong", count(totals.people_lifted), class_="huge", data_figure="people_lifted"),
            " ",
            el("span", m("people leave poverty"), class_="beside"),
        ),
        el(
            "p",
            m(
                "in {households} households: {share} of the {people} people registered who are not out already.",
                households=count(totals.households_lifted),
                share=percent(totals.people_lifted / max(1, concerned)),
                people=count(concerned),
            ),
        ),
    )


def _years(facts: Facts) -> str:
    years = facts.county.head.years
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _certainty(facts: Facts) -> Html:
    plan = facts.plan
    best = plan.status == "optimal"
    if facts.scored:
        words: Message = sure(plan)
    elif best:
        words = m("No plan can lift more people than this one.")
    else:
        words = m("No plan can lift more than {most} people.", most=count(floor(plan.objective_bound)))
    stop = STOPS.get(plan.stopped_by or "", m("it ended"))
    again = m("Anyone can prove the bound again from this folder:")
    return el(
        "aside",
        el("h2", m("How sure is that?")),
        el("p", words, class_="claim"),
        el("p", _distance(facts)),
        el("p", m("The search ended: {stop}.", stop=stop), class_="small"),
        el("p", again, " ", el("code", AGAIN), class_="small") if plan.certificate else None,
        class_="sure best" if best else "sure",
    )


def _distance(facts: Facts) -> Message:
    """What the claim means for this plan."""
    plan = facts.plan
    if facts.scored:
        return m(
            "The score counts weights and the price of rules not fully kept; this plan has {objective}.",
            objective=f"{plan.objective:,.2f}",
        )
    if plan.status == "optimal":
        return m("This is proved.")
    return m(
        "That is {more} more than this plan lifts (gap {gap}). This is proved.",
        more=count(floor(plan.objective_bound) - plan.totals.people_lifted),
        gap=percent(plan.gap, 4),
    )


def _people(facts: Facts) -> Html:
    lifted = facts.plan.totals.people_lifted
    out = sum(place.out for place in facts.townships)
    registered = sum(place.persons for place in facts.townships)
    parts = [("lifted", lifted, m("leave poverty")), ("poor", registered - lifted - out, m("not lifted"))]
    parts += [("out", out, m("already out"))] if out else []
    label = str(m("{lifted} of {registered} people registered leave poverty", lifted=lifted, registered=registered))
    return el(
        "figure",
        bar([(name, amount) for name, amount, _ in parts], max(1, registered), label, thick=True),
        el(
            "figcaption",
            [
                el("span", el("i", class_=f"key fill-{name}"), el("b", count(amount)), " ", words, class_="legend")
                for name, amount, words in parts
            ],
        ),
    )


def _figures(facts: Facts) -> Html:
    totals, tables = facts.plan.totals, facts.tables
    measures = int((~tables.measures["direct_effect"]).sum())
    free = tables.funds[tables.funds["reason"] != "ring_fenced"]
    left = int(free["left"].sum())
    each = round(totals.ledger_yuan / totals.people_lifted) if totals.people_lifted else 0
    times = totals.leveraged_yuan / max(1, totals.ledger_yuan)
    return el(
        "dl",
        _figure(
            m("allocated"),
            _amount(totals.ledger_yuan),
            m(
                "{yuan} yuan, from {funds} funds",
                yuan=count(totals.ledger_yuan),
                funds=int((free["allocated"] > 0).sum()),
            ),
            "ledger_yuan",
        ),
        _figure(
            m("for each person lifted"),
            _amount(each, WHOLE),
            m(
                "for {projects} projects and {measures} household measures",
                projects=count(len(tables.projects)),
                measures=count(measures),
            ),
            "each",
        ),
        _figure(
            m("other money drawn in"),
            _amount(totals.leveraged_yuan),
            m("{times} yuan for each yuan allocated", times=f"{times:.2f}"),
            "leveraged_yuan",
        ),
        _figure(
            m("left over"),
            _amount(left),
            m("{share} of the money that may be allocated", share=percent(left / max(1, int(free["amount"].sum())))),
            "left",
        ),
        class_="figures",
    )


def _amount(yuan: int, own: Unit | None = None) -> Html:
    """An amount whose unit is written small."""
    own = own or unit(yuan)
    return join(own.figure(yuan), " ", el("span", own.word, class_="unit"))


def _figure(label: Message, value: Html, remark: Message, name: str) -> Html:
    return el("div", el("dt", label), el("dd", value, data_figure=name), el("dd", remark, class_="small"))
