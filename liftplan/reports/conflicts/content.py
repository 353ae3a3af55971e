"""What a diagnosis has to show: the diagnosis itself, its repairs, and the overrides that make them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from liftplan.models.county import County
from liftplan.models.messages import Message, joined, m
from liftplan.reports.conflicts.names import RuleNames
from liftplan.reports.words import command_line, shown
from liftplan.solver.diagnose.conflicts import Conflict
from liftplan.solver.diagnose.diagnosis import Diagnosis
from liftplan.solver.diagnose.repairs import Priorities, Repair


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
    priorities: Priorities | None = None
    """Those that were given; None: no money is added and demands stand."""
    opened: bool = False
    """Single villages are asked for."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Kind of repair -> scenario file, once written."""
    solving: str = ""
    """The command that solves the county as it was diagnosed; "": not all of it has a name or a file."""
    scenarios: tuple[str, ...] = ()
    """Names of the scenarios that it was diagnosed under, in order."""

    @property
    def county(self) -> County:
        """The county diagnosed."""
        return self.diagnosis.county

    @property
    def scenario(self) -> str:
        """The scenarios' names, joined by `+` as elsewhere; "": none."""
        return "+".join(self.scenarios)

    @property
    def title(self) -> Message:
        """What is diagnosed: the county's name in the current language, and the scenario."""
        name = shown(self.county.head.name, self.county.head.name_en)
        return joined([name, m("scenario {name}", name=self.scenario)] if self.scenario else [name])

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Its conflicts."""
        return self.diagnosis.conflicts

    def command(self, kind: str) -> str:
        """The command that solves the county under a repair; "": its file is not written, or the county has no name."""
        file = self.files.get(kind, "")
        return f"{self.solving} {command_line('--scenario', file)}" if self.solving and file else ""

    @cached_property
    def names(self) -> RuleNames:
        """Names of rules, in the current language where they are asked for."""
        return RuleNames(self.county)
