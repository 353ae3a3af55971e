"""The office's documents of a plan, written as a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from liftplan.api.checked import checked
from liftplan.api.extras import part
from liftplan.api.solution import Solution
from liftplan.models.county import County
from liftplan.models.messages import Message, m
from liftplan.models.placing import folder_made
from liftplan.models.plan import Plan
from liftplan.models.problems import InputProblems, Place, Problem
from liftplan.models.reasons import system_reason

ROOM = "liftplan.reports.documents"
"""What writes the documents, and needs the packages of the extra `documents`."""

INDEX_FILE = "documents.json"
"""What marks a folder as one of documents."""


def documents(
    plan: Plan | Solution | str | Path,
    folder: str | Path,
    *,
    county: County | str | Path | None = None,
    overwrite: bool = False,
    watch: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Write the office's documents of a plan, in the current language: they appear all, or not at all.

    County plan, department notices, village minutes (also as one archive), the finance bureau's workbook, and
    `documents.json`, which lists them.

    Parameters
    ----------
    plan
        A plan or a solution, or the path of a plan folder or `plan.json`; it is verified first.
    folder
        Where to write. A folder of documents is replaced, whole, only with `overwrite`; nothing else ever is.
    county
        As for `verify`.
    watch
        Called with the number of documents made and of all, first with none; what it raises ends the work, and nothing
        is written.

    Returns
    -------
    list[Path]
        The files, absolute; the list `documents.json` comes last.

    Raises
    ------
    PlanRejected
        If the checker rejects the plan.
    InputProblems
        If plan or county cannot be read, the folder is in the way or cannot be written, or a package or a font is
        missing.
    """
    writer = part(ROOM, "documents")
    out = Path(folder).absolute()
    _refuse(out, overwrite=overwrite)
    return _write(writer.plan_documents(*checked(plan, county), watch), out)


def _refuse(out: Path, *, overwrite: bool) -> None:
    """Raise `InputProblems` if no documents may be written here."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not (out.is_dir() and (out / INDEX_FILE).is_file()):
        raise _refused("documents-other", out, m("There is something else than documents here."))
    if not overwrite:
        raise _refused("documents-exist", out, m("There are documents here already."))


def _write(files: Mapping[str, bytes], out: Path) -> list[Path]:
    try:
        with folder_made(out) as made:
            for name, content in files.items():
                (made / name).parent.mkdir(parents=True, exist_ok=True)
                (made / name).write_bytes(content)
    except OSError as error:
        message = m("The folder cannot be written: {reason}.", reason=system_reason(error))
        raise _refused("documents-write", out, message) from error
    return [out / name for name in files]


def _refused(code: str, out: Path, message: Message) -> InputProblems:
    way_out = m("Name another folder with --out; --overwrite replaces a folder of documents.")
    return InputProblems([Problem(code, Place(file=str(out)), message, way_out)])
