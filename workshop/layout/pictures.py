"""Pictures, as large as their place allows and never distorted."""

from __future__ import annotations

from workshop.layout.laid import LaidPicture
from workshop.model.kit import ShownPicture
from workshop.model.theme import Box, Placeholder


def fit_picture(placeholder: Placeholder, picture: ShownPicture) -> LaidPicture:
    """Return the picture at its placeholder's top left corner; if its size is unknown, it fills the placeholder."""
    return LaidPicture(placeholder, picture, inside(placeholder.box, picture.width_px, picture.height_px))


def inside(box: Box, width: int, height: int) -> Box:
    """Return the largest box with the proportions ``width`` to ``height`` at the top left of ``box``.

    >>> inside(Box(0, 0, 400, 300), 200, 100)
    Box(x=0, y=0, w=400, h=200)
    """
    if width <= 0 or height <= 0:
        return box
    scale = min(box.w / width, box.h / height)
    return Box(box.x, box.y, round(width * scale), round(height * scale))
