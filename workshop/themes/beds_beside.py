"""Looks of layouts beside a panel: where a task or a bet had marigold, its answer has evergreen, and everything else keeps its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from workshop.model.theme import Box, LayoutSpec, Placeholder, inches
from workshop.themes.grid import BODY_END, HANG, MARGIN, PANEL_WIDTH, TITLE_TOP, box, span
from workshop.themes.parts import BODY, SMALL, TURN_WIDTH, TURN_X, block, body, tag, title, turn_panel, turn_source

MEASURE_ROWS = inches(0.66)  # two lines of measure, where the exhibit beside the panel is narrower
READING = Box(TURN_X, inches(5.1), TURN_WIDTH, BODY_END - inches(5.1))  # under its exhibit
EXHIBIT_GAP = inches(0.14)  # between an exhibit and the text under it
NARROWED = TURN_WIDTH / span(12)
STATED, ASIDE = Box(TURN_X, inches(0.95), TURN_WIDTH, inches(3.7)), Box(TURN_X, inches(4.7), TURN_WIDTH, inches(1.56))
STATEMENT = (54, 48, 44, 40)
FIGURE = (120, 96, 80)
NOW_SEE, UNDER = "now-see", "now-see-under"
ANSWER = "answer"


def beside_panels(layouts: Mapping[str, LayoutSpec]) -> Iterator[tuple[str, LayoutSpec]]:
    """Yield the looks of layouts that answer a task or a bet, by key."""
    for key in ("chart", "table"):
        yield f"{key}/{ANSWER}", _beside(layouts[key], _answer_panel(), ANSWER)
    for key in (
        "chart", "chart-and-text", "table", "table-and-text", "statement", "big-number", "diagram",
        "big-number/field", "source", "source/figure", "source/shares", "two-content/panels", "two-content/stated",
    ):  # fmt: skip
        yield f"{key}/{NOW_SEE}", _beside(layouts[key], _bet_panel(), "now see")
    for key in ("chart-and-text", "table-and-text"):
        yield f"{key}/{UNDER}", _beside(layouts[key], _bet_panel(), "now see, text under it", stacked=True)


def _answer_panel() -> tuple[Placeholder, ...]:
    return (_mode(), tag("field", "on_field"))


def _bet_panel() -> tuple[Placeholder, ...]:
    """Return the words on the panel of a bet that was made; the letters between them are drawn on the slide."""
    width = inches(2.1)
    return (
        _mode(),
        body(24, "You bet", "you-bet", box(MARGIN, inches(1.2), width, inches(0.36)), SMALL, "on_field"),
        body(
            25, "Right option", "right-option", box(MARGIN, inches(4.3), width, inches(2.1)), (24, 22, 20, 18),
            "on_field", bold=True,
        ),
    )  # fmt: skip


def _mode() -> Placeholder:
    mode = next(place for place in turn_panel() if place.role == "mode")
    return replace(mode, idx=23, color="on_field")


def _beside(spec: LayoutSpec, panel: tuple[Placeholder, ...], name: str, *, stacked: bool = False) -> LayoutSpec:
    """Return a layout narrowed to the right of a panel; if stacked, a text beside its exhibit goes under it."""
    places = [_narrowed(place, stacked=stacked) for place in spec.placeholders]
    decor = () if stacked else tuple(replace(decor, box=_across(decor.box)) for decor in spec.decor)
    return replace(
        spec,
        name=f"{spec.name}, {name}",
        type="",
        placeholders=(places[0], *panel, *places[1:]),
        decor=(block(0, PANEL_WIDTH, "field"), *decor),
        area=_across(spec.area) if spec.area else None,
        pictures=tuple(replace(place, box=_across(place.box)) for place in spec.pictures),
    )


def _across(at: Box) -> Box:
    """Return a box of the whole width at its place beside the panel."""
    return Box(round(TURN_X + (at.x - MARGIN) * NARROWED), at.y, round(at.w * NARROWED), at.h)


def _narrowed(place: Placeholder, *, stacked: bool) -> Placeholder:
    at = place.box
    down = inches(0.26) if place.role == "main" and place.type in ("chart", "tbl") else 0
    if place.role == "title":
        if at.h > inches(2):
            return replace(place, box=STATED, sizes=STATEMENT)
        return title(Box(TURN_X, TITLE_TOP, TURN_WIDTH, at.h))
    if place.role == "source":
        return turn_source()
    if place.role == "measure":
        return replace(place, box=Box(TURN_X, at.y, TURN_WIDTH, MEASURE_ROWS))
    if place.role == "aside":
        return replace(place, box=ASIDE)
    if place.role == "reading":
        narrow = Box(_across(at).x, at.y + inches(0.16), TURN_X + TURN_WIDTH - _across(at).x, at.h - inches(0.16))
        return replace(place, box=READING if stacked else narrow, sizes=(*BODY, 20), before=6 if stacked else 10)
    end = READING.y - EXHIBIT_GAP if stacked else at.bottom
    if place.type == "tbl" and at.w > span(12):
        return replace(place, box=Box(TURN_X - HANG, at.y + down, TURN_WIDTH + 2 * HANG, end - at.y - down))
    if stacked and place.role == "main":
        return replace(place, box=Box(TURN_X, at.y + down, TURN_WIDTH, end - at.y - down))
    sizes = FIGURE if place.role == "number" else place.sizes
    return replace(place, box=Box(_across(at).x, at.y + down, _across(at).w, at.h - down), sizes=sizes)
