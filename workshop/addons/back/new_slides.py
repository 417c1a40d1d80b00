"""Slides that somebody added to a deck: their source, and what each build adds to the slide that is built of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree
from msgspec.structs import replace

from workshop.addons.back.seen import Seen
from workshop.addons.back.taken import shape_of
from workshop.content.attribute_grammar import split_trailing
from workshop.files.canonical import shape_name
from workshop.files.deck_shapes import FOOT, TITLES, A, P, kind_of, placeholder_of, text_of
from workshop.files.edit_lines import TREE
from workshop.files.operations import Operation
from workshop.files.package_file import NAMESPACES, Node, PackageFile

# Attributes of a slide's heading that a copy doesn't have: what the kit counts on is on the slide that was copied
OWN = ("minutes", "teaches", "needs", "answers", "does", "bet", "again", "counts", "quiz", "task", "opens", "for", "after", "before")  # fmt: skip
_OWN = re.compile(rf"""\s+(?:{"|".join(OWN)})=("[^"]*"|'[^']*'|[^\s{{}}"']+)""")
_ID = re.compile(r"\s*#[\w:.-]+")
DRAWN = ("Current stage", "Timer")  # what the program draws at the foot, and over the minutes
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def copied(text: str, attributes: str) -> str:
    r"""Return the source of a slide's copy.

    >>> copied("## Rye {#rye layout=claim minutes=2}\n\nDark.\n", "#rye-2 minutes=0")
    '## Rye {layout=claim #rye-2 minutes=0}\n\nDark.\n'
    """
    heading, newline, rest = text.partition("\n")
    title, _ = split_trailing(heading)
    block = _ID.sub("", _OWN.sub("", heading[len(title) :].strip()[1:-1]))
    return f"{title} {{{' '.join(filter(None, (block.strip(), attributes)))}}}{newline}{rest}"


def added_to(found: Seen, ones: Iterable[Operation], part: str) -> Iterator[Operation]:
    """Yield what each build does to a slide built of the source of a new one: title and foot stay the build's.

    Args:
        found: what differs between the built slide and the new one.
        part: name of the new slide in its package.
    """
    layout, foot = found.package.related(part, "slideLayout"), {*DRAWN, *_foot(found.package.tree(part))}
    for one in ones:
        is_ours = (one.path == TREE and one.kind == "order") or (one.path == ("cSld",) and one.key == "name")
        if is_ours or shape_of(one) in foot or (one.key == "@lang" and one.now is None):
            continue
        shape = _shape(one)
        own = placeholder_of(shape) if shape is not None else None
        kind = kind_of(own) if own is not None else ""
        if kind in TITLES or kind in FOOT or (one.key == "relations" and "slideLayout" in f"{one.was}{one.now}"):
            continue
        if one.kind == "added" and shape is not None and own is not None:
            if text_of(shape):
                yield replace(one, now=_freed(shape, own, found.package, layout))
        else:
            yield one


def _foot(root: Node) -> Iterator[str]:
    """Yield the names of the shapes at a slide's foot."""
    for shape in root.iter(f"{P}sp"):
        own = placeholder_of(shape)
        if own is not None and kind_of(own) in FOOT:
            yield shape_name(shape)


def _shape(one: Operation) -> Node | None:
    """Return the shape that an operation adds or takes out; ``None`` if it does something else."""
    is_shape = one.kind in ("added", "removed") and one.path[:2] == TREE and len(one.path) == len(TREE) + 1
    return etree.fromstring(one.now or one.was or "", _PARSER) if is_shape else None


def _freed(shape: Node, place: Node, package: PackageFile, layout: str) -> str:
    """Return a placeholder as a shape of its own, with the box and the look that the layout of its deck gives it."""
    for part in filter(None, (layout, package.related(layout, "slideMaster") if layout else "")):
        like = next((one for one in package.tree(part).iter(f"{P}sp") if _is_like(one, place)), None)
        if like is not None:
            _dressed(shape, like)
    holder = place.getparent()
    if holder is not None:
        holder.remove(place)
    return etree.tostring(shape, method="c14n", exclusive=True, with_tail=False).decode()


def _is_like(shape: Node, place: Node) -> bool:
    own = placeholder_of(shape)
    return own is not None and (own.get("idx", "0") == place.get("idx", "0") or kind_of(own) == kind_of(place))


def _dressed(shape: Node, like: Node) -> None:
    """Give a shape the box and the styles of lists of another one where it has none of its own."""
    look, theirs = shape.find("p:spPr", NAMESPACES), like.find("p:spPr/a:xfrm", NAMESPACES)
    if look is not None and theirs is not None and look.find("a:xfrm", NAMESPACES) is None:
        look.insert(0, deepcopy(theirs))
        if look.find("a:prstGeom", NAMESPACES) is None and look.find("a:custGeom", NAMESPACES) is None:
            geometry = etree.Element(f"{A}prstGeom", prst="rect")
            etree.SubElement(geometry, f"{A}avLst")
            look.insert(1, geometry)
    styles, usual = (one.find("p:txBody/a:lstStyle", NAMESPACES) for one in (shape, like))
    if styles is not None and usual is not None and not len(styles) and (holder := styles.getparent()) is not None:
        holder.replace(styles, deepcopy(usual))
