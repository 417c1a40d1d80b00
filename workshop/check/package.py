"""Checks of a finished .pptx, ours or anyone's: is the package valid, and are its slides accessible?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from workshop.check.package_content import check_content
from workshop.check.package_slides import check_slides
from workshop.errors import Problem, Report, WorkshopError
from workshop.files.package_file import NAMESPACES, TYPES_PART, PackageFile, read_package, refused

_R, _P = (f"{{{NAMESPACES[prefix]}}}" for prefix in "rp")
_MAIN = ("presentationml.presentation.main", "presentationml.template.main", "presentationml.slideshow.main", "ms-powerpoint.presentation.macro")  # fmt: skip
# the children of p:presentation, in the order of the standard (ISO/IEC 29500-1, 19.2.1.26)
ORDER = (
    "sldMasterIdLst",
    "notesMasterIdLst",
    "handoutMasterIdLst",
    "sldIdLst",
    "sldSz",
    "notesSz",
    "smartTags",
    "embeddedFontLst",
    "custShowLst",
    "photoAlbum",
    "custDataLst",
    "kinsoku",
    "defaultTextStyle",
    "modifyVerifier",
    "extLst",
)
# Parts that a program may leave without a relationship
_LOOSE = ("docProps/", "customXml/", "ppt/changesInfos/", "ppt/revisionInfo.xml")


def check_package(source: Path | bytes, name: str = "deck.pptx") -> tuple[Problem, ...]:
    """Return all problems of a presentation, ordered by severity and place.

    Args:
        source: a file, or the bytes of one.
        name: its name if ``source`` is bytes.
    """
    try:
        package = read_package(source, name)
        report = Report()
        main = _main_part(package)
        _check_names(package, report)
        _check_types(package, report)
        _check_relations(package, report)
        _check_leftovers(package, report)
        _check_presentation(package, main, report)
        check_content(package, report)
        check_slides(package, main, report)
    except WorkshopError as error:
        return error.problems
    return tuple(sorted(report.found, key=lambda p: -p.severity))


def _main_part(package: PackageFile) -> str:
    """Return the presentation's main part; refuse other kinds of document."""
    if TYPES_PART not in package.blobs:
        raise refused("it has no list of content types", package.at)
    main = package.related("", "officeDocument")
    if not main:
        raise refused("it names no main part", package.at)
    kind = _content_type(package, main)
    if not any(word in kind for word in _MAIN):
        raise refused("it is another kind of document", package.at)
    return main


def _content_type(package: PackageFile, name: str) -> str:
    types = package.tree(TYPES_PART)
    for node in types.iterfind("ct:Override", NAMESPACES):
        if str(node.get("PartName", "")).lstrip("/").lower() == name.lower():
            return str(node.get("ContentType", ""))
    suffix = name.rpartition(".")[2].lower()
    for node in types.iterfind("ct:Default", NAMESPACES):
        if str(node.get("Extension", "")).lower() == suffix:
            return str(node.get("ContentType", ""))
    return ""


def _check_names(package: PackageFile, report: Report) -> None:
    counted = Counter(name.lower() for name in package.names)
    for name in sorted(name for name, times in counted.items() if times > 1):
        report.error(f"two parts are named {name}", package.at, "save it again with PowerPoint", "duplicate-part")
    for name in package.names:
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            report.error(f"{name!r} isn't a name for a part", package.at, "do not unpack this file", "part-name")


def _check_types(package: PackageFile, report: Report) -> None:
    types = package.tree(TYPES_PART)
    named = [str(node.get("PartName", "")).lstrip("/") for node in types.iterfind("ct:Override", NAMESPACES)]
    given = {str(node.get("Extension", "")).lower() for node in types.iterfind("ct:Default", NAMESPACES)}
    listed = {name.lower() for name in named}
    for name in package.parts():
        if name.lower() not in listed and name.rpartition(".")[2].lower() not in given:
            report.error(f"{name} has no content type", package.at, "", "content-type")
    there = {name.lower() for name in package.blobs}
    for name in named:
        if name.lower() not in there:
            report.error(f"a content type is given for {name}, which is missing", package.at, "", "content-type")
    for name, times in sorted(Counter(named).items()):
        if times > 1:
            report.error(f"{name} has two content types", package.at, "", "content-type")


def _check_relations(package: PackageFile, report: Report) -> None:
    for owner in ("", *package.parts()):
        relations = package.relations(owner)
        where = owner or "the package"
        for relation in relations:
            if not relation.external and relation.target not in package.blobs:
                report.error(
                    f"{where} refers to {relation.target}, which is missing", package.at, "", "dangling-relationship"
                )
        for number, times in Counter(relation.id for relation in relations).items():
            if times > 1:
                report.error(f"{where} has two relationships {number}", package.at, "", "duplicate-relationship")
        if owner.endswith(".xml"):
            known = {relation.id for relation in relations}
            for number in sorted(_named_relations(package, owner) - known):
                report.error(f"{owner} uses a relationship {number} that it does not have", package.at, "", "link")


def _named_relations(package: PackageFile, name: str) -> set[str]:
    found = set()
    for node in package.tree(name).iter():
        for key, value in node.attrib.items():
            if str(key).startswith(_R) and value:
                found.add(str(value))
    return found


def _check_presentation(package: PackageFile, main: str, report: Report) -> None:
    """Report lists of the presentation that are missing or out of order; programs repair or refuse such files."""
    root = package.tree(main)
    names = [str(node.tag).removeprefix(_P) for node in root if str(node.tag).startswith(_P)]
    places = [ORDER.index(name) for name in names if name in ORDER]
    for name in (name for name in names if name not in ORDER):
        report.error(f"{main} has {name}, which belongs elsewhere", package.at, "", "child-order")
    wrong = next((k for k in range(1, len(places)) if places[k] <= places[k - 1]), 0)
    if wrong:
        first, second = (ORDER[place] for place in places[wrong - 1 : wrong + 1])
        report.error(f"{main} has {second} after {first}", package.at, "save it again with PowerPoint", "child-order")
    for kind, holder in (("notesMaster", "notesMasterIdLst"), ("handoutMaster", "handoutMasterIdLst")):
        if package.related(main, kind) and holder not in names:
            report.warn(
                f"it has a {kind} that {main} does not list", package.at, "save it again with PowerPoint", "unlisted"
            )


def _check_leftovers(package: PackageFile, report: Report) -> None:
    reached: set[str] = set()
    waiting = [""]
    while waiting:
        for relation in package.relations(waiting.pop()):
            if not relation.external and relation.target in package.blobs and relation.target not in reached:
                reached.add(relation.target)
                waiting.append(relation.target)
    for name in package.parts():
        if name not in reached and not name.startswith(_LOOSE):
            report.warn(f"nothing refers to {name}", package.at, "it only makes the file bigger", "leftover")
    for owner in package.parts():
        if not owner.endswith(".xml"):
            continue
        images = [relation for relation in package.relations(owner) if relation.kind == "image"]
        used = _named_relations(package, owner) if images else set()
        for relation in images:
            if relation.id not in used:
                report.warn(f"{owner} keeps {relation.target} but does not show it", package.at, "", "leftover")
