"""Messages that are put together of others."""

from __future__ import annotations

import pytest

from liftplan.models.messages import joined, labelled, listed, m, speaking
from liftplan.models.problems import InputProblems, Place, Problem


@pytest.mark.parametrize(("language", "text"), [("en", "a, 7, yuan"), ("zh", "a、7、yuan")])
def test_lists_have_the_commas_of_the_language(language: str, text: str) -> None:
    """Names of one kind stand between Chinese list commas in Chinese."""
    message = listed(["a", 7, m("{unit}", unit="yuan")])
    assert message.text(language) == text
    with speaking(language):
        assert str(m("{names}!", names=message)) == f"{text}!"


def test_lists_may_be_empty_or_long() -> None:
    """A list of nothing is an empty text; one of a whole county is no matter of depth."""
    assert str(listed([])) == ""
    assert str(listed(range(100_000))).endswith(", 99999")


@pytest.mark.parametrize(("language", "text"), [("en", "a, b: c"), ("zh", "a，b：c")])
def test_clauses_and_labels_have_the_marks_of_the_language(language: str, text: str) -> None:
    """Clauses stand between commas, a label before a colon."""
    assert labelled(joined(["a", "b"]), "c").text(language) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "county/funds.csv, row 3, column amount: no such fund"),
        ("zh", "county/funds.csv，第 3 行，列 amount：no such fund"),
    ],
)
def test_problems_tell_their_place_in_the_language(language: str, text: str) -> None:
    """Who catches `InputProblems` in Python reads place and message in one language."""
    place = Place("funds", 3, "amount", "county/funds.csv")
    problem = Problem("reference", place, m("no such {what}", what="fund"), m(""))
    with speaking(language):
        assert str(InputProblems([problem, problem])) == f"{text}; {text}"
        assert str(InputProblems([Problem("refused", Place(), m("so be it"), m(""))])) == "so be it"
