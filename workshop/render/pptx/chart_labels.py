"""Labels of native charts: number formats or cells, never typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from uuid import NAMESPACE_OID, uuid5

from msgspec import Struct

from workshop.render.office_xml import Element, el
from workshop.render.pptx.chart_parts import Pen, run_look, shape, text_look
from workshop.wording import formats

# Labels of native charts, none of them typed: a number format prints the value of its point, or a cell of the workbook has the words.
#
# So an edited value changes its label. LibreOffice draws the words of a cell only if the label itself says that it shows a
# range, in an extension of its own.
LONGEST_CODE = 255
MOST_DECIMALS = 4
_LABELS = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
_SHOWN = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
_WIDE = Context(prec=400)  # room for any float written out
_WORDS, _X = "CELLRANGE", "XVALUE"


class Tag(Struct, frozen=True):
    """A label at a point.

    Attributes:
        place: in PowerPoint's terms: "t", "b", "l", "r", "ctr", "outEnd", "inEnd", "inBase".
        move: shift to the right and down, as shares of the chart's width and height.
        code: number format that prints the point's value as ``text``; without one, the text is in a cell.
        across: whether the value is the one along x of a scatter chart.
    """

    index: int
    text: str
    place: str
    size: float
    role: str = "ink"
    bold: bool = False
    move: tuple[float, float] = (0.0, 0.0)
    code: str = ""
    across: bool = False


def code_for(text: str, value: float, *, percent: bool = False) -> str:
    """Return a number format that prints ``value`` as ``text``, with all words around the number; "" if none does.

    Spreadsheets round halves away from zero, as ``formats`` does.

    >>> code_for("0.50 before", 0.5)
    '#,##0.00" before";−#,##0.00" before";#,##0.00" before"'
    """
    found = next(_readings(text, abs(value), percent), None)
    if found is None:
        return ""
    start, end, body, least = found
    before, after = text[:start], text[end:]
    sign = "+" if value > 0 and before.endswith("+") else formats.MINUS if before.endswith(formats.MINUS) else ""
    before = before[: len(before) - len(sign)]
    if least:
        number = f"{_quoted(before)}{body}{_quoted(after)}"
        return _short(f"[>={least:f}]{number};[>0]{_quoted(text)};{number}")
    plus = f"{_quoted(before)}{sign if sign == '+' else ''}{body}{_quoted(after)}"
    minus = f"{_quoted(before)}{formats.MINUS}{body}{_quoted(after)}"
    zero = f"{_quoted(before)}{body}{_quoted(after)}"
    if sign == formats.MINUS and value > 0:
        plus = minus  # the length of a bar that stands for a decrease
    if value < 0 and sign != formats.MINUS:
        minus = f"{_quoted(text[:start])}{body}{_quoted(after)}"
    return _short(f"{plus};{minus};{zero}")


def literal(text: str) -> str:
    """Return a number format that prints ``text``, whatever the value; "" if it is too long for one.

    >>> literal("chance")
    '"chance";"chance";"chance"'
    """
    return _short(";".join([_quoted(text)] * 3))


def _readings(text: str, size: float, percent: bool) -> Iterator[tuple[int, int, str, Decimal | None]]:
    """Yield where a text has a number, the body of its format, and for "<0.01" the least value that is printed in full."""
    sign = "%" if percent else ""
    shown = Decimal(repr(float(size))) * (100 if percent else 1)
    for decimals in range(MOST_DECIMALS, -1, -1):
        last = Decimal(1).scaleb(-decimals)
        body = "#,##0" + ("." + "0" * decimals if decimals else "") + sign
        places = _places(f"{shown.quantize(last, ROUND_HALF_UP, _WIDE):,f}{sign}", text)
        if places:
            yield *places[0 if places[0][0] <= 1 else -1], body, None
        below = _places(f"<{last:f}{sign}", text)
        if below and 0 < shown < last / 2:
            yield *below[0], body, last / (200 if percent else 2)


def _places(number: str, text: str) -> list[tuple[int, int]]:
    """Return where a text has a number that isn't part of a longer one."""
    found = re.finditer(rf"(?<![\d.,]){re.escape(number)}(?![\d%]|[.,]\d)", text)
    return [match.span() for match in found]


def _quoted(text: str) -> str:
    """Return words for a number format."""
    parts = (f'"{part}"' if part else "" for part in text.split('"'))
    return '\\"'.join(parts)


def _short(code: str) -> str:
    return code if len(code) <= LONGEST_CODE else ""


def labels(tags: Sequence[Tag], pen: Pen) -> Element:
    """Return ``c:dLbls`` with only these labels."""
    ours = [_label(tag, pen) for tag in sorted(tags, key=lambda tag: tag.index)]
    return el("c:dLbls", *ours, *_flags(value=False), extended(_LABELS, el("c15:showLeaderLines", val=False)))


def extended(uri: str, child: Element) -> Element:
    """Return a list of extensions with one of them."""
    return el("c:extLst", el("c:ext", child, uri=uri))


def _label(tag: Tag, pen: Pen) -> Element:
    x, y = (round(part, 5) for part in tag.move)
    layout = el("c:layout", el("c:manualLayout", el("c:x", val=x), el("c:y", val=y)) if x or y else None)
    code = el("c:numFmt", formatCode=tag.code, sourceLinked=False) if tag.code else None
    plain = bool(tag.code) and not tag.across
    field = None if plain else _field(tag, pen)
    look = text_look(pen, tag.size, tag.role, bold=tag.bold) if plain else None
    ranged = None if tag.code else extended(_LABELS, el("c15:showDataLabelsRange", val=True))
    place = el("c:dLblPos", val=tag.place)
    return el(
        *("c:dLbl", el("c:idx", val=tag.index), layout, field, code, shape(), look, place),
        *_flags(value=plain),
        ranged,
    )


def _field(tag: Tag, pen: Pen) -> Element:
    """Return ``c:tx`` with one field: the words of the label's cell, or the value along x in the label's format."""
    kind = _X if tag.code else _WORDS
    identity = str(uuid5(NAMESPACE_OID, f"{kind} {tag.index} {tag.text}")).upper()
    look = run_look("a:rPr", pen, tag.size, tag.role, bold=tag.bold, lang=pen.language)
    align = {"r": "l", "l": "r"}.get(tag.place)
    usual = run_look("a:defRPr", pen, tag.size, tag.role, bold=tag.bold)
    field = el("a:fld", look, el("a:t", text=tag.text), id=f"{{{identity}}}", type=kind)
    words = el("a:p", el("a:pPr", usual, algn=align), field)
    return el("c:tx", el("c:rich", el("a:bodyPr", rot="0", vert="horz", wrap="none"), el("a:lstStyle"), words))


def _flags(*, value: bool) -> list[Element]:
    return [el(f"c:show{what}", val=value and what == "Val") for what in _SHOWN]
