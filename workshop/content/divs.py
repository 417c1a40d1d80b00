"""Divs: callouts, asides, steps, tabs, figures side by side, and those of our constructs; in a talk, any other is its content."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.constructs.table import DIVS
from workshop.content.reading import Reading
from workshop.content.vocabulary import SEEN
from workshop.errors import At
from workshop.model.markup import (
    LIST,
    NO_ATTRS,
    Attrs,
    Block,
    Box,
    Div,
    FootnoteRef,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    Paragraph,
    Pause,
    Picture,
    TableBlock,
    Text,
)


class Break(Struct, frozen=True, tag=True):
    """``---`` at the top level: a slide begins here; ``attrs`` is what is said of it there."""

    at: At
    attrs: Attrs = NO_ATTRS


Flow = list[Block | Break]


class OpenDiv(Struct, kw_only=True):
    """A div that isn't closed yet, and what is in it so far."""

    name: str
    attrs: Attrs
    at: At
    blocks: list[Block | Break] = field(default_factory=list)
    closed: bool = False  # whether it is certain that it is closed, so that no heading in it begins a slide


CALLOUT = "callout-"
UNSEEN = ("content-visible", "content-hidden", "hidden")  # divs that may be for other formats
SHOWN_FOR = ("revealjs", "html", "html:js", "pptx", "slides")
CALLOUTS = tuple(f"{CALLOUT}{kind}" for kind in ("note", "tip", "important", "warning", "caution"))
OURS = (*DIVS, *CALLOUTS, "aside", "fragment")  # those that a kit may have
KNOWN = (*OURS, "callout", "center", "r-stack", "r-fit-text", "r-hstack", "r-vstack", "footer", "panel-tabset", "refs")
KNOWN += ("content-visible", "content-hidden", "absolute", "layout", "hidden")


def block_of(div: OpenDiv, inside: tuple[Block, ...], reading: Reading) -> Div:
    """Return what a div becomes; one that has no meaning here is its content, for those who may see it."""
    made = _block_of(div, inside, reading)
    seen = tuple(pair for pair in div.attrs.pairs if pair[0] in SEEN)
    return made if made.name or not seen else replace(made, attrs=Attrs(pairs=seen))


def _block_of(div: OpenDiv, inside: tuple[Block, ...], reading: Reading) -> Div:
    attrs, at = div.attrs, div.at
    if div.name.startswith(CALLOUT):
        return _only(_callout(div, inside), at)
    if div.name in _SPECIAL:
        return _SPECIAL[div.name](div, inside, reading)
    if "layout-ncol" in attrs or "layout" in attrs:
        return _side_by_side(div, inside)
    if div.name == "columns":
        return _columns(div, inside)
    if div.name in DIVS:
        return Div(div.name, inside, attrs, at)
    for name in attrs.classes:
        if name not in KNOWN and reading.policy.unknown == "shown":
            reading.unknown("kind of div named", name, f".{name}", DIVS, at)
    if attrs.id.startswith(("tbl-", "fig-")):
        inside = _captioned(inside)
    if attrs.id == LIST and reading.works is not None:
        return Div(LIST, (), NO_ATTRS, at)
    return Div("", inside, NO_ATTRS, at)


def _only(block: Block, at: At) -> Div:
    return Div("", (block,), NO_ATTRS, at)


def _callout(div: OpenDiv, inside: tuple[Block, ...]) -> Box:
    given = div.attrs.get("title")
    title: tuple[Inline, ...] = (Text(given, div.at),) if given else ()
    if not title and inside and isinstance(inside[0], Heading):
        title, inside = inside[0].children, inside[1:]
    kind = div.name.removeprefix(CALLOUT).replace("-", " ").capitalize()
    return Box("callout", title or (Text(kind, div.at),), inside, div.at)


def _aside(div: OpenDiv, inside: tuple[Block, ...], reading: Reading) -> Div:
    """Return a note without a marker at the foot of the slide; anything but text stays where it is."""
    if div.name == "footer":
        reading.lose("a footer of one slide (::: footer) is shown among the notes at its foot", div.at)
    words: list[Inline] = []
    others: list[Block] = []
    for block in inside:
        if isinstance(block, Paragraph):
            words += [Text(" ", block.at), *block.children] if words else block.children
        else:
            others.append(block)
    note = FootnoteRef(tuple(_one_line(words)), div.at)
    return Div("", (*others, Paragraph((note,), div.at)), NO_ATTRS, div.at)


def _one_line(nodes: Sequence[Inline]) -> list[Inline]:
    return [Text(" ", node.at) if isinstance(node, LineBreak) else node for node in nodes]


def _incremental(div: OpenDiv, inside: tuple[Block, ...], _reading: Reading) -> Div:
    drawn = any(isinstance(block, Div) for block in inside)  # what a diagram shows one after the other are its boxes
    return Div("incremental", inside, div.attrs, div.at) if drawn else Div("", stepped(inside), NO_ATTRS, div.at)


def stepped(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks whose lists appear item by item."""
    found: list[Block] = []
    for block in blocks:
        if not isinstance(block, ListBlock):
            found.append(block)
            continue
        for k, item in enumerate(block.items):
            found += [Pause(item.at), replace(block, items=(item,), start=block.start + k, at=item.at)]
    return tuple(found)


def _fragment(div: OpenDiv, inside: tuple[Block, ...], _reading: Reading) -> Div:
    return Div("", (Pause(div.at), *inside), NO_ATTRS, div.at)


def _tabs(div: OpenDiv, inside: tuple[Block, ...], reading: Reading) -> Div:
    """Return tabs as columns, or one below the other if there are many."""
    tabs: list[list[Block]] = []
    for block in inside:
        if isinstance(block, Heading) or not tabs:
            tabs.append([])
        tabs[-1].append(block)
    how = "side by side" if 2 <= len(tabs) <= 3 else "one below the other"
    reading.lose(f"tabs (::: panel-tabset) are shown {how}", div.at)
    if not 2 <= len(tabs) <= 3:
        return Div("", inside, NO_ATTRS, div.at)
    return Div("columns", tuple(_column(tuple(tab), div.at) for tab in tabs), NO_ATTRS, div.at)


def _visible(div: OpenDiv, inside: tuple[Block, ...], _reading: Reading) -> Div:
    when, unless = div.attrs.get("when-format"), div.attrs.get("unless-format")
    holds = (when in SHOWN_FOR if when else True) and not (unless in SHOWN_FOR if unless else False)
    shown = holds if div.name == "content-visible" else not holds
    return Div("", inside if shown else (), NO_ATTRS, div.at)


def _hidden(div: OpenDiv, _inside: tuple[Block, ...], _reading: Reading) -> Div:
    return Div("", (), NO_ATTRS, div.at)


_SPECIAL = {
    "aside": _aside,
    "footer": _aside,
    "incremental": _incremental,
    "fragment": _fragment,
    "panel-tabset": _tabs,
    "content-visible": _visible,
    "content-hidden": _visible,
    "hidden": _hidden,
}


def _column(blocks: tuple[Block, ...], at: At, width: str = "") -> Div:
    pairs = (("width", width),) if width else ()
    return Div("column", blocks, Attrs(classes=("column",), pairs=pairs), at)


def _columns(div: OpenDiv, inside: tuple[Block, ...]) -> Div:
    """Return columns; what stands between them comes before them."""
    columns = tuple(block for block in inside if isinstance(block, Div) and block.name == "column")
    others = tuple(block for block in inside if block not in columns)
    if not columns:
        return Div("", inside, NO_ATTRS, div.at)
    made = Div("columns", columns, div.attrs, div.at)
    return Div("", (*others, made), NO_ATTRS, div.at) if others else made


def _side_by_side(div: OpenDiv, inside: tuple[Block, ...]) -> Div:
    number = int(div.attrs.number("layout-ncol", 2)) or 2
    caption: tuple[Block, ...] = ()
    if div.attrs.id and inside and isinstance(inside[-1], Paragraph):
        inside, caption = inside[:-1], inside[-1:]
    parts = _flat(inside)
    rows = [parts[k : k + number] for k in range(0, len(parts), number)]
    made = tuple(
        Div("columns", tuple(_column((part,), div.at) for part in row), NO_ATTRS, div.at) if len(row) > 1 else row[0]
        for row in rows
    )
    return Div("", (*made, *caption), NO_ATTRS, div.at)


def _flat(blocks: tuple[Block, ...]) -> list[Block]:
    """Return blocks with the content of divs that are nothing but their content."""
    return [part for b in blocks for part in (_flat(b.blocks) if isinstance(b, Div) and not b.name else [b])]


def _captioned(inside: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give a table, or a picture, the last paragraph of its div as its caption."""
    if len(inside) < 2 or not isinstance(inside[-1], Paragraph):
        return inside
    last, main = inside[-1], inside[-2]
    if isinstance(main, TableBlock) and not main.caption:
        return (*inside[:-2], replace(main, caption=last.children))
    if isinstance(main, Picture) and not main.alt:
        return (*inside[:-2], replace(main, alt=last.children))
    return inside


def settled(blocks: Sequence[Block], *, steps: bool) -> list[Block]:
    """Return the blocks of a slide with its last comment as notes, slots and sides as columns, and lists step by step."""
    found = list(blocks)
    if found and isinstance(last := found[-1], Div) and last.name == "comment":
        found[-1] = Div("notes", last.blocks, Attrs(classes=("notes",)), last.at)
    found = [block for block in found if not _is(block, "comment")]
    marks = [block.attrs.get("name") for block in found if isinstance(block, Div) and block.name == "steps"]
    found = [block for block in found if not _is(block, "steps")]
    found = _beside(_slotted(found))
    return list(stepped(tuple(found))) if (marks[-1] == "true" if marks else steps) else found


def _is(block: Block, name: str) -> bool:
    return isinstance(block, Div) and block.name == name


def _slotted(blocks: list[Block]) -> list[Block]:
    """Return blocks with those after ``::left::`` and the like in columns; what comes before them, and notes, stays apart."""
    slots: list[tuple[str, At, list[Block]]] = [("", At(""), [])]
    for block in blocks:
        if isinstance(block, Div) and block.name == "slot":
            slots.append((block.attrs.get("name"), block.at, []))
        else:
            slots[0 if _is(block, "notes") else -1][2].append(block)
    sides = [(at, inside) for name, at, inside in slots if inside and name not in ("", "default", "bottom", "footer")]
    rest = [block for name, _, inside in slots for block in inside if name in ("bottom", "footer")]
    head = [block for name, _, inside in slots for block in inside if name in ("", "default")]
    if len(sides) < 2:
        return [*head, *(block for _, inside in sides for block in inside), *rest]
    columns = tuple(_column(tuple(inside), at) for at, inside in sides)
    return [*head, Div("columns", columns, NO_ATTRS, sides[0][0]), *rest]


def _beside(blocks: list[Block]) -> list[Block]:
    """Return blocks with columns that follow each other side by side; one alone is its content."""
    found: list[Block] = []
    for is_side, group in groupby(blocks, lambda block: _is(block, "column")):
        some = list(group)
        if not is_side:
            found += some
        elif len(some) == 1 and isinstance(some[0], Div):
            found += some[0].blocks
        else:
            found.append(Div("columns", tuple(some), NO_ATTRS, some[0].at))
    return found
