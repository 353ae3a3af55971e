"""Internal errors: saved as a folder that repeats them."""

from __future__ import annotations

import errno
import json
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import liftplan
from liftplan.models.presence import unreachable
from liftplan.models.problems import InternalError, LiftplanError
from liftplan.solver.rejected import RejectedPlan

if TYPE_CHECKING:
    from liftplan.models.county import County
    from liftplan.models.plan import Plan


class Failed(InternalError):
    """An internal error, saved in `folder` (None: it could be saved nowhere); its cause is the error itself."""

    def __init__(self, error: BaseException, folder: Path | None) -> None:
        super().__init__(f"{error}; what repeats it is saved in {folder}" if folder else str(error))
        self.folder = folder


@contextmanager
def reproducible(
    settings: Mapping[str, Any],
    county: County | None = None,
    warm_start: Plan | None = None,
    *,
    own: bool = False,
) -> Iterator[None]:
    """Turn an unexpected error inside the block into `Failed`, with what repeats it saved.

    Errors that liftplan raises on purpose pass; a name that is too long for the system is bad input. own: so do all
    others but liftplan's own `InternalError`s.
    """
    try:
        yield
    except Failed:
        raise
    except Exception as error:
        if not isinstance(error, InternalError) and (own or isinstance(error, LiftplanError)):
            raise
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            raise unreachable(error, str(error.filename or "")) from error
        raise Failed(error, save_failure(error, settings, county, warm_start)) from error


def save_failure(
    error: BaseException,
    settings: Mapping[str, Any],
    county: County | None = None,
    warm_start: Plan | None = None,
    plan: Plan | None = None,
) -> Path | None:
    """Save what repeats an internal error: `county.zip`, `settings.json`, `traceback.txt`, and plans.

    `plan.json` is the plan that the checker rejected, or that a report could not be made of (`plan`), `warm-start.json`
    the one that the solve began with. Returns the folder: in `liftplan-out`, or where temporary files go; None if it
    can be written nowhere.
    """
    content = json.dumps(dict(settings), ensure_ascii=False, indent=1, sort_keys=True, default=str)
    files = {"traceback.txt": "".join(traceback.format_exception(error)), "settings.json": content + "\n"}
    if isinstance(error, RejectedPlan):
        plan = error.plan
    if plan is not None:
        files["plan.json"] = plan.model_dump_json(indent=1)
    if warm_start is not None:
        files["warm-start.json"] = warm_start.model_dump_json(indent=1)
    for parent in (Path("liftplan-out"), Path(tempfile.gettempdir())):
        try:
            parent.mkdir(exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix="error-", dir=parent)).absolute()
            for name, text in files.items():
                (folder / name).write_text(text, encoding="utf-8")
        except OSError:
            continue
        if county is not None:
            with suppress(Exception):  # the traceback without the county is better than nothing
                liftplan.convert(county, folder / "county.zip")
        return folder
    return None
