"""Markdown as its author wrote it: attributes, inline nodes and blocks, every node with its place.

``content`` makes these and ``plan`` resolves them; no other step sees them.
"""

from __future__ import annotations

from msgspec import Struct

from workshop import limits
from workshop.errors import At
from workshop.model.formula import Formula
from workshop.model.numbers import decimal


class Attrs(Struct, frozen=True):
    """Attributes in braces: ``{#id .class key=value key="a b"}``."""

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, key: str, default: str = "") -> str:
        """Return the value of ``key``, or ``default``."""
        return dict(self.pairs).get(key, default)

    def number(self, key: str, default: float = 0) -> float:
        """Return a number from 0 upwards, or ``default`` if there is none; anything else, or too large a number, has been reported."""
        number = decimal(self.get(key), 0, limits.ATTRIBUTE)
        return default if number is None else number

    def names(self, key: str) -> tuple[str, ...]:
        """Return the names in the comma-separated list ``key``."""
        return tuple(name for part in self.get(key).split(",") if (name := part.strip()))

    def __contains__(self, key: str) -> bool:
        return any(k == key for k, _ in self.pairs)


NO_ATTRS = Attrs()
LIST = "refs"  # the div that holds the list of the works that are cited


class Text(Struct, frozen=True, tag=True):
    """Plain characters. A soft line break is one space."""

    text: str
    at: At


class Value(Struct, frozen=True, tag=True):
    """``{{ expr | filter }}``: the source between the braces, stripped."""

    expr: str
    at: At


class Strong(Struct, frozen=True, tag=True):
    """``**…**``."""

    children: tuple[Inline, ...]


class Emphasis(Struct, frozen=True, tag=True):
    """``*…*``."""

    children: tuple[Inline, ...]


class Strike(Struct, frozen=True, tag=True):
    """``~~…~~``."""

    children: tuple[Inline, ...]


class Look(Struct, frozen=True, tag=True):
    """Text above or below the line, or underlined; ``kind`` is "super", "sub" or "underline"."""

    kind: str
    children: tuple[Inline, ...]


class Math(Struct, frozen=True, tag=True):
    """A formula: as a tree, and as text for places without equations; ``values`` has what stands for each value in the tree."""

    formula: Formula
    children: tuple[Inline, ...]
    at: At
    values: tuple[tuple[str, Value], ...] = ()


class CodeSpan(Struct, frozen=True, tag=True):
    """Text between backticks, never masked or evaluated."""

    text: str
    at: At


class Link(Struct, frozen=True, tag=True):
    """``[text](target)``: a URL or ``#slide-id``."""

    target: str
    children: tuple[Inline, ...]
    at: At


class Span(Struct, frozen=True, tag=True):
    """``[text]{claim="…" else="…"}`` or ``[text]{.class}``."""

    children: tuple[Inline, ...]
    attrs: Attrs
    at: At


class Cited(Struct, frozen=True):
    """One work of a citation: ``see @key, p. 5``; ``bare`` is whether its authors are named before it: ``-@key``."""

    key: str
    prefix: str = ""
    locator: str = ""
    bare: bool = False


class Cite(Struct, frozen=True, tag=True):
    """``[@key]`` or ``[@a; @b]``.

    Attributes:
        keys: those of ``sources.yaml``.
        works: those of the bibliography.
        in_text: whether the authors are part of the sentence: ``@key says``.
        shown: the citation as its style has it.
    """

    keys: tuple[str, ...]
    at: At
    works: tuple[Cited, ...] = ()
    in_text: bool = False
    shown: tuple[Inline, ...] = ()


class LineBreak(Struct, frozen=True, tag=True):
    """A hard break: two spaces or a backslash at the end of a line."""

    at: At


class FootnoteRef(Struct, frozen=True, tag=True):
    """``[^1]``: the footnote's own inline content; ``number`` is its marker, 0 for none."""

    children: tuple[Inline, ...]
    at: At
    number: int = 0


Inline = (
    Text | Value | Strong | Emphasis | Strike | Look | Math | CodeSpan | Link | Span | Cite | LineBreak | FootnoteRef
)


class Paragraph(Struct, frozen=True, tag=True):
    """One paragraph of inline nodes."""

    children: tuple[Inline, ...]
    at: At


class Heading(Struct, frozen=True, tag=True):
    """A heading below slide level (``###`` in a kit), e.g. the head of a column."""

    level: int
    children: tuple[Inline, ...]
    attrs: Attrs
    at: At


class Item(Struct, frozen=True):
    """A list item; ``checked`` is None unless it began with ``[ ]`` or ``[x]``."""

    blocks: tuple[Block, ...]
    attrs: Attrs
    at: At
    checked: bool | None = None


class ListBlock(Struct, frozen=True, tag=True):
    """A bullet or numbered list; ``style`` is how its numbers are written: "a.", "(i)"; "plain" for no markers."""

    items: tuple[Item, ...]
    ordered: bool
    start: int
    at: At
    style: str = ""


class TableBlock(Struct, frozen=True, kw_only=True, tag=True):
    """A pipe table; ``aligns`` has "", "left", "right" or "center" for each column."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    aligns: tuple[str, ...]
    caption: tuple[Inline, ...]
    attrs: Attrs
    at: At


class CodeBlock(Struct, frozen=True, tag=True):
    """A fenced or indented block of code, untouched."""

    text: str
    language: str
    attrs: Attrs
    at: At


class Picture(Struct, frozen=True, tag=True):
    """A paragraph that is only ``![alt](target){attrs}``.

    ``target`` is a file, or ``chart:demo.name``, ``table:…``, ``code:…``, ``exercise:id``,
    ``chart:data/file.csv``, ``table:data/file.csv``, ``drawing:name``; "" if it is wrong, which has been reported. ``alt`` is the bracket text.
    """

    target: str
    alt: tuple[Inline, ...]
    attrs: Attrs
    at: At

    @property
    def is_drawing(self) -> bool:
        """Whether it shows a drawing of the kit."""
        return self.target.startswith("drawing:")


class Quote(Struct, frozen=True, tag=True):
    """``> …``."""

    blocks: tuple[Block, ...]
    at: At


class Div(Struct, frozen=True, tag=True):
    """A fenced div. ``name`` is its bare word or first class ("notes", "columns", "hint", …), "" if it has none."""

    name: str
    blocks: tuple[Block, ...]
    attrs: Attrs
    at: At


MISSING = "missing-picture"


class Box(Struct, frozen=True, tag=True):
    """A box: a "callout", or a "stand-in" for something that can't be shown, or for a picture (``MISSING``)."""

    kind: str
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    at: At


class Edge(Struct, frozen=True, kw_only=True, tag=True):
    """Pictures that fill a side of a slide, as in Marp: ``![bg right:40%]``; ``share`` is their part of its width."""

    side: str
    share: float
    pictures: tuple[Picture, ...]
    at: At


class Pause(Struct, frozen=True, tag=True):
    """``. . .`` alone in a paragraph: what follows appears on a click."""

    at: At


Block = Paragraph | Heading | ListBlock | TableBlock | CodeBlock | Picture | Quote | Div | Box | Edge | Pause
