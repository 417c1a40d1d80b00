"""Slides made by hand, and what is on their pictures."""

from __future__ import annotations

from lxml import etree

from workshop.fonts import ARIMO
from workshop.layout.laid import LaidOut, LaidSlide
from workshop.layout.measure import Ruler
from workshop.model.blocks import Run
from workshop.model.kit import Kit, Slide, Stage
from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder, Theme, inches
from workshop.render.svg.inks import screen_inks
from workshop.render.svg.pen import Pen
from workshop.render.svg.slide import draw_slide
from workshop.themes.beds import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"
WHOLE = Box(0, 0, inches(40 / 3), inches(7.5))


def theme(*, dark: bool = False, **changes) -> Theme:
    """Return a theme of ours without layouts."""
    settings = {
        "name": "hand-made",
        "dark": dark,
        "colors": DARK if dark else LIGHT,
        "font": "Arial",
        "mono": "Courier New",
        "measure_fonts": {("Arial", bold): ARIMO for bold in (False, True)},
        "width": WHOLE.w,
        "height": WHOLE.h,
        "layouts": {},
    }
    return Theme(**(settings | changes))


def pen(look: Theme | None = None, **changes) -> Pen:
    """Return the means of drawing; a picture's address is its file's name."""
    look = look or theme()
    settings = {
        "ruler": Ruler(look),
        "inks": screen_inks(look),
        "picture": lambda path, _at, _box: path.name,
        "blob": lambda blob, _kind: f"{len(blob)}-bytes",
    }
    return Pen(**(settings | changes))


def place(box: Box = WHOLE, **changes) -> Placeholder:
    """Return a place for the main text."""
    settings = {"idx": 1, "type": "body", "name": "Main", "role": "main", "box": box, "sizes": (24,)}
    return Placeholder(**(settings | changes))


def slide(*items, decor: tuple[Decor, ...] = (), places: tuple[Placeholder, ...] = (), rail: bool = False, **changes):
    """Return a laid-out slide."""
    settings = {"id": "a", "layout": "content", "title": (Run("A"),), "slots": (), "stage": "one"}
    layout = LayoutSpec(role="content", name="Content", type="obj", placeholders=places, decor=decor, rail=rail)
    return LaidSlide(id="a", number=7, slide=Slide(**(settings | changes)), layout=layout, items=items)


def deck(made: LaidSlide, look: Theme | None = None, **changes) -> LaidOut:
    """Return a deck of one slide."""
    settings = {
        "title": "T", "subtitle": "", "occasion": "", "author": "", "licence": "", "language": "en-GB",
        "audience": "general", "audience_title": "", "seed": 0, "people": 20, "paper": "a4",
        "stages": (Stage(id="one", title="One", slides=(made.slide,)),),
    }  # fmt: skip
    return LaidOut(kit=Kit(**(settings | changes)), theme=look or theme(), slides=(made,))


def drawn(*items, look: Theme | None = None, using: Pen | None = None, **changes):
    """Return the root of the picture of a slide with some items."""
    made = slide(*items, **changes)
    laid = deck(made, look)
    return etree.fromstring(draw_slide(using or pen(look), laid, made).encode())


def texts(root) -> list[str]:
    """Return the text of each row."""
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def number(node, key: str) -> float:
    """Return an attribute as a number."""
    return float(node.get(key))
