"""Checks of a package's workbooks: the numbers of each chart can be edited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workshop import limits
from workshop.check.package_content import COMPOUND
from workshop.check.package_parts import charts_in
from workshop.errors import Report, WorkshopError
from workshop.files.package_file import (
    NAMESPACES,
    Node,
    PackageFile,
    read_package,
    whole,
)
from workshop.files.schema import selected

# Checks of the workbooks behind a package's charts: they open, and have the cells whose values the charts show.
_C = f"{{{NAMESPACES['c']}}}"
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_RANGE = re.compile(rf"(?:'((?:[^']|'')+)'|([^'!\[\](),]+))!{_CELL.pattern}(?::{_CELL.pattern})?")
_EDIT = "make the chart again, or edit its data"


class Workbook:
    """A workbook, of which sheets are read when a chart names them.

    Raises:
        WorkshopError: if it can't be opened.
    """

    def __init__(self, package: PackageFile) -> None:
        self._package = package
        self._main = package.related("", "officeDocument")
        self._read: dict[str, frozenset[tuple[int, int]] | None] = {}
        self._sheets: dict[str, str] = {}
        targets = {relation.id: relation.target for relation in package.relations(self._main)}
        for sheet in package.tree(self._main).iterfind("{*}sheets/{*}sheet") if self._main.endswith(".xml") else ():
            number = next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
            self._sheets[str(sheet.get("name")).casefold()] = targets.get(number, "")

    def lacks(self, formula: str, cache: Node | None) -> str:
        """Return in words what a chart shows that isn't in the workbook; "" for formulas that aren't a row or column."""
        found = _RANGE.fullmatch(formula.strip()) if len(formula) <= limits.EXPRESSION else None
        if not found or not self._sheets or cache is None:
            return ""
        quoted, plain, left, top, right, bottom = found.groups()
        name = quoted.replace("''", "'") if quoted else plain
        sheet = self._sheets.get(name.casefold(), "")
        if sheet not in self._package.blobs:
            return f"names the sheet {name:.40}, which is missing in its workbook"
        if sheet not in self._read:
            self._read[sheet] = self._cells(sheet)
        cells, first, last = self._read[sheet], _place(left, top), _place(right or left, bottom or top)
        down, across = last[0] - first[0], last[1] - first[1]
        if cells is None or (down and across):
            return ""
        for point in cache.iterfind("c:pt", NAMESPACES):
            k = whole(point, "idx")
            if k > max(down, across) or (first[0] + k * (down > 0), first[1] + k * (across > 0)) not in cells:
                return f"shows a value for {formula:.40}, number {k + 1}, whose cell is empty in its workbook"
        return ""

    def _cells(self, sheet: str) -> frozenset[tuple[int, int]] | None:
        """Return (row, column) of all cells with content; ``None`` if the sheet is too big, or hides rows, which charts leave out."""
        blob = self._package.blobs[sheet]
        if len(blob) > limits.PART_BYTES or blob.count(b"<") > limits.XML_ELEMENTS:
            return None
        root = self._package.tree(sheet)
        return None if selected(root, "//@hidden") else frozenset(self._filled(root))

    @staticmethod
    def _filled(sheet: Node) -> Iterator[tuple[int, int]]:
        at = (0, 0)
        for node in sheet.iter("{*}row", "{*}c"):
            if str(node.tag).endswith("}row"):
                at = (whole(node, "r", at[0] + 1), 0)
                continue
            named = _CELL.fullmatch(str(node.get("r", "")))
            at = _place(*named.groups()) if named else (at[0], at[1] + 1)
            if len(node):
                yield at


def _place(letters: str, row: str) -> tuple[int, int]:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row), column


def check_workbooks(package: PackageFile, report: Report) -> None:
    """Report charts whose numbers can't be edited, since their workbook is missing, damaged or another one."""
    spent = 0
    for part, chart in charts_in(package):
        formulas = [node for node in chart.iter(f"{_C}f") if (node.text or "").strip()]
        data = chart.find("c:externalData", NAMESPACES)
        if data is None and formulas:
            report.warn(f"{part} has no workbook, so its numbers can't be edited", package.at, _EDIT, "workbook")
        number = data.get(f"{{{NAMESPACES['r']}}}id") if data is not None else None
        target = next((r.target for r in package.relations(part) if r.id == number and not r.external), "")
        if target not in package.blobs or package.blobs[target].startswith(COMPOUND):
            continue
        if spent > limits.CHECKED_WORKBOOKS:
            report.advise(f"the workbooks of {part} and later charts were not checked", package.at, f"the limit is {limits.CHECKED_WORKBOOKS} of workbooks", "workbook")  # fmt: skip
            return
        try:
            read = read_package(package.blobs[target], target)
            spent += read.size
            book = Workbook(read)
            lacking = (book.lacks(str(formula.text), formula.getnext()) for formula in formulas)
            if what := next(filter(None, lacking), ""):
                report.error(f"{part} {what} {target}", package.at, _EDIT, "workbook")
        except WorkshopError as error:
            reason = error.problem.message.rpartition(": ")[2]
            report.error(f"{part} has the workbook {target}, which can't be opened: {reason}", package.at, _EDIT, "workbook")  # fmt: skip
