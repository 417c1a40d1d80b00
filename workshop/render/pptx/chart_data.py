"""Addresses of a native chart's data in its workbook, with cached values."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.render.office_xml import Element, el
from workshop.render.pptx.chart_labels import Tag, extended
from workshop.render.pptx.workbook import Cell, Grid, free_name


def heading(grid: Grid, column: int) -> Element:
    """Return ``c:tx``: a series' name, from its column's heading."""
    return el("c:tx", _strings(grid.header_at(column), [grid.columns[column].header]))


def categories(grid: Grid, column: int) -> Element:
    """Return ``c:cat``."""
    return el("c:cat", _strings(grid.cells_at(column), [str(cell) for cell in grid.columns[column].cells]))


def numbers(tag: str, grid: Grid, column: int) -> Element:
    """Return ``c:val``, ``c:xVal``, ``c:yVal``, ``c:plus`` or ``c:minus``; empty cells are gaps."""
    cache = el("c:numCache", el("c:formatCode", text="General"), *points(grid.columns[column].cells))
    return el(tag, el("c:numRef", el("c:f", text=grid.cells_at(column)), cache))


def _strings(address: str, texts: Sequence[str]) -> Element:
    return el("c:strRef", el("c:f", text=address), el("c:strCache", *points(texts)))


def points(cells: Sequence[Cell]) -> list[Element]:
    """Return ``c:ptCount`` and a ``c:pt`` per cell that isn't empty: a copy of cells for programs that don't open the workbook."""
    texts = (
        (index, cell if isinstance(cell, str) else repr(cell)) for index, cell in enumerate(cells) if cell is not None
    )
    return [el("c:ptCount", val=len(cells)), *(el("c:pt", el("c:v", text=text), idx=index) for index, text in texts)]


_RANGE = "{02D57815-91ED-43cb-92C2-25804820EDAC}"


def cells(tags: Sequence[Tag], grid: Grid, series: str, count: int) -> Element | None:
    """Return ``c:extLst`` of a series with the cells that hold the words of its labels; ``None`` if it has no words.

    Args:
        series: name of the series.
        count: how many points it has.
    """
    words = {tag.index: tag.text for tag in tags if not tag.code}
    if not words:
        return None
    column = grid.add(free_name(grid, f"{series}: labels"), [words.get(index) for index in range(count)])
    cache = el("c15:dlblRangeCache", *points(grid.columns[column].cells))
    return extended(_RANGE, el("c15:datalabelsRange", el("c15:f", text=grid.cells_at(column)), cache))
