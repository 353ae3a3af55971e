"""Writing a county in any of its forms, at once or not at all."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from liftplan.models.county import County
from liftplan.models.files import archive, document
from liftplan.models.files.parts import TableFormat, pack
from liftplan.models.files.targets import refuse_file, refuse_folder, refused
from liftplan.models.files.workbook.limits import beyond
from liftplan.models.files.workbook.write import Progress
from liftplan.models.files.workbook.write import write as write_workbook
from liftplan.models.messages import m
from liftplan.models.placing import put_folder
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
    made = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        if form == ".xlsx":
            made.parent.mkdir(parents=True, exist_ok=True)
            write_workbook(county, made, progress)
            made.replace(target)
        elif form == ".json":
            _write_file(made, document.render(county))
            made.replace(target)
        elif form == ".zip":
            _write_file(made, [archive.render(pack(county, table_format))])
            made.replace(target)
        else:
            made.mkdir(parents=True)
            for name, content in pack(county, table_format).items():
                (made / name).write_bytes(content)
            put_folder(made, target)
    except OSError as error:
        message = m("The county cannot be written: {reason}.", reason=system_reason(error))
        raise refused("target-write", target, message) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
        with suppress(OSError):
            made.unlink()


def _write_file(path: Path, pieces: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.writelines(pieces)
