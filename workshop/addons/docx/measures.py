"""Sizes of an editable document: as on the printed page, where the same names are in ``templates/tokens.typ``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workshop.fonts import ATKINSON, FIRA_SANS
from workshop.render.print.print_fonts import READING_FACE, TEXT_FACE

PAPERS = {"a4": (210.0, 297.0), "us-letter": (215.9, 279.4)}  # mm
POINT = 25.4 / 72  # mm


class Measures(Struct, frozen=True, kw_only=True):
    """Text sizes and line heights in points, everything else in mm.

    Attributes:
        paper: name of the paper, as the templates have it.
        face: typeface, with its regular and bold file.
        body, small, caption, h1, h2: text sizes.
        lead, small_lead: line heights.
        pitch: from one answer line to the next.
        cell: least height of a row to write in.
        rail: column of the task numbers.
        left, right, top, bottom: margins.
        head: from the edge to the text of a header.
        asked: space above a heading of the second level: a task, a question of the quiz.
        pad: space above and below the text of a cell.
        capitals: whether the line above a title is in capitals.
    """

    paper: str = "a4"
    face: str = TEXT_FACE
    files: tuple[Path, Path] = (FIRA_SANS / "FiraSans-Regular.ttf", FIRA_SANS / "FiraSans-Bold.ttf")
    body: float = 10.5
    lead: float = 13.4
    small: float = 9.5
    small_lead: float = 12.0
    caption: float = 8.5
    h1: float = 23.0
    h2: float = 13.5
    pitch: float = 7.5
    cell: float = 7.0
    rail: float = 10.0
    left: float = 20.0
    right: float = 20.0
    top: float = 13.0
    bottom: float = 15.0
    head: float = 8.0
    asked: float = 3.6
    pad: float = 0.6
    capitals: bool = True

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of the paper."""
        return PAPERS[self.paper]

    @property
    def text(self) -> float:
        """Width between the margins."""
        return self.page[0] - self.left - self.right


_READING = {
    "face": READING_FACE,
    "files": tuple(ATKINSON / f"AtkinsonHyperlegible-{weight}.ttf" for weight in ("Regular", "Bold")),
    "rail": 0.0,
    "capitals": False,
}
_PROFILES: dict[str, dict[str, Any]] = {
    "standard": {},
    "large": _READING
    | {"body": 17.0, "lead": 23.4, "small": 16.0, "small_lead": 21.3, "caption": 16.0, "h1": 32.0, "h2": 21.0}
    | {"pitch": 14.0, "cell": 14.0, "bottom": 22.0},
    "dyslexia": _READING
    | {"body": 13.0, "lead": 19.5, "small": 12.0, "small_lead": 18.0, "caption": 12.0, "h1": 28.0, "h2": 18.0}
    | {"pitch": 9.5, "cell": 10.5, "left": 25.0, "right": 40.0, "bottom": 20.0},
}


def measures_of(profile: str, paper: str) -> Measures:
    """Return the measures for participants, in a reading profile."""
    return replace(Measures(paper=paper), **_PROFILES[profile])


def desk_measures(paper: str) -> Measures:
    """Return the measures for what only the facilitator reads."""
    return Measures(
        paper=paper, body=10.0, lead=13.4, small=9.5, small_lead=12.2, h1=24.0, h2=13.5, pitch=8.0, cell=6.6
    )


def guide_measures(paper: str) -> Measures:
    """Return the measures for the guide, whose text has no column of numbers."""
    guide = replace(
        desk_measures(paper),
        rail=0.0,
        pad=0.25,
        small=9.0,
        small_lead=11.0,
        h1=22.0,
        h2=12.0,
        asked=3.0,
        top=12.0,
        bottom=13.0,
    )
    # Letter is shorter than A4, and the parts should still end on the same pages
    return replace(guide, small=8.6, small_lead=10.2, top=10.0, bottom=12.0) if paper == "us-letter" else guide


def key_measures(paper: str, *, asked: float = 3.2) -> Measures:
    """Return the measures for a key, which has a black band at its head."""
    desk = desk_measures(paper)
    return replace(desk, top=26.0, bottom=14.0, head=4.0, lead=13.0, small=9.2, small_lead=11.6, asked=asked)


@cache
def _font(file: Path) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(file), 1000)


def width_of(text: str, size: float, measures: Measures, *, bold: bool = False) -> float:
    """Return the width of a row of text in mm.

    Args:
        text: the text.
        size: its size in points.
        measures: names the typeface.
        bold: whether it is bold.
    """
    return float(_font(measures.files[bold]).getlength(text)) / 1000 * size * POINT
