"""Markers of lists as pandoc reads them: letters, Roman numerals, and numbered examples."""

from __future__ import annotations

import re
from string import ascii_lowercase

_PARTS = r"@[\w-]*|#|\d{1,9}|[ivxlcdm]{2,9}|[IVXLCDM]{2,9}|[A-Za-z]"
MARKER = re.compile(
    rf"([ \t]*(?:>[ \t]?)*)(\((?:{_PARTS})\)|(?:#|[ivxlcdm]{{2,9}}|[IVXLCDM]{{2,9}}|[A-Za-z])[.)])([ \t]+)(?=\S)"
)
_ANY_ITEM = re.compile(r"[ \t]*(?:>[ \t]?)*(?:[-+*]|\d{1,9}[.)])[ \t]")
EXAMPLE = re.compile(r"`[^`\n]*`|\(@([\w-]+)\)|(?<![\w@\[(])@([\w-]+)")
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
WIDEST = 9  # digits of a marker that Markdown reads as a number


def mark_lists(lines: list[str], plain: list[bool]) -> dict[int, str]:
    """Give each item of a list with letters, Roman numbers or brackets a number of the same width; return how it was written."""
    styles: dict[int, str] = {}
    examples: dict[str, int] = {}
    style, before, inside = "", "", False
    for number, line in enumerate(lines):
        blank = not line.strip()
        found = (
            MARKER.match(line)
            if plain[number] and (inside or not before.strip() or before.startswith((":::", "#")))
            else None
        )
        if found and _begins(found, line, inside):
            style, value = _value(found[2], style if inside else "", examples)
            styles[number + 1] = style
            lines[number] = found[1] + _number(value, found[2], style) + found[3] + line[found.end() :]
            inside = True
        elif not blank and not line.startswith((" ", "\t", ">")):
            inside = bool(_ANY_ITEM.match(line)) or (inside and bool(before.strip()))
            style = style if inside else ""
        before = line
    _resolve_examples(lines, plain, examples)
    return styles


def _begins(found: re.Match[str], line: str, inside: bool) -> bool:
    mark = found[2]
    if mark.startswith("(@") or mark == "#." or inside:
        return True
    if len(mark) == 2 and mark[0].isupper() and len(found[3]) < 2:
        return False  # "B. Russell", as pandoc has it
    return not line.startswith("    ")


def _value(mark: str, style: str, examples: dict[str, int]) -> tuple[str, int]:
    """Return how a marker is written, and its number; ``style`` is that of the item before."""
    core = mark.strip("().")
    shape = mark.replace(core, "{}")
    if core.startswith("@"):
        count = max(examples.values(), default=0) + 1
        examples[core[1:] or f" {count}"] = count
        return "(1)", count
    if core == "#":
        return "1.", 1
    if core.isdigit():
        return shape.format("1"), int(core)
    case = "I" if core.isupper() else "i"
    letters = style.strip("().") in ("a", "A")
    if (len(core) > 1 or core.lower() == "i" or style.strip("().") in ("i", "I")) and not (letters and len(core) == 1):
        return shape.format(case), roman(core)
    return shape.format("A" if core.isupper() else "a"), ascii_lowercase.index(core.lower()) + 1


def roman(text: str) -> int:
    """Return the value of a Roman number.

    >>> roman("xiv"), roman("III")
    (14, 3)
    """
    values = [ROMAN[letter] for letter in text.lower()]
    return sum(-v if v < after else v for v, after in zip(values, (*values[1:], 0), strict=True))


def _number(value: int, mark: str, style: str) -> str:
    width = min(len(mark) - 1, WIDEST)
    return f"{value:0{width}d}" + ("." if style.endswith(".") else ")") + " " * (len(mark) - 1 - width)


def _resolve_examples(lines: list[str], plain: list[bool], examples: dict[str, int]) -> None:
    def shown(match: re.Match[str]) -> str:
        name = match[1] or match[2] or ""
        if name not in examples:
            return match[0]
        return f"({examples[name]})" if match[1] else str(examples[name])

    for number, line in enumerate(lines):
        if examples and plain[number] and "@" in line:
            lines[number] = EXAMPLE.sub(shown, line)
