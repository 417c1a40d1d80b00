"""Checks of a package's parts: content types, the relationships that they need, and whether anything refers to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workshop.errors import Report
from workshop.files.package_file import NAMESPACES, TYPES_PART, Node, PackageFile, Relation, content_types
from workshop.files.schema import faults_of, selected

AGAIN = "open it in PowerPoint, let it repair the file, and save it"
# parts that a program may leave without a relationship
_LOOSE = ("docProps/", "customXml/", "ppt/changesInfos/", "ppt/revisionInfo.xml")
_WRAPPED = "application/vnd.openxmlformats-officedocument.{}+xml"
_PREFIXES = {space: prefix for prefix, space in NAMESPACES.items()}


class Kind(NamedTuple):
    """What a relationship of one kind leads to: content type, root element, and the relationships that this part needs."""

    content: str
    root: str
    needs: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = {
    "slide": Kind("presentationml.slide", "p:sld", ("slideLayout",)),
    "slideLayout": Kind("presentationml.slideLayout", "p:sldLayout", ("slideMaster",)),
    "slideMaster": Kind("presentationml.slideMaster", "p:sldMaster", ("theme",)),
    "notesSlide": Kind("presentationml.notesSlide", "p:notes", ("notesMaster", "slide")),
    "notesMaster": Kind("presentationml.notesMaster", "p:notesMaster", ("theme",)),
    "handoutMaster": Kind("presentationml.handoutMaster", "p:handoutMaster", ("theme",)),
    "theme": Kind("theme", "a:theme"),
    "themeOverride": Kind("themeOverride", "a:themeOverride"),
    "chart": Kind("drawingml.chart", "c:chartSpace"),
    "chartUserShapes": Kind("drawingml.chartshapes", "c:userShapes"),
    "presProps": Kind("presentationml.presProps", "p:presentationPr"),
    "viewProps": Kind("presentationml.viewProps", "p:viewPr"),
    "tableStyles": Kind("presentationml.tableStyles", "a:tblStyleLst"),
    "commentAuthors": Kind("presentationml.commentAuthors", "p:cmAuthorLst"),
    "tags": Kind("presentationml.tags", "p:tagLst"),
}
# element that names a relationship -> the kinds that it may be
USES: Mapping[str, tuple[str, ...]] = {
    "p:sldId": ("slide",),
    "p:sldMasterId": ("slideMaster",),
    "p:sldLayoutId": ("slideLayout",),
    "p:notesMasterId": ("notesMaster",),
    "p:handoutMasterId": ("handoutMaster",),
    "c:chart": ("chart",),
    "c:externalData": ("package", "oleObject", "externalLinkPath"),
    "c:userShapes": ("chartUserShapes",),
    "a:blip": ("image",),
}


def check_parts(package: PackageFile, report: Report) -> None:
    """Report what keeps programs from finding the parts of a package, or from reading them as what they are."""
    types = content_types(package)
    _check_types(package, types, report)
    for owner in ("", *package.parts()):
        _check_relations(package, owner, report)
    _check_kinds(package, types, report)
    _check_leftovers(package, report)
    for name in package.blobs:
        if name.endswith((".xml", ".rels")):
            for what, fix in faults_of(package.tree(name)):
                report.error(f"{name} is not valid: {what}", package.at, fix, "schema")


def charts_in(package: PackageFile) -> Iterator[tuple[str, Node]]:
    """Yield the names of all charts of a package, and their XML."""
    for name in package.parts():
        if name.endswith(".xml") and package.tree(name).tag == f"{{{NAMESPACES['c']}}}chartSpace":
            yield name, package.tree(name)


def _check_types(package: PackageFile, types: Mapping[str, str], report: Report) -> None:
    root = package.tree(TYPES_PART)
    for name in (name for name, kind in types.items() if not kind):
        report.error(f"{name} has no content type", package.at, f"name it in {TYPES_PART}", "content-type")
    named = [str(node.get("PartName", "")).lstrip("/") for node in root.iterfind("ct:Override", NAMESPACES)]
    there = {name.lower() for name in package.blobs}
    for name in named:
        if name.lower() not in there:
            report.error(f"a content type is given for {name}, which is missing", package.at, AGAIN, "content-type")
    endings = (f"*.{node.get('Extension')}" for node in root.iterfind("ct:Default", NAMESPACES))
    for name, times in sorted(Counter(map(str.lower, (*named, *endings))).items()):
        if times > 1:
            report.error(f"{name} has two content types", package.at, f"keep one in {TYPES_PART}", "content-type")


def _check_relations(package: PackageFile, owner: str, report: Report) -> None:
    relations = package.relations(owner)
    where = owner or "the package"
    _check_targets(package, owner, report)
    for number, times in Counter(relation.id for relation in relations).items():
        if times > 1:
            report.error(f"{where} has two relationships {number}", package.at, AGAIN, "duplicate-relationship")
    if owner.endswith(".xml") and package.is_read(owner):
        _check_uses(package, owner, {relation.id: relation for relation in relations}, report)


def check_relations(package: PackageFile, report: Report) -> None:
    """Report relationships to parts that are missing."""
    for owner in ("", *package.parts()):
        _check_targets(package, owner, report)


def _check_targets(package: PackageFile, owner: str, report: Report) -> None:
    for relation in package.relations(owner):
        if not relation.external and relation.target not in package.blobs:
            message = f"{owner or 'the package'} refers to {relation.target}, which is missing"
            report.error(message, package.at, AGAIN, "dangling-relationship")


def _check_uses(package: PackageFile, owner: str, relations: Mapping[str, Relation], report: Report) -> None:
    """Report relationships that elements of a part name: those that don't exist, lead to another kind of part, or aren't named."""
    used = dict[tuple[str, str], None]()
    for number in selected(package.tree(owner), "//@r:*"):
        if number:
            used[str(number), _short(number.getparent().tag)] = None
    for number in sorted({number for number, _ in used} - set(relations)):
        report.error(f"{owner} uses a relationship {number} that it does not have", package.at, AGAIN, "link")
    for number, tag in used:
        wanted, found = USES.get(tag, ()), relations.get(number)
        if wanted and found and found.kind not in wanted:
            report.error(f"{owner} names {number} as its {wanted[0]}, but that is its {found.kind}", package.at, AGAIN, "relationship-kind")  # fmt: skip
    shown = {number for number, _ in used}
    for relation in relations.values():
        if relation.kind == "image" and relation.id not in shown:
            report.warn(f"{owner} keeps {relation.target} but does not show it", package.at, "delete the relationship, or show the picture", "leftover")  # fmt: skip


def _short(tag: str) -> str:
    """Return the name of an element with its usual prefix."""
    space, _, name = tag[1:].partition("}")
    return f"{_PREFIXES.get(space, '')}:{name}"


def _check_kinds(package: PackageFile, types: Mapping[str, str], report: Report) -> None:
    """Report parts that are something else than the relationships to them say, or lack relationships of their own."""
    checked = set[tuple[str, str]]()
    for owner in ("", *package.parts()):
        for relation in package.relations(owner):
            part, kind = relation.target, KINDS.get(relation.kind)
            if kind is None or relation.external or part not in types or (part, relation.kind) in checked:
                continue
            checked.add((part, relation.kind))
            root = _short(str(package.tree(part).tag))
            counted = Counter(own.kind for own in package.relations(part))
            if not package.is_read(part):
                continue
            if root != kind.root:
                report.error(f"{owner} has {part} as its {relation.kind}, but that holds {root}, not {kind.root}", package.at, AGAIN, "relationship-kind")  # fmt: skip
                continue
            if types[part] not in ("", _WRAPPED.format(kind.content)):
                report.error(f"{part} is a {relation.kind}, but its content type is {types[part]}", package.at, f"make it {_WRAPPED.format(kind.content)}", "content-type")  # fmt: skip
            for need in (need for need in kind.needs if counted[need] != 1):
                number = "several relationships" if counted[need] else "no relationship"
                report.error(f"{part} has {number} to a {need}", package.at, f"a {relation.kind} needs exactly one", "missing-relationship")  # fmt: skip


def _check_leftovers(package: PackageFile, report: Report) -> None:
    reached: set[str] = set()
    waiting = [""]
    while waiting:
        for relation in package.relations(waiting.pop()):
            if not relation.external and relation.target in package.blobs and relation.target not in reached:
                reached.add(relation.target)
                waiting.append(relation.target)
    if any(name.endswith(".rels") for name in package.unread or ()):
        return  # they may refer to anything
    for name in package.parts():
        if name not in reached and not name.startswith(_LOOSE):
            report.warn(f"nothing refers to {name}", package.at, "it only makes the file bigger", "leftover")
