"""Bets on paper."""

from __future__ import annotations

from workshop.constructs.table import text_of
from workshop.layouts import traits
from workshop.model.kit import Kit, Slide, Stage
from workshop.model.prints import LETTERS
from workshop.render.print.block_data import Data, Galley


# The bets of a stage: on paper they are boxes for a letter, or the question of the slide itself.
def bets_of(stage: Stage) -> tuple[Slide, ...]:
    """Return the slides of a stage on which the room bets, in order; those of the quiz aren't bets."""
    return tuple(
        slide
        for slide in stage.slides
        if "asks" in traits(slide.layout) and not (slide.hidden or slide.quiz or slide.continued)
    )


def all_bets(kit: Kit) -> tuple[str, ...]:
    """Return the names of all bets, in order."""
    return tuple(slide.bet for stage in kit.stages for slide in bets_of(stage))


def bet_data(kit: Kit, stage_id: str, galley: Galley) -> Data | None:
    """Return the first bet of a stage, word for word; for a key the right option, and the title of the slide that answers it.

    ``None`` if the plan has no bet there, or if the slide's options aren't a list.
    """
    stage = next((stage for stage in kit.stages if stage.id == stage_id), None)
    bet = next(iter(bets_of(stage)), None) if stage else None
    options = text_of(bet.slot("options")) if bet else ()
    if bet is None or len(options) < 2:
        return None
    shown = next((slide for slide in kit.slides if bet.id in slide.answers and not slide.hidden), None)
    return {
        "question": galley.runs(bet.title, bet.at),
        "options": [
            {"letter": letter, "runs": galley.runs(line.runs, bet.at), "right": galley.key and bool(line.right)}
            for letter, line in zip(LETTERS, options, strict=False)
        ],
        "now": galley.runs(shown.title, shown.at) if shown and galley.key else [],
    }
