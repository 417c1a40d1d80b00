"""Addresses of the web in a talk, written so that they break over lines where a reader expects it, and never at a hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from workshop.model.blocks import Block, Line, Panel, Prose, Run, Runs, ShownTable
from workshop.model.kit import Slide

MAY_BREAK, HYPHEN = "\u200b", "\u2011"  # a space without width; a hyphen at which no line ends
SHORT = 24  # letters of an address that has room on a line
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_BREAK = re.compile(r"(?<=[?&=])(?=\S)|(?<=/)(?=[^/\s])|(?=\.[^\s.])")


def breakable(text: str) -> str:
    """Return a text whose addresses may break after ``/ ? & =`` and before a full stop.

    >>> breakable("see https://example.org/some-thing?a=1").replace(MAY_BREAK, "|").replace(HYPHEN, "_")
    'see https://|example|.org/|some_thing?|a=|1'
    """

    def broken(found: re.Match[str]) -> str:
        address = found[0]
        return address if len(address) <= SHORT else _BREAK.sub(MAY_BREAK, address).replace("-", HYPHEN)

    return _ADDRESS.sub(broken, text)


def with_breaks(slide: Slide) -> Slide:
    """Return a slide whose long addresses may break; the very same if it has none."""
    slots = tuple((role, _blocks(blocks)) for role, blocks in slide.slots)
    source = slide.source
    if source is not None and (text := breakable(source.text)) != source.text:
        slide = replace(slide, source=replace(source, text=text))
    same = all(a is b for (_, a), (_, b) in zip(slots, slide.slots, strict=True))
    return slide if same else replace(slide, slots=slots)


def _blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    found = tuple(map(_block, blocks))
    return blocks if all(a is b for a, b in zip(found, blocks, strict=True)) else found


def _block(block: Block) -> Block:
    if isinstance(block, Prose):
        lines = tuple(map(_line, block.lines))
        return block if _same(lines, block.lines) else Prose(lines)
    if isinstance(block, Panel):
        inner = _blocks(block.blocks)
        return block if inner is block.blocks else replace(block, blocks=inner)
    if isinstance(block, ShownTable):
        rows = tuple(tuple(map(_runs, row)) for row in block.rows)
        return block if all(map(_same, rows, block.rows)) else replace(block, rows=rows)
    return block


def _same(one: Iterable[object], other: Iterable[object]) -> bool:
    return all(a is b for a, b in zip(one, other, strict=True))


def _line(line: Line) -> Line:
    runs = _runs(line.runs)
    return line if runs is line.runs else replace(line, runs=runs)


def _runs(runs: Runs) -> Runs:
    found = tuple(map(_run, runs))
    return runs if _same(found, runs) else found


def _run(run: Run) -> Run:
    if run.formula is not None or ("://" not in run.text and "www." not in run.text):
        return run
    text = breakable(run.text)
    return run if text == run.text else replace(run, text=text)
