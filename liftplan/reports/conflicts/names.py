"""Rules, places and changes in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liftplan.models.county import County, table_rows
from liftplan.models.messages import Message, language, listed, m
from liftplan.models.rows import FundShare
from liftplan.reports.words import percent, shown, yuan
from liftplan.solver.diagnose.conflicts import Places
from liftplan.solver.diagnose.gives import Give
from liftplan.solver.diagnose.rooms import Slack
from liftplan.solver.diagnose.rules import EVERYBODY, Group, Instance

MANY_FUNDS = 6
"""Funds up to which a title names them."""

FEW = 8
"""Places that are named one by one."""


class RuleNames:
    """Names of one county's rules."""

    def __init__(self, county: County) -> None:
        self._county = county
        self._names = {
            table: {
                one: (name, english)
                for one, name, english in zip(
                    *(county[table][column].tolist() for column in ("id", "name", "name_en")), strict=True
                )
            }
            for table in ("funds", "villages", "departments", "purposes", "projects", "measures")
        }
        shares = (row for row in table_rows(county, "fund_shares") if isinstance(row, FundShare))
        self._shares = {(row.fund, row.id): row for row in shares}

    def of(self, table: str, name: str) -> str:
        """A thing's name in the current language; its id if it has none."""
        return shown(*self._names[table].get(name, (name, "")))

    def item(self, name: str) -> str:
        """A project or measure, with its id: many have the same name."""
        table = "projects" if name in self._names["projects"] else "measures"
        called = self.of(table, name)
        return name if called == name else f"{called} ({name})"

    def row(self, key: str) -> Message | str:
        """A row of R4: its name, which is Chinese, or its departments."""
        for row in self._county.policy.R4.rows:
            if row.id == key:
                owners = listed(self.of("departments", one) for one in row.departments)
                return row.name if row.name and language() == "zh" else owners
        return key

    def group(self, group: Group) -> Message:
        """A group of rules, with what it asks for."""
        policy = self._county.policy
        match group.rule:
            case "R1":
                return m("{fund} spends no more than it has", fund=self.of("funds", group.key))
            case "R3":
                return m("all departments together: minimum of each village")
            case "R4":
                return m("{departments}: minimum of each village", departments=self.row(group.key))
            case "R5":
                return m("each household that is helped gets at least {amount} yuan", amount=yuan(policy.R5.minimum))
            case "R6":
                if group.key == "villages":
                    return m("each village gets at least last year's money")
                return m("all money reaches {share} of last year's", share=percent(policy.R6.growth_bp / 10_000))
            case "R7":
                return self._share(group.key)
            case "R9":
                return m("no household gets more than {amount} yuan", amount=yuan(policy.R9.maximum))
            case "R10":
                return m("at least {share} of the people of each place are lifted",
                         share=percent(policy.R10.share_bp / 10_000))  # fmt: skip
            case "R11":
                return self._committed(group.key)
            case "R12":
                return self.demand(group.key)
            case _:
                return self._spending(group.key)

    def _share(self, key: str) -> Message:
        fund, _, row = key.partition("/")
        share = self._shares[fund, row]
        purposes = listed(self.of("purposes", one) for one in share.purposes)
        values = {"fund": self.of("funds", fund), "share": percent(share.share_bp / 10_000), "purposes": purposes}
        if share.sense == "at_least":
            return m("{fund}: at least {share} of it for {purposes}", **values)
        return m("{fund}: at most {share} of it for {purposes}", **values)

    def _committed(self, key: str) -> Message:
        fund, _, rest = key.partition("/")
        item = rest.partition("/")[0]
        if not item:
            return m("{fund}: what is committed is paid", fund=self.of("funds", fund))
        return m("{fund}: what is committed to {item} is paid", fund=self.of("funds", fund), item=self.item(item))

    def demand(self, subject: str) -> Message:
        """A must or never."""
        sense, _, rest = subject.partition(" ")
        target, _, name = rest.partition(":")
        if target == "village":
            what: Message = m("village {name}", name=self.of("villages", name))
        elif target == "household":
            what = m("household {name}", name=name)
        else:
            what = m("{text}", text=self.item(name))
        return m("must: {what}", what=what) if sense == "must" else m("never: {what}", what=what)

    def _spending(self, key: str) -> Message:
        for row in self._county.policy.R13.rows:
            if row.id == key:
                who = self._spender(key)
                return m("{who} spends at least {share} of its money", who=who, share=percent(row.share_bp / 10_000))
        return m("{text}", text=key)

    def place(self, name: str) -> str:
        """A village, or the subject of another rule."""
        return self.of("villages", name)

    def tightest(self, slack: Slack) -> str:
        """Where a rule has least room; "" where it holds in one place only."""
        rule, subject = slack.tightest
        if rule in {"R5", "R9"}:
            return "" if subject == EVERYBODY else subject
        if rule == "R8":
            return self.item(subject) if subject else ""
        if rule == "R11":
            return self.item(subject.split("/")[1]) if slack.group.scattered else ""
        return self.place(slack.tightest.village) if slack.group.scattered and subject else ""

    def places(self, places: Places) -> Message:
        """Where a conflict is."""
        names = listed(self.place(name) for name in places.names[:FEW])
        if len(places.names) == 1:
            return m("in {names}", names=names)
        count = len(places.names)
        if places.least == count:
            return m("in {names} together", names=names) if count <= FEW else m("in all of {count} places", count=count)
        if places.names[0] in self._names["villages"]:
            return m("in any {least} of these {count} villages", least=places.least, count=count)
        return m("in any {least} of these {count} places", least=places.least, count=count)

    def _money(self, limiting: Sequence[Group]) -> Message:
        """Funds by their names; many are counted, the rules below name them."""
        if len(limiting) > MANY_FUNDS:
            return m("{count} funds", count=len(limiting))
        return listed(self.of("funds", one.key) for one in limiting)

    def title(self, groups: Sequence[Group]) -> Message:
        """The groups of a conflict in one line: what asks, against what limits."""
        asking = [group for group in groups if group.rule not in {"R1", "R7"}]
        limiting = [group for group in groups if group.rule == "R1"]
        if asking and limiting:
            return m("{asking} against the money of {funds}", asking=listed(self.short(one) for one in asking),
                     funds=self._money(limiting))  # fmt: skip
        return m("{rules}", rules=listed(self.short(one) for one in groups))

    def short(self, group: Group) -> Message:
        """Rule and key in a few words."""
        if group.rule == "R4":
            return m("{rule} {what}", rule="R4", what=self.row(group.key))
        if group.rule == "R12" and group.key:
            return m("{rule} {what}", rule="R12", what=self.demand(group.key))
        if group.rule == "R8" and group.key:
            return m("{rule} {what}", rule="R8", what=m("places of a site"))
        return m("{rule} {what}", rule=group.rule, what=RULE_WORDS.get(group.rule) or self._subject(group))

    def _subject(self, group: Group) -> Message | str:
        """Whom a rule that is no more than a number is about: its fund and what that pays, a site, who must spend."""
        fund, _, rest = group.key.partition("/")
        if group.rule == "R13":
            return self._spender(group.key)
        if group.rule == "R11" and rest:
            return m("{fund}: {item}", fund=self.of("funds", fund), item=self.item(rest.partition("/")[0]))
        return self.of("funds", fund) if fund in self._names["funds"] else self.item(group.key)

    def _spender(self, key: str) -> str:
        """The fund or department that a row of R13 is about."""
        for row in self._county.policy.R13.rows:
            if row.id == key:
                return self.of("funds", row.fund) if row.fund else self.of("departments", row.department)
        return key

    def _changed_share(self, fund: str, row: str, share: Mapping[str, str]) -> Message:
        """A share (R7) by its purposes."""
        found = self._shares[fund, row]
        names = {"fund": self.of("funds", fund), "purposes": listed(self.of("purposes", one) for one in found.purposes)}
        if found.sense == "at_least":
            return m("change the least share of {fund} for {purposes} from {before} to {after}", **names, **share)
        return m("change the largest share of {fund} for {purposes} from {before} to {after}", **names, **share)

    def give(self, give: Give) -> Message:
        """One change of a repair."""
        before, after, by = yuan(give.before), yuan(give.after), yuan(abs(give.after - give.before))
        rule, subject = give.instance
        first, _, rest = subject.partition("/")
        share = {"before": percent(give.before / 10_000, 2), "after": percent(give.after / 10_000, 2)}
        match give.what:
            case "amount":
                return m("raise {fund} by {by} yuan, from {before} to {after}", fund=self.of("funds", subject), by=by,
                         before=before, after=after)  # fmt: skip
            case "minimum":
                who = m("all departments") if rule == "R3" else self.row(rest)
                return m("lower the minimum from {who} in {village} by {by} yuan, from {before} to {after}", who=who,
                         village=self.of("villages", first), by=by, before=before, after=after)  # fmt: skip
            case "growth":
                return m("lower the growth asked for from {before} to {after}", **share)
            case "baseline":
                return m("lower last year's money of {village} by {by} yuan, from {before} to {after}",
                         village=self.of("villages", subject), by=by, before=before, after=after)  # fmt: skip
            case "share":
                return self._changed_share(first, rest, share)
            case "household_min":
                return m("lower the minimum of a household from {before} to {after} yuan", before=before, after=after)
            case "household_max":
                return m("raise the maximum of a household from {before} to {after} yuan", before=before, after=after)
            case "fairness":
                return m("lower the share of people of each place from {before} to {after}", **share)
            case "commitment":
                return m("lower what {fund} has committed to {item} by {by} yuan, from {before} to {after}",
                         fund=self.of("funds", first), item=self.item(rest.partition("/")[0]), by=by, before=before,
                         after=after)  # fmt: skip
            case "committed":
                return m("let the commitment of {fund} to {item} be broken", fund=self.of("funds", first),
                         item=self.item(rest.partition("/")[0]))  # fmt: skip
            case "demand":
                return m("give up the demand: {demand}", demand=self.demand(subject))
            case "spend":
                return m(
                    "lower what {row} must spend from {before} to {after} of its money",
                    row=self._spender(subject),
                    **share,
                )


RULE_WORDS: dict[str, Message] = {
    "R2": m("purposes"),
    "R3": m("minimum of all departments"),
    "R5": m("minimum of a household"),
    "R6": m("growth"),
    "R8": m("structure"),
    "R9": m("maximum of a household"),
    "R10": m("share of people"),
    "R12": m("what must and must never be"),
}
"""Rules that need no key to be known."""


def parts_of(instances: Sequence[Instance]) -> str:
    """Instances as ids, for those who look them up."""
    return ", ".join(f"{one.rule} {one.subject}" for one in instances)
