"""Adding the pages to the service's endpoints."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from threading import Thread
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from liftplan.models.messages import m
from liftplan.models.reasons import quoted
from liftplan.service.asgi import Scope
from liftplan.service.refusals import Refusal
from liftplan.service.sessions import Sessions
from liftplan.service.uploads import Unsound
from liftplan.web import assets
from liftplan.web.rendering import load_templates, page
from liftplan.web.routes import (
    comparisons,
    counties,
    curves,
    entrance,
    feasibility,
    jobs,
    plans,
    reasons,
    scenarios,
    start,
    uploads,
)

ROUTERS = (
    assets.router,
    entrance.router,
    start.router,
    uploads.router,
    counties.router,
    plans.router,
    reasons.router,
    scenarios.router,
    feasibility.router,
    curves.router,
    comparisons.router,
    jobs.router,
)
"""Pages by their addresses."""

Answerer = Callable[[Request, Any], Awaitable[Response]]


def mount(app: FastAPI, sessions: Sessions) -> None:
    """Add the pages; what goes wrong on one of them is told on a page."""
    app.state.sessions = sessions
    app.state.painter = painted
    for router in ROUTERS:
        app.include_router(router)
    for kind, answerer in ((Refusal, refused), (Unsound, unsound), (RequestValidationError, misread)):
        _shown(app, kind, answerer)
    for status in (400, 404, 405, 415):
        _shown(app, status, failed)
    app.add_exception_handler(Exception, broken)
    Thread(target=load_templates, daemon=True).start()  # beside everything else that a server begins with


def _shown(app: FastAPI, kind: int | type[Exception], shown: Answerer) -> None:
    """Let `/v1` answer as before, everything else with a page."""
    programs: Any = app.exception_handlers[kind]

    async def answer(request: Request, error: Exception) -> Response:
        if request.url.path.startswith("/v1"):
            answered: Response = await programs(request, error)
            return answered
        return await shown(request, error)

    app.add_exception_handler(kind, answer)


async def refused(request: Request, error: Refusal) -> Response:
    """A page that says why something cannot be done."""
    found = page(request, "refusal.html", status=error.status, message=error.message, way_out=error.way_out)
    found.headers.update(error.headers)
    return found


def painted(scope: Scope, status: int, message: str, way_out: str) -> bytes:
    """The same page for a call that was turned away before it reached the pages."""
    return bytes(page(Request(scope), "refusal.html", status=status, message=message, way_out=way_out).body)


async def unsound(request: Request, error: Unsound) -> Response:
    """A page with the problems of an upload."""
    return page(request, "unsound.html", status=422, problems=[one for one in error.problems if not one.warning])


async def misread(request: Request, error: RequestValidationError) -> Response:
    """A page that says what was not understood."""
    first = error.errors()[0]
    message = m("The request cannot be understood: {reason}.", reason=quoted(first["msg"]))
    return page(request, "refusal.html", status=422, message=message, way_out=m("Go back and try again."))


async def failed(request: Request, error: HTTPException) -> Response:
    """A page for an address at which there is none."""
    message = m("The request cannot be understood: {reason}.", reason=quoted(HTTPStatus(error.status_code).phrase))
    if error.status_code == 404:
        message = m("There is no page {path}.", path=request.url.path)
    return page(request, "refusal.html", status=error.status_code, message=message, way_out=m("Begin at the counties."))


async def broken(request: Request, error: Exception) -> Response:
    """What is told if liftplan itself is at fault; the server's own output has the details."""
    message = m("Internal error ({kind}). This is a fault of liftplan.", kind=type(error).__name__)
    refusal = Refusal(500, "internal", message, m("Please report what you did."))
    if request.url.path.startswith("/v1"):
        return JSONResponse(refusal.content(request.state.language), 500)
    return page(request, "refusal.html", status=500, message=refusal.message, way_out=refusal.way_out)
