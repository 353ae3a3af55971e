"""Uploading a county: what is wrong with it is shown at its cell."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response, UploadFile

from liftplan.service.uploads import Unsound, shown_name
from liftplan.web.asking import Parts, Planner
from liftplan.web.rendering import page, see

router = APIRouter(include_in_schema=False)


@router.get("/upload")
def form(request: Request, _: Planner) -> Response:
    """The form."""
    return page(request, "upload.html")


@router.post("/upload")
async def upload(file: UploadFile, request: Request, service: Parts, who: Planner) -> Response:
    """Read a county and keep it, or say what is wrong with it."""
    name = shown_name(file.filename)
    try:
        kept = await service.uploads.keep(file.file, name, who)
    except Unsound as error:
        problems = [one for one in error.problems if not one.warning]
        return page(request, "unsound.html", status=422, problems=problems, file=name)
    return see(f"/counties/{kept.id}")
