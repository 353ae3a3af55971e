"""Projects and measures that a conflict's demands and commitments want."""

from __future__ import annotations

from liftplan.models.county import County
from liftplan.models.messages import m
from liftplan.reports.conflicts.content import Content
from liftplan.solver.diagnose.conflicts import Conflict
from liftplan.solver.diagnose.rules import Group


def wanted(group: Group) -> list[str]:
    """Items that a group wants: a must of one, commitments to several. Empty for all other rules."""
    if group.rule == "R11":
        return [part.subject.split("/")[1] for part in group.parts]
    sense, _, rest = group.key.partition(" ")
    target, _, name = rest.partition(":")
    return [name] if group.rule == "R12" and sense == "must" and target in {"project", "measure"} else []


def items(content: Content, conflict: Conflict) -> dict[str, str]:
    """All items that a conflict's rules want, each once, with who wants it."""
    return {
        name: str(m("{rule} {what}", rule="R11", what=content.names.item(name)) if group.rule == "R11"
                  else content.names.short(group))
        for group in conflict.groups
        for name in wanted(group)
    }  # fmt: skip


def cost(county: County, item: str) -> int:
    """Yuan of an item's cost lines."""
    lines = county["costs"]
    return int(lines["yuan"][lines["item"] == item].sum())


def required(county: County, item: str) -> set[str]:
    """Projects that an item requires, and those that these require."""
    projects = dict(zip(county["projects"]["id"].tolist(), county["projects"]["requires"].tolist(), strict=True))
    measures = county["measures"]
    own = projects.get(item) or next(iter(measures["requires"][measures["id"] == item].tolist()), ())
    found: set[str] = set()
    waiting = list(own)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += projects.get(name, ())
    return found


def crossed(content: Content, conflict: Conflict) -> tuple[str, str] | None:
    """An item that a rule wants and a project that it requires, which another rule forbids; None if there is none."""
    never = {group.key.partition(":")[2] for group in conflict.groups if group.key.startswith("never ")}
    projects = content.county["projects"]
    villages = dict(zip(projects["id"].tolist(), projects["village"].tolist(), strict=True))
    for item in items(content, conflict):
        for name in sorted(required(content.county, item)):
            if never & {name, villages[name]}:
                return item, name
    return None
