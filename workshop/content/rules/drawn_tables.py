"""Pandoc's grid tables, simple tables and multiline tables, which make the tokens of a pipe table; captions; and lines behind bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from markdown_it.rules_block import StateBlock
from msgspec import Struct

_GRID = re.compile(r"\+(?:[-=:]+\+)+\s*$")
_DASHES = re.compile(r"[ \t]*-{2,}(?:[ \t]+-{2,})+[ \t]*$")
_FULL = re.compile(r"[ \t]*-{5,}[ \t]*$")
_ITEM = re.compile(r"[-+*] ")
TABLE_ENDS = ["paragraph", "blockquote"]

Cells = list[str]


class _Found(Struct, frozen=True):
    """A table: cells of the header and of each row with their first line, alignments, and the line after it."""

    header: Cells
    rows: Sequence[tuple[int, Cells]]
    aligns: Cells
    end: int


def drawn_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match a grid table, a simple table or a multiline table."""
    if state.is_code_block(start_line):
        return False
    lines = _Lines(state, end_line)
    first = lines[start_line]
    found = None
    if first.startswith("+"):
        found = _grid(lines, start_line)
    elif "-" in first or "-" in lines[start_line + 1]:
        found = _simple(lines, start_line) or _multiline(lines, start_line)
    if found is None:
        return False
    if not silent:
        _push(state, start_line, found)
        state.line = found.end
    return True


class _Lines(Struct, frozen=True):
    state: StateBlock
    end: int

    def __getitem__(self, number: int) -> str:
        if number >= self.end:
            return ""
        return self.state.getLines(number, number + 1, self.state.blkIndent, False).expandtabs(4)


def _grid(lines: _Lines, start: int) -> _Found | None:
    if not _GRID.match(lines[start]):
        return None
    edges = [k for k, c in enumerate(lines[start]) if c == "+"]
    header: Cells = []
    rows: list[tuple[int, Cells]] = []
    aligns = _colons(lines[start], edges)
    number, begun, part = start + 1, start + 1, list[str]()
    while (line := lines[number])[:1] in ("|", "+"):
        if not _GRID.match(line):
            part.append(line)
        elif part:
            cells = _cells(part, [(a + 1, b) for a, b in pairwise(edges)])
            if "=" in line and not rows and not header:
                header, aligns = cells, _colons(line, edges)
            else:
                rows.append((begun, cells))
            part, begun = [], number + 1
        number += 1
    if part or not (rows or header):
        return None
    return _Found(header or [""] * (len(edges) - 1), rows, aligns, number)


def _colons(line: str, edges: list[int]) -> Cells:
    found = []
    for a, b in pairwise(edges):
        rule = line[a + 1 : b]
        left, right = rule.startswith(":"), rule.endswith(":")
        found.append("center" if left and right else "right" if right else "left" if left else "")
    return found


def _cells(part: Cells, bounds: list[tuple[int, int]]) -> Cells:
    """Return the text of each cell: its lines joined, items of a list each on a line of its own."""
    found = []
    for a, b in bounds:
        texts = [text for line in part if (text := line[a:b].strip().rstrip("|").strip())]
        items = any(map(_ITEM.match, texts))
        found.append("\\\n".join(_ITEM.sub("• ", text) for text in texts) if items else " ".join(texts))
    return found


def _bounds(dashes: str) -> list[tuple[int, int]]:
    starts = [match.start() for match in re.finditer(r"-+", dashes)]
    starts[0] = 0
    return list(zip(starts, (*starts[1:], 100_000), strict=True))


def _aligned(head: Cells, dashes: str) -> Cells:
    """Return the alignment of each column: where the words of the header are over their dashes."""
    found = []
    for match in re.finditer(r"-+", dashes):
        words = [line[match.start() : match.end()] for line in head if line[match.start() : match.end()].strip()]
        beyond = any(line[match.end() : match.end() + 1].strip() for line in head)
        left = any(word[:1].strip() for word in words)
        right = beyond or any(len(w) == len(match[0]) and w[-1:].strip() for w in words)
        found.append("" if (left and right) or not words else "right" if right else "left" if left else "center")
    return found


def _simple(lines: _Lines, start: int) -> _Found | None:
    headless = bool(_DASHES.match(lines[start]))
    if not headless and not (lines[start].strip() and _DASHES.match(lines[start + 1])):
        return None
    dashes = lines[start] if headless else lines[start + 1]
    bounds = _bounds(dashes)
    number = start + (1 if headless else 2)
    rows: list[tuple[int, Cells]] = []
    while (line := lines[number]).strip() and not _DASHES.match(line):
        rows.append((number, _cells([line], bounds)))
        number += 1
    if not rows or (headless and not _DASHES.match(lines[number])):
        return None
    first = [lines[rows[0][0]]] if headless else [lines[start]]
    header = [""] * len(bounds) if headless else _cells(first, bounds)
    return _Found(header, rows, _aligned(first, dashes), number + bool(_DASHES.match(lines[number])))


def _multiline(lines: _Lines, start: int) -> _Found | None:
    headless = bool(_DASHES.match(lines[start]))
    if not headless and not _FULL.match(lines[start]):
        return None
    number, head = start + (0 if headless else 1), list[str]()
    while lines[number].strip() and not _DASHES.match(lines[number]):
        head.append(lines[number])
        number += 1
    dashes = lines[number]
    if not _DASHES.match(dashes):
        return None
    bounds, rows, part = _bounds(dashes), list[tuple[int, Cells]](), list[str]()
    number += 1
    begun = number
    while number < lines.end and not (_FULL.match(lines[number]) or _DASHES.match(lines[number])):
        if lines[number].strip():
            begun = begun if part else number
            part.append(lines[number])
        elif part:
            rows.append((begun, _cells(part, bounds)))
            part = []
        number += 1
    if number >= lines.end:
        return None
    if part:
        rows.append((begun, _cells(part, bounds)))
    header = _cells(head, bounds) if head else [""] * len(bounds)
    return _Found(header, rows, _aligned(head, dashes), number + 1) if rows else None


def _push(state: StateBlock, start: int, found: _Found) -> None:
    state.push("table_open", "table", 1).map = [start, found.end]
    state.push("thead_open", "thead", 1)
    _row(state, start, found.header, found.aligns, "th")
    state.push("thead_close", "thead", -1)
    state.push("tbody_open", "tbody", 1)
    for line, cells in found.rows:
        _row(state, line, cells, found.aligns, "td")
    state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)


def _row(state: StateBlock, line: int, cells: Cells, aligns: Cells, tag: str) -> None:
    state.push("tr_open", "tr", 1)
    for cell, align in zip(cells, aligns, strict=True):
        token = state.push(f"{tag}_open", tag, 1)
        if align:
            token.attrs = {"style": f"text-align:{align}"}
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = cell, [line, line + 1], []
        state.push(f"{tag}_close", tag, -1)
    state.push("tr_close", "tr", -1)


CAPTION = re.compile(r"(?:[Tt]able:|:(?!:))[ \t]+(?=\S)")
_LINE = re.compile(r"\|(?:[ \t](.*))?$")
_DELIMITER = re.compile(r"[ \t]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\||$)")
CAPTION_ENDS = ["blockquote"]  # the list that also ends tables


def table_caption(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match the caption of the table just read; it ends at the next empty line."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    match = CAPTION.match(state.src, start, state.eMarks[start_line])
    if not match:
        return False
    if silent:
        return state.parentType == "table"
    if not state.tokens or state.tokens[-1].type != "table_close":
        return False
    line = start_line + 1
    while line < end_line and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if any(rule(state, line, end_line, True) for rule in state.md.block.ruler.getRules("paragraph")):
            break
        line += 1
    text = state.getLines(start_line, line, state.blkIndent, False).strip()
    state.line = line
    state.push("caption_open", "caption", 1).map = [start_line, line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = text[match.end() - match.start() :], [start_line, line], []
    inline.meta["cut"] = match[0]
    state.push("caption_close", "caption", -1)
    return True


def line_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match lines that begin with a bar and aren't a table: they stay lines."""
    if state.is_code_block(start_line):
        return False
    lines = _barred(state, start_line, end_line)
    texts = list(islice(lines, 2))  # two lines decide: a table asks this about each of its rows
    if not texts or texts[0].rstrip().endswith("|") or (len(texts) > 1 and _DELIMITER.match(texts[1])):
        return False
    if silent:
        return True
    texts += lines
    line = start_line + len(texts)
    state.push("paragraph_open", "p", 1).map = [start_line, line]
    inline = state.push("inline", "", 0)
    indented = ("\N{NO-BREAK SPACE}" * (len(text) - len(text.lstrip())) + text.strip() for text in texts)
    inline.content, inline.map, inline.children = "\\\n".join(indented), [start_line, line], []
    state.push("paragraph_close", "p", -1)
    state.line = line
    return True


def _barred(state: StateBlock, start_line: int, end_line: int) -> Iterator[str]:
    """Yield the text behind the bar of each line that begins with one."""
    for line in range(start_line, end_line):
        match = _LINE.match(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
        if not match or state.sCount[line] < state.blkIndent:
            return
        yield match[1] or ""
