"""The outline of a county, from its tables."""

from __future__ import annotations

from collections import Counter

from liftplan.models.county import County
from liftplan.models.tables import Table
from liftplan.service.outlines import FundFacts, Named, Outline, Sizes, VillageFacts
from liftplan.service.texts import Text


def outline(county: County) -> Outline:
    """A county in outline."""
    head, funds, villages, households = county.head, county["funds"], county["villages"], county["households"]
    homes = Counter(households["village"].tolist())
    people: Counter[str] = Counter()
    for village, persons in zip(households["village"].tolist(), households["persons"].tolist(), strict=True):
        people[village] += persons
    projects = Counter(county["projects"]["village"].tolist())
    return Outline(
        id=head.id,
        name=_text(head.name, head.name_en),
        years=head.years,
        poverty_line=head.poverty_line,
        digest=county.digest,
        sizes=Sizes(
            villages=len(villages),
            households=len(households),
            people=int(households["persons"].sum()),
            projects=len(county["projects"]),
            measures=len(county["measures"]),
            funds=len(funds),
            yuan=int(funds["amount"][funds["integrable"]].sum()),
        ),
        departments=tuple(Named(id=one, name=name) for one, name in names_of(county["departments"]).items()),
        purposes=tuple(Named(id=one, name=name) for one, name in names_of(county["purposes"]).items()),
        funds=tuple(
            FundFacts(
                id=one,
                name=name,
                department=department,
                channel=channel,
                amount=amount,
                integrable=integrable,
                purposes=tuple(purposes),
            )
            for (one, name), department, channel, amount, integrable, purposes in zip(
                names_of(funds).items(),
                *(funds[column].tolist() for column in ("department", "channel", "amount", "integrable", "purposes")),
                strict=True,
            )
        ),
        villages=tuple(
            VillageFacts(
                id=one,
                name=name,
                township=township,
                households=homes[one],
                people=people[one],
                projects=projects[one],
                in_push=in_push,
            )
            for (one, name), township, in_push in zip(
                names_of(villages).items(), villages["township"].tolist(), villages["in_push"].tolist(), strict=True
            )
        ),
        policy=county.policy.model_dump(mode="json"),
    )


def names_of(table: Table) -> dict[str, Text]:
    """Id -> name of the rows of a table."""
    columns = (table[name].tolist() for name in ("id", "name", "name_en"))
    return {one: _text(name, name_en) for one, name, name_en in zip(*columns, strict=True)}


def _text(name: str, name_en: str) -> Text:
    return Text(en=name_en or name, zh=name)
