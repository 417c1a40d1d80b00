"""Lines and runs as DrawingML: paragraphs, bullets, highlights, links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workshop.layout.measure import (
    BLOCK_INDENT,
    NEXT_INDENT,
    NUMBER_INDENT,
    PITCH,
    SECOND_LEVEL_BEFORE,
    SIGN_INDENT,
    left_of,
    level_size,
)
from workshop.layout.scene import ON_BLOCK, seen, strong_in
from workshop.model.blocks import Line, Run
from workshop.model.formula import (
    Formula,
)
from workshop.model.theme import Placeholder, Theme
from workshop.render.office_xml import Element, el
from workshop.render.pptx.color import color, fill, highlight
from workshop.render.pptx.omml import math

SHAPES = {"{}.": "Period", "{})": "ParenR", "({})": "ParenBoth"}
LETTERS = {"1": "arabic", "a": "alphaLc", "A": "alphaUc", "i": "romanLc", "I": "romanUc"}
# How a talk writes the numbers of a list -> the name of it; a number with a full stop is written in the deck's own way
STYLES = {
    shape.format(sign): f"{name}{end}"
    for shape, end in SHAPES.items()
    for sign, name in LETTERS.items()
    if (shape, sign) != ("{}.", "1")
}
RAISE = 30_000  # of letters above the line, in thousandths of a percent of their size; below it as much
AIRY = 110  # percent: a pitch above this is written; LibreOffice and PowerPoint differ by as much
SQUARES = re.compile("([\u25a0-\u25ff]+)")  # and other shapes among the letters
DEEPEST = 2  # levels below this one look the same
Linker = Callable[[str], Element | None]


def written_size(size: float, narrowing: float) -> int:
    """Return a size as it is written, in hundredths of a point; a smaller one is rounded down to tenths.

    >>> written_size(32, 1.0), written_size(32, 1.22)
    (3200, 2620)
    """
    return round(size * 100) if narrowing == 1 else int(size / narrowing * 10) * 10


def tightness(pitch: float, narrowing: float) -> int:
    """Return the line pitch in percent with which lines of a typeface are no higher than they were laid out; at most 100.

    Args:
        pitch: line height of the typeface, relative to its size.
    """
    return min(100, round(100 * PITCH * narrowing / pitch))


def type_of(theme: Theme, family: str) -> tuple[float, int]:
    """Return how many times smaller a typeface is written in a client's look, and its line pitch in percent; 1 and 0 in our own."""
    if theme.dress is None:
        return 1.0, 0
    narrowing = theme.dress.narrowing.get(family, 1.0)
    tight = tightness(theme.dress.pitch.get(family, PITCH), narrowing)
    return narrowing, tight if tight < 100 else 0


def unlinked(_target: str) -> None:
    """Make no link, for text that isn't on a slide."""


class Look(Struct, frozen=True, kw_only=True):
    """The surroundings of a run; only what it doesn't inherit is written.

    Attributes:
        size: point size of level one, or ``None`` for the layout's.
        track: space between letters in thousandths of a size that isn't the layout's.
        color: colour role of each run, or "" for the layout's.
        strong_color: colour role of bold words among muted ones; "" for the same as the others.
        face: typeface of all runs; "" for the theme's.
        strike: whether all runs are struck through.
        on_block: whether the text is on a block of colour, where accent and link colours can't be read.
        link_color: colour role of links, where the theme's colour for them can't be read.
        equations: whether formulas are equations, not text.
        narrowing: how many times smaller text is written than it was laid out, since its typeface is wider than Arial.
        tight: line pitch in percent, of a typeface whose lines are higher than it was laid out with; 0 to inherit it.
        squares: typeface of squares to shade, which the deck's own may lack; "" for the same.
        rtl: whether the language is written from right to left; ``ltr`` if it isn't, but its place is.
    """

    language: str
    mono: str
    dark: bool = False
    size: float | None = None
    narrowing: float = 1.0
    tight: int = 0
    track: int = 0
    color: str = ""
    bold: bool = False
    strong_color: str = ""
    on_block: bool = False
    rtl: bool = False
    link: Linker = unlinked
    link_color: str = ""
    face: str = ""
    strike: bool = False
    ltr: bool = False
    equations: bool = False
    squares: str = ""

    def beside_code(self, runs: Iterable[Run], face: str = "+mn-lt") -> Look:
        """Return the look of runs that name their typeface if some of them are code: LibreOffice goes on with that of code."""
        return replace(self, face=self.face or face) if any(run.code for run in runs) else self

    def at_level(self, level: int) -> Look:
        """Return the look of a deeper level."""
        return replace(self, size=level_size(self.size, level)) if level and self.size is not None else self


def bullet(kind: str, start: int = 1, *, plain: bool = False, style: str = "") -> tuple[dict[str, Any], list[Element]]:
    """Return indents and bullet elements for "block", "number", "letter", "dash" or "" (none).

    Args:
        plain: whether the text is on a user's template, where lists have PowerPoint's usual look.
        style: how a number is written: "a.", "(i)"; "" for the deck's own way.
    """
    if plain and kind:
        return _plain_bullet(kind, start, style)
    if kind == "block":
        indent = BLOCK_INDENT
        look = [el("a:buClr", color("accent")), el("a:buSzPct", val=62_000), el("a:buFont", typeface="Arial")]
        look.append(el("a:buChar", char="■"))
    elif kind == "number":
        indent = SIGN_INDENT if style else NUMBER_INDENT
        look = [el("a:buClr", color("accent")), el("a:buSzPct", val=100_000), el("a:buFont", typeface="+mj-lt")]
        scheme = STYLES.get(style, "arabicPlain")
        look.append(el("a:buAutoNum", type=scheme, startAt=start if start > 1 else None))
    elif kind == "dash":
        indent = NEXT_INDENT
        look = [el("a:buClr", color("muted")), el("a:buSzPct", val=100_000), el("a:buFont", typeface="Arial")]
        look.append(el("a:buChar", char="–"))
    else:
        return {"marL": 0, "indent": 0}, [el("a:buNone")]
    return {"marL": indent, "indent": -indent}, look


def _plain_bullet(kind: str, start: int, style: str) -> tuple[dict[str, Any], list[Element]]:
    indent = BLOCK_INDENT if kind in ("block", "dash") else SIGN_INDENT if style else NUMBER_INDENT
    schemes = {"number": "arabicPeriod", "letter": "alphaUcPeriod"}
    if kind in schemes:
        look = [
            el("a:buClrTx"),
            el("a:buSzTx"),
            el("a:buFontTx"),
        ]  # a template's signs may be tiny, pale or from a font of symbols
        scheme = STYLES.get(style, schemes[kind])
        look.append(el("a:buAutoNum", type=scheme, startAt=start if start > 1 else None))
    else:
        look = [el("a:buFont", typeface="Arial"), el("a:buChar", char="•" if kind == "block" else "–")]
    return {"marL": indent, "indent": -indent}, look


def deeper_bullet(level: int) -> tuple[dict[str, Any], list[Element]]:
    """Return indents and a dash for level 1 or 2 of a list."""
    return {"marL": left_of(level, marked=True), "indent": -NEXT_INDENT}, bullet("dash")[1]


def run_properties(run: Run, look: Look, tag: str = "a:rPr") -> Element:
    """Return the properties of a run; only what differs from its surroundings, and the language."""
    shown = seen(run, strong=look.strong_color, on_block=look.on_block)
    linked = bool(run.link and look.link_color and not look.on_block and not run.mark)
    role = look.link_color if linked else shown.role or look.color
    marked = highlight(look.dark and shown.ground == "mark") if shown.ground else None
    face = look.mono if run.code else look.face
    bold = shown.bold or look.bold
    return el(
        tag,
        fill(role) if role else None,
        marked,
        el("a:latin", typeface=face) if face else None,
        el("a:cs", typeface=face)
        if face and not face.startswith("+")
        else None,  # a name of the theme is for Latin letters
        _link(run, look),
        lang=look.language,
        sz=None if look.size is None else written_size(look.size, look.narrowing),
        spc=None if look.size is None or not look.track else spacing(look.track, look.size),
        b=True if bold else None,
        i=True if run.emphasis else None,
        u="sng" if run.underline else None,
        strike="sngStrike" if run.strike or look.strike else None,
        baseline=RAISE * run.script or None,
    )


def spacing(track: int, size: float) -> int:
    """Return the space between letters in hundredths of a point.

    >>> spacing(-30, 80)
    -240
    """
    return round(track * size / 10)


def _link(run: Run, look: Look) -> Element | None:
    link = look.link(run.link) if run.link else None
    if link is not None and (look.on_block or run.mark or look.link_color):
        # the theme's link colour can't be read there, so keep the text's colour
        follow = el("ahyp:hlinkClr", val="tx")
        link.children.append(el("a:extLst", el("a:ext", follow, uri="{A12FA001-AC4F-418D-AE19-62706E023703}")))
    return link


def run_elements(run: Run, look: Look) -> list[Element]:
    """Return ``a:r`` and ``a:br`` elements; a vertical tab or line feed is a soft break, a blank is shown as "?"."""
    text = (run.text.strip() or "?") if run.blank else run.text
    out: list[Element] = []
    for k, piece in enumerate(text.replace("\n", "\v").split("\v")):
        if k:
            out.append(el("a:br", run_properties(run, look)))
        for part in SQUARES.split(piece) if look.squares else [piece]:
            if part:
                own = replace(look, face=look.squares, mono=look.squares) if SQUARES.match(part) else look
                out.append(el("a:r", run_properties(run, own), el("a:t", text=part)))
    return out


def formulas(runs: Sequence[Run]) -> Iterator[tuple[Formula | None, list[Run]]]:
    """Yield runs in groups: those of one formula with it, all others without one."""
    for _, group in groupby(runs, key=lambda run: id(run.formula)):
        part = list(group)
        yield part[0].formula, part


def _elements(formula: Formula | None, runs: Sequence[Run], look: Look) -> list[Element]:
    if formula is None or not look.equations:
        return [element for run in runs for element in run_elements(run, look)]
    return [el("a14:m", math(formula))]


def paragraph(runs: Sequence[Run], look: Look, properties: Element | None = None) -> Element:
    """Return ``a:p`` of some runs."""
    if look.squares:
        if any(SQUARES.search(run.text) for run in runs):
            look = replace(look, face=look.face or "+mn-lt")  # LibreOffice goes on with the typeface of squares
        else:
            look = replace(look, squares="")
    content = [element for whole, part in formulas(runs) for element in _elements(whole, part, look)]
    end = el(
        "a:endParaRPr", lang=look.language, sz=None if look.size is None else written_size(look.size, look.narrowing)
    )
    if look.tight:
        properties = el("a:pPr") if properties is None else properties
        if not any(child.tag == "a:lnSpc" for child in properties.children):
            properties.children.insert(0, el("a:lnSpc", el("a:spcPct", val=look.tight * 1000)))
    if look.rtl:
        properties = el("a:pPr") if properties is None else properties
        properties.attributes["rtl"] = "1"
        if properties.attributes.get("algn", "l") == "l":
            properties.attributes["algn"] = "r"
    elif look.ltr:
        properties = el("a:pPr") if properties is None else properties
        properties.attributes["rtl"] = "0"
        if "algn" not in properties.attributes:
            properties.attributes["algn"] = "l"
    return el("a:p", properties, *content, *([] if content else [end]))


def list_style(lines: Sequence[Line], look: Look) -> Element:
    """Return ``a:lstStyle``: empty, unless equations need the size and the colour that other text has in each run."""
    if not look.equations or (look.size is None and not look.color):
        return el("a:lstStyle")
    return el("a:lstStyle", *(_level(level, look) for level in sorted({min(line.level, DEEPEST) for line in lines})))


def _level(level: int, look: Look) -> Element:
    size = look.at_level(level).size
    color = fill(look.color) if look.color else None
    return el(
        f"a:lvl{level + 1}pPr", el("a:defRPr", color, sz=None if size is None else written_size(size, look.narrowing))
    )


def paragraphs(lines: Sequence[Line], placeholder: Placeholder, look: Look) -> list[Element]:
    """Return the paragraphs of a placeholder; a bullet is written only if it differs from the layout's."""
    out, starts = [], _number_starts(lines)
    for line, start in zip(lines, starts, strict=True):
        level = min(line.level, DEEPEST)
        out.append(paragraph(line.runs, look.at_level(level), _properties(line, level, start, placeholder)))
    return out


def _number_starts(lines: Sequence[Line]) -> list[int]:
    """Return the first number of each numbered line's list; all lines of a list must state the same number."""
    starts: list[int] = []
    open_lists: dict[int, tuple[int, int]] = {}  # level -> first number, next number
    for line in lines:
        open_lists = {level: state for level, state in open_lists.items() if level <= line.level}
        begin, expected = open_lists.pop(line.level, (0, -1))
        if line.marker in ("number", "letter"):
            begin = begin if line.number == expected else line.number
            open_lists[line.level] = (begin, line.number + 1)
        starts.append(begin)
    return starts


def _properties(line: Line, level: int, start: int, placeholder: Placeholder) -> Element | None:
    wanted = {"bullet": "block", "number": "number", "letter": "letter"}.get(line.marker, "")
    if placeholder.idx < 0 and placeholder.bullet and placeholder.home is None:
        return _boxed_properties(line, level, start, wanted, placeholder)
    if placeholder.idx < 0 or placeholder.home is not None:
        return _plain_properties(line, level, start, wanted, placeholder)
    if level == 0:
        if wanted == placeholder.bullet and not line.style and (wanted != "number" or start == placeholder.number_from):
            return None
        indents, look = bullet(wanted, start, style=line.style)
        return el("a:pPr", *look, **indents)
    if wanted == "block" and placeholder.bullet:
        return el("a:pPr", lvl=level)
    indents, look = deeper_bullet(level)
    if wanted == "number":
        look = bullet("number", start, style=line.style)[1]
    elif not wanted:
        indents, look = {"marL": left_of(level, marked=False), "indent": 0}, bullet("")[1]
    return el("a:pPr", *look, **indents, lvl=level)


def _boxed_properties(line: Line, level: int, start: int, wanted: str, placeholder: Placeholder) -> Element:
    """Return the properties of a paragraph in a text box that has our own lists."""
    indents, look = bullet(wanted, start, style=line.style)
    if level:
        indents = deeper_bullet(level)[0]
        look = bullet("dash" if wanted == "block" else wanted, start, style=line.style)[1]
        if not wanted:
            indents = {"marL": left_of(level, marked=False), "indent": 0}
    space = placeholder.before if level == 0 else SECOND_LEVEL_BEFORE
    before = el("a:spcBef", el("a:spcPts", val=round(space * 100)))
    align = placeholder.align if placeholder.align != "l" else None
    return el("a:pPr", before, *look, **indents, lvl=level or None, algn=align)


def _plain_properties(line: Line, level: int, start: int, wanted: str, placeholder: Placeholder) -> Element | None:
    """Return the properties of a paragraph on a template that it doesn't inherit from its place."""
    home = placeholder.home
    if home is not None and home.align == "ctr" and wanted == "block":
        wanted = ""  # in a centred list, each line would have its sign in another place
    inherited = home is not None and (wanted == "block") == bool(home.bullet) and wanted in ("", "block")
    if home is not None and inherited and (wanted or not level):
        return el("a:pPr", lvl=level) if level else None
    indents, look = bullet(wanted, start, plain=True, style=line.style)
    if level and wanted:
        kind = "dash" if wanted == "block" else wanted
        indents, look = deeper_bullet(level)[0], bullet(kind, start, plain=True, style=line.style)[1]
    pitch = el("a:lnSpc", el("a:spcPct", val=90_000)) if home is None and placeholder.line < 100 else None
    if home is None and placeholder.line > AIRY:
        pitch = el("a:lnSpc", el("a:spcPct", val=placeholder.line * 1000))
    between = home is None and placeholder.before
    before = el("a:spcBef", el("a:spcPts", val=round(placeholder.before * 100))) if between else None
    align = placeholder.align if home is None else None
    return el("a:pPr", pitch, before, *look, **indents, lvl=level or None, algn=align)


def look_in(placeholder: Placeholder, look: Look, size: float) -> Look:
    """Return the look of text in a placeholder; ``sizes[0]`` is the layout's own size unless it is a template's."""
    if placeholder.idx < 0 or placeholder.home is not None:
        return _look_on_template(placeholder, look, size)
    return replace(
        look,
        size=None if size == placeholder.sizes[0] else size,
        track=placeholder.track,
        strong_color=strong_in(placeholder, own=True),
        on_block=placeholder.color in ON_BLOCK,
    )


def _look_on_template(placeholder: Placeholder, look: Look, size: float) -> Look:
    """Return the properties that text on a template needs: all in a text box; in a placeholder, those that differ."""
    home = placeholder.home
    inherits = home is not None and home.color == placeholder.color
    return replace(
        look,
        size=None if home is not None and size == home.size else size,
        color="" if inherits else placeholder.color,
        bold=placeholder.bold and not (home is not None and home.bold),
        strong_color=strong_in(placeholder, own=False),
        on_block=placeholder.color in ON_BLOCK,
        face=look.mono if placeholder.mono else "",
        strike=placeholder.strike,
        ltr=home is not None and home.rtl and home.align != "ctr" and not look.rtl,
    )
