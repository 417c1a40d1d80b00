"""Looks for slides of a talk with little on them: to the slide's edges, beside a panel, or large in the middle."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from workshop.layouts.declared import Look
from workshop.layouts.grid import HEIGHT, MARGIN, WIDTH, span
from workshop.layouts.parts import SMALL, body, look, source, title
from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder, inches

SAID, SAID_NUMBER, BAR_ALONE, BAR_NUMBER, SPLIT, PHOTO, HALF, CELLS = PLAIN = (
    "said",
    "said-number",
    "bar",
    "bar-number",
    "split",
    "photo",
    "half",
    "cells",
)
MIRRORED = "mirrored"  # the end of the key of a look for languages that are written from right to left
NAMES = frozenset({*PLAIN, *(f"{name}/{MIRRORED}" for name in PLAIN)})
_OF = {"content": (SAID, SAID_NUMBER, SPLIT), "statement": (BAR_ALONE, BAR_NUMBER), "picture": (HALF, CELLS)}
_WHOLE = [f"{role}/{name}" for role, names in _OF.items() for name in names]
KEYS = (*_WHOLE, *(f"{key}/{MIRRORED}" for key in _WHOLE), f"picture/{PHOTO}/{MIRRORED}")
BAR = inches(0.4)  # at the edge of a slide that says something
SAID_X, SAID_W = inches(1.1), WIDTH - MARGIN - inches(1.1)
PANEL = inches(4.4)  # width of the panel that has the title
BESIDE_X = PANEL + inches(0.55)
BESIDE_W = WIDTH - MARGIN - BESIDE_X
SHADE_TOP = inches(4.7)  # where the shade over the foot of a photo begins at the highest
STATEMENT = (140, 120, 104, 96, 88, 80, 72, 66, 60, 54, 48, 44)
FIGURE = (240, 220, 200, 180, 160, 138, 120, 96, 80)
TEXT = (60, 54, 48, 44, 40, 36, 32, 28)
TITLE = (42, 38, 34, 32, 30, 28)
ITEMS = (44, 40, 36, 34, 32, 30, 28, 26, 24, 22, 21, 20, 19, 18)
ON_PHOTO = (40, 36, 32, 28, 24)
DASH_W, DASH_H, OVER_TITLE = inches(0.66), inches(0.08), inches(0.3)  # the mark over a title on a panel
_TOP, _END = inches(0.72), inches(6.35)


def _edge() -> tuple[Decor, ...]:
    return (Decor("rect", Box(0, 0, BAR, HEIGHT), "field"),)


def _label() -> Placeholder:
    """Return the title over something that is said, which is no more than its label."""
    return replace(title(Box(SAID_X, inches(0.62), SAID_W, inches(0.5)), (24, 22, 20, 18)), color="accent", track=0)


def said(spec: LayoutSpec) -> LayoutSpec:
    """Return a few words in the middle of the slide, under their label."""
    text = Box(SAID_X, inches(1.3), SAID_W, inches(4.9))
    words = body(1, "Words", "main", text, TEXT, anchor="ctr", before=18, track=-9)
    return look(spec, "Words", (_label(), words, source(SAID_X, SAID_W)), decor=_edge())


def said_number(spec: LayoutSpec) -> LayoutSpec:
    """Return a number over what it counts, under their label."""
    places = (_label(), *_number(1, inches(1.2), inches(3.3)))
    return look(spec, "Number under a label", (*places, source(SAID_X, SAID_W)), decor=_edge())


def _number(idx: int, top: int, high: int) -> tuple[Placeholder, Placeholder]:
    figure = Box(SAID_X, top, SAID_W, high)
    unit = Box(SAID_X, figure.bottom + inches(0.12), SAID_W, inches(1.5))
    return (
        body(idx, "Figure", "figure", figure, FIGURE, "accent", bold=True, anchor="b", line=80, track=-30),
        body(idx + 1, "Unit", "main", unit, TEXT, bold=True, line=95),
    )


def bar(spec: LayoutSpec) -> LayoutSpec:
    """Return a title that is all there is, as large as it can be."""
    head = title(Box(SAID_X, _TOP, SAID_W, _END - _TOP), STATEMENT)
    place = replace(head, line=95, track=-22, anchor="ctr")
    return look(spec, "Words alone", (place, source(SAID_X, SAID_W)), decor=_edge())


def bar_number(spec: LayoutSpec) -> LayoutSpec:
    """Return a title that is a number, over what it counts."""
    figure, unit = _number(1, inches(0.9), inches(3.5))
    head = replace(figure, idx=0, type="title", role="title", name="Title")
    return look(spec, "Number alone", (head, replace(unit, idx=1), source(SAID_X, SAID_W)), decor=_edge())


def split(spec: LayoutSpec) -> LayoutSpec:
    """Return a title on a panel, with its text beside it."""
    top = inches(1.6)
    head = title(Box(MARGIN, top, PANEL - MARGIN - inches(0.3), _END - top), TITLE)
    text = body(
        1, "Text", "main", Box(BESIDE_X, _TOP, BESIDE_W, _END - _TOP), ITEMS, bullet="block", anchor="ctr", before=34
    )
    decor = (
        Decor("rect", Box(0, 0, PANEL, HEIGHT), "panel"),
        Decor("rect", Box(MARGIN, top - OVER_TITLE, DASH_W, DASH_H), "accent"),
    )
    foot = source(BESIDE_X, BESIDE_W)
    return look(spec, "Title beside text", (head, text, foot), decor=decor)


def photo(spec: LayoutSpec) -> LayoutSpec:
    """Return a photo that fills the slide to its edges, with its title on a shade at the foot."""
    w = span(12)
    head = title(Box(MARGIN, inches(5.0), w, inches(1.6)), ON_PHOTO)
    places = (
        body(2, "Picture", "main", Box(0, 0, WIDTH, HEIGHT), (18,), type="pic"),
        replace(head, color="on_field", anchor="b"),
        body(13, "Caption", "measure", Box(MARGIN, inches(6.62), w, inches(0.36)), SMALL, "on_field"),
        replace(source(), box=Box(MARGIN, inches(7.0), w, inches(0.36)), color="on_field", anchor="t"),
    )
    return look(spec, "Photo", places, rail=False)


def half(spec: LayoutSpec) -> LayoutSpec:
    """Return a title on a field, with a picture over the other half of the slide."""
    middle, w = WIDTH // 2, WIDTH // 2 - MARGIN - inches(0.45)
    top = inches(2.2)
    places = (
        body(2, "Picture", "main", Box(middle, 0, WIDTH - middle, HEIGHT), (18,), type="pic"),
        replace(title(Box(MARGIN, top, w, inches(2.6)), (48, 44, *TITLE)), color="on_field"),
        body(13, "Caption", "measure", Box(MARGIN, inches(5.0), w, inches(1.4)), (24, 22, 20, 18), "on_field"),
        replace(source(MARGIN, w), color="on_field"),
    )
    decor = (
        Decor("rect", Box(0, 0, middle, HEIGHT), "field"),
        Decor("rect", Box(MARGIN, top - OVER_TITLE, DASH_W, DASH_H), "open"),
    )
    return look(spec, "Picture beside its title", places, decor=decor, rail=False)


def cells(spec: LayoutSpec) -> LayoutSpec:
    """Return a title over pictures that go to the edges."""
    return look(spec, "Pictures", (title(Box(MARGIN, inches(0.5), span(12), inches(1.16))), source()), rail=False)


def mirrored(spec: LayoutSpec) -> LayoutSpec:
    """Return a look with left and right exchanged, for a language that is written from right to left."""

    def turned(at: Box) -> Box:
        return Box(WIDTH - at.right, at.y, at.w, at.h)

    return replace(
        spec,
        name=f"{spec.name}, mirrored",
        placeholders=tuple(replace(place, box=turned(place.box)) for place in spec.placeholders),
        decor=tuple(replace(decor, box=turned(decor.box)) for decor in spec.decor),
    )


def looks_for(**looks: Look) -> dict[str, Look]:
    """Return looks by their names, each also mirrored."""
    named = {name.replace("_", "-"): look for name, look in looks.items()}
    return named | {f"{name}/{MIRRORED}": partial(_turned, look) for name, look in named.items()}


def _turned(look: Look, spec: LayoutSpec) -> LayoutSpec:
    return mirrored(look(spec))
