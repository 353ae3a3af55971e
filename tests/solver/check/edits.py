"""Single changes of a plan's decisions and ledger, and changes of two lines that keep sums right."""

from __future__ import annotations

from collections import defaultdict

from .claims import CLAIMS
from .desk import Content, Desk, Edit


def yuan(desk: Desk, plan: Content) -> set[str] | None:
    """Other yuan on one ledger line, 0 and negative ones included."""
    line = desk.line(plan)
    line[3] = desk.random.choice([0, -line[3], line[3] + desk.shift()])
    return {"ledger", "totals"}


def other_fund(desk: Desk, plan: Content) -> set[str] | None:
    """Another fund on one line: sums by fund are stale, and R2 is named if it may not pay."""
    line = desk.line(plan)
    others = sorted(set(desk.facts.purses) - {line[0]})
    line[0] = desk.random.choice(others)
    return {"totals"} if line[0] in desk.payers(line[1], line[2]) else {"totals", "R2"}


def other_item(desk: Desk, plan: Content) -> set[str] | None:
    """A line moved to another item."""
    line, other = desk.line(plan), desk.line(plan)
    if line[1] == other[1]:
        return None
    line[1] = other[1]
    return {"ledger"}


def other_purpose(desk: Desk, plan: Content) -> set[str] | None:
    """A line booked under another purpose."""
    line = desk.line(plan)
    line[2] = desk.random.choice([name for name in desk.facts.purposes if name != line[2]])
    return {"ledger"}


def no_line(desk: Desk, plan: Content) -> set[str] | None:
    """A line taken out."""
    plan["ledger"].remove(desk.line(plan))
    return {"ledger", "totals"}


def line_twice(desk: Desk, plan: Content) -> set[str] | None:
    """A line twice."""
    plan["ledger"] = sorted([*plan["ledger"], list(desk.line(plan))])
    return {"ledger", "order", "totals"}


def unknown(desk: Desk, plan: Content) -> set[str] | None:
    """An id that the county does not have."""
    line, place = desk.line(plan), desk.random.choice([0, 1, 2])
    line[place] = desk.random.choice(["", line[place] + "x", "topup:", "topup:nobody"])
    return {"ledger"}


def stranger(desk: Desk, plan: Content) -> set[str] | None:
    """A decision about something that the county does not have."""
    if desk.random.random() < 0.3:
        plan["topups"]["nobody"] = 5
    else:
        names = plan[desk.random.choice(["projects", "measures"])]
        names.append("zz-nothing")
    return {"ledger"}


def project(desk: Desk, plan: Content) -> set[str] | None:
    """A project more or less, its money left as it was."""
    costly = sorted(name for name in desk.facts.projects if name in desk.facts.lines)
    return {"ledger"} if desk.toggle(plan["projects"], costly) else None


def measure(desk: Desk, plan: Content) -> set[str] | None:
    """A measure with cost more or less, its money left as it was."""
    costly = sorted(name for name in desk.facts.option_index if name in desk.facts.lines)
    return {"ledger"} if desk.toggle(plan["measures"], costly) else None


def effect(desk: Desk, plan: Content) -> set[str] | None:
    """A direct effect left out though its projects stand, or counted though they do not."""
    return {"R8"} if desk.toggle(plan["measures"], sorted(desk.facts.automatic_ids)) else None


def topup(desk: Desk, plan: Content) -> set[str] | None:
    """Another top-up, its ledger line left as it was."""
    if not plan["topups"]:
        return None
    home = desk.random.choice(sorted(plan["topups"]))
    plan["topups"][home] += desk.shift()
    return {"ledger", "R5"} if desk.facts.policy.R5.enforce == "hard" else {"ledger"}


def new_topup(desk: Desk, plan: Content) -> set[str] | None:
    """A top-up without a ledger line."""
    homes = sorted(set(desk.facts.homes) - set(plan["topups"]))
    if not homes:
        return None
    plan["topups"][desk.random.choice(homes)] = desk.random.randint(-5, 5_000)
    return {"ledger"}


def same_cost_line(desk: Desk, plan: Content) -> set[str] | None:
    """Two lines: yuan moved between the funds of one cost line, so that it stays paid; the sums by fund are stale."""
    pairs = [
        (first, then)
        for first in plan["ledger"]
        for then in plan["ledger"]
        if first[1:3] == then[1:3] and first[0] != then[0] and first[3] > 1
    ]
    if not pairs:
        return None
    first, then = desk.random.choice(pairs)
    moved = desk.random.randint(1, first[3] - 1)
    first[3] -= moved
    then[3] += moved
    return {"totals"}


def same_fund(desk: Desk, plan: Content) -> set[str] | None:
    """Two lines: yuan moved between two cost lines of one fund, village and purpose, so that every sum stays right."""
    lines = defaultdict(list)
    for line in plan["ledger"]:
        spot = desk.facts.spot(line[1])
        assert spot
        lines[line[0], line[2], spot.village].append(line)
    groups = [group for group in lines.values() if len(group) > 1]
    if not groups:
        return None
    first, then = desk.random.sample(desk.random.choice(groups), 2)
    moved = desk.random.randint(1, first[3])
    first[3] -= moved
    then[3] += moved
    return {"ledger"}


def swapped_items(desk: Desk, plan: Content) -> set[str] | None:
    """Two lines change their items, yuan and funds stay: right in every total."""
    first, then = desk.line(plan), desk.line(plan)
    if first[1:3] == then[1:3] or first[3] == then[3]:
        return None
    first[1:3], then[1:3] = then[1:3], first[1:3]
    plan["ledger"].sort()
    return {"ledger"}


SINGLE: tuple[Edit, ...] = (
    yuan,
    other_fund,
    other_item,
    other_purpose,
    no_line,
    line_twice,
    unknown,
    stranger,
    project,
    measure,
    effect,
    topup,
    new_topup,
    *CLAIMS,
)

DOUBLE: tuple[Edit, ...] = (same_cost_line, same_fund, swapped_items)
