"""Reads a native chart back: its caches, its workbook, and every word on it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree

from workshop.render.pptx.xml import NAMESPACES

_SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_CHART = {key: NAMESPACES[key] for key in ("a", "c")}


@dataclass(frozen=True, slots=True)
class ReadSeries:
    """One native series.

    Attributes:
        values: of the value axis (y of a scatter chart), ``None`` for a gap.
        x: of a scatter chart, else empty.
        addresses: of the workbook's cells: heading, values, then x or categories.
        labels: (index, text) of labels with words of their own; "" where a number format makes the text.
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


def read_workbook(part: Any) -> dict[str, str | float]:
    """Return the cells of a chart part's embedded workbook, by address such as ``B2``."""
    with zipfile.ZipFile(io.BytesIO(part.chart_workbook.xlsx_part.blob)) as archive:
        root = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    cells: dict[str, str | float] = {}
    for cell in root.iterfind(".//s:c", _SHEET):
        text = cell.find(".//s:t", _SHEET)
        number = cell.find("s:v", _SHEET)
        if text is not None:
            cells[cell.get("r", "")] = text.text or ""
        elif number is not None:
            cells[cell.get("r", "")] = float(number.text or "nan")
    return cells


def _series(element: etree._Element) -> ReadSeries:
    caches = {tag: element.find(f"c:{tag}//c:numCache", _CHART) for tag in ("val", "xVal", "yVal")}
    values = caches["val"] if caches["val"] is not None else caches["yVal"]
    name = element.find("c:tx//c:v", _CHART)
    return ReadSeries(
        (name.text or "") if name is not None else "",
        _numbers(values),
        _numbers(caches["xVal"]),
        tuple(f.text or "" for f in element.iterfind(".//c:f", _CHART)),
        tuple(_label(label) for label in element.iterfind("c:dLbls/c:dLbl", _CHART)),
    )


def _label(element: etree._Element) -> tuple[int, str]:
    index = element.find("c:idx", _CHART)
    lines = ["".join(t.text or "" for t in p.iterfind(".//a:t", _CHART)) for p in element.iterfind("c:tx//a:p", _CHART)]
    return int(index.get("val", "-1")) if index is not None else -1, "\n".join(lines)


def _numbers(cache: etree._Element | None) -> tuple[float | None, ...]:
    return tuple(None if v is None else float(v) for v in _points(cache)) if cache is not None else ()


def _points(cache: etree._Element) -> list[str | None]:
    count = cache.find("c:ptCount", _CHART)
    found: list[str | None] = [None] * int(count.get("val", "0") if count is not None else 0)
    for point in cache.iterfind("c:pt", _CHART):
        value = point.find("c:v", _CHART)
        found[int(point.get("idx", "0"))] = value.text if value is not None else None
    return found
