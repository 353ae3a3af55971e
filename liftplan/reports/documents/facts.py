"""What every document draws from: a plan, its county, its tables and the lines of its accounts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from liftplan.models.county import County
from liftplan.models.messages import language, m
from liftplan.models.plan import Plan
from liftplan.models.rows import Account, Village
from liftplan.reports.documents.lines import Entry, Line, account_lines
from liftplan.reports.frames import PlanTables
from liftplan.reports.words import shown
from liftplan.reports.workbook.sheet import capital

YEAR_AT_END = re.compile(r"[\s,，]*[（(]?\d{4}(?:\s*[-–—至]\s*\d{4})?年?[）)]?$")
"""The year in a county's name, which documents write themselves."""


@dataclass(frozen=True)
class Facts:
    """A plan as documents tell it, in the current language."""

    plan: Plan
    county: County
    tables: PlanTables

    @cached_property
    def years(self) -> str:
        """The years planned: `2015`, `2011-2015`."""
        years = self.county.head.years
        return str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"

    @cached_property
    def name(self) -> str:
        """The county's name, without a year."""
        full = shown(self.county.head.name, self.county.head.name_en)
        return YEAR_AT_END.sub("", full) or full

    @cached_property
    def titled(self) -> str:
        """County and years, as titles name them."""
        return f"{self.name}{self.years}年" if language() == "zh" else f"{self.name}, {self.years}"

    @cached_property
    def lines(self) -> list[Line]:
        """Every line of the departments' accounts."""
        return account_lines(self.county, self.tables)

    @cached_property
    def by_department(self) -> Mapping[str, Sequence[Line]]:
        """Department -> its lines; in the county's order, without departments that pay nothing."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.department, []).append(line)
        return found

    @cached_property
    def by_village(self) -> Mapping[str, Sequence[Line]]:
        """Village -> its lines, by department."""
        found: defaultdict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.village].append(line)
        return found

    @cached_property
    def villages(self) -> Mapping[str, Village]:
        """Village -> its row, in the county's order."""
        return {row.id: row for row in self.county["villages"].rows() if isinstance(row, Village)}

    @cached_property
    def accounts(self) -> Mapping[str, Account]:
        """Department -> its account, where the county gives one."""
        return {row.department: row for row in self.county["accounts"].rows() if isinstance(row, Account)}

    @cached_property
    def deadlines(self) -> Mapping[str, str]:
        """Project -> its deadline; "" if the county gives none."""
        projects = self.county["projects"]
        return dict(zip(projects["id"].tolist(), projects["deadline"].tolist(), strict=True))

    @cached_property
    def departments(self) -> Mapping[str, str]:
        """Department -> its name."""
        return self.tables.owners

    @cached_property
    def funds(self) -> Mapping[str, str]:
        """Fund -> its name."""
        return dict(zip(self.tables.funds["fund"], self.tables.funds["name"], strict=True))

    @cached_property
    def purposes(self) -> Mapping[str, str]:
        """Purpose -> its name."""
        return dict(zip(self.tables.purposes["purpose"], self.tables.purposes["name"], strict=True))

    @cached_property
    def sizes(self) -> Mapping[str, Mapping[str, int]]:
        """Village -> its numbers: households, persons, lifted_households, lifted_people, projects (built)."""
        columns = ("households", "persons", "lifted_households", "lifted_people", "projects")
        frame = self.tables.villages
        rows = zip(*(frame[column].tolist() for column in columns), strict=True)
        return {
            village: dict(zip(columns, row, strict=True)) for village, row in zip(frame["village"], rows, strict=True)
        }

    def village_name(self, village: str) -> str:
        """A village's name."""
        row = self.villages[village]
        return shown(row.name, row.name_en)

    def item_name(self, line: Line) -> str:
        """The name of a line's item."""
        return capital(m("household development grant")) if line.kind == "topup" else line.name

    def task(self, entry: Entry) -> str:
        """What an entry is for: the project, or the measure with its number of households."""
        name = self.item_name(entry.sample)
        if not entry.households:
            return name
        return str(m("{measure} (households: {households})", measure=name, households=f"{entry.households:,}"))
