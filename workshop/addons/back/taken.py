"""What of a slide's differences each build can repeat: as they are, else the shape that they are in as a whole; the rest is named."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from lxml import etree
from msgspec import Struct, field
from msgspec.structs import replace

from workshop.addons.back.compare import kind_of
from workshop.addons.back.seen import Seen
from workshop.files.brought import with_files
from workshop.files.canonical import SHAPES
from workshop.files.deck_file import cells_of, words_of
from workshop.files.deck_shapes import A, P
from workshop.files.edit_lines import SAID, TREE, why_not
from workshop.files.operations import OTHER, Operation, key_of
from workshop.files.package_file import NAMESPACES, Node

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
Spot = tuple[str, tuple[str, ...], str, str, str | None]


def spot(one: Operation) -> Spot:
    """Return where an operation is, and what it makes."""
    return one.part, one.path, one.kind, one.key, one.now


class Taken(Struct, frozen=True, kw_only=True):
    """What becomes of a slide's differences.

    Attributes:
        operations: those that each build repeats.
        whole: names of the shapes that are repeated as a whole.
        left: those that it can't repeat, each with the reason.
        files: name of each picture, or "parts:" and a digest -> suffix and content, which the operations bring.
        spots: those of the differences that the operations are made of.
    """

    operations: tuple[Operation, ...] = ()
    spots: frozenset[Spot] = frozenset()
    whole: tuple[str, ...] = ()
    left: tuple[tuple[Operation, str], ...] = ()
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)


def taken(found: Seen, ones: Iterable[Operation], *, whole: Collection[str] = ()) -> Taken:
    """Return what becomes of the differences of one slide.

    Args:
        found: everything that differs between the decks.
        whole: names of shapes that are repeated as a whole, whatever differs in them.
    """
    ones = [one for one in ones if kind_of(one)]
    slide = next((one.slide for one in ones), "")
    shapes = _shapes(found, f"slide[{slide}]")
    wanted = dict.fromkeys(name for name in whole if name in shapes)
    left: list[tuple[Operation, str]] = []
    for one in ones:
        if (why := why_not(one)) and not _is_elsewhere(one, shapes):
            name = shape_of(one, shapes)
            if name in shapes:
                wanted[name] = None
            elif one.kind != OTHER or not one.path:
                left.append((one, why))
    own = [one for one in ones if shape_of(one, shapes) not in wanted and one not in {op for op, _ in left}]
    own = [one for one in own if not _is_elsewhere(one, shapes)]
    spots = frozenset(map(spot, own))
    own = [replace(one, kind="replaced") if one.kind == OTHER else one for one in own]
    new = {one.path[2] for one in ones if one.kind == "added" and len(one.path) == len(TREE) + 1}
    for name in wanted:
        kind, after = ("added", _before(shapes[name])) if name in new else ("replaced", "")
        xml = etree.tostring(shapes[name], method="c14n", exclusive=True, with_tail=False).decode()
        own.append(Operation(part=f"slide[{slide}]", path=(*TREE, name), kind=kind, now=xml, after=after))
    made, files = list[Operation](), dict[str, tuple[str, bytes]]()
    for one in own:
        try:
            made.append(with_files(one, found.package, found.parts, files))
        except LookupError as error:
            what = SAID.get(error.args[0], f"something of the kind {error.args[0]:.40}")
            left.append((one, f"{what}, which isn't taken along"))
            wanted.pop(shape_of(one), None)
    return Taken(operations=tuple(made), whole=tuple(wanted), left=tuple(left), files=files, spots=spots)


def _shapes(found: Seen, part: str) -> dict[str, Node]:
    """Return name -> shape of the shapes on a slide of the new deck that are in no group."""
    own = found.parts.get(part)
    tree = etree.fromstring(own.xml, _PARSER).find("p:cSld/p:spTree", NAMESPACES) if own is not None else None
    shapes = [node for node in tree if node.tag in SHAPES] if tree is not None else []
    return {key_of(shape): shape for shape in reversed(shapes)}


def shape_of(one: Operation, shapes: Mapping[str, Node] | None = None) -> str:
    """Return the name of the shape that an operation is about; "" if it is about none.

    Args:
        shapes: those that are in no group, if they are known: then it is one of them, and not one in a group.
    """
    inner = one.part.partition("]")[2].strip("/")
    if inner and not inner.startswith("notesSlide"):
        name = inner.partition("/")[0]
        if shapes is None or name in shapes:
            return name
        return next((key for key, shape in shapes.items() if name in _names(shape)), "")
    return one.path[2].partition("#")[0] if not inner and one.path[:2] == TREE and len(one.path) > len(TREE) else ""


def _names(shape: Node) -> set[str]:
    return {str(node.get("name")) for node in shape.iter(f"{P}cNvPr")}


def _is_elsewhere(one: Operation, shapes: Mapping[str, Node]) -> bool:
    """Whether an operation only says that a part is there, or gone, which the element that names it says, too."""
    inner = one.part.partition("]")[2].strip("/")
    is_part = one.kind == "part" and bool(inner) and not inner.startswith("notesSlide")
    return is_part and (one.now is None or bool(shape_of(one, shapes)))


def _before(shape: Node) -> str:
    before = shape.getprevious()
    return key_of(before) if before is not None and isinstance(before.tag, str) else ""


def texts_in(one: Operation) -> Iterator[str]:
    """Yield the paragraphs of what an operation adds or takes out."""
    yield from filter(None, (words_of(node) for node in _xml(one).iter(f"{A}p")))


def tables_in(one: Operation) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield the cells of the tables in what an operation adds or takes out."""
    yield from map(cells_of, _xml(one).iter(f"{A}tbl"))


def _xml(one: Operation) -> Node:
    return etree.fromstring(one.now or one.was or "", _PARSER)


def without(found: Taken, lost: Collection[Spot], why: str) -> Taken:
    """Return the same without some operations, which are left."""
    gone = [one for one in found.operations if spot(one) in lost]
    kept = tuple(one for one in found.operations if one not in gone)
    return replace(
        found,
        operations=kept,
        left=(*found.left, *((one, why) for one in gone)),
        spots=found.spots - {*map(spot, gone)},
    )


def but_for(found: Taken, stay: Collection[Operation]) -> Taken:
    """Return the same without operations that the files say otherwise by now."""
    kept = tuple(one for one in found.operations if one not in stay)
    return replace(found, operations=kept, spots=found.spots - {*map(spot, stay)})


def in_words(found: Taken) -> Iterator[str]:
    """Yield what people read of it: what is repeated, which shapes as a whole, what isn't and why."""
    kinds = dict.fromkeys(filter(None, map(kind_of, found.operations)))
    if kinds:
        yield f"repeated on each new slide: {', '.join(kinds)}"
    if found.whole:
        yield f"as a whole: {', '.join(found.whole)}"
    if reasons := dict.fromkeys(why for _, why in found.left):
        yield f"not adopted: {', '.join(reasons)}"
