"""Reading the folder of an outcome back, and counting it again."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from liftplan.models.county import County
from liftplan.models.files import read_county
from liftplan.models.messages import Message, m
from liftplan.models.planfiles import COUNTY_FILE
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason
from liftplan.scenarios.separate.files import OUTCOME_FILE
from liftplan.scenarios.separate.outcome import Outcome
from liftplan.solver.check import Violation, check_decisions


def outcome_path(path: Path) -> Path | None:
    """The `outcome.json` that a path names, itself or in its folder; None if there is none."""
    file = path / OUTCOME_FILE if path.is_dir() else path
    return file if file.name == OUTCOME_FILE and file.is_file() else None


def read_outcome(file: Path) -> tuple[Outcome, County, tuple[Violation, ...]]:
    """An outcome, its county, and the rules it breaks, all counted again from its decisions and its ledger.

    Raises
    ------
    InputProblems
        If a file cannot be read, or the outcome says something else than what is counted.
    """
    county = read_county(file.with_name(COUNTY_FILE))
    try:
        outcome = Outcome.model_validate_json(file.read_bytes())
    except OSError as error:
        raise _refused(
            "outcome-unreadable", file, m("Cannot be read: {reason}.", reason=system_reason(error))
        ) from None
    except ValidationError:
        raise _refused("outcome-form", file, m("This is no outcome.")) from None
    if outcome.county.digest != county.digest:
        raise _refused("outcome-county", file, m("It is the outcome of another county than the one beside it."))
    found = check_decisions(county, outcome.projects, outcome.measures, {}, outcome.ledger)
    value = found.evaluation
    broken = sorted((one.rule, one.subject) for one in found.violations)
    stated = (outcome.lifted, outcome.totals, sorted((one.rule, one.subject) for one in outcome.broken))
    if stated != (value.lifted, value.totals, broken):
        raise _refused("outcome-changed", file, m("It says something else than its decisions are worth."))
    return outcome, county, found.violations


def _refused(code: str, file: Path, message: Message) -> InputProblems:
    way_out = m("Give the folder of an outcome as liftplan wrote it.")
    return InputProblems([Problem(code, Place(file=str(file)), message, way_out)])
