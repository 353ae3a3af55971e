"""Opening counties: the built-in ones by name, others by path."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from liftplan.models.county import County
from liftplan.models.files import examine as examine_files
from liftplan.models.files import read_county
from liftplan.models.messages import listed, m
from liftplan.models.presence import is_there
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.validate import validate as problems_of
from liftplan.scenarios import counties as built_in


def counties() -> list[str]:
    """Names of the built-in counties."""
    return list(built_in.names())


def load(source: str | Path | County) -> County:
    """A county, validated.

    Parameters
    ----------
    source
        Name of a built-in county, or path of a county in any format (folder, workbook, JSON, zip); a path that is
        spelled like a built-in name needs a `./` before it. A county is returned as it is.

    Raises
    ------
    InputProblems
        With all problems of the input.
    """
    if isinstance(source, County):
        return source
    if isinstance(source, str) and source in counties():
        return built_in.load(source)
    path = Path(source)
    if not is_there(path):
        raise InputProblems([_missing(str(source))])
    return read_county(path)


def examine(source: str | Path) -> tuple[County | None, Sequence[Problem]]:
    """A county, named as for `load`, and all its problems, warnings among them; None if any is more than a warning.

    Rows are counted as the files show them: in CSV the header is row 1.
    """
    if source in counties():
        county = built_in.load(str(source))
        return county, problems_of(county)
    path = Path(source)
    try:
        return examine_files(path) if is_there(path) else (None, [_missing(str(source))])
    except InputProblems as error:
        return None, error.problems


def validate(county: County) -> Sequence[Problem]:
    """All problems of a county, warnings (`Problem.warning`) among them; none: it is valid."""
    return problems_of(county)


def _missing(source: str) -> Problem:
    near = get_close_matches(source, counties(), n=1)
    way_out = m("Give a path, or a built-in county: {names}.", names=listed(near or counties()))
    return Problem("county-missing", Place(file=source), m("There is no such county or file."), way_out)
