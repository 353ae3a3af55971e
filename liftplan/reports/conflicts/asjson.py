"""A diagnosis as plain numbers, texts, lists and objects."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from liftplan.reports.conflicts.amounts import why
from liftplan.reports.conflicts.content import Content, Mended
from liftplan.solver.diagnose.conflicts import Conflict
from liftplan.solver.diagnose.moneyproof import MoneyProof
from liftplan.solver.diagnose.rules import Group


def as_json(content: Content) -> dict[str, Any]:
    """Figures, room, conflicts with their proofs, repairs with their overrides; texts in the current language."""
    diagnosis = content.diagnosis
    return {
        "county": {"id": content.county.head.id, "digest": content.county.digest},
        "scenarios": list(content.scenarios),
        "figures": [
            {
                "rule": one.rule, "key": one.key, "where": one.where, "against": one.kind, "needs": one.needs,
                "most": one.most, "unit": one.unit,
            }
            for one in diagnosis.figures
        ],
        "room": [
            {
                "rule": one.group.rule, "key": one.group.key, "tightest": one.tightest.subject, "asked": one.asked,
                "room": one.room, "most_room": one.most, "unit": one.unit,
            }
            for one in diagnosis.slacks
        ],
        "conflicts": [
            {**_conflict(content, conflict), "certificate": None if proof is None else proof.model_dump(mode="json")}
            for conflict, proof in zip(content.conflicts, diagnosis.refutations, strict=True)
        ],
        "all_conflicts": diagnosis.complete,
        "repairs": [_repair(content, mended) for mended in content.repairs],
        "seconds": {stage: round(seconds, 3) for stage, seconds in diagnosis.seconds.items()},
    }  # fmt: skip


def _conflict(content: Content, conflict: Conflict) -> dict[str, Any]:
    places = conflict.places
    return {
        "title": str(content.names.title(conflict.groups)),
        "why": str(why(content, conflict)),
        "rules": [
            {**_group(content, member.group), "needed": member.needed} for member in conflict.members
        ],
        "minimal": conflict.minimal,
        "proved_by": conflict.proof.method,
        "proof": None if conflict.proof.money is None else _proof(conflict.proof.money),
        "places": None
        if places is None
        else {
            "least": places.least, "of": len(places.names), "names": list(places.names),
            "opened": list(places.opened), "sharp": places.sharp,
        },
    }  # fmt: skip


def _group(content: Content, group: Group) -> dict[str, Any]:
    return {
        "rule": group.rule,
        "key": group.key,
        "name": str(content.names.group(group)),
        "instances": [part.subject for part in group.parts],
    }


def _proof(proof: MoneyProof) -> dict[str, Any]:
    """What re-proves it: rows with exact multipliers, cells with what they can carry at most or must at least."""
    return {
        "asked": _exact(proof.asked),
        "money": _exact(proof.money),
        "absorbed": _exact(proof.absorbed),
        "short": _exact(proof.short),
        "rows": [
            {"instances": [[one.rule, one.subject] for one in row.instances], "at_least": row.rhs, "times": _exact(y)}
            for row, y in proof.rows
        ],
        "cells": [
            {"cell": name, "times": _exact(y), "yuan": yuan}
            for name, (_, y, yuan) in zip(proof.names, proof.cells, strict=True)
        ],
    }


def _repair(content: Content, mended: Mended) -> dict[str, Any]:
    repair = mended.repair
    return {
        "kind": repair.kind,
        "yuan": repair.yuan,
        "rules": repair.rules,
        "least": repair.least,
        "verified": True,
        "gives": [
            {
                "rule": give.instance.rule, "subject": give.instance.subject, "what": give.what,
                "before": give.before, "after": give.after, "yuan": give.yuan, "text": str(content.names.give(give)),
            }
            for give in repair.gives
        ],
        "overrides": list(mended.overrides),
        "file": content.files.get(repair.kind),
        "people_lifted": mended.people,
        "objective_bound": mended.bound,
    }  # fmt: skip


def _exact(value: Fraction) -> int | str:
    """A whole number, or a fraction as text."""
    return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
