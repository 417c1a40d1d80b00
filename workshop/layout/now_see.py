"""The panel of a bet on the slide that answers it: the letters with the right one lit, and the words of that option."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layout.context import Bet, Desk
from workshop.layout.drawn import one
from workshop.layout.fit import best_size, fit_text, moved
from workshop.layout.laid import LaidItem, LaidShapes, Shape
from workshop.layout.options import LETTERS, SLOT
from workshop.layouts import traits
from workshop.model.kit import Kit, Slide, SourceLine
from workshop.model.theme import EMU_PER_POINT, Box, LayoutSpec, Placeholder, inches

SQUARE, PITCH, TOP = inches(0.7), inches(0.82), inches(1.64)
GAP = inches(0.36)  # from the last letter to the words of the right option
LETTER_SIZE = 28.0
UNDER_MEASURE = inches(0.12)


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
                found[slide.id] = Bet(letters=LETTERS[: len(options)].upper(), right=right[0], words=words)
    return found


def lay_now_see(desk: Desk, spec: LayoutSpec, slide: Slide) -> dict[str, LaidItem | None]:
    """Return the words on the panel of a bet, by role."""
    bet, place = desk.bets.get(slide.id), spec.find("right-option")
    if bet is None or place is None:
        return {}
    top = TOP + (len(bet.letters) - 1) * PITCH + SQUARE + GAP
    lower = moved(place, Box(place.box.x, top, place.box.w, place.box.bottom - top))
    texts = {"mode": one(str(desk.words["now-see"])), "you-bet": one(str(desk.words["you-bet"]))}
    found: dict[str, LaidItem | None] = {
        role: fit_text(desk, there, (line,), slide.at)
        for role, line in texts.items()
        if (there := spec.find(role)) is not None
    }
    return found | {"right-option": fit_text(desk, lower, (bet.words,), slide.at)}


def lay_letters(desk: Desk, spec: LayoutSpec, slide: Slide) -> LaidShapes | None:
    """Return the letters of a bet as squares from top to bottom, the right one lit."""
    bet, place = desk.bets.get(slide.id), spec.find("right-option")
    if bet is None or place is None:
        return None
    squares = tuple(
        Shape(
            kind="rect",
            box=Box(place.box.x, TOP + k * PITCH, SQUARE, SQUARE),
            fill="on_field" if k == bet.right else "",
            outline="" if k == bet.right else "field_soft",
            weight=1.5,
            color="field" if k == bet.right else "on_field",
            lines=(one(letter, strong=True),),
            sizes=(LETTER_SIZE,),
            align="ctr",
        )
        for k, letter in enumerate(bet.letters)
    )
    return LaidShapes(squares, _said(desk, bet))


def roomy(desk: Desk, spec: LayoutSpec, slide: Slide) -> LayoutSpec:
    """Return a layout beside the panel of a bet whose exhibit takes the room that short texts above and below it leave."""
    main, above, below = (spec.find(role) for role in ("main", "measure", "reading"))
    if main is None or spec.find("right-option") is None:
        return spec
    top, bottom = main.box.y, main.box.bottom
    changed: dict[str, Placeholder] = {}
    if above is not None and (size := _size(desk, above, slide)):
        top = min(top, above.box.y + size[1] + UNDER_MEASURE)
        changed["measure"] = moved(above, Box(above.box.x, above.box.y, above.box.w, size[1]))
    if below is not None and below.box.y >= bottom and (size := _size(desk, below, slide)):
        lower = below.box.bottom - size[1]
        bottom += lower - below.box.y
        changed["reading"] = moved(below, Box(below.box.x, lower, below.box.w, size[1]))
    changed["main"] = moved(main, Box(main.box.x, top, main.box.w, bottom - top))
    return replace(spec, placeholders=tuple(changed.get(place.role, place) for place in spec.placeholders))


def _size(desk: Desk, place: Placeholder, slide: Slide) -> tuple[float, int] | None:
    """Return the size of a text in points and its height in EMU; ``None`` if there is none, or it doesn't fit."""
    lines = tuple(replace(line, marker="none") for line in text_of(slide.slot(place.role)))
    found = best_size(desk.ruler, place, lines) if lines else None
    if found is None:
        return None
    return found[0], round(found[1].height * EMU_PER_POINT) + 2 * place.inset_y


def with_bet(desk: Desk, slide: Slide, source: SourceLine | None) -> SourceLine | None:
    """Return the source line of a slide in a template, preceded by the letter that was right."""
    bet = desk.bets.get(slide.id)
    if bet is None or desk.theme.template is None:
        return source
    if source is None:
        return SourceLine(None, _said(desk, bet))
    return replace(source, text=" · ".join(filter(None, (_said(desk, bet), source.text))))


def _said(desk: Desk, bet: Bet) -> str:
    return str(desk.words["bet-was"]).format(letters=bet.letters, right=bet.letters[bet.right])
