"""What is behind the text of a layout: its background, shapes and pictures, drawn small, so that free places and contrast can be measured."""

from __future__ import annotations

import math
import struct
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from workshop.files.colors import apart, hexed, luminance
from workshop.model.theme import Box, inches

if TYPE_CHECKING:
    from PIL.Image import Image

LONG = 128  # cells along the longer side of a slide
ALIKE = 12.0  # ΔE up to which a place counts as having the same ground
WORST = 0.1  # share of a box that may have less contrast than is said: edges, and small details
LEAST_KEPT, UNCROSSED = 0.35, 0.97  # shares of a box
AIR = (inches(0.22), inches(0.06))  # between text and what would cross it: beside, and above or below
LEAST_HEIGHT = inches(0.6)
WHOLE = 0.6  # share of the slide from which a picture is its ground
BUSY = 3.0  # contrast between light and dark places of a picture on which text is hard to read
SEEN = 0.25  # opacity from which an object counts
FLARE = 0.05  # of WCAG 2
SAMPLED = 12  # columns and rows of a box whose cells are looked at for its colours


class Backdrop(Struct, frozen=True, kw_only=True, eq=False):
    """A layout without its placeholders, as a grid of cells.

    Attributes:
        cell: width and height of a cell in EMU.
        columns, rows: number of cells.
        shades: colour of each cell, row by row.
        lights: luminance of each cell, plus the flare that contrast ratios take into account.
        tops: for each cell the number of the object in front, 0 for the background.
        unknown: numbers of objects whose colours can't be known, such as drawings in the vector formats of Windows.
        objects: boxes of what is in front of the background, from back to front.
        bitmaps: numbers of all pictures; ``pictures`` are those that cover only a part of the slide, on which no text belongs.
    """

    cell: tuple[float, float]
    columns: int
    rows: int
    shades: tuple[str, ...]
    lights: tuple[float, ...]
    tops: tuple[int, ...]
    unknown: frozenset[int] = frozenset()
    objects: tuple[Box, ...] = ()
    pictures: frozenset[int] = frozenset()
    bitmaps: frozenset[int] = frozenset()
    _clear: dict[Box, Box] = field(default_factory=dict)
    _contrasts: dict[tuple[Box, str], float] = field(default_factory=dict)
    _grounds: dict[Box, tuple[int, str]] = field(default_factory=dict)

    def cells(self, box: Box) -> Iterator[int]:
        """Yield the indices of the cells of a box, of a large one only some, evenly spread."""
        left, top, right, bottom = self._edges(box)
        across, down = max(1, (right - left) // SAMPLED), max(1, (bottom - top) // SAMPLED)
        for y in range(top, bottom, down):
            yield from range(y * self.columns + left, y * self.columns + right, across)

    def _edges(self, box: Box) -> tuple[int, int, int, int]:
        """Return first column and row, and the ones after the last, with at least one of each."""
        (w, h), columns, rows = self.cell, self.columns, self.rows
        left, top = min(max(round(box.x / w), 0), columns - 1), min(max(round(box.y / h), 0), rows - 1)
        right, bottom = (
            min(max(round(box.right / w), left + 1), columns),
            min(max(round(box.bottom / h), top + 1), rows),
        )
        return left, top, right, bottom

    def ground(self, box: Box) -> str:
        """Return the colour behind most of a box; behind a picture, the mean."""
        return self._ground(box)[1]

    def _ground(self, box: Box) -> tuple[int, str]:
        """Return the number and the colour of the object that is behind most of a box."""
        if box not in self._grounds:
            self._grounds[box] = self._most(box)
        return self._grounds[box]

    def _most(self, box: Box) -> tuple[int, str]:
        cells = list(self.cells(box))
        most = Counter(self.tops[k] for k in cells).most_common(1)[0][0]
        shades = Counter(self.shades[k] for k in cells if self.tops[k] == most)
        common, times = shades.most_common(1)[0]
        total = shades.total()
        if times > total / 2:
            return most, common
        parts = ((int(shade[k : k + 2], 16) * n for shade, n in shades.items()) for k in (0, 2, 4))
        r, g, b = (sum(part) / total / 255 for part in parts)
        return most, hexed((r, g, b))

    def clear(self, box: Box) -> Box:
        """Return the part of a box that nothing crosses, if that is most of it, else the box itself."""
        if box not in self._clear:
            self._clear[box] = self._cleared(box)
        return self._clear[box]

    def _cleared(self, box: Box) -> Box:
        part = self.free(box)
        kept = part.w * part.h / max(1, box.w * box.h)
        high = part.h >= min(box.h, LEAST_HEIGHT)
        return part if LEAST_KEPT <= kept < UNCROSSED and high else box

    def is_picture(self, box: Box) -> bool:
        """Whether most of a box is on a picture that differs from the slide's own ground."""
        most, ground = self._ground(box)
        if most not in self.pictures:
            return False
        own = Counter(shade for shade, top in zip(self.shades, self.tops, strict=True) if not top).most_common(1)
        return not own or apart(own[0][0], ground) > ALIKE

    def _is_plain(self, box: Box) -> bool:
        """Whether a box is on a picture, most of which has one colour."""
        most, ground = self._ground(box)
        if most not in self.bitmaps:
            return False
        shades = Counter(self.shades[k] for k in self.cells(box))
        return sum(times for shade, times in shades.items() if apart(shade, ground) <= ALIKE) > shades.total() / 2

    def onto_band(self, box: Box) -> Box:
        """Return a box moved up or down onto the band that is behind most of it, if it fits."""
        most = self._ground(box)[0]
        if not most:
            return box
        band = self.objects[most - 1]
        return Box(box.x, min(max(box.y, band.y), band.bottom - box.h), box.w, box.h) if box.h <= band.h else box

    def is_calm(self, box: Box) -> bool:
        """Whether what is behind most of a box is known, and isn't a picture with light and dark places."""
        most = self._ground(box)[0]
        if most in self.unknown or most not in self.bitmaps:
            return most not in self.unknown
        lights = sorted(self.lights[k] for k in self.cells(box))
        return lights[int(len(lights) * (1 - WORST))] <= BUSY * lights[int(len(lights) * WORST)]

    def is_even(self, box: Box) -> bool:
        """Whether nearly all of a box has one colour."""
        shades = Counter(self.shades[k] for k in self.cells(box))
        return shades.most_common(1)[0][1] >= (1 - WORST) * shades.total()

    def least_contrast(self, box: Box, color: str) -> float:
        """Return the contrast that a colour has at least on nearly all of a box."""
        if (box, color) not in self._contrasts:
            own = luminance(color) + FLARE
            ratios = sorted(max(own, other) / min(own, other) for other in (self.lights[k] for k in self.cells(box)))
            self._contrasts[box, color] = ratios[int(WORST * len(ratios))]
        return self._contrasts[box, color]

    def free(self, box: Box) -> Box:
        """Return the largest part of a box in which nothing else is in front of the object behind most of it, with some air.

        >>> shades, lights = ("FFFFFF",) * 3 + ("000000",), (1.05,) * 3 + (0.05,)
        >>> grid = Backdrop(cell=(914400, 914400), columns=4, rows=1, shades=shades, lights=lights, tops=(0, 0, 0, 1))
        >>> grid.free(Box(0, 0, 4 * 914400, 914400)).w / 914400
        2.78
        """
        left, top, right, bottom = self._edges(box)
        most, ground = self._ground(box)
        lines = [range(y * self.columns + left, y * self.columns + right) for y in range(top, bottom)]
        own = most if not self._is_plain(box) else None  # of a picture with a plain ground, only that ground is free
        others = {self.shades[k] for line in lines for k in line if self.tops[k] != own}
        alike = {shade for shade in others if apart(shade, ground) <= ALIKE}
        if not others - alike:
            return box
        clear = [[self.tops[k] == own or self.shades[k] in alike for k in line] for line in lines]
        x, y, w, h = largest(clear)
        cw, ch = self.cell
        x1 = box.x if x == 0 else round((left + x) * cw) + AIR[0]
        y1 = box.y if y == 0 else round((top + y) * ch) + AIR[1]
        x2 = box.right if x + w == right - left else round((left + x + w) * cw) - AIR[0]
        y2 = box.bottom if y + h == bottom - top else round((top + y + h) * ch) - AIR[1]
        return Box(x1, y1, max(0, x2 - x1), max(0, y2 - y1))


def largest(clear: list[list[bool]]) -> tuple[int, int, int, int]:
    """Return column, row, width and height of the largest rectangle of true cells; nothing if there are none.

    >>> largest([[True, True, False], [True, True, True]])
    (0, 0, 2, 2)
    """
    best, found = 0, (0, 0, 0, 0)
    heights = [0] * len(clear[0])
    for y, row in enumerate(clear):
        heights = [height + 1 if free else 0 for height, free in zip(heights, row, strict=True)]
        open_at: list[tuple[int, int]] = []  # column at which a height begins, and the height, ascending
        for x, height in enumerate((*heights, 0)):
            start = x
            while open_at and open_at[-1][1] >= height:
                start, high = open_at.pop()
                if high * (x - start) > best:
                    best, found = high * (x - start), (start, y - high + 1, x - start, high)
            open_at.append((start, height))
    return found


# ---------------------------------------------------------------- drawing
class Canvas:
    """A small picture that is drawn on from back to front.

    Args:
        width, height: of a slide in EMU.
        ground: its colour.
    """

    def __init__(self, width: int, height: int, ground: str) -> None:
        from PIL import Image

        by = LONG / max(width, height)
        self.size = max(1, round(width * by)), max(1, round(height * by))
        self.cell = width / self.size[0], height / self.size[1]
        self._shades = Image.new("RGB", self.size, f"#{ground}")
        self._tops = Image.new("I", self.size, 0)
        self._unknown: set[int] = set()
        self._objects: list[Box] = []
        self._pictures: set[int] = set()
        self._bitmaps: set[int] = set()

    def fill(
        self,
        paint: str | Image | None,
        outline: list[tuple[float, float]],
        opacity: float,
        *,
        ground: bool,
        bitmap: bool = False,
    ) -> None:
        """Fill an outline, given in EMU.

        Args:
            paint: six hex digits, a picture that is stretched over the outline's box, or ``None`` for unknown colours.
            ground: whether it belongs to the background, not to an object in front of it.
            bitmap: whether it is a picture, not a gradient.
        """
        from PIL import Image, ImageChops, ImageDraw

        points = [(x / self.cell[0], y / self.cell[1]) for x, y in outline]
        left, right = math.floor(min(x for x, _ in points)), math.ceil(max(x for x, _ in points))
        top, bottom = math.floor(min(y for _, y in points)), math.ceil(max(y for _, y in points))
        left, top, right, bottom = max(left, -LONG), max(top, -LONG), min(right, 2 * LONG), min(bottom, 2 * LONG)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", self.size, 0)
        ImageDraw.Draw(mask).polygon([(x - 0.5, y - 0.5) for x, y in points], fill=round(255 * opacity))
        color = Image.new("RGB", self.size, f"#{paint if isinstance(paint, str) else '808080'}")
        if paint is not None and not isinstance(paint, str):
            small = paint.convert("RGBA").resize((right - left, bottom - top))
            color.paste(small.convert("RGB"), (left, top))
            seen = Image.new("L", self.size, 0)
            seen.paste(small.getchannel("A"), (left, top))
            mask = ImageChops.multiply(mask, seen)
        self._shades.paste(color, (0, 0), mask)
        if not ground and opacity > SEEN:
            x, y = (round(min(point[k] for point in outline)) for k in (0, 1))
            w, h = (round(max(point[k] for point in outline)) - least for k, least in ((0, x), (1, y)))
            self._objects.append(Box(x, y, w, h))
            if bitmap and w * h < WHOLE * self.cell[0] * self.cell[1] * self.size[0] * self.size[1]:
                self._pictures.add(len(self._objects))
            self._tops.paste(len(self._objects), (0, 0), mask.point(lambda share: 255 if share > 255 * SEEN else 0))
        if bitmap:
            self._bitmaps.add(0 if ground else len(self._objects))
        if paint is None:
            self._unknown.add(0 if ground else len(self._objects))

    def done(self) -> Backdrop:
        """Return the finished picture."""
        flat = self._shades.tobytes()
        shades = tuple(flat[k : k + 3].hex().upper() for k in range(0, len(flat), 3))
        lights = {shade: luminance(shade) + FLARE for shade in set(shades)}
        return Backdrop(
            cell=self.cell,
            columns=self.size[0],
            rows=self.size[1],
            shades=shades,
            lights=tuple(lights[shade] for shade in shades),
            tops=tuple(struct.unpack(f"={self.size[0] * self.size[1]}i", self._tops.tobytes())),
            unknown=frozenset(self._unknown),
            objects=tuple(self._objects),
            pictures=frozenset(self._pictures),
            bitmaps=frozenset(self._bitmaps),
        )
