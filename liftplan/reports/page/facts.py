"""What every section of the page draws from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from liftplan.models.county import County
from liftplan.models.messages import Message, language, m
from liftplan.models.plan import Plan
from liftplan.reports.frames import PlanTables
from liftplan.reports.limits import Limit, limits
from liftplan.reports.page.html import Child, Html, el

FEW_VILLAGES = 16
"""Up to so many villages are shown at once; more are shown by township, with villages on demand."""

MOST_VILLAGES = 300
"""Of more villages only the townships are told: the page would be too heavy. `plan.xlsx` has them all."""

OTHERS = "*"
"""Key of the townships taken together; no township is named so."""

MOST_TOWNSHIPS = 30
"""Townships shown one by one; the smaller ones of more are told together."""

FEW_COLUMNS = 4
"""Tables of up to so many columns fit a narrow screen."""

MOST_COLUMNS = 12
"""Tables of more columns fit no screen: their letters are smaller, and they say that one may scroll."""


@dataclass(frozen=True)
class Place:
    """A village or a township: people and money."""

    key: str
    name: str
    lifted: int
    out: int
    """People who pass with nothing done."""
    persons: int
    yuan: int
    villages: tuple[Place, ...] = ()

    @classmethod
    def together(cls, key: str, name: str, places: Sequence[Place], *, opened: bool) -> Place:
        """Several places as one; `opened`: it knows its parts."""
        return cls(
            key,
            name,
            lifted=sum(place.lifted for place in places),
            out=sum(place.out for place in places),
            persons=sum(place.persons for place in places),
            yuan=sum(place.yuan for place in places),
            villages=tuple(places) if opened else (),
        )

    @property
    def concerned(self) -> int:
        """People registered who are not out already."""
        return self.persons - self.out

    @property
    def share(self) -> float:
        """Share of people lifted among those concerned."""
        return self.lifted / max(1, self.concerned)


@dataclass(frozen=True)
class Facts:
    """A plan, its county and its tables, in the current language."""

    plan: Plan
    county: County
    tables: PlanTables

    @cached_property
    def limits(self) -> list[Limit]:
        """Every amount that a rule asks for, beside what the plan has."""
        return limits(self.plan, self.county, self.tables)

    @cached_property
    def townships(self) -> tuple[Place, ...]:
        """Townships with their villages, those with most people lifted first."""
        groups: dict[str, list[Place]] = {}
        columns = ("township", "village", "name", "lifted_people", "out", "persons", "yuan")
        for township, *village in records(self.tables.villages, *columns):
            place = Place(*village)
            groups.setdefault(township, []).append(place)
        found = [Place.together(name, name, inside, opened=True) for name, inside in groups.items()]
        return tuple(sorted(found, key=lambda place: -place.lifted))

    @property
    def by_village(self) -> bool:
        """True if villages are few enough to be shown at once."""
        return len(self.tables.villages) <= FEW_VILLAGES

    @property
    def listed(self) -> bool:
        """True if single villages are told at all."""
        return len(self.tables.villages) <= MOST_VILLAGES

    @cached_property
    def rest(self) -> Place | None:
        """The townships that are not shown one by one, taken together."""
        others = self.townships[MOST_TOWNSHIPS:]
        if not others:
            return None
        return Place.together(OTHERS, str(m("{count} other townships", count=len(others))), others, opened=False)

    @property
    def shown(self) -> tuple[Place, ...]:
        """Townships shown one by one, and the rest of them as one."""
        first = self.townships[:MOST_TOWNSHIPS]
        return (*first, self.rest) if self.rest else first

    @property
    def scored(self) -> bool:
        """True if the objective is not simply people: weights, or rules that are soft."""
        return self.plan.objective != self.plan.totals.people_lifted


def records(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of a frame as plain values."""
    return list(frame[list(columns)].itertuples(index=False, name=None))


def anchor(name: str) -> str:
    """An address within the page; each language has its own."""
    return f"{language()}-{name}"


def section(
    name: str, title: Message, *children: Child, lead: Message | None = None, hint: Message | None = None
) -> Html:
    """A section with its heading, a sentence that says what to see, and a hint that only a screen needs."""
    heading = el("h2", title, id=anchor(f"{name}-title"))
    return el(
        "section",
        heading,
        lead and el("p", lead, hint and el("span", " ", hint, class_="hint"), class_="lead"),
        *children,
        id=anchor(name),
        aria_labelledby=anchor(f"{name}-title"),
    )


def folded(title: Child, *children: Child, name: str | None = None, printed: bool = False) -> Html:
    """Something that opens on demand; with `printed` it is open on paper."""
    return el(
        "details",
        el("summary", title),
        *children,
        id=name and anchor(name),
        class_="printed" if printed else None,
    )


def table(
    heads: Sequence[Child],
    rows: Sequence[Sequence[Child]],
    *,
    texts: int = 1,
    caption: Message | None = None,
    total: bool = False,
) -> Html:
    """A table that scrolls sideways where it is too wide.

    The first `texts` columns are text; with `total` the last row is the sum of the others.
    """
    full = len(heads) > MOST_COLUMNS
    if full and caption:
        caption = m("{caption}; scroll sideways for more columns", caption=caption)
    head = el("tr", [el("th", text, scope="col", class_=None if at < texts else "n") for at, text in enumerate(heads)])
    body = [
        el(
            "tr",
            [
                el("th", cell, scope="row") if at == 0 else el("td", cell, class_=None if at < texts else "n")
                for at, cell in enumerate(row)
            ],
            class_="total" if total and number == len(rows) else None,
        )
        for number, row in enumerate(rows, 1)
    ]
    whole = el("table", caption and el("caption", caption), el("thead", head), el("tbody", body))
    return el(
        "div",
        whole,
        class_=" ".join(["scroll", "many" if len(heads) > FEW_COLUMNS else "few", *["full"][:full]]),
        tabindex="0",
        role="region",
        aria_label=caption or str(m("table")),
    )
