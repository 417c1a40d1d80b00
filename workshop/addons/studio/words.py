"""The words of a slide as people change them: line by line, without what the kit computes and without marks.

A changed slide is its whole source with some words changed, in a file of an overlay, so that panel, timer and bet stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from workshop.addons.studio.form import refused
from workshop.content.text_lines import lines_of

MARKS = "{}[]<>`$|\\*"
BLOCK = re.compile(r"#|:::|```|~~~|\||[-*+] |\d+[.)] |>|---|===|\*\*\*|!\[")
MOST = 2_000  # characters of a piece


def reworded(source: str, number: int, texts: Sequence[str]) -> str:
    """Return a source with other words in one of its lines; a line that has nothing left is deleted.

    Args:
        texts: for each part of the line that can be changed, what it says now.

    Raises:
        WorkshopError: for words that would be marks, or a line that doesn't exist.
    """
    line = next((line for line in lines_of(source) if line.number == number), None)
    if line is None or len(texts) != len(line.texts):
        raise refused("this slide has changed meanwhile", "open its words again")
    if tuple(texts) == line.texts:
        return source
    for old, new in zip(line.texts, texts, strict=True):
        if len(new) > MOST or not new.isprintable():
            raise refused("these words are too long, or can't be printed", f"at most {MOST:,} characters, in one line")
        for mark in MARKS:
            if new.count(mark) > old.count(mark):
                raise refused(f"'{mark}' would be read as formatting here", "leave it out")
    lines = source.splitlines()
    fixed = [*line.fixed, ""]
    for place, (old, new) in enumerate(zip(line.texts, texts, strict=True)):  # stars around nothing would be shown
        if place and old.strip() and not new.strip() and fixed[place - 1] == fixed[place] == "*" * len(fixed[place]):
            fixed[place - 1] = fixed[place] = ""
    if "".join(texts).strip() or any(fixed):
        pieces = "".join(part for pair in zip(texts, fixed, strict=True) for part in pair).strip()
        if not line.begin.strip() and BLOCK.match(pieces) and not BLOCK.match("".join(line.pieces)):
            raise refused(f"a line that begins with '{pieces[:3]}' would no longer be plain text", "begin with a word")
        lines[number] = line.begin + pieces
    else:
        del lines[number]
    if line.label == "Title" and not "".join(texts).strip():
        raise refused("a slide has a title", "write one")
    return "\n".join(lines).rstrip() + "\n"


def told_lines(source: str) -> list[dict[str, Any]]:
    """Return the lines for the page: of each its label and parts, the fixed ones between the others."""
    return [
        {"line": line.number, "label": line.label, "texts": line.texts, "fixed": line.fixed}
        for line in lines_of(source)
    ]
