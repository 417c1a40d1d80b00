"""Tune on dialogues alone, watch the model get worse at another text, and mix some of the old text back in.

It shows catastrophic forgetting and its simplest cure, replay: the same weights hold the old text and the new behaviour. It leaves
out the other cures, such as holding weights near their start or training a few new ones only. Source: McCloskey and Cohen 1989
for forgetting; Robins 1995 for rehearsal.

    >>> round(known_at_best(20), 2)
    1.77
"""

from __future__ import annotations

import math

import numpy as np

from workshop.ai_models.toys.neural import TinyLM
from workshop.ai_models.toys.tool_shed import DEEDS, PEOPLE, Tokens
from workshop.ai_models.toys.training import train, windows

LOOKS = (0, 5, 10, 20, 40, 80, 150)  # steps at which both texts are tested
DIARY_SHARE = 0.2  # share of the pages that the base model read
Curve = list[tuple[float, float]]  # (bits on diary lines, bits on dialogues) at each of LOOKS


def watched(
    base: TinyLM, texts: list[Tokens], tests: list[list[Tokens]], rng: np.random.Generator
) -> tuple[Curve, list[TinyLM]]:
    """Tune a copy of ``base`` on ``texts``; return its bits per word on the tests along the way, and copies of it there."""
    model = base.copy()
    measured = [windows(test, model) for test in tests]
    curve: Curve = []
    copies: list[TinyLM] = []

    def look(step: int) -> None:
        if step in LOOKS:
            general, dialogue = (model.bits(*test) for test in measured)
            curve.append((general, dialogue))
            copies.append(model.copy())

    inputs, targets = windows(texts, model)
    train(model, inputs, targets, steps=LOOKS[-1], rate=0.01, rng=rng, watch=look)
    return curve, copies


def known_at_best(things: int) -> float:
    """Return the bits per word on diary lines for someone who knows how they are made.

    A page is a diary line with chance ``DIARY_SHARE``; person, deed and thing are uniform draws; there are six tokens in all.
    """
    choices = 1 / DIARY_SHARE * len(PEOPLE) * len(DEEDS) * things
    return math.log2(choices) / 6
