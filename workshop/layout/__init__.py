"""Layout: text is measured before it is written; it shrinks within steps, then splits, else it is a problem."""

from workshop.layout.counts import body_lines, body_words
from workshop.layout.slides import lay_out
from workshop.layout.overlap import overlaps

__all__ = ["body_lines", "body_words", "lay_out", "overlaps"]
