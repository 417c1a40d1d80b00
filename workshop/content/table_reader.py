"""Table tokens -> a table block; no cell is dropped silently."""

from __future__ import annotations

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from workshop.content.inline_reader import InlineReader
from workshop.content.prepared import bars_kept
from workshop.content.reading import Reading, check_attributes
from workshop.errors import At
from workshop.model.markup import NO_ATTRS, Inline, TableBlock, Text

_ALIGN = "text-align:"


class TableReader:
    """Reads the tokens of one table, with the caption before or after it."""

    def __init__(self, reading: Reading, inline: InlineReader, tokens: list[Token]) -> None:
        self.reading = reading
        self.inline = inline
        self.tokens = tokens

    def read(self, position: int, at: At, before: Token | None) -> tuple[TableBlock, int]:
        """Return the table whose first row begins at ``position``, and the position after it.

        Args:
            before: inline token of a caption before the table.
        """
        rows: list[tuple[tuple[Inline, ...], ...]] = []
        aligns: list[str] = []
        while (token := self.tokens[position]).type != "table_close":
            if token.type == "tr_open":
                cells: list[tuple[Inline, ...]] = []
                position += 1
                while self.tokens[position].type != "tr_close":
                    opening, inline = self.tokens[position], self.tokens[position + 1]
                    if not rows:
                        aligns.append(str(opening.attrs.get("style", "")).removeprefix(_ALIGN))
                    cells.append(self.inline.read(inline))
                    position += 3
                if token.map and rows:
                    self._check_width(token, token.map[0], len(aligns))
                rows.append(tuple(cells))
            position += 1
        position += 1
        caption, nodes = before, tuple[Inline, ...]()
        if position < len(self.tokens) and self.tokens[position].type == "caption_open":
            caption = self.tokens[position + 1]
            position += 3
            if before is not None:
                nodes = self._second(before, at)
        attrs = NO_ATTRS
        if caption is not None:
            line = caption.map[0] + 1 if caption.map else at.line
            attrs = self.inline.attrs_of(caption, caption.content, line)
            check_attributes(self.reading, "table", attrs, self.reading.at(line))
            nodes += self.inline.read(caption)
        return TableBlock(
            header=rows[0], rows=tuple(rows[1:]), aligns=tuple(aligns), caption=nodes, attrs=attrs, at=at
        ), position

    def _second(self, before: Token, at: At) -> tuple[Inline, ...]:
        """Return the caption before a table that has another one after it; in a kit, that is a mistake."""
        if self.reading.policy.html == "refused":
            self.reading.fault("this table has two captions", at, "keep one of them", "table")
            return ()
        return (*self.inline.read(before), Text(" · ", at))

    def _check_width(self, token: Token, line: int, columns: int) -> None:
        """Report a row with more cells than the header: the parser would drop them."""
        text = self.reading.masked.lines[line].strip()
        if token.level > 2 and not text.startswith("|"):
            return
        cells = escapedSplit(bars_kept(text) if self.reading.habits.pandoc else text)
        found = len(cells) - (cells[0] == "") - (len(cells) > 1 and cells[-1] == "")
        if found > columns:
            message = f"this row has {found} cells, and the header {columns}"
            self.reading.fault(message, self.reading.at(line + 1), r"a bar inside a cell is written \|", "table")
