"""Pages from templates: everything that is not markup already is escaped, in the reader's language."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from liftplan.models.messages import Message, m, speaking
from liftplan.reports.page.html import Html
from liftplan.reports.page.shell import SPOKEN
from liftplan.service.roles import LOCAL, Who
from liftplan.web import assets, navigation, showing

HEADERS = {"referrer-policy": "same-origin", "cross-origin-resource-policy": "same-origin"}
"""Browsers say where a form comes from only if the policy lets them; `Guard` wants to know."""


@cache
def environment() -> Environment:
    """The templates, and what they may call."""
    found = Environment(
        loader=PackageLoader("liftplan.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_plain,
    )
    found.globals.update(
        m=m, static=assets.address, languages=SPOKEN, menu=navigation.menu, sections_of_county=navigation.county_tabs,
        sections_of_plan=navigation.plan_tabs,
    )  # fmt: skip
    found.globals.update(showing.CALLS)
    found.filters.update(showing.FILTERS)
    return found


def load_templates() -> None:
    """Read all templates, so that no page waits for that."""
    for name in environment().list_templates(["html"]):
        environment().get_template(name)


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in the caller's language.

    Besides `values` a template knows `path` (of this page, with its query), `language`, `tag`, `who` (None before the
    login), `logged_in`, and all of `showing`.
    """
    language, who = request.state.language, request.state.who
    path = quote(request.url.path) + (f"?{request.url.query}" if request.url.query else "")
    with speaking(language):
        text = environment().get_template(template).render(
            **values,
            path=path,
            language=language,
            tag=SPOKEN[language][0],
            who=who,
            logged_in=who is not None and who is not LOCAL,
            may=lambda role: _may(who, role),
        )  # fmt: skip
    return HTMLResponse(text, status, HEADERS)


def see(address: str) -> RedirectResponse:
    """The answer to a form: look at another page now."""
    return RedirectResponse(address, 303, HEADERS)


def _may(who: Who | None, role: Any) -> bool:
    return who is not None and who.may(role)


def _plain(value: Any) -> Any:
    """A value as a template writes it: never a line that begins with the sign of a share; None is nothing."""
    if value is None:
        return ""
    if isinstance(value, Html) or hasattr(value, "__html__"):
        return value
    return str(value).replace(" %", "\u00a0%") if isinstance(value, str | Message) else value
