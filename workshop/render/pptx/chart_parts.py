"""Looks of native charts: lines, fills, markers and text."""

from __future__ import annotations

from msgspec import Struct

from workshop.charts.geometry import TINT, TINT_SHARE
from workshop.render.office_xml import Element, el
from workshop.render.pptx.color import SLOT, color, fill
from workshop.render.pptx.text import written_size

EMU_PER_POINT = 12_700
CATEGORY_AXIS, VALUE_AXIS = FIRST_AXES = (111, 112)
SECOND_AXES = (113, 114)
AXIS_WEIGHT, GRID_WEIGHT, REFERENCE_WEIGHT = 1.25, 0.75, 1.75


class Pen(Struct, frozen=True):
    """The language of the words, the deck's typeface, and how many times smaller it is written."""

    language: str
    font: str
    narrowing: float = 1.0


def shape(ground: str = "", outline: str = "", weight: float = 1.0, dash: str = "", pattern: str = "") -> Element:
    """Return ``c:spPr``: a fill (solid, or a pattern on the background) and a line, both by colour role, "" for none."""
    return el("c:spPr", _pattern(ground, pattern) if pattern else fill(ground), _line(outline, weight, dash))


def stroke(role: str, weight: float, dash: str = "", *, cap: str = "rnd") -> Element:
    """Return ``c:spPr`` of just a line; role "" hides it."""
    return el("c:spPr", _line(role, weight, dash, cap))


def _line(role: str, weight: float, dash: str, cap: str = "rnd") -> Element:
    if not role:
        return el("a:ln", el("a:noFill"))
    dashes = el("a:prstDash", val=dash) if dash and dash != "solid" else None
    return el("a:ln", fill(role), dashes, el("a:round"), w=round(weight * EMU_PER_POINT), cap=cap)


def _pattern(role: str, preset: str) -> Element:
    if preset == TINT:
        return el("a:solidFill", el("a:schemeClr", el("a:alpha", val=round(TINT_SHARE * 100_000)), val=SLOT[role]))
    return el("a:pattFill", el("a:fgClr", color(role)), el("a:bgClr", color("bg")), prst=preset)


def marker(symbol: str, size: int, role: str) -> Element:
    """Return ``c:marker``; "none" hides it."""
    if symbol == "none":
        return el("c:marker", el("c:symbol", val="none"))
    return el("c:marker", el("c:symbol", val=symbol), el("c:size", val=min(max(size, 2), 72)), shape(role, role, 1.5))


def text_look(pen: Pen, size: float, role: str, *, bold: bool = False) -> Element:
    """Return ``c:txPr``: size, colour and weight of texts that the chart generates; they are never rotated."""
    look = run_look("a:defRPr", pen, size, role, bold=bold)
    body = el("a:bodyPr", rot="0", vert="horz", wrap="none")
    end = el("a:endParaRPr", lang=pen.language)
    return el("c:txPr", body, el("a:lstStyle"), el("a:p", el("a:pPr", look), end))


def run_look(tag: str, pen: Pen, size: float, role: str, *, bold: bool = False, lang: str | None = None) -> Element:
    """Return ``a:rPr`` or ``a:defRPr``: size, colour, weight and typeface of words, and their language."""
    return el(
        tag, fill(role), el("a:latin", typeface=pen.font), sz=written_size(size, pen.narrowing), b=bold, lang=lang
    )
