"""Runs of text in an editable document: words, tabs, boxes to tick, blanks to fill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE

from workshop.addons.docx.word_xml import Element, el

# Runs of an editable document: looks, blanks, fractions, links, boxes to tick, page numbers.
NO_WIDTH = "\u200b"  # without this at its end, a blank at the end of a line isn't drawn
# most letters of an answer -> width of its blank in mm: in steps, as on paper, so that the width doesn't give it away
ROOMS = {0: 26, 3: 16, 6: 20, 10: 28, 18: 42}
WIDEST = 64
SPACES_PER_MM = 0.8
BOXES = {False: "\u2610", True: "\u2612"}
BOX_FONT = "MS Gothic"  # the font that Word gives its own boxes
# said again in each run: bold from the styles of a paragraph and of its characters would cancel out
WEIGHTS = {"Number": True, "Answer": True, "SlideNumber": True, "Muted": False}
SIGNS = {"code": "Code", "mark": "Marked"}


def run(
    text: str, *, style: str = "", bold: bool | None = None, strike: bool = False, size: float = 0, color: str = ""
) -> Element:
    r"""Return a run; a line feed in the text becomes a line break."""
    bold = WEIGHTS.get(style) if bold is None else bold
    own = el(
        "w:rPr",
        el("w:rStyle", w_val=style) if style else None,
        None if bold is None else el("w:b", w_val=bold),
        el("w:strike") if strike else None,
        el("w:color", w_val=color.lstrip("#").upper()) if color else None,
        el("w:sz", w_val=round(2 * size)) if size else None,
    )
    pieces: list[Element] = []
    for number, line in enumerate(text.split("\n")):
        pieces += [el("w:br")] if number else []
        pieces += [el("w:t", text=line, xml_space="preserve")] if line else []
    return el("w:r", own if len(own) else None, *pieces)


def room_for(letters: int) -> float:
    """Return the width in mm of a blank for an answer of so many letters.

    >>> room_for(0), room_for(2), room_for(11), room_for(30)
    (26, 16, 42, 64)
    """
    return next((width for most, width in ROOMS.items() if letters <= most), WIDEST)


def blank(letters: int) -> Element:
    """Return a blank to write an answer of so many letters into."""
    return run("\u00a0" * round(SPACES_PER_MM * room_for(letters)) + NO_WIDTH, style="Blank")


def tab() -> Element:
    """Return a run with a tab."""
    return el("w:r", el("w:tab"))


def runs_of(runs: Iterable[dict[str, Any]], part: Any, *, key: bool, bold: bool | None = None) -> list[Element]:
    """Return runs of the printed documents' data as elements.

    Args:
        runs: each has a text, the names of its looks, and perhaps a link or the two parts of a fraction.
        part: the part that they are in, which has the links.
        key: whether what is accented is an answer.
        bold: whether all of them are bold.
    """
    return [element for one in runs for element in _run(one, part, key=key, bold=bold)]


def _run(one: dict[str, Any], part: Any, *, key: bool, bold: bool | None) -> Iterator[Element]:
    looks = one["is"]
    if "blank" in looks:
        yield run(one["a"], style="Answer") if key and "a" in one else blank(one.get("room", 0))
        return
    if "over" in one:
        yield _fraction(one["over"])
        return
    accent = "accent" in looks
    style = "Answer" if accent and key else next((name for sign, name in SIGNS.items() if sign in looks), "")
    heavy = True if {"strong", "emphasis", "accent"} & set(looks) else bold
    made = run(one["t"], style="Hyperlink" if "link" in one else style, bold=heavy, strike="strike" in looks)
    if "link" in one:
        link = part.relate_to(one["link"], RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        made = el("w:hyperlink", made, r_id=link)
    yield made


def _fraction(parts: list[str]) -> Element:
    """Return a fraction as an equation that Word can edit, in upright letters."""

    def side(tag: str, text: str) -> Element:
        upright = el("m:rPr", el("m:nor"))
        return el(tag, el("m:r", upright, el("m:t", text=text, xml_space="preserve")))

    return el("m:oMath", el("m:f", side("m:num", parts[0]), side("m:den", parts[1])))


def checkbox(title: str, *, checked: bool = False) -> list[Element]:
    """Return a box that a click ticks, named after its option."""
    state = {
        name: el(f"w14:{name}State", w14_val=f"{ord(BOXES[value]):04X}", w14_font=BOX_FONT)
        for name, value in (("checked", True), ("unchecked", False))
    }
    properties = el(
        "w:sdtPr",
        el("w:alias", w_val=title[:64]) if title else None,
        el("w14:checkbox", el("w14:checked", w14_val=checked), *state.values()),
    )
    shown = el(
        "w:r",
        el("w:rPr", el("w:rFonts", w_ascii=BOX_FONT, w_hAnsi=BOX_FONT, w_eastAsia=BOX_FONT, w_hint="eastAsia")),
        el("w:t", text=BOXES[checked]),
    )
    return [el("w:sdt", properties, el("w:sdtContent", shown))]


def page_field(code: str, shown: str) -> Element:
    """Return a field that Word fills in, such as PAGE; ``shown`` is what it says until then."""
    return el("w:fldSimple", run(shown), w_instr=f" {code} ")


def footer_page(text: str, pages: str, shown: int) -> list[Element]:
    """Return "page x of y" with fields in its places.

    Args:
        text: the fixed text, with {page} and {pages}.
        pages: the field for the number of pages.
        shown: the number of pages that it says until Word has counted them.
    """
    found: list[Element] = []
    rest = text
    for place, code, value in (("{page}", "PAGE", "1"), ("{pages}", pages, str(shown))):
        before, sign, after = rest.partition(place)
        found += [run(before)] if before else []
        found += [page_field(code, value)] if sign else []
        rest = after
    return [*found, run(rest)] if rest else found
