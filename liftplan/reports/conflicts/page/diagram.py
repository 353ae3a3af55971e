"""The diagram of a conflict: what there is on the left, what rules ask for on the right, and where it chokes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from liftplan.models.messages import Message, m
from liftplan.reports.conflicts.content import Content
from liftplan.reports.page.amounts import money
from liftplan.reports.page.charts.texts import fitted
from liftplan.reports.page.html import Html, el
from liftplan.solver.diagnose.conflicts import Conflict
from liftplan.solver.diagnose.moneyproof import MoneyProof
from liftplan.solver.diagnose.rules import Group, Instance

BAR = 18.0
"""Pixels: width of a column."""

TALL, GAP, LEAST, SIZE = 240.0, 8.0, 34.0, 13.5
"""Pixels: height of the taller column, between blocks, least height of a block, font size."""

OVER_MONEY = ("R1", "R3", "R4", "R6", "R13")
"""Rules whose amounts are yuan that add up."""

TOP = 30.0
"""Pixels for the headings."""


@dataclass(frozen=True)
class Frame:
    """Where columns and labels stand. Pixels."""

    name: str
    width: float
    margin: float
    """Between an edge and its column: where the labels stand, or nothing: then they stand inside, on the flow."""
    label: float
    """Room for a label."""

    @property
    def columns(self) -> tuple[float, float]:
        """Left edges of both columns."""
        return self.margin, self.width - self.margin - BAR

    def beside(self, side: int) -> tuple[float, str]:
        """Where labels of a side begin or end, and which."""
        at = self.columns[side]
        outside = self.margin > 0
        return (at - 8, "end") if outside == (side == 0) else (at + BAR + 8, "start")


FRAMES = (Frame("wide", 760.0, 250.0, 238.0), Frame("narrow", 340.0, 0.0, 140.0))
"""For screens and paper, and for phones."""


@dataclass(frozen=True)
class Block:
    """A part of a column."""

    name: str
    amount: int
    kind: str
    """Colour: `plain` (funds), `left` (other means), `exact` (asked), `bad` (short)."""
    told: str
    """Its amount in words."""


def diagram(content: Content, conflict: Conflict) -> Html:
    """Money against requirements, or rule against rule where the money alone does not show it."""
    proof = conflict.proof.money
    if proof is None:
        amounts = yuan_of(content, conflict)
        left, right = _rules(content, conflict, amounts)
        missing = lacking(conflict, amounts)
        if missing is not None:
            left = [*sorted(left, key=lambda block: -block.amount), missing]
            return _drawn(left, right, m("Means and needs"), scaled=True)
        return _drawn(left, right, m("These rules leave nothing to choose"), scaled=False)
    left, right = _means(content, conflict, proof), _needs(content, conflict, proof)
    short = max(0, ceil(proof.short))
    left.append(Block(str(m("short")), short, "bad", str(money(short))))
    return _drawn(left, right, m("Means and needs"), scaled=True)


def _means(content: Content, conflict: Conflict, proof: MoneyProof) -> list[Block]:
    """Funds with what they have, then what can be taken up besides."""
    found = []
    for group in conflict.groups:
        own = sum(-y * row.rhs for row, y in proof.rows if row.rhs < 0 and set(row.instances) <= set(group.parts))
        if own > 0:
            name = content.names.of("funds", group.key) if group.rule == "R1" else str(content.names.short(group))
            found.append(Block(name, floor(own), "plain", str(money(floor(own)))))
    other = floor(proof.absorbed)
    if other:
        name = str(m("what items can take up besides") if found else m("what the items can take up"))
        found.append(Block(name, other, "left", str(money(other))))
    return found


def _needs(content: Content, conflict: Conflict, proof: MoneyProof) -> list[Block]:
    """What each group asks for in the proof."""
    found = []
    counted: set[Instance] = set()
    for group in conflict.groups:
        rows = [(row, y) for row, y in proof.rows if row.rhs > 0 and set(row.instances) & set(group.parts)]
        asked = sum(y * row.rhs for row, y in rows if not counted.intersection(row.instances))
        counted.update(one for row, _ in rows for one in row.instances)
        if asked > 0:
            found.append(Block(str(content.names.short(group)), ceil(asked), "exact", str(money(ceil(asked)))))
    forced = ceil(-sum(y * yuan for _, y, yuan in proof.cells if y < 0))
    if forced:
        found.append(Block(str(m("what must be done")), forced, "exact", str(money(forced))))
    return found


def yuan_of(content: Content, conflict: Conflict) -> dict[Group, int]:
    """Yuan that each rule over money allows or asks for, in all places of the conflict; others are left out."""
    judge = content.diagnosis.judge
    if judge is None:
        return {}
    problem = judge.ground.compiled(judge.ground.everything).problem
    asked = {name: abs(int(rhs)) for name, rhs in zip(problem.names.rows, problem.rows.rhs.tolist(), strict=True)}
    found = {}
    for group in conflict.groups:
        parts = [(part.rule, part.subject) for part in group.parts]
        if group.rule in OVER_MONEY and all(part in asked for part in parts):
            found[group] = sum(asked[part] for part in parts)
    return found


def lacking(conflict: Conflict, amounts: Mapping[Group, int]) -> Block | None:
    """What other money would have to pay, where one rule asks for more than the conflict's funds have."""
    funds = [group for group in conflict.groups if group.rule == "R1"]
    asking = [group for group in conflict.groups if group.rule != "R1"]
    if len(asking) != 1 or not all(amounts.get(group) for group in (*funds, *asking)):
        return None
    short = amounts[asking[0]] - sum(amounts[group] for group in funds)
    if short <= 0:
        return None
    return Block(str(m("not found elsewhere")), short, "bad", str(money(short)))


def _rules(content: Content, conflict: Conflict, amounts: Mapping[Group, int]) -> tuple[list[Block], list[Block]]:
    """Rules that limit, and rules that ask; what stands alone stands against the county's own data."""
    blocks = [
        (group.rule in {"R1", "R7", "R9"} or group.key.startswith("never"), _rule(content, group, amounts.get(group)))
        for group in conflict.groups
    ]
    left = [block for limits, block in blocks if limits]
    right = [replace(block, kind="exact") for limits, block in blocks if not limits]
    if not right:
        left, right = left[:-1], [replace(left[-1], kind="exact")]
    return left or [Block(str(m("what the county's items allow")), 1, "left", "")], right


def _rule(content: Content, group: Group, yuan: int | None) -> Block:
    name = content.names.of("funds", group.key) if group.rule == "R1" else str(content.names.short(group))
    return Block(name, yuan or 1, "plain", "" if yuan is None else str(money(yuan)))


def _drawn(left: Sequence[Block], right: Sequence[Block], label: Message, *, scaled: bool) -> Html:
    total = max(sum(block.amount for block in left), sum(block.amount for block in right), 1)
    places = [_stacked(side, total, scaled=scaled) for side in (left, right)]
    if scaled:
        places[1] = _stretched(places[1], places[0][-1])
    height = TOP + max(top + tall for side in places for top, tall in side) + 12.0
    pictures = []
    for frame in FRAMES:
        shapes: list[Html] = [_flow(left, places, frame, scaled=scaled)]
        for side, (blocks, head) in enumerate(((left, m("what there is")), (right, m("what rules ask for")))):
            x, anchor = frame.beside(side)
            shapes.append(el("text", head, class_="soft", x=x, y=16, text_anchor=anchor))
            for block, (top, tall) in zip(blocks, places[side], strict=True):
                shapes.append(_block(block, frame, side, TOP + top, tall))
        box = f"0 0 {frame.width:.0f} {height:.0f}"
        pictures.append(el("svg", el("title", label), shapes, class_=f"choke {frame.name}", viewBox=box, role="img"))
    return el("div", pictures)


def _stacked(blocks: Sequence[Block], total: int, *, scaled: bool) -> list[tuple[float, float]]:
    """Top and height of each block."""
    found, top = [], 0.0
    for block in blocks:
        tall = max(LEAST, TALL * block.amount / total) if scaled else max(LEAST, TALL / 3 / len(blocks))
        found.append((top, tall))
        top += tall + GAP
    return found


def _stretched(places: list[tuple[float, float]], last: tuple[float, float]) -> list[tuple[float, float]]:
    """The needs as tall as the means, where many of these have their least height."""
    times = max(1.0, sum(last) / sum(places[-1]))
    return [(top * times, tall * times) for top, tall in places]


def _flow(
    left: Sequence[Block], places: Sequence[Sequence[tuple[float, float]]], frame: Frame, *, scaled: bool
) -> Html:
    """What flows: from the means that there are to the needs; what is short flows from nowhere."""
    bands = []
    start, end = frame.columns[0] + BAR, frame.columns[1]
    bottom = places[1][-1][0] + places[1][-1][1]
    parts = [block.amount if scaled else 1 for block in left]
    reached = 0.0
    for block, part, (top, tall) in zip(left, parts, places[0], strict=True):
        share = bottom * part / (sum(parts) or 1)
        points = [(start, top), (end, reached), (end, reached + share), (start, top + tall)]
        path = " ".join(f"{x:.1f},{TOP + y:.1f}" for x, y in points)
        bands.append(el("polygon", points=path, class_=f"band-{block.kind if scaled else 'bad'}"))
        reached += share
    return el("g", bands)


def _block(block: Block, frame: Frame, side: int, top: float, tall: float) -> Html:
    x, anchor = frame.beside(side)
    middle = top + tall / 2
    name = fitted(block.name, SIZE, frame.label)
    lines = [el("tspan", name, x=x, y=middle - (3 if block.told else -5))]
    if block.told:
        lines.append(el("tspan", block.told, x=x, y=middle + 14, class_="amount"))
    return el(
        "g",
        el("title", f"{block.name} {block.told}"),
        el("rect", x=frame.columns[side], y=top, width=BAR, height=tall, class_=f"fill-{block.kind}"),
        el("text", lines, text_anchor=anchor, class_="bad-text" if block.kind == "bad" else None),
    )
