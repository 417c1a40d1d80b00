"""One chart or table across the whole width; and the table of where the toy stops."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from msgspec.structs import replace

from workshop.layouts.bands import BAND, answered
from workshop.layouts.bench import COMPOSED_CELLS, LEAST, Bench, Pick, Used, framed, trimmed
from workshop.layouts.declared import Layout, Look, Trait
from workshop.layouts.draft import Arranging, Draft, Slots, measured
from workshop.layouts.grid import HANG, MARGIN, PANEL_END, TITLE_TOP, WIDTH, column, span
from workshop.layouts.looks import ANSWER, NOW_SEE, answer, now_see, raised
from workshop.layouts.parts import CELLS, LARGE_CELLS, SMALL, block, exhibit_title, layout, look, measure, source, title
from workshop.model import blocks
from workshop.model.kit import Slide
from workshop.model.theme import Box, Decor, LayoutSpec, PicturePlace, Placeholder, inches

NAMES = {"chart": "Chart", "tbl": "Table", "pic": "Picture"}  # type of a placeholder -> its name
NO_LOOKS: Mapping[str, Look] = {}
MEASURED = ("measure", "source")  # places that may be missing
CHART_SAMPLE, TABLE_SAMPLE = (
    "![](chart:data/shares.csv)",
    "| What | Share |\n|---|---|\n| ours | all |\n| theirs | none |",
)


# ---------------------------------------------------------------- parts
def exhibit(kind: str, area: Box, sizes: tuple[float, ...] = SMALL, fill: str = "") -> Placeholder:
    """Return the place of an exhibit on a layout of our themes."""
    return Placeholder(idx=1, type=kind, name=NAMES[kind], role="main", box=area, sizes=sizes, fill=fill)


def under_measure(role: str, name: str, *places: Placeholder, decor: tuple[Decor, ...] = ()) -> LayoutSpec:
    """Return a layout of our themes whose title leaves room for the measure line."""
    return layout(role, name, exhibit_title(), measure(), *places, source(), decor=decor)


def host(bench: Bench, *kinds: str) -> Pick:
    """Return a template's layout for an exhibit: if possible, not one whose only placeholder is for text."""
    pick = bench.first(*kinds)
    main = pick.slots.get("main")
    if main is not None and main.type == "body" and bench.has("title-only"):
        return bench.picks["title-only"]
    return pick


def hosted(bench: Bench, pick: Pick, kind: str, area: Box) -> Placeholder:
    """Return the place of an exhibit in a template; a table extends beyond the text's edge on both sides."""
    inset = bench.grid(pick).x - bench.area(pick).x
    at = trimmed(area, inset - HANG if kind == "tbl" else inset)
    return bench.host(pick, "main", NAMES[kind], kind, at, COMPOSED_CELLS if kind == "tbl" else (LEAST,))


def _alone(role: str, kind: str, bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Yield one chart or table across the whole width."""
    pick = host(bench, "chart" if kind == "chart" else "table", "content")
    top, area, foot = framed(bench, pick, used)
    yield bench.spec(pick, role, bench.title(pick), top, hosted(bench, pick, kind, area), foot)


# ---------------------------------------------------------------- a chart, a table
def lanes(spec: LayoutSpec) -> LayoutSpec:
    """Return a table drawn as lanes, which have an area instead of a place."""
    main = spec.find("main")
    assert main is not None
    places = tuple(place for place in spec.placeholders if place is not main)
    return look(spec, "Lanes", places, area=Box(MARGIN, main.box.y, span(12), main.box.h))


def _whole(
    place: Placeholder, example: str, shows: type[blocks.Block], *traits: Trait, looks: Mapping[str, Look] = NO_LOOKS
) -> Layout:
    """Return the declaration of a layout with one exhibit across the whole width."""
    role = NAMES[place.type].lower()
    return Layout(
        name=role,
        example=example,
        arrange=None,
        own=partial(under_measure, role, NAMES[place.type], place),
        looks={ANSWER: answer, NOW_SEE: now_see, BAND: answered, **looks},
        raised=raised,
        composed=partial(_alone, role, place.type),
        optional=MEASURED,
        shows=shows,
        traits=frozenset({"by-hand", *traits}),
    )


_CHART = exhibit("chart", Box(column(0), inches(2.1), span(12), inches(4.2)))
_TABLE = exhibit("tbl", Box(column(0) - HANG, inches(2.3), span(12) + 2 * HANG, inches(3.9)), LARGE_CELLS)
CHART = _whole(_CHART, CHART_SAMPLE, blocks.ShownChart)
_LANES: Mapping[str, Look] = {"lanes": lanes, f"lanes/{BAND}": lambda spec: answered(lanes(spec))}
TABLE = _whole(_TABLE, TABLE_SAMPLE, blocks.ShownTable, "rows-flow", looks=_LANES)


# ---------------------------------------------------------------- the toy and the real model
FENCED = 3  # columns of a table with a fence


def _suits_stops(slide: Slide) -> Iterable[str]:
    """Yield the look with two halves for one table whose second column is set against its third."""
    tables = [block for block in slide.slot("main") if isinstance(block, blocks.ShownTable)]
    if tables and len(tables[0].header) == FENCED and not slide.slot("measure"):
        yield "halves"


def _stops(draft: Draft, scope: Arranging) -> Slots:
    tables = draft.of(blocks.ShownTable)
    if len(tables) != 1:
        hint = "columns: what, our toy, a large model"
        scope.report.error("a toy-stops slide is one table", draft.at, hint, "layout")
    return [measured(draft), ("main", tables[:1])]


def _toy() -> LayoutSpec:
    area = Box(column(0) - HANG, inches(2.0), span(12) + 2 * HANG, inches(4.2))
    return under_measure("toy-stops", "Where the toy stops", exhibit("tbl", area, CELLS))


def halves(spec: LayoutSpec) -> LayoutSpec:
    """Return where the toy stops in two halves: ours on the ground, a large model behind a fence, on a field."""
    fence, edge = column(7) - inches(0.28), span(7) - inches(0.6)
    main = spec.find("main")
    assert main is not None
    table = Box(main.box.x, inches(1.7), WIDTH - MARGIN - main.box.x, inches(4.6))
    places = (
        title(Box(MARGIN, TITLE_TOP, edge, inches(1.06))),
        replace(main, box=table, sizes=LARGE_CELLS, fence=fence),
        source(w=edge),
    )
    decor = (block(fence, WIDTH - fence, "field"), Decor("dash", Box(fence, 0, 0, PANEL_END), "open", 3))
    picture = PicturePlace(Box(WIDTH - MARGIN - inches(1.1), inches(0.36), inches(1.1), inches(1.1)), "field")
    return look(spec, "Toy and real model", places, decor=decor, picture=picture)


TOY_STOPS = Layout(
    name="toy-stops",
    example="| What | Our toy | A large model |\n|---|---|---|\n| texts | a few | very many |",
    arrange=_stops,
    own=_toy,
    looks={"halves": halves},
    suits=_suits_stops,
    raised=raised,
    kept=("halves",),
    weight=90,
    traits=frozenset({"apart", "rows-flow", "stops"}),
)
