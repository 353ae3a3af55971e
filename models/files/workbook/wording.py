"""What problems call the sheets, columns and choices of a workbook."""

from __future__ import annotations

from collections.abc import Mapping

from liftplan.models.files.workbook.headers import header_of
from liftplan.models.files.workbook.words.choices import NO, YES, names_of
from liftplan.models.files.workbook.words.columns import NAMES
from liftplan.models.files.workbook.words.sheets import SHEETS
from liftplan.models.wording import Wording

_COLUMNS = {field: header_of(field) for field in NAMES}

_VALUES = {**names_of(("hard", "soft", "off")), **names_of(("projects", "measures")), "true": YES, "false": NO}


def wording_of(tabs: Mapping[str, str]) -> Wording:
    """The names in a workbook. tabs: what its sheets are called, by table; others are as they would be."""
    return Wording({**SHEETS, **tabs}, _COLUMNS, _VALUES)
