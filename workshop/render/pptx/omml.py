"""Formulas as Office MathML."""

from __future__ import annotations

from collections.abc import Iterable

from workshop.model.formula import (
    BIG,
    BOLD,
    BOLD_ITALIC,
    BREAK,
    DOUBLE,
    FRAKTUR,
    FUNCTION,
    INTEGRALS,
    LETTER,
    MARK,
    MONO,
    OPERATOR,
    SANS,
    SCRIPT,
    SLANTED,
    SPACE,
    TEXT,
    UPRIGHT,
    Accent,
    Brace,
    Fenced,
    Formula,
    Fraction,
    Grid,
    Node,
    Root,
    Row,
    Script,
    Sign,
    operand,
)
from workshop.render.office_xml import Element, el

# Formulas as Office's own equations (ECMA-376, part 1, section 22.1), which people can edit.
#
# An equation has no properties of its own: size and colour are those of the list style around it, and the typeface is the
# one that a program sets equations in. The standard's schema allows nothing else in a run of an equation on a slide.
NOTHING = "\u2009"  # a thin space where PowerPoint would draw an empty box
_STYLES = {UPRIGHT: "p", SLANTED: "i", BOLD: "b", BOLD_ITALIC: "bi"}
_FACES = {DOUBLE: "double-struck", SCRIPT: "script", FRAKTUR: "fraktur", SANS: "sans-serif", MONO: "monospace"}
_BARS = {"\u0305": "top", "\u0332": "bot"}
_SPACES = {"  ": "\u2003", "   ": "\u2003\u2003", " ": "\u2005"}


def math(formula: Formula) -> Element:
    """Return ``m:oMath``; in a paragraph of its own if the formula stands in a line of its own."""
    whole = el("m:oMath", *_row(formula.body))
    if not formula.display:
        return whole
    return el("m:oMathPara", el("m:oMathParaPr", el("m:jc", m_val="center")), whole)


def _about(tag: str, *children: Element | None) -> Element | None:
    """Return the properties of an element, if there are any."""
    given = [child for child in children if child is not None]
    return el(f"m:{tag}Pr", *given) if given else None


def _run(text: str, *, style: str = "", scr: str = "", words: bool = False) -> Element:
    look = [el("m:nor")] if words else [el("m:scr", m_val=scr)] if scr else []
    if not words and style:
        look.append(el("m:sty", m_val=style))
    shown = el("m:t", text=text)
    if text != text.strip():
        shown.attributes["xml:space"] = "preserve"
    return el("m:r", el("m:rPr", *look) if look else None, shown)


def _in(tag: str, content: Row | Node | None) -> Element:
    """Return an argument; an empty one holds a thin space."""
    if content is None:
        return el(f"m:{tag}")
    row = content if isinstance(content, Row) else Row((content,))
    return el(f"m:{tag}", *(_row(row) or [_run(NOTHING)]))


def _row(row: Row) -> list[Element]:
    out: list[Element] = []
    place, parts = 0, row.parts
    while place < len(parts):
        part = parts[place]
        base = part.base if isinstance(part, Script) else part
        kind = base.kind if isinstance(base, Sign) else ""
        end = operand(parts, place + 1, long=kind == BIG) if kind in (BIG, FUNCTION) else place + 1
        if end > place + 1:
            made = _sum if kind == BIG else _function
            out.append(made(part, Row(parts[place + 1 : end])))
        else:
            out += _node(part)
        place = max(end, place + 1)
    return out


def _sum(part: Node, of: Row) -> Element:
    """Return a sum, a product or an integral with what it is of."""
    base = part.base if isinstance(part, Script) else part
    sub, sup = (part.sub, part.sup) if isinstance(part, Script) else (None, None)
    sign = base.text if isinstance(base, Sign) else ""
    return el(
        "m:nary",
        _about(
            "nary",
            el("m:chr", m_val=sign),
            el("m:limLoc", m_val="subSup" if sign in INTEGRALS else "undOvr"),
            el("m:subHide", m_val="1") if sub is None else None,
            el("m:supHide", m_val="1") if sup is None else None,
        ),
        _in("sub", sub),
        _in("sup", sup),
        _in("e", of),
    )


def _function(part: Node, of: Row) -> Element:
    first = of.parts[0]
    blank = isinstance(first, Sign) and first.kind == SPACE
    inside = Row(of.parts[1:]) if blank and len(of.parts) > 1 else of
    return el("m:func", el("m:fName", *_node(part)), _in("e", inside))


def _node(node: Node) -> list[Element]:
    match node:
        case Sign():
            return [_sign(node)]
        case Row():
            return _row(node)
        case Script():
            return [_script(node)]
        case Fraction(above, below, bar):
            kind = None if bar else el("m:type", m_val="noBar")
            made = el("m:f", _about("f", kind), _in("num", above), _in("den", below))
            return [made if bar else _brackets("(", ")", made)]
        case Root(inside, degree):
            hidden = el("m:degHide", m_val="1") if degree is None else None
            return [el("m:rad", _about("rad", hidden), _in("deg", degree), _in("e", inside))]
        case Fenced(left, inside, right):
            return [_brackets(left, right, *(_row(inside) or [_run(NOTHING)]))]
        case Accent(mark, inside) if mark in _BARS:
            return [el("m:bar", _about("bar", el("m:pos", m_val=_BARS[mark])), _in("e", inside))]
        case Accent(mark, inside):
            return [el("m:acc", _about("acc", el("m:chr", m_val=mark)), _in("e", inside))]
        case Brace():
            return [_brace(node)]
        case Grid():
            return [_grid(node)]


def _sign(sign: Sign) -> Element:
    if sign.kind == TEXT:
        return _words(sign)
    if sign.kind == SPACE:
        return _run(_SPACES.get(sign.text, sign.text))
    if sign.style in _FACES:
        return _run(sign.text, scr=_FACES[sign.style], style="p")
    if sign.style in _STYLES:
        return _run(sign.text, style=_STYLES[sign.style])
    if sign.kind == FUNCTION or (sign.kind in (MARK, OPERATOR) and sign.text.isalpha()):
        return _run(sign.text, style="p")
    if sign.kind == BREAK:
        return _run(NOTHING)
    return _run(sign.text, style="" if sign.kind == LETTER else "p")


def _words(sign: Sign) -> Element:
    words = sign.text or NOTHING
    return _run(words, style=_STYLES[sign.style]) if sign.style in _STYLES else _run(words, words=True)


def _script(node: Script) -> Element:
    base, sub, sup = node.base, node.sub, node.sup
    if node.stacked:
        return _limits(node)
    if sub is not None and sup is not None:
        return el("m:sSubSup", _in("e", base), _in("sub", sub), _in("sup", sup))
    tag, own = ("sSub", sub) if sub is not None else ("sSup", sup)
    return el(f"m:{tag}", _in("e", base), _in(tag[1:].lower(), own))


def _limits(node: Script) -> Element:
    """Return something with signs exactly below and above it."""
    made = _node(node.base) or [_run(NOTHING)]
    for tag, limit in (("limLow", node.sub), ("limUpp", node.sup)):
        if limit is not None:
            made = [el(f"m:{tag}", el("m:e", *made), _in("lim", limit))]
    return made[0]


def _brackets(left: str, right: str, *inside: Element) -> Element:
    ends = el("m:begChr", m_val=left), el("m:endChr", m_val=right)
    return el("m:d", _about("d", *ends), el("m:e", *inside))


def _brace(node: Brace) -> Element:
    sign, side, other = ("⏞", "top", "bot") if node.above else ("⏟", "bot", "top")
    look = el("m:chr", m_val=sign), el("m:pos", m_val=side), el("m:vertJc", m_val=other)
    return el("m:groupChr", _about("groupChr", *look), _in("e", node.inside))


def _grid(node: Grid) -> Element:
    if node.kind == "lines":
        return el("m:eqArr", *(el("m:e", *_aligned(cells)) for cells in node.rows))
    columns = max(map(len, node.rows))
    column = el("m:mc", el("m:mcPr", el("m:count", m_val=columns), el("m:mcJc", m_val=_align(node))))
    rows = [
        el("m:mr", *(_in("e", cell) for cell in (*cells, *[Row(())] * (columns - len(cells))))) for cells in node.rows
    ]
    matrix = el("m:m", _about("m", el("m:plcHide", m_val="1"), el("m:mcs", column)), *rows)
    return _brackets(node.left, node.right, matrix) if node.left or node.right else matrix


def _aligned(cells: Iterable[Row]) -> list[Element]:
    """Return the cells of a line with a sign between them at which lines are aligned."""
    out: list[Element] = []
    for k, cell in enumerate(cells):
        if k:
            out.append(_run("&", style="p"))
        out += _row(cell)
    return out or [_run(NOTHING)]


def _align(node: Grid) -> str:
    return "left" if node.kind == "cases" else "center"
