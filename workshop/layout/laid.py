"""Laid-out slides: every box and size is decided, for the deck writer and the checks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from workshop.charts.kind import BUILT_IN, Kind, Kinds
from workshop.model.blocks import Line, Prose, Run, ShownChart, ShownPicture, ShownTable
from workshop.model.kit import Kit, Note, Slide
from workshop.model.stage_picture import StagePicture
from workshop.model.theme import Box, LayoutSpec, Placeholder, Theme
from workshop.wording.messages import say

if TYPE_CHECKING:
    from workshop.charts.resolved import ResolvedChart


class LaidText(Struct, frozen=True):
    r"""Text in a placeholder; ``size`` is that of level one in points, at which the text fits ``placeholder.box``.

    The box is the layout's unless the text had to be elsewhere on this slide; then the slide has the box.
    ``height`` is the measured height in EMU. A soft break that balances a title is a "\\v" in a run's text.
    """

    placeholder: Placeholder
    lines: tuple[Line, ...]
    size: float
    height: int


class LaidTable(Struct, frozen=True, kw_only=True):
    """A table in a placeholder: sizes in points, widths and heights in EMU; ``heights[0]`` is the header's, 0 without one.

    The table is at the top left of ``placeholder.box`` and may be smaller. ``air`` is the extra space on the left of each
    column, part of its width: without it, words after figures would run into them.
    """

    placeholder: Placeholder
    table: ShownTable
    size: float
    header_size: float
    widths: tuple[int, ...]
    heights: tuple[int, ...]
    air: tuple[int, ...] = ()


class LaidChart(Struct, frozen=True):
    """A chart in a placeholder, with its limits, ticks and labels resolved for the box, and the kind in which it is drawn."""

    placeholder: Placeholder
    shown: ShownChart
    resolved: ResolvedChart
    kind: Kind


def cut_off(wide: int, high: int, aspect: float) -> tuple[float, float]:
    """Return the shares of a picture's width and height to cut off on each of two sides, so that it fills an area.

    Args:
        wide: width of the picture in pixels, or 0 if it isn't known; ``high`` likewise.
        aspect: width of the area divided by its height.

    >>> cut_off(400, 200, 1.0), cut_off(100, 200, 1.0), cut_off(16, 9, 16 / 9)
    ((0.25, 0.0), (0.0, 0.25), (0.0, 0.0))
    """
    if not wide or not high:
        return 0.0, 0.0
    return max(0.0, (1 - aspect * high / wide) / 2), max(0.0, (1 - wide / high / aspect) / 2)


class LaidPicture(Struct, frozen=True):
    """A picture and the box it fills without distortion; with ``crop``, what reaches beyond the box is cut off.

    ``focus`` says where: at 0, nothing is cut off at the left or the top; at 1, nothing at the right or the foot.
    """

    placeholder: Placeholder
    picture: ShownPicture
    box: Box
    crop: bool = False
    focus: tuple[float, float] = (0.5, 0.5)

    @property
    def cut(self) -> tuple[float, float, float, float]:
        """The shares that are cut off: of the width at the left, of the height at the top, at the right and at the foot."""
        if not self.crop or not self.box.h:
            return 0.0, 0.0, 0.0, 0.0
        across, down = cut_off(self.picture.width_px, self.picture.height_px, self.box.w / self.box.h)
        (x, y), wide, high = self.focus, 2 * across, 2 * down
        return wide * x, high * y, wide * (1 - x), high * (1 - y)


class Bend(Struct, frozen=True, kw_only=True):
    """The way of an arrow along right angles.

    Attributes:
        preset, rotated, flipped, adjusted: the connector that PowerPoint draws along it in the box of its shape.
        path: its corners, from one end to the other.
        sites: the connection sites of the two shapes.
        pointed: whether it has a head.
    """

    preset: str
    rotated: int
    flipped: bool
    adjusted: tuple[int, ...]
    path: tuple[tuple[int, int], ...]
    sites: tuple[int, int]
    pointed: bool

    @property
    def around(self) -> Box:
        """The box around its corners; that of its shape may be turned."""
        xs, ys = zip(*self.path, strict=True)
        return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


class Shape(Struct, frozen=True, kw_only=True):
    """A drawn shape.

    Attributes:
        kind: "rect", "picture" (of a stage, on the ground ``fill``), "shade" (it fades in over the height ``inset_top`` to an
            opacity of ``weight`` percent), "text" (no fill), "line" (box's diagonal), "arrow" (from shape ``ends[0]`` to shape ``ends[1]``,
            indices in the same ``LaidShapes``), "arrow-back" (elbow over the top),
            "elbow" (likewise from shape to shape, along ``bend``), "diamond", "cylinder".
        fill, color: colour roles of area (or line) and text; ``fill`` "" for no fill.
        lines: text in it; sizes in points, one per line; gaps in points before each, none if empty.
        inset, inset_top: space in EMU left and right of the text, and above it.
        picture: what a "picture" draws, as large as its box.
        link: "#slide-id" or URL.
        alt: alternative text; "" for a decorative shape.
        step: the click on which it appears; 0 for none.
        same: what it is the same as on the slide before; "" if it is nothing there.
    """

    kind: str
    box: Box
    fill: str = ""
    outline: str = ""
    color: str = "ink"
    lines: tuple[Line, ...] = ()
    sizes: tuple[float, ...] = ()
    anchor: str = "ctr"
    align: str = "l"
    inset: int = 0
    weight: float = 0
    dash: bool = False
    link: str = ""
    alt: str = ""
    ends: tuple[int, int] = (-1, -1)
    inset_top: int = 0
    gaps: tuple[float, ...] = ()
    picture: StagePicture | None = None
    step: int = 0
    bend: Bend | None = None
    same: str = ""


class LaidShapes(Struct, frozen=True):
    """Native shapes that belong together, grouped with one alternative text if ``alt`` is given.

    ``step`` is the click on which all of them appear; 0 if they are visible at once, or have clicks of their own. ``leaves`` is
    the click on which they leave upwards; 0 if they stay.
    """

    shapes: tuple[Shape, ...]
    alt: str = ""
    step: int = 0
    leaves: int = 0


LaidItem = LaidText | LaidTable | LaidChart | LaidPicture | LaidShapes


class LaidSlide(Struct, frozen=True, kw_only=True):
    """One slide of the finished deck, in reading order; ``number`` is 1-based.

    ``id`` is unique in the deck: a split slide's second part is ``"<id>-2"``. ``grows`` says whether its charts grow on
    clicks, and ``turns`` whether the slide that is shown before it turns into it.
    """

    id: str
    number: int
    slide: Slide
    layout: LayoutSpec
    items: tuple[LaidItem, ...]
    grows: bool = False
    turns: bool = False

    @property
    def has_files(self) -> bool:
        """Whether it shows picture files, which may change although the slide doesn't."""
        return self.slide.background is not None or any(isinstance(item, LaidPicture) for item in self.items)


class LaidOut(Struct, frozen=True, kw_only=True):
    """The whole deck, laid out.

    Attributes:
        kinds: the kinds of chart that exist.
        kept: folder in which writers may cache what is expensive to make, or ``None``; it never affects what they write.
    """

    kit: Kit
    theme: Theme
    slides: tuple[LaidSlide, ...]
    kinds: Kinds = BUILT_IN
    kept: Path | None = None


# ---------------------------------------------------------------- counts
# Counts of a slide's content, for checks of whether it can be read in its minutes.
NOT_BODY = frozenset(
    {"title", "source", "measure", "mode", "minutes", "unit", "numeral", "label", "tag", "asked", "right-option"}
)


def body_texts(slide: LaidSlide) -> tuple[LaidText, ...]:
    """Return the texts that the room must read: no title, no source, no code, no fixed words."""
    return tuple(
        item
        for item in slide.items
        if isinstance(item, LaidText)
        and not item.placeholder.mono
        and item.placeholder.role not in NOT_BODY
        and not item.placeholder.role.startswith("letter-")
    )


def body_words(slide: LaidSlide) -> int:
    """Return the number of words in a slide's body."""
    return sum(len(line.text.split()) for item in body_texts(slide) for line in item.lines)


# ---------------------------------------------------------------- numbers
def with_numbers(laid: LaidOut) -> LaidOut:
    """Return a deck whose notes name slides by number, since notes have no links and the number of a hidden slide has to be typed."""
    numbers: dict[str, int] = {}
    for one in laid.slides:
        numbers.setdefault(one.id, one.number)
    kit = laid.kit

    def told(slide: Slide) -> Slide:
        return _told(slide, numbers, kit.language)

    stages = tuple(replace(stage, slides=tuple(map(told, stage.slides))) for stage in kit.stages)
    kit = replace(kit, stages=stages, appendix=tuple(map(told, kit.appendix)))
    return replace(laid, kit=kit, slides=tuple(replace(one, slide=told(one.slide)) for one in laid.slides))


def _told(slide: Slide, numbers: Mapping[str, int], language: str) -> Slide:
    if not any(run.link.startswith("#") for note in slide.notes for line in note.prose.lines for run in line.runs):
        return slide

    def run_of(run: Run) -> Run:
        if not run.link.startswith("#"):
            return run
        number = numbers.get(run.link[1:])
        text = say(language, "named-slide", text=run.text, number=number) if number else run.text
        return replace(run, text=text, link="")

    notes = tuple(
        Note(note.kind, Prose(tuple(replace(line, runs=tuple(map(run_of, line.runs))) for line in note.prose.lines)))
        for note in slide.notes
    )
    return replace(slide, notes=notes)
