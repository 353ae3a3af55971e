"""The numbers that make generated counties as hard as the real thing; nothing else decides scarcity."""

from __future__ import annotations

DEFICIT = 1_450
"""Mean of what incomes lie below the poverty line, yuan a person a year."""

WAGES = 0.69
"""Factor on the income gains of measures that cost money."""

EFFECTS = 0.70
"""Factor on the income gains that projects bring without cost to the household."""

HOUSING_NEED = 0.53
"""Share of households without safe housing."""

WATER_NEED = 0.45
"""Share of households without safe drinking water."""

DEPTH = 0.22
"""Spread (sigma of a lognormal) between villages of how far incomes lie below the line."""

REMOTENESS = 0.27
"""Spread (sigma of a lognormal) between villages of building costs."""
