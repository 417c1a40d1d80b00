"""Two columns, each of text or one exhibit; words become panels, and two answers a vote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from workshop.constructs.column_divs import Column, Columns
from workshop.constructs.table import text_of
from workshop.layouts.bench import HEAD_HEIGHT, SIDES, Bench, Used, framed, heading, pair
from workshop.layouts.declared import Layout, Look
from workshop.layouts.draft import Arranging, Draft, Exhibit, Slots, prose
from workshop.layouts.grid import (
    BODY_END,
    BODY_TOP,
    GUTTER,
    HALF,
    MARGIN,
    PANEL_END,
    TITLE_TOP,
    WIDTH,
    column,
    span,
    upto,
)
from workshop.layouts.looks import raised, with_bet
from workshop.layouts.parts import BODY, SMALL, body, layout, look, rule, source, tile, title
from workshop.model import blocks
from workshop.model.theme import Box, Decor, LayoutSpec, PicturePlace, Placeholder, inches

WIDTH_OF_ONE = (span(12) - GUTTER) // 2  # of two panels


def arrange(draft: Draft, scope: Arranging) -> Slots:
    """Put text or one exhibit into each column."""
    columns = draft.first(Columns)
    if columns is None or len(columns.blocks) != 2:
        message = f"this slide has {len(columns.blocks) if columns else 0} columns; the layout has two"
        scope.report.error(message, draft.at, "write ::: columns with two ::: column in it", "columns")
        return []
    made: list[tuple[str, Sequence[blocks.Block]]] = []
    for side, part in zip(SIDES, columns.blocks, strict=True):
        assert isinstance(part, blocks.Panel)
        if part.title:
            made.append((f"{side}-heading", (draft.line(part.title),)))
        if isinstance(part, Column) and (part.look or part.drawing):
            made.append((side, (replace(part, title=""),)))
            continue
        exhibits = [b for b in part.blocks if isinstance(b, Exhibit)]
        text = [*(draft.prose if side == "left" else ()), *text_of(part.blocks)]
        if exhibits and (text or len(exhibits) > 1):
            message = "a column holds text or one exhibit, not both"
            scope.report.error(message, part.at, "put the text into the other column", "columns")
        made.append((side, exhibits[:1] if exhibits else prose(text)))
    return made


def own() -> LayoutSpec:
    """Return two columns under headings."""
    top, ruled = inches(2.58), inches(2.44)
    parts: list[Placeholder] = []
    for x, side, head_idx, idx in ((column(0), "Left", 13, 1), (column(6), "Right", 15, 2)):
        head = Box(x, BODY_TOP, HALF, inches(0.42))
        parts += [
            body(head_idx, f"{side} heading", f"{side.lower()}-heading", head, BODY, "accent", bold=True),
            _column(idx, side, Box(x, top, HALF, BODY_END - top), BODY),
        ]
    rules = (rule(column(0), ruled, HALF), rule(column(6), ruled, HALF))
    return layout("two-content", "Two columns", title(), *parts, source(), kind="twoObj", decor=rules)


def plain(_: LayoutSpec) -> LayoutSpec:
    """Return two columns without headings."""
    parts = (
        _column(idx, name, Box(x, BODY_TOP, HALF, BODY_END - BODY_TOP), (28, *BODY))
        for idx, name, x in ((1, "Left", column(0)), (2, "Right", column(6)))
    )
    return layout("two-content", "Two columns, no headings", title(), *parts, source())


def _column(idx: int, name: str, area: Box, sizes: tuple[float, ...]) -> Placeholder:
    return body(idx, name, name.lower(), area, sizes, type="obj", bullet="block", before=14)


def vote(spec: LayoutSpec) -> LayoutSpec:
    """Return two answers to vote on: letters that can be read in the last row, and a band that says what to do."""
    top, height, letter, inset = inches(1.68), inches(3.94), inches(1.7), inches(0.3)
    width, band_top = WIDTH_OF_ONE, inches(5.84)
    places: list[Placeholder] = [title(Box(MARGIN, TITLE_TOP, span(11), inches(0.6)))]
    decor = [Decor("rect", Box(0, band_top, WIDTH, PANEL_END - band_top), "open")]
    for k, side in enumerate(SIDES):
        x = MARGIN + k * (width + GUTTER)
        inner = Box(x + letter + inset, top, width - letter - inset - inches(0.2), height)
        decor.append(Decor("rect", Box(x, top, width, height), "panel"))
        answer = spec.find(side)
        assert answer is not None
        places += [
            body(21 + k, f"Letter {'AB'[k]}", f"letter-{'ab'[k]}", Box(x, top, letter, height), (138,), "on_field", bold=True, anchor="ctr", align="ctr", fill="block"),
            replace(answer, box=Box(inner.x, top + inches(0.3), inner.w, height - inches(0.6)), sizes=(36, 32, 28), bold=True, bullet=""),
        ]  # fmt: skip
    words = {"bold": True, "anchor": "ctr"}
    foot = replace(source(), box=Box(MARGIN, inches(1.12), span(11), inches(0.32)), sizes=SMALL, anchor="t")
    places += [
        foot,
        body(23, "Mode", "mode", Box(MARGIN, band_top, span(6.5), PANEL_END - band_top), (28, 24), "on_open", **words),
        body(24, "Minutes", "minutes", Box(column(6.5), band_top, span(5.5), PANEL_END - band_top), (28, 24, 22), "on_open", align="r", **words),
    ]  # fmt: skip
    return look(spec, "Vote", places, decor=tuple(decor))


def panels(spec: LayoutSpec, *, stated: bool = False) -> LayoutSpec:
    """Return two columns of words, each on a panel as high as the slide has room; two short texts are large, in its middle."""
    top, inset, width = inches(1.74), inches(0.3), WIDTH_OF_ONE
    places: list[Placeholder] = []
    decor: list[Decor] = []
    for place in spec.placeholders:
        x = MARGIN if place.role.startswith("left") else MARGIN + width + GUTTER
        if place.role in SIDES:
            at = Box(x + inset, top + inches(0.92), width - 2 * inset, BODY_END - top - inches(1.06))
            sizes = (*((44, 40, 36) if stated else (36,)), 32, 28, 26, *place.sizes)
            places.append(replace(place, box=at, sizes=sizes, anchor="ctr" if stated else "t"))
            decor += tile(x, top, width)
        elif place.role.endswith("-heading"):
            places.append(replace(place, box=Box(x + inset, top + inches(0.32), width - 2 * inset, place.box.h)))
        else:
            places.append(place)
    return look(spec, "Two statements" if stated else "Two panels", places, decor=tuple(decor))


def drawn(spec: LayoutSpec) -> LayoutSpec:
    """Return two panels of words, each with a drawing beside its heading."""
    spec = panels(spec)
    side, gap = inches(1.5), inches(0.24)
    top = next(decor.box.y for decor in spec.decor) + gap
    places, pictures = [], []
    for place in spec.placeholders:
        at = place.box
        if place.role.endswith("-heading"):
            pictures.append(PicturePlace(Box(at.x, top, side, side), "panel"))
            head = Box(at.x + side + gap, top, at.w - side - gap, side)
            places.append(replace(place, box=head, sizes=(36, 32, 28), anchor="b"))
        elif place.role in SIDES:
            under = top + side + gap
            places.append(
                replace(place, box=upto(at.x, under, at.w, BODY_END - inches(0.1)), sizes=(32, 28, 26, *BODY))
            )
        else:
            places.append(place)
    return look(spec, "Two drawings", places, pictures=tuple(pictures))


def written(spec: LayoutSpec) -> LayoutSpec:
    """Return two columns whose words stand on a page, or are said in turn."""
    top, gap, places = inches(1.74), inches(0.4), []
    width = (span(12) - gap) // 2
    for place in spec.placeholders:
        x = MARGIN if place.role.startswith("left") else MARGIN + width + gap
        if place.role in SIDES:
            places.append(replace(place, box=upto(x, top + inches(0.56), width, BODY_END), sizes=(28, 26, *BODY)))
        elif place.role.endswith("-heading"):
            places.append(replace(place, box=Box(x, top, width, place.box.h)))
        else:
            places.append(place)
    return look(spec, "Page and chat", places, decor=(), scene=True)


def composed(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Yield two columns; headings come from a comparison layout or are text boxes above them."""
    if "headings" in used and "source" not in used and bench.has("comparison"):
        pick = bench.picks["comparison"]
        places: list[Placeholder] = []
        for side in SIDES:
            name = side.capitalize()
            places.append(bench.native(pick.slots[f"{side}-heading"], f"{side}-heading", f"{name} heading"))
            places.append(bench.native(pick.slots[side], side, name))
        yield bench.spec(pick, "two-content", bench.title(pick), *places)
    pick = bench.first("two")
    _, area, foot = framed(bench, pick, used)
    if "headings" not in used:
        yield bench.spec(pick, "two-content", bench.title(pick), *pair(bench, pick, area, SIDES), foot)
        return
    under = Box(area.x, area.y + HEAD_HEIGHT, area.w, area.h - HEAD_HEIGHT)
    places = []
    for place in pair(bench, pick, under, SIDES):
        places += [heading(bench, place, f"{place.role}-heading", area.y, "accent"), place]
    yield bench.spec(pick, "two-content", bench.title(pick), *places, foot)


PANELS: Mapping[str, Look] = {"panels": panels, "stated": partial(panels, stated=True)}
TWO_CONTENT = Layout(
    name="two-content",
    example="::: columns\n::: column\n### Ours\nIt counts.\n:::\n::: column\n### Theirs\nIt weighs.\n:::\n:::",
    arrange=arrange,
    own=own,
    looks={
        "plain": plain,
        "vote": vote,
        **with_bet({**PANELS, "written": written, "drawn": drawn}, *PANELS, "written", "drawn"),
    },
    raised=raised,
    kept=("vote",),
    composed=composed,
    optional=("headings", "source"),
    made_on=("two", {name: name for side in SIDES for name in (side, f"{side}-heading")}),
    traits=frozenset({"by-hand"}),
)
