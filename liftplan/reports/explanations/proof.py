"""What forcing the opposite brought, in words."""

from __future__ import annotations

from collections.abc import Iterator

from liftplan.models.messages import Message, m
from liftplan.reports.explanations.names import Names, Paragraph, para, people
from liftplan.solver.explain.opposite import Forced
from liftplan.solver.explain.proved import Proved

DEMANDS: dict[tuple[str, str], Message] = {
    ("must", "household"): m("household {name} must be lifted"),
    ("never", "household"): m("household {name} must get nothing"),
    ("must", "project"): m("project {name} must be built"),
    ("never", "project"): m("project {name} must not be built"),
    ("must", "village"): m("village {name} must get money"),
    ("never", "village"): m("village {name} must get nothing"),
}
"""The opposites that can be forced (R12)."""


def forced(found: Forced, names: Names, scored: bool) -> Iterator[Paragraph]:
    """What the county reaches with the opposite."""
    name: Message | str = found.id
    if found.target != "household":
        name = names.project(found.id) if found.target == "project" else names.village(found.id)
    demand = Message(DEMANDS[found.sense, found.target].template, (("name", name),))
    if found.forced.status == "infeasible":
        yield para(m("Forced the other way ({demand}), no plan keeps the hard rules. This is proved.", demand=demand))
        return
    yield para(
        m(
            "Forced the other way ({demand}) and solved again: {reached}.",
            demand=demand,
            reached=_reached(found.forced, scored),
        )
    )
    yield para(m("The county as it is: {reached}.", reached=_reached(found.base, scored)))
    least, most = found.loss_least, found.loss_most
    if least is not None and most is not None:
        if abs(most - least) < 1e-6:
            yield para(m("So it costs exactly {people}. This is proved.", people=people(least, scored)))
        else:
            yield para(
                m(
                    "So it costs at least {least} and at most {most}. This is proved.",
                    least=people(least, scored),
                    most=people(most, scored),
                )
            )
    elif least is not None:
        yield para(m("So it costs at least {least}. This is proved.", least=people(least, scored)))
    else:
        yield para(m("What it costs is not proved; give it more time."))


def _reached(proved: Proved, scored: bool) -> Message:
    """The interval of one solve."""
    if proved.least is None:
        if proved.most is None:
            return m("nothing was found and nothing is proved")
        return m("no plan was found; none reaches more than {most}", most=people(proved.most, scored))
    if proved.most is None:
        return m("at least {least}", least=people(proved.least, scored))
    if abs(proved.most - proved.least) < 1e-6:
        return m("exactly {least}", least=people(proved.least, scored))
    return m("between {least} and {most}", least=people(proved.least, scored), most=people(proved.most, scored))
