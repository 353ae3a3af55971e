"""What all tests share: hypothesis without deadlines (with fixed examples in CI), NO_BROWSER, NO_SERVERS.

And in which process they run: what is made once for many tests, a server say, is made in one of them only.
"""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("desk"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

OUTSIDE = {"NO_BROWSER": ("browser", "office"), "NO_SERVERS": ("server",)}
"""Switches that leave tests out, and the marks of those that need a program which not every machine has."""

NEEDED = {"NO_BROWSER": "chromium or LibreOffice", "NO_SERVERS": "PostgreSQL"}
"""What these programs are."""

TOGETHER = {
    "tests/liftplan/service/": "server",
    "tests/liftplan/client/": "server",
    "tests/liftplan/web/": "site",
    "tests/liftplan/documents/": "documents",
    "tests/solver/certificate/": "certificates",
    "tests/scenarios/store/": "store",
    "tests/solver/test_benders.py": "cases",
    "tests/solver/test_oracle.py": "cases",
    "tests/solver/test_sets.py": "cases",
}
"""Tests that share what is costly to make, and a name for each such share; all others share with their file.

Processes begin with these, in this order, so that none works through a long share while the others have nothing left.
"""

LEFT_OUT = pytest.StashKey[dict[str, int]]()


def share(test: str) -> str:
    """The share of a test, by its id: those of one share run one after the other in one process."""
    file = test.partition("::")[0]
    return next((name for place, name in TOGETHER.items() if file.startswith(place)), file)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put tests of a share together; leave out those that need a browser, an office program or a server, on demand."""
    names = list(TOGETHER.values())
    items.sort(key=lambda item: names.index(name) if (name := share(item.nodeid)) in names else len(names))
    config.stash[LEFT_OUT] = {}
    for switch, marks in OUTSIDE.items():
        if not os.environ.get(switch):
            continue
        left_out = [item for item in items if any(item.get_closest_marker(name) for name in marks)]
        items[:] = [item for item in items if item not in left_out]
        config.stash[LEFT_OUT][switch] = len(left_out)
        config.hook.pytest_deselected(items=left_out)


class Shares(LoadScopeScheduling):
    """Gives a process that has nothing left the next share, whole."""

    def _split_scope(self, nodeid: str) -> str:
        return share(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Shares | None:
    """Under `--dist=loadscope` tests are given out by shares."""
    return Shares(config, log) if config.getoption("dist") == "loadscope" else None


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a process that ran tests for this one left out; each of them collects all tests."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", {})


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that this one runs tests for what was left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, {})


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how many were left out."""
    for switch, count in config.stash.get(LEFT_OUT, {}).items():
        terminalreporter.write_line(f"{switch}: {count} tests that need {NEEDED[switch]} are left out")
