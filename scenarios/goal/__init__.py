"""The least money that lifts so many people, between two numbers that are both proved."""

from __future__ import annotations

from liftplan.scenarios.goal.search import Reached, least_money

__all__ = ["Reached", "least_money"]
