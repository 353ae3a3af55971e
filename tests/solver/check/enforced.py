"""How the rules of the small county are enforced, and what falling short of soft ones costs."""

from __future__ import annotations

from typing import Any

SOFT: dict[str, Any] = {"enforce": "soft", "price": 3}
HARD: dict[str, Any] = {"enforce": "hard"}
YUAN, PERSON = 10**4, 10**8
"""Units of the objective that a yuan or a person short costs at a price of 1."""
