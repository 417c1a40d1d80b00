"""The small workbook behind a native chart: one sheet, plain cells, reproducible bytes.

Text stays text: a label that begins with "=" doesn't become a formula, nor an address a link.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from lxml import etree
from msgspec import Struct, field

from workshop.render.office_xml import clean

SHEET = "Sheet1"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip file can have
_LETTERS = 26

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
        return f"{SHEET}!${letters(index)}$1"

    def cells_at(self, index: int) -> str:
        """Return the address of the cells below it."""
        name = letters(index)
        return f"{SHEET}!${name}$2:${name}${len(self.columns[index].cells) + 1}"


def free_name(grid: Grid, name: str) -> str:
    """Return ``name``, changed so that it differs from all headings so far."""
    taken = {column.header for column in grid.columns}
    names = [name, *(f"{name} ({k})" for k in range(2, len(taken) + 3))]
    return next(n for n in names if n not in taken)


def letters(index: int) -> str:
    """Return the name of a column.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    while index >= 0:
        name = chr(ord("A") + index % _LETTERS) + name
        index = index // _LETTERS - 1
    return name


def to_xlsx(columns: Sequence[Column]) -> bytes:
    """Return the workbook."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, root in _parts(columns):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
    return buffer.getvalue()


def _parts(columns: Sequence[Column]) -> list[tuple[str, etree._Element]]:
    return [
        ("[Content_Types].xml", _types()),
        ("_rels/.rels", _relations("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", _book()),
        ("xl/_rels/workbook.xml.rels", _relations("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", _sheet(columns)),
    ]


def _types() -> etree._Element:
    root, space = _root(f"{_PACKAGE}/content-types", "Types")
    for extension, kind in (("rels", "vnd.openxmlformats-package.relationships+xml"), ("xml", "xml")):
        etree.SubElement(root, space + "Default", Extension=extension, ContentType=f"application/{kind}")
    for part, kind in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet")):
        kind = f"{_SPREADSHEET}.{kind}+xml"  # noqa: PLW2901 - completed, not replaced
        etree.SubElement(root, space + "Override", PartName=f"/xl/{part}.xml", ContentType=kind)
    return root


def _relations(kind: str, target: str) -> etree._Element:
    root, space = _root(f"{_PACKAGE}/relationships", "Relationships")
    etree.SubElement(root, space + "Relationship", Id="rId1", Type=f"{_RELATED}/{kind}", Target=target)
    return root


def _book() -> etree._Element:
    root, space = _root(_MAIN, "workbook", r=_RELATED)
    sheet = etree.SubElement(etree.SubElement(root, space + "sheets"), space + "sheet", name=SHEET, sheetId="1")
    sheet.set(f"{{{_RELATED}}}id", "rId1")
    return root


def _sheet(columns: Sequence[Column]) -> etree._Element:
    root, space = _root(_MAIN, "worksheet")
    data = etree.SubElement(root, space + "sheetData")
    height = max((len(column.cells) for column in columns), default=0)
    for number in range(height + 1):
        row = etree.SubElement(data, space + "row", r=str(number + 1))
        for index, column in enumerate(columns):
            values = (column.header, *column.cells)
            if number < len(values) and values[number] is not None:
                _cell(row, space, f"{letters(index)}{number + 1}", values[number])
    return root


def _cell(row: etree._Element, space: str, address: str, value: Cell) -> None:
    if isinstance(value, str):
        cell = etree.SubElement(row, space + "c", r=address, t="inlineStr")
        text = etree.SubElement(etree.SubElement(cell, space + "is"), space + "t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = value
    else:
        etree.SubElement(etree.SubElement(row, space + "c", r=address), space + "v").text = repr(value)


def _root(namespace: str, name: str, **more: str) -> tuple[etree._Element, str]:
    space = f"{{{namespace}}}"
    names: dict[Any, str] = {None: namespace, **more}
    return etree.Element(space + name, nsmap=names), space
