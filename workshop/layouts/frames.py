"""The beginning and end of a deck and of its sections: cover, section, closing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layouts.bands import BAND_TOP
from workshop.layouts.bench import EDGE, GAP, LEAST, Bench, Holder, Pick, Used, steps
from workshop.layouts.content import composed as composed_content
from workshop.layouts.declared import Layout
from workshop.layouts.draft import Arranging, Draft, Slots, apart, prose
from workshop.layouts.grid import HEIGHT, MARGIN, PANEL_END, TITLE_TOP, WIDTH, column, span
from workshop.layouts.parts import BODY, HEAD, LEAD, SMALL, block, body, changed, layout, look, source, title
from workshop.model import blocks
from workshop.model.kit import Slide
from workshop.model.theme import Box, Decor, LayoutSpec, PicturePlace, Placeholder, inches

BED_PITCH, BED_WIDTH = inches(1.543), inches(1.2)
BEDS = (7.5, 2.72, 2.16, 1.78, 1.46, 1.24, 1.08, 0.98)  # they fall as surprise falls; the last is open
LOW = 0.8  # of the height of all beds but the first, below more text
SECTION_X, SECTION_WIDTH = inches(5.75), span(7)
OCCASION = (("subtitle", ("subtitle", "occasion")),)
JOINS = (("title", ("numeral", "title")), ("main", ("question", "label", "main")))
MOST_LEARNT = 8  # lines that are shown with pictures


def _roomy(bench: Bench, pick: Pick, holder: Holder) -> Box:
    """Return a placeholder's box, extended to the foot if it is too low for a few lines and the space is free."""
    at: Box = holder.box
    others = [h.box.y for h in pick.layout.holders if h is not holder and h.box.y >= at.bottom - GAP]
    end = min([bench.foot(pick, at), *others])
    if at.h >= inches(1.9) or end - at.y <= at.h or holder.look.anchor != "t":
        return at
    roomy = Box(at.x, at.y, at.w, min(end - at.y, inches(2.6)))
    return roomy if pick.layout.backdrop.free(roomy) == roomy else at


# ---------------------------------------------------------------- the cover
def _cover() -> LayoutSpec:
    """Return the cover over its row of beds."""
    left = MARGIN + BED_PITCH
    head, under = Box(left, inches(0.56), inches(9.9), inches(2.35)), Box(left, inches(2.92), inches(7.6), inches(0.84))
    beds = tuple(
        Decor("rect", Box(MARGIN + k * BED_PITCH, HEIGHT - inches(h), BED_WIDTH, inches(h)), "field")
        for k, h in enumerate(BEDS)
    )
    places = (
        replace(title(head, (80, 66, 54, 44)), type="ctrTitle", line=88, track=-30),
        body(1, "Subtitle", "subtitle", under, BODY, type="subTitle", line=104),
        body(13, "Occasion", "occasion", Box(left, inches(3.94), inches(7.4), inches(0.36)), SMALL, "muted"),
    )
    decor = (*beds[:-1], replace(beds[-1], color="open"))
    return layout("cover", "Cover", *places, kind="title", decor=decor, rail=False)


def _pictured_cover(spec: LayoutSpec) -> LayoutSpec:
    """Return the cover over the picture that a kit has for it."""
    whole = PicturePlace(Box(0, 0, WIDTH, HEIGHT), "bg")
    return look(spec, "Cover with picture", decor=(), picture=whole)


def _divided_cover(spec: LayoutSpec) -> LayoutSpec:
    """Return the cover of a title that was divided: its second half is larger than a subtitle, and two lines are under it."""
    left, w = MARGIN + BED_PITCH, inches(9.9)
    places = changed(spec, {
        "title": {"box": Box(left, inches(0.5), w, inches(1.2)), "sizes": (66, 60, 54, 48, 44)},
        "subtitle": {"box": Box(left, inches(1.75), w, inches(1.95)), "sizes": (32, 28, 26, 24), "color": "muted"},
        "occasion": {"box": Box(left, inches(3.8), w, inches(0.9)), "sizes": (24, 22, 20, 18)},
    })  # fmt: skip
    low = tuple(
        replace(bed, box=replace(bed.box, y=round(HEIGHT - LOW * (HEIGHT - bed.box.y)), h=round(LOW * bed.box.h)))
        for bed in spec.decor[1:]
    )
    return look(spec, "Cover, long title", places, decor=(spec.decor[0], *low))


def _composed_cover(bench: Bench, _: Used) -> Iterable[LayoutSpec]:
    """Yield title and subtitle; the occasion has its own placeholder or is the subtitle's last line."""
    pick = bench.first("cover")
    subtitle, occasion = pick.slots.get("subtitle"), pick.slots.get("occasion")
    head = bench.title(pick)
    if subtitle is None:
        under = Box(head.box.x + head.inset, head.box.bottom + GAP, head.box.w - 2 * head.inset, inches(1.2))
        place = bench.text("subtitle", "Subtitle", under, (24, 22, 20, LEAST), before=6)
        yield bench.spec(pick, "cover", head, place, joins=OCCASION)
        return
    place = bench.native(subtitle, "subtitle", "Subtitle", _roomy(bench, pick, subtitle))
    if occasion is not None:
        third = bench.native(occasion, "occasion", "Occasion", sizes=steps(occasion.look.sizes[0], LEAST))
        yield bench.spec(pick, "cover", head, place, third)
    yield bench.spec(pick, "cover", head, place, joins=OCCASION)
    at = subtitle.box
    low = Box(at.x, at.y, at.w, bench.height - EDGE - at.y)  # a cover can do without a footer
    if low.h > place.box.h and pick.layout.backdrop.free(low) == low:
        yield bench.spec(pick, "cover", head, bench.native(subtitle, "subtitle", "Subtitle", low), joins=OCCASION)


def _suits_cover(slide: Slide) -> Iterable[str]:
    if len(text_of(slide.slot("occasion"))) > 1:
        yield "divided"


COVER = Layout(
    name="cover",
    example="",
    arrange=None,
    own=_cover,
    looks={"picture": _pictured_cover, "divided": _divided_cover},
    suits=_suits_cover,
    composed=_composed_cover,
    optional=(),
    made_on=("cover", {name: name for name in ("title", "subtitle", "occasion")}),
    title_lines=(2, 3, 0),
    traits=frozenset({"bare", "by-hand", "covers", "frames", "large-title", "shrinks", "unsourced"}),
)


# ---------------------------------------------------------------- a section
def _section() -> LayoutSpec:
    """Return a section with its number as large as the field."""
    x, w = SECTION_X, SECTION_WIDTH
    numeral, head = Box(inches(0.42), inches(0.55), inches(4.4), inches(5.4)), Box(x, TITLE_TOP, w, inches(0.8))
    places = (
        replace(title(head, HEAD), line=92, track=-18),
        body(15, "Numeral", "numeral", numeral, (400, 280), "on_field", bold=True, anchor="ctr", line=80, track=-30),
        body(13, "Question", "question", Box(x, inches(1.42), w, inches(1.3)), LEAD, "muted"),
        body(16, "Label", "label", Box(x, inches(3.3), w, inches(0.36)), SMALL, "accent", bold=True),
        body(1, "Objectives", "main", Box(x, inches(3.78), w, inches(2.6)), BODY, bullet="block", before=9),
        source(x, w),
    )
    return layout("section", "Section", *places, kind="secHead", decor=(block(0, inches(5.0), "field"),))


def _pictured_section(spec: LayoutSpec) -> LayoutSpec:
    """Return a section whose picture is on the evergreen field, under its number."""
    x, w = SECTION_X, SECTION_WIDTH
    numeral = Box(MARGIN, inches(0.38), inches(3.6), inches(1.3))
    places = changed(spec, {
        "numeral": {"box": numeral, "sizes": (88,), "anchor": "t", "track": -23},
        "question": {"box": Box(x, inches(1.36), w, inches(1.88)), "sizes": (36, 32, 28), "track": -8, "line": 98},
        "label": {"box": Box(x, inches(3.61), w, inches(0.36))},
        "main": {"box": Box(x, inches(4.0), w, inches(2.62)), "before": 7},
    })  # fmt: skip
    picture = PicturePlace(Box(MARGIN, inches(2.56), inches(3.66), inches(3.66)), "field")
    return look(spec, "Section with picture", (p for p in places if p.role != "source"), picture=picture)


def _composed_section(bench: Bench, _: Used) -> Iterable[LayoutSpec]:
    """Yield the number before the title; question and objectives are in the section's text, or on a content layout."""

    def spec(pick: Pick, holder: Holder, at: Box | None, head: Placeholder | None = None) -> LayoutSpec:
        main, head = bench.native(holder, "main", "Text", at), head or bench.title(pick)
        return bench.spec(pick, "section", head, main, joins=JOINS)

    pick = bench.picks.get("section")
    if pick is not None and "main" in pick.slots:
        holder, head = pick.slots["main"], bench.title(pick)
        roomy = _roomy(bench, pick, holder)
        yield spec(pick, holder, None)
        if roomy != holder.box:
            yield spec(pick, holder, roomy)
        if head.box.bottom <= holder.box.y + GAP and head.anchor == "b":
            up = inches(1.0)
            higher = bench.title(pick, Box(head.box.x, head.box.y, head.box.w, head.box.h - up))
            yield spec(pick, holder, Box(holder.box.x, holder.box.y - up, holder.box.w, roomy.h + up), higher)
    opening = bench.picks.get("cover")
    if pick is None and opening is not None and "subtitle" in opening.slots:
        text = opening.slots["subtitle"]
        yield spec(opening, text, _roomy(bench, opening, text))
    for made in composed_content(bench, frozenset()):
        yield replace(made, role="section", decor=(), joins=JOINS)


SECTION = Layout(
    name="section",
    example="",
    arrange=None,
    own=_section,
    looks={"picture": _pictured_section},
    composed=_composed_section,
    optional=(),
    made_on=("section", {name: name for name in ("title", "main")}),
    traits=frozenset({"bare", "by-hand", "divides", "frames", "large-title", "unsourced"}),
)


# ---------------------------------------------------------------- the closing
def _close(draft: Draft, _: Arranging) -> Slots:
    learnt = ((n, text) for n, text in enumerate(draft.learnt, 1) if text)
    lines = [blocks.Line((blocks.Run(text),), marker="number", number=n, at=draft.at) for n, text in learnt]
    half = (len(lines) + 1) // 2
    return [("left", prose(lines[:half])), ("right", prose(lines[half:])), *apart(draft, "closing")[1]]


def _closing() -> LayoutSpec:
    """Return what was learnt, in two lists, above the exit ticket."""
    left = Box(column(0), inches(1.68), span(6) - inches(0.35), inches(3.78))
    right = Box(column(6), inches(1.68), span(6), inches(3.78))
    band = Box(column(0), inches(5.68), span(12), inches(0.86))
    ticket: dict[str, Any] = {"bold": True, "anchor": "ctr", "fill": "open", "inset": inches(0.28)}
    places = (
        body(1, "Learnt, first half", "left", left, (32, *LEAD, 22), bullet="number", before=13),
        body(2, "Learnt, second half", "right", right, (32, *LEAD, 22), bullet="number", before=13, number_from=5),
        body(15, "Exit ticket", "exit-ticket", band, BODY, "on_open", **ticket),
    )
    return layout("closing", "Closing", title(), *places)


def _pictured_closing(spec: LayoutSpec) -> LayoutSpec:
    """Return what was learnt beside the picture of each section, four by two, above the exit ticket across the slide."""
    places: list[Placeholder] = [title(Box(MARGIN, TITLE_TOP, span(12), inches(0.6)))]
    pictures = []
    for n in range(1, MOST_LEARNT + 1):
        row, column_ = divmod(n - 1, 4)
        x, y = MARGIN + column_ * inches(3.05), inches(1.36) + row * inches(2.12)
        beside, width = x + inches(1.5), inches(1.42)
        pictures.append(PicturePlace(Box(x, y, inches(1.3), inches(1.3)), "bg"))
        places += [
            body(30 + 2 * n, f"Number {n}", f"order-{n}", Box(beside, y, width, inches(0.5)), (28,), "accent", bold=True),
            body(31 + 2 * n, f"Learnt {n}", f"sentence-{n}", Box(beside, y + inches(0.5), width, inches(1.5)), (20, 18), line=95),
        ]  # fmt: skip
    band = Box(0, BAND_TOP, WIDTH, PANEL_END - BAND_TOP)
    ticket: dict[str, Any] = {"bold": True, "anchor": "ctr", "fill": "open", "inset": MARGIN, "inset_y": inches(0.12)}
    places.append(body(15, "Exit ticket", "exit-ticket", band, (32, 28, 26, *BODY), "on_open", **ticket))
    return look(spec, "Closing with pictures", places, pictures=tuple(pictures))


def _rowed_closing(spec: LayoutSpec) -> LayoutSpec:
    """Return what was learnt beside the picture of each section, two by four, for longer lines and narrower slides."""
    places, pictures = [], []
    pitch, side = inches(1.06), inches(0.9)
    for place in _pictured_closing(spec).placeholders:
        kind, _, number = place.role.partition("-")
        if kind not in ("order", "sentence"):
            places.append(place)
            continue
        column_, row = divmod(int(number) - 1, MOST_LEARNT // 2)
        x, y = column(6 * column_), inches(1.36) + row * pitch
        if kind == "order":
            pictures.append(PicturePlace(Box(x, y, side, side), "bg"))
            places.append(replace(place, box=Box(x + inches(1.05), y, inches(0.5), side), sizes=(28, 24), anchor="ctr"))
        else:
            beside = Box(x + inches(1.6), y, span(6) - inches(1.6), side)
            places.append(replace(place, box=beside, sizes=(24, 22, 20, 18), anchor="ctr"))
    return look(spec, "Closing with pictures in rows", places, pictures=tuple(pictures))


CLOSING = Layout(
    name="closing",
    example="::: exit-ticket\nWrite one thing.\n:::",
    arrange=_close,
    own=_closing,
    looks={"pictures": _pictured_closing, "pictures-rows": _rowed_closing},
    optional=("exit-ticket",),
    weight=120,
    traits=frozenset({"apart", "bare", "by-hand", "closes", "unsourced"}),
)
