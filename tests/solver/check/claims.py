"""Single changes of what a plan says of itself: counts, totals, funds, bound, prices, where it comes from."""

from __future__ import annotations

from .desk import Content, Desk, Edit

REASONS = ("none_left", "ring_fenced", "no_eligible_use", "not_worth_it", "reserved")
"""Reasons that a plan may give."""


def lifted(desk: Desk, plan: Content) -> set[str] | None:
    """A household more or less is said to be lifted, or to have been out before."""
    desk.toggle(plan[desk.random.choice(["lifted", "already_out"])], sorted(desk.facts.homes))
    return {"count"}


def padding(desk: Desk, plan: Content) -> set[str] | None:
    """A project is, or is not, called padding."""
    desk.toggle(plan["padding"], sorted(desk.facts.projects))
    return {"padding"}


def total(desk: Desk, plan: Content) -> set[str] | None:
    """Another total."""
    name = desk.random.choice(sorted(plan["totals"]))
    if isinstance(plan["totals"][name], dict):
        key = desk.random.choice([*sorted(plan["totals"][name]), "nowhere"])
        plan["totals"][name][key] = plan["totals"][name].get(key, 0) + desk.shift()
        return {"totals"}
    plan["totals"][name] += desk.shift()
    return {"count"} if name.endswith("_lifted") else {"totals"}


def fund_use(desk: Desk, plan: Content) -> set[str] | None:
    """Another amount of a fund, another fund, a fund left out."""
    use = desk.random.choice(plan["funds"])
    chance = desk.random.random()
    if chance < 0.2:
        plan["funds"].remove(use)
    elif chance < 0.4:
        use["fund"] += "x"
    else:
        use[desk.random.choice(["amount", "fee", "allocated", "left"])] += desk.shift()
    return {"funds"}


def shortfall(desk: Desk, plan: Content) -> set[str] | None:
    """A shortfall left out, made up or changed."""
    rows = plan["shortfalls"]
    chance = desk.random.random()
    if chance < 0.2 or not rows:
        rows.append({"rule": "R3", "subject": "zz", "short": 1, "unit": "yuan", "penalty": 0})
        rows.sort(key=lambda row: (row["rule"], row["subject"]))
    elif chance < 0.4:
        rows.remove(desk.random.choice(rows))
    else:
        row = desk.random.choice(rows)
        field = desk.random.choice(["short", "penalty", "subject", "unit"])
        if field == "unit":
            row["unit"] = "person" if row["unit"] != "person" else "yuan"
        else:
            row[field] += "x" if field == "subject" else desk.shift()
    return {"shortfalls"}


def objective(desk: Desk, plan: Content) -> set[str] | None:
    """Another objective."""
    plan["objective"] += desk.random.choice([-1.0, 1.0, 1e-6, -1e-6, 2e-9, 1e-12])
    return {"objective"}


def bound(desk: Desk, plan: Content) -> set[str] | None:
    """A bound below the plan; or another bound with the gap as it was; or another gap."""
    chance = desk.random.random()
    if chance < 0.3:
        plan["objective_bound"] = plan["objective"] - desk.random.choice([1.0, 1e-6, 1e-8])
        return {"bound"}
    if chance < 0.7:
        plan["objective_bound"] += desk.random.choice([1.0, 0.5, 1e-5])
        return {"gap"}
    plan["gap"] += desk.random.choice([1.0, 1e-5, -1e-5])
    return {"gap"}


def status(_: Desk, plan: Content) -> set[str] | None:
    """Proved where it is not, or the other way round."""
    plan["status"] = {"optimal": "feasible", "feasible": "optimal"}[plan["status"]]
    return {"status"}


def second(desk: Desk, plan: Content) -> set[str] | None:
    """Level 2: another value, another goal, a bound on the wrong side."""
    row = plan["second"]
    chance = desk.random.random()
    if chance < 0.4:
        row["value"] += desk.shift()
    elif chance < 0.7:
        row["goal"] = {"least_money": "most_needs", "most_needs": "least_money"}[row["goal"]]
    else:
        row["bound"] = row["value"] + (1 if row["goal"] == "least_money" else -1)
    return {"second"}


def county(desk: Desk, plan: Content) -> set[str] | None:
    """A plan that names another county."""
    chance = desk.random.random()
    if chance < 0.1:
        plan["plan_version"] += 1
    else:
        plan["county"][desk.random.choice(["id", "name", "digest"])] += "0"
    return {"county"}


def order(desk: Desk, plan: Content) -> set[str] | None:
    """Two entries of a list change places, or one stands twice."""
    lists = ["projects", "measures", "lifted", "ledger", "funds", "shortfalls", "already_out", "padding"]
    entries = plan[desk.random.choice([name for name in lists if len(plan[name]) > 1])]
    index = desk.random.randrange(len(entries) - 1)
    if desk.random.random() < 0.5:
        entries[index], entries[index + 1] = entries[index + 1], entries[index]
    else:
        entries.insert(index, entries[index])
    return {"order"}


def reason(desk: Desk, plan: Content) -> set[str] | None:
    """Money left over for a reason that is not so."""
    use = desk.random.choice(plan["funds"])
    paid = desk.facts.purses[use["fund"]].row.integrable and use["left"] > 0
    lies = {"ring_fenced", "none_left", "reserved"} if paid else set(REASONS)
    if paid and not any(use["fund"] in desk.payers(*line) for line in _open_lines(desk, plan)):
        lies.add("not_worth_it")
    if paid and any(use["fund"] in desk.payers(*line) for line in _free_lines(desk, plan)):
        lies.add("no_eligible_use")
    use["reason"] = desk.random.choice(sorted(lies - {use["reason"]}))
    return {"funds"}


def _open_lines(desk: Desk, plan: Content) -> list[tuple[str, str]]:
    """Item and purpose of the cost lines of what is not taken."""
    left = [item for item in desk.facts.lines if item not in plan["projects"] and item not in plan["measures"]]
    return [(item, use) for item in left for use in desk.facts.lines[item]]


def _free_lines(desk: Desk, plan: Content) -> list[tuple[str, str]]:
    """Those of projects that nothing but money keeps from being built."""
    facts = desk.facts
    shut = {row.id for row in facts.demands if row.sense == "never"}
    return [
        (item, use)
        for item, use in _open_lines(desk, plan)
        if item in facts.projects
        and not facts.projects[item].requires
        and facts.projects[item].mode != "build_first"
        and shut.isdisjoint({item, facts.projects[item].village})
        and all(desk.payers(item, other) for other in facts.lines[item])
    ]


def price(desk: Desk, plan: Content) -> set[str] | None:
    """A price of a fund that does not pay, of a rule that is not there, or below 0."""
    fenced = [fund for fund, purse in desk.facts.purses.items() if not purse.row.integrable]
    changes = [("prices", name, 0.5) for name in ["zz", *fenced]]
    changes += [("prices", fund, -0.5) for fund in plan["prices"]]
    changes += [("rule_prices", name, 0.5) for name in ("R3", "R3 zz", "R8 v1", "R13 zz", "R2 x/y/z")]
    part, name, value = desk.random.choice(changes)
    plan[part][name] = value
    return {"prices"}


def implied(desk: Desk, plan: Content) -> set[str] | None:
    """A rule that does not follow from others is said to, or one that does is not."""
    desk.toggle(plan["implied"], [f"{rule} {village}" for rule in ("R3", "R4") for village in desk.facts.villages])
    return {"implied"}


def override(desk: Desk, plan: Content) -> set[str] | None:
    """An override that is none, that the county does not show, or that the base has."""
    policy = desk.facts.policy
    other = "fixed" if policy.R2.purpose_rule == "pooled" else "pooled"
    lines = [
        "",
        "funds",
        "policy.R3.minimum=5",
        "policy.R5.minimum ^ 3",
        "must\nproject x",
        f"policy.R2.purpose_rule = {other}",
        f"policy.R3.minimum = {policy.R3.minimum + 1}",
        f"policy.R6.villages = {str(not policy.R6.villages).lower()}",
    ]
    plan["scenario"] = "other"
    plan["overrides"] = [desk.random.choice(lines)]
    if desk.random.random() < 0.2:
        plan["scenario"], plan["overrides"] = "base", ["funds.amount x 1"]
    return {"overrides"}


CLAIMS: tuple[Edit, ...] = (
    lifted,
    padding,
    total,
    fund_use,
    shortfall,
    objective,
    bound,
    status,
    second,
    county,
    order,
    reason,
    price,
    implied,
    override,
)
