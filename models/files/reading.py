"""Reading a county in any of its forms: form and content, all problems at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from liftplan.models.county import County
from liftplan.models.files import archive, document, workbook
from liftplan.models.files.archive import MOST_BYTES
from liftplan.models.files.headfile import HEAD_FILE
from liftplan.models.files.parts import Files, unpack
from liftplan.models.files.planinstead import beside_a_plan, plan_instead
from liftplan.models.files.texts import Unreadable
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, m
from liftplan.models.planfiles import PLAN_FILE, RUN_FILE
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason
from liftplan.models.validate import check

_ZIP = b"PK"


def read_county(path: str | Path) -> County:
    """A county, valid in form and content.

    Parameters
    ----------
    path
        A folder (or its `county.yaml`), a workbook, a JSON document or a zip; what a file is, its content says.

    Raises
    ------
    InputProblems
        With all problems of the input; doubts (`Problem.warning`) alone raise nothing.
    """
    return _sound(*examine(path))


def read_document(content: bytes, name: str) -> County:
    """A county of a JSON document that is no file; problems call it `name`.

    Raises
    ------
    InputProblems
        With all problems of the document; doubts alone raise nothing.
    """
    return _sound(*_examined(lambda findings: document.parse(content, name, findings)))


def examine(path: str | Path) -> tuple[County | None, list[Problem]]:
    """A county and all that is wrong or doubtful with it.

    Returns
    -------
    county
        None if any problem is more than a doubt.
    problems
        Rows are counted as the file shows them: in CSV and workbooks the header is among them, elsewhere the first row
        of a table is row 1.
    """
    return _examined(lambda findings: _read(Path(path), findings))


def _sound(county: County | None, problems: list[Problem]) -> County:
    grave = [problem for problem in problems if not problem.warning]
    if county is None or grave:
        raise InputProblems(grave)
    return county


def _examined(read: Callable[[Findings], County | None]) -> tuple[County | None, list[Problem]]:
    findings = Findings()
    try:
        county = read(findings)
    except Unreadable as error:
        findings.add(*error.problem)
        county = None
    if county is not None:
        check(county, findings)
    grave = any(not problem.warning for problem in findings.problems)
    return None if grave else county, findings.problems


def _read(path: Path, findings: Findings) -> County | None:
    if path.name == HEAD_FILE and path.is_file():
        path = path.parent
    if path.is_dir():
        return unpack(_folder(path), str(path), findings)
    content = _bytes(path)
    if workbook.is_workbook(content, path.name):
        return workbook.parse(content, str(path), findings)
    if content.startswith(_ZIP):
        return unpack(archive.files_of(content, str(path)), str(path), findings)
    if path.name in {PLAN_FILE, RUN_FILE} and beside_a_plan(path):
        raise plan_instead(path)
    if path.suffix.lower() == ".json" or content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return document.parse(content, str(path), findings)
    if beside_a_plan(path):
        raise plan_instead(path)
    message = m("This is no county: neither a folder, nor a workbook, nor a JSON document, nor a zip.")
    raise Unreadable("form", Place(file=str(path)), message, m("Name the folder with {file}.", file=HEAD_FILE))


def _folder(path: Path) -> Files:
    try:
        found = {file.name: partial(_bytes, file) for file in path.iterdir() if file.is_file()}
    except OSError as error:
        raise _unreadable(path, error) from None
    if HEAD_FILE not in found and PLAN_FILE in found:
        raise plan_instead(path)
    return found


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise _refused(path, m("it is no file"))  # a pipe or a device would be waited for
        if (size := path.stat().st_size) > MOST_BYTES:
            message = m("The file has {bytes} bytes; at most {most} are read.", bytes=size, most=MOST_BYTES)
            raise Unreadable("file-size", Place(file=str(path)), message, m("Give only the files of the county."))
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> Unreadable:
    return _refused(path, system_reason(error))


def _refused(path: Path, reason: Message) -> Unreadable:
    message = m("Cannot be read: {reason}.", reason=reason)
    return Unreadable("unreadable", Place(file=str(path)), message, m("Check the name, and that you may read it."))
