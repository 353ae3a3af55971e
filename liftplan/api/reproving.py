"""Proving again what a diagnosis says: that its conflicts leave no plan."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from pydantic import BaseModel, ValidationError

from liftplan.api.diagnosing import DIAGNOSIS_FILE
from liftplan.api.opening import load
from liftplan.api.verifying import no_county
from liftplan.models.county import County
from liftplan.models.files import read_county
from liftplan.models.messages import Message, m
from liftplan.models.planfiles import COUNTY_FILE, PLAN_FILE
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason
from liftplan.reports.conflicts.names import RuleNames
from liftplan.solver.diagnose.refutation import Refutation
from liftplan.solver.diagnose.reproof import Reprover
from liftplan.solver.diagnose.rules import Group


class _County(BaseModel):
    digest: str


class _Rules(BaseModel):
    rule: str
    key: str
    instances: tuple[str, ...]


class _Conflict(BaseModel):
    rules: tuple[_Rules, ...]
    certificate: Refutation | None = None


class _Diagnosis(BaseModel):
    """Of a diagnosis what can be proved again; its other fields are not looked at."""

    county: _County
    conflicts: tuple[_Conflict, ...]
    status: str = ""


@dataclass(frozen=True)
class Reproved:
    """One conflict of a diagnosis, looked at again."""

    title: str
    """Its rules, in the current language."""
    proved: bool
    """Whether it is proved again that no plan keeps its rules."""
    wrong: Message | None
    """What is wrong with the proof that it carries; None: nothing, or it carries none."""


@dataclass(frozen=True)
class Reproof:
    """A diagnosis, looked at again."""

    conflicts: tuple[Reproved, ...]
    digest_fits: bool
    """Whether the county is the one that the diagnosis names."""
    seconds: float
    feasible: bool = False
    """The diagnosis says that there is a plan, and has no conflict: there is nothing to prove again."""

    @property
    def accepted(self) -> bool:
        """Nothing is wrong with what it says."""
        return self.digest_fits and all(one.wrong is None for one in self.conflicts)

    @property
    def infeasible(self) -> bool:
        """Proved again: no plan of the county keeps every hard rule."""
        return self.accepted and any(one.proved for one in self.conflicts)

    @property
    def proved(self) -> int:
        """Conflicts proved again."""
        return sum(one.proved for one in self.conflicts)

    @property
    def summary(self) -> Message:
        """The verdict in one line."""
        if not self.digest_fits:
            return m("rejected: the diagnosis is of another county")
        if not self.accepted:
            return m("rejected; proofs that fail: {count}", count=sum(one.wrong is not None for one in self.conflicts))
        counts = {"proved": self.proved, "count": len(self.conflicts)}
        if self.infeasible:
            return m("no plan keeps every hard rule, proved again; conflicts proved: {proved} of {count}", **counts)
        if self.feasible:
            return m("there is nothing to prove: the diagnosis says that there is a plan; solve finds one")
        return m("nothing proved again: the diagnosis carries no proof of a conflict")


def diagnosis_path(path: str | Path) -> Path | None:
    """The `diagnosis.json` that a path names, itself or as a folder of it; None: it names something else."""
    path = Path(path)
    if path.is_dir():
        file = path / DIAGNOSIS_FILE
        return file if file.is_file() and not (path / PLAN_FILE).exists() else None
    return path if path.name == DIAGNOSIS_FILE else None


def reprove_diagnosis(path: str | Path, county: County | str | Path | None = None) -> Reproof:
    """Prove the conflicts of a diagnosis again, in whole numbers, without the core that found them.

    Parameters
    ----------
    path
        A folder that `diagnose` wrote, or its `diagnosis.json`.
    county
        The county as it was diagnosed, or what `load` takes; None: the `county.zip` beside the diagnosis.

    Raises
    ------
    InputProblems
        If the diagnosis or the county cannot be read.
    """
    file = diagnosis_path(path) or Path(path)
    begun = monotonic()
    content = _read(file)
    beside = file.with_name(COUNTY_FILE)
    if county is None and not beside.exists():
        raise InputProblems([no_county(str(beside))])
    against = read_county(beside) if county is None else load(county)
    fits = content.county.digest == against.digest
    found: tuple[Reproved, ...] = ()
    if fits and content.conflicts:
        reprover, names = Reprover(against), RuleNames(against)
        found = tuple(_again(reprover, names, one) for one in content.conflicts)
    feasible = content.status == "feasible" and not content.conflicts
    return Reproof(found, fits, monotonic() - begun, feasible)


def _read(file: Path) -> _Diagnosis:
    try:
        return _Diagnosis.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        raise _unreadable(file, m("There is no diagnosis here.")) from None
    except OSError as error:
        raise _unreadable(file, m("Cannot be read: {reason}.", reason=system_reason(error))) from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or first["type"]
        raise _unreadable(file, m("This is not a diagnosis: {place}.", place=place)) from None


def _unreadable(file: Path, message: Message) -> InputProblems:
    return InputProblems(
        [Problem("diagnosis-unreadable", Place(file=str(file)), message, m("Diagnose the county again, with --out."))]
    )


def _again(reprover: Reprover, names: RuleNames, conflict: _Conflict) -> Reproved:
    claim, title = conflict.certificate, str(names.title([Group(one.rule, one.key, ()) for one in conflict.rules]))
    if claim is None:
        return Reproved(title, False, None)
    members = {(one.rule, subject) for one in conflict.rules for subject in one.instances}
    if not members.issuperset(claim.kept):
        return Reproved(title, False, m("The proof rests on rules that are not in the conflict."))
    wrong = reprover.wrong(claim)
    return Reproved(title, wrong is None, wrong)
