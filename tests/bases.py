"""The empty decks of our themes, each made once in a process: making one takes longer than writing a few slides into it."""

from workshop.model.theme import Theme
from workshop.render.pptx.base import BaseParts, base_parts

_made: dict[tuple[str, int], BaseParts] = {}


def remembered(theme: Theme, stages: int) -> BaseParts:
    """Return ``base_parts(theme, stages)``; if a logo is in it, it is made again, since the logo's file may have changed."""
    if theme.logo is not None:
        return base_parts(theme, stages)
    key = (repr(theme), stages)
    if key not in _made:
        _made[key] = base_parts(theme, stages)
    return _made[key]
