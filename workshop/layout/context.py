"""The context for every part of the layout: theme, ruler, fixed words, and the report of problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from workshop.charts.kind import BUILT_IN, Kinds
from workshop.errors import At, Report
from workshop.layout.measure import Ruler, Style, pitch
from workshop.model.blocks import Line, Run
from workshop.model.kit import Slide, StageMark
from workshop.model.stage_picture import StagePicture
from workshop.model.theme import EMU_PER_POINT, Box, Theme


# ---------------------------------------------------------------- context
class Desk(Struct, frozen=True, kw_only=True):
    """Shared by all slides of one deck.

    Attributes:
        words: the engine's fixed words in the kit's language.
        marks: stage id -> its number and short name, for tiles of a map.
        targets: ids to which links in the deck may lead.
        kinds: the kinds of chart that exist.
        extras: what layers above add to slides (``extras.Extra``), in the order in which they are asked.
        gathered: what each extra knows: its name -> slide id -> what that is.
        talk: whether the deck is made from a single file, where nothing is refused.
        opening: the mark with which a quote begins.
        rtl: whether its language is written from right to left.
        band: whether the slide that is laid out gets the bands of its extras.
    """

    theme: Theme
    ruler: Ruler
    words: Mapping[str, Any]
    report: Report
    marks: Mapping[str, StageMark] = field(default_factory=dict)
    targets: frozenset[str] = frozenset()
    kinds: Kinds = BUILT_IN
    extras: tuple[Any, ...] = ()
    gathered: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    talk: bool = False
    opening: str = "“"
    band: bool = False
    rtl: bool = False

    def known(self, name: str, slide: Slide) -> Any:
        """Return what an extra knows of a slide; ``None`` if nothing."""
        return self.gathered.get(name, {}).get(slide.id)


def place_of(lines: tuple[Line, ...], otherwise: At) -> At:
    """Return the source place of the first line that has one, else ``otherwise``."""
    return next((line.at for line in lines if line.at.path), otherwise)


# ---------------------------------------------------------------- names
# The titles and ids that slides of a deck have taken.
class Names:
    """The titles and ids of the deck so far; a continuation slide gets unused ones."""

    def __init__(self, titles: Iterable[str] = (), ids: Iterable[str] = (), *, before: Names | None = None) -> None:
        self._titles, self._ids, self._before = set(titles), set(ids), before

    def attempt(self) -> Names:
        """Return names for an attempt, which also has those so far; they aren't copied, since a long deck has many."""
        return Names(before=self)

    def take(self, attempt: Names) -> None:
        """Accept the names of an attempt that was made from these."""
        self._titles |= attempt._titles
        self._ids |= attempt._ids

    def id(self, base: str, place: int) -> str:
        """Take and return an id for the slide with a number on which another goes on."""
        while self.has_id(name := f"{base}-{place}"):
            place += 1
        self._ids.add(name)
        return name

    def title(self, slide: Slide, mark: str) -> tuple[Run, ...]:
        """Take and return the title of a slide on which another goes on."""
        base = slide.title_text
        tail = mark if not base.endswith(mark) else ""
        place = 2
        while self.has_title(name := f"{base} {tail}".rstrip() + (f" {place}" if place > 2 else "")):
            place += 1
        self._titles.add(name)
        return (*slide.title, Run(name[len(base) :]))

    def has_id(self, name: str) -> bool:
        """Whether a slide has this id."""
        return name in self._ids or (self._before is not None and self._before.has_id(name))

    def has_title(self, name: str) -> bool:
        """Whether a slide has this title."""
        return name in self._titles or (self._before is not None and self._before.has_title(name))


# ---------------------------------------------------------------- drawn
# Text in drawn shapes, measured like any other text.
LABEL = 18.0  # size of the smallest text in a shape, and of every label


def one(text: str, *, strong: bool = False) -> Line:
    """Return a line with one look."""
    return Line((Run(text, strong=strong),))


def rows_of(ruler: Ruler, line: Line, size: float, width: int) -> tuple[int, bool]:
    """Return the number of rows of a line in ``width`` EMU, and whether a word is broken."""
    rows = ruler.rows(line.runs, width / EMU_PER_POINT, size, Style())
    return len(rows), any(row.broken for row in rows)


def height_of(ruler: Ruler, lines: Sequence[Line], sizes: Sequence[float], width: int) -> tuple[int, bool]:
    """Return the height in EMU of lines in a shape with ``width`` EMU for text, and whether a word is broken."""
    height, broken = 0.0, False
    for line, size in zip(lines, sizes, strict=True):
        rows, split = rows_of(ruler, line, size, width)
        height += rows * pitch(size, 100)
        broken = broken or split
    return round(height * EMU_PER_POINT), broken


def text_on(role: str) -> str:
    """Return the colour role of text on a fill."""
    return {"open": "on_open", "accent": "on_accent", "field": "on_field"}.get(role, "ink")


def placed(box: Box, picture: StagePicture) -> Box:
    """Return the box of a drawing at the lower left of its place, as large as it can be there."""
    scale = min(box.w / picture.width, box.h / picture.height)
    wide, high = round(picture.width * scale), round(picture.height * scale)
    return Box(box.x, box.bottom - high, wide, high)
