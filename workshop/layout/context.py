"""The context for every part of the layout: theme, ruler, fixed words, and the report of problems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from workshop.charts.kind import BUILT_IN, Kinds
from workshop.errors import At, Report
from workshop.layout.measure import Ruler
from workshop.layouts import traits
from workshop.model.kit import Line, Slide, StageMark
from workshop.model.stage_pictures import StagePicture
from workshop.model.theme import Theme


class Bet(Struct, frozen=True, kw_only=True):
    """A bet as the slide that answers it shows it: its letters ("ABC"), the place of the right one, and that option's words."""

    letters: str
    right: int
    words: Line


class Desk(Struct, frozen=True, kw_only=True):
    """Shared by all slides of one deck.

    Attributes:
        words: the engine's fixed words in the kit's language.
        marks: stage id -> its number and short name, for tiles of a map.
        targets: ids to which links in the deck may lead.
        kinds: the kinds of chart that exist.
        cover: the picture of the kit's cover.
        tags: slide -> the tag of the exercise that it works on or answers.
        answers: slides that show the answer to an exercise.
        bets: slide -> the bet that it answers.
        talk: whether the deck is made from a single file, where nothing is refused.
        strip: whether the slide that is laid out gets the band that says where the toy stops, if it should have one.
    """

    theme: Theme
    ruler: Ruler
    words: Mapping[str, Any]
    report: Report
    marks: Mapping[str, StageMark] = field(default_factory=dict)
    targets: frozenset[str] = frozenset()
    kinds: Kinds = BUILT_IN
    cover: StagePicture | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    answers: frozenset[str] = frozenset()
    bets: Mapping[str, Bet] = field(default_factory=dict)
    talk: bool = False
    strip: bool = False

    def picture_of(self, slide: Slide) -> StagePicture | None:
        """Return the picture of a slide's stage; of the cover, that of the kit."""
        if "covers" in traits(slide.layout):
            return self.cover
        mark = self.marks.get(slide.stage)
        return mark.picture if mark is not None else None


def place_of(lines: tuple[Line, ...], otherwise: At) -> At:
    """Return the source place of the first line that has one, else ``otherwise``."""
    return next((line.at for line in lines if line.at.path), otherwise)
