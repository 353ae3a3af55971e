"""Long tables for the sheets of a workbook: a library makes the workbook, the rows are written as XML at once."""

from liftplan.models.files.workbook.filling.filling import Filling
from liftplan.models.files.workbook.filling.rows import Cells, Written

__all__ = ["Cells", "Filling", "Written"]
