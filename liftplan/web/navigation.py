"""Where one can go: the menu, the sections of a county and those of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from liftplan.models.messages import Message, m
from liftplan.service.roles import Role


@dataclass(frozen=True)
class Link:
    """One place to go to."""

    address: str
    words: Message
    role: Role = "viewer"
    """Who may go there."""


def menu() -> tuple[Link, ...]:
    """The menu of every page."""
    return (
        Link("/", m("Counties")),
        Link("/plans", m("Plans")),
        Link("/compare", m("Compare"), "planner"),
    )


def county_tabs(county: str) -> tuple[Link, ...]:
    """The sections of a county."""
    return (
        Link(f"/counties/{county}", m("Overview")),
        Link(f"/counties/{county}/scenario", m("Scenario"), "planner"),
        Link(f"/counties/{county}/feasibility", m("Feasibility"), "planner"),
        Link(f"/counties/{county}/curves", m("Curves"), "planner"),
    )


def plan_tabs(job: str) -> tuple[Link, ...]:
    """The sections of a plan."""
    return (
        Link(f"/plans/{job}", m("Summary")),
        Link(f"/plans/{job}/villages", m("Villages")),
        Link(f"/plans/{job}/funds", m("Funds")),
        Link(f"/plans/{job}/downloads", m("Downloads")),
        Link(f"/plans/{job}/change", m("Change something"), "planner"),
        Link(f"/compare?jobs={job}", m("Compare"), "planner"),
    )
