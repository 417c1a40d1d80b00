"""Slides that somebody added to a deck: their source, and what each build adds to the slide that is built of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree
from msgspec.structs import replace

from workshop.addons.back.seen import Seen
from workshop.addons.back.taken import shape_of
from workshop.content.attribute_grammar import split_trailing
from workshop.files.canonical import shape_name
from workshop.files.deck_shapes import FOOT, TITLES, P, kind_of, placeholder_of, text_of
from workshop.files.edit_lines import TREE
from workshop.files.freed_shapes import freed
from workshop.files.operations import Operation
from workshop.files.package_file import Node

# Attributes of a slide's heading that a copy doesn't have: what the kit counts on is on the slide that was copied
OWN = ("minutes", "teaches", "needs", "answers", "does", "bet", "again", "counts", "quiz", "task", "opens", "for", "after", "before")  # fmt: skip
_OWN = re.compile(rf"""\s+(?:{"|".join(OWN)})=("[^"]*"|'[^']*'|[^\s{{}}"']+)""")
_LAYOUT = re.compile(r"slideLayout layout\[([^],]*)")
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
    """Yield what each build does to a slide built of the source of a new one: title, foot and layout stay the build's.

    Another layout is among it, so that it is named: no build takes one over.

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
        if kind in TITLES or kind in FOOT or (one.key == "relations" and not is_layout(one)):
            continue
        if one.kind == "added" and shape is not None and own is not None:
            if text_of(shape):
                freed(shape, found.package, layout)
                yield replace(one, now=etree.tostring(shape, method="c14n", exclusive=True, with_tail=False).decode())
        else:
            yield one


def is_layout(one: Operation) -> bool:
    """Whether an operation puts a slide on another layout; looks of the same one differ after a comma in its name."""
    return one.key == "relations" and _LAYOUT.findall(one.was or "") != _LAYOUT.findall(one.now or "")


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
