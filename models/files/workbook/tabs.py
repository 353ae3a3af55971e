"""Tabs: which sheet of a workbook is which."""

from __future__ import annotations

from liftplan.models.files.planinstead import plan_instead
from liftplan.models.files.texts import Unreadable
from liftplan.models.files.workbook.package import Package, Part, empty
from liftplan.models.files.workbook.words.name import listed
from liftplan.models.files.workbook.words.sheets import COUNTY, MINIMUMS, OTHERWISE, README, RULES, SHEETS
from liftplan.models.findings import Findings
from liftplan.models.messages import LANGUAGES, m
from liftplan.models.nearest import Nearest, plain
from liftplan.models.problems import Place
from liftplan.models.validate.cells import NEVER_EMPTY

_KNOWN = {plain(text): key for key, name in SHEETS.items() for text in (key, name.en, name.zh)}

_MEANT = {plain(text): key for key, texts in OTHERWISE.items() for text in texts}

_OF_PLAN = {plain(m("Ledger").text(name)) for name in LANGUAGES}
"""The sheet that a plan's workbook has, and no county's."""

_BY_DEFAULT = (RULES, MINIMUMS)
"""Sheets whose absence is told: rules would quietly be those that are there by default."""


def chosen(package: Package, file: str, findings: Findings) -> dict[str, Part]:
    """The sheets that hold a county, by table; what is wrong with the tabs is noted.

    Raises
    ------
    Unreadable
        If there is none.
    """
    found: dict[str, Part] = {}
    unknown: list[Part] = []
    for part in package.parts:
        key = _KNOWN.get(plain(part.name), "")
        if not key:
            unknown.append(part)
        elif key in found:
            message = m("The table is here twice: {one} and {other}.", one=found[key].name, other=part.name)
            place = Place(file=file, sheet=part.name)
            findings.add("table-twice", place, message, m("Keep the right one."))
        else:
            found[key] = part
            if part.hidden and key != README and not empty(part):
                message = m("The sheet {sheet} is hidden; it counts like the others.", sheet=part.name)
                way_out = m("Show it, and look whether it is meant.")
                findings.add("hidden", Place(file=file, sheet=part.name), message, way_out, warning=True)
    found.pop(README, None)
    if COUNTY not in found and any(plain(part.name) in _OF_PLAN for part in unknown):
        raise plan_instead(file)
    for part in unknown:
        _note_unknown(part, found, file, findings)
    if not found:
        findings.problems.clear()
        message = m("This workbook has no sheet of a county.")
        raise Unreadable("form", Place(file=file), message, m("`liftplan new county.xlsx` writes one to fill in."))
    for key in (COUNTY, *_BY_DEFAULT, *NEVER_EMPTY):
        if key not in found and key not in findings.unread:
            _note_missing(key, file, findings)
    return found


def _note_unknown(part: Part, found: dict[str, Part], file: str, findings: Findings) -> None:
    """A sheet that is no table: misspelt, somebody's own, or blank."""
    if part.name.strip().startswith("#") or empty(part):
        return
    place = Place(file=file, sheet=part.name)
    near = _MEANT.get(plain(part.name)) or _KNOWN.get(plain(Nearest(_KNOWN)(part.name)), README)
    if near not in {*found, README}:
        message = m("The sheet {sheet} is no table of a county.", sheet=part.name)
        way_out = m("Did you mean {name}? Begin its name with # if it is your own.", name=SHEETS[near])
        findings.add("table-unknown", place, message, way_out)
        findings.unread.add(near)
        return
    names = listed(SHEETS.values())
    message = m("The sheet {sheet} is no table of a county, and is not read.", sheet=part.name)
    way_out = m("Begin its name with # if it is your own; the tables are {names}.", names=names)
    findings.add("sheet-unknown", place, message, way_out, warning=True)


def _note_missing(key: str, file: str, findings: Findings) -> None:
    message = m("The sheet {sheet} is missing.", sheet=SHEETS[key])
    if key == COUNTY:
        way_out = m("Add it; `liftplan new county.xlsx` writes an example.")
        findings.add("sheet-missing", Place(file=file), message, way_out)
    elif key in NEVER_EMPTY:
        findings.add("sheet-missing", Place(file=file), message, m("Add it, with at least one row."))
        findings.unread.add(key)
    else:
        way_out = m("Add it, or see whether the values that are there by default are meant.")
        findings.add("sheet-missing", Place(file=file), message, way_out, warning=True)
