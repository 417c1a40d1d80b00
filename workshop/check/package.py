"""Checks of a finished .pptx, ours or anyone's: is the package valid, and are its slides accessible?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from workshop import limits
from workshop.check.package_content import check_content
from workshop.check.package_lists import check_lists
from workshop.check.package_parts import AGAIN, check_parts, check_relations
from workshop.check.package_pictures import check_pictures
from workshop.check.package_slides import check_slides
from workshop.check.package_workbooks import check_workbooks
from workshop.errors import Problem, Report, WorkshopError
from workshop.files.package_file import (
    TYPES_PART,
    PackageFile,
    content_types,
    read_package,
    refused,
)

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
