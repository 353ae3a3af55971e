"""Ways to change a stored certificate: each takes its JSON content and changes it in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from liftplan.solver.certificate.form import packed, unpacked

Content = dict[str, Any]
Mutation = Callable[[Content, np.random.Generator], None]


def _one(items: list[Any], rng: np.random.Generator) -> Any:
    return items[int(rng.integers(len(items)))]


def _leaves(content: Content) -> list[Content]:
    return [node for node in content["nodes"] if "trees" in node]


def _branches(content: Content) -> list[Content]:
    return [node for node in content["nodes"] if "kind" in node]


def _trees(content: Content) -> list[list[int]]:
    found = [tree for leaf in _leaves(content) for tree in leaf["trees"]]
    decided = content["decided"]
    return found + ([] if decided is None else decided["trees"] + decided["flips"])


def change_price(content: Content, rng: np.random.Generator) -> None:
    """One multiplier is changed, left out, or moved to another row."""
    prices = _one(content["prices"], rng)
    if not prices["rows"]:
        prices["rows"].append([0, 10**9])
        return
    place = int(rng.integers(len(prices["rows"])))
    row, value = prices["rows"][place]
    changed = [[row, value + 1], [row, value * 2], [row, value // 3], [row, 2**62], [row + 1, value], None]
    new = changed[int(rng.integers(len(changed)))]
    prices["rows"][place : place + 1] = [] if new is None else [new]


def change_shift(content: Content, rng: np.random.Generator) -> None:
    """Prices are read in another unit."""
    prices = _one(content["prices"], rng)
    prices["shift"] = int(rng.choice([0, 1, 5, 40, 63, 64, 100]))


def call_plain(content: Content, rng: np.random.Generator) -> None:
    """Prices of worth are called prices of feasibility, or the other way round."""
    prices = _one(content["prices"], rng)
    prices["plain"] = not prices["plain"]


def change_share(content: Content, rng: np.random.Generator) -> None:
    """One share of a block, or the unit of all."""
    place = int(rng.integers(len(content["shares"])))
    unit, values = unpacked(content["shares"][place], 10**6)
    values = values.copy()
    if len(values):
        values[int(rng.integers(len(values)))] = int(rng.choice([0, -1, -(10**6), 1, 10**5, 2**40]))
    content["shares"][place] = packed(values << unit, int(rng.choice([0, unit])))


def garble_share(content: Content, rng: np.random.Generator) -> None:
    """One character of a share string."""
    place = int(rng.integers(len(content["shares"])))
    text = content["shares"][place]
    at = int(rng.integers(len(text)))
    content["shares"][place] = text[:at] + _one(["0", "~", " ", "é", ""], rng) + text[at + 1 :]


def swap_shares(content: Content, rng: np.random.Generator) -> None:
    """A block is given another entry of the shares."""
    shares = _one(_leaves(content), rng)["shares"]
    shares[int(rng.integers(len(shares)))] = int(rng.integers(len(content["shares"]) + 1))


def drop_leaf(content: Content, rng: np.random.Generator) -> None:
    """A part of all plans is left out."""
    content["nodes"].remove(_one(_leaves(content), rng))


def drop_branch(content: Content, rng: np.random.Generator) -> None:
    """A branch goes with its first half: what is left speaks of one half only."""
    nodes = content["nodes"]
    at = int(rng.integers(len(nodes)))
    if "kind" in nodes[at]:
        nodes[at : _end(nodes, at + 1)] = []


def _end(nodes: list[Content], at: int) -> int:
    """Where the part that begins at a node ends, in preorder."""
    due = 1
    while due:
        due += 1 if "kind" in nodes[at] else -1
        at += 1
    return at


def add_leaf(content: Content, rng: np.random.Generator) -> None:
    """A leaf is there twice."""
    at = int(rng.integers(len(content["nodes"]) + 1))
    content["nodes"].insert(at, _one(_leaves(content), rng))


def change_leaf(content: Content, rng: np.random.Generator) -> None:
    """A leaf is given the prices of another."""
    _one(_leaves(content), rng)["prices"] = int(rng.integers(len(content["prices"]) + 1))


def swap_halves(content: Content, rng: np.random.Generator) -> None:
    """What was shown with a decision is said without it, and the other way round."""
    nodes = content["nodes"]
    at = int(rng.integers(len(nodes)))
    if "kind" in nodes[at]:
        middle = _end(nodes, at + 1)
        last = _end(nodes, middle)
        nodes[at + 1 : last] = nodes[middle:last] + nodes[at + 1 : middle]


def change_branch(content: Content, rng: np.random.Generator) -> None:
    """A branch decides something else, perhaps what is not there."""
    if _branches(content):
        branch = _one(_branches(content), rng)
        branch["index"] = int(rng.choice([0, 1, branch["index"] + 1, 10**6]))
        branch["kind"] = str(rng.choice(["project", "lift", "measure"]))


def shorten_tree(content: Content, rng: np.random.Generator) -> None:
    """A block's tree ends early."""
    tree = _one(_trees(content), rng)
    del tree[int(rng.integers(len(tree))) :]


def prune_tree(content: Content, rng: np.random.Generator) -> None:
    """A branch of a block's tree becomes a leaf, or a contradiction: its form stays sound."""
    tree = _one(_trees(content), rng)
    at = int(rng.integers(len(tree)))
    due, end = 1, at
    while due:
        due += 1 if tree[end] >= 0 else -1
        end += 1
    tree[at:end] = [int(rng.choice([-1, -2]))]


def replace_entry(content: Content, rng: np.random.Generator) -> None:
    """An entry of a block's tree is another."""
    tree = _one(_trees(content), rng)
    tree[int(rng.integers(len(tree)))] = int(rng.choice([-3, -2, -1, 0, 1, 2, 3, 10**6]))


def lengthen_tree(content: Content, rng: np.random.Generator) -> None:
    """A block's tree goes on."""
    _one(_trees(content), rng).append(int(rng.choice([-2, -1, 0])))


def change_decided(content: Content, rng: np.random.Generator) -> None:
    """A decided project is decided otherwise, is another, or has no proof; or one is made up."""
    decided = content["decided"]
    if decided is None:
        leaf = _one(_leaves(content), rng)
        tree = [-1] if rng.random() < 0.5 else leaf["trees"][0]
        content["decided"] = {name: leaf[name] for name in ("prices", "shares", "trees")}
        content["decided"] |= {"projects": [[int(rng.integers(4)), int(rng.integers(2))]], "flips": [list(tree)]}
        return
    at = int(rng.integers(len(decided["projects"])))
    match int(rng.integers(4)):
        case 0:
            decided["projects"][at][1] = 1 - decided["projects"][at][1]
        case 1:
            decided["projects"][at][0] += 1
        case 2:
            del decided["flips"][at]
        case _:
            decided["trees"][0], decided["flips"][at] = decided["flips"][at], decided["trees"][0]


MUTATIONS: tuple[Mutation, ...] = (
    change_price,
    change_shift,
    call_plain,
    change_share,
    garble_share,
    swap_shares,
    drop_leaf,
    drop_branch,
    add_leaf,
    change_leaf,
    swap_halves,
    change_branch,
    shorten_tree,
    prune_tree,
    replace_entry,
    lengthen_tree,
    change_decided,
)
