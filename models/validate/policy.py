"""The policy against the county: rows of R4 and R13, names, prices, weights, minimums of single villages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from liftplan.models.county import County
from liftplan.models.findings import Findings
from liftplan.models.messages import Message, listed, m
from liftplan.models.nearest import Nearest
from liftplan.models.policy import Policy, VillageDepartmentMin
from liftplan.models.problems import POLICY
from liftplan.models.validate.demands import worthless
from liftplan.models.validate.offers import OWN_MINIMUM, Offers, shown

R = TypeVar("R")

NAMED = ((".departments.", "departments"), ("R5.purpose", "purposes"))
"""Parts of fields' names, and the table that the fields name rows of."""

GROUPS = ("households", "groups")
"""Where groups of households are."""


def check_policy(county: County, findings: Findings) -> None:
    """Whatever the policy names is in the county, and what it says has an effect."""
    notes = _Notes(county, county.policy, findings)
    notes.misnamed()
    notes.prices()
    for rule, check in (("R4", notes.departments), ("R5", notes.topup), ("R10", notes.groups), ("R13", notes.least)):
        if not findings.spoiled(POLICY, rule):
            check()
    if not findings.spoiled(POLICY, "objective"):
        notes.weights()
    if not findings.spoiled(POLICY, "R4"):
        notes.overrides()


@dataclass(frozen=True)
class _Notes:
    county: County
    policy: Policy
    findings: Findings

    def _add(self, code: str, column: str, message: Message, way_out: Message, *, warning: bool = False) -> None:
        self.findings.add(code, self.findings.in_policy(column), message, way_out, warning=warning)

    def _unknown(self, column: str, name: str, table: str) -> None:
        """A name that is not in a table."""
        known = self.county[table]["id"].tolist()
        if not known or not self.findings.missing(table, [name], known):
            return  # which has been said
        target = self.findings.wording.table(table)
        near = Offers(self.county, table).nearest(name)
        way_out = (
            m("Did you mean {name}? Otherwise add it to {target}.", name=shown(near), target=target)
            if near
            else m("Add it to {target}, or correct the policy.", target=target)
        )
        self._add("reference", column, m("{name} is not in {target}.", name=name, target=target), way_out)

    def _none(self, table: str, names: Sequence[str]) -> bool:
        """Whether a table surely has none of the names."""
        return len(self.findings.missing(table, names, self.county[table]["id"].tolist())) == len(set(names))

    def _twice(self, rule: str, ids: Sequence[str]) -> None:
        for name, count in Counter(ids).items():
            if count > 1:
                message = m("The identifier {id} is here {count} times.", id=name, count=count)
                self._add("key-twice", f"{rule}.rows", message, m("Give each row its own identifier."))

    def _numbered(self, rule: str, rows: Sequence[R]) -> Iterator[tuple[int, R]]:
        """Rows of a rule with their places, as they were written."""
        return zip(self.findings.read_rows.get(rule, range(len(rows))), rows, strict=True)

    def misnamed(self) -> None:
        """Texts that are no identifiers where one belongs: the code of what is called so is offered."""
        for place, problem in enumerate(self.findings.problems):
            name = self.findings.misnamed.get(id(problem), "")
            table = next((table for part, table in NAMED if part in problem.place.column), "")
            if name and table and (near := Offers(self.county, table).nearest(name)):
                self.findings.problems[place] = replace(problem, way_out=m("Did you mean {name}?", name=shown(near)))

    def prices(self) -> None:
        """Soft rules without a price."""
        for name in type(self.policy).model_fields:
            rule = getattr(self.policy, name)
            if getattr(rule, "enforce", "") == "soft" and not getattr(rule, "price", 1):
                message = m("{rule} is soft with price 0: it counts for nothing.", rule=name)
                way_out = worthless(self.findings, f"{name}.price", f"{name}.enforce")
                self._add("price-zero", f"{name}.price", message, way_out, warning=True)

    def departments(self) -> None:
        """R4: identifiers of rows, and departments that are there."""
        rule = self.policy.R4
        self._twice("R4", [row.id for row in rule.rows])
        known = set(self.county["departments"]["id"].tolist())
        default = VillageDepartmentMin().rows
        for place, row in self._numbered("R4", rule.rows):
            column = f"R4.rows.{place}.departments"
            if row.id == OWN_MINIMUM:
                message = m("A row of R4 cannot be called {id}.", id=row.id)
                self._add("value", f"R4.rows.{place}.id", message, m("Choose another identifier."))
            if not row.departments:
                self._add("list-empty", column, m("The list is empty."), m("Name its departments."))
            unknown = sorted(set(row.departments) - known)
            if rule.enforce == "off" or not unknown or not known:
                continue
            if row not in default:
                for name in unknown:
                    self._unknown(column, name, "departments")
            elif self._none(
                "departments", row.departments
            ):  # a row that nobody wrote may name some that a county lacks
                message = m(
                    "The row {id}, there by default, names {names}: none is in {target}.",
                    id=row.id,
                    names=listed(row.departments),
                    target=self.findings.wording.table("departments"),
                )
                off = self.findings.wording.value("off")
                way_out = m("Write your own rows of R4, or set {field} to {off}.", field="R4.enforce", off=off)
                self._add("reference", column, message, way_out)

    def topup(self) -> None:
        """R5: the purpose of top-ups."""
        rule = self.policy.R5
        if rule.enforce != "off" and rule.minimum and rule.purpose not in self.county["purposes"]["id"].tolist():
            self._unknown("R5.purpose", rule.purpose, "purposes")

    def groups(self) -> None:
        """R10: groups, if it is counted by them."""
        rule = self.policy.R10
        nobody = not any(self.county["households"]["groups"].tolist())
        if rule.enforce != "off" and rule.by == "group" and nobody and not self.findings.incomplete(*GROUPS):
            message = m("R10 is counted by group, but no household has a group.")
            self._add(
                "scope-unknown",
                "R10.by",
                message,
                m("Count it by village, or fill in {column}.", column=self.findings.wording.column("groups")),
                warning=True,
            )

    def least(self) -> None:
        """R13: identifiers of rows; one fund or one department each."""
        rule = self.policy.R13
        self._twice("R13", [row.id for row in rule.rows])
        for place, row in self._numbered("R13", rule.rows):
            column = f"R13.rows.{place}"
            if bool(row.fund) == bool(row.department):
                message = m("A row of R13 names either a fund or a department.")
                self._add("value", column, message, m("Fill in one of the two."))
                continue
            table, name = ("funds", row.fund) if row.fund else ("departments", row.department)
            if name not in self.county[table]["id"].tolist():
                self._unknown(f"{column}.{table[:-1]}", name, table)

    def weights(self) -> None:
        """Weights of groups that no household has."""
        known = {group for groups in set(self.county["households"]["groups"].tolist()) for group in groups}
        for name in self.policy.objective.weights:
            if name not in known and not self.findings.incomplete(*GROUPS):
                near = Nearest(known)(name)
                message = m("No household is in the group {name}, so its weight counts for nothing.", name=name)
                way_out = m("Did you mean {name}?", name=near) if near else m("Correct the group.")
                self._add("scope-unknown", f"objective.weights.{name}", message, way_out, warning=True)

    def overrides(self) -> None:
        """Minimums of single villages: of R3, or of a row of R4."""
        table = self.county["minimum_overrides"]
        known = [OWN_MINIMUM, *(row.id for row in self.policy.R4.rows)]
        offers = Offers(self.county, "R4")

        def way_out(name: str) -> Message:
            if meant := offers.nearest(name):
                return m("Did you mean {name}?", name=shown(meant))
            return m("Use one of {names}.", names=listed(known))

        rules, lost = table["rule"].tolist(), self.findings.lost
        self.findings.cells(
            "reference",
            "minimum_overrides",
            "rule",
            [row for row, name in enumerate(rules) if name and name not in known and not lost(f"{POLICY}.R4", name)],
            lambda row: m("{name} is neither R3 nor a row of R4.", name=rules[row]),
            lambda row: way_out(rules[row]),
        )
        villages = self.county["villages"]
        outside = set(villages["id"][~villages["in_push"]].tolist())  # a stand-in is inside
        named = table["village"].tolist()
        self.findings.cells(
            "override-idle",
            "minimum_overrides",
            "village",
            [row for row, name in enumerate(named) if name in outside],
            lambda row: m(
                "{village} is not in the whole-village programme, so the minimum counts for nothing.",
                village=named[row],
            ),
            m(
                "Delete the row, or set {column} of the village to {value}.",
                column=self.findings.wording.column("in_push"),
                value=self.findings.wording.value("true"),
            ),
            warning=True,
        )
