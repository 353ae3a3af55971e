"""What the pages of a plan draw from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import liftplan
from liftplan.models.messages import m
from liftplan.service.details import Details
from liftplan.service.jobs import OUTLINE, VIEW, Job
from liftplan.service.outlines import FundFacts, Outline, VillageFacts
from liftplan.service.public.viewing import Sums, outline_for, view_for
from liftplan.service.refusals import Refusal, missing
from liftplan.service.roles import Who
from liftplan.service.service import Service
from liftplan.service.texts import Text
from liftplan.service.views import FundLine, View, VillageLine


@dataclass(frozen=True)
class Seen:
    """A plan as its pages show it: the figures, the county that it is for, and the ledger on demand."""

    job: Job
    view: View
    outline: Outline
    """Of the county under the plan's scenario."""
    details: Details
    townships: Mapping[str, Sums | None]
    """People by township; None is left out."""
    county: Sums | None
    """People of the county; None: how many are out already is left out."""

    @cached_property
    def funds(self) -> dict[str, FundFacts]:
        """Funds by id."""
        return {one.id: one for one in self.outline.funds}

    @cached_property
    def departments(self) -> dict[str, Text]:
        """Names by id."""
        return {one.id: one.name for one in self.outline.departments}

    @cached_property
    def purposes(self) -> dict[str, Text]:
        """Names by id."""
        return {one.id: one.name for one in self.outline.purposes}

    @cached_property
    def villages(self) -> dict[str, VillageFacts]:
        """Villages by id."""
        return {one.id: one for one in self.outline.villages}

    @cached_property
    def fund_names(self) -> dict[str, Text]:
        """Names of funds by id."""
        return {one.id: one.name for one in self.outline.funds}

    @cached_property
    def village_names(self) -> dict[str, Text]:
        """Names of villages by id."""
        return {one.id: one.name for one in self.outline.villages}

    @cached_property
    def uses(self) -> dict[str, FundLine]:
        """What became of each fund."""
        return {one.id: one for one in self.view.funds}

    @cached_property
    def gets(self) -> dict[str, VillageLine]:
        """What each village gets."""
        return {one.id: one for one in self.view.villages}

    @property
    def searching(self) -> bool:
        """The search for a better plan goes on."""
        return self.view.on_the_way and not self.job.over

    @property
    def broken_off(self) -> bool:
        """The search ended in a way that left this plan without its files."""
        return self.view.on_the_way and self.job.over

    @property
    def registered(self) -> int:
        """People."""
        return self.outline.sizes.people

    @property
    def free(self) -> list[FundLine]:
        """Funds that may be allocated."""
        return [one for one in self.view.funds if one.reason != "ring_fenced"]

    @property
    def most(self) -> int:
        """People who could at most be lifted beyond this plan."""
        return self.registered - (self.county.out if self.county else 0) - self.view.totals.people_lifted


def has_view(service: Service, job: Job) -> bool:
    """Whether a plan can be shown: it is there some time before its files are."""
    return (service.jobs.folder(job) / VIEW).is_file()


def seen(service: Service, job: Job, who: Who) -> Seen:
    """A plan, as far as a caller may see it. Raises `Refusal` if the job has none."""
    if not has_view(service, job):
        raise missing(m("This job has no plan."))
    folder = service.jobs.folder(job)
    view, outline = _read(folder, (folder / VIEW).stat().st_mtime_ns)
    shown = view_for(who, view, outline)
    return Seen(job, shown.view, outline_for(who, outline).outline, Details(folder), shown.townships, shown.county)


@lru_cache(maxsize=32)
def _read(folder: Path, _stamp: int) -> tuple[View, Outline]:
    """What is kept of a plan; a job's files never change, but for a job that is begun again (`_stamp`)."""
    view = View.model_validate_json((folder / VIEW).read_bytes())
    return view, Outline.model_validate_json((folder / OUTLINE).read_bytes())


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
