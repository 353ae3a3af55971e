"""What stands in a county's workbook, in both languages.

Names of sheets, columns and choices are part of the format: workbooks written in one language are read by a liftplan
that speaks the other, so they stand here and not in the catalogue of translations.
"""

from __future__ import annotations
