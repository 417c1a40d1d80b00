"""Keeping only some parts of a user's template: masters, layouts, themes, and the pictures and typefaces they use.

A part stays only if its relationship and its content are on the list of what belongs in a deck. Anything else in the file
(macros, objects of other programs, links to other computers, people's names) is left out and reported once. A part must be as the standard has it, so that PowerPoint won't repair a deck that is made with it.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from lxml import etree
from msgspec import Struct, field

from workshop import limits
from workshop.errors import At, Problem, Severity
from workshop.files.package_file import NAMESPACES, TYPES_PART, Node, PackageFile, Relation, refused
from workshop.files.schema import faults_of
from workshop.files.strict_names import plain_numbers
from workshop.inputs.bare import ABOUT, AFTER
from workshop.inputs.pictures import KINDS, OLD, PictureError, checked_picture
from workshop.model.numbers import whole

# EMU, ten times the largest slide: Office reads no more than 32 bits, and a template may be scaled
FARTHEST = 500_000_000
_PLACES = (
    *(f"{{{NAMESPACES['a']}}}{tag}" for tag in ("off", "ext", "chOff", "chExt")),
    f"{{{NAMESPACES['p']}}}notesSz",
)


def refuse_unsound(root: Node, name: str, at: At) -> None:
    """Raise the first fault of a part, after mending what other programs are known to write.

    Raises:
        WorkshopError: for what the standard doesn't allow.
    """
    plain_numbers(root)
    masters, notes = (root.find(f"p:{tag}", NAMESPACES) for tag in ("sldMasterIdLst", "notesMasterIdLst"))
    if masters is not None and notes is not None:
        masters.addnext(notes)
    for face in root.iterfind(".//a:fontScheme//a:latin", NAMESPACES):
        face.set("typeface", face.get("typeface") or "Arial")  # which programs show then
    for what in _faults(root):
        raise refused(f"in {name}, {what}", at)


def _faults(root: Node) -> Iterator[str]:
    for node in root.iter(*_PLACES):
        for key in ("x", "y", "cx", "cy"):
            if whole(node.get(key, "0"), -FARTHEST, FARTHEST) is None:
                yield f"a place or size has {key}={node.get(key):.40}, which is too far for any slide"
    if root.find(".//a:tblGrid", NAMESPACES) is not None and root.find(".//a:gridCol", NAMESPACES) is None:
        yield "a table has no columns"
    yield from (fault.what for fault in faults_of(root))


PML = "application/vnd.openxmlformats-officedocument.presentationml."
TYPES = {
    "presentation": PML + "presentation.main+xml",
    "slideMaster": PML + "slideMaster+xml",
    "slideLayout": PML + "slideLayout+xml",
    "notesMaster": PML + "notesMaster+xml",
    "handoutMaster": PML + "handoutMaster+xml",
    "presProps": PML + "presProps+xml",
    "viewProps": PML + "viewProps+xml",
    "tableStyles": PML + "tableStyles+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "themeOverride": "application/vnd.openxmlformats-officedocument.themeOverride+xml",
    "font": "application/x-fontdata",
}
# kind of part -> kinds of relationship that it keeps
KEPT: Mapping[str, frozenset[str]] = {
    "presentation": frozenset(TYPES) - {"presentation", "slideLayout", "themeOverride"},
    "slideMaster": frozenset({"slideLayout", "theme", "image", "hyperlink"}),
    "slideLayout": frozenset({"slideMaster", "themeOverride", "image", "hyperlink"}),
    "notesMaster": frozenset({"theme", "image", "hyperlink"}),
    "handoutMaster": frozenset({"theme", "image", "hyperlink"}),
    "presProps": frozenset(),
    "viewProps": frozenset(),
    "tableStyles": frozenset(),
    "theme": frozenset({"image"}),
    "themeOverride": frozenset({"image"}),
}
PREFIX = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
# Left out silently: example slides, data about them, and settings of one program
QUIET = frozenset(
    {"slide", "thumbnail", "core-properties", "extended-properties", "printerSettings", "changesInfo", "revisionInfo"}
)
NAMES = "names and notes of people who worked on it"
OTHERS = "data of other programs"
WORDS: Mapping[str, str] = {
    "vbaProject": "macros",
    "oleObject": "an object of another program",
    "package": "an embedded file",
    "control": "a control that runs code",
    "attachedTemplate": "a link to another template",
    "video": "a film",
    "media": "sound or film",
    "audio": "a sound",
    "image": "a picture on another computer",
    "hyperlink": "a link that opens neither a web page nor a mail",
    "chart": "a chart",
    "diagramData": "a SmartArt drawing",
    "commentAuthors": NAMES,
    "authors": NAMES,
    "comments": NAMES,
    "person": NAMES,
    "custom-properties": OTHERS,
    "customXml": OTHERS,
    "tags": OTHERS,
}
BENIGN = frozenset({NAMES, OTHERS, *(f"{what} in a picture" for what in (ABOUT, AFTER))})
ACTION = "an action that starts a program, a macro or another file"
WEB = re.compile(r"(https?://|mailto:)[^\s\\]+", re.IGNORECASE)
ACTIONS = re.compile(r"(ppaction://(hlinkshowjump\?jump=\w+|hlinksldjump|noaction))?", re.IGNORECASE)
DRAWN = ("sp", "pic", "graphicFrame", "grpSp", "cxnSp")
# What a part can't do without
NEEDED = {
    "presentation": "slideMaster",
    "slideMaster": "theme",
    "slideLayout": "slideMaster",
    "notesMaster": "theme",
    "handoutMaster": "theme",
}
# Extensions that change what is seen, or help the people who draw: their numbers, and what each may hold
_MICROSOFT = "http://schemas.microsoft.com/office/"
EXTENSIONS = {
    "{96DAC541-7B7A-43D3-8B79-37D633B846F1}": f"{{{_MICROSOFT}drawing/2016/SVG/main}}svgBlip",
    "{28A0092B-C50C-407E-A947-70E740481C1C}": f"{{{_MICROSOFT}drawing/2010/main}}useLocalDpi",
    "{C183D7F6-B498-43B3-948B-1728B52AA6E4}": f"{{{_MICROSOFT}drawing/2017/decorative}}decorative",
    "{EFAFB233-063F-42B5-8137-9DF3F51BA10A}": f"{{{_MICROSOFT}powerpoint/2012/main}}sldGuideLst",
}
_KNOWN = tuple(f"{{{space}" for space in (*(NAMESPACES[prefix] for prefix in ("a", "p", "r", "mc", "m")), _MICROSOFT))
ENDINGS = frozenset({"png", "jpg", "jpeg", "gif", "svg", "emf", "wmf", "bmp", "tif", "tiff"})
ROOTS = {
    "slideMaster": "sldMaster",
    "slideLayout": "sldLayout",
    "presProps": "presentationPr",
    "viewProps": "viewPr",
    "tableStyles": "tblStyleLst",
}
_XML = "{http://www.w3.org/XML/1998/namespace}"
_P, _A, _R = (f"{{{NAMESPACES[prefix]}}}" for prefix in "par")
# Lists of the template's own slides, data about them, and a password that would prevent editing the new deck
_GONE = tuple(f"{_P}{tag}" for tag in ("custShowLst", "photoAlbum", "custDataLst", "modifyVerifier"))
_SHAPES = frozenset({"pic", "graphicFrame", "contentPart", "controls", "timing", "sndAc", "ext"})
_LISTS = {"slideMaster": f"{_P}sldMasterId", "slideLayout": f"{_P}sldLayoutId"}


def kept_of(package: PackageFile, main: str) -> tuple[PackageFile, tuple[Problem, ...]]:
    """Return a package with only what belongs in a deck, and one problem for each kind of thing that was left out.

    Raises:
        WorkshopError: if a kept part is too large, or isn't XML.
    """
    keeper = _Keeper(package=package)
    keeper.keep(main, "presentation")
    for relation in package.relations(""):
        if relation.target != main:
            keeper.drop(relation)
    blobs = {TYPES_PART: keeper.types(), **keeper.blobs, "_rels/.rels": _bytes(_rels([(main, _main_relation())], ""))}
    bare = PackageFile(at=package.at, names=tuple(blobs), blobs=blobs, size=package.size, unread=package.unread)
    return bare, keeper.problems()


def _main_relation() -> Relation:
    return Relation("rId1", PREFIX + "officeDocument", "", external=False)


class _Keeper(Struct, kw_only=True):
    package: PackageFile
    blobs: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    size: int = 0
    shapes: int = 0

    @property
    def at(self) -> At:
        return self.package.at

    def keep(self, start: str, kind: str) -> None:
        """Keep a part and everything that it needs; without recursion, since parts refer to each other."""
        waiting = [(start, kind)]
        while waiting:
            name, kind = waiting.pop()
            if name in self.blobs:
                continue
            blob = self.package.blobs[name]
            self._count(name, blob)
            self.kinds[name], self.blobs[name] = TYPES.get(kind, kind), blob
            if kind in KEPT:
                needed = list(self._kept_relations(name, kind))
                waiting += [(relation.target, relation.kind) for relation in needed if not relation.external]

    def _count(self, name: str, blob: bytes) -> None:
        self.size += len(blob)
        if self.size > limits.TEMPLATE_BYTES:
            raise refused(f"its masters, layouts and pictures are more than {limits.TEMPLATE_BYTES}", self.at)
        if re.search(r"[\x00-\x1f\\]|(^|/)\.\.?(/|$)|.{200}", name):
            raise refused(f"a part is named {name!r:.200}", self.at)

    def _kept_relations(self, name: str, kind: str) -> Iterator[Relation]:
        """Yield the relationships that a part keeps, and put the reduced part and its list into ``blobs``."""
        root, found = self.package.tree(name), self.package.relations(name)
        if twice := [key for key, times in Counter(relation.id for relation in found).items() if times > 1]:
            raise refused(f"{name} has two relationships named {twice[0]!r}", self.at)
        for slides in root.findall(f"{_P}sldIdLst"):  # example slides, whatever it is that they name
            slides[:] = []
        listed = {of: self._listed(root, of, found) for of in _LISTS}
        relations = {}
        for relation in found:
            unlisted = relation.kind in listed and kind != "slideLayout" and relation.id not in listed[relation.kind]
            if unlisted or not self._may_stay(relation, kind, name):
                self.drop(relation)
            else:
                relations[relation.id] = relation
        self._check_shapes(name, root)
        self.left_out.update(_clean(root, frozenset(relations)))
        if kind in NEEDED and NEEDED[kind] not in {relation.kind for relation in relations.values()}:
            raise refused(f"{name} has no {NEEDED[kind]}", self.at)
        refuse_unsound(root, name, self.at)
        self.blobs[name] = _bytes(root)
        if relations:
            folder, _, file = name.rpartition("/")
            pairs = [(relation.target, relation) for relation in relations.values()]
            written = _rels(pairs, folder)
            refuse_unsound(written, name, self.at)
            self.blobs[posixpath.join(folder, "_rels", f"{file}.rels")] = _bytes(written)
        yield from relations.values()

    def _check_shapes(self, name: str, root: Node) -> None:
        """Refuse a part with so many shapes that reading it would take too long."""
        tags = Counter(_local(node) for node in root.iter())
        shapes = sum(tags[kind] for kind in DRAWN)
        for found, most in ((shapes, limits.LAYOUT_SHAPES), (sum(tags.values()), limits.PART_ELEMENTS)):
            if found > most:
                raise refused(f"{name} has {found:,} {most.unit}; the limit is {most}", self.at)
        self.shapes += shapes
        if self.shapes > limits.TEMPLATE_SHAPES:
            raise refused(f"its masters and layouts have more than {limits.TEMPLATE_SHAPES}", self.at)

    def _listed(self, root: Node, kind: str, relations: tuple[Relation, ...]) -> frozenset[str]:
        """Return the relationships in a list of masters or layouts, each once; refuse too many."""
        seen: set[str] = set()
        known = {relation.id for relation in relations if relation.kind == kind}
        for node in list(root.iter(_LISTS[kind])):
            number = str(node.get(f"{_R}id", ""))
            parent = node.getparent()
            if (number in seen or number not in known) and parent is not None:
                parent.remove(node)
            seen.add(number)
        most = limits.TEMPLATE_MASTERS if kind == "slideMaster" else limits.TEMPLATE_LAYOUTS
        if len(seen) > most:
            raise refused(f"it has {len(seen):,} {most.unit}; the limit is {most}", self.at)
        return frozenset(seen)

    def _may_stay(self, relation: Relation, kind: str, name: str) -> bool:
        if relation.kind not in KEPT[kind] or relation.type != PREFIX + relation.kind:
            return False
        if relation.external:
            return relation.kind == "hyperlink" and WEB.fullmatch(relation.target) is not None
        if relation.target not in self.package.blobs or relation.kind == "hyperlink" or not relation.id:
            return False
        if relation.kind == "image":
            return self._keep_picture(relation.target)
        known = self.kinds.get(relation.target, TYPES[relation.kind])
        return known == TYPES[relation.kind] and self._is_sound(relation, name)

    def _is_sound(self, relation: Relation, name: str) -> bool:
        """Whether a part has the kind that its relationship says; a layout also has to belong to the master that lists it."""
        if relation.kind == "font":
            return relation.target.endswith(".fntdata")
        if relation.kind == "slideLayout" and self.package.related(relation.target, "slideMaster") != name:
            return False
        root = self.package.tree(relation.target)
        return _local(root) == ROOTS.get(relation.kind, relation.kind)

    def _keep_picture(self, name: str) -> bool:
        """Keep a picture whose bytes match its name; of an SVG, keep only what can be seen."""
        if name in self.blobs:
            return self.kinds[name].startswith("image/")
        blob = self.package.blobs[name]
        try:
            picture = checked_picture(blob, (*KINDS, *OLD), again=True)
        except PictureError:
            return False
        if name.rpartition(".")[2].lower() not in ENDINGS:
            return False
        self.left_out.update(f"{what} in a picture" for what in picture.left_out)
        self._count(name, picture.blob)
        self.blobs[name], self.kinds[name] = picture.blob, picture.media_type
        return True

    def drop(self, relation: Relation) -> None:
        """Count something that is left out, under the words of its warning."""
        if relation.kind in QUIET or relation.kind in _LISTS:
            return
        elsewhere = relation.external and relation.kind not in ("hyperlink", "image", "attachedTemplate")
        if relation.kind == "image" and not relation.external:
            self.left_out["a picture that is damaged or of an odd format"] += 1
        elif elsewhere:
            self.left_out["a file on another computer"] += 1
        else:
            self.left_out[WORDS.get(relation.kind, f"a part of the kind {relation.kind[:40]!r}")] += 1

    def types(self) -> bytes:
        """Return the list of content types: an entry for each part, and defaults only for XML and relationships."""
        space = NAMESPACES["ct"]
        root = etree.Element(f"{{{space}}}Types", nsmap={None: space})  # type: ignore[dict-item]
        for ending, kind in (("rels", "vnd.openxmlformats-package.relationships+xml"), ("xml", "xml")):
            etree.SubElement(root, f"{{{space}}}Default", Extension=ending, ContentType=f"application/{kind}")
        for name, kind in self.kinds.items():
            etree.SubElement(root, f"{{{space}}}Override", PartName=f"/{name}", ContentType=kind)
        return _bytes(root)

    def problems(self) -> tuple[Problem, ...]:
        """Return one problem for each kind of thing left out; for harmless things it is only advice."""
        return tuple(
            Problem(
                f"this template has {what}, which the deck leaves out" + (f" ({times} times)" if times > 1 else ""),
                self.at,
                code="template-content",
                severity=Severity.ADVICE if what in BENIGN else Severity.WARNING,
            )
            for what, times in self.left_out.items()
        )


def _rels(relations: list[tuple[str, Relation]], folder: str) -> Node:
    space = NAMESPACES["pr"]
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})  # type: ignore[dict-item]
    for target, relation in relations:
        node = etree.SubElement(root, f"{{{space}}}Relationship", Id=relation.id, Type=relation.type)
        if relation.external:
            node.set("Target", relation.target)
            node.set("TargetMode", "External")
        else:
            node.set("Target", quote(posixpath.relpath(target, folder or "."), safe="/()!$&'*+,;=:@~"))
    return root


def _bytes(root: Node) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# ---------------------------------------------------------------- inside a part
def _clean(root: Node, known: frozenset[str]) -> Counter[str]:
    """Remove from a part everything that uses a lost relationship or starts something; return the words of its warnings."""
    found: Counter[str] = Counter()
    for node in list(root.iter(*_GONE)):
        _take(node)
    for node in [node for node in root.iter(f"{_P}ext", f"{_A}ext") if node.get("uri") is not None]:
        inside = [str(child.tag) for child in node]
        if inside != [EXTENSIONS.get(str(node.get("uri")))]:
            found.update(OTHERS for tag in inside if "microsoft" not in tag)
            _take(node)
    for node in list(root.iter()):
        if not str(node.tag).startswith(_KNOWN):
            found[OTHERS] += 1
            _take(node)
            continue
        action = str(node.get("action", ""))
        if _local(node).startswith("hlink") and not ACTIONS.fullmatch(action):
            found[ACTION] += 1
            _take(node)
            continue
        if _local(node) == "cmd" and node.tag == f"{_P}cmd":
            _take_out(node)
            continue
        for key, value in [(str(key), str(value)) for key, value in node.attrib.items()]:
            if key.startswith(_R) and value and value not in known:
                _without(node, key, known)
            elif key.startswith("{") and not key.startswith((*_KNOWN, _XML)):
                del node.attrib[key]
    return found


def _local(node: Node) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _without(node: Node, key: str, known: frozenset[str]) -> None:
    """Remove the element that used a lost relationship."""
    others = [str(k) for k in node.attrib if str(k).startswith(_R) and k != key]
    if any(node.get(other) in known for other in others):
        del node.attrib[key]  # a link to a picture that is also embedded
    elif _local(node) == "blip":
        _without_picture(node)
    else:
        _take_out(node)


def _without_picture(blip: Node) -> None:
    holder = blip.getparent()
    owner = holder.getparent() if holder is not None else None
    if holder is None or owner is None:
        return
    if _local(owner) == "pic":
        _take(owner)
    elif _local(holder) == "blipFill":
        owner.replace(holder, etree.Element(f"{_A}noFill"))
    else:  # a bullet
        _take(holder)


def _take_out(node: Node) -> None:
    """Remove a shape, effect or list entry as a whole, since the rest of it would be invalid."""
    lost = next((parent for parent in (node, *node.iterancestors()) if _local(parent) in _SHAPES), node)
    if _local(node).startswith("hlink"):
        lost = node
    _take(lost)


def _take(node: Node) -> None:
    parent = node.getparent()
    if parent is None:
        return
    parent.remove(node)
    if not len(parent) and _local(parent).endswith("Lst") and _local(parent) != "sldIdLst":
        _take(parent)
