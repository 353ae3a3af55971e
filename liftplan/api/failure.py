"""Internal errors: saved as a folder that repeats them, instead of a traceback on the screen."""

from __future__ import annotations

import json
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import liftplan
from liftplan.models.problems import InternalError, LiftplanError


class Failed(Exception):
    """An internal error, saved in `folder` (None: it could be saved nowhere)."""

    def __init__(self, folder: Path | None) -> None:
        super().__init__(str(folder))
        self.folder = folder


@contextmanager
def reproducible(settings: Mapping[str, Any], county: Any = None) -> Iterator[None]:
    """Turn an unexpected error inside the block into `Failed`, with what repeats it saved."""
    try:
        yield
    except Failed:
        raise
    except Exception as error:
        if isinstance(error, LiftplanError) and not isinstance(error, InternalError):
            raise
        raise Failed(save_failure(error, settings, county)) from error


def save_failure(error: BaseException, settings: Mapping[str, Any], county: Any = None) -> Path | None:
    """Save what repeats an internal error: `county.zip`, `settings.json`, `traceback.txt`.

    Returns the folder: in `liftplan-out`, or where temporary files go; None if it can be written nowhere.
    """
    for parent in (Path("liftplan-out"), Path(tempfile.gettempdir())):
        try:
            parent.mkdir(exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix="error-", dir=parent)).absolute()
            (folder / "traceback.txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")
            content = json.dumps(dict(settings), ensure_ascii=False, indent=1, sort_keys=True, default=str)
            (folder / "settings.json").write_text(content + "\n", encoding="utf-8")
        except OSError:
            continue
        if county is not None:
            with suppress(Exception):  # the traceback without the county is better than nothing
                liftplan.convert(county, folder / "county.zip")
        return folder
    return None
