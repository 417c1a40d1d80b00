"""Widths and heights of text, measured with HarfBuzz to match how viewers lay it out.

Lines break at spaces, also those without width, and after hyphens, between East Asian characters, and anywhere as a last resort;
the line pitch is 1.2 times the size. Lengths are in points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from workshop.kept import kept
from workshop.limits import work
from workshop.model.blocks import Line, Runs
from workshop.model.formula import (
    BIG,
    FUNCTION,
    INTEGRALS,
    LETTER,
    NUMBER_SIGN,
    OPERATOR,
    SPACE,
    TEXT,
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
)
from workshop.model.theme import EMU_PER_POINT, Placeholder, Theme, inches

# ---------------------------------------------------------------- formulas
# The room that a formula needs, estimated from its tree, in multiples of its size.
#
# Programs set equations in their own typefaces, so the estimate is a little generous: what fits here fits there, too.
SMALL, SMALLEST = 0.72, 0.55  # size of an index, and of an index of an index
UP, DOWN, AXIS = 0.84, 0.3, 0.25  # of a letter above and below the baseline; of a bar above it
LEADING = 0.34  # space between the rows of a matrix, and of lines
WIDTHS = {LETTER: 0.58, NUMBER_SIGN: 0.54, OPERATOR: 0.92, FUNCTION: 0.54, TEXT: 0.54}
AROUND = {OPERATOR: 0.6, FUNCTION: 0.18, BIG: 0.2}
LARGE = {True: (0.62, 1.35, 0.9), False: (1.1, 1.05, 0.6)}  # integrals and other large signs: width, above, below


class Extent(Struct, frozen=True):
    """Width, and heights above and below the baseline."""

    width: float
    up: float = UP
    down: float = DOWN

    @property
    def height(self) -> float:
        """Everything from top to bottom."""
        return self.up + self.down

    def at(self, scale: float) -> Extent:
        """Return it in another size."""
        return Extent(self.width * scale, self.up * scale, self.down * scale)


@lru_cache(maxsize=1_000)
def extent(formula: Formula) -> Extent:
    """Return the room for a formula in a line of its own, or in a line of text."""
    found = _row(formula.body, large=formula.display, level=0)
    return Extent(found.width + 0.2, found.up, found.down)


def _scale(level: int) -> float:
    return (1.0, SMALL / 1.0, SMALLEST / SMALL)[min(level, 2)]


def _row(row: Row, *, large: bool, level: int) -> Extent:
    found = [_node(part, large=large, level=level) for part in row.parts]
    if not found:
        return Extent(0.2)
    return Extent(sum(e.width for e in found), max(e.up for e in found), max(e.down for e in found))


def _inner(row: Row | None, level: int) -> Extent:
    """Return an index or a limit, in its smaller size."""
    if row is None:
        return Extent(0, 0, 0)
    return _row(row, large=False, level=level + 1).at(_scale(level + 1))


def _node(node: Node, *, large: bool, level: int) -> Extent:
    match node:
        case Sign():
            return _sign(node, large=large)
        case Row():
            return _row(node, large=large, level=level)
        case Script():
            return _script(node, large=large, level=level)
        case Fraction():
            return _fraction(node, large=large, level=level)
        case Root(inside, degree):
            own = _row(inside, large=large, level=level)
            return Extent(own.width + 0.95 + (0.2 if degree is not None else 0), own.up + 0.2, own.down + 0.05)
        case Fenced(left, inside, right):
            own = _row(inside, large=large, level=level)
            return Extent(own.width + 0.5 * (bool(left) + bool(right)), own.up + 0.1, own.down + 0.1)
        case Accent(_, inside):
            own = _row(inside, large=large, level=level)
            return Extent(own.width + 0.05, own.up + 0.22, own.down)
        case Brace(inside, above):
            own = _row(inside, large=large, level=level)
            return Extent(own.width, own.up + 0.4 * above, own.down + 0.4 * (not above))
        case Grid():
            return _grid(node, level)


def _sign(sign: Sign, *, large: bool) -> Extent:
    if sign.kind == SPACE:
        return Extent(1.05 * len(sign.text) - 0.8)
    if sign.kind == BIG:
        width, up, down = LARGE[sign.text in INTEGRALS]
        scale = 1.0 if large else 0.75
        return Extent((width + AROUND[BIG]) * scale, up * scale, down * scale)
    wide = sum(
        1.0 if "\u1100" <= c <= "\uffef" and not "\u2000" <= c <= "\u2bff" else 0.25 if c.isupper() else 0.0
        for c in sign.text
    )
    each = WIDTHS.get(sign.kind, 0.5)
    return Extent(each * len(sign.text) + wide + AROUND.get(sign.kind, 0.0))


def _script(node: Script, *, large: bool, level: int) -> Extent:
    base = _node(node.base, large=large, level=level)
    sub, sup = _inner(node.sub, level), _inner(node.sup, level)
    sign = node.base.text if isinstance(node.base, Sign) and node.base.kind == BIG else ""
    if node.stacked or (sign and large and sign not in INTEGRALS):
        width = max(base.width, sub.width, sup.width)
        above = base.up + (sup.height + 0.1 if sup.height else 0)
        return Extent(width, above, base.down + (sub.height + 0.1 if sub.height else 0))
    return Extent(
        base.width + max(sub.width, sup.width) + 0.06,
        max(base.up, base.up - 0.35 + sup.height) if sup.height else base.up,
        max(base.down, base.down - 0.15 + sub.height) if sub.height else base.down,
    )


def _fraction(node: Fraction, *, large: bool, level: int) -> Extent:
    inside = level if large else level + 1
    scale = 1.0 if large else _scale(level + 1)
    above, below = (_row(row, large=False, level=inside).at(scale) for row in (node.above, node.below))
    brackets = 0.0 if node.bar else 0.9
    return Extent(max(above.width, below.width) + 0.3 + brackets, AXIS + 0.1 + above.height, 0.1 - AXIS + below.height)


def _grid(node: Grid, level: int) -> Extent:
    cells = [[_row(cell, large=node.kind == "lines" and not level, level=level) for cell in line] for line in node.rows]
    columns = max(map(len, cells))
    gap = 0.1 if node.kind == "lines" else 1.2
    widths = [max((line[k].width for line in cells if k < len(line)), default=0.0) for k in range(columns)]
    height = sum(max((e.height for e in line), default=1.0) for line in cells) + LEADING * (len(cells) - 1)
    around = 0.6 * (bool(node.left) + bool(node.right))
    return Extent(sum(widths) + gap * (columns - 1) + around, AXIS + height / 2, height / 2 - AXIS)


# ---------------------------------------------------------------- measure
PITCH = 1.2
MONO_ADVANCE = 0.6  # Courier New, Liberation Mono: every glyph
SLACK = 0.995  # viewers differ in kerning; a line that just fits here must fit there too
MOST_KEPT = 100_000  # words and rows of the last paragraphs
SECOND_LEVEL_STEP = 4
SMALLEST_STEP = 18
SECOND_LEVEL_BEFORE = 4.0
BLOCK_INDENT, NUMBER_INDENT, NEXT_INDENT = inches(0.34), inches(0.5), inches(0.3)
BELOW_INDENT = inches(0.56)  # a list in a list begins right of the text that it belongs to
SIGN_INDENT = inches(0.72)  # of a list whose numbers have brackets or are letters

_WIDE = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_TOKEN = re.compile(rf"[\v\n]|[ \t]+|[{_WIDE}]|\u200b|(?:[^ \t\v\n\-\u200b{_WIDE}]|-(?=\d))+-*\u200b?|-+\u200b?")


class Style(NamedTuple):
    """The style that a run has from its placeholder; ``track`` in thousandths of the size between letters.

    ``family`` "" is the theme's text typeface.
    """

    bold: bool = False
    mono: bool = False
    track: int = 0
    family: str = ""

    @classmethod
    def of(cls, placeholder: Placeholder) -> Style:
        """Return the style of text in a placeholder."""
        return cls(placeholder.bold, placeholder.mono, placeholder.track, placeholder.family)


PLAIN = Style()


class Token(NamedTuple):
    """A stretch of text that can't be broken.

    Attributes:
        ems: its width in em.
        last: style of its end.
    """

    text: str
    ems: float
    last: Style

    def width(self, size: float) -> float:
        """Return the width in points."""
        return self.ems * size


class TextRow(NamedTuple):
    """One row of a paragraph; ``broken`` if it ends inside a word that is longer than the row."""

    text: str
    width: float
    broken: bool = False


class Measured(Struct, frozen=True):
    """Paragraphs in a box: total height in points and the rows of each paragraph."""

    height: float
    rows: tuple[tuple[TextRow, ...], ...]

    @property
    def width(self) -> float:
        """The widest row."""
        return max((row.width for rows in self.rows for row in rows), default=0.0)

    @property
    def broken(self) -> bool:
        """Whether a word had to be broken."""
        return any(row.broken for rows in self.rows for row in rows)


def indent(line: Line, own: tuple[int, ...] = ()) -> tuple[int, int]:
    """Return a paragraph's left margin, and how far its marker hangs into it, in EMU.

    Args:
        own: margins of a template's levels; a list uses them if they are wider than ours.
    """
    left, hang = _indent(line)
    if own and line.marker != "none":
        left = max(left, own[min(line.level, len(own) - 1)])
    return left, hang


def _indent(line: Line) -> tuple[int, int]:
    if line.marker == "none":
        return left_of(line.level, marked=False), 0
    if line.level:
        return left_of(line.level, marked=True), NEXT_INDENT
    first = NUMBER_INDENT if line.marker in ("number", "letter") else BLOCK_INDENT
    first = SIGN_INDENT if line.style else first
    return first, first


def left_of(level: int, *, marked: bool) -> int:
    """Return where the text of a level begins, in EMU; without a marker it goes on under the text that it belongs to."""
    if marked:
        return BELOW_INDENT + NEXT_INDENT * level
    return (0, BLOCK_INDENT)[level] if level < 2 else BELOW_INDENT + NEXT_INDENT * (level - 1)


def level_size(size: float, level: int) -> float:
    """Return the size of a level: each level is 4 pt smaller, but not below 18 pt."""
    return size if level == 0 else min(size, max(SMALLEST_STEP, size - SECOND_LEVEL_STEP))


class Ruler:
    """Measures text in a theme's fonts, and caches every shaped word.

    Args:
        theme: the theme, whose ``measure_fonts`` are read on first use.
    """

    def __init__(self, theme: Theme) -> None:
        self._files, self._scale, self._family = theme.measure_fonts, theme.measure_scale, theme.font
        self._fonts: dict[tuple[Path, bool], Any] = {}
        faces = (*sorted(self._files.items()), *sorted(self._scale.items()))
        self._ems: dict[tuple[str, bool, str], float] = kept(("widths", faces), dict)
        self._cut: dict[
            tuple[int, Style], tuple[Runs, tuple[Token, ...]]
        ] = {}  # by identity, since runs outlive a layout
        self._broken_into: dict[tuple[int, float, float, Style], tuple[Runs, tuple[TextRow, ...]]] = {}  # likewise
        self._held = 0

    def width(self, text: str, size: float, style: Style = PLAIN) -> float:
        """Return the width of one row of text in points."""
        return self._measured(text, style) * size

    def _measured(self, text: str, style: Style) -> float:
        """Return the width of a stretch of text in em."""
        if style.mono:
            ems = sum(2 * MONO_ADVANCE if _is_wide(c) else MONO_ADVANCE for c in text)
        else:
            ems = self._em(style.family or self._family, style.bold, text)
        return ems + len(text) * style.track / 1000

    def _tokens(self, runs: Runs, style: Style) -> tuple[Token, ...]:
        """Return a paragraph cut where it may break; this is the same for all sizes."""
        key = (id(runs), style)
        if key not in self._cut:
            tokens = tuple(
                Token(word, sum(self._measured(piece, look) for piece, look in pieces), pieces[-1][1])
                for word, pieces in _tokens(runs, style)
            )
            self._make_room(len(tokens))
            self._cut[key] = (runs, tokens)
        return self._cut[key][1]

    def _make_room(self, more: int) -> None:
        """Count the words and rows that are kept, and forget them all before they are too many."""
        self._held += more
        if self._held > MOST_KEPT:
            self._held = more
            self._cut.clear()
            self._broken_into.clear()

    def rows(self, runs: Runs, limit: float, size: float, style: Style) -> tuple[TextRow, ...]:
        """Break one paragraph into rows no wider than ``limit`` points; a size is tried, balanced and used, so they are kept."""
        key = (id(runs), limit, size, style)
        work(3)
        if key not in self._broken_into:
            rows = self._break(runs, limit * SLACK, size, style)
            self._make_room(len(rows))
            self._broken_into[key] = (runs, rows)
        return self._broken_into[key][1]

    def _break(self, runs: Runs, limit: float, size: float, style: Style) -> tuple[TextRow, ...]:
        done: list[TextRow] = []
        text, width, gap_text, gap = "", 0.0, "", 0.0
        tokens = self._tokens(runs, style)
        work(len(tokens) // 2)
        for token in tokens:
            word, advance = token.text, token.width(size)
            if word in "\v\n":
                done.append(TextRow(text, width))
                text, width, gap_text, gap = "", 0.0, "", 0.0
                continue
            if word.isspace():
                gap_text, gap = gap_text + word, gap + advance
                continue
            if text and width + gap + advance > limit:
                done.append(TextRow(text, width))
                text, width, gap_text, gap = "", 0.0, "", 0.0
            text, width, gap_text, gap = text + gap_text + word, width + gap + advance, "", 0.0
            if width > limit and len(text) > 1:
                broken, text, width = self._broken(text, limit, size, token.last)
                done += broken
        return (*done, TextRow(text, width))

    def longest(self, runs: Runs, size: float, style: Style) -> float:
        """Return the width of the widest stretch without a space or a hyphen."""
        tokens = self._tokens(runs, style)
        work(2 + len(tokens) // 2)
        return max((token.width(size) for token in tokens), default=0.0)

    def prose(self, placeholder: Placeholder, lines: Iterable[Line], size: float, width: int | None = None) -> Measured:
        """Measure paragraphs in a placeholder at ``size`` points; ``width``, in EMU, replaces that of its box."""
        style = Style.of(placeholder)
        inner = (placeholder.box.w if width is None else width) - 2 * placeholder.inset
        height, rows = 0.0, []
        for k, line in enumerate(lines):
            left, _ = indent(line, placeholder.indents)
            own = level_size(size, line.level)
            found = self.rows(line.runs, (inner - left) / EMU_PER_POINT, own, style)
            rows.append(found)
            height += len(found) * pitch(own, placeholder.line) + _formulas(line, own, len(found))
            height += before(placeholder, line, k)
        return Measured(height, tuple(rows))

    def _broken(self, word: str, limit: float, size: float, style: Style) -> tuple[list[TextRow], str, float]:
        """Break a word that is longer than the row; return the full rows, the rest, and the width of the rest.

        For each row only about as many letters as fit are measured, so a word of thousands of letters isn't measured again and again.
        """
        rows: list[TextRow] = []
        reach = self._reach(word, limit, size, style)
        while True:
            head = self._head(word, reach, limit, size, style)
            rows.append(TextRow(word[:head], self.width(word[:head], size, style), broken=True))
            word = word[head:]
            reach = self._reach(word, limit, size, style)
            if reach < len(word):
                continue
            width = self.width(word, size, style)
            if width <= limit or len(word) == 1:
                return rows, word, width

    def _reach(self, word: str, limit: float, size: float, style: Style) -> int:
        """Return a number of letters that is certainly too large for a row, or the length of a short word."""
        reach = 16
        while reach < len(word) and self.width(word[:reach], size, style) <= 2 * limit:
            reach *= 2
        return min(reach, len(word))

    def _head(self, word: str, reach: int, limit: float, size: float, style: Style) -> int:
        """Return how many characters of a word that is longer than the row fit on it: at least one."""
        low, high = 1, len(word) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if middle < reach and self.width(word[:middle], size, style) <= limit:
                low = middle
            else:
                high = middle - 1
        return low

    def _em(self, family: str, bold: bool, text: str) -> float:
        known = self._ems.get((family, bold, text))
        if known is None:
            known = self._shape(family, bold, text) * self._scale.get(family, 1.0)
            self._ems[family, bold, text] = known
        return known

    def _shape(self, family: str, bold: bool, text: str) -> float:
        import uharfbuzz as hb

        path = self._files.get((family, bold)) or self._files[self._family, bold]
        if (path, bold) not in self._fonts:
            self._fonts[path, bold] = _font(path, bold)
        font = self._fonts[path, bold]
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(font, buffer, {"kern": True, "liga": True})
        advance = float(sum(p.x_advance for p in buffer.glyph_positions) / font.face.upem)
        # A character that the font lacks comes from another font: one em for East Asian characters, else about 0.6
        missing = [text[g.cluster] for g in buffer.glyph_infos if g.codepoint == 0]
        if not missing:
            return advance
        empty = float(font.get_glyph_h_advance(0) / font.face.upem)
        return advance + sum((1.0 if _is_wide(c) else 0.6) - empty for c in missing)


def _formulas(line: Line, size: float, rows: int) -> float:
    """Return the height in points by which the formulas of a paragraph make its rows higher."""
    found: dict[int, Formula] = {}
    for run in line.runs:  # most lines have none, and this is asked for each size
        if run.formula is not None:
            found[id(run.formula)] = run.formula
    if not found:
        return 0.0
    more = sorted((max(0.0, extent(formula).height - PITCH) for formula in found.values()), reverse=True)
    return size * sum(more[:rows])


def pitch(size: float, line: int) -> float:
    """Return the distance of two rows in points; ``line`` is in percent."""
    return size * PITCH * line / 100


def before(placeholder: Placeholder, line: Line, place: int) -> float:
    """Return the space in points above the paragraph with an index in its box; there is none above the first."""
    if not place:
        return 0.0
    return placeholder.before if line.level == 0 else SECOND_LEVEL_BEFORE


def _font(path: Path, bold: bool) -> Any:
    import uharfbuzz as hb

    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
    font.set_variations({"wght": 700.0 if bold else 400.0})
    return font


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _tokens(runs: Runs, style: Style) -> list[tuple[str, list[tuple[str, Style]]]]:
    """Cut a paragraph where it may break; each token keeps its parts of different styles."""
    text = "".join(run.text for run in runs)
    bounds: list[tuple[int, Style]] = []
    end = 0
    for run in runs:
        end += len(run.text)
        plain = (style.bold or not run.strong) and (style.mono or not run.code)
        look = style if plain else style._replace(bold=style.bold or run.strong, mono=style.mono or run.code)
        bounds.append((end, look))
    if len(runs) == 1:
        return [(word, [(word, bounds[0][1])]) for word in _TOKEN.findall(text)]
    found, at = [], 0
    for match in _TOKEN.finditer(text):
        pieces, start = [], match.start()
        while start < match.end():
            while bounds[at][0] <= start:
                at += 1
            stop = min(bounds[at][0], match.end())
            pieces.append((text[start:stop], bounds[at][1]))
            start = stop
        found.append((match.group(), pieces))
    return found


# ---------------------------------------------------------------- orphans
# Avoiding a last row of one word: non-breaking spaces hold the last words of a paragraph together.
HELD = "\u00a0"
LEAST = 0.25  # share of the width: a shorter last row looks lost
MOST_HELD = 3  # spaces: more would leave a gap in the row before


def without_orphans(ruler: Ruler, placeholder: Placeholder, lines: tuple[Line, ...], size: float) -> tuple[Line, ...]:
    """Return the lines with their last words held together, if that doesn't add a row or leave the row before as short."""

    def rows_of(line: Line) -> Sequence[TextRow]:
        return ruler.prose(placeholder, (line,), size).rows[0]

    return tuple(held_together(line, _limit(placeholder, line), rows_of) for line in lines)


def held_together(line: Line, limit: float, rows_of: Callable[[Line], Sequence[TextRow]]) -> Line:
    """Return one line with its last words held together, under the same conditions.

    Args:
        limit: width of a row in points.
        rows_of: breaks a line into rows.
    """
    rows, best = rows_of(line), line
    if not _is_lost(rows, limit):
        return line
    for count in range(1, MOST_HELD + 1):
        held = _held(line, count)
        if held is None:
            break
        held_rows = rows_of(held)
        if len(held_rows) != len(rows) or any(row.broken for row in held_rows) or _is_short(held_rows[-2], limit):
            break
        best = held
        if not _is_lost(held_rows, limit):
            break
    return best


def _limit(placeholder: Placeholder, line: Line) -> float:
    left, _ = indent(line, placeholder.indents)
    return (placeholder.box.w - 2 * placeholder.inset - left) / EMU_PER_POINT


def _is_lost(rows: Sequence[TextRow], limit: float) -> bool:
    return len(rows) > 1 and _is_short(rows[-1], limit)


def _is_short(row: TextRow, limit: float) -> bool:
    return len(row.text.split()) == 1 or row.width < LEAST * limit


def _held(line: Line, count: int) -> Line | None:
    """Return the line with its last ``count`` spaces made non-breaking; ``None`` if it has too few, or one is in code."""
    spaces = [(k, n) for k, run in enumerate(line.runs) for n, sign in enumerate(run.text) if sign == " "][-count:]
    if len(spaces) < count or any(line.runs[k].code for k, _ in spaces):
        return None
    runs = list(line.runs)
    for k, n in spaces:
        text = runs[k].text
        runs[k] = replace(runs[k], text=text[:n] + HELD + text[n + 1 :])
    return replace(line, runs=tuple(runs))
