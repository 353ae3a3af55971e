"""Making counties and files: examples, generated counties, other formats, models for other solvers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from liftplan.api.opening import load
from liftplan.models.county import County
from liftplan.models.example import example_county
from liftplan.models.files import Progress, write_county
from liftplan.models.messages import Message, listed, m
from liftplan.models.placing import file_made
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason
from liftplan.models.schema import json_schema
from liftplan.scenarios.generator import Knobs
from liftplan.scenarios.generator import generate as generate_county
from liftplan.solver import reference

TableFormat = Literal["csv", "parquet"]


def example() -> County:
    """A small, filled, valid county to overwrite."""
    return example_county()


def new(path: str | Path, *, overwrite: bool = False) -> Path:
    """Write the example county: to a folder, a `.xlsx`, a `.json` or a `.zip`. Returns the path, absolute."""
    return write(example_county(), path, overwrite=overwrite)


def generate(**knobs: Any) -> County:
    """A synthetic county: `seed`, `villages` and the other knobs of the generator.

    Raises
    ------
    InputProblems
        If a knob is unknown or out of its range.
    """
    try:
        chosen = Knobs.model_validate(knobs)
    except ValidationError as error:
        raise InputProblems(
            [
                Problem(
                    "knob",
                    Place(column=".".join(str(part) for part in one["loc"])),
                    m("The generator cannot take {value}: {reason}.", value=one["input"], reason=_why(one)),
                    m("Knobs: {names}.", names=listed(Knobs.model_fields)),
                )
                for one in error.errors(include_url=False)
            ]
        ) from None
    return generate_county(chosen)


def _why(fault: Any) -> Message:
    """Why a knob cannot have a value; fault: as pydantic lists it."""
    limits = fault.get("ctx", {})
    reasons = {
        "extra_forbidden": m("there is no such knob"),
        "greater_than_equal": m("it must be at least {limit}", limit=limits.get("ge")),
        "greater_than": m("it must be more than {limit}", limit=limits.get("gt")),
        "less_than_equal": m("it must be at most {limit}", limit=limits.get("le")),
        "less_than": m("it must be less than {limit}", limit=limits.get("lt")),
    }
    return reasons.get(fault["type"]) or m("it is of another kind")


def convert(
    county: County | str | Path,
    path: str | Path,
    *,
    table_format: TableFormat = "csv",
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Path:
    """Write a county in another format, without loss: a folder (CSV or Parquet), a `.xlsx`, a `.json` or a `.zip`.

    Parameters
    ----------
    county
        A county, or what `load` takes.
    path
        The ending of the name chooses the format; without one of these it is a folder.
    table_format
        Of the tables in a folder or `.zip`.
    overwrite
        Replace the county that is there.
    progress
        Called now and then, while a workbook is written, with the rows written and all there are.

    Raises
    ------
    InputProblems
        If the county has problems, something is in the way, or a workbook cannot hold it.
    """
    return write(load(county), path, table_format=table_format, overwrite=overwrite, progress=progress)


def write(
    county: County,
    path: str | Path,
    *,
    table_format: TableFormat = "csv",
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Path:
    """Write a county. Returns the path, absolute; raises `InputProblems` if something is in the way."""
    target = Path(path).absolute()
    write_county(county, target, table_format=table_format, overwrite=overwrite, progress=progress)
    return target


def schema() -> dict[str, Any]:
    """The JSON Schema of a county document."""
    return json_schema()


def export(
    county: County | str | Path, path: str | Path, *, form: Literal["lp", "mps"] | None = None, overwrite: bool = False
) -> Path:
    """Write the county's whole model for another solver. Returns the path, absolute.

    Parameters
    ----------
    county
        A county, or what `load` takes.
    path
        The file.
    form
        `lp` or `mps`; None: as the file's name ends.
    overwrite
        Replace a file that is there.

    Raises
    ------
    InputProblems
        If the format is not clear, or the file is there or cannot be written.
    """
    target = Path(path).absolute()
    ending = f".{form}" if form else target.suffix
    if ending not in {".lp", ".mps"} or target.suffix not in {ending, ""}:
        message = m("The name of the file does not end in .lp or .mps, as its format asks.")
        raise _refused("export-format", target, message, m("Choose another name."))
    target = target.with_suffix(ending)
    if target.is_dir():
        raise _refused("export-exists", target, m("There is a folder here already."), m("Choose another name."))
    if target.exists() and not overwrite:
        way_out = m("Choose another name; --overwrite replaces the file.")
        raise _refused("export-exists", target, m("There is a file here already."), way_out)
    built = reference.build(load(county))
    try:
        with file_made(target) as made:
            reference.write(built, made)
    except OSError as error:
        message = m("The file cannot be written: {reason}.", reason=system_reason(error))
        raise _refused("export-write", target, message, m("Choose another place.")) from error
    return target


def _refused(code: str, target: Path, message: Message, way_out: Message) -> InputProblems:
    return InputProblems([Problem(code, Place(file=str(target)), message, way_out)])
