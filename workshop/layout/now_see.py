"""The panel of a bet on the slide that answers it: the letters with the right one lit, and the words of that option."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workshop.constructs.table import text_of
from workshop.layout.context import Bet, Desk
from workshop.layout.drawn import one
from workshop.layout.fit import fit_text, moved
from workshop.layout.laid import LaidItem, LaidShapes, Shape
from workshop.layout.options import LETTERS, SLOT
from workshop.model.kit import Kit, Slide, SourceLine
from workshop.model.theme import Box, LayoutSpec, inches

SQUARE, PITCH, TOP = inches(0.7), inches(0.82), inches(1.64)
GAP = inches(0.36)  # from the last letter to the words of the right option
LETTER_SIZE = 28.0


def bets_of(kit: Kit) -> Mapping[str, Bet]:
    """Return for each slide that answers a bet first the bet's options, if exactly one of them is right."""
    asked: dict[str, Slide] = {}
    found: dict[str, Bet] = {}
    for slide in kit.slides:
        if slide.layout == "predict":
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
