"""A solve as HTML for notebooks."""

from __future__ import annotations

from html import escape

from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.reports.certainty import certainty, headline
from liftplan.reports.frames import PlanTables
from liftplan.reports.summary import opening
from liftplan.reports.words import yuan
from liftplan.solver.result import Result


def page(result: Result, county: County) -> str:
    """The outcome as an HTML fragment: sentences and the money by department."""
    parts = [f"<b>{escape(headline(result, county))}</b>"]
    plan = result.plan
    if plan is None:
        return "".join([*parts, f"<p>{escape(str(certainty(result)))}</p>"])
    tables = PlanTables(plan, county)
    sentences = [*opening(plan, tables), certainty(result)]
    parts.append("<ul>" + "".join(f"<li>{escape(str(sentence))}</li>" for sentence in sentences) + "</ul>")
    heads = (m("department"), m("amount, yuan"), m("allocated"), m("left over"))
    rows = "".join(
        f"<tr><td>{escape(name)}</td>" + "".join(f"<td>{yuan(value)}</td>" for value in money) + "</tr>"
        for name, *money in tables.departments[["name", "amount", "allocated", "left"]].itertuples(index=False)
    )
    head = "".join(f"<th>{escape(str(text))}</th>" for text in heads)
    return "".join([*parts, f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"])
