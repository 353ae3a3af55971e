"""Few ledger lines: let a fund's money in a cell fit whole lines, if need be by moving yuan between funds.

This is level 3 of the objective, an improvement step without proof. A cell with L lines and F funds needs
L + F - G entries if it falls into G groups of funds and lines with equal sums; every group found saves one entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from liftplan.solver.ledger.slack import Move, Slack
from liftplan.solver.ledger.subset import nearest_subset

PARTNERS = 12
"""Other cells tried for one exchange of funds."""


@dataclass
class CellSplit:
    """The distribution of one cell's money over its lines, under way."""

    arcs: dict[int, int] = field(default_factory=dict)
    """Arc -> yuan not yet given to a line."""
    lines: dict[int, int] = field(default_factory=dict)
    """Line -> yuan not yet paid."""
    done: list[tuple[int, int, int]] = field(default_factory=list)
    """Entries (line, arc, yuan) so far."""

    def by_money(self) -> list[int]:
        """Open arcs, least money first."""
        return sorted(self.arcs, key=lambda arc: (self.arcs[arc], arc))

    def give(self, arc: int, lines: list[int]) -> None:
        """Let what is left of the arc pay whole lines, exactly."""
        for line in lines:
            self.done.append((line, arc, self.lines.pop(line)))
        del self.arcs[arc]

    def entries(self) -> Iterator[tuple[int, int, int]]:
        """All entries; what is open is split: each arc pays whole lines while they fit, then a part of the next."""
        yield from self.done
        lines = dict(sorted(self.lines.items(), key=lambda line: (-line[1], line[0])))
        arcs = sorted(self.arcs.items(), key=lambda arc: (arc[1], arc[0]))
        for number, (arc, money) in enumerate(arcs):
            last = number == len(arcs) - 1
            for line in list(lines):
                if lines[line] <= money:
                    money -= lines[line]
                    yield line, arc, lines.pop(line)
            if money and not last:
                part = min(lines, key=lambda line: (lines[line], line))
                lines[part] -= money
                yield part, arc, money


def match_cells(splits: list[CellSplit], slack: Slack, arc_fund: list[int]) -> None:
    """Fit arcs to whole lines where that is possible, moving yuan within the slack; in place.

    First inside each cell; then by exchange: what one fund pays more in a cell, it pays less in another cell, where the
    other fund steps in, so that both funds spend what they spent. arc_fund: fund of each arc of the task.
    """
    for split in splits:
        for arc in split.by_money():
            if arc in split.arcs and len(split.arcs) > 1:
                _fit(split, arc, slack)
    for split in splits:
        for arc in split.by_money():
            if arc in split.arcs and len(split.arcs) > 1:
                _exchange(split, arc, [other for other in splits if other is not split], slack, arc_fund)


def _fit(split: CellSplit, arc: int, slack: Slack) -> bool:
    """Fit one arc to whole lines, with yuan from or to another arc of the cell."""
    return any(
        _settle(split, arc, other, ((arc, 1), (other, -1)), slack, -split.arcs[arc], split.arcs[other]) is not None
        for other in split.by_money()[::-1]
        if other != arc
    )


def _exchange(split: CellSplit, arc: int, cells: list[CellSplit], slack: Slack, arc_fund: list[int]) -> bool:
    """Fit one arc to whole lines by an exchange with another cell that both funds pay."""
    for other in [other for other in split.by_money()[::-1] if other != arc]:
        tried = 0
        for cell in cells:
            funds = {arc_fund[open_arc]: open_arc for open_arc in cell.arcs}
            gives, takes = funds.get(arc_fund[arc]), funds.get(arc_fund[other])
            if gives is None or takes is None:
                continue
            tried += 1
            if tried > PARTNERS:
                break
            low = -min(split.arcs[arc], cell.arcs[takes] - 1)
            high = min(split.arcs[other], cell.arcs[gives] - 1)
            move: Move = ((arc, 1), (other, -1), (takes, 1), (gives, -1))
            moved = _settle(split, arc, other, move, slack, low, high)
            if moved is not None:
                cell.arcs[gives] -= moved
                cell.arcs[takes] += moved
                return True
    return False


def _settle(split: CellSplit, arc: int, other: int, move: Move, slack: Slack, low: int, high: int) -> int | None:
    """Move between low and high yuan from `other` to `arc` so that `arc` fits whole lines; None if no sum was found."""
    least, most = slack.span(move)
    money, names = split.arcs[arc], list(split.lines)
    yuan = [split.lines[line] for line in names]
    subset = nearest_subset(yuan, money, money + max(low, least), money + min(high, most))
    if subset is None:
        return None
    moved = sum(yuan[position] for position in subset) - money
    slack.move(move, moved)
    split.arcs[other] -= moved
    split.give(arc, [names[position] for position in subset])
    if not split.arcs[other]:
        del split.arcs[other]
    return moved
