"""Writing a county, at once or not at all."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from liftplan.models.county import County
from liftplan.models.files import archive
from liftplan.models.files.parts import HEAD_FILE, TableFormat, pack
from liftplan.models.messages import Message, m
from liftplan.models.problems import InputProblems, Place, Problem


def write_county(
    county: County, path: str | Path, *, table_format: TableFormat = "csv", overwrite: bool = False
) -> None:
    """Write a county to a folder or a `.zip`."""
    target = Path(path).absolute()
    if target.suffix == ".zip":
        if target.exists() and not overwrite:
            raise _refused("target-exists", target, m("There is a county here already."))
        target.parent.mkdir(parents=True, exist_ok=True)
        packed = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
        packed.write_bytes(archive.render(pack(county, table_format)))
        packed.replace(target)
        return
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        if not (target / HEAD_FILE).is_file():
            raise _refused("target-other", target, m("There is something else than a county here."))
        if not overwrite:
            raise _refused("target-exists", target, m("There is a county here already."))
    made = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    try:
        made.mkdir(parents=True)
        for name, content in pack(county, table_format).items():
            (made / name).write_bytes(content)
        if target.exists():
            shutil.rmtree(target)
        made.rename(target)
    except OSError as error:
        raise _refused("target-write", target, m("The county cannot be written: {reason}.", reason=error)) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _refused(code: str, target: Path, message: Message) -> InputProblems:
    return InputProblems([Problem(code, Place(file=str(target)), message, m("Choose another name."))])
