"""The folder of an outcome: `outcome.json`, `ledger.csv`, `county.zip`, written at once or not at all."""

from __future__ import annotations

import json
from pathlib import Path

from liftplan.models.county import County
from liftplan.models.files import write_county
from liftplan.models.messages import Message, m
from liftplan.models.placing import folder_made
from liftplan.models.planfiles import COUNTY_FILE, LEDGER_FILE, ledger_text
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason
from liftplan.scenarios.separate.outcome import Outcome

OUTCOME_FILE = "outcome.json"


def write_outcome(outcome: Outcome, county: County, out: Path, *, overwrite: bool = False) -> Path:
    """Write the folder of an outcome. Returns it, absolute; raises `InputProblems` if it cannot be."""
    out = out.resolve()
    refuse_outcome(out, overwrite=overwrite)
    try:
        with folder_made(out) as made:
            write_county(county, made / COUNTY_FILE)
            (made / LEDGER_FILE).write_bytes(ledger_text(outcome.ledger, county).encode("utf-8-sig"))
            (made / OUTCOME_FILE).write_text(outcome_text(outcome), encoding="utf-8")
    except OSError as error:
        message = m("The folder cannot be written: {reason}.", reason=system_reason(error))
        raise _refused("outcome-write", out, message) from error
    return out


def refuse_outcome(out: Path, *, overwrite: bool) -> None:
    """Raise `InputProblems` if no outcome may be written at `out`."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not (out.is_dir() and (out / OUTCOME_FILE).is_file()):
        raise _refused("outcome-other", out, m("There is something else than the folder of an outcome here."))
    if not overwrite:
        raise _refused("outcome-exists", out, m("There is the folder of an outcome here already."))


def outcome_text(outcome: Outcome) -> str:
    """The text of `outcome.json`: sorted keys, one entry of a list a line."""
    values = outcome.model_dump(mode="json")
    return "{\n" + ",\n".join(f"{_json(name)}: {_opened(values[name])}" for name in sorted(values)) + "\n}\n"


def _opened(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(_json, value)) + "\n]"
    return _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(", ", ": "))


def _refused(code: str, out: Path, message: Message) -> InputProblems:
    way_out = m("Name another folder with --out; --overwrite replaces the folder of an outcome.")
    return InputProblems([Problem(code, Place(file=str(out)), message, way_out)])
