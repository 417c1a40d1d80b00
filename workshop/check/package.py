"""Checks of a finished .pptx, ours or anyone's: is the package valid, and are its slides accessible?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from workshop import limits
from workshop.check.package_drawn import COMPOUND, check_content
from workshop.check.package_parts import AGAIN, charts_in, check_lists, check_parts, check_relations
from workshop.check.package_slides import check_slides
from workshop.errors import Problem, Report, WorkshopError
from workshop.files.package_file import (
    NAMESPACES,
    TYPES_PART,
    Node,
    PackageFile,
    content_types,
    read_package,
    refused,
    whole,
)
from workshop.files.schema import selected
from workshop.inputs.bare import pieces_of
from workshop.inputs.pictures import EMF, GIF, JPEG, MEDIA, PNG, WMF, kind_of

# ---------------------------------------------------------------- package pictures
# Checks of a package's pictures: are they what they are called, and is there anything in them besides the picture?
_KINDS = {MEDIA[kind][1]: kind for kind in (PNG, JPEG, GIF, WMF, EMF)} | {"image/jpg": JPEG}
_THUMBNAIL = "docProps/"  # a picture of the first slide, made by the program


def check_pictures(package: PackageFile, report: Report) -> None:
    """Report pictures of another format than they are called, and those that say more than they show."""
    left = int(limits.CHECKED_PIECES)
    for name, called in content_types(package).items():
        kind = _KINDS.get(called.lower())
        if kind is None or name.startswith(_THUMBNAIL):
            continue
        blob = package.blobs[name]
        if kind_of(blob) != kind:
            report.warn(f"{name} is not {called}, as it is called", package.at, f"save it again as {kind}", "picture-format")  # fmt: skip
            continue
        found = dict[str, None]()
        try:
            for piece, what in islice(pieces_of(blob, kind), left):
                left -= 1
                if piece and what:
                    found[what] = None
        except ValueError:
            report.warn(f"{name} is damaged", package.at, f"save it again as {kind}", "picture-format")
        if found:
            report.warn(f"{name} contains more than its picture: {' and '.join(found)}", package.at, "save it again without that; it may tell where and by whom it was made", "picture-data")  # fmt: skip
        if left <= 0:
            report.advise(f"the pictures after {name} were not checked", package.at, f"the limit is {limits.CHECKED_PIECES} of pictures", "picture-data")  # fmt: skip
            return


# ---------------------------------------------------------------- package workbooks
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


# ---------------------------------------------------------------- package
_MAIN = ("presentationml.presentation.main", "presentationml.template.main", "presentationml.slideshow.main", "ms-powerpoint.presentation.macro")  # fmt: skip


def check_package(source: Path | bytes, name: str = "deck.pptx") -> tuple[Problem, ...]:
    """Return all problems of a presentation, ordered by severity and place.

    Args:
        source: a file, or the bytes of one.
        name: its name if ``source`` is bytes.
    """
    try:
        package = read_package(source, name)
        report = Report()
        _weigh(package)
        main = _main_part(package)
        package.tree(main)
        package.relations(main)
        package.unread = {}  # without those before nothing can be said, without others much
        _check_names(package, report)
        check_parts(package, report)
        check_lists(package, main, report)
        check_workbooks(package, report)
        check_pictures(package, report)
        check_content(package, report)
        check_slides(package, report)
        report.extend(package.unread.values())
    except WorkshopError as error:
        return error.problems
    return tuple(sorted(report.found, key=lambda p: -p.severity))


def check_sound(source: Path | bytes, name: str = "deck.pptx") -> tuple[Problem, ...]:
    """Return what keeps a presentation from being read: two parts of one name, parts that are missing or aren't XML."""
    try:
        package = read_package(source, name)
        report = Report()
        _weigh(package)
        _main_part(package)
        _check_names(package, report)
        check_relations(package, report)
    except WorkshopError as error:
        return error.problems
    return tuple(report.found)


def _main_part(package: PackageFile) -> str:
    """Return the presentation's main part; refuse other kinds of document."""
    if TYPES_PART not in package.blobs:
        raise refused("it has no list of content types", package.at)
    main = package.related("", "officeDocument")
    if not main:
        raise refused("it names no main part", package.at)
    kind = content_types(package).get(main, "")
    if not any(word in kind for word in _MAIN):
        raise refused("it is another kind of document", package.at)
    return main


def _weigh(package: PackageFile) -> None:
    """Refuse a package whose XML has too many elements, before any of it is parsed."""
    total = 0
    for name in (name for name in package.blobs if name.endswith((".xml", ".rels"))):
        blob = package.blobs[name]
        elements, attributes = blob.count(b"<") - blob.count(b"</"), blob.count(b"=")
        if elements + attributes > limits.XML_ELEMENTS:
            raise refused(f"{name} has too many elements; the limit is {limits.XML_ELEMENTS}", package.at)
        total += elements
    if total > limits.PACKAGE_ELEMENTS:
        raise refused(f"its parts have {total:,} elements; the limit is {limits.PACKAGE_ELEMENTS}", package.at)


def _check_names(package: PackageFile, report: Report) -> None:
    counted = Counter(name.lower() for name in package.names)
    for name in sorted(name for name, times in counted.items() if times > 1):
        report.error(f"two parts are named {name}", package.at, AGAIN, "duplicate-part")
    for name in package.names:
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            report.error(f"{name!r} isn't a name for a part", package.at, "do not unpack this file", "part-name")
