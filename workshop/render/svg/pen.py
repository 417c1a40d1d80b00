"""The context in which slides are drawn, and the elements that every drawing has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol
from xml.sax.saxutils import quoteattr

from msgspec import Struct

from workshop.errors import At
from workshop.layout.measure import Ruler
from workshop.model.theme import EMU_PER_POINT, Box
from workshop.render.formulas import Drawings
from workshop.render.svg.inks import Inks

DASH = (4, 3)  # in widths of the line


class Behind(Protocol):
    """What is behind the slides of each layout."""

    def of(self, pen: Pen, part: str, size: Box) -> str:
        """Return everything behind a slide of the layout in a part of a template."""

    def color(self, part: str, kind: str, idx: int) -> str:
        """Return the colour of text in a placeholder as "#" and six hex digits, or ""."""

    def foot(self, pen: Pen, part: str, kind: str, idx: int, words: str) -> str:
        """Return the words of a footer ("ftr"), of a slide number ("sldNum") or of a date ("dt")."""


def as_it_is(text: str, _at: At) -> str:
    """Return a text unchanged, for a medium that can show everything."""
    return text


class Pen(Struct, frozen=True, kw_only=True):
    """The means of drawing one deck.

    Attributes:
        ruler: measures as the layout did, so that lines break in the same places.
        inks: the colours.
        picture: file, place in the source and box on the slide -> address for ``image``.
        blob: bytes of a picture and their media type -> address for ``image``.
        clean: makes a text ready to be shown, or reports that it can't be.
        faces: typeface of the deck -> list of typefaces for ``font-family``.
        grounds: what a template has behind its slides; ``None`` for our own themes, and where slides are on white paper.
        drawings: the formulas that stand in lines of their own; without it, they are text.
        rtl: whether the deck's language is written from right to left.
        language: in which the numbers of a chart are printed.
        live: whether it is for a page on which things appear click by click, and links lead somewhere.
        covered: the characters that the text typeface has; any other is drawn by itself, in a typeface of its own.
    """

    ruler: Ruler
    inks: Inks
    picture: Callable[[Path, At, Box], str]
    blob: Callable[[bytes, str], str]
    clean: Callable[[str, At], str] = as_it_is
    faces: Callable[[str], str] = str
    covered: frozenset[int] = frozenset()
    grounds: Behind | None = None
    rtl: bool = False
    language: str = "en"
    live: bool = False
    drawings: Drawings | None = None

    def stepped(self, step: int, drawn: str) -> str:
        """Return what appears on a click, as a group."""
        return f'<g data-step="{step}">{drawn}</g>' if self.live and step and drawn else drawn

    def leads(self, link: str) -> str:
        """Return the attribute of something that leads to a slide, or to an address; "" if it leads nowhere."""
        known = link.startswith("#") or (self.live and link.startswith(("http://", "https://", "mailto:", "tel:")))
        return f" data-to={quoteattr(link)}" if known else ""

    def rect(self, box: Box, role: str) -> str:
        """Return a filled rectangle."""
        return f"<rect {place(box)} {self.inks.fill(role)}/>"

    def rects(self, boxes: Iterable[Box], role: str) -> str:
        """Return filled rectangles of one colour as one shape, which takes a third of the room."""
        d = "".join(f"M{pt(b.x)} {pt(b.y)}h{pt(b.w)}v{pt(b.h)}h{pt(-b.w)}z" for b in boxes)
        return f'<path d="{d}" {self.inks.fill(role)}/>' if d else ""

    def line(self, box: Box, role: str, points: float, *, dash: bool = False) -> str:
        """Return a line along the diagonal of a box from its top left corner."""
        ends = f'x1="{pt(box.x)}" y1="{pt(box.y)}" x2="{pt(box.right)}" y2="{pt(box.bottom)}"'
        return f"<line {ends} {self.stroke(role, points, dash=dash)}/>"

    def stroke(self, role: str, points: float, *, dash: bool = False) -> str:
        """Return the attributes of a line."""
        dashed = f' stroke-dasharray="{" ".join(number(part * points) for part in DASH)}"' if dash else ""
        return f'{self.inks.stroke(role)} stroke-width="{number(points)}"{dashed}'


def number(value: float) -> str:
    """Return a number with two decimals at most."""
    return f"{round(value, 2):g}"


def pt(emu: float) -> str:
    """Return a length in EMU as points."""
    return number(emu / EMU_PER_POINT)


def place(box: Box) -> str:
    """Return the attributes of a rectangle's place and size."""
    return f'x="{pt(box.x)}" y="{pt(box.y)}" width="{pt(box.w)}" height="{pt(box.h)}"'


def image(box: Box, address: str, *, crop: bool = False) -> str:
    """Return a picture that fills a box; with ``crop``, what reaches beyond it is cut off."""
    return f'<image {place(box)} preserveAspectRatio="{"xMidYMid slice" if crop else "none"}" href="{address}"/>'


def window(box: Box, address: str, cut: tuple[float, float, float, float]) -> str:
    """Return the part of a picture that is left when shares of it are cut off: left, top, right and foot."""
    left, top, right, foot = cut
    whole = Box(0, 0, round(box.w / (1 - left - right)), round(box.h / (1 - top - foot)))
    moved = Box(round(-left * whole.w), round(-top * whole.h), whole.w, whole.h)
    return f'<svg {place(box)} viewBox="0 0 {pt(box.w)} {pt(box.h)}">{image(moved, address)}</svg>'
