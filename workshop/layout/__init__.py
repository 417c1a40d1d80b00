"""Layout: text is measured before it is written; text that doesn't fit is shrunk in steps, then split, else reported."""

from workshop.layout.counts import body_lines, body_words
from workshop.layout.overlap import overlaps
from workshop.layout.slides import lay_out

__all__ = ["body_lines", "body_words", "lay_out", "overlaps"]
