"""Counties: list, upload, look at, delete."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response, UploadFile

import liftplan
from liftplan.models.base import Frozen
from liftplan.models.messages import m
from liftplan.service.asking import asking
from liftplan.service.counties import Uploaded
from liftplan.service.kinds import Name
from liftplan.service.outlines import Outline, Sizes
from liftplan.service.public.viewing import outline_for
from liftplan.service.refusals import Refused, Told, missing
from liftplan.service.roles import Who, owned
from liftplan.service.service import Service, service_of
from liftplan.service.texts import Noted, told
from liftplan.service.times import iso
from liftplan.service.uploads import shown_name

router = APIRouter(prefix="/counties", tags=["counties"])

Parts = Annotated[Service, Depends(service_of)]
Viewer = Annotated[Who, Depends(asking("viewer"))]
Planner = Annotated[Who, Depends(asking("planner"))]


class CountyTold(Frozen):
    """A county of this server."""

    id: str
    """Id for jobs."""
    origin: Literal["built-in", "uploaded"]
    """Where it comes from."""
    name: str | None
    """Name; null while a built-in county is being read for the first time."""
    sizes: Sizes | None
    """How large it is."""
    digest: str | None
    """SHA-256 of its content."""
    owner: str | None = None
    """Who uploaded it."""
    file: str | None = None
    """What the upload was called."""
    created: str | None = None
    """When, ISO 8601."""
    warnings: tuple[Told, ...] = ()
    """What is odd in it but may be meant."""


class Checked(Frozen):
    """A county that was read and not kept."""

    status: Literal["valid"] = "valid"
    name: str
    digest: str
    sizes: Sizes
    warnings: tuple[Told, ...]


REFUSED = {"model": Refused}


@router.get("")
async def listed(request: Request, service: Parts, who: Viewer) -> list[CountyTold]:
    """All counties, the built-in ones first."""
    language = request.state.language
    built_in = [_built_in(name, service.built_in.known(name), language) for name in liftplan.counties()]
    uploaded = await asyncio.to_thread(service.counties.listed)
    return [*built_in, *(_uploaded(one, language, who) for one in uploaded)]


@router.post("", status_code=201, responses={413: REFUSED, 422: REFUSED, 409: REFUSED})
async def upload(file: UploadFile, request: Request, response: Response, service: Parts, who: Planner) -> CountyTold:
    """Upload a county (workbook, JSON document or zip). If it has problems all are told, and nothing is kept."""
    kept = await service.uploads.keep(file.file, shown_name(file.filename), who)
    response.headers["location"] = f"/v1/counties/{kept.id}"
    return _uploaded(kept, request.state.language, who)


@router.post("/validate", responses={413: REFUSED, 422: REFUSED})
async def validate(file: UploadFile, request: Request, service: Parts, _: Planner) -> Checked:
    """Check a county and keep nothing of it."""
    outline, warnings = await service.uploads.check(file.file, shown_name(file.filename))
    language = request.state.language
    return Checked(
        name=outline.name.spoken(language),
        digest=outline.digest,
        sizes=outline.sizes,
        warnings=told(warnings, language, warnings=True),
    )


@router.get("/{county}", responses={404: REFUSED})
async def one(county: Name, request: Request, service: Parts, who: Viewer) -> CountyTold:
    """One county."""
    language = request.state.language
    if county in liftplan.counties():
        return _built_in(county, await service.built_in.outline(county), language)
    return _uploaded(await asyncio.to_thread(service.counties.get, county), language, who)


@router.get("/{county}/outline", responses={404: REFUSED})
async def outline(county: Name, service: Parts, who: Viewer) -> Outline:
    """A county in outline: departments, funds, villages, rules; no household."""
    if county not in liftplan.counties():
        return outline_for(who, (await asyncio.to_thread(service.counties.get, county)).outline).outline
    known = await service.built_in.outline(county)
    if known is None:
        raise missing(m("The county is still being read."))
    return outline_for(who, known).outline


@router.delete("/{county}", status_code=204, responses={404: REFUSED, 409: REFUSED})
def delete(county: Name, service: Parts, who: Planner) -> None:
    """Delete an uploaded county; plans made for it keep their own copy."""
    owned(who, service.counties.get(county).owner)
    service.counties.forget(county)


def _built_in(name: str, outline: Outline | None, language: str) -> CountyTold:
    if outline is None:
        return CountyTold(id=name, origin="built-in", name=None, sizes=None, digest=None)
    shown = outline.name.spoken(language)
    return CountyTold(id=name, origin="built-in", name=shown, sizes=outline.sizes, digest=outline.digest)


def _uploaded(county: Uploaded, language: str, who: Who) -> CountyTold:
    outline = county.outline
    warnings: tuple[Noted, ...] = county.warnings if who.may("planner") else ()  # they may name households
    return CountyTold(
        id=county.id,
        origin="uploaded",
        name=outline.name.spoken(language),
        sizes=outline.sizes,
        digest=outline.digest,
        owner=county.owner,
        file=county.file,
        created=iso(county.created),
        warnings=told(warnings, language, warnings=True),
    )
