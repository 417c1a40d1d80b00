"""Numbers on paper with a check letter; the demos read them back, so that the rule itself lies with the model."""

from __future__ import annotations

from workshop.model.codes import CHECK_LETTERS, checked

__all__ = ["CHECK_LETTERS", "checked"]
