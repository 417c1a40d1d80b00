"""Checks of a package's lists of masters, layouts and slides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from workshop.check.package_parts import AGAIN, charts_in
from workshop.errors import Report
from workshop.files.package_file import NAMESPACES, Node, PackageFile

# Checks of a package's lists and numbers: each names what exists, and nothing twice.
_C = f"{{{NAMESPACES['c']}}}"
_ID = f"{{{NAMESPACES['r']}}}id"


def check_lists(package: PackageFile, main: str, report: Report) -> None:
    """Report lists of the presentation, and numbers in its charts, that programs would repair or refuse."""
    root = package.tree(main)
    if root.find("p:sldSz", NAMESPACES) is None:
        report.error(f"{main} gives no size of the slides (sldSz)", package.at, "add it before notesSz", "slide-size")
    for kind, holder in (("notesMaster", "notesMasterIdLst"), ("handoutMaster", "handoutMasterIdLst")):
        if package.related(main, kind) and root.find(f"p:{holder}", NAMESPACES) is None:
            report.warn(f"it has a {kind} that {main} does not list", package.at, AGAIN, "unlisted")
    slides = root.findall("p:sldIdLst/p:sldId", NAMESPACES)
    numbers = [str(node.get("id")) for node in slides]
    for what, found in (("the slide number", numbers), ("the slide", [str(node.get(_ID)) for node in slides])):
        for name in _twice(found):
            report.error(f"{main} lists {what} {name} twice", package.at, AGAIN, "duplicate-id")
    for node in root.iterfind(".//p14:sectionLst//p14:sldId", NAMESPACES):
        if node.get("id") not in numbers:
            report.error(f"{main} has a section with a slide {node.get('id')}, which is missing", package.at, AGAIN, "unlisted")  # fmt: skip
    _check_masters(package, main, report)
    for part, chart in charts_in(package):
        for what in _chart_faults(chart):
            report.error(f"{part} {what}", package.at, "make the chart again", "chart-numbers")


def _check_masters(package: PackageFile, main: str, report: Report) -> None:
    """Report masters and layouts with the same number, and layouts whose master isn't the one that lists them."""
    targets = {relation.id: relation.target for relation in package.relations(main)}
    numbers = []
    for node in package.tree(main).iterfind("p:sldMasterIdLst/p:sldMasterId", NAMESPACES):
        numbers.append(str(node.get("id")))
        master = targets.get(str(node.get(_ID)), "")
        layouts = {relation.id: relation.target for relation in package.relations(master)}
        for own in (
            package.tree(master).iterfind("p:sldLayoutIdLst/p:sldLayoutId", NAMESPACES)
            if master in package.blobs
            else ()
        ):
            numbers.append(str(own.get("id")))
            layout = layouts.get(str(own.get(_ID)), "")
            if layout in package.blobs and package.related(layout, "slideMaster") != master and package.is_read(layout):
                report.error(f"{master} lists {layout}, which belongs to another master", package.at, AGAIN, "unlisted")
    for number in _twice(number for number in numbers if number != "None"):
        report.error(f"two masters or layouts have the number {number}", package.at, AGAIN, "duplicate-id")


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _chart_faults(chart: Node) -> Iterator[str]:
    """Yield in words which numbers of a chart lead nowhere, or are there twice."""
    area = chart.find("c:chart/c:plotArea", NAMESPACES)
    if area is None:
        return
    axes = [
        str(node.get("val"))
        for axis in area
        if str(axis.tag).endswith("Ax")
        for node in axis.iterfind("c:axId", NAMESPACES)
    ]
    asked = {str(node.get("val")) for node in area.iter(f"{_C}axId", f"{_C}crossAx")}
    yield from (f"has two axes {number}" for number in _twice(axes))
    yield from (f"names an axis {number}, which is missing" for number in sorted(asked - {*axes, "0"}))
    series = [str(node.get("val")) for node in area.iterfind("*/c:ser/c:idx", NAMESPACES)]
    yield from (f"has two series with the number {number}" for number in _twice(series))
