"""What requires what: circles, and requirements that exclude each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from liftplan.models.county import County
from liftplan.models.findings import Findings
from liftplan.models.messages import m


def check_requirements(county: County, findings: Findings) -> None:
    """Projects that require each other in a circle; items that require two projects of one alternative group."""
    projects = county["projects"]
    ids = projects["id"].tolist()
    requires = dict(zip(ids, projects["requires"].tolist(), strict=True))
    rows = {id_: row for row, id_ in enumerate(ids)}
    findings.entries(
        "requirement-circle",
        "projects",
        "requires",
        [(rows[circle[0]], circle) for circle in circles(requires)],
        lambda circle: m("The projects require each other in a circle: {names}.", names=" > ".join(circle)),
        m("Take one of these requirements away."),
    )
    group = {
        id_: (village, name)
        for id_, village, name in zip(
            ids, *(projects[name].tolist() for name in ("village", "alternative_group")), strict=True
        )
        if name and village
    }
    if group:
        for table in ("projects", "measures"):
            _check_alternatives(county, table, group, findings)


def circles(requires: Mapping[str, Sequence[str]]) -> Iterable[list[str]]:
    """Circles of requirements that share no project, each beginning and ending with the same one."""
    known = {name: [other for other in others if other in requires] for name, others in requires.items()}
    left = _core(known)
    while left:
        path = [min(left)]
        seen = {path[0]: 0}
        while (following := next(other for other in known[path[-1]] if other in left)) not in seen:
            seen[following] = len(path)
            path.append(following)
        circle = path[seen[following] :]
        yield [*circle, circle[0]]
        left = _core({name: [o for o in known[name] if o in left] for name in left if name not in circle})


def _core(requires: dict[str, list[str]]) -> set[str]:
    """What is left when everything that requires nothing is taken away, again and again."""
    waiting = {name: len(others) for name, others in requires.items()}
    users: dict[str, list[str]] = {}
    for name, others in requires.items():
        waiting[name] = sum(other in requires for other in others)
        for other in others:
            users.setdefault(other, []).append(name)
    free = [name for name, count in waiting.items() if not count]
    while free:
        for user in users.get(free.pop(), ()):
            waiting[user] -= 1
            if not waiting[user]:
                free.append(user)
    return {name for name, count in waiting.items() if count}


def _check_alternatives(county: County, table: str, group: dict[str, tuple[str, str]], findings: Findings) -> None:
    lists = county[table]["requires"].tolist()
    clashing: dict[tuple[str, ...], list[str]] = {}
    for names in set(lists):
        first: dict[tuple[str, str], str] = {}
        for name in names:
            if name in group and first.setdefault(group[name], name) != name:
                clashing[names] = [first[group[name]], name]
    rows = [row for row, names in enumerate(lists) if names in clashing] if clashing else []
    findings.cells(
        "requirement-alternatives",
        table,
        "requires",
        rows,
        lambda row: m(
            "It requires {one} and {other}, of which only one may be built ({column}).",
            column=findings.wording.column("alternative_group"),
            one=clashing[lists[row]][0],
            other=clashing[lists[row]][1],
        ),
        m("Take one of these requirements away, or it can never be chosen."),
        warning=True,
    )
