"""Sessions of browsers: many calls at once, other programs' cookies beside ours."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from liftplan.service.sessions import LONGEST, SESSION, UNUSED, Session, Sessions, cookie
from liftplan.service.tokens import Kept, Tokens


def test_calls_that_come_together_are_all_known(tmp_path: Path) -> None:
    """A browser fetches several things at once; none of its calls is taken for a stranger's."""
    tokens = Tokens(tmp_path)
    sessions = Sessions(tokens)
    name = sessions.begin(tokens.add("planner", "planner"))
    assert name is not None
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(sessions.who, [name] * 2_000))
    assert None not in found
    sessions.end(name)
    assert sessions.who(name) is None


@pytest.mark.parametrize("beside", ['prefs={"a": 1}', "two words=3", "plain", "=", "liftplan=x"])
def test_cookies_of_other_programs_do_not_hide_ours(beside: str) -> None:
    """Programs on the same machine share its cookies, whatever they write into them."""
    for value in (f"{beside}; {SESSION}=abc", f"{SESSION}=abc; {beside}"):
        scope = {"type": "http", "headers": [(b"cookie", value.encode())]}
        assert cookie(scope, SESSION) == "abc", value


@pytest.mark.parametrize(("unused", "lasted"), [(UNUSED + 1, UNUSED + 1), (1.0, LONGEST + 1)])
def test_sessions_end_unused_and_after_a_week_at_the_latest(unused: float, lasted: float) -> None:
    """A session ends twelve hours after its last use, and a week after its beginning however often it is used."""
    kept = Kept(id="0" * 16, name="a", role="viewer", created="2026-01-01", salt="", hash="")
    now = 1_000_000.0
    assert Session(kept, now - lasted, now - unused).over(now)
    assert not Session(kept, now - 60.0, now - 1.0).over(now)
