"""What a diagnosis has to show: the diagnosis itself, its repairs, and the overrides that make them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from liftplan.models.county import County
from liftplan.reports.conflicts.names import RuleNames
from liftplan.solver.diagnose.conflicts import Conflict
from liftplan.solver.diagnose.diagnosis import Diagnosis
from liftplan.solver.diagnose.repairs import Repair


@dataclass(frozen=True)
class Mended:
    """A repair with its scenario."""

    repair: Repair
    overrides: tuple[str, ...]
    people: int | None = None
    """People that the best plan found under it lifts; None: it was not asked for."""
    bound: float | None = None
    """Proved: no plan under it is worth more, persons."""


@dataclass(frozen=True)
class Content:
    """A diagnosis and its repairs."""

    diagnosis: Diagnosis
    repairs: tuple[Mended, ...] = ()
    priorities: bool = False
    """Whether priorities were given; otherwise no money is added and demands stand."""
    opened: bool = False
    """Single villages are asked for."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Kind of repair -> scenario file, once written."""

    @property
    def county(self) -> County:
        """The county diagnosed."""
        return self.diagnosis.county

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Its conflicts."""
        return self.diagnosis.conflicts

    @cached_property
    def names(self) -> RuleNames:
        """Names of rules, in the current language where they are asked for."""
        return RuleNames(self.county)
