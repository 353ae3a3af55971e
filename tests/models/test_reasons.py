"""Why files cannot be read: in words of our own, and other programs' words only as a quotation."""

from __future__ import annotations

import csv
import errno
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

import liftplan
from liftplan.models.planfiles import plan_text
from liftplan.models.planreading import plan_from_text
from liftplan.models.problems import InputProblems
from liftplan.models.reasons import csv_reason, json_reason, system_reason

QUOTED = 'in the words of the program "{text}"'


@pytest.fixture(scope="module")
def plan() -> str:
    """The text of a plan of `tiny`."""
    return plan_text(liftplan.solve("tiny", threads=1).plan)


def fault(call: Callable[[], Any]) -> Any:
    """What a call raises."""
    try:
        call()
    except (ValueError, RecursionError, csv.Error) as error:
        return error
    pytest.fail("nothing was raised")


@pytest.mark.parametrize(
    "text",
    [
        '"\\x"',
        '"\\u12"',
        '{"a":1,}',
        "[1,]",
        "{a:1}",
        "nope",
        "1" * 5000,
        '"\t"',
        '{"a":1 "b":2}',
        '{"a" 1}',
        '"a',
        "1 2",
    ],
)
def test_usual_faults_of_json_are_told_in_our_words(text: str) -> None:
    """None of them needs the words of the reader."""
    assert json_reason(fault(lambda: json.loads(text))).template != QUOTED


@pytest.mark.parametrize("text", ['a,"b', 'a,"b"c\n', "x" * 200_000])
def test_usual_faults_of_csv_are_told_in_our_words(text: str) -> None:
    """None of them needs the words of the reader."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert csv_reason(fault(lambda: list(reader))).template != QUOTED


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EIO, errno.EPIPE])
def test_usual_faults_of_files_are_told_in_our_words(number: int) -> None:
    """Missing, forbidden, full, broken, closed."""
    assert system_reason(OSError(number, "some words")).template != QUOTED


def test_unusual_faults_are_quoted() -> None:
    """What is not known is said to be another program's words, on one line and not without end."""
    reason = system_reason(OSError(9999, f"Strange\n{'x' * 999}"))
    assert reason.template == QUOTED
    assert len(str(reason)) < 300
    assert "Strange x" in str(reason)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"gap": 0.0', '"gap": "little"'),
        ('"scenario": "base"', '"scenario": "\\ud800"'),
        ('"status": "optimal"', '"status": 1'),
        ('"status": "optimal"', '"status": ["optimal"]'),
        ('"plan_version": 1', '"plan_version": 1.5'),
    ],
)
def test_spoilt_plans_are_told_in_our_words(old: str, new: str, plan: str) -> None:
    """No field of a plan that holds another kind of value makes the schema's library speak."""
    assert old in plan
    with pytest.raises(InputProblems) as raised:
        plan_from_text(plan.replace(old, new))
    for problem in raised.value.problems:
        assert QUOTED not in templates(problem.message), problem


def templates(message: Any) -> set[str]:
    """Templates of a message and of those inside it."""
    inside = [value for _, value in message.values if hasattr(value, "template")]
    return {message.template, *(template for one in inside for template in templates(one))}
