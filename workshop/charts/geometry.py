"""Rectangles, lines and boxes of text, in points from the top left corner; y grows downwards. Also how wide words are.

Widths are estimates: the program that shows a chart places its labels, so exact measuring would promise too much. Advance widths of
Arial (or of any typeface with its widths) are within a few percent of all typefaces in use here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from msgspec import Struct

LEADING = 1.2
HARD_SPACE = "\u00a0"
TINT, TINT_SHARE = "tint", 0.25  # a bar that its interval crosses has this share of its colour, and an outline
CONTEXT_SHARE = 0.64  # share of the captions' colour in context; the rest is the background

# Advance widths in thousandths of the size
_WIDTHS = {
    191: "'",
    222: "ijl‘’",
    278: " \u00a0!,./:;I[\\]ft|",
    333: "()-`r“”{}",
    389: "*°",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu–",
    584: "+<=>~×",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
_WIDTH = {character: width / 1000 for width, characters in _WIDTHS.items() for character in characters}
_LATIN = 0.6
_WIDE = 1.0
_BOLD = 1.06
_FIRST_WIDE = "\u1100"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    r"""Return the width in points of the longest line of a text with "\n" between its lines.

    >>> round(text_width("mat", 20), 1), round(text_width("mat\nrug", 20, bold=True), 1)
    (33.3, 35.3)
    """
    widths = (sum(map(_advance, line)) for line in text.split("\n"))
    return max(widths) * size * (_BOLD if bold else 1)


def text_height(text: str, size: float) -> float:
    """Return the height in points of all lines."""
    return (text.count("\n") + 1) * size * LEADING


def _advance(character: str) -> float:
    return _WIDTH.get(character, _WIDE if character >= _FIRST_WIDE else _LATIN)


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return ``text`` in lines of at most ``width`` points; a wider word gets its own line.

    >>> wrap("full, with source", 70, 18)
    ('full, with', 'source')
    """
    return tuple(_lines(text.split(), width, size, bold))


def _lines(words: Sequence[str], width: float, size: float, bold: bool) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size, bold=bold) > width:
            yield line
            line = word
        else:
            line = longer
    yield line


def evened(lines: Sequence[str], size: float, *, bold: bool = False) -> str:
    """Return lines with spaces after them, so that all have the same width.

    Programs align labels of several lines differently; with lines of the same width it makes no difference.
    """
    space = text_width(HARD_SPACE, size, bold=bold)
    widths = [text_width(line, size, bold=bold) for line in lines]
    ends = [HARD_SPACE * round((max(widths) - width) / space) for width in widths]
    return "\n".join(line + end for line, end in zip(lines, ends, strict=True))


def shortened(text: str, width: float, size: float, *, lines: int = 1, bold: bool = False) -> tuple[str, ...]:
    """Return ``text`` in at most ``lines`` lines of at most ``width`` points; what doesn't fit is cut, with an ellipsis.

    >>> shortened("Regulatory compliance and oversight", 90, 18, lines=2)
    ('Regulatory', 'complia…')
    """
    wrapped = wrap(text, width, size, bold=bold)
    kept = [*wrapped[: lines - 1], " ".join(wrapped[lines - 1 :])] if len(wrapped) > lines else list(wrapped)
    return tuple(_cut(line, width, size, bold=bold) for line in kept)


def _cut(line: str, width: float, size: float, *, bold: bool) -> str:
    if text_width(line, size, bold=bold) <= width:
        return line
    kept = next(
        k for k in range(len(line) - 1, -1, -1) if not k or text_width(line[:k] + "…", size, bold=bold) <= width
    )
    return line[:kept].rstrip() + "…"


def widest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Return the smallest width in points to which ``text`` can be wrapped."""
    return max((text_width(word, size, bold=bold) for word in text.split()), default=0.0)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours given as six hex digits (WCAG 2.2).

    >>> round(contrast("000000", "FFFFFF"), 1)
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(over: str, under: str, share: float) -> str:
    """Return six hex digits of a colour over another one, with ``share`` as its opacity.

    >>> mixed("000000", "FFFFFF", 0.5)
    '808080'
    """
    pairs = ((int(over.lstrip("#")[k : k + 2], 16), int(under.lstrip("#")[k : k + 2], 16)) for k in (0, 2, 4))
    return "".join(f"{round(share * one + (1 - share) * other):02X}" for one, other in pairs)


def _luminance(color: str) -> float:
    digits = color.lstrip("#")
    parts = (int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


Point = tuple[float, float]
Segment = tuple[Point, Point]

LABEL_GAP = 4.0


class Rect(Struct, frozen=True):
    """A rectangle in points; y grows downwards."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """x of the right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """y of the lower edge."""
        return self.top + self.height

    @property
    def center(self) -> Point:
        """The middle."""
        return self.left + self.width / 2, self.top + self.height / 2

    def overlap(self, other: Rect) -> float:
        """Return the shared area in square points."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0.0) * max(high, 0.0)

    def outside(self, other: Rect) -> float:
        """Return how far this extends beyond ``other``, summed over all sides."""
        return (
            max(other.left - self.left, 0.0)
            + max(self.right - other.right, 0.0)
            + max(other.top - self.top, 0.0)
            + max(self.bottom - other.bottom, 0.0)
        )

    def crossed(self, segment: Segment) -> float:
        """Return the length of ``segment`` inside (Liang and Barsky's clipping)."""
        (x0, y0), (x1, y1) = segment
        start, end = 0.0, 1.0
        for move, near in (
            (x0 - x1, x0 - self.left),
            (x1 - x0, self.right - x0),
            (y0 - y1, y0 - self.top),
            (y1 - y0, self.bottom - y0),
        ):
            if move == 0:
                if near < 0:
                    return 0.0
            elif move < 0:
                start = max(start, near / move)
            else:
                end = min(end, near / move)
        return max(end - start, 0.0) * math.hypot(x1 - x0, y1 - y0)


def text_box(text: str, size: float, at: Point, position: str, clear: float, *, bold: bool = False) -> Rect:
    """Return the box of a text beside a point, ``clear`` points away from it."""
    width, height = text_width(text, size, bold=bold), text_height(text, size)
    x, y = at
    left = {"right": x + clear, "left": x - clear - width}.get(position, x - width / 2)
    top = {"above": y - clear - height, "below": y + clear}.get(position, y - height / 2)
    return Rect(left, top, width, height)


def moved(box: Rect, dx: float, dy: float) -> Rect:
    """Return a shifted ``box``."""
    return Rect(box.left + dx, box.top + dy, box.width, box.height)


def spread(centers: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return centres as near to ``centers`` as possible, so that intervals of ``heights`` neither overlap nor leave the range.

    Neighbours that would overlap are pooled and moved together (isotonic regression); the order is kept. If all of
    them together are taller than the range, they start at ``low`` and extend beyond the end.

    >>> spread([10, 10], [4, 4], 0, 20)
    [8.0, 12.0]
    """
    order = sorted(range(len(centers)), key=lambda i: (centers[i], i))
    offsets, total = [], 0.0
    for i in order:
        offsets.append(total + heights[i] / 2)
        total += heights[i]
    blocks: list[list[float]] = []
    for i, offset in zip(order, offsets, strict=True):
        blocks.append([centers[i] - offset, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (one, n), (two, m) = blocks[-2:]
            blocks[-2:] = [[(one * n + two * m) / (n + m), n + m]]
    starts = [start for start, count in blocks for _ in range(int(count))]
    result = [0.0] * len(centers)
    for i, offset, start in zip(order, offsets, starts, strict=True):
        result[i] = max(min(start, high - total), low) + offset
    return result
