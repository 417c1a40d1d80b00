"""A title and text; statements are tiles, each with its number, its figure or its picture; items with drawings are a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from msgspec.structs import replace

from workshop.layouts.bench import Bench, Used, framed, main_text
from workshop.layouts.declared import Layout
from workshop.layouts.draft import Arranging, Draft, Slots, prose
from workshop.layouts.grid import BODY_END, BODY_TOP, GUTTER, HEIGHT, MARGIN, WIDTH, column, field, span, upto
from workshop.layouts.large import NAMES, looks_for, said, said_number, split
from workshop.layouts.looks import raised
from workshop.layouts.parts import LEAD, body, layout, look, source, tile, title
from workshop.model.theme import Box, Decor, LayoutSpec, PicturePlace, Placeholder, inches

COUNTS, ROW = (2, 3, 4), (3, 4, 5)
TOP, INSET = inches(1.74), inches(0.26)
# How many tiles -> sizes of their phrases and sentences
SIZES: Mapping[int, tuple[tuple[float, ...], tuple[float, ...]]] = {
    2: ((44, 36, 32, 28), (32, 28, 26, 24)),
    3: ((36, 32, 28), (28, 26, 24)),
    4: ((32, 28), (26, 24, 22)),
}

ROW_SIZES: Mapping[int, tuple[tuple[float, ...], tuple[float, ...]]] = {
    3: ((32, 28, 24), (28, 26, 24, 22)),
    4: ((28, 24), (24, 22)),
    5: ((28, 26, 24, 22), (24, 22, 20)),
}


def arrange(draft: Draft, _: Arranging) -> Slots:
    """Put all text into one column."""
    return [("main", prose(draft.text))]


def own() -> LayoutSpec:
    """Return one column of text."""
    main = upto(column(0), BODY_TOP, span(10), BODY_END)
    text = body(1, "Content", "main", main, (32, *LEAD), bullet="block", before=16)
    return layout("content", "Title and text", title(), text, source(), kind="obj")


def tiles(count: int, _: LayoutSpec) -> LayoutSpec:
    """Return two to four statements side by side, each with its number or figure, a phrase and a sentence."""
    phrase, sentence = SIZES[count]
    places: list[Placeholder] = []
    decor: list[Decor] = []
    for n, x, width in _columns(count):
        inner = width - 2 * INSET
        decor += tile(x, TOP, width)
        places += [
            body(18 + 3 * n, f"Order {n}", f"order-{n}", Box(x + INSET, TOP + inches(0.28), inner, inches(0.92)), (66,), "accent", bold=True, line=80, track=-23),
            body(19 + 3 * n, f"Phrase {n}", f"phrase-{n}", Box(x + INSET, TOP + inches(1.2), inner, inches(1.36)), phrase, bold=True, line=95, track=-9, anchor="b"),
            body(20 + 3 * n, f"Sentence {n}", f"sentence-{n}", Box(x + INSET, TOP + inches(2.62), inner, BODY_END - TOP - inches(2.74)), sentence),
        ]  # fmt: skip
    return layout("content", f"{count} tiles", title(), *places, source(), decor=tuple(decor))


def pictures(count: int, _: LayoutSpec) -> LayoutSpec:
    """Return two to four statements side by side, each under the picture of a stage."""
    phrase_top, sentence_top = inches(4.36), inches(5.08)
    places: list[Placeholder] = []
    decor: list[Decor] = []
    drawn: list[PicturePlace] = []
    for n, x, width in _columns(count):
        inner = width - 2 * INSET
        side = min(inner, phrase_top - inches(0.16) - TOP - INSET)
        decor += tile(x, TOP, width)
        places += [
            body(19 + 3 * n, f"Phrase {n}", f"phrase-{n}", Box(x + INSET, phrase_top, inner, inches(0.68)), (40, 36, 32, 28), bold=True, track=-8, anchor="b"),
            body(20 + 3 * n, f"Sentence {n}", f"sentence-{n}", Box(x + INSET, sentence_top, inner, BODY_END - sentence_top - inches(0.08)), (28, 26, 24, 22)),
        ]  # fmt: skip
        drawn.append(PicturePlace(Box(x + INSET, phrase_top - inches(0.16) - side, side, side), "panel"))
    made = layout("content", f"{count} pictures", title(), *places, source(), decor=tuple(decor))
    return replace(made, pictures=tuple(drawn))


def row(count: int, _: LayoutSpec) -> LayoutSpec:
    """Return three to five items side by side, each under its drawing, on the ground."""
    size, (phrase, sentence) = inches(1.5), ROW_SIZES[count]
    top, under = inches(2.2), inches(0.2)
    places: list[Placeholder] = []
    drawn: list[PicturePlace] = []
    for n, x, width in _columns(count):
        head = Box(x, top + size + under, width, inches(0.62))
        places += [
            body(16 + 2 * n, f"Phrase {n}", f"phrase-{n}", head, phrase, bold=True, track=-8),
            body(17 + 2 * n, f"Sentence {n}", f"sentence-{n}", upto(x, head.bottom, width, BODY_END), sentence),
        ]
        drawn.append(PicturePlace(Box(x, top, width, size), "bg"))
    made = layout("content", f"{count} drawings", title(), *places, source())
    return replace(made, pictures=tuple(drawn))


def quote(spec: LayoutSpec) -> LayoutSpec:
    """Return what somebody says, large beside a mark, over who says it; the title is at the foot."""
    x, w = inches(2.3), WIDTH - MARGIN - inches(2.3)
    places = (
        replace(title(Box(x, inches(5.78), w, inches(0.5)), (18,)), color="muted", bold=False, track=0),
        body(17, "Quotation mark", "quote-mark", Box(inches(0.85), inches(0.5), inches(1.4), inches(2.9)), (200,), "accent", bold=True, line=80),
        body(1, "Quote", "quote", Box(x, inches(1.25), w, inches(2.95)), (44, 40, 36, 32, 28), bold=True, line=104),
        body(18, "Who says it", "said", Box(x, inches(4.35), w, inches(0.9)), (24, 22), "muted"),
    )  # fmt: skip
    decor = (
        Decor("rect", Box(0, 0, inches(0.3), HEIGHT), "open"),
        Decor("line", Box(x, inches(5.6), w, 0), "rule", 1),
    )
    return look(spec, "Quote", (*places, source()), decor=decor)


def number(spec: LayoutSpec, *, with_field: bool = False) -> LayoutSpec:
    """Return a title that is a number, as large as it can be, over the sentence about it; a share is beside its field."""
    area = field(inches(0.95), BODY_END)
    w = area.x - MARGIN - inches(0.3) if with_field else span(12)
    head = title(Box(MARGIN, inches(0.9), w, inches(3.1)), (200, 160, 138, 120, 96))
    short = w - inches(0.4) if with_field else w  # clear of the squares
    text = body(
        1, "Sentence", "main", Box(MARGIN, inches(4.3), short, BODY_END - inches(4.3)), (44, 40, 36, 32, 28), bold=True
    )
    places = (replace(head, color="accent", line=80, track=-30, anchor="b"), text, source())
    return look(spec, "Number and field" if with_field else "Number", places, area=area if with_field else None)


def _columns(count: int) -> Iterator[tuple[int, int, int]]:
    """Yield the number, the left edge and the width of each tile."""
    width = (span(12) - GUTTER * (count - 1)) // count
    yield from ((k + 1, MARGIN + k * (width + GUTTER), width) for k in range(count))


def composed(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Yield a title and text."""
    pick = bench.first("content")
    _, area, foot = framed(bench, pick, used)
    at = area if "source" in used or "main" not in pick.slots else None
    yield bench.spec(pick, "content", bench.title(pick), main_text(bench, pick, "main", "Text", at), foot)


CONTENT = Layout(
    name="content",
    example="- one thing\n- another thing",
    arrange=arrange,
    own=own,
    looks={
        **{f"tiles-{count}": partial(tiles, count) for count in COUNTS},
        **{f"pictures-{count}": partial(pictures, count) for count in COUNTS},
        "quote": quote,
        "number": number,
        "number-field": partial(number, with_field=True),
        **{f"row-{count}": partial(row, count) for count in ROW},
        **looks_for(said=said, said_number=said_number, split=split),
    },
    raised=raised,
    kept=("quote", "number", "number-field", *(f"row-{count}" for count in ROW), *NAMES),
    composed=composed,
    traits=frozenset({"by-hand", "flows", "lists"}),
)
