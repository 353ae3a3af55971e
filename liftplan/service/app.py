"""The application: endpoints inside, what protects them around."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

import liftplan
from liftplan.models.messages import m
from liftplan.models.reasons import quoted
from liftplan.service.access import Access
from liftplan.service.asgi import Application
from liftplan.service.audit import Audit, AuditLog
from liftplan.service.browsers import Browsers
from liftplan.service.database import Database
from liftplan.service.guard import Guard
from liftplan.service.headers import Headers
from liftplan.service.rates import Rates
from liftplan.service.refusals import Refusal, Refused, misread
from liftplan.service.routes import about, counties, jobs
from liftplan.service.service import running
from liftplan.service.sessions import Sessions
from liftplan.service.settings import Serving
from liftplan.service.sizes import Sizes
from liftplan.service.texts import told
from liftplan.service.tokens import Tokens
from liftplan.service.uploads import Unsound

DESCRIPTION = """Counties and jobs of one office. A job is asked for, followed, and fetched; identical jobs share one
result. Every refusal is an object with `problems`, each with code, place, message and way out, in the language of
`Accept-Language` (en, zh)."""


Mount: TypeAlias = Callable[[FastAPI, Sessions], None]
"""What adds pages to the endpoints."""


def application(serving: Serving, port: int, mount: Mount | None = None) -> Application:
    """The whole application. port: the one really listened on. Raises `InputProblems` if the store cannot be used.

    mount: what adds pages to the endpoints; whatever it adds is protected like them.
    """
    database, tokens = Database(serving.store), Tokens(serving.store)
    sessions, app = Sessions(tokens), endpoints(serving, database)
    if mount is not None:
        mount(app, sessions)
    inner: Application = app
    inner = Sizes(inner, serving.limits.upload_bytes)
    inner = Rates(inner, serving.limits.requests_per_minute)
    inner = Access(inner, tokens, sessions, asked=serving.asks_for_tokens)
    inner = Guard(inner, serving, port)
    inner = Audit(inner, AuditLog(serving.store))
    inner = Browsers(inner, lambda: getattr(app.state, "painter", None))
    return Headers(inner)


def endpoints(serving: Serving, database: Database) -> FastAPI:
    """The endpoints, without what protects them."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with running(serving, database) as service:
            app.state.service = service
            yield

    app = FastAPI(
        title="liftplan",
        version=liftplan.__version__,
        description=DESCRIPTION,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    refused: dict[int | str, dict[str, Any]] = {
        status: {"model": Refused, "description": text}
        for status, text in {
            400: "The content cannot be read.",
            401: "A token is missing.",
            403: "The caller may not do this.",
            413: "Too large.",
            421: "Another server is meant.",
            422: "The request, or what was uploaded, has problems.",
            429: "Too many requests, or too many jobs wait.",
        }.items()
    }
    api = APIRouter(prefix="/v1", responses=refused)
    for part in (about, counties, jobs):
        api.include_router(part.router)
    app.include_router(api)

    @app.exception_handler(Refusal)
    async def refusal(request: Request, error: Refusal) -> JSONResponse:
        return JSONResponse(error.content(request.state.language), error.status, error.headers)

    @app.exception_handler(Unsound)
    async def unsound(request: Request, error: Unsound) -> JSONResponse:
        problems = [one.model_dump() for one in told(error.problems, request.state.language)]
        return JSONResponse({"problems": problems}, 422)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse(misread(error.errors(), request.state.language), 422)

    async def http(request: Request, error: Exception) -> JSONResponse:
        status = getattr(error, "status_code", 400)
        message = m("The request cannot be understood: {reason}.", reason=quoted(str(getattr(error, "detail", ""))))
        content = Refusal(status, "request", message).content(request.state.language)
        return JSONResponse(content, status, getattr(error, "headers", None))

    for status in (400, 404, 405, 415):
        app.add_exception_handler(status, http)
    return app
