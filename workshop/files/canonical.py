"""A deck part by part, whichever program wrote it: each part by what it is for, each number in it by what it points to."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import count

from lxml import etree
from msgspec import Struct

from workshop.files.build_ids import PROPERTIES, PROPERTY
from workshop.files.deck_shapes import A, C, P, R
from workshop.files.package_file import NAMESPACES, Node, PackageFile, Relation, content_types

SHAPES = frozenset(P + name for name in ("sp", "pic", "graphicFrame", "cxnSp", "grpSp", "contentPart"))
TO = "→"  # before what a number points to
LOOSE, TYPE = "relations", "type"  # attributes of a root that say what its XML doesn't
FIELD = "‹field›"
_P14 = f"{{{NAMESPACES['p14']}}}"
_A16 = "{http://schemas.microsoft.com/office/drawing/2014/main}"
_C16 = "{http://schemas.microsoft.com/office/drawing/2014/chart}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_TERMS = "{http://purl.org/dc/terms/}"
_USUAL = (NAMESPACES["r"], "http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/package/2006/")


class Noise(Struct, frozen=True):
    """Something that is no edit.

    Attributes:
        what: "attribute", "element", "number" (an attribute whose value only points to things), "part" (a kind of relation), or "rule".
        names: the names that it concerns; for numbers, element and attribute.
        why: why nobody means it as an edit.
    """

    what: str
    names: tuple[str, ...]
    why: str


NOISE = (
    Noise("attribute", ("dirty", "err", "smtClean", "bmk"), "marks of the program that checks the spelling"),
    Noise(
        "element",
        (f"{_P14}creationId", f"{_A16}creationId", f"{_P14}modId", f"{_A16}rowId", f"{_A16}colId", f"{_C16}uniqueId"),
        "ids that programs draw",
    ),
    Noise(
        "element",
        (f"{_CORE}lastModifiedBy", f"{_CORE}revision", f"{_TERMS}modified"),
        "who saved the file last, and when",
    ),
    Noise(
        "number",
        (
            f"{P}cNvPr@id",
            f"{P}cTn@id",
            f"{C}axId@val",
            f"{P}sldId@id",
            f"{P}sldMasterId@id",
            f"{P}sldLayoutId@id",
            f"{A}fld@id",
        ),
        "numbers that programs draw; what points to them is compared by what it points to",
    ),
    Noise(
        "part",
        ("extended-properties", "viewProps", "thumbnail", "printerSettings", "revisionInfo", "changesInfo"),
        "what a program notes about itself: its name, counts, windows, a picture of the first slide",
    ),
    Noise(
        "relation",
        (
            "image",
            "hyperlink",
            "chart",
            "slide",
            "audio",
            "video",
            "media",
            "package",
            "oleObject",
            "diagramData",
            "diagramLayout",
            "diagramQuickStyle",
            "diagramColors",
        ),
        "without an element that names it, such a relation does nothing",
    ),
    Noise("rule", ("text of fields",), "the number of a slide, a date: computed whenever the slide is shown"),
    Noise("rule", ("end of paragraphs",), "the look of the place after the last character, where no character is"),
    Noise("rule", ("borders of runs",), "two runs beside each other that look alike are one"),
    Noise("rule", ("empty runs",), "a run without a character beside others shows nothing"),
    Noise("rule", ("indentation",), "white space between elements"),
    Noise("rule", ("empty text",), "a shape without text, whether an empty paragraph says so or nothing does"),
    Noise("rule", ("id of the build",), "a new build has a new one"),
    Noise("rule", ("zip",), "the order and dates in a file, and in the workbooks in it"),
)


def names_of(what: str) -> frozenset[str]:
    """Return all names of a kind in ``NOISE``."""
    return frozenset(name for noise in NOISE if noise.what == what for name in noise.names)


_SILENT, _DRAWN, _OWN, _NAMED = map(names_of, ("attribute", "element", "part", "relation"))


class Part(Struct, frozen=True, kw_only=True):
    """A part of a deck.

    Attributes:
        name: its name in the package.
        xml: its canonical XML; empty if it isn't XML.
        digest: of its content.
    """

    name: str
    xml: bytes = b""
    digest: str = ""


def canonical(package: PackageFile, slides: Mapping[str, str]) -> dict[str, Part]:
    """Return the parts of a package by what they are for: "slide[intro]", "slide[intro]/Chart/chart", "layout[Title]".

    Args:
        slides: part of each slide -> its name.

    Raises:
        WorkshopError: for parts that can't be read.
    """
    return dict(_Named(package, slides).parts())


class _Named:
    """Finds each part through the relations that lead to it, and names it."""

    def __init__(self, package: PackageFile, slides: Mapping[str, str]) -> None:
        self.package, self.types = package, content_types(package)
        self.main = package.related("", "officeDocument")
        self.known: dict[str, str] = {}
        self._taken = Counter[str]()
        self._name(self.main, "presentation")
        for part, name in slides.items():
            self._name(part, f"slide[{name}]")
        todo = ["", *self.known]
        while todo:
            todo += self._below(todo.pop(0))
        for part in package.parts():
            if part not in self.known:
                self._name(part, f"unrelated:{self._digest(part)}")

    def _name(self, part: str, name: str) -> None:
        self._taken[name] += 1
        self.known[part] = f"{name}#{self._taken[name]}" if self._taken[name] > 1 else name

    def _is_xml(self, part: str) -> bool:
        return part.endswith((".xml", ".vml"))

    def _digest(self, part: str) -> str:
        blob = self.package.blobs[part]
        if part.endswith(".xlsx"):
            blob = _workbook(blob)
        return hashlib.sha256(blob).hexdigest()[:16]

    def _below(self, part: str) -> Iterator[str]:
        """Name the parts that one is related to, those first that its XML names, by the shapes that they are in."""
        relations = {one.id: one for one in self.package.relations(part)}
        holders = dict[str, str]()
        for node in self.package.tree(part).iter(etree.Element) if part and self._is_xml(part) else ():
            for key, value in node.attrib.items():
                if str(key).startswith(R) and value in relations:
                    holders.setdefault(str(value), _holder(node))
        for number in (*holders, *sorted(set(relations) - set(holders))):
            one = relations[number]
            if one.external or one.target in self.known or one.target not in self.package.blobs:
                continue
            self._name(one.target, self._called(part, one, holders.get(number, "")))
            yield one.target

    def _called(self, part: str, one: Relation, holder: str) -> str:
        if one.kind in ("slideLayout", "slideMaster"):
            content = self.package.tree(one.target).find("p:cSld", NAMESPACES)
            name = content.get("name") if content is not None else None
            return f"{'layout' if one.kind == 'slideLayout' else 'master'}[{name}]" if name else one.kind
        if not self._is_xml(one.target) and not one.target.endswith(".xlsx"):
            return f"media:{self._digest(one.target)}"
        above = "" if part in ("", self.main) else self.known[part] + "/"
        return f"{above}{holder + '/' if holder else ''}{'workbook' if one.kind == 'package' else one.kind}"

    def parts(self) -> Iterator[tuple[str, Part]]:
        """Yield the name of each part, and the part."""
        yield "package", Part(name="", digest=self._loose("", set()))
        own = {
            target.target for part in ("", self.main) for target in self.package.relations(part) if target.kind in _OWN
        }
        for part, name in self.known.items():
            if part in own:
                continue
            if self._is_xml(part):
                yield name, Part(name=part, xml=etree.tostring(self._meaning(part), method="c14n", with_comments=False))
            else:
                yield name, Part(name=part, digest=f"{self._digest(part)} {self.types.get(part, '')}")

    def _target(self, one: Relation) -> str:
        return one.target if one.external else self.known.get(one.target, "gone")

    def _loose(self, part: str, seen: set[str]) -> str:
        """Return the relations of a part that no element names, as text."""
        left = (one for one in self.package.relations(part) if one.id not in seen and one.kind not in _OWN | _NAMED)
        return "\n".join(sorted(f"{_kind(one)} {self._target(one)}" for one in left))

    def _meaning(self, part: str) -> Node:
        """Return a copy of a part's XML, in which numbers are what they point to."""
        root = deepcopy(self.package.tree(part))
        _without_noise(root)
        relations = {one.id: one for one in self.package.relations(part)}
        seen = set[str]()
        for node in root.iter(etree.Element):
            for key, value in node.attrib.items():
                if str(key).startswith(R):
                    one = relations.get(str(value))
                    seen.add(str(value))
                    node.set(key, f"{TO}{_kind(one)} {self._target(one)}" if one else f"{TO}{value!s}")
        _pointed(root, self._slide_numbers() if part == self.main else {})
        loose = self._loose(part, seen)
        if loose:
            root.set(LOOSE, loose)
        if part == PROPERTIES:
            for own in list(root):
                if own.get("name") == PROPERTY:
                    root.remove(own)
        root.set(TYPE, self.types.get(part, ""))
        return root

    def _slide_numbers(self) -> dict[str, str]:
        """Return the number of each slide in the presentation -> its name."""
        nodes = self.package.tree(self.main).iterfind("p:sldIdLst/p:sldId", NAMESPACES)
        return {str(node.get("id")): self.known.get(self.package.numbered(self.main, node.get(f"{R}id")), "gone") for node in nodes}  # fmt: skip


def _kind(one: Relation) -> str:
    return one.kind if one.type.startswith(_USUAL) else one.type


def _holder(node: Node) -> str:
    """Return the name of the shape that an element is in; "" outside shapes."""
    found: Node | None = node
    while found is not None and found.tag not in SHAPES:
        found = found.getparent()
    return shape_name(found) if found is not None else ""


def shape_name(shape: Node) -> str:
    """Return the name of a shape."""
    own = next(shape.iter(f"{P}cNvPr"), None)
    return str(own.get("name") or "") if own is not None else ""


def _workbook(blob: bytes) -> bytes:
    """Return what is in a workbook, without dates and order; one that can't be read is as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            entries = [one for one in archive.infolist() if not one.filename.startswith("docProps/")]
            if sum(one.file_size for one in entries) > 100 * len(blob) + 1_000_000:
                return blob
            return b"".join(
                one.filename.encode() + archive.read(one) for one in sorted(entries, key=lambda one: one.filename)
            )
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return blob


# ---------------------------------------------------------------- noise
def _without_noise(root: Node) -> None:
    for node in list(root.iter(*_DRAWN)):
        _removed(node)
    for node in root.iter(etree.Element):
        for key in _SILENT & set(map(str, node.attrib)):
            del node.attrib[key]
        if len(node) and not (node.text or "").strip():
            node.text = None
        if not (node.tail or "").strip():
            node.tail = None
    for node in root.iter(f"{A}fld"):
        node.attrib.pop("id", "")
        for said in node.iter(f"{A}t"):
            said.text = FIELD
    for node in root.iter(f"{A}p"):
        _plain_end(node)
        _joined(node)
    for body in list(root.iter(f"{P}txBody")):
        if next(body.iter(f"{A}t", f"{A}fld", f"{A}br"), None) is None and _is_bare(body):
            _removed(body)


def _removed(node: Node) -> None:
    """Remove an element, and lists of extensions that are empty without it."""
    parent = node.getparent()
    while parent is not None:
        parent.remove(node)
        if len(parent) or etree.QName(parent).localname not in ("ext", "extLst"):
            return
        node, parent = parent, parent.getparent()


def _plain_end(paragraph: Node) -> None:
    end = paragraph.find("a:endParaRPr", NAMESPACES)
    if end is None:
        return
    said = paragraph.find("a:r", NAMESPACES) is not None or paragraph.find("a:fld", NAMESPACES) is not None
    if said or (not len(end) and {*end.attrib} <= {"lang"}):
        paragraph.remove(end)


def _is_bare(body: Node) -> bool:
    """Whether an empty text says nothing about how a text in it would look."""
    return all(not node.attrib and not (node.text or "").strip() for node in body.iter(etree.Element)) and all(
        not len(node) for node in body
    )


def _joined(paragraph: Node) -> None:
    if any(node.text for node in paragraph.iterfind("a:r/a:t", NAMESPACES)):
        for run in [run for run in paragraph.iterfind("a:r", NAMESPACES) if not run.findtext("a:t", "", NAMESPACES)]:
            paragraph.remove(run)
    last, look = None, b""
    for run in list(paragraph):
        own = run.find("a:rPr", NAMESPACES) if run.tag == f"{A}r" else None
        text = run.find("a:t", NAMESPACES) if run.tag == f"{A}r" else None
        usual = text is not None and len(run) == 1 + (own is not None) and not run.attrib and not text.attrib
        now = etree.tostring(own, method="c14n") if own is not None else b""
        if usual and last is not None and now == look and text is not None:
            last.text = (last.text or "") + (text.text or "")
            paragraph.remove(run)
        else:
            last, look = (text if usual else None), now


# ---------------------------------------------------------------- numbers
def _pointed(root: Node, slides: Mapping[str, str]) -> None:
    """Replace numbers of shapes, axes, steps and slides by what they point to."""
    shapes = {str(node.get("id")): str(node.get("name") or "") for node in root.iter(f"{P}cNvPr")}
    axes = dict[str, str]()
    kinds = Counter[str]()
    for axis in root.iter(*(f"{C}{kind}Ax" for kind in ("cat", "val", "date", "ser"))):
        own, kind = axis.find("c:axId", NAMESPACES), etree.QName(axis).localname
        kinds[kind] += 1
        axes[str(own.get("val")) if own is not None else ""] = f"{TO}{kind}{kinds[kind]}"
    steps = dict(zip((str(node.get("id")) for node in root.iter(f"{P}cTn")), map(str, count()), strict=False))
    for node in root.iter(etree.Element):
        if node.tag == f"{P}cNvPr":
            node.attrib.pop("id", "")
        elif node.tag in (f"{A}stCxn", f"{A}endCxn"):
            _points(node, "id", shapes)
        elif node.tag in (f"{C}axId", f"{C}crossAx"):
            node.set("val", axes.get(str(node.get("val")), f"{TO}gone"))
        elif node.tag in (f"{P}cTn", f"{P}tn"):
            _points(node, "id" if node.tag == f"{P}cTn" else "val", steps)
        elif node.tag in (f"{P}sldId", f"{_P14}sldId") and slides:
            _points(node, "id", slides)
        elif node.tag in (f"{P}sldMasterId", f"{P}sldLayoutId"):
            node.attrib.pop("id", "")
        if "spid" in node.attrib:
            _points(node, "spid", shapes)


def _points(node: Node, key: str, found: Mapping[str, str]) -> None:
    if (value := str(node.get(key) or "")) in found:
        node.set(key, TO + found[value])
