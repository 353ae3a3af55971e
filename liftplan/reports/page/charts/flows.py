"""Where the parts of a flow chart lie: three columns of nodes, bands between neighbours (a Sankey diagram)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

GAP = 6.0
"""Pixels between nodes."""

SLOT = 17.0
"""Least height of a node with its label, pixels."""

SWEEPS = 6
"""Passes that order the columns so that fewer bands cross."""


@dataclass(frozen=True)
class Flow:
    """An amount that goes through one node of each column; bands of one kind have one colour."""

    stops: tuple[str, str, str]
    kind: str
    amount: int


@dataclass(frozen=True)
class Node:
    """A node: column 0 ... 2, position, height, amount."""

    column: int
    key: str
    top: float
    height: float
    amount: int

    @property
    def middle(self) -> float:
        """Middle of the node, pixels from the top."""
        return self.top + self.height / 2


@dataclass(frozen=True)
class Band:
    """A band from a node of column `column` to one of the next; `start` and `end` are the middles of its ends."""

    column: int
    source: str
    target: str
    kind: str
    start: float
    end: float
    thickness: float
    amount: int


@dataclass(frozen=True)
class Layout:
    """A flow chart laid out; pixels."""

    nodes: Sequence[Node]
    bands: Sequence[Band]
    height: float


def lay_out(flows: Iterable[Flow], height: float, *, plain_end: bool = False) -> Layout:
    """Lay out flows, in about `height` pixels: more if the labels need it.

    With `plain_end` the bands of the second half have no kind: one for each pair of nodes.
    """
    listed = [flow for flow in flows if flow.amount > 0]
    sums: list[dict[str, int]] = [defaultdict(int) for _ in range(3)]
    links: dict[tuple[int, str, str, str], int] = defaultdict(int)
    for flow in listed:
        for column, stop in enumerate(flow.stops):
            sums[column][stop] += flow.amount
        for column in (0, 1):
            kind = "" if plain_end and column else flow.kind
            links[column, flow.stops[column], flow.stops[column + 1], kind] += flow.amount
    orders = _orders(sums, links)
    height = max(height, *(len(order) * (SLOT + GAP) for order in orders))
    scale = _scale(sums, height)
    nodes = {(node.column, node.key): node for node in _nodes(sums, orders, scale, height)}
    return Layout(list(nodes.values()), _bands(links, nodes, orders, scale), height)


def _orders(sums: Sequence[Mapping[str, int]], links: Mapping[tuple[int, str, str, str], int]) -> list[list[str]]:
    """Nodes of each column, largest first; then moved towards the nodes that they are linked with."""
    orders = [sorted(column, key=lambda key: -column[key]) for column in sums]
    for sweep in range(SWEEPS):
        moved, fixed = ((1, 0), (0, 1))[sweep % 2]
        places = {key: place for place, key in enumerate(orders[fixed])}
        pull: dict[str, float] = defaultdict(float)
        for (column, source, target, _), amount in links.items():
            if column == 0:
                own, other = (target, source) if moved == 1 else (source, target)
                pull[own] += amount * places[other]
        orders[moved] = sorted(orders[moved], key=lambda key: pull[key] / sums[moved][key])
    return orders


def _scale(sums: Sequence[Mapping[str, int]], height: float) -> float:
    """Pixels a yuan: the tallest column fills the height."""
    low, high = 0.0, height / max(1, *(sum(column.values()) for column in sums))
    for _ in range(40):
        middle = (low + high) / 2
        tallest = max(sum(max(SLOT, amount * middle) + GAP for amount in column.values()) for column in sums)
        low, high = (middle, high) if tallest <= height else (low, middle)
    return low


def _nodes(
    sums: Sequence[Mapping[str, int]], orders: Sequence[Sequence[str]], scale: float, height: float
) -> Iterable[Node]:
    for column, order in enumerate(orders):
        slots = [max(SLOT, sums[column][key] * scale) for key in order]
        gap = (height - sum(slots)) / max(1, len(order))
        top = gap / 2
        for key, slot in zip(order, slots, strict=True):
            tall = max(1.0, sums[column][key] * scale)
            yield Node(column, key, top + (slot - tall) / 2, tall, sums[column][key])
            top += slot + gap


def _bands(
    links: Mapping[tuple[int, str, str, str], int],
    nodes: Mapping[tuple[int, str], Node],
    orders: Sequence[Sequence[str]],
    scale: float,
) -> list[Band]:
    """Bands leave and reach each node in the order of their other ends, so that they do not cross at the node."""
    places = [{key: place for place, key in enumerate(order)} for order in orders]
    used: dict[tuple[int, str], float] = {}
    ends: dict[tuple[int, tuple[int, str, str, str]], float] = {}
    by_target = sorted(links, key=lambda link: (link[0], places[link[0] + 1][link[2]], link[3]))
    by_source = sorted(links, key=lambda link: (link[0], places[link[0]][link[1]], link[3]))
    for side, order in ((0, by_target), (1, by_source)):
        used.clear()
        for link in order:
            node = (link[0], link[1]) if side == 0 else (link[0] + 1, link[2])
            top, thick = used.get(node, nodes[node].top), links[link] * scale
            ends[side, link] = top + thick / 2
            used[node] = top + thick
    return [
        Band(*link, ends[0, link], ends[1, link], amount * scale, amount)
        for link, amount in sorted(links.items(), key=lambda pair: -pair[1])
    ]
