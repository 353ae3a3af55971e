"""Names of the public files."""

from __future__ import annotations

from typing import Final

PUBLIC_CSV: Final = "public-villages.csv"
PUBLIC_WORKBOOK: Final = "public-villages.xlsx"
