"""A diagnosis for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from liftplan.models.messages import Message, listed, m
from liftplan.reports.conflicts.amounts import beside, why
from liftplan.reports.conflicts.content import Content, Mended
from liftplan.reports.conflicts.figures import KEPT, KINDS, METHODS, UNPROVED, told
from liftplan.reports.conflicts.kinds import KINDS as KINDS_OF_REPAIR
from liftplan.reports.conflicts.kinds import best, kind_name, missing
from liftplan.reports.words import yuan
from liftplan.solver.diagnose.arithmetic import Figure
from liftplan.solver.diagnose.conflicts import Conflict

MOST_FIGURES = 12
"""At most so many figures are shown; the page and the JSON object have all."""

MOST_GIVES = 20
"""At most so many changes of a repair are shown; its scenario file has all."""


def headline(content: Content) -> Message:
    """The outcome in a sentence."""
    name = content.title
    match content.diagnosis.status:
        case "feasible":
            return m("{county}: there is a plan that keeps every hard rule (checked).", county=name)
        case "infeasible":
            return m("{county}: no plan keeps every hard rule (proved). Conflicts found: {count}.", county=name,
                     count=len(content.conflicts))  # fmt: skip
        case _:
            return m("{county}: no plan was found, and it is not proved that there is none.", county=name)


def summary(content: Content, folder: Path | None = None) -> RenderableType:
    """Everything, for a rich console, in the current language; last the folder that it is written into."""
    parts = [*_parts(content)]
    if folder is not None:
        parts += [Text(""), Text(str(m("The diagnosis is in {folder}", folder=folder)), overflow="fold")]
        parts.append(Text(str(m("Open diagnosis.html to read it."))))
    return Group(*parts)


def _parts(content: Content) -> Iterator[RenderableType]:
    yield Text(str(headline(content)), style="bold")
    proofs = content.diagnosis.refutations
    for number, (conflict, proof) in enumerate(zip(content.conflicts, proofs, strict=True), 1):
        yield _conflict(content, number, conflict, again=proof is not None)
    if content.conflicts and not content.diagnosis.complete:
        yield Text(str(m("There may be more conflicts than these.")))
    yield from _mends(content)
    if content.diagnosis.slacks:
        yield _slacks(content)
    yield _figures(content)


def _conflict(content: Content, number: int, conflict: Conflict, *, again: bool) -> RenderableType:
    title = m("Conflict {number}: {title}", number=number, title=content.names.title(conflict.groups))
    lines = [Text(str(title), "bold red")]
    for member in conflict.members:
        mark = "" if member.needed else str(m(" (not shown that it is needed)"))
        lines.append(Text(f"  {member.group.rule:<4}{content.names.group(member.group)}{mark}"))
    places = conflict.places
    if places is not None:
        lines.append(Text(f"  {content.names.places(places)}"))
        if content.opened:
            names = listed(f"{content.names.place(one)} ({one})" for one in places.opened)
            lines.append(Text("  " + str(m("these suffice: {names}", names=names))))
    reason, method = why(content, conflict), METHODS[conflict.proof.method]
    lines += [Text(f"  {line}") for line in dict.fromkeys((reason, method))]
    if not again:
        lines.append(Text(f"  {UNPROVED}"))
    if conflict.minimal:
        lines.append(Text("  " + str(m("without any one of these rules there is a plan (checked)"))))
    return Group(Text(""), *lines)


def _mends(content: Content) -> Iterator[RenderableType]:
    """What tells the repairs from the conflicts, then each kind of repair, or why there is none."""
    other = beside(content)
    if other is not None:
        yield Group(Text(""), Text(str(other)))
    made = {mended.repair.kind: mended for mended in content.repairs}
    for kind in KINDS_OF_REPAIR:
        none = missing(content, kind)
        if kind in made:
            yield _repair(content, made[kind])
        elif none is not None:
            yield Group(Text(""), Text(str(none), style="bold"))


def _repair(content: Content, mended: Mended) -> RenderableType:
    repair = mended.repair
    kind = kind_name(repair.kind, given=content.priorities is not None)
    rules = m("{kind}: {yuan} yuan, rules changed: {rules}", kind=kind, yuan=yuan(repair.yuan), rules=repair.rules)
    lines = [Text(""), Text(str(rules), style="bold green")]
    if repair.kind == "yuan" and repair.least:  # that none gives less than nothing says nothing
        lines.append(Text("  " + str(m("no repair gives less than {least} yuan (proved)", least=yuan(repair.least)))))
    if repair.kind == "rules" and repair.least is not None:
        lines.append(Text("  " + str(m("no repair changes fewer rules (proved)"))))
    lines += [Text(f"  - {content.names.give(give)}") for give in repair.gives[:MOST_GIVES]]
    if len(repair.gives) > MOST_GIVES:
        lines.append(Text("  " + str(m("and {count} more", count=len(repair.gives) - MOST_GIVES))))
    if mended.people is not None:
        lines.append(Text(f"  {best(mended)}"))
    command = content.command(repair.kind)
    if command:
        solve = m("solve under it: {command}", command=command)
        lines.append(Text(f"  {solve}", no_wrap=True, overflow="ignore"))  # whole, to be copied
    elif repair.kind in content.files:
        lines.append(Text(f"  {content.files[repair.kind]}"))
    return Group(*lines)


def _table(title: Message, heads: list[Message], texts: int) -> Table:
    table = Table(title=str(title), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for number, head in enumerate(heads):
        table.add_column(str(head), justify="left" if number < texts else "right", no_wrap=number >= texts)
    return table


def _slacks(content: Content) -> RenderableType:
    heads = [m("rule"), m("tightest in"), m("asked"), m("room in the plan"), m("no plan has more than")]
    table = _table(m("Room of each rule, the tightest first"), heads, 2)
    for one in content.diagnosis.slacks:
        asked, most = ("-" if amount is None else yuan(amount) for amount in (one.asked, one.most))
        room = str(KEPT) if one.room is None else yuan(one.room)
        table.add_row(str(content.names.short(one.group)), content.names.tightest(one), asked, room, most)
    return Group(Text(""), table)


def _figures(content: Content) -> RenderableType:
    heads = [m("rule"), m("against"), m("needed"), m("there is at most"), m("left")]
    table = _table(m("Needs against what there is"), heads, 2)
    for figure in content.diagnosis.figures[:MOST_FIGURES]:
        table.add_row(*_row(content, figure), style="red" if figure.room < 0 else None)
    return Group(Text(""), table)


def _row(content: Content, figure: Figure) -> list[str]:
    amounts = [yuan(amount) for amount in (figure.needs, figure.most, figure.room)]
    return [str(told(figure, content.names)), str(KINDS[figure.kind]), *amounts]
