"""Numbers on paper with a check letter; the rule itself is in ``model``, since demos need it to read them back."""

from __future__ import annotations

from workshop.model.codes import CHECK_LETTERS, checked

__all__ = ["CHECK_LETTERS", "checked"]
