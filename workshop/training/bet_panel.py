"""The panel of a bet on the slide that answers it: the letters with the right one lit, what they got, and the words of that option."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layout.context import Desk, one
from workshop.layout.extras import Extra, Put
from workshop.layout.fit import fit_text, moved
from workshop.layout.laid import LaidShapes, Shape
from workshop.layout.options import LETTERS, SLOT
from workshop.layout.suiting import is_wide
from workshop.layouts import traits
from workshop.layouts.bands import BAND, BAND_UNDER
from workshop.layouts.looks import LETTER, NOW_SEE, UNDER
from workshop.layouts.parts import same_letter
from workshop.layouts.turns import are_across
from workshop.model.bets import Placed, bet_key, bet_name
from workshop.model.blocks import Line
from workshop.model.kit import Kit, Slide
from workshop.model.theme import EMU_PER_POINT, Box, LayoutSpec, inches

NAME = "bet"
GAP = inches(0.36)  # from the last letter to the words of the right option
LETTER_SIZE, LETTER_SHARE = 28.0, 0.63  # points, and the most of its square's side
ARROW = "→"  # from the bets before talk to those after it
COUNT_SIZES = (24.0, 22.0, 20.0, 18.0, 16.0, 14.0)  # points of the counts: small ones only for thousands of people
EMS = {ARROW: 1.05, " ": 0.28}  # the width of what is in them, by the size of a letter; of a digit
DIGIT = 0.56
COUNT_GAP, PANEL_WIDTH = inches(0.14), inches(2.15)
BAND_PITCH = (
    inches(1.3),
    inches(1.55),
)  # from letter to letter on a band with one count, or with two, one over the other
TWO_ROWS = 18.0  # points of two counts over each other


class Bet(Struct, frozen=True, kw_only=True):
    """A bet as the slide that answers it shows it.

    Attributes:
        letters: "ABC".
        right: the place of the right one.
        words: the words of that option.
        across: whether its options stood side by side.
        counts: how many placed each letter, in words: "4", or "9 → 15" if it was placed again; empty if nobody counted.
    """

    letters: str
    right: int
    words: Line
    across: bool = False
    counts: tuple[str, ...] = ()


def bets_of(kit: Kit) -> Mapping[str, Bet]:
    """Return for each slide that answers a bet first the bet's options, if exactly one of them is right."""
    asked: dict[str, Slide] = {}
    found: dict[str, Bet] = {}
    for slide in kit.slides:
        if "asks" in traits(slide.layout):
            asked[slide.id] = slide
            continue
        for bet in (asked.pop(name) for name in slide.answers if name in asked):
            options = text_of(bet.slot(SLOT))
            right = [k for k, line in enumerate(options) if line.right]
            if len(right) == 1 and bet.hidden == slide.hidden:
                words = replace(options[right[0]], level=0, marker="none")
                letters = LETTERS[: len(options)].upper()
                counts = _counts(kit.bets.get(bet_key(bet_name(bet.bet, bet.id))), len(options))
                across = are_across(options)
                found[slide.id] = Bet(letters=letters, right=right[0], words=words, across=across, counts=counts)
    return found


def _counts(placed: Placed | None, options: int) -> tuple[str, ...]:
    """Return how many placed each letter, in words; with an arrow if the bet was placed again."""
    if placed is None:
        return ()
    rounds = [(*counts, *[0] * options)[:options] for counts in (placed.first, placed.again) if counts]
    return tuple(f" {ARROW} ".join(map(str, of)) for of in zip(*rounds, strict=True))


def place(desk: Desk, spec: LayoutSpec, slide: Slide) -> Iterator[Put]:
    """Yield the words on the panel of a bet, and its letters between them."""
    bet, place = desk.known(NAME, slide), spec.find("right-option")
    if place is None:
        return
    lower, (letters, _) = place, _places(bet, spec)
    last = letters[-1]
    if last.x == letters[0].x:
        top = last.bottom + GAP * last.h // LETTER
        lower = moved(place, Box(place.box.x, top, place.box.w, place.box.bottom - top))
    elif bet.counts:
        left = last.x + _pitch(bet)
        lower = moved(place, Box(left, place.box.y, place.box.right - left, place.box.h))
    texts = {"mode": one(str(desk.words["now-see"])), "asked": one(str(desk.words["you-bet"]))}
    for role, line in texts.items():
        if (there := spec.find(role)) is not None:
            yield Put(fit_text(desk, there, (line,), slide.at), role)
    yield Put(fit_text(desk, lower, (bet.words,), slide.at), "right-option")
    yield Put(_letters(desk, bet, spec), before="right-option")


def _places(bet: Bet, spec: LayoutSpec) -> tuple[list[Box], list[Box]]:
    """Return the places of the letters of a bet, and of the counts beside them; on a band the letters make room for these."""
    letters = list(spec.letters[: len(bet.letters)])
    on_band = letters[-1].x > letters[0].x
    if on_band and bet.counts:
        letters = [replace(box, x=letters[0].x + k * _pitch(bet)) for k, box in enumerate(letters)]
    width = _pitch(bet) - letters[0].w if on_band else PANEL_WIDTH - letters[0].w
    return letters, [Box(box.right + COUNT_GAP, box.y, width - COUNT_GAP, box.h) for box in letters]


def _pitch(bet: Bet) -> int:
    return BAND_PITCH[any(ARROW in count for count in bet.counts)]


def _letters(desk: Desk, bet: Bet, spec: LayoutSpec) -> LaidShapes:
    """Return the letters of a bet as squares from top to bottom, or from left to right on a band, the right one lit.

    They aren't a group: Morph looks for the same things only outside of groups. The lit one says all of it; the others are decoration.
    """
    letters, beside = _places(bet, spec)
    size = min(LETTER_SIZE, LETTER_SHARE * letters[0].w // EMU_PER_POINT)
    squares = tuple(
        Shape(
            kind="rect",
            box=letters[k],
            fill="on_field" if k == bet.right else "",
            outline="" if k == bet.right else "field_soft",
            weight=1.5,
            color="field" if k == bet.right else "on_field",
            lines=(one(letter, strong=True),),
            sizes=(size,),
            align="ctr",
            alt=_said(desk, bet) if k == bet.right else "",
            same=same_letter(letter),
        )
        for k, letter in enumerate(bet.letters)
    )
    return LaidShapes((*squares, *_beside(bet, beside, on_band=letters[-1].x > letters[0].x)))


def _beside(bet: Bet, places: Sequence[Box], *, on_band: bool) -> Iterator[Shape]:
    """Yield how many placed each letter, beside it; two counts are over each other on a band."""
    rows = [count.replace(f" {ARROW}", f"\n{ARROW}").split("\n") if on_band else [count] for count in bet.counts]
    widest = max((sum(EMS.get(c, DIGIT) for c in row) for count in rows for row in count), default=DIGIT)
    most = TWO_ROWS if any(len(count) > 1 for count in rows) else COUNT_SIZES[0]
    sizes = [s for s in COUNT_SIZES if s <= most and widest * s * EMU_PER_POINT <= places[0].w]
    size = max(sizes, default=COUNT_SIZES[-1])
    for k, (box, count) in enumerate(zip(places, rows, strict=False)):
        lines = tuple(one(row, strong=k == bet.right) for row in count)
        yield Shape(kind="text", box=box, color="on_field", lines=lines, sizes=(size,) * len(lines))


def _said(desk: Desk, bet: Bet) -> str:
    letters = ", ".join(map(" ".join, zip(bet.letters, bet.counts, strict=True))) if bet.counts else bet.letters
    return str(desk.words["bet-was"]).format(letters=letters, right=bet.letters[bet.right])


def looks(desk: Desk, slide: Slide, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the looks of a slide that answers a bet: over a band or beside the panel of the bet, then those without it."""
    over = (*(f"{look}/{BAND}" for look in wanted), BAND_UNDER, BAND) if desk.known(NAME, slide).across else ()
    beside = () if is_wide(slide) else (*(f"{look}/{NOW_SEE}" for look in wanted), UNDER, NOW_SEE)
    return (*over, *beside, *wanted)


BET = Extra(name=NAME, gather=bets_of, looks=looks, place=place, reveals=True)
