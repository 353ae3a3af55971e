"""The top of the page: whether there is a plan; and its foot: how each word is backed."""

from __future__ import annotations

from liftplan.models.messages import Message, m
from liftplan.reports.conflicts.content import Content
from liftplan.reports.page.amounts import exact
from liftplan.reports.page.html import Child, Html, el
from liftplan.reports.words import shown

STATUS: dict[str, Message] = {
    "feasible": m("There is a plan"),
    "infeasible": m("No plan keeps every hard rule"),
    "unknown": m("Not known"),
}
"""The outcome in a few words."""

BACKED: dict[str, Message] = {
    "feasible": m(
        "The plan that was found keeps every hard rule: the independent checker accepts it. What rules need is added "
        "up in whole yuan against what there is at most."
    ),
    "infeasible": m(
        "Conflicts are proved, by adding up in whole yuan or by an exact integer solver; that a rule is needed in a "
        "conflict is shown by a plan without it that the independent checker accepts; each repair was applied and "
        "leaves such a plan."
    ),
    "unknown": m(
        "Nothing is proved of all rules together. What rules need is added up in whole yuan against what there is at "
        "most."
    ),
}
"""What stands behind the words of a page."""


def opening(content: Content) -> Html:
    """County, outcome, what there is to read."""
    head, status = content.county.head, content.diagnosis.status
    kicker = m("Diagnosis, scenario {name}", name=content.scenario) if content.scenario else m("Diagnosis")
    kept = el("p", el("strong", STATUS[status], class_="outcome bad" if status == "infeasible" else "outcome"))
    return el(
        "section",
        el(
            "div",
            el(
                "div",
                el("p", kicker, class_="kicker"),
                el("h1", shown(head.name, head.name_en)),
                kept,
            ),
            _claim(content),
            class_="hero",
        ),
        class_="opening",
    )


def _claim(content: Content) -> Html:
    diagnosis = content.diagnosis
    lines: list[Child] = []
    if diagnosis.status == "feasible":
        claim: Message = m("A plan was found, and the independent checker accepts it")
        if diagnosis.slacks and diagnosis.slacks[0].room is not None:
            lines.append(m("Tightest rule: {rule}", rule=content.names.short(diagnosis.slacks[0].group)))
    elif diagnosis.status == "infeasible":
        claim = m("Proved: conflicts found: {count}", count=len(content.conflicts))
        lines.append(
            m("These are all conflicts that there are.")
            if diagnosis.complete
            else m("There may be more conflicts than these.")
        )
        if content.repairs:
            least = min(mended.repair.yuan for mended in content.repairs)
            lines.append(m("Smallest repair: {amount}", amount=exact(least) if least else m("no money")))
    else:
        claim = m("Neither a plan nor a proof within the time")
    best = "sure best" if diagnosis.status == "feasible" else "sure"
    return el(
        "div",
        el("h2", m("How sure")),
        el("p", claim, class_="claim"),
        [el("p", line, class_="small") for line in lines],
        class_=best,
    )


def origin(content: Content) -> Html:
    """The county's digest; what stands behind the words."""
    head = content.county.head
    county = el("div", el("dt", m("county")), el("dd", f"{head.id} · {content.county.digest[:16]}"))
    return el("footer", el("dl", county), el("p", BACKED[content.diagnosis.status]))
