"""Reads a native chart back: its caches, its workbook, and every word on it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from tests.charts.spreadsheet import printed
from workshop.render.office_xml import NAMESPACES

_SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_CHART = {key: NAMESPACES[key] for key in ("a", "c", "c15")}


@dataclass(frozen=True, slots=True)
class ReadSeries:
    """One native series.

    Attributes:
        values: of the value axis (y of a scatter chart), ``None`` for a gap.
        x: of a scatter chart, else empty.
        addresses: of the workbook's cells: heading, values, then x or categories.
        labels: (index, text) of all labels, as a program that follows the standard prints them.
    """

    name: str
    values: tuple[float | None, ...]
    x: tuple[float | None, ...]
    addresses: tuple[str, ...]
    labels: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ReadChart:
    """A native chart, as its XML caches it."""

    categories: tuple[str, ...]
    series: tuple[ReadSeries, ...]

    def find(self, name: str) -> ReadSeries:
        """Return the series of a name.

        Raises:
            KeyError: if there is none.
        """
        found = next((series for series in self.series if series.name == name), None)
        if found is None:
            raise KeyError(name)
        return found


def read_chart(xml: bytes) -> ReadChart:
    """Return the series and categories that a chart part caches."""
    root = etree.fromstring(xml)
    series = tuple(_series(element) for element in root.iterfind(".//c:ser", _CHART))
    first = root.find(".//c:ser/c:cat//c:strCache", _CHART)
    return ReadChart(tuple(str(v) for v in _points(first)) if first is not None else (), series)


def workbook_of(part: Any) -> bytes:
    """Return the workbook that is embedded for a chart part."""
    return bytes(part.chart_workbook.xlsx_part.blob)


def read_workbook(part: Any) -> dict[str, str | float]:
    """Return the cells of a chart part's embedded workbook, by address such as ``B2``."""
    with zipfile.ZipFile(io.BytesIO(workbook_of(part))) as archive:
        root = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        shared = [text.text or "" for text in etree.fromstring(archive.read("xl/sharedStrings.xml")).iter("{*}t")]
    cells: dict[str, str | float] = {}
    for cell in root.iterfind(".//s:c", _SHEET):
        value = cell.findtext("s:v", "", _SHEET)
        cells[cell.get("r", "")] = shared[int(value)] if cell.get("t") == "s" else float(value)
    return cells


def caches(part: Any) -> Iterator[tuple[str, list[str | float | None]]]:
    """Yield the address of every reference of a chart part to its workbook, and the copies of the cells there."""
    root = etree.fromstring(part.blob)
    for reference in root.iterfind(".//c:f/..", _CHART):
        yield _cached(reference, "c:f", "c:numCache", "c:strCache")
    for reference in root.iterfind(".//c15:f/..", _CHART):
        yield _cached(reference, "c15:f", "c15:dlblRangeCache")


def _cached(reference: etree._Element, formula: str, *kinds: str) -> tuple[str, list[str | float | None]]:
    (cache,) = (found for kind in kinds for found in reference.iterfind(kind, _CHART))
    number = cache.tag.endswith("numCache")
    copies = [float(text) if number and text is not None else text for text in _points(cache)]
    return reference.findtext(formula, "", _CHART), copies


def cells_of(address: str, cells: dict[str, str | float]) -> list[str | float | None]:
    """Return the workbook's values at an address such as ``Sheet1!$B$2:$B$7``, top to bottom."""
    match = re.fullmatch(r"Sheet1!\$([A-Z]+)\$(\d+)(?::\$\1\$(\d+))?", address)
    if match is None:
        raise ValueError(f"{address} is not part of one column")
    column, first, last = match.groups()
    return [cells.get(f"{column}{row}") for row in range(int(first), int(last or first) + 1)]


def _series(element: etree._Element) -> ReadSeries:
    caches = {tag: element.find(f"c:{tag}//c:numCache", _CHART) for tag in ("val", "xVal", "yVal")}
    values = caches["val"] if caches["val"] is not None else caches["yVal"]
    name = element.find("c:tx//c:v", _CHART)
    return ReadSeries(
        (name.text or "") if name is not None else "",
        _numbers(values),
        _numbers(caches["xVal"]),
        tuple(f.text or "" for f in element.iterfind(".//c:f", _CHART)),
        tuple((label.index, label.text) for label in read_labels(element)),
    )


@dataclass(frozen=True, slots=True)
class ReadLabel:
    """One label of a native series.

    Attributes:
        text: as a program prints it: from a number format, or from a cell.
        kept: the text that programs show which know neither; "" for a label that is only a formatted value.
        source: "VALUE", "XVALUE" (its number along x), "CELLRANGE", or "" for typed text.
    """

    index: int
    text: str
    kept: str
    source: str


def read_labels(series: etree._Element) -> tuple[ReadLabel, ...]:
    """Return the labels of a ``c:ser``."""
    first = {
        tag: series.find(f"c:{tag}//{'c15:dlblRangeCache' if tag == 'extLst' else 'c:numCache'}", _CHART)
        for tag in ("val", "yVal", "xVal", "extLst")
    }
    cells = {tag: _points(cache) for tag, cache in first.items() if cache is not None}
    return tuple(_label(label, cells) for label in series.iterfind("c:dLbls/c:dLbl", _CHART))


def _label(element: etree._Element, cells: dict[str, list[str | None]]) -> ReadLabel:
    index = int(element.find("c:idx", _CHART).get("val"))
    code = element.find("c:numFmt", _CHART)
    fields = element.findall("c:tx//a:fld", _CHART)
    kept = "".join(t.text or "" for t in element.iterfind("c:tx//a:t", _CHART))
    if element.find("c:tx//a:r", _CHART) is not None:
        return ReadLabel(index, kept, kept, "")
    if not fields:
        values = cells.get("val") or cells["yVal"]
        return ReadLabel(index, printed(float(values[index] or "nan"), code.get("formatCode")), "", "VALUE")
    (field,) = fields
    if field.get("type") == "CELLRANGE":
        return ReadLabel(index, cells["extLst"][index] or "", kept, "CELLRANGE")
    return ReadLabel(
        index, printed(float(cells["xVal"][index] or "nan"), code.get("formatCode")), kept, field.get("type")
    )


def _numbers(cache: etree._Element | None) -> tuple[float | None, ...]:
    return tuple(None if v is None else float(v) for v in _points(cache)) if cache is not None else ()


def _points(cache: etree._Element) -> list[str | None]:
    count = cache.find("c:ptCount", _CHART)
    found: list[str | None] = [None] * int(count.get("val", "0") if count is not None else 0)
    for point in cache.iterfind("c:pt", _CHART):
        value = point.find("c:v", _CHART)
        found[int(point.get("idx", "0"))] = value.text if value is not None else None
    return found
