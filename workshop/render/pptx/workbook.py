"""The small workbook behind a native chart: one sheet, plain cells, reproducible bytes.

Text stays text: a label that begins with "=" doesn't become a formula, nor an address a link.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import Struct, field

from workshop.render.office_xml import clean

SHEET = "Sheet1"
CREATED = datetime(1980, 1, 1, tzinfo=UTC)  # the earliest date that a zip file can have; else XlsxWriter asks the clock

Cell = str | float | None


class Column(Struct, frozen=True):
    """A heading and the cells below it; ``None`` is an empty cell."""

    header: str
    cells: tuple[Cell, ...]


class Grid(Struct):
    """The sheet as it grows; a column is known by its index."""

    columns: list[Column] = field(default_factory=list)

    def add(self, header: str, cells: Sequence[Cell]) -> int:
        """Append a column and return its index."""
        self.columns.append(Column(clean(header), tuple(clean(c) if isinstance(c, str) else c for c in cells)))
        return len(self.columns) - 1

    def header_at(self, index: int) -> str:
        """Return the address of a heading."""
        from xlsxwriter.utility import xl_col_to_name

        return f"{SHEET}!${xl_col_to_name(index)}$1"

    def cells_at(self, index: int) -> str:
        """Return the address of the cells below it."""
        from xlsxwriter.utility import xl_col_to_name

        name = xl_col_to_name(index)
        return f"{SHEET}!${name}$2:${name}${len(self.columns[index].cells) + 1}"


def free_name(grid: Grid, name: str) -> str:
    """Return ``name``, changed so that it differs from all headings so far."""
    taken = {column.header for column in grid.columns}
    names = [name, *(f"{name} ({k})" for k in range(2, len(taken) + 3))]
    return next(n for n in names if n not in taken)


def to_xlsx(columns: Sequence[Column]) -> bytes:
    """Return the workbook."""
    from xlsxwriter import Workbook  # charts that are kept need none of it

    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet(SHEET)
        for place, column in enumerate(columns):
            for row, cell in enumerate((column.header, *column.cells)):
                if isinstance(cell, str):
                    sheet.write_string(row, place, cell)  # ``write`` would look for formulas and addresses
                elif cell is not None:
                    sheet.write_number(row, place, cell)
    return buffer.getvalue()
