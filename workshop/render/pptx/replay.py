"""Edits made in PowerPoint, repeated on a new slide: each finds its shape by name and its words by what is around them.

Words are found as W3C's text quote selector does: by themselves with some before and after. What isn't found, or is found twice, is
a conflict, never a guess; the slide's other edits apply.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from lxml import etree
from msgspec import Struct, field
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part, XmlPart
from pptx.oxml import parse_xml

from workshop import limits
from workshop.errors import Problem, Severity
from workshop.files.canonical import SHAPES, TO
from workshop.files.carried import CARRIED
from workshop.files.deck_shapes import A, C, P
from workshop.files.edit_lines import operations_of
from workshop.files.operations import LONG, OBJECT, Operation, key_of, words
from workshop.files.package_file import NAMESPACES, Node
from workshop.files.schema import faults_of
from workshop.inputs.door import read_bytes
from workshop.model.slide_edit import SlideEdit
from workshop.render.office_xml import to_bytes
from workshop.render.pptx.carried_parts import CarriedParts
from workshop.render.pptx.carrier import related
from workshop.render.pptx.page import SAFE_SCHEMES
from workshop.render.pptx.picture_shapes import Media

R = f"{{{NAMESPACES['r']}}}"
NUMBER = re.compile(r"\d+(?:[.,\u202f]\d+)*")
WORD = re.compile(r"\w+|\W")
NEAR = 8  # characters before and after a quotation that must be the same if it is there twice
KINDS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "svg": "image/svg+xml"}
RUNS = ("ppaction://macro", "ppaction://program", "ppaction://ole", "ppaction://hlinkfile", "ppaction://hlinkpres")
# children of the properties of a run, and of a paragraph, in the order of the schema (ECMA-376, part 1, 21.1.2.3.9 and 21.1.2.2.7)
IN_RUN = ("ln", "noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill", "effectLst", "effectDag", "highlight", "uLnTx", "uLn", "uFillTx", "uFill", "latin", "ea", "cs", "sym", "hlinkClick", "hlinkMouseOver", "rtl", "extLst")  # fmt: skip
IN_PARAGRAPH = ("lnSpc", "spcBef", "spcAft", "buClrTx", "buClr", "buSzTx", "buSzPct", "buSzPts", "buFontTx", "buFont", "buNone", "buAutoNum", "buChar", "buBlip", "tabLst", "defRPr", "extLst")  # fmt: skip


class ConflictError(Exception):
    """Why an edit can't be repeated, in words."""


class Replay(Struct, kw_only=True):
    """The edits of one deck while they are repeated.

    Attributes:
        slides: id of each slide -> its part.
        media: the deck's pictures.
        carried: what shapes bring along.
        by_hand: what a slide says on which somebody typed a figure that is computed; "" to say nothing.
        problems: what couldn't be repeated.
        applied: slides on which something was.
    """

    slides: Mapping[str, Part]
    media: Media
    carried: CarriedParts
    by_hand: str = ""
    problems: list[Problem] = field(default_factory=list)
    applied: list[SlideEdit] = field(default_factory=list)

    def slide(self, name: str, edits: Iterable[SlideEdit]) -> None:
        """Repeat the edits of a slide: all together, or if that isn't valid, one by one those that are."""
        edits = tuple(edits)
        together = _Slide(self, name, self.slides[name])
        failed = {id(edit): why for edit in edits if (why := together.tried(edit))}
        if together.write():
            for edit in edits:
                if id(edit) not in failed:
                    alone = _Slide(self, name, self.slides[name])
                    if why := alone.tried(edit) or alone.write():
                        failed[id(edit)] = why
        for edit in edits:
            if why := failed.get(id(edit), ""):
                said, hint = f"an edit of {name!r} isn't repeated: {why}", "change the line, or take it out"
                self.problems.append(Problem(said, edit.at, hint=hint, code="edit", severity=Severity.WARNING))
            else:
                self.applied.append(edit)
        typed = [] if not self.by_hand else [e for e in changed_figures(edits) if id(e) not in failed]
        if typed:
            _mark(self.slides[name], self.by_hand)
            said = f"{name!r} was changed by hand, so its figures aren't checked: {_typed(typed[0])}"
            self.problems.append(Problem(said, typed[0].at, code="by-hand", severity=Severity.WARNING))


class _Slide:
    """One slide while edits are repeated on it: nothing is written before all are done."""

    def __init__(self, replay: Replay, name: str, part: Part) -> None:
        self.replay, self.name, self.part, self.media = replay, name, part, Path()
        self.open: dict[str, tuple[Any, Node]] = {}
        self.gone: list[Node] = []
        self.removed: dict[str, str] = {}  # number of a shape -> its name

    def tried(self, edit: SlideEdit) -> str:
        """Do an edit; if it can't be done, change nothing, and return why."""
        before = {address: (part, deepcopy(root)) for address, (part, root) in self.open.items()}
        self.media = edit.media
        try:
            for one in operations_of(edit.line, self.name):
                self.apply(one)
        except ConflictError as error:
            self.open = before
            return str(error)
        return ""

    def root(self, address: str) -> tuple[Any, Node]:
        """Return a part of the slide, and a copy of its XML."""
        if address not in self.open:
            part = self._part(address.partition("]")[2])
            self.open[address] = part, etree.fromstring(to_bytes(part._element) if isinstance(part, XmlPart) else part.blob)  # noqa: SLF001  # fmt: skip
        return self.open[address]

    def _part(self, inner: str) -> Any:
        if not inner:
            return self.part
        if inner == "/notesSlide":
            found = related(self.part, RT.NOTES_SLIDE)
            if not found:
                raise ConflictError("the slide has no notes")
            return found[0]
        shape = inner.split("/")[1]
        _, root = self.root(f"slide[{self.name}]")
        for frame in root.iter(f"{P}graphicFrame"):
            if key_of(frame) == shape and (chart := next(frame.iter(f"{C}chart"), None)) is not None:
                return self.part.related_part(str(chart.get(f"{R}id")))
        raise ConflictError(f"there is no chart {shape!r} on it")

    def write(self) -> str:
        """Give the parts their new XML, if it is what the standard allows; else return what is wrong."""
        if self.removed:
            _led(self.root(f"slide[{self.name}]")[1], self.removed)
        for _, root in self.open.values():
            for fault in faults_of(root):
                return f"it isn't valid: {fault[0]}"
        for part, root in self.open.values():
            if isinstance(part, XmlPart):
                part._element = parse_xml(to_bytes(root))  # noqa: SLF001 - no public way
            else:
                part.blob = to_bytes(root)
        return ""

    # ------------------------------------------------------------ where
    def apply(self, one: Operation) -> None:
        """Do what an operation says."""
        part, root = self.root(one.part)
        if one.kind == "added":
            self._add(one, part, root)
            return
        holder = _found(root, one.path)
        getattr(self, f"_{one.kind}")(one, holder, part, root)

    # ------------------------------------------------------------ elements
    def _attribute(self, one: Operation, node: Node, part: Any, root: Node) -> None:
        now, key = one.now, one.key
        current = node.get(key)
        if now is None:
            node.attrib.pop(key, "")
            return
        if key in ("x", "y", "cx", "cy") and one.was and current not in (None, one.was, now):
            now = _as_far(int(str(current)), int(one.was), int(now), scaled=key.startswith("c"))
        if now.startswith(TO):
            now = self._reference(now, part, root, key)
        node.set(key, now)

    def _text(self, one: Operation, node: Node, _part: Any, _root: Node) -> None:
        current = node.text or ""
        if current not in (one.was, one.now):
            raise ConflictError(f"the kit has {current!r} now, it had {one.was!r}, yours is {one.now!r}")
        node.text = one.now

    def _removed(self, _one: Operation, node: Node, _part: Any, _root: Node) -> None:
        parent = node.getparent()
        if parent is None:
            raise ConflictError("a whole part can't be taken out")
        if node.tag.startswith(C) and node.find(".//c:ser", NAMESPACES) is not None:
            self.gone.append(node)
        if node.tag in SHAPES:
            self.removed |= {str(one.get("id")): str(one.get("name")) for one in node.iter(f"{P}cNvPr")}
        parent.remove(node)

    def _replaced(self, one: Operation, node: Node, part: Any, root: Node) -> None:
        parent = node.getparent()
        if parent is None:
            raise ConflictError("a whole slide can't be replaced")
        new = self._settled(one.now or "", part, root)
        if node.tag in SHAPES and new.tag in SHAPES:
            _takes_over(new, node)
        parent.replace(node, new)

    def _order(self, one: Operation, node: Node, _part: Any, _root: Node) -> None:
        wanted = (one.now or "").split("\n")
        place = {name: k for k, name in reversed(list(enumerate(wanted)))}
        moving = [child for child in node if key_of(child) in place]
        if len(moving) < 2:
            raise ConflictError("what it puts in order isn't there")
        spots = [node.index(child) for child in moving]
        for child in moving:
            node.remove(child)
        for spot, child in zip(spots, sorted(moving, key=lambda child: place[key_of(child)]), strict=True):
            node.insert(spot, child)

    def _add(self, one: Operation, part: Any, root: Node) -> None:
        holder = _found(root, one.path[:-1])
        node = self._settled(one.now or "", part, root)
        for gone in self.gone:
            _with_data(node, gone)
        same = [child for child in holder if isinstance(child.tag, str) and key_of(child) == key_of(node)]
        if same and node.tag not in SHAPES and "#" not in one.path[-1]:
            holder.replace(same[0], node)
            return
        if node.tag in SHAPES and same:
            raise ConflictError(f"there is a shape {key_of(node)!r} already")
        before = [child for child in holder if isinstance(child.tag, str) and key_of(child) == one.after]
        if before:
            before[-1].addnext(node)
        elif not one.after:
            holder.insert(0, node)
        elif node.tag in SHAPES:
            last = [child for child in holder if child.tag in SHAPES]
            last[-1].addnext(node) if last else holder.append(node)
        else:
            holder.append(node)

    # ------------------------------------------------------------ what XML names
    def _settled(self, xml: str, part: Any, root: Node) -> Node:
        """Return an element of an edit whose numbers lead to what is in this deck; what runs isn't taken."""
        node: Node = etree.fromstring(xml, _PARSER)
        top = max(
            (int(str(one.get("id"))) for one in root.iter(f"{P}cNvPr") if str(one.get("id")).isdecimal()), default=1
        )
        own = dict[str, str]()
        for shape in node.iter(f"{P}cNvPr"):
            top += 1
            shape.set("id", str(top))
            own[str(shape.get("name"))] = str(top)
        steps = max(
            (int(str(one.get("id"))) for one in root.iter(f"{P}cTn") if str(one.get("id")).isdecimal()), default=0
        )
        for one in list(node.iter(etree.Element)):
            if str(one.get("action", "")).casefold().startswith(RUNS):
                raise ConflictError("it starts a program or a file")
            if one.tag == f"{P}cTn":
                steps += 1
                one.set("id", str(steps))
            for key, value in list(one.attrib.items()):
                if str(value).startswith(TO):
                    one.set(key, own.get(str(value)[1:]) or self._reference(str(value), part, root, str(key)))
        return node

    def _reference(self, value: str, part: Any, root: Node, key: str) -> str:
        """Return the number, in this deck, of what a reference names."""
        named = value.removeprefix(TO)
        if not key.startswith(R):
            if named.startswith(("catAx", "valAx", "dateAx", "serAx")):
                return _axis(root, named)
            found = next((one for one in root.iter(f"{P}cNvPr") if one.get("name") == named), None)
            if found is None:
                raise ConflictError(f"there is no shape {named!r} on it")
            return str(found.get("id"))
        kind, _, target = named.partition(" ")
        if not target:
            return ""
        if kind == "hyperlink":
            if target.partition(":")[0].lower() not in SAFE_SCHEMES:
                raise ConflictError(f"a link to {target:.60} isn't followed")
            return str(part.relate_to(target, RT.HYPERLINK, is_external=True))
        if kind == "slide":
            name = target.removeprefix("slide[").removesuffix("]")
            if name not in self.replay.slides:
                raise ConflictError(f"it leads to the slide {name!r}, which isn't in this deck")
            return str(part.relate_to(self.replay.slides[name], RT.SLIDE))
        if target.startswith("parts:") and kind in CARRIED:
            return self._carried(part, target.removeprefix("parts:"))
        if kind == "image":
            return str(part.relate_to(self._picture(target.removeprefix("media:")), RT.IMAGE))
        raise ConflictError(f"it needs a {kind} that the kit doesn't have")

    def _carried(self, part: Any, digest: str) -> str:
        """Relate a part to what a shape brings along, and return the number."""
        path = self.media / f"{digest}.parts"
        if not re.fullmatch("[0-9a-f]{16}", digest) or not path.is_file() or path.is_symlink():
            raise ConflictError(f"what it needs, {digest}, isn't in {self.media.name}")
        try:
            kind, target = self.replay.carried.part(path)
        except ValueError as error:
            raise ConflictError(str(error)) from None
        return str(part.relate_to(target, kind))

    def _picture(self, digest: str) -> Part:
        for suffix, kind in KINDS.items():
            path = self.media / f"{digest}.{suffix}"
            if re.fullmatch("[0-9a-f]{16}", digest) and path.is_file() and not path.is_symlink():
                return self.replay.media.part(read_bytes(path, limits.PICTURE_BYTES), suffix, kind)
        raise ConflictError(f"its picture {digest} isn't in {self.media.name}")

    # ------------------------------------------------------------ text
    def _words(self, one: Operation, body: Node, _part: Any, _root: Node) -> None:
        was, now = one.was or "", one.now or ""
        found = _paragraph(body, was, one.at)
        if found is None:
            raise ConflictError(f"the kit's words {was!r} aren't there any more; yours are {now!r}")
        _merge(found, was, now)

    def _lines(self, one: Operation, body: Node, part: Any, root: Node) -> None:
        gone = []
        for text in one.was.split("\n") if one.was is not None else ():
            paragraph = _paragraph(body, text, one.at)
            if paragraph is None or paragraph in gone:
                raise ConflictError(f"the line {text!r} isn't there any more")
            gone.append(paragraph)
        before = _paragraph(body, one.before, one.at - 1) if one.at else None
        if one.at and before is None:
            raise ConflictError(f"the line {one.before!r} isn't there any more")
        texts = etree.fromstring(f"<x>{one.xml}</x>", _PARSER)
        for text in reversed(list(texts)):
            node = self._settled(etree.tostring(text).decode(), part, root)
            if before is not None:
                before.addnext(node)
            elif (first := body.find("a:p", NAMESPACES)) is not None:
                first.addprevious(node)
            else:
                body.append(node)
        for paragraph in gone:
            body.remove(paragraph)
        if body.find("a:p", NAMESPACES) is None:
            etree.SubElement(body, f"{A}p")

    def _format(self, one: Operation, body: Node, part: Any, root: Node) -> None:
        paragraph, start = _quoted(body, one)
        for run in _cut(paragraph, start, start + len(one.quote)):
            look = run.find("a:rPr", NAMESPACES)
            if look is None:
                look = etree.Element(f"{A}rPr")
                run.insert(0, look)
            self._property(look, one.key, one.now, part, root, IN_RUN)

    def _paragraph(self, one: Operation, body: Node, part: Any, root: Node) -> None:
        paragraph = _paragraph(body, one.quote, one.at)
        if paragraph is None:
            raise ConflictError(f"the line {one.quote!r} isn't there any more")
        name, _, key = one.key.partition("/")
        look = paragraph.find(f"a:{name}", NAMESPACES)
        if look is None:
            look = etree.Element(f"{A}{name}")
            paragraph.insert(0 if name == "pPr" else len(paragraph), look)
        self._property(look, key, one.now, part, root, IN_PARAGRAPH if name == "pPr" else IN_RUN)

    def _property(self, look: Node, key: str, now: str | None, part: Any, root: Node, order: tuple[str, ...]) -> None:
        if key.startswith("@"):
            if now is None:
                look.attrib.pop(key[1:], "")
            else:
                look.set(key[1:], now)
            return
        name = key.partition("#")[0]
        for child in [child for child in look if etree.QName(child).localname == name]:
            look.remove(child)
        if now is not None:
            node = self._settled(now, part, root)
            place = order.index(name) if name in order else len(order)
            earlier = [c for c in look if etree.QName(c).localname in order[:place]]
            look.insert(look.index(earlier[-1]) + 1 if earlier else 0, node)


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


# ---------------------------------------------------------------- where
def _found(root: Node, path: tuple[str, ...]) -> Node:
    """Return the element at the end of a path of names."""
    node = root
    for step in path:
        counted = Counter[str]()
        for child in node:
            if isinstance(child.tag, str):
                name = key_of(child)
                counted[name] += 1
                if step == (name if counted[name] == 1 else f"{name}#{counted[name]}"):
                    node = child
                    break
        else:
            raise ConflictError(f"there is no {step!r} any more")
    return node


def _takes_over(new: Node, old: Node) -> None:
    """Give a shape, and those in it, the numbers of those of the same names in the one that it replaces, and its place in the layout."""
    numbers = {str(one.get("name")): str(one.get("id")) for one in old.iter(f"{P}cNvPr")}
    top = next(new.iter(f"{P}cNvPr"), None)
    if top is not None and (own := next(old.iter(f"{P}cNvPr"), None)) is not None:
        numbers[str(top.get("name"))] = str(own.get("id"))
    now = {}
    for one in new.iter(f"{P}cNvPr"):
        now[str(one.get("id"))] = number = numbers.pop(str(one.get("name")), str(one.get("id")))
        one.set("id", number)
    for one in new.iter(f"{A}stCxn", f"{A}endCxn"):
        one.set("id", now.get(str(one.get("id")), str(one.get("id"))))
    places = [next(shape.iterfind("*/p:nvPr/p:ph", NAMESPACES), None) for shape in (new, old)]
    if places[0] is not None and places[1] is not None and (holder := places[0].getparent()) is not None:
        holder.replace(places[0], deepcopy(places[1]))


def _as_far(current: int, was: int, now: int, *, scaled: bool) -> str:
    """Return a measure changed by as much as somebody changed another one."""
    return str(round(current * now / was) if scaled and was else current + now - was)


def _axis(root: Node, named: str) -> str:
    kind, number = re.sub(r"\d+$", "", named), int(re.sub(r"\D", "", named) or 0)
    axes = list(root.iter(f"{C}{kind}"))
    own = axes[number - 1].find("c:axId", NAMESPACES) if 0 < number <= len(axes) else None
    if own is None:
        raise ConflictError("the chart hasn't such an axis")
    return str(own.get("val"))


def _with_data(plot: Node, gone: Node) -> None:
    """Give a new kind of chart the values that the kit computed for the one that it replaces, series by name."""
    ours = {key_of(series): series for series in gone.iter(f"{C}ser")}
    for series in plot.iter(f"{C}ser"):
        fresh = ours.get(key_of(series))
        for name in ("tx", "cat", "val"):
            old = series.find(f"c:{name}", NAMESPACES)
            new = fresh.find(f"c:{name}", NAMESPACES) if fresh is not None else None
            if old is not None and new is not None:
                series.replace(old, deepcopy(new))


def _led(root: Node, removed: Mapping[str, str]) -> None:
    """Let animations of shapes that were taken out lead to those of the same name, and take the others out."""
    there = {str(one.get("name")): str(one.get("id")) for one in root.iter(f"{P}cNvPr")}
    for node in [one for one in root.iter(etree.Element) if one.get("spid") in removed]:
        number = there.get(removed[str(node.get("spid"))])
        if number is not None:
            node.set("spid", number)
        elif node.tag == f"{P}spTgt":
            _without(_effect(node))
        else:
            _without(node)


def _effect(target: Node) -> Node:
    """Return the outermost step that animates nothing but a target."""
    own = target
    for step in target.iterancestors(f"{P}par", f"{P}seq"):
        if len(step.findall(".//p:spTgt", NAMESPACES)) > 1 or step.getparent() is None:
            break
        own = step
    return own


def _without(node: Node) -> None:
    """Take an element out, and lists that are empty without it."""
    parent = node.getparent()
    while parent is not None:
        parent.remove(node)
        if len(parent) or parent.tag not in (f"{P}bldLst", f"{P}childTnLst", f"{P}tnLst", f"{P}timing"):
            return
        node, parent = parent, parent.getparent()


# ---------------------------------------------------------------- text
def _alike(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _spaced(text: str) -> str:
    """Return a text of the same length in which all spaces are alike: typography may make one a no-break space."""
    return re.sub(r"\s", " ", text)


def _masked(text: str) -> str:
    return NUMBER.sub("#", _alike(text))


def _paragraph(body: Node, text: str, at: int) -> Node | None:
    """Return the paragraph that says something; numbers count only if no paragraph has the same ones."""
    texts = [(one, words(one)) for one in body if one.tag == f"{A}p"]
    for seen in (_alike, _masked):
        found = [(k, one) for k, (one, own) in enumerate(texts) if seen(own) == seen(text)]
        if len(found) == 1:
            return found[0][1]
        if found:
            return next((one for k, one in found if k == at), None)
    return None


def _quoted(body: Node, one: Operation) -> tuple[Node, int]:
    """Return the paragraph and the place in it of a quotation."""
    paragraphs = [node for node in body if node.tag == f"{A}p"]
    quote, ahead, behind = _spaced(one.quote), _spaced(one.before[-NEAR:]), _spaced(one.after[:NEAR])
    found: list[tuple[float, Node, int]] = []
    for k, node in enumerate(paragraphs if quote else ()):
        text = _spaced(words(node))
        place = text.find(quote)
        while place >= 0:
            before = text[:place].endswith(ahead)
            after = text[place + len(quote) :].startswith(behind)
            found.append((before + after + (k == one.at) / 2, node, place))
            place = text.find(quote, place + 1)
    if not found:
        raise ConflictError(f"the words {one.quote!r} aren't there any more")
    best = max(score for score, *_ in found)
    top = [pair for pair in found if pair[0] == best]
    if len(top) > 1:
        raise ConflictError(f"the words {one.quote!r} are there {len(top)} times")
    return top[0][1], top[0][2]


def _cut(paragraph: Node, start: int, end: int) -> list[Node]:
    """Return the runs from one character to another, cut at both ends."""
    at, found = 0, []
    for node in list(paragraph):
        if node.tag in (f"{A}pPr", f"{A}endParaRPr"):
            continue
        text = node.find("a:t", NAMESPACES) if node.tag == f"{A}r" else None
        if text is None:
            at += 1
            continue
        own = text.text or ""
        first, last = max(start - at, 0), min(end - at, len(own))
        if first < last:
            if last < len(own):
                node.addnext(_with_text(node, own[last:]))
            if first:
                node.addprevious(_with_text(node, own[:first]))
            text.text = own[first:last]
            found.append(node)
        at += len(own)
    return found


def _with_text(run: Node, text: str) -> Node:
    copy = deepcopy(run)
    own = copy.find("a:t", NAMESPACES)
    assert own is not None
    own.text = text
    return copy


def _merge(paragraph: Node, was: str, now: str) -> None:
    """Put the words that somebody changed into a paragraph in which only numbers may be others.

    Each change is made where the words around it are; a number that somebody typed over one that is another one now is a conflict.
    """
    current = words(paragraph)
    ours, yours = WORD.findall(was), WORD.findall(now)
    fresh = WORD.findall(current)
    places = _aligned(ours, fresh)
    changes = [o for o in SequenceMatcher(a=ours, b=yours, autojunk=max(len(ours), len(yours)) > LONG).get_opcodes() if o[0] != "equal"]  # fmt: skip
    for _, a, b, c, d in reversed(changes):
        if any(k not in places or fresh[places[k]] != ours[k] for k in range(a, b)):
            raise ConflictError(f"the kit says {current!r} now, it said {was!r}, yours is {now!r}")
        before = places[a - 1] + 1 if a and a - 1 in places else 0 if not a else None
        first = places[a] if a < b else before if before is not None else places.get(b)
        if first is None:
            raise ConflictError(f"the kit says {current!r} now, it said {was!r}, yours is {now!r}")
        start = sum(map(len, fresh[:first]))
        end = start + sum(map(len, ours[a:b]))
        _put(paragraph, start, end, "".join(yours[c:d]))


def _aligned(was: list[str], now: list[str]) -> dict[int, int]:
    """Return place of a word before -> its place now; words that differ only in numbers are paired."""
    matcher = SequenceMatcher(a=[_masked(one) for one in was], b=[_masked(one) for one in now], autojunk=max(len(was), len(now)) > LONG)  # fmt: skip
    return {a + k: b + k for a, b, size in matcher.get_matching_blocks() for k in range(size)}


def _put(paragraph: Node, start: int, end: int, text: str) -> None:
    """Replace characters of a paragraph; new ones look like those that they replace, or like the one before them."""
    if OBJECT in text or OBJECT in words(paragraph)[start:end]:
        raise ConflictError("a break or a formula can't be changed by words alone")
    if start < end:
        first, *rest = _cut(paragraph, start, end)
        own = first.find("a:t", NAMESPACES)
        assert own is not None
        own.text = text
        for run in (*rest, *([] if text else [first])):
            paragraph.remove(run)
        return
    before = _cut(paragraph, start - 1, start) if start else []
    beside = before or _cut(paragraph, start, start + 1)
    if not beside:
        run = etree.Element(f"{A}r")
        etree.SubElement(run, f"{A}t").text = text
        paragraph.insert(1 if paragraph.find("a:pPr", NAMESPACES) is not None else 0, run)
        return
    own = beside[0].find("a:t", NAMESPACES)
    assert own is not None
    own.text = (own.text or "") + text if before else text + (own.text or "")


def _typed(edit: SlideEdit) -> str:
    """Return in words which figure somebody typed."""
    line = edit.line
    was, now = (line.was, line.now) if line.words is None else (line.text, line.words)
    ours, theirs = NUMBER.findall(was or ""), NUMBER.findall(now or "")
    new = next((one for one in theirs if one not in ours), "none")
    return f"{new} on the slide, {next((one for one in ours if one not in theirs), 'none')} computed"


def _mark(part: Part, words_: str) -> None:
    """Say in the place of the mark of honesty that a slide was changed by hand."""
    root = etree.fromstring(part.blob)
    for shape in root.iter(f"{P}sp"):
        if key_of(shape).startswith("Source"):
            for number, run in enumerate(shape.iter(f"{A}t")):
                run.text = "" if number else words_
            part.blob = to_bytes(root)
            return


def changed_figures(edits: Iterable[SlideEdit]) -> Iterator[SlideEdit]:
    """Yield the edits that put a figure where the kit has another one, or none."""
    for edit in edits:
        pairs = (
            (edit.line.text, edit.line.words),
            (edit.line.was, edit.line.now if edit.line.chart and edit.line.spot.endswith("/v") else edit.line.was),
        )
        if any(NUMBER.findall(was or "") != NUMBER.findall(now or "") for was, now in pairs if now is not None):
            yield edit
