"""Layout: text is measured before it is written; text that doesn't fit is shrunk in steps, then split, else reported."""

from workshop.layout.laid import body_words
from workshop.layout.lay_out import lay_out
from workshop.layout.overlap import overlaps

__all__ = ["body_words", "lay_out", "overlaps"]
