"""All documents of a plan: name of the file -> content."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping

from liftplan.models.county import County
from liftplan.models.messages import Message, language, m
from liftplan.models.plan import Plan
from liftplan.reports.documents.accounts import accounts
from liftplan.reports.documents.facts import Facts
from liftplan.reports.documents.minutes import minutes
from liftplan.reports.documents.notice import notice
from liftplan.reports.documents.paper import ENTRY_DATE
from liftplan.reports.documents.scheme import scheme
from liftplan.reports.frames import PlanTables

INDEX_FILE = "documents.json"
"""What lists the documents, and marks a folder as one of documents."""

INDEX_VERSION = 1
"""Version of the list."""

WHOLE_COUNTY = 3
"""Documents that are of the county: its plan, the accounts, the archive of the minutes."""

Watch = Callable[[int, int], None]
"""Takes how many documents are made, and how many there will be."""

WICKED = re.compile(r'[\x00-\x1f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+')
"""Characters that names of files cannot hold, or that hide what they say."""

LONGEST_NAME = 60
"""Characters of a village's or department's name in the name of a file."""


def plan_documents(plan: Plan, county: County, watch: Watch | None = None) -> dict[str, bytes]:
    """Every document of a plan, in the current language: path within the folder -> content.

    The same plan gives the same bytes.

    Parameters
    ----------
    watch
        Told how many documents are made, of how many: first none, at last all. What it raises ends the work.

    Raises
    ------
    InputProblems
        If there is no font for the charts on this machine.
    """
    facts = Facts(plan, county, PlanTables(plan, county))
    files: dict[str, bytes] = {}
    listed: list[dict[str, str]] = []

    count = len(facts.by_department) + len(facts.villages) + WHOLE_COUNTY

    def tell() -> None:
        if watch is not None:
            watch(len(files), count)

    def add(kind: str, subject: str, path: str, content: bytes) -> None:
        files[path] = content
        listed.append({"kind": kind, "subject": subject, "path": path})
        tell()

    tell()

    add("county-plan", county.head.id, _name(m("County plan")) + ".docx", scheme(facts))
    add("accounts", county.head.id, _name(m("Accounts by department")) + ".xlsx", accounts(facts))
    for department, name in _numbered(facts.by_department, facts.departments):
        add("notice", department, _name(m("Department notices")) + f"/{name}.docx", notice(facts, department))
    villages = {village: facts.village_name(village) for village in facts.villages}
    together: dict[str, bytes] = {}
    for village, name in _numbered(facts.villages, villages):
        together[f"{name}.docx"] = minutes(facts, village)
        add("minutes", village, _name(m("Village minutes")) + f"/{name}.docx", together[f"{name}.docx"])
    add("minutes-all", county.head.id, _name(m("Village minutes")) + ".zip", _packed(together))
    return {**files, INDEX_FILE: _index(plan, listed)}


def _index(plan: Plan, listed: list[dict[str, str]]) -> bytes:
    content = {
        "documents_version": INDEX_VERSION,
        "language": language(),
        "plan_digest": plan.digest,
        "county_digest": plan.county.digest,
        "documents": listed,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _packed(files: dict[str, bytes]) -> bytes:
    """Files in one archive; they are packed already."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, ENTRY_DATE), content)
    return written.getvalue()


def _numbered(ids: Iterable[str], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Ids with names of files: a number, so that none comes twice, and what of the name a file may be called."""
    listed = list(ids)
    width = max(2, len(str(len(listed))))
    for number, id_ in enumerate(listed, 1):
        yield id_, f"{number:0{width}d}-{_plain(names[id_]) or id_}"


def _plain(name: str) -> str:
    return WICKED.sub(" ", name).strip(" .")[:LONGEST_NAME].strip(" .")


def _name(kind: Message) -> str:
    """The name of a file or folder in the current language; spaces become hyphens."""
    return str(kind).replace(" ", "-")
