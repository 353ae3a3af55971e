"""Progress of a solve, as people see it."""

from __future__ import annotations

import pytest

import liftplan
from liftplan.cli.progress import Lines, sentence

from .program import Inside


def lines(capsys: pytest.CaptureFixture[str], *events: tuple[float, str]) -> list[str]:
    """What is printed of events (seconds, stage)."""
    with Lines() as shown:
        for seconds, stage in events:
            shown(liftplan.Event(seconds, stage, None, None))
    return capsys.readouterr().err.splitlines()


def test_events_are_told_in_a_line() -> None:
    """Progress names stage, people, bound and gap, as far as they are known."""
    assert sentence(liftplan.Event(1.0, "prices", None, None)) == "proving a bound"
    line = sentence(liftplan.Event(2.0, "branch", 1000.0, 1001.0, 1000))
    assert line == "closing the gap, plan 1,000 people, bound 1,001.0, gap 0.100 %"


STAGES = ["read", "compile", "kernels", "prices", "certificate", "second level", "ledger", "check"]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_words_in_both_languages(stage: str) -> None:
    """No stage that a solve goes through is shown by its code."""
    english = sentence(liftplan.Event(1.0, stage, None, None))
    with liftplan.speaking("zh"):
        chinese = sentence(liftplan.Event(1.0, stage, None, None))
    assert english != stage
    assert not set("abcdefghijklmnopqrstuvwxyz") & set(chinese)


def test_unknown_stage_is_shown_by_its_name() -> None:
    """A stage that has no words yet is better than none."""
    assert sentence(liftplan.Event(1.0, "polish", None, None)) == "polish"


def test_solve_begins_with_reading(call: Inside) -> None:
    """The first line comes at once, before the county is read."""
    _, _, err = call("solve", "tiny")
    assert err.splitlines()[0] == "[  0.0 s] reading the county"


def test_lines_come_every_few_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    """Of the events of one stage one in five seconds is shown, and the last."""
    shown = lines(capsys, *((second / 2, "prices") for second in range(25)))
    assert [line[1:8].strip() for line in shown] == ["0.0 s", "5.0 s", "10.0 s", "12.0 s"]


def test_new_stage_has_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    """A new stage is told without waiting, unless a line was shown a moment ago."""
    shown = lines(capsys, (0.0, "read"), (0.2, "compile"), (1.5, "prices"), (1.6, "plan"), (3.0, "ledger"))
    assert [line[1:8].strip() for line in shown] == ["0.0 s", "1.5 s", "3.0 s"]
