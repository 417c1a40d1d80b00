"""The line at the foot of a slide that says where its numbers come from, with the mark of honesty."""

from __future__ import annotations

from functools import lru_cache

from workshop.errors import At
from workshop.layout.context import Desk
from workshop.layout.fit import best_size, fit_text, moved
from workshop.layout.laid import LaidText
from workshop.model.blocks import Line, Run
from workshop.model.exhibits import Honesty
from workshop.model.kit import SourceLine
from workshop.model.theme import Box, Placeholder, inches

KEYS = {
    Honesty.REAL: "real-run",
    Honesty.SIMULATED: "simulated",
    Honesty.ILLUSTRATIVE: "illustrative",
    Honesty.SUPPLIED: "supplied",
}
HOLLOW = (Honesty.SIMULATED, Honesty.ILLUSTRATIVE)
TWO_ROWS, HIGHER = inches(0.42), inches(0.08)  # a long line uses a second row between content and rail


def source_text(desk: Desk, source: SourceLine) -> Line:
    """Return the line: a square, which is full if something was actually run, then the words, then the basis of the run."""
    words = str(desk.words[KEYS[source.honesty]]).format(seed=source.seed) if source.honesty is not None else ""
    return _line(source.text, words, hollow=source.honesty in HOLLOW)


@lru_cache(maxsize=100)
def _line(text: str, words: str, *, hollow: bool) -> Line:
    """Return the line; each slide on which another goes on has the very same, which is then measured once."""
    if not words:
        return Line((Run(text),))
    runs = (Run("□ " if hollow else "■ ", strong=True, accent=not hollow), Run(words, strong=True))
    return Line((*runs, Run(f"   {text}")) if text else runs)


def fit_source(desk: Desk, placeholder: Placeholder, source: SourceLine, at: At) -> LaidText:
    """Return the source line in one row, or in two if it is long."""
    lines = (source_text(desk, source),)
    if desk.theme.template is None and best_size(desk.ruler, placeholder, lines) is None:
        box = placeholder.box
        placeholder = moved(placeholder, Box(box.x, box.y - HIGHER, box.w, TWO_ROWS))
    return fit_text(desk, placeholder, lines, at)
