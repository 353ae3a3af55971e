"""What all tests share: hypothesis without deadlines (with fixed examples in continuous integration), NO_BROWSER."""

import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("desk"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

OUTSIDE = ("browser", "office")
"""Marks of tests that need a program which not every machine has."""

LEFT_OUT = pytest.StashKey[int]()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests that need a browser or an office program, if NO_BROWSER says so."""
    if not os.environ.get("NO_BROWSER"):
        return
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in OUTSIDE)]
    items[:] = [item for item in items if item not in left_out]
    config.stash[LEFT_OUT] = len(left_out)
    config.hook.pytest_deselected(items=left_out)


def pytest_report_collectionfinish(config: pytest.Config) -> str:
    """Say how many were left out."""
    count = config.stash.get(LEFT_OUT, None)
    return "" if count is None else f"NO_BROWSER: {count} tests that need chromium or LibreOffice are left out"
