"""Tables as they stand in a file: rows of cells, merged ones known as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_TABLES = 200
MOST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row.

    Attributes:
        number: its place in the table, or in the sheet, from 1.
        texts: what stands in each column; a merged cell's text in every column and row that it covers.
        owners: which cell covers each column: the same number is the same cell.
    """

    number: int
    texts: Sequence[str]
    owners: Sequence[int]


@dataclass(frozen=True, slots=True)
class TableGrid:
    """One table of a document, or one sheet of a workbook.

    Attributes:
        number: from 1, in the file's order.
        name: of the sheet; "" for a table of a document.
        before: the paragraphs between the table before and this one.
    """

    number: int
    name: str
    before: Sequence[str]
    rows: Sequence[GridRow]

    @property
    def width(self) -> int:
        """How many columns its widest row has."""
        return max((len(row.texts) for row in self.rows), default=0)
