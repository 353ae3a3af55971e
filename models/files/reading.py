"""Reading a county: form and content, all problems at once."""

from __future__ import annotations

import zipfile
from functools import partial
from pathlib import Path

from liftplan.models.county import County
from liftplan.models.files.parts import unpack
from liftplan.models.findings import Findings
from liftplan.models.problems import InputProblems, Problem
from liftplan.models.validate import check


def read_county(path: str | Path) -> County:
    """A county from a folder, valid in form and content; warnings are kept quiet.

    Raises
    ------
    InputProblems
        With all problems of the input.
    """
    county, problems = examine(path)
    grave = [problem for problem in problems if not problem.warning]
    if county is None or grave:
        raise InputProblems(grave)
    return county


def examine(path: str | Path) -> tuple[County | None, list[Problem]]:
    """The county as far as it can be read, and all that is wrong or doubtful with it."""
    path = Path(path)
    findings = Findings()
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as packed:
            files = {name: partial(packed.read, name) for name in packed.namelist()}
            county = unpack(files, str(path), findings)
        if county is not None:
            check(county, findings)
        return county, findings.problems
    county = unpack({file.name: file.read_bytes for file in path.iterdir() if file.is_file()}, str(path), findings)
    if county is not None:
        check(county, findings)
    return county, findings.problems
