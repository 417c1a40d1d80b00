"""What somebody did to a deck, as operations: address, was, now. Parts that differ without one are an "other change"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from lxml import etree
from msgspec import Struct

from workshop.files.canonical import SHAPES, Part, shape_name
from workshop.files.deck_shapes import A, C, P, R
from workshop.files.package_file import NAMESPACES, Node

OTHER = "other change"
AROUND = 24  # characters before and after a quoted text
LONG = 4_000  # characters or children, from which on those that are frequent don't align others
OBJECT = "\ufffc"  # a break, a field or a formula among characters
_P14 = f"{{{NAMESPACES['p14']}}}"
WORDS = ("words", "lines")


class Operation(Struct, frozen=True, kw_only=True):
    """One difference between two decks.

    Attributes:
        part: the part that it is in, such as "slide[intro]" or "slide[intro]/notesSlide".
        path: the way to the element: names of shapes and series, else of elements.
        kind: "attribute", "text", "words", "lines", "format", "paragraph", "added", "removed", "replaced", "order", "part", or ``OTHER``.
        key: the attribute or property; "" if the kind says it all.
        was, now: values, words, or XML; ``None`` where there is nothing.
        quote, before, after: of a format: the words that it is on, and some before and after them.
        at: of text: number of its paragraph, from 0.
        xml: of lines: the new paragraphs.
    """

    part: str
    path: tuple[str, ...] = ()
    kind: str
    key: str = ""
    was: str | None = None
    now: str | None = None
    quote: str = ""
    before: str = ""
    after: str = ""
    at: int = 0
    xml: str = ""

    @property
    def slide(self) -> str:
        """The name of its slide; "" if it is on none."""
        return self.part[len("slide[") :].partition("]")[0] if self.part.startswith("slide[") else ""


def operations(old: Mapping[str, Part], new: Mapping[str, Part]) -> list[Operation]:
    """Return what differs between two decks, in the order of the old one; parts that only one has are one operation each.

    Args:
        old, new: the parts, as ``canonical`` names them.
    """
    found: list[Operation] = []
    for name in dict.fromkeys((*old, *new)):
        one, other = old.get(name), new.get(name)
        if one is None or other is None:
            if not name.startswith("media:"):  # the element that names it says which picture it is
                found.append(Operation(part=name, kind="part", was=_there(one), now=_there(other)))
        elif one.xml and other.xml:
            if one.xml != other.xml:
                _walk(_Place(name, (), found), etree.fromstring(one.xml, _PARSER), etree.fromstring(other.xml, _PARSER))
        elif (one.xml, one.digest) != (other.xml, other.digest):
            found.append(Operation(part=name, kind="replaced", was=one.digest, now=other.digest))
    return found


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _there(part: Part | None) -> str | None:
    return None if part is None else "there"


class _Place(Struct):
    part: str
    path: tuple[str, ...]
    found: list[Operation]

    def below(self, key: str) -> _Place:
        return _Place(self.part, (*self.path, key), self.found)

    def tell(self, kind: str, key: str = "", was: str | None = None, now: str | None = None, **more: object) -> None:
        self.found.append(Operation(part=self.part, path=self.path, kind=kind, key=key, was=was, now=now, **more))  # type: ignore[arg-type]


def _flat(node: Node) -> bytes:
    return etree.tostring(node, method="c14n", exclusive=True, with_tail=False)


def _xml(node: Node | None) -> str | None:
    return None if node is None else _flat(node).decode()


def same(old: Node, new: Node) -> bool:
    """Whether two elements say the same, whichever prefixes they use; what isn't an element, but a comment, doesn't count."""
    if _flat(old) == _flat(new):
        return True
    return (
        old.tag == new.tag
        and {str(key): value for key, value in old.attrib.items()}
        == {str(key): value for key, value in new.attrib.items()}
        and (old.text or "") == (new.text or "")
        and len(old) == len(new)
        and all((a.tail or "") == (b.tail or "") and same(a, b) for a, b in zip(old, new, strict=True))
    )


def _walk(place: _Place, old: Node, new: Node) -> None:
    """Tell what differs between two elements; that anything differs, at least."""
    if same(old, new):
        return
    told = len(place.found)
    if old.tag != new.tag:
        place.tell("replaced", was=_xml(old), now=_xml(new))
        return
    for key in sorted({*map(str, old.attrib), *map(str, new.attrib)}):
        if old.get(key) != new.get(key):
            place.tell("attribute", key, old.get(key), new.get(key))
    if (old.text or "") != (new.text or ""):
        place.tell("text", was=old.text, now=new.text)
    bodies = [[one for one in node if one.tag == f"{A}p"] for node in (old, new)]
    _children(place, [one for one in old if one.tag != f"{A}p"], [one for one in new if one.tag != f"{A}p"])
    if any(bodies):
        _paragraphs(place, *bodies)
    if len(place.found) == told:  # nothing is silent
        place.tell(OTHER, was=_xml(old), now=_xml(new))


# ---------------------------------------------------------------- elements
def key_of(node: Node) -> str:
    """Return what an element is called among its siblings."""
    if node.tag in SHAPES:
        return shape_name(node)
    name = etree.QName(node).localname
    if node.tag == f"{C}ser":
        said = node.find("c:tx//c:v", NAMESPACES)
        return f"series[{said.text if said is not None else _index(node)}]"
    if node.tag in (f"{C}pt", f"{C}dPt", f"{C}dLbl"):
        return f"{name}[{node.get('idx') or _index(node)}]"
    if node.tag in (f"{P}sldId", f"{_P14}sldId", f"{P}sldLayoutId", f"{P}sldMasterId"):
        return f"{name}[{node.get(f'{R}id') or node.get('id')}]"
    if node.tag == f"{_P14}section":
        return f"section[{node.get('id')}]"
    return name


def _index(node: Node) -> str:
    own = node.find("c:idx", NAMESPACES)
    return str(own.get("val")) if own is not None else ""


def _keyed(nodes: Sequence[Node]) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for node in nodes:
        found.setdefault(key_of(node), []).append(node)
    return found


def _children(place: _Place, old: Sequence[Node], new: Sequence[Node]) -> None:
    ours, theirs = _keyed(old), _keyed(new)
    pairs = [(key, *pair) for key in dict.fromkeys((*ours, *theirs)) for pair in _paired(ours.get(key, []), theirs.get(key, []))]  # fmt: skip
    times = Counter[str]()
    order: dict[Node, Node] = {}
    for key, one, other in pairs:
        times[key] += 1
        own = place.below(key if times[key] == 1 else f"{key}#{times[key]}")
        if one is None or other is None:
            own.tell("removed" if other is None else "added", was=_xml(one), now=_xml(other), after=_after(other))
        else:
            order[other] = one
            _walk(own, one, other)
    kept = [order[node] for node in new if node in order]
    stay = set(kept)
    if kept != [node for node in old if node in stay]:
        place.tell("order", was="\n".join(map(key_of, old)), now="\n".join(map(key_of, new)))


def _after(node: Node | None) -> str:
    """Return what the sibling before an element is called."""
    before = node.getprevious() if node is not None else None
    return key_of(before) if before is not None and isinstance(before.tag, str) else ""


def _paired(old: list[Node], new: list[Node]) -> Iterator[tuple[Node | None, Node | None]]:
    """Yield elements of one name with what they became: equal ones with each other, then in order."""
    if len(old) == len(new):
        yield from zip(old, new, strict=True)
        return
    said = [[_said(node) for node in nodes] for nodes in (old, new)]
    matcher = SequenceMatcher(a=said[0], b=said[1], autojunk=max(len(old), len(new)) > LONG)
    for _, a, b, c, d in matcher.get_opcodes():
        both = min(b - a, d - c)
        yield from zip(old[a : a + both], new[c : c + both], strict=True)
        yield from ((one, None) for one in old[a + both : b])
        yield from ((None, one) for one in new[c + both : d])


def _said(node: Node) -> str:
    return "".join(one.text or "" for one in node.iter(f"{A}t", f"{C}v")) or _flat(node).decode()


# ---------------------------------------------------------------- text
def _paragraphs(place: _Place, old: list[Node], new: list[Node]) -> None:
    """Pair paragraphs by their words."""
    was, now = ([words(one) for one in ones] for ones in (old, new))
    matcher = SequenceMatcher(a=was, b=now, autojunk=max(len(was), len(now)) > LONG)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal" or b - a == d - c:
            for at in range(b - a):
                _paragraph(place, a + at, old[a + at], new[c + at])
        else:
            texts = ("\n".join(was[a:b]) if b > a else None, "\n".join(now[c:d]) if d > c else None)
            xml = "".join(_flat(one).decode() for one in new[c:d])
            place.tell("lines", was=texts[0], now=texts[1], before=was[a - 1] if a else "", at=a, xml=xml)


def characters(paragraph: Node) -> list[tuple[str, str]]:
    """Return each character of a paragraph with its look as XML; a break, a field or a formula is one character."""
    found: list[tuple[str, str]] = []
    for node in paragraph:
        if node.tag == f"{A}r":
            own = node.find("a:rPr", NAMESPACES)
            look = _xml(own) or ""
            found += [(one, look) for one in node.findtext("a:t", "", NAMESPACES)]
        elif node.tag not in (f"{A}pPr", f"{A}endParaRPr"):
            found.append((OBJECT, _flat(node).decode()))
    return found


def words(paragraph: Node) -> str:
    """Return what a paragraph says."""
    return "".join(one for one, _ in characters(paragraph))


def _paragraph(place: _Place, at: int, old: Node, new: Node) -> None:
    if same(old, new):
        return
    told = len(place.found)
    for name in ("pPr", "endParaRPr"):
        own = [node.find(f"a:{name}", NAMESPACES) for node in (old, new)]
        for key, was, now in _properties(*map(_xml, own)):
            place.tell("paragraph", f"{name}/{key}", was, now, quote=words(old), at=at)
    ours, theirs = characters(old), characters(new)
    texts = ["".join(one for one, _ in ones) for ones in (ours, theirs)]
    if texts[0] != texts[1]:
        place.tell("words", was=texts[0], now=texts[1], at=at)
    _looks(place, at, ours, theirs, texts)
    if len(place.found) == told:
        place.tell(OTHER, was=_xml(old), now=_xml(new), at=at)


def _looks(place: _Place, at: int, was: list[tuple[str, str]], now: list[tuple[str, str]], texts: list[str]) -> None:
    """Tell which characters look otherwise; new ones are compared with those that they replace, or that are before them."""
    spans: list[tuple[int, str, str]] = []  # place, look before, look now
    matcher = SequenceMatcher(a=texts[0], b=texts[1], autojunk=max(map(len, texts)) > LONG)
    for kind, a, b, c, d in matcher.get_opcodes():
        beside = [look for _, look in was[max(0, a - 1) : b + 1]] or [""]
        for k in range(c, d):
            look = now[k][1]
            before = was[a + k - c][1] if kind == "equal" else look if look in beside else beside[0]
            if look != before:
                spans.append((k, before, look))
    start = 0
    for k, (at_, before, look) in enumerate(spans):
        if k + 1 < len(spans) and spans[k + 1] == (at_ + 1, before, look):
            continue
        first, last = spans[start][0], at_ + 1
        start = k + 1
        quoted = {"quote": texts[1][first:last], "before": texts[1][max(0, first - AROUND) : first], "after": texts[1][last : last + AROUND]}  # fmt: skip
        for key, one, other in _properties(before, look):
            place.tell("format", key, one, other, at=at, **quoted)


def _properties(old: str | None, new: str | None) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield what differs between two looks: name, value before, value now."""
    was, now = _values(old), _values(new)
    for key in sorted({*was, *now}):
        if was.get(key) != now.get(key):
            yield key, was.get(key), now.get(key)


def _values(look: str | None) -> dict[str, str]:
    if not look:
        return {}
    root = etree.fromstring(look, _PARSER)
    if root.tag not in (f"{A}rPr", f"{A}pPr", f"{A}endParaRPr"):
        return {"": look}  # a field, a formula
    found = {f"@{key!s}": str(value) for key, value in root.attrib.items()}
    times = Counter[str]()
    for node in root:
        name = etree.QName(node).localname
        times[name] += 1
        found[name if times[name] == 1 else f"{name}#{times[name]}"] = _flat(node).decode()
    return found | ({"text": str(root.text)} if (root.text or "").strip() else {})
