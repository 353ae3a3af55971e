"""Style sheets, scripts and pictures: a fixed list, read once, under addresses that change with their content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Response

from liftplan.models.messages import m
from liftplan.service.refusals import missing

router = APIRouter(include_in_schema=False)

MEDIA = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
"""Ending of a file -> what it is."""

OF_REPORTS = {
    "comparison.css": "liftplan.reports.comparison.page",
    "comparison.js": "liftplan.reports.comparison.page",
    "conflicts.css": "liftplan.reports.conflicts.page",
}
"""Files that parts of reports need -> where they lie."""

FOREVER = {"cache-control": "public, max-age=31536000, immutable"}
"""A file under its digest never changes."""


@dataclass(frozen=True)
class Assets:
    """The files."""

    digest: str
    """Of all of them together: scripts that import one another stay in step."""
    contents: dict[str, bytes]
    """By name."""


@cache
def assets() -> Assets:
    """All files of the folder `static`, and those of reports."""
    found = {one.name: one.read_bytes() for one in files("liftplan.web").joinpath("static").iterdir() if one.is_file()}
    found |= {name: (files(package) / name).read_bytes() for name, package in OF_REPORTS.items()}
    contents = {name: found[name] for name in sorted(found) if name.rpartition(".")[2] in MEDIA}
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return Assets(digest.hexdigest()[:16], contents)


def address(name: str) -> str:
    """Where a file is fetched."""
    known = assets()
    if name not in known.contents:
        raise LookupError(name)
    return f"/static/{known.digest}/{name}"


@router.get("/static/{digest}/{name}")
def asset(digest: str, name: str) -> Response:
    """A file."""
    known = assets()
    if name not in known.contents:
        raise missing(m("There is no page {path}.", path=f"/static/{name}"))
    headers = FOREVER if digest == known.digest else {}
    return Response(known.contents[name], media_type=MEDIA[name.rpartition(".")[2]], headers=headers)
