"""Counties by the names that studies are given."""

from __future__ import annotations

from liftplan.models.county import County
from liftplan.scenarios.counties import load
from liftplan.scenarios.generator import Knobs, generate


def county_of(name: str, villages: int = 48) -> County:
    """A built-in county; or, where the name is a number, the generated one of that seed."""
    return generate(Knobs(seed=int(name), villages=villages)) if name.isdigit() else load(name)
