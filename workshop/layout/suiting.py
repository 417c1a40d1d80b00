"""The look of one of our own layouts that suits a slide: under a title of one line, with a picture, as tiles, as an answer."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from msgspec.structs import replace

from workshop.constructs.boxes import Quoted
from workshop.constructs.table import text_of
from workshop.errors import Report, failures_of
from workshop.layout.context import Desk
from workshop.layout.extras import looks_with
from workshop.layout.fit import BREAK, fit_balanced, fit_text, fit_title
from workshop.layout.laid import LaidItem, LaidShapes, Shape
from workshop.layout.lanes import lanes_of, lay_lanes
from workshop.layout.slots import exhibits_of
from workshop.layout.statement_tiles import LOOK as FIELD
from workshop.layout.statement_tiles import (
    lay_units,
    learnt_of,
    pictures_of,
    share_of,
    shares_of,
    statements_of,
)
from workshop.layout.steps import parts_of
from workshop.layout.strip import SLOT as STRIP
from workshop.layout.written import columns_of
from workshop.layouts import all_layouts, traits
from workshop.layouts.bands import BAND, BAND_UNDER, LEAST_EXHIBIT
from workshop.layouts.bold_start import figure_and_rest
from workshop.layouts.looks import BELOW, ONE_LINE
from workshop.layouts.misconception import proof_of
from workshop.model.blocks import Line, Run, ShownChart, ShownTable
from workshop.model.exhibits import ChartKind
from workshop.model.kit import Slide
from workshop.model.theme import Box, LayoutSpec

BESIDE_TEXT = "-and-text"  # the end of the name of a layout for an exhibit with a text
SHARES = "shares"
STEPS, WRITTEN, DRAWN = "steps", "written", "drawn"
COUNTED = "counted"
PLAIN = "plain"  # without headings
SIDES, SHORT = ("left", "right"), 110  # columns, and letters of a short text in one
MOST_COLUMNS = 5  # of a table beside a panel
LONGEST_FIGURE = 16  # letters of a figure that is shown large: "about 6.5%"
NUMBER = re.compile(r"[~≈]?[+−-]?\d[\d.,\u00a0 ]*( ?%| in \d+| (thousand|million|billion|trillion)|[kKMx×])?")
LONGEST_NUMBER, MOST_WORDS = 12, 20  # letters of a title that is a number; words of the paragraph under it
DASHES = "–—-"


def looks_of(desk: Desk, slide: Slide) -> Iterator[LayoutSpec]:
    """Yield the layouts of our own theme that a slide may take, the one that suits it best first."""
    for key in _keys(desk, slide, desk.theme.layouts):
        spec = _under_title(desk, slide, key)
        if not _is_over_band(key) or _is_high(spec, LEAST_EXHIBIT):
            yield spec


def has_look(desk: Desk, slide: Slide) -> bool:
    """Whether a slide has a look of its own in our theme: tiles, a quote, a number, lanes."""
    return "/" in next(_keys(desk, slide, desk.theme.layouts), "")


def _keys(desk: Desk, slide: Slide, known: Container[str]) -> Iterator[str]:
    """Yield the keys of the looks that a slide may take, the one that suits it best first, and last its plain layout."""
    key = _with_text_or_without(slide)
    wanted = looks_with(desk, slide, (*_wanted(desk, slide), *_suiting(desk, slide, key)))
    yield from (f"{key}/{look}" for look in wanted if f"{key}/{look}" in known)
    plain = f"{key}/{PLAIN}" if f"{key}/{PLAIN}" in known and not _headed(slide) else key
    if plain in known:
        yield plain


def _suiting(desk: Desk, slide: Slide, key: str) -> tuple[str, ...]:
    """Return the looks that a layout itself says suit a slide."""
    layout, found = all_layouts().get(key), tuple[str, ...]()
    if layout is not None:
        with failures_of(f"the layout {layout.name!r}", desk.report, slide.at):
            found = tuple(layout.suits(slide))
    return found


def _with_text_or_without(slide: Slide) -> str:
    """Return the layout that a slide asks for; that of the exhibit alone if there is no text for its audience beside it."""
    alone = slide.layout.removesuffix(BESIDE_TEXT)
    return slide.layout if alone == slide.layout or slide.slot("reading") else alone


def _wanted(desk: Desk, slide: Slide) -> Iterator[str]:
    if parts_of(slide):
        yield STEPS
    if columns := columns_of(slide):
        yield WRITTEN if any(column.look for column in columns.values()) else DRAWN
    if _is_named_at_ends(slide) or slide.slot(STRIP):
        yield BELOW
    if counted_of(slide) is not None:
        yield COUNTED
    if lanes_of(slide) is not None:
        yield "lanes"
    if "closes" in traits(slide.layout) and learnt_of(desk, slide):
        yield from ("pictures", "pictures-rows")
    yield from _of_a_talk(desk, slide)
    statements = statements_of(slide)
    if statements:
        if pictures_of(desk, slide):
            drawn = all(line.picture for line in text_of(slide.slot("main")))
            yield f"{'row' if drawn else 'pictures'}-{len(statements)}"
        yield f"tiles-{len(statements)}"
    if shares_of(slide):
        yield SHARES
    if share_of(slide, figure_of(slide)) is not None:
        yield FIELD
    if figure_of(slide):
        yield "figure"
    if in_words(slide):
        yield "stated" if all(_is_short(slide, side) for side in SIDES) else "panels"


def _of_a_talk(desk: Desk, slide: Slide) -> Iterator[str]:
    if desk.talk and quote_of(slide):
        yield "quote"
    if desk.talk and (counted := number_of(slide)):
        yield "number-field" if share_of(slide, counted) is not None else "number"


def _is_over_band(key: str) -> bool:
    return key.endswith((f"/{BAND}", f"/{BAND_UNDER}"))


def _is_high(spec: LayoutSpec, least: int) -> bool:
    """Whether an exhibit keeps enough height over a band."""
    main = spec.find("main")
    box = main.box if main is not None else spec.area
    return box is None or box.h >= least


def _is_named_at_ends(slide: Slide) -> bool:
    """Whether a slide's chart has the names of its lines at their ends, so that it needs width more than height."""
    charts = [block.chart for block in exhibits_of(slide.slot("main")) if isinstance(block, ShownChart)]
    return any(chart.kind is ChartKind.LINE and len(chart.series) > 1 for chart in charts)


def is_wide(slide: Slide) -> bool:
    """Whether a slide has a table that needs the whole width."""
    return any(isinstance(b, ShownTable) and len(b.header) > MOST_COLUMNS for b in exhibits_of(slide.slot("main")))


def in_words(slide: Slide) -> bool:
    """Whether both columns of a slide are read, not looked at, under headings of their own."""
    return all(text_of(slide.slot(side)) and not exhibits_of(slide.slot(side)) for side in SIDES) and all(
        slide.slot(f"{side}-heading") for side in SIDES
    )


def _is_short(slide: Slide, side: str) -> bool:
    lines = text_of(slide.slot(side))
    return len(lines) == 1 and len(lines[0].text) <= SHORT


def _headed(slide: Slide) -> bool:
    return bool(slide.slot("left-heading") or slide.slot("right-heading"))


def _under_title(desk: Desk, slide: Slide, key: str) -> LayoutSpec:
    """Return a layout, or its look under a title of one line if the slide's title is one."""
    spec = desk.theme.layouts[key]
    raised, place = desk.theme.layouts.get(f"{key}/{ONE_LINE}"), spec.find("title")
    if raised is None or place is None or not slide.title_text.strip():
        return spec
    quiet = replace(desk, report=Report())
    title = fit_title(quiet, place, slide.title, slide.at, 2)
    rows = 1 + sum(run.text.count(BREAK) + run.text.count("\n") for line in title.lines for run in line.runs)
    return raised if rows == 1 and not quiet.report.found else spec


# ---------------------------------------------------------------- the figure of a finding
def figure_of(slide: Slide) -> str:
    """Return the one figure that a finding of a work has in bold, "" if it has none or several."""
    strong = [run.text.strip() for line in text_of(slide.slot("finding")) for run in line.runs if run.strong]
    found = strong[0] if len(strong) == 1 else ""
    return found if len(found) <= LONGEST_FIGURE and any(letter.isdigit() for letter in found) else ""


def counted_of(slide: Slide) -> tuple[Line, Line] | None:
    """Return the number that a chart of squares proves, and what it counts: the one paragraph beside it, if it begins with a bold number."""
    lines = text_of(slide.slot("reading"))
    charts = [block.chart.kind for block in exhibits_of(slide.slot("main")) if isinstance(block, ShownChart)]
    return figure_and_rest(lines[0]) if charts == [ChartKind.SQUARES] and len(lines) == 1 else None


def number_of(slide: Slide) -> str:
    """Return the title of a slide if it is a number over one short paragraph; "" for any other."""
    lines, name = text_of(slide.slot("main")), slide.title_text.strip()
    short = len(lines) == 1 and lines[0].marker == "none" and len(lines[0].text.split()) <= MOST_WORDS
    alone = short and "lists" in traits(slide.layout) and not exhibits_of(slide.slot("main"))
    return name if alone and len(name) <= LONGEST_NUMBER and NUMBER.fullmatch(name) else ""


def quote_of(slide: Slide) -> tuple[Line, ...]:
    """Return the lines of a slide that is one quote under its title; nothing for any other."""
    blocks = slide.slot("main")
    return text_of(blocks[0].blocks) if len(blocks) == 1 and isinstance(blocks[0], Quoted) else ()


def lay_said(desk: Desk, spec: LayoutSpec, slide: Slide) -> dict[str, LaidItem | None]:
    """Return a quote, large, after its mark; who says it is its last paragraph, if that begins with a dash."""
    lines, numeral = quote_of(slide), spec.find("numeral")
    if numeral is not None and slide.section[0]:
        return {"numeral": fit_text(desk, numeral, (Line((Run(str(slide.section[0])),)),), slide.at)}
    if not lines or spec.find("quote") is None:
        return lay_proof(desk, spec, slide) | lay_counted(desk, spec, slide)
    named = len(lines) > 1 and lines[-1].text.lstrip()[:1] in DASHES
    who = lines[-1].text.lstrip().lstrip(DASHES).lstrip()
    texts = {
        "quote-mark": (Line((Run(desk.opening),)),),
        "quote": tuple(replace(line, marker="none") for line in (lines[:-1] if named else lines)),
        "said": (replace(lines[-1], runs=(Run(who),), marker="none"),) if named else (),
    }
    places = ((spec.find(role), some) for role, some in texts.items() if some)
    return {place.role: fit_balanced(desk, place, some, slide.at) for place, some in places if place is not None}


def lay_drawn(desk: Desk, spec: LayoutSpec, slide: Slide) -> LaidShapes | None:
    """Return what is drawn in the area of a layout: lanes, the field of a share in the title, or a bar for each section of a talk."""
    area, (place, count) = spec.area, slide.section
    if area is None or spec.find("numeral") is None:
        counted = number_of(slide) if area is not None else ""
        return lay_units(desk, spec, share_of(slide, counted)) if counted else lay_lanes(desk, spec, slide)
    pitch = (area.w + area.h) // max(count, 2)
    boxes = [Box(area.x + k * pitch, area.y, pitch - area.h, area.h) for k in range(count)]
    fills = ["accent" if k == place else "faint" for k in range(1, count + 1)]
    return LaidShapes(tuple(Shape(kind="rect", box=box, fill=fill) for box, fill in zip(boxes, fills, strict=True)))


def lay_proof(desk: Desk, spec: LayoutSpec, slide: Slide) -> dict[str, LaidItem | None]:
    """Return a reply without its last paragraph, and the figure in it, large."""
    places, proof = [spec.find(role) for role in ("reply", "proof", "proof-unit")], proof_of(slide)
    if proof is None or None in places:
        return {}
    parts = (text_of(slide.slot("reply"))[:-1], (proof[0],), (proof[1],))
    return {
        place.role: fit_text(desk, place, lines, slide.at) for place, lines in zip(places, parts, strict=True) if place
    }


def lay_counted(desk: Desk, spec: LayoutSpec, slide: Slide) -> dict[str, LaidItem | None]:
    """Return the number beside a chart of squares, large, and what it counts."""
    places, counted = (spec.find("count"), spec.find("count-unit")), counted_of(slide)
    if counted is None or places[0] is None:
        return {}
    return {
        place.role: fit_text(desk, place, (line,), slide.at)
        for place, line in zip(places, counted, strict=True)
        if place is not None
    }


def lay_figure(desk: Desk, spec: LayoutSpec, slide: Slide) -> dict[str, LaidItem | None]:
    """Return the figure of a finding, large, if the look has a place for it."""
    place, figure = spec.find("figure"), figure_of(slide)
    if place is None or not figure:
        return {}
    return {"figure": fit_text(desk, place, (Line((Run(figure[:1].upper() + figure[1:]),)),), slide.at)}
