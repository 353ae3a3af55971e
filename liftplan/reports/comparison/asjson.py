"""A comparison as one JSON object."""

from __future__ import annotations

from typing import Any

from liftplan.reports.comparison.content import Content
from liftplan.reports.comparison.grids import Grid
from liftplan.reports.comparison.names import LETTERS
from liftplan.reports.comparison.order import verdicts


def as_json(content: Content) -> dict[str, Any]:
    """What programs read: `values` have one entry a side, null where the side has no such thing."""
    compared, shown = content.compared, content.shown
    return {
        "sides": [_side(content, place) for place in range(len(compared.sides))],
        "pairs": [
            {
                "first": LETTERS[one.pair.first],
                "second": LETTERS[one.pair.second],
                "unit": one.pair.unit,
                "people_difference": one.pair.people,
                "lowest": one.pair.lowest,
                "highest": one.pair.highest,
                "order": one.pair.order,
                "order_proved": one.pair.order != "open" and not one.pair.stated,
                "bounds": "stated" if one.pair.stated else "proved",
            }
            for one in verdicts(compared)
        ],
        "only_differences": content.only_differences,
        "inputs": [
            {"table": row.texts[0], "row": row.texts[2], "field": one.field, "values": list(row.values)}
            for row, one in zip(content.inputs.rows, compared.differences, strict=True)
        ],
        "table_changes": [
            {
                "table": one.table,
                "side": LETTERS[one.side],
                "added": one.added,
                "removed": one.removed,
                "changed": one.changed,
            }
            for one in compared.table_changes
        ],
        "totals": _rows(shown(content.totals)),
        "people": {by: _rows(shown(content.people(by))) for by in ("township", "village", "group")},
        "households": {by: _rows(shown(content.households(by))) for by in ("township", "village", "group")},
        "money": {
            by: _rows(shown(content.money(by)))
            for by in ("channel", "department", "purpose", "fund", "township", "village")
        },
        "left_over": _rows(shown(content.unspent)),
        "prices": _rows(shown(content.prices)),
        "projects_changed": _rows(content.projects),
        "households_changed": _rows(content.households_changed),
    }


def _side(content: Content, place: int) -> dict[str, Any]:
    side = content.compared.sides[place]
    decided, plan = side.decided, side.plan
    proved = plan if side.proof in {"proved", "kept", "reproved"} else None
    return {
        "letter": LETTERS[place],
        "name": side.name,
        "county": decided.county.id,
        "county_digest": decided.county.digest,
        "plan_digest": plan and plan.digest,
        "scenario": decided.scenario,
        "overrides": list(decided.overrides),
        "status": plan and plan.status,
        "people_lifted": decided.totals.people_lifted,
        "households_lifted": decided.totals.households_lifted,
        "objective": plan and plan.objective,
        "objective_bound": proved and proved.objective_bound,
        "stated_bound": plan and plan.objective_bound,
        "bound_proof": side.proof,
        "gap": proved and proved.gap,
        "ledger_yuan": decided.totals.ledger_yuan,
        "leveraged_yuan": decided.totals.leveraged_yuan,
        "broken": [{"rule": one.rule, "subject": one.subject, "message": str(one.message)} for one in side.broken],
    }


def _rows(grid: Grid) -> list[dict[str, Any]]:
    names = [label.name for label in grid.labels]
    return [{**dict(zip(names, row.texts, strict=True)), "values": list(row.values)} for row in grid.rows]
