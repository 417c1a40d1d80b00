"""Looks that many layouts have: under a title of one line, and beside a panel, as the answer to a task or a bet.

A look has the role of its layout, so that everything that is said of the layout holds for it too; its key is "role/look".
Beside a panel, a task or a bet has marigold and its answer evergreen, and everything else keeps its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from msgspec.structs import replace

from workshop.layouts.declared import Look
from workshop.layouts.grid import BODY_END, HANG, MARGIN, PANEL_WIDTH, TITLE_TOP, TURN_WIDTH, TURN_X, span
from workshop.layouts.parts import BODY, SMALL, block, body, on_panel, tag, title, turn_panel, turn_source
from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder, inches

ONE_LINE = "one-line"
RAISE = inches(0.52)  # a line of title at its largest size
LOW = inches(1.2)  # nothing of the title's is below
MOVED = frozenset(
    {"measure", "figure", "left-heading", "right-heading", "number", "unit"}
    | {f"{kind}-{n}" for kind in ("order", "phrase") for n in range(1, 5)}
)
GROWN = frozenset({"main", "reading", "left", "right", "finding", "data", *(f"sentence-{n}" for n in range(1, 5))})
AT_FOOT = inches(5)
UNDER_EXHIBIT = inches(4)  # a text that begins below this is under its exhibit, which grows towards the title

MEASURE_ROWS = inches(0.66)  # two lines of measure, where the exhibit beside the panel is narrower
READING = Box(TURN_X, inches(5.1), TURN_WIDTH, BODY_END - inches(5.1))  # under its exhibit
EXHIBIT_GAP = inches(0.14)  # between an exhibit and the text under it
NARROWED = TURN_WIDTH / span(12)
STATED, ASIDE = Box(TURN_X, inches(0.95), TURN_WIDTH, inches(3.7)), Box(TURN_X, inches(4.7), TURN_WIDTH, inches(1.56))
STATEMENT = (54, 48, 44, 40)
FIGURE = (120, 96, 80)
ANSWER, BELOW, NOW_SEE, UNDER = "answer", "below", "now-see", "now-see-under"
MOST_OPTIONS = 4
LETTER, LETTER_PITCH = inches(0.7), inches(0.82)
LETTERS = tuple(Box(MARGIN, inches(1.64) + k * LETTER_PITCH, LETTER, LETTER) for k in range(MOST_OPTIONS))


# ---------------------------------------------------------------- under a title of one line
def raised(spec: LayoutSpec, *, rules: bool = True) -> LayoutSpec:
    """Return a layout whose content begins right under a title of one line; the title's first line never moves.

    Args:
        rules: whether the rules of the layout move too.
    """
    if spec.pictures and spec.find("phrase-1") is not None:
        return _under_pictures(spec)
    kept = frozenset({"unit"} if spec.find("minutes") is not None else ())  # what the minutes on a panel count
    moved = MOVED | {"main"} if spec.find("data") is not None else MOVED
    return replace(
        spec,
        name=f"{spec.name}, short title",
        type="",
        placeholders=tuple(_raised(place, moved - kept) for place in spec.placeholders),
        decor=tuple(_raised_decor(decor) if rules else decor for decor in spec.decor),
        area=Box(spec.area.x, spec.area.y - RAISE, spec.area.w, spec.area.h + RAISE) if spec.area else None,
        pictures=tuple(replace(place, box=replace(place.box, y=place.box.y - RAISE)) for place in spec.pictures),
    )


def _raised(place: Placeholder, moved: frozenset[str]) -> Placeholder:
    at = place.box
    if place.role == "title":
        return replace(place, box=Box(at.x, at.y, at.w, min(at.h, inches(0.6))))
    if at.y < LOW or (place.role == "reading" and at.y > UNDER_EXHIBIT):
        return place
    if place.role in moved:
        return replace(place, box=Box(at.x, at.y - RAISE, at.w, at.h))
    return replace(place, box=Box(at.x, at.y - RAISE, at.w, at.h + RAISE)) if place.role in GROWN else place


def _raised_decor(decor: Decor) -> Decor:
    at = decor.box
    if at.y < LOW or at.y > AT_FOOT:  # a panel from the edge, or a band
        return decor
    grown = at.h + RAISE if at.h > RAISE else at.h  # a rule or an edge only moves
    return replace(decor, box=Box(at.x, at.y - RAISE, at.w, grown))


def _under_pictures(spec: LayoutSpec) -> LayoutSpec:
    """Return pictures under a title of one line: they grow, and the words under them stay."""
    grown = []
    for place in spec.pictures:
        at, phrase = place.box, spec.find("phrase-1")
        assert phrase is not None
        side = min(at.w + RAISE, phrase.box.w)
        grown.append(replace(place, box=Box(at.x, at.bottom - (side + at.w + RAISE) // 2, side, side)))
    return replace(
        spec,
        name=f"{spec.name}, short title",
        placeholders=tuple(_raised(p, frozenset()) if p.role == "title" else p for p in spec.placeholders),
        decor=tuple(_raised_decor(decor) for decor in spec.decor),
        pictures=tuple(grown),
    )


# ---------------------------------------------------------------- beside a panel
def answer(spec: LayoutSpec) -> LayoutSpec:
    """Return a layout beside the panel of an answer to an exercise."""
    return replace(_beside(spec, (_mode(), tag("field", "on_field")), ANSWER), picture=on_panel("field"))


def now_see(spec: LayoutSpec) -> LayoutSpec:
    """Return a layout beside the panel of a bet that was made."""
    return replace(_beside(spec, _bet_panel(), "after a bet"), letters=LETTERS)


def now_see_under(spec: LayoutSpec) -> LayoutSpec:
    """Return a layout beside the panel of a bet, its text under its exhibit."""
    return replace(_beside(spec, _bet_panel(), "after a bet, text below", stacked=True), letters=LETTERS)


def below(spec: LayoutSpec) -> LayoutSpec:
    """Return a layout whose exhibit has the whole width, its text under it."""
    places = []
    for place in spec.placeholders:
        at = place.box
        if place.role == "reading":
            under = Box(MARGIN, READING.y, span(12), READING.h)
            places.append(replace(place, box=under, sizes=BODY, before=3))
        elif place.role == "main":
            places.append(replace(place, box=Box(at.x, at.y, span(12), READING.y - EXHIBIT_GAP - at.y)))
        else:
            places.append(place)
    return replace(spec, name=f"{spec.name}, text below", type="", placeholders=tuple(places), decor=())


def with_bet(looks: Mapping[str, Look], *names: str) -> dict[str, Look]:
    """Return looks, those with some names also beside the panel of a bet."""
    return {**looks, **{f"{name}/{NOW_SEE}": partial(_both, looks[name]) for name in names}}


def _both(look: Look, spec: LayoutSpec) -> LayoutSpec:
    return now_see(look(spec))


def _bet_panel() -> tuple[Placeholder, ...]:
    """Return the words on the panel of a bet that was made; the letters between them are drawn on the slide."""
    width = inches(2.1)
    return (
        _mode(),
        body(24, "You bet", "asked", Box(MARGIN, inches(1.2), width, inches(0.36)), SMALL, "on_field"),
        body(
            25, "Right option", "right-option", Box(MARGIN, inches(4.3), width, inches(2.1)), (24, 22, 20, 18),
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
