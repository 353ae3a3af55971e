"""Counties that a worker has read."""

from __future__ import annotations

import pytest

import liftplan
from liftplan.models.problems import InputProblems
from liftplan.service.worker.shelf import PLACES, Shelf


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Sources that were really read."""
    found, load = [], liftplan.load

    def noted(source: str) -> liftplan.County:
        found.append(source)
        return load("tiny" if source.startswith("tiny") else source)

    monkeypatch.setattr(liftplan, "load", noted)
    return found


def test_a_county_is_read_once(read: list[str]) -> None:
    """The second task on a county finds it read."""
    shelf = Shelf()
    assert shelf.county("tiny") is shelf.county("tiny")
    assert read == ["tiny"]


def test_the_counties_used_last_are_kept(read: list[str]) -> None:
    """However many counties come by, a few stay; the one that was not used longest goes."""
    shelf = Shelf()
    names = [f"tiny-{number}" for number in range(PLACES + 1)]
    for name in [*names, names[-2], names[0]]:
        shelf.county(name)
    assert read == [*names, names[0]]


def test_scenarios_leave_the_county_as_it_is(read: list[str]) -> None:
    """What one task changes is not there for the next one."""
    shelf = Shelf()
    less = shelf.under("tiny", (), ["funds[department=transport].amount x 0.5"], "less")
    assert less.county.digest != shelf.county("tiny").digest == liftplan.load("tiny").digest
    assert shelf.under("tiny", (), ()).county is shelf.county("tiny")
    assert read == ["tiny", "tiny"]


def test_what_is_no_county_is_not_kept(read: list[str]) -> None:
    """A source that cannot be read is told each time."""
    shelf = Shelf()
    for _ in range(2):
        with pytest.raises(InputProblems):
            shelf.county("nowhere")
    assert read == ["nowhere", "nowhere"]
