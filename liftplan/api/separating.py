"""`separate`: what comes of departments deciding alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import monotonic

from rich.console import RenderableType

from liftplan.api.saving import refuse_unwritable
from liftplan.api.scenario import Asked, Scenario, under
from liftplan.models.county import County
from liftplan.reports.separate import separate_headline, separate_summary
from liftplan.reports.words import BASE
from liftplan.scenarios.separate import Outcome, Repaired, decide_separately, refuse_outcome, repaired, write_outcome
from liftplan.solver.check import Violation

SEPARATE = "separate"


@dataclass(frozen=True)
class Separated:
    """What comes of departments deciding alone. It is no plan: it may break rules, and nothing is proved of it."""

    outcome: Outcome
    """Decisions, ledger, people lifted, rules broken."""
    county: County
    """The county, scenario applied."""
    violations: tuple[Violation, ...]
    """The hard rules that are broken, each with a message."""
    seconds: float

    @property
    def people_lifted(self) -> int:
        """People lifted out of poverty, by the exit test of all plans."""
        return self.outcome.totals.people_lifted

    @property
    def households_lifted(self) -> int:
        """Households lifted out of poverty."""
        return self.outcome.totals.households_lifted

    @cached_property
    def repaired(self) -> Repaired:
        """Who is lifted once what breaks rules is dropped."""
        return repaired(self.county, self.outcome)

    @property
    def headline(self) -> str:
        """The outcome in one line, in the current language."""
        return separate_headline(self.outcome, self.county)

    def summary(self, folder: Path | None = None) -> RenderableType:
        """What the command line shows, for `rich.print`; `folder` is named as the outcome's place."""
        return separate_summary(self.outcome, self.violations, self.county, self.repaired, folder)

    def save(self, folder: str | Path, *, overwrite: bool = False) -> Path:
        """Write `outcome.json`, `ledger.csv` and `county.zip` into a folder. Returns it, absolute.

        Raises
        ------
        InputProblems
            If the folder is in the way (that of an outcome is replaced with `overwrite`) or cannot be written.
        """
        return write_outcome(self.outcome, self.county, Path(folder), overwrite=overwrite)

    def __repr__(self) -> str:
        return f"<Separated {self.headline}>"


def separate(county: County | Scenario | str | Path, scenario: Asked | Sequence[Asked] = ()) -> Separated:
    """What comes of it if every department decides alone, in a fixed order (docs/scenarios.md).

    Parameters
    ----------
    county
        A county, what `load` takes, or what `under` returns.
    scenario
        Scenarios applied first, in order; a purpose rule (R2) makes no difference: every fund pays for its own.

    Raises
    ------
    InputProblems
        If the county or a scenario is not valid.
    """
    begun = under(county, scenario)
    name = begun.name if begun.separate else SEPARATE if begun.name == BASE else f"{begun.name}+{SEPARATE}"
    start = monotonic()
    outcome, violations = decide_separately(begun.county, name, begun.applied)
    return Separated(outcome, begun.county, violations, monotonic() - start)


def outcome_ready(folder: Path, *, overwrite: bool) -> None:
    """Raise `InputProblems` if the folder of an outcome cannot be written here."""
    refuse_unwritable(folder)
    refuse_outcome(folder.absolute(), overwrite=overwrite)
