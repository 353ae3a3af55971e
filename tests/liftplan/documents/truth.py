"""What documents must say, computed from the ledger and the county's tables alone, with nothing of the reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import liftplan
from liftplan.models.messages import language


@dataclass(frozen=True)
class Paid:
    """One ledger line, with the names that documents write."""

    department: str
    fund: str
    village: str
    household: str
    kind: str
    item: str
    name: str
    purpose: str
    yuan: int
    mode: str


class Truth:
    """Everything that documents of one plan must say, in the current language."""

    def __init__(self, plan: liftplan.Plan, county: liftplan.County) -> None:
        self.plan, self.county, self.language = plan, county, language()
        self.names = {
            table: self.named(table)
            for table in ("departments", "funds", "villages", "purposes", "projects", "measures")
        }
        self.grant = "农户发展补助" if self.language == "zh" else "Household development grant"
        self.owner = self.column("funds", "department")
        self.homes, self.sites = self.column("measures", "household"), self.column("projects", "village")
        self.places = self.column("households", "village")
        self.modes = self.column("projects", "mode") | self.column("measures", "mode")
        self.lines = [self.paid(*line) for line in plan.ledger]

    def column(self, table: str, column: str) -> dict[str, str]:
        """Id -> value."""
        return dict(zip(self.county[table]["id"].tolist(), self.county[table][column].tolist(), strict=True))

    def named(self, table: str) -> dict[str, str]:
        """Id -> name in the current language."""
        chinese, english = self.column(table, "name"), self.column(table, "name_en")
        return {key: english[key] if self.language == "en" and english[key] else chinese[key] for key in chinese}

    def paid(self, fund: str, item: str, purpose: str, yuan: int) -> Paid:
        """A line of the plan's ledger."""
        kind = "topup" if item.startswith("topup:") else "measure" if item in self.homes else "project"
        household = item.removeprefix("topup:") if kind == "topup" else self.homes.get(item, "")
        village = self.places[household] if household else self.sites[item]
        name = self.grant if kind == "topup" else self.names[f"{kind}s"][item]
        mode = self.modes.get(item, "grant")
        return Paid(self.owner[fund], fund, village, household, kind, item, name, purpose, yuan, mode)

    def told(self, lines: Iterable[Paid]) -> list[tuple[Paid, str, int]]:
        """Lines as documents put them together: a line of each group, its task, its yuan."""
        groups: defaultdict[tuple[str, ...], list[Paid]] = defaultdict(list)
        for line in lines:
            what = line.item if line.kind == "project" else line.name
            key = (line.department, line.fund, line.village, line.kind, what, line.purpose, line.mode)
            groups[key].append(line)
        found = []
        for own in groups.values():
            homes = len({line.household for line in own})
            task = own[0].name
            if own[0].household:
                task += f"（{homes:,}户）" if self.language == "zh" else f" (households: {homes:,})"
            found.append((own[0], task, sum(line.yuan for line in own)))
        return found

    def sums(self, key: str, lines: Iterable[Paid] | None = None) -> Counter[str]:
        """Yuan by a field of the lines."""
        found: Counter[str] = Counter()
        for line in self.lines if lines is None else lines:
            found[getattr(line, key)] += line.yuan
        return found

    def people(self, village: str = "") -> tuple[int, int]:
        """Households and people lifted, in a village or everywhere."""
        homes = self.county["households"]
        persons = dict(zip(homes["id"].tolist(), homes["persons"].tolist(), strict=True))
        lifted = [home for home in self.plan.lifted if not village or self.places[home] == village]
        return len(lifted), sum(persons[home] for home in lifted)


def money(yuan: int) -> str:
    """Yuan as tables write them."""
    return f"{yuan:,}"
