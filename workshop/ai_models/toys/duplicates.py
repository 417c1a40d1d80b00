"""Repeat one sentence of a small notice board, and watch the next word tilt towards it.

It shows that a model can't tell a copy from a second witness: the repeated sentence's word wins, and the other one fades. It
leaves out that a large model also learns long copies by heart and then recites them. Source: Lee et al. 2021, arXiv 2107.06499,
for the effect in real models.

    >>> [round(after_repeating(BOARD[0], copies)[0], 2) for copies in (1, 10)]
    [0.27, 0.81]
"""

from __future__ import annotations

from workshop.ai_models.toys.word_counts import WordCounts

BOARD = (
    "the gate opens at eight",
    "the gate opens at nine",
    "the shop opens at nine",
    "the gate closes at nine",
)


def after_repeating(repeated: str, copies: int) -> tuple[float, float]:
    """Return P("eight") and P("nine") after "opens at", if ``repeated`` is read ``copies`` times and the rest once."""
    model = WordCounts({word for sentence in BOARD for word in sentence.split()})
    for sentence in BOARD:
        for _ in range(copies if sentence == repeated else 1):
            model.feed(sentence)
    return model.probability(("opens", "at"), "eight"), model.probability(("opens", "at"), "nine")
