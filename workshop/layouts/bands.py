"""Bets over a band: short options side by side, and their answer, whose exhibit has the whole width of the slide."""

from __future__ import annotations

from msgspec.structs import replace

from workshop.layouts.grid import MARGIN, PANEL_END, TITLE_TOP, WIDTH, span
from workshop.layouts.looks import LETTER_PITCH, MOST_OPTIONS
from workshop.layouts.parts import LEAD, MODE, SMALL, body, layout, same_letter, title
from workshop.model.theme import Box, Decor, LayoutSpec, PicturePlace, Placeholder, inches

BAND, BAND_UNDER = "now-see-band", "now-see-band-under"
BAND_TOP = inches(5.72)
LEAST_EXHIBIT = inches(2.9)  # a lower one is better beside a panel
LETTERS_X, RIGHT_X, LETTER = inches(2.75), inches(6.4), inches(0.62)
LETTER_TOP = BAND_TOP + (PANEL_END - BAND_TOP - LETTER) // 2
LETTERS = tuple(Box(LETTERS_X + k * LETTER_PITCH, LETTER_TOP, LETTER, LETTER) for k in range(MOST_OPTIONS))

OPTIONS_TOP, HEAD, OPTIONS_END = inches(1.86), inches(0.94), inches(5.42)
GAP, INSET = inches(0.2), inches(0.26)
UNIT_X, PICTURE = inches(10.67), inches(0.74)
TIMER_TOP, TIMER_HEIGHT = inches(6.56), inches(0.1)

EXHIBIT_END, TEXT_TOP, STACKED_END = inches(5.36), inches(4.92), inches(4.84)
SOURCE_TOP = inches(5.4)
STATEMENT = Box(MARGIN, inches(0.9), span(12), inches(2.5))
ASIDE = Box(MARGIN, inches(3.5), span(12), EXHIBIT_END - inches(3.5))


def _picture(ground: str) -> PicturePlace:
    """Return the place of the stage's picture at the end of a band."""
    return PicturePlace(
        Box(WIDTH - MARGIN - PICTURE, BAND_TOP + (TIMER_TOP - BAND_TOP - PICTURE) // 2, PICTURE, PICTURE), ground
    )


def _band(color: str) -> Decor:
    return Decor("rect", Box(0, BAND_TOP, WIDTH, PANEL_END - BAND_TOP), color)


def across(count: int, _: LayoutSpec) -> LayoutSpec:
    """Return two to four options side by side over a band that says what is done, and for how long."""
    width = (span(12) - GAP * (count - 1)) // count
    options: list[Placeholder] = []
    for k, letter in enumerate("abcd"[:count]):
        x, up = MARGIN + k * (width + GAP), letter.upper()
        head = Box(x, OPTIONS_TOP, width, HEAD)
        text = Box(x, OPTIONS_TOP + HEAD, width, OPTIONS_END - OPTIONS_TOP - HEAD)
        options += [
            body(21 + 2 * k, f"Letter {up}", f"letter-{letter}", head, (40,), "on_field", bold=True, anchor="ctr", fill="block", inset=INSET, same=same_letter(letter)),
            body(22 + 2 * k, f"Option {up}", f"option-{letter}", text, (36, 32, 28, 26, 24), anchor="ctr", fill="panel", inset=INSET, inset_y=INSET),
        ]  # fmt: skip
    high = TIMER_TOP - BAND_TOP
    minutes = Box(inches(9.1), BAND_TOP, inches(10.5) - inches(9.1), high)
    return layout(
        "predict",
        f"Bet, {count} options side by side",
        title(Box(MARGIN, TITLE_TOP, span(11), inches(1.16))),
        body(15, "Mode", "mode", Box(MARGIN, BAND_TOP, inches(1.2), high), LEAD, "on_open", bold=True, anchor="ctr", same=MODE),
        body(20, "Bet", "tag", Box(inches(1.9), BAND_TOP, inches(7.1), high), (28, 26, 24, 22, 20), "on_open", anchor="ctr"),
        body(16, "Minutes", "minutes", minutes, (54, 44), "on_open", bold=True, anchor="ctr", align="r", line=85, track=-17),
        body(17, "Unit", "unit", Box(UNIT_X, BAND_TOP, WIDTH - MARGIN - PICTURE - UNIT_X, high), SMALL, "on_open", anchor="ctr"),
        *options,
        decor=(_band("open"),),
        timer=Box(0, TIMER_TOP, WIDTH, TIMER_HEIGHT),
        picture=_picture("open"),
    )  # fmt: skip


def answered(spec: LayoutSpec) -> LayoutSpec:
    """Return a layout over the band of a bet that was made."""
    return _over(spec, "over a bet")


def answered_under(spec: LayoutSpec) -> LayoutSpec:
    """Return a layout over the band of a bet, its text under its exhibit."""
    return _over(spec, "over a bet, text below", stacked=True)


def _over(spec: LayoutSpec, name: str, *, stacked: bool = False) -> LayoutSpec:
    places = [_lifted(place, stacked=stacked) for place in spec.placeholders]
    high = PANEL_END - BAND_TOP
    words = (
        body(23, "Mode", "mode", Box(MARGIN, BAND_TOP, LETTERS_X - MARGIN, high), LEAD, "on_field", bold=True, anchor="ctr", same=MODE),
        body(25, "Right option", "right-option", Box(RIGHT_X, BAND_TOP, WIDTH - MARGIN - PICTURE - GAP - RIGHT_X, high), (28, 26, 24, 22, 20), "on_field", bold=True, anchor="ctr"),
    )  # fmt: skip
    decor = () if stacked else tuple(_cut(decor) for decor in spec.decor)
    return replace(
        spec,
        name=f"{spec.name}, {name}",
        type="",
        placeholders=(places[0], *words, *places[1:]),
        decor=(_band("field"), *decor),
        picture=_picture("field"),
        letters=LETTERS,
        area=replace(spec.area, h=min(spec.area.h, EXHIBIT_END - spec.area.y)) if spec.area else None,
    )


def _cut(decor: Decor) -> Decor:
    at = decor.box
    return replace(decor, box=Box(at.x, at.y, at.w, min(at.h, EXHIBIT_END - at.y)))


def _lifted(place: Placeholder, *, stacked: bool) -> Placeholder:
    at = place.box
    if place.role == "title" and at.h > inches(2):
        return replace(place, box=STATEMENT)
    if place.role == "aside":
        return replace(place, box=ASIDE)
    if place.role == "source":
        return replace(place, box=Box(at.x, SOURCE_TOP, at.w, BAND_TOP - inches(0.06) - SOURCE_TOP))
    if stacked and place.role == "reading":
        below = Box(MARGIN, TEXT_TOP, span(12), SOURCE_TOP - TEXT_TOP)
        return replace(place, box=below, sizes=(24, 22, 20), before=0)
    if stacked and place.role == "main":
        return replace(place, box=Box(MARGIN, at.y, span(12), STACKED_END - at.y))
    return replace(place, box=Box(at.x, at.y, at.w, EXHIBIT_END - at.y)) if at.bottom > EXHIBIT_END else place
