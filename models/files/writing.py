"""Writing a county in any of its forms, at once or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from liftplan.models.county import County
from liftplan.models.files import archive, document
from liftplan.models.files.parts import TableFormat, pack
from liftplan.models.files.targets import refuse_file, refuse_folder, refused
from liftplan.models.files.workbook.limits import beyond
from liftplan.models.files.workbook.write import Progress
from liftplan.models.files.workbook.write import write as write_workbook
from liftplan.models.messages import m
from liftplan.models.placing import file_made, folder_made
from liftplan.models.problems import InputProblems
from liftplan.models.reasons import system_reason


def write_county(
    county: County,
    path: str | Path,
    *,
    table_format: TableFormat = "csv",
    overwrite: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write a county; it appears complete, or not at all.

    Parameters
    ----------
    county
        The county; it is not validated.
    path
        A name that ends in `.xlsx` makes a workbook in the current language, one in `.json` a document, one in `.zip`
        an archive, any other a folder.
    table_format
        Of the tables in a folder or archive.
    overwrite
        Replace the county that is there; nothing but a county ever is.
    progress
        Told how many rows of a workbook are written, and how many there are; other forms take no time to speak of.

    Raises
    ------
    InputProblems
        If something is in the way, cannot be written, or does not fit into a workbook.
    """
    target = Path(path).resolve()
    form = target.suffix.lower()
    if form in {".json", ".zip", ".xlsx"}:
        refuse_file(target, overwrite=overwrite)
    else:
        refuse_folder(target, overwrite=overwrite)
    if form == ".xlsx" and (problems := beyond(county, str(target))):
        raise InputProblems(problems)
    try:
        if form == ".xlsx":
            with file_made(target) as made:
                write_workbook(county, made, progress)
        elif form == ".json":
            _write_file(target, document.render(county))
        elif form == ".zip":
            _write_file(target, [archive.render(pack(county, table_format))])
        else:
            with folder_made(target) as made:
                for name, content in pack(county, table_format).items():
                    (made / name).write_bytes(content)
    except OSError as error:
        message = m("The county cannot be written: {reason}.", reason=system_reason(error))
        raise refused("target-write", target, message) from error


def _write_file(target: Path, pieces: Iterable[bytes]) -> None:
    with file_made(target) as made, made.open("wb") as stream:
        stream.writelines(pieces)
