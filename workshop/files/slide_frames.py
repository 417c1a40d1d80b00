"""Places on a slide as rectangles."""

from __future__ import annotations

from workshop.files.package_file import NAMESPACES, Node, whole
from workshop.model.theme import Box

# Where the shapes of a presentation are, inside their groups as well.
# Two scales and two shifts in EMU, from a group's coordinates to the slide's
Frame = tuple[float, float, float, float]
SLIDE: Frame = (1.0, 1.0, 0.0, 0.0)


def box_of(shape: Node) -> Box | None:
    """Return a shape's own box in EMU, in the coordinates of what it is in; ``None`` without a place and a size of its own."""
    form = shape.find("p:spPr/a:xfrm", NAMESPACES)
    if form is None:
        return None
    start, size = form.find("a:off", NAMESPACES), form.find("a:ext", NAMESPACES)
    if start is None or size is None:
        return None
    return Box(whole(start, "x"), whole(start, "y"), whole(size, "cx"), whole(size, "cy"))


def moved(box: Box, frame: Frame) -> Box:
    """Return a box in the coordinates of the slide.

    >>> moved(Box(10, 10, 20, 20), (0.5, 2.0, 100, 0))
    Box(x=105, y=20, w=10, h=40)
    """
    sx, sy, dx, dy = frame
    return Box(round(box.x * sx + dx), round(box.y * sy + dy), round(box.w * sx), round(box.h * sy))


def inside(group: Node, frame: Frame) -> Frame:
    """Return the frame of what is in a group; that of the group itself if it doesn't say how they differ."""
    form = group.find("p:grpSpPr/a:xfrm", NAMESPACES)
    names = ("off", "ext", "chOff", "chExt")
    off, ext, start, size = (form.find(f"a:{name}", NAMESPACES) if form is not None else None for name in names)
    if off is None or ext is None or start is None or size is None:
        return frame
    sx, sy = whole(ext, "cx") / (whole(size, "cx") or 1), whole(ext, "cy") / (whole(size, "cy") or 1)
    dx, dy = whole(off, "x") - whole(start, "x") * sx, whole(off, "y") - whole(start, "y") * sy
    return frame[0] * sx, frame[1] * sy, frame[0] * dx + frame[2], frame[1] * dy + frame[3]
