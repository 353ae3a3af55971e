"""Counts in English: one of a thing is told apart from many."""

from __future__ import annotations

from liftplan.models.messages import speaking
from liftplan.reports.counts import homes_leaving, leaving


def test_one_person_leaves_and_many_leave() -> None:
    """The verb follows the number of people."""
    with speaking("en"):
        assert str(leaving(1)) == "1 person leaves poverty"
        assert str(leaving(1_200)) == "1,200 people leave poverty"


def test_people_of_one_household_are_in_one_household() -> None:
    """Both counts have their own form."""
    with speaking("en"):
        assert str(homes_leaving(1, 1)) == "1 person in 1 household leaves poverty"
        assert str(homes_leaving(3, 1)) == "3 people in 1 household leave poverty"
        assert str(homes_leaving(38, 12)) == "38 people in 12 households leave poverty"
