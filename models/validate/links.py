"""Which columns name rows of other tables."""

from __future__ import annotations

ITEMS = "projects, measures"
"""What cost lines and commitments refer to: either table."""

REFERENCES: dict[tuple[str, str], str] = {
    ("funds", "department"): "departments",
    ("funds", "purposes"): "purposes",
    ("funds", "villages"): "villages",
    ("budgets", "fund"): "funds",
    ("fund_shares", "fund"): "funds",
    ("fund_shares", "purposes"): "purposes",
    ("minimum_overrides", "village"): "villages",
    ("projects", "village"): "villages",
    ("projects", "requires"): "projects",
    ("households", "village"): "villages",
    ("households", "needs"): "needs",
    ("measures", "household"): "households",
    ("measures", "meets"): "needs",
    ("measures", "requires"): "projects",
    ("measures", "uses_slot"): "projects",
    ("costs", "item"): ITEMS,
    ("costs", "purpose"): "purposes",
    ("commitments", "fund"): "funds",
    ("commitments", "item"): ITEMS,
    ("commitments", "purpose"): "purposes",
    ("baseline", "village"): "villages",
    ("accounts", "department"): "departments",
}
"""Columns that name rows of another table."""

TARGETS = {"project": "projects", "measure": "measures", "household": "households", "village": "villages"}
"""Table of what a demand names."""
