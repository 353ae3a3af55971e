"""What the pages of a plan draw from."""

from __future__ import annotations

from collections.abc import Iterable

import liftplan
from liftplan.models.messages import m
from liftplan.service.jobs import VIEW, Job
from liftplan.service.outlines import Outline
from liftplan.service.refusals import Refusal, missing
from liftplan.service.roles import Who
from liftplan.service.service import Service
from liftplan.service.texts import Text
from liftplan.service.views import View


def view_of(service: Service, job: Job, who: Who) -> View:
    """A plan in figures, as far as a caller may see it. Raises `Refusal` if the job has no plan."""
    path = service.jobs.folder(job) / VIEW
    if not path.is_file():
        raise missing(m("This job has no plan."))
    found = View.model_validate_json(path.read_bytes())
    return found if who.may("planner") else found.model_copy(update={"overrides": ()})  # they may name households


def outline_now(service: Service, county: str) -> Outline | None:
    """The outline of a county; None if it is still being read, or was deleted."""
    if county in liftplan.counties():
        return service.built_in.known(county)
    try:
        return service.counties.get(county).outline
    except Refusal:
        return None


def names_of_counties(service: Service, counties: Iterable[str]) -> dict[str, Text]:
    """What counties are called; one that was deleted has its id."""
    found = {county: outline_now(service, county) for county in counties}
    return {county: Text.of(county) if outline is None else outline.name for county, outline in found.items()}
