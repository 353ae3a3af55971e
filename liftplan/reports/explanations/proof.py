"""What forcing the opposite brought, in words."""

from __future__ import annotations

from collections.abc import Iterator

from liftplan.models.messages import Message, m
from liftplan.reports.counts import NEARLY, at_least, at_most
from liftplan.reports.explanations.demands import demand
from liftplan.reports.explanations.names import Names, Paragraph, para, people
from liftplan.solver.explain.opposite import Forced
from liftplan.solver.explain.proved import Proved


def forced(found: Forced, names: Names, scored: bool) -> Iterator[Paragraph]:
    """What the county reaches with the opposite."""
    wish = demand(found.sense, found.target, found.id, names)
    if found.contrary:
        yield para(m("A hard demand for the contrary (R12) gives way for this."))
    if found.forced.status == "infeasible":
        yield para(m("Forced the other way ({demand}), no plan keeps the hard rules. This is proved.", demand=wish))
        return
    yield para(
        m(
            "Forced the other way ({demand}) and solved again: {reached}.",
            demand=wish,
            reached=_reached(found.forced, scored),
        )
    )
    yield para(m("The county as it is: {reached}.", reached=_reached(found.base, scored)))
    yield para(_cost(found, scored))


def _cost(found: Forced, scored: bool) -> Message:
    """What the demand costs, or brings."""
    least, most = found.loss_least, found.loss_most
    least = None if least is None else at_least(least, scored)
    most = None if most is None else at_most(most, scored)
    if least is not None and most is not None and most < 0:
        return m(
            "So it brings at least {least} and at most {most}. This is proved.",
            least=people(-most, scored),
            most=people(-least, scored),
        )
    if least is not None and most is not None and abs(most - least) < NEARLY:
        return m("So it costs exactly {people}. This is proved.", people=people(least, scored))
    if least is not None and least <= 0 and (most is None or most > 0):
        return _undecided(found.contrary, most, scored)
    if least is not None and most is not None:
        return m(
            "So it costs at least {least} and at most {most}. This is proved.",
            least=people(least, scored),
            most=people(most, scored),
        )
    if least is not None:
        return m("So it costs at least {least}. This is proved.", least=people(least, scored))
    return m("What it costs is not proved; give it more time.")


def _undecided(contrary: bool, most: float | None, scored: bool) -> Message:
    """That the demand may cost nothing, and at most how much."""
    way_out = m("A longer time limit (--time-limit) may decide it.")
    if contrary:
        if most is None:
            return m("Whether it costs or brings anything is not decided. {way_out}", way_out=way_out)
        return m(
            "Whether it costs or brings anything is not decided; it costs at most {most}, which is proved. {way_out}",
            most=people(most, scored),
            way_out=way_out,
        )
    if most is None:
        return m("Whether it costs anything is not decided. {way_out}", way_out=way_out)
    return m(
        "Whether it costs anything is not decided; it costs at most {most}, which is proved. {way_out}",
        most=people(most, scored),
        way_out=way_out,
    )


def _reached(proved: Proved, scored: bool) -> Message:
    """The interval of one solve."""
    most = None if proved.most is None else at_most(proved.most, scored)
    if proved.least is None:
        if most is None:
            return m("nothing was found and nothing is proved")
        return m("no plan was found; none reaches more than {most}", most=people(most, scored))
    if most is None:
        return m("at least {least}", least=people(proved.least, scored))
    if abs(most - proved.least) < NEARLY:
        return m("exactly {least}", least=people(proved.least, scored))
    return m("between {least} and {most}", least=people(proved.least, scored), most=people(most, scored))
