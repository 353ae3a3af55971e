"""The scenario editor: a county's figures and rules as fields; what is changed becomes a solve."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError

import liftplan
from liftplan.models.messages import Message, m, speaking
from liftplan.models.policy import Policy
from liftplan.service import scenarios
from liftplan.service.kinds import Name, SolveRequest, SolveSettings
from liftplan.service.outlines import Outline
from liftplan.service.refusals import Refusal
from liftplan.service.routes.jobs import asked_for
from liftplan.web.asking import Parts, Planner
from liftplan.web.changes import FUND, MORE, PRICE, PURPOSES, RULE, SHARE, Read, choices, form_of, read
from liftplan.web.jobs import scenario_of
from liftplan.web.knobs import knobs
from liftplan.web.money import budgets
from liftplan.web.rendering import page, see
from liftplan.web.repairs import repair_of
from liftplan.web.routes.outlines import Outlined
from liftplan.web.rules import ENFORCED, rules
from liftplan.web.showing import spoken

router = APIRouter(include_in_schema=False)

TIMES = {"30": m("30 seconds"), "120": m("2 minutes"), "600": m("10 minutes"), "3600": m("1 hour")}
GAPS = {"0.0001": "0.01 %", "0.001": "0.1 %", "0.01": "1 %", "0": m("none: proved best")}
"""What the editor offers for a solve."""

ALONE = ("separate", "base")
"""Built-in scenarios that the editor does not begin with: they are no plan of one decision, or change nothing."""

MOST_BYTES = 512 * 1024
"""Fields of the form, all together."""


@router.get("/counties/{county}/scenario")
def editor(
    county: Name,
    request: Request,
    service: Parts,
    outline: Outlined,
    _: Planner,
    since: Annotated[Name | None, Query(alias="from")] = None,
    repair: Annotated[Name | None, Query()] = None,
    kind: Annotated[Name, Query()] = "yuan",
) -> Response:
    """The editor: the county as it is, as in an earlier plan, or with a repair."""
    form: dict[str, str] = {}
    if since or repair:
        job = scenario_of(service, since or repair or "", county)
        lines = tuple(job.asked.get("overrides", ()))
        if repair:
            lines += repair_of(service, job, kind).overrides
        with speaking(request.state.language):
            form = form_of(lines, outline)
        form["base"] = (list(job.asked.get("scenario", ())) or [""])[-1]
    return _shown(request, county, outline, form)


@router.post("/counties/{county}/scenario/lines")
async def lines(request: Request, outline: Outlined, _: Planner) -> Response:
    """What the form asks for so far, as a piece of the page."""
    form = await _form(request)
    with speaking(request.state.language):
        found = read(form, outline)
    return page(request, "changes.html", found=found)


@router.post("/counties/{county}/scenario")
async def run(county: Name, request: Request, service: Parts, outline: Outlined, who: Planner) -> Response:
    """Solve the scenario; or show the form again with what is wrong."""
    form = await _form(request)
    with speaking(request.state.language):
        found = read(form, outline)
        name = name_of(form, found.lines, outline)
    if found.wrong:
        return _shown(request, county, outline, form, found.wrong, 422)
    base = form.get("base", "")
    longest = service.serving.limits.job_seconds
    try:
        asked = SolveRequest(
            kind="solve",
            county=county,
            scenario=(base,) if base else (),
            overrides=found.lines,
            name=name if found.lines else "",
            language=request.state.language,
            settings=SolveSettings(
                gap=float(form.get("gap") or 1e-4), time_limit=min(float(form.get("seconds") or 120), longest)
            ),
        )
    except (ValidationError, ValueError):
        wrong = {MORE: m("A line of an override is at most 500 characters long, and there are at most 1,000.")}
        return _shown(request, county, outline, form, wrong, 422)
    job, _ = await asyncio.to_thread(asked_for, asked, service, who)
    return see(f"/plans/{job.id}")


@router.get("/plans/{job}/change")
def again(job: Name, service: Parts, _: Planner) -> Response:
    """The editor, as the scenario of a plan was."""
    found = service.jobs.get(job)
    if found.county not in liftplan.counties():
        try:
            service.counties.get(found.county)
        except Refusal:
            way_out = m("Upload it again: it is county.zip among the plan's downloads.")
            raise Refusal(404, "missing", m("The county of this plan was deleted."), way_out) from None
    return see(f"/counties/{found.county}/scenario?from={found.id}")


def name_of(form: Mapping[str, str], lines: Sequence[str], outline: Outline) -> str:
    """What the scenario is called: as was asked; otherwise after its only change, or how many there are."""
    given = form.get("name", "").strip()
    if not given:
        given = _only(lines[0], outline) if len(lines) == 1 else str(m("{count} changes", count=len(lines)))
    return re.sub(r"[^\w.\-]+", " ", given).strip()[:60]


def _only(line: str, outline: Outline) -> str:
    """What a scenario of one line is called; lines that may name a household are not told, as everybody sees names."""
    names = {one.id: one.name for one in outline.departments} | {one.id: one.name for one in outline.funds}
    found = re.fullmatch(r"funds\[(?:department=)?([^\]|=]+)\]\.amount ([=x] [0-9.]+)", line)
    if found and found[1] in names:
        return f"{spoken(names[found[1]])} {found[2]}"
    return line if line.startswith(("policy.", "poverty_line")) else ""


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, the last of each name."""
    async with request.form(max_files=0, max_fields=5_000, max_part_size=MOST_BYTES) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _shown(
    request: Request,
    county: str,
    outline: Outline,
    form: Mapping[str, str],
    wrong: Mapping[str, Message] | None = None,
    status: int = 200,
) -> Response:
    policy = Policy.model_validate(outline.policy)
    values: dict[str, Any] = {}
    with speaking(request.state.language):
        values |= {"budgets": budgets(outline), "knobs": knobs(outline), "rules": rules(outline)}
        found = read(form, outline)
    return page(
        request,
        "scenario.html",
        status=status,
        county=county,
        outline=outline,
        form=form,
        found=found if wrong is None else Read(found.lines, wrong),
        policy=policy,
        choices=choices(policy),
        bases=[name for name in scenarios.names() if name not in ALONE],
        enforced=ENFORCED,
        times=TIMES,
        gaps=GAPS,
        fields={"share": SHARE, "fund": FUND, "rule": RULE, "price": PRICE, "more": MORE, "purposes": PURPOSES},
        **values,
    )
