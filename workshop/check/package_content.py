"""Checks of a package's content: macros, programs, links to outside, names of people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from workshop.errors import Report
from workshop.files.package_file import TYPES_PART, Node, PackageFile, Relation, content_types
from workshop.files.schema import selected

# Checks of other content of a package: active content, anything fetched from elsewhere, names of people.
MOST_NAMED = 3  # of one kind
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # first bytes of objects of other programs and of macros
WEB = re.compile(r"(https?://|mailto:)[^\s\\]+", re.IGNORECASE)
# kinds of relationship, or last words of a content type, in lower case -> the active content that they mean
RUNS: Mapping[str, str] = {
    "vbaproject": "macros",
    "vbadata": "macros",
    "oleobject": "an object of another program",
    "activex": "a control that runs code",
    "activexcontrolbinary": "a control that runs code",
    "control": "a control that runs code",
    "extensibility": "buttons that start something",
    "webextension": "an add-in",
    "taskpane": "an add-in",
}
MACROS = re.compile(r"macroenabled|vbaproject", re.IGNORECASE)
ACTIONS: Mapping[str, str] = {
    "program": "a click that starts a program",
    "macro": "a click that starts a macro",
    "ole": "a click that opens an object of another program",
    "hlinkfile": "a click that opens another file",
    "hlinkpres": "a click that opens another presentation",
}
_EMBEDS = (
    "drawingml.chart+xml",
    "ms-office.chartex+xml",
    "drawingml.diagramData+xml",
)  # their embedded file has the data that they show
_PROPERTIES = {"lastModifiedBy": "the person who saved it last", "Manager": "a manager", "Company": "a company"}


def check_content(package: PackageFile, report: Report) -> None:
    """Report active content, content that is fetched from elsewhere, and the names of people."""
    for what, places in sorted(_grouped(_active(package)).items()):
        report.warn(
            f"it has {what}: {_listed(places)}", package.at, "delete it, or pass the file on as PDF", "active-content"
        )
    for what, places in sorted(_grouped(_external(package)).items()):
        report.warn(
            f"{what}: {_listed(places)}", package.at, "put it into the file, or take it out", "external-content"
        )
    if names := tuple(dict.fromkeys(_people(package))):
        report.warn(
            f"it names people who commented on it: {_listed(names)}",
            package.at,
            "File > Info > Inspect Document takes the names out",
            "people",
        )
    for what, name in _properties(package):
        report.advise(
            f"its properties name {what}: {name}", package.at, "File > Info > Inspect Document takes it out", "people"
        )


def _grouped(found: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for what, place in found:
        if place not in groups.setdefault(what, []):
            groups[what].append(place)
    return groups


def _listed(names: list[str] | tuple[str, ...]) -> str:
    """Return a comma-separated list of names; if there are many, the first ones and the number of the others."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def _active(package: PackageFile) -> Iterator[tuple[str, str]]:
    """Yield what could run, and the part that contains it."""
    for node in package.tree(TYPES_PART):
        kind, part = str(node.get("ContentType", "")), str(node.get("PartName", node.get("Extension", ""))).lstrip("/")
        last = re.split(r"[.+/-]", kind.removesuffix("+xml"))[-1].lower()
        if MACROS.search(kind):
            yield "macros", part
        elif last in RUNS:
            yield RUNS[last], part
    types = content_types(package)
    for owner in ("", *package.parts()):
        for relation in package.relations(owner):
            if relation.kind.lower() in RUNS and not relation.external:
                yield RUNS[relation.kind.lower()], relation.target
            elif relation.kind == "package" and owner and not types[owner].endswith(_EMBEDS):
                yield "an embedded file", relation.target
            elif not relation.external and _is_compound(package, relation):
                yield "an object of another program", relation.target
        if owner.endswith(".xml"):
            yield from ((what, owner) for what in _actions(package.tree(owner)))


def _is_compound(package: PackageFile, relation: Relation) -> bool:
    """Whether a part is a file of an old office program, whatever its name."""
    name = relation.target
    return name in package.blobs and not name.endswith(".xml") and package.blobs[name].startswith(COMPOUND)


def _actions(root: Node) -> Iterator[str]:
    for action in selected(root, "//@action"):
        scheme, _, verb = str(action).partition("://")
        if scheme.lower() == "ppaction" and (word := verb.partition("?")[0].lower()) in ACTIONS:
            yield ACTIONS[word]


def _external(package: PackageFile) -> Iterator[tuple[str, str]]:
    """Yield external content and its address: anything that programs fetch automatically, and links to files."""
    for owner in ("", *package.parts()):
        for relation in package.relations(owner):
            if not relation.external:
                continue
            if relation.kind != "hyperlink":
                yield f"it fetches its {relation.kind} from elsewhere when it is opened", relation.target
            elif relation.target.strip() and not relation.target.startswith("#") and not WEB.fullmatch(relation.target):
                yield "a link opens a file, not a web page", relation.target


def _people(package: PackageFile) -> Iterator[str]:
    """Yield the names of people who commented on a deck."""
    for owner in package.parts():
        for relation in package.relations(owner):
            if relation.kind in ("commentAuthors", "authors", "person") and relation.target in package.blobs:
                for node in package.tree(relation.target).iter():
                    if name := str(node.get("name") or node.get("displayName") or "").strip():
                        yield name


def _properties(package: PackageFile) -> Iterator[tuple[str, str]]:
    """Yield the people named in the properties, except the author, who is named on purpose."""
    texts: dict[str, str] = {}
    for relation in package.relations(""):
        if relation.kind in ("core-properties", "extended-properties") and relation.target in package.blobs:
            for node in package.tree(relation.target):
                texts[str(node.tag).rpartition("}")[2]] = (node.text or "").strip()
    for key, what in _PROPERTIES.items():
        if texts.get(key) and texts[key] != texts.get("creator"):
            yield what, texts[key]
