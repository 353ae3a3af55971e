"""Sensitivities in words: what an interval that begins at nothing says all the same."""

from __future__ import annotations

from rich.console import Console

from liftplan.models.messages import speaking
from liftplan.reports.explanations.names import Names
from liftplan.reports.explanations.worths import worth_table, worths
from liftplan.scenarios.counties import load
from liftplan.solver.explain.proved import Proved
from liftplan.solver.explain.relaxed import Target
from liftplan.solver.explain.sensitivity import Trial, Worth

NAMES = Names(load("tiny"))


def shown(low: float, high: float) -> tuple[str, str]:
    """The sentence and the table of one trial."""
    proved = Proved("feasible", None, 10.0, 20.0, 10, 1.0)
    one = Worth(Target("fund", "relief", "yuan", 100_000), None, (Trial(10_000, low, high, proved),))
    with speaking("en"):
        console = Console(width=200)
        with console.capture() as told:
            console.print(worth_table([one], NAMES, scored=False))
        return str(next(worths([one], NAMES, scored=False))), told.get()


def test_an_interval_from_nothing_says_how_much_at_most() -> None:
    """Its upper end is proved: it stands in the verdict."""
    sentence, table = shown(0.0, 7.0)
    assert "at most 7 people" in sentence
    assert "at least" not in sentence
    assert "at most 7 people; whether anybody gains is open" in table


def test_an_interval_with_a_gain_keeps_both_ends() -> None:
    """At least and at most are told where something is gained for sure."""
    sentence, table = shown(3.0, 7.0)
    assert "at least 3 people and at most 7 people" in sentence
    assert "whether anybody gains" not in table
