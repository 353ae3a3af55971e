"""A finished run, as a store keeps it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from liftplan.models.base import Frozen
from liftplan.models.county import canonical
from liftplan.solver.settings import Settings

JSON_FIELDS = ("overrides", "settings", "stages")
"""Fields that a database holds as JSON."""

CANCELLED = "cancelled"
"""How a run stopped that does not answer its question."""


class Run(Frozen):
    """One finished run. It never changes; `content` is the digest of its plan or outcome, if it has one."""

    id: str
    finished: str
    """When it ended: ISO date and time, UTC."""
    key: str
    """Digest of the question: county, settings, method."""
    county: str
    """Id of the county."""
    base_digest: str
    """Digest of the county before the scenario."""
    county_digest: str
    """Digest of the county as solved."""
    scenario: str
    overrides: tuple[str, ...]
    separate: bool
    """An outcome of departments deciding alone, not a plan."""
    settings: dict[str, Any]
    status: str | None
    """`optimal`, `feasible`, `infeasible`, `unknown`; None of `separate`."""
    stopped_by: str | None
    people_lifted: int | None = None
    households_lifted: int | None = None
    objective: float | None = None
    objective_bound: float | None = None
    gap: float | None = None
    ledger_yuan: int | None = None
    leveraged_yuan: int | None = None
    broken: int | None = None
    """How many rules an outcome of `separate` breaks."""
    seconds: float
    stages: dict[str, float] = {}
    version: str
    """Of liftplan."""
    warm: str | None = None
    """The run whose plan it began with."""
    content: str | None = None
    """SHA-256 of the text of the plan or outcome; None if there is none."""

    def row(self) -> dict[str, Any]:
        """The values of its row in a database."""
        values = self.model_dump(mode="json")
        return {**values, "separate": int(self.separate), **{name: _json(values[name]) for name in JSON_FIELDS}}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Run:
        """The run of a row."""
        values = dict(row)
        return cls.model_validate(
            {**values, "separate": bool(values["separate"]), **{name: json.loads(values[name]) for name in JSON_FIELDS}}
        )


def question(county_digest: str, settings: Settings, *, separate: bool) -> str:
    """The key by which a run is found: the same for the same county, settings and method.

    Threads do not count, and of `separate` no setting does.
    """
    asked = {} if separate else settings.model_dump(mode="json", exclude={"threads"})
    return hashlib.sha256(canonical({"county": county_digest, "separate": separate, "settings": asked})).hexdigest()


def _json(value: Any) -> str:
    return canonical(value).decode()
