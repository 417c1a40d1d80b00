"""The part of a photo that is shown where it doesn't fit as a whole: the window with most edges."""

from __future__ import annotations

from workshop.layout.laid import LaidPicture
from workshop.model.blocks import GREY_SIDE, ShownPicture
from workshop.model.theme import Box

Focus = tuple[
    float, float
]  # where the window is in what is cut off: 0 at the left or the top, 1 at the right or the foot
MIDDLE: Focus = (0.5, 0.5)


def shown_of(photo: float, box: float) -> tuple[float, float]:
    """Return the shares of a photo's width and height that are seen in a box that it fills.

    Args:
        photo: its width divided by its height; ``box`` likewise.

    >>> shown_of(2.0, 1.0), shown_of(0.5, 1.0)
    ((0.5, 1.0), (1.0, 0.5))
    """
    return min(1.0, box / photo), min(1.0, photo / box)


def focus_of(picture: ShownPicture, box: float) -> Focus:
    """Return which part of a photo is shown in a box: that around its focus, if its author gives one, else that with most edges.

    Args:
        box: width of the box divided by its height.
    """
    if not picture.width_px or not picture.height_px:
        return MIDDLE
    seen = shown_of(picture.width_px / picture.height_px, box)
    if picture.focus is not None:
        across, down = (_around(at, share) for at, share in zip(picture.focus, seen, strict=True))
        return across, down
    if len(picture.grey) != GREY_SIDE**2:
        return MIDDLE
    columns, rows = _edges(picture.grey)
    return _best(columns, seen[0]), _best(rows, seen[1])


def _around(at: float, share: float) -> float:
    """Return where a window is whose middle is as near to a point as it can be."""
    return min(1.0, max(0.0, (at - share / 2) / (1 - share))) if share < 1 else 0.5


def _edges(grey: bytes) -> tuple[list[int], list[int]]:
    """Return the sum of the differences between neighbours in each column and each row of a grey copy."""
    columns, rows = [0] * GREY_SIDE, [0] * GREY_SIDE
    for y in range(GREY_SIDE - 1):
        row = y * GREY_SIDE
        for x in range(GREY_SIDE - 1):
            here = grey[row + x]
            edge = abs(here - grey[row + x + 1]) + abs(here - grey[row + x + GREY_SIDE])
            columns[x] += edge
            rows[y] += edge
    return columns, rows


def _best(edges: list[int], share: float) -> float:
    """Return where the window with most edges is; of several, that nearest the middle."""
    wide = max(1, round(share * len(edges)))
    spare = len(edges) - wide
    if not spare:
        return 0.5
    sums = [sum(edges[start : start + wide]) for start in range(spare + 1)]
    return max(range(spare + 1), key=lambda start: (sums[start], -abs(2 * start - spare))) / spare


def lightest(laid: LaidPicture, words: Box) -> str:
    """Return the lightest grey behind words on a photo as six hex digits; white if there is no grey copy of it."""
    grey = laid.picture.grey
    if len(grey) != GREY_SIDE**2:
        return "FFFFFF"
    left, top, right, bottom = laid.cut
    box = laid.box
    wide, high = 1 - left - right, 1 - top - bottom
    spans = (
        (left + wide * (words.x - box.x) / box.w, left + wide * (words.right - box.x) / box.w),
        (top + high * (words.y - box.y) / box.h, top + high * (words.bottom - box.y) / box.h),
    )
    columns, rows = (range(max(0, int(a * GREY_SIDE)), min(GREY_SIDE, int(b * GREY_SIDE - 1e-9) + 1)) for a, b in spans)
    value = max((grey[y * GREY_SIDE + x] for y in rows for x in columns), default=255)
    return f"{value:02X}" * 3
