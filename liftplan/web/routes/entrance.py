"""Language, login and logout."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request, Response

from liftplan.service.service import service_of
from liftplan.service.sessions import LANGUAGE, SESSION, Sessions
from liftplan.web.rendering import page, see

router = APIRouter(include_in_schema=False)

YEAR = 365 * 86_400


def inside(address: str) -> str:
    """An address of this server, whatever was asked for: a path, never another site's."""
    sound = address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
    return address if sound else "/"


@router.get("/language/{code}")
def speak(code: Literal["en", "zh"], back: Annotated[str, Query(max_length=2_000)] = "/") -> Response:
    """Choose a language and go back."""
    answer = see(inside(back))
    answer.set_cookie(LANGUAGE, code, max_age=YEAR, path="/", httponly=True, samesite="lax")
    return answer


@router.get("/login")
def login(request: Request, next_: Annotated[str, Query(alias="next", max_length=2_000)] = "/") -> Response:
    """The form that asks for a token."""
    if request.state.who is not None:
        return see(inside(next_))
    return page(request, "login.html", next=inside(next_), wrong=False)


@router.post("/login")
async def enter(
    request: Request,
    token: Annotated[str, Form(max_length=300)],
    next_: Annotated[str, Form(alias="next", max_length=2_000)] = "/",
) -> Response:
    """Log in."""
    sessions: Sessions = request.app.state.sessions
    name = await asyncio.to_thread(sessions.begin, token.strip())
    if name is None:
        return page(request, "login.html", status=401, next=inside(next_), wrong=True)
    answer = see(inside(next_))
    names = {name.lower() for name in service_of(request).serving.hostnames}
    named = request.headers.get("host", "").lower() in names
    answer.set_cookie(SESSION, name, path="/", httponly=True, samesite="strict", secure=named)
    return answer


@router.post("/logout")
def leave(request: Request) -> Response:
    """Log out."""
    sessions: Sessions = request.app.state.sessions
    sessions.end(request.cookies.get(SESSION, ""))
    answer = see("/login")
    answer.delete_cookie(SESSION, path="/", httponly=True, samesite="strict")
    return answer
