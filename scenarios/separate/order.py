"""The order in which departments decide when they decide alone."""

from __future__ import annotations

from collections.abc import Iterable

ORDER = (
    "poverty",
    "ndrc",
    "finance",
    "transport",
    "agriculture",
    "forestry",
    "water",
    "land",
    "housing",
    "civil_affairs",
    "disabled",
    "health",
    "education",
    "ethnic_affairs",
    "resettlement",
    "society",
)
"""Those that minimums name first, as R4 names them; then those with money for villages and houses; gifts last."""


def in_order(departments: Iterable[str]) -> list[str]:
    """Departments in the order in which they decide; others than those of `ORDER` come last, by identifier."""
    place = {name: index for index, name in enumerate(ORDER)}
    return sorted(departments, key=lambda name: (place.get(name, len(ORDER)), name))
