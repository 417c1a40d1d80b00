"""Widths and heights of text, measured with HarfBuzz to match how viewers lay it out.

Lines break at spaces and after hyphens, between East Asian characters, and anywhere as a last resort;
the line pitch is 1.2 times the size. Lengths are in points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from workshop.kept import kept
from workshop.layout.formulas import extent
from workshop.model.formulas import Formula
from workshop.model.kit import Line, Runs
from workshop.model.theme import EMU_PER_POINT, Placeholder, Theme, inches

PITCH = 1.2
MONO_ADVANCE = 0.6  # Courier New, Liberation Mono: every glyph
SLACK = 0.995  # viewers differ in kerning; a line that just fits here must fit there too
MOST_KEPT = 100_000  # words and rows of the last paragraphs
SECOND_LEVEL_STEP = 4
SMALLEST_STEP = 18
SECOND_LEVEL_BEFORE = 4.0
BLOCK_INDENT, NUMBER_INDENT, NEXT_INDENT = inches(0.34), inches(0.5), inches(0.3)
SIGN_INDENT = inches(0.72)  # of a list whose numbers have brackets or are letters

_WIDE = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_TOKEN = re.compile(rf"[\v\n]|[ \t]+|[{_WIDE}]|(?:[^ \t\v\n\-{_WIDE}]|-(?=\d))+-*|-+")


class Style(NamedTuple):
    """The style that a run has from its placeholder; ``track`` in hundredths of a point between letters.

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
        pieces: width of each part with the same style: in em, and in points that don't depend on the size.
        last: style of its end.
    """

    text: str
    pieces: tuple[tuple[float, float], ...]
    last: Style

    def width(self, size: float) -> float:
        """Return the width in points."""
        if len(self.pieces) == 1:  # almost always, and this is asked for every word at every size that is tried
            ((ems, track),) = self.pieces
            return ems * size + track
        return sum(ems * size + track for ems, track in self.pieces)


class Row(NamedTuple):
    """One row of a paragraph; ``broken`` if it ends inside a word that is longer than the row."""

    text: str
    width: float
    broken: bool = False


class Measured(Struct, frozen=True):
    """Paragraphs in a box: total height in points and the rows of each paragraph."""

    height: float
    rows: tuple[tuple[Row, ...], ...]

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
        return (BLOCK_INDENT + NEXT_INDENT * (line.level - 1), 0) if line.level else (0, 0)
    if line.level:
        return BLOCK_INDENT + NEXT_INDENT * line.level, NEXT_INDENT
    first = NUMBER_INDENT if line.marker in ("number", "letter") else BLOCK_INDENT
    first = SIGN_INDENT if line.style else first
    return first, first


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
        self._broken_into: dict[tuple[int, float, float, Style], tuple[Runs, tuple[Row, ...]]] = {}  # likewise
        self._held = 0

    def width(self, text: str, size: float, style: Style = PLAIN) -> float:
        """Return the width of one row of text in points."""
        ems, track = self._measured(text, style)
        return ems * size + track

    def _measured(self, text: str, style: Style) -> tuple[float, float]:
        """Return the width of a stretch of text in em, and the part in points that doesn't depend on its size."""
        if style.mono:
            ems = sum(2 * MONO_ADVANCE if _is_wide(c) else MONO_ADVANCE for c in text)
        else:
            ems = self._em(style.family or self._family, style.bold, text)
        return ems, len(text) * style.track / 100

    def _tokens(self, runs: Runs, style: Style) -> tuple[Token, ...]:
        """Return a paragraph cut where it may break; this is the same for all sizes."""
        key = (id(runs), style)
        if key not in self._cut:
            tokens = tuple(
                Token(word, tuple(self._measured(piece, look) for piece, look in pieces), pieces[-1][1])
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

    def rows(self, runs: Runs, limit: float, size: float, style: Style) -> tuple[Row, ...]:
        """Break one paragraph into rows no wider than ``limit`` points; a size is tried, balanced and used, so they are kept."""
        key = (id(runs), limit, size, style)
        if key not in self._broken_into:
            rows = self._break(runs, limit * SLACK, size, style)
            self._make_room(len(rows))
            self._broken_into[key] = (runs, rows)
        return self._broken_into[key][1]

    def _break(self, runs: Runs, limit: float, size: float, style: Style) -> tuple[Row, ...]:
        done: list[Row] = []
        text, width, gap_text, gap = "", 0.0, "", 0.0
        for token in self._tokens(runs, style):
            word, advance = token.text, token.width(size)
            if word in "\v\n":
                done.append(Row(text, width))
                text, width, gap_text, gap = "", 0.0, "", 0.0
                continue
            if word.isspace():
                gap_text, gap = gap_text + word, gap + advance
                continue
            if text and width + gap + advance > limit:
                done.append(Row(text, width))
                text, width, gap_text, gap = "", 0.0, "", 0.0
            text, width, gap_text, gap = text + gap_text + word, width + gap + advance, "", 0.0
            if width > limit and len(text) > 1:
                broken, text, width = self._broken(text, limit, size, token.last)
                done += broken
        return (*done, Row(text, width))

    def longest(self, runs: Runs, size: float, style: Style) -> float:
        """Return the width of the widest stretch without a space or a hyphen."""
        return max((token.width(size) for token in self._tokens(runs, style)), default=0.0)

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

    def _broken(self, word: str, limit: float, size: float, style: Style) -> tuple[list[Row], str, float]:
        """Break a word that is longer than the row; return the full rows, the rest, and the width of the rest.

        For each row only about as many letters as fit are measured, so a word of thousands of letters isn't measured again and again.
        """
        rows: list[Row] = []
        reach = self._reach(word, limit, size, style)
        while True:
            head = self._head(word, reach, limit, size, style)
            rows.append(Row(word[:head], self.width(word[:head], size, style), broken=True))
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
