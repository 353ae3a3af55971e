"""The diagram of a conflict: what there is on the left, what rules ask for on the right, and where it chokes."""

from __future__ import annotations

from liftplan.reports.conflicts.content import Content
from liftplan.reports.conflicts.page.against import against
from liftplan.reports.conflicts.page.columns import columns
from liftplan.reports.conflicts.page.counted import counted
from liftplan.reports.conflicts.page.paid import paid
from liftplan.reports.conflicts.page.proved import proved
from liftplan.reports.conflicts.page.sides import Sides
from liftplan.reports.conflicts.page.stacked import stacked
from liftplan.reports.page.html import Html, el
from liftplan.solver.diagnose.conflicts import Conflict


def sides_of(content: Content, conflict: Conflict) -> Sides | None:
    """Means and needs of a conflict in one unit; None where no sum shows it: rule stands against rule.

    Where money that the conflict does not limit counts in its proof, it is told as the county has it, if less is
    missing in the proof, where that money has no limit.
    """
    rows, stands = proved(content, conflict), paid(content, conflict)
    if rows is None:
        return stands or counted(content, conflict)
    unlimited = any(block.kind == "left" for block in rows.means)
    return stands if stands is not None and unlimited and stands.short >= rows.short else rows


def diagram(content: Content, conflict: Conflict, sides: Sides | None) -> Html:
    """Means against needs for wide and for narrow screens, or rule against rule."""
    if sides is None:
        return against(content, conflict)
    return el("div", columns(sides), stacked(sides), class_="choking")
