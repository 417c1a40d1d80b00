"""Few words, large: one sentence, or one number."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from workshop.layouts.bands import BAND, answered
from workshop.layouts.bench import GAP, LEAST, Bench, Used, framed, steps
from workshop.layouts.declared import Layout
from workshop.layouts.draft import Arranging, Draft, Slots, prose
from workshop.layouts.grid import BODY_END, BODY_TOP, HEIGHT, MARGIN, WIDTH, column, field, span
from workshop.layouts.large import bar, bar_number, looks_for
from workshop.layouts.looks import NOW_SEE, now_see, raised, with_bet
from workshop.layouts.parts import BODY, body, changed, layout, look, source, title
from workshop.model.kit import Slide
from workshop.model.theme import Box, Decor, LayoutSpec, inches

ASIDE_HEIGHT = inches(0.95)
AIR = inches(0.15)  # between a number and the working


# ---------------------------------------------------------------- a sentence
def state(draft: Draft, _: Arranging) -> Slots:
    """Put the text under the title, which is the sentence."""
    return [("aside", prose(draft.text))]


def sentence() -> LayoutSpec:
    """Return one sentence, with an aside below it."""
    place = Box(column(0), inches(0.95), span(11), inches(4.1))
    aside = Box(column(0), inches(5.35), span(10), inches(0.9))
    head = replace(title(place, (64, 54, 44)), line=104, track=-22, anchor="ctr")
    under = body(13, "Aside", "aside", aside, BODY, "muted")
    return layout("statement", "Statement", head, under, source(), kind="titleOnly")


def opening(spec: LayoutSpec) -> LayoutSpec:
    """Return the beginning of a section of a talk: its number on a panel, its title, and a bar for each section at the foot."""
    panel, x = inches(4.6), inches(5.3)
    w = WIDTH - MARGIN - x
    head = replace(title(Box(x, inches(1.9), w, inches(2.9)), (80, 66, 54, 44)), line=95, track=-22, anchor="ctr")
    numeral = body(
        15,
        "Numeral",
        "numeral",
        Box(MARGIN, inches(0.3), inches(3.7), inches(3.2)),
        (240, 200),
        "on_field",
        bold=True,
        line=80,
        track=-30,
    )
    return look(
        spec,
        "Section of a talk",
        (head, numeral),
        decor=(Decor("rect", Box(0, 0, panel, HEIGHT), "field"),),
        area=Box(x, inches(6.3), w, inches(0.1)),
    )


def composed_sentence(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Yield the title, moved to the middle if the background is the same there, with an aside below it."""
    pick = bench.first("title-only")
    holder = pick.layout.title
    assert holder is not None
    grid = bench.grid(pick)
    _, area, foot = framed(bench, pick, used)
    top = min(holder.box.y, area.y)
    end = area.bottom - (ASIDE_HEIGHT + GAP if "aside" in used else 0)
    middle = Box(holder.box.x, top + (end - top) // 6, holder.box.w, (end - top) * 5 // 6)
    large = steps(max(44.0, holder.look.sizes[0]), 28.0)
    aside = None
    if "aside" in used:
        at = Box(grid.x, end + GAP, grid.w, ASIDE_HEIGHT)
        aside = bench.text("aside", "Aside", at, bench.sizes(), color="muted")
    if bench.is_alike(pick, middle, holder.box):
        title = replace(bench.title(pick, middle, large), anchor="ctr")
        yield bench.spec(pick, "statement", title, aside, foot)
    large_one = bench.picks.get("section")
    if large_one is not None and "main" in large_one.slots and "source" not in used:
        text = bench.native(large_one.slots["main"], "aside", "Aside") if "aside" in used else None
        yield bench.spec(large_one, "statement", bench.title(large_one), text)
    under = None
    if "aside" in used:
        under = bench.text("aside", "Aside", Box(grid.x, area.y, grid.w, area.h), (28, 26, 24, 22, 20, LEAST))
    yield bench.spec(pick, "statement", bench.title(pick), under, foot)


def suits(slide: Slide) -> Iterable[str]:
    """Yield the look of a slide that begins a section of a talk."""
    if slide.section[1]:
        yield "opening"


STATEMENT = Layout(
    name="statement",
    example="An aside under it.",
    arrange=state,
    own=sentence,
    looks={
        NOW_SEE: now_see,
        BAND: answered,
        "opening": opening,
        **looks_for(bar=bar, bar_number=bar_number),
    },
    suits=suits,
    composed=composed_sentence,
    optional=("aside", "source"),
    made_on=("title-only", {}),
    title_lines=(0,),
    traits=frozenset({"by-hand", "large-title", "shrinks"}),
)


# ---------------------------------------------------------------- a number
def count(draft: Draft, scope: Arranging) -> Slots:
    """Put the first line large, the second beside it as what it counts, and the rest as the working."""
    lines = draft.prose
    if not lines:
        hint = "write the number as its first paragraph"
        scope.report.error("a big-number slide has no number", draft.at, hint, "layout")
        return []
    return [("number", prose(lines[:1])), ("unit", prose(lines[1:2])), ("main", prose(lines[2:]))]


def number() -> LayoutSpec:
    """Return a number over what it counts, beside the working."""
    figure, unit = Box(column(0), BODY_TOP, span(7), inches(2.3)), Box(column(0), inches(4.4), span(6), inches(1.7))
    sizes = (160, 138, 120, 96)
    return layout(
        "big-number",
        "Big number",
        title(),
        body(15, "Number", "number", figure, sizes, "accent", bold=True, anchor="b", line=80, track=-30),
        body(16, "Unit", "unit", unit, (28, *BODY)),
        body(1, "Working", "main", Box(column(7), inches(2.1), span(5), inches(4.18)), (28, *BODY), before=10),
        source(),
    )


def number_and_field(spec: LayoutSpec) -> LayoutSpec:
    """Return a big number with its field of squares on the right, as high as the slide has room."""
    area = field(inches(1.66), BODY_END)
    width = area.x - MARGIN - inches(0.3)
    places = changed(spec, {
        "number": {"box": Box(MARGIN, inches(1.92), width, inches(1.98))},
        "unit": {"box": Box(MARGIN, inches(4.0), width, inches(1.16))},
        "main": {"box": Box(MARGIN, inches(5.24), width, BODY_END - inches(5.24)), "sizes": BODY, "color": "muted"},
    })  # fmt: skip
    return look(spec, "Big number and field", places, area=area)


BIG_NUMBER = Layout(
    name="big-number",
    example="Two\n\nof three\n\nBecause we counted them.",
    arrange=count,
    own=number,
    looks=with_bet({"field": number_and_field, NOW_SEE: now_see}, "field"),
    raised=raised,
    traits=frozenset({"by-hand", "shares"}),
)
