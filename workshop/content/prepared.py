"""What is decided in a text before it is parsed: title blocks, markers of lists, examples, cross references."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from string import ascii_lowercase

from msgspec import Struct, field

from workshop.content.list_markers import EXAMPLE, MARKER, mark_lists
from workshop.content.outside_code import outside_code

# a brace doesn't go past the next: a line of braces alone is read once, not once for each brace
_LABEL = re.compile(r"(?:\{[^{}\n]*#|#\|\s*label:\s*)((?:fig|tbl|eq|lst)-[\w-]+)")
_REFERENCE = re.compile(r"`[^`\n]*`|\[-?@((?:fig|tbl|eq|sec|lst)-[\w-]+)\]|(-?)@((?:fig|tbl|eq|sec|lst)-[\w-]*\w)")
_SECTION = re.compile(r"#{1,6}[ \t]+(?![ \t])(.*?)\{[^{}]*#(sec-[\w-]+)")
_FIGURE_DIV = re.compile(r":{3,}[ \t]*\{[^{}]*#(?:fig|tbl)-")
_EQUATION = re.compile(r"(\$\$)[ \t]*\{#eq-[\w-]+\}[ \t]*$")
_HEADING = re.compile(r"#{1,6}[ \t]+(?![ \t])")
_TAKEN = (MARKER, EXAMPLE, _REFERENCE, re.compile(r"\{#eq-[\w-]+\}"))
_ATTRIBUTES = re.compile(r"\{[^{}]*\}$")
_ID = re.compile(r"\{[^{}]*#([\w-]+)")
_BRACKETS = re.compile(r"\[([^\[\]\n]+)\](?![(\[{:])")
_RULED = re.compile(r"[ \t>]*(?:\|[ \t]*)?:?-+:?[ \t]*\|[ \t:|-]*$")
NAMES = {"fig": "Figure", "tbl": "Table", "eq": "Equation", "lst": "Listing", "sec": "Section"}
_WHOLE = re.compile(r"`[^`]+`|(?<!\\)\$(?=\S)[^$]*(?<=\S)\$")  # code, or a formula, within a cell
_BAR = re.compile(r"(?<!\\)\|")
# Signs of lists, of references, of tables with bars in cells, of links to headings: most texts have none of them
_SIGNS = (
    re.compile(rf"^{MARKER.pattern}", re.MULTILINE),
    re.compile(r"@|\{#eq-"),
    re.compile(r"[`$][^`$\n|]*\|[^\n]*\|"),
    _BRACKETS,
)


class Prepared(Struct, frozen=True):
    """A talk's text as it is parsed.

    Attributes:
        styles: line of a list item -> how its number is written: "a.", "(i)", "1)".
        taken: the markers and references that were replaced.
    """

    text: str
    styles: Mapping[int, str] = field(default_factory=dict)
    taken: tuple[str, ...] = ()


def title_block(text: str) -> tuple[str, str] | None:
    r"""Return pandoc's title block as YAML, and the text with its lines emptied; ``None`` if there is none.

    >>> title_block("% A talk\n% Ana; Ben\n\nText")
    ('title: "A talk"\nauthor: ["Ana", "Ben"]', '\n\n\nText')
    """
    if not text.startswith("%"):
        return None
    lines = text.split("\n")
    parts: list[str] = []
    count = 0
    for line in lines:
        if line.startswith("%") and len(parts) < len(("title", "author", "date")):
            parts.append(line[1:].strip())
        elif line.startswith(" ") and parts and line.strip():
            parts[-1] += ("; " if len(parts) == 2 else " ") + line.strip()
        else:
            break
        count += 1
    found = []
    for key, value in zip(("title", "author", "date"), parts, strict=False):
        shown: object = [name.strip() for name in value.split(";") if name.strip()] if key == "author" else value
        found.append(f"{key}: {json.dumps(shown, ensure_ascii=False)}")
    return "\n".join(found), "\n" * count + "\n".join(lines[count:])


def prepared(text: str) -> Prepared:
    """Return a text with markers that Markdown knows, and with its references to examples, figures and headings resolved."""
    marked, referring, ruled, linked = (sign.search(text) is not None for sign in _SIGNS)
    if not (marked or referring or ruled or linked):
        return Prepared(text)
    lines = text.split("\n")
    typed, plain = tuple(lines), list(outside_code(lines))
    styles = mark_lists(lines, plain) if marked else {}
    if referring:
        _resolve(lines, plain)
    if ruled:
        _keep_bars(lines, plain)
    links = _headings_linked(lines, plain) if linked else ""
    changed = (before for before, after in zip(typed, lines, strict=True) if before != after)
    taken = tuple(found[0] for line in changed for sign in _TAKEN for found in sign.finditer(line))
    return Prepared("\n".join(lines) + links, styles, taken)


def _resolve(lines: list[str], plain: list[bool]) -> None:
    """Write the number of a figure, table, equation or listing, or the title of a section, where it is referred to."""
    labels = _labels(lines)
    for number, line in enumerate(lines):
        if not plain[number]:
            continue
        bare = _EQUATION.sub(r"\1", line)
        lines[number] = _REFERENCE.sub(lambda match: _named(match, labels), bare) if "@" in bare else bare


def _keep_bars(lines: list[str], plain: list[bool]) -> None:
    """Escape bars of code and formulas in a table's cells: pandoc doesn't end a cell there."""
    for number, line in enumerate(lines):
        if not (plain[number] and _RULED.match(line)):
            continue
        row = number - 1
        while 0 <= row < len(lines) and lines[row].strip():
            if row != number:
                lines[row] = bars_kept(lines[row])
            row += 1


def bars_kept(line: str) -> str:
    r"""Return the line of a table with the bars of its code and formulas escaped: in talks, they don't end a cell.

    >>> bars_kept("| Bayes | $P(A|B)$ | `x|y` |")
    '| Bayes | $P(A\\|B)$ | `x\\|y` |'
    """
    return _WHOLE.sub(lambda found: _BAR.sub(r"\\|", found[0]), line)


def _labels(lines: list[str]) -> dict[str, str]:
    labels: dict[str, str] = {}
    counts: dict[str, int] = {}
    around, parts = "", 0
    for line in lines:
        if section := _SECTION.match(line):
            labels[section[2]] = f"“{section[1].rstrip()}”"
        for label in _LABEL.findall(line):
            kind = label.partition("-")[0]
            if around and kind == "fig":
                labels.setdefault(label, f"{labels[around]}{ascii_lowercase[parts % 26]}")
                parts += 1
                continue
            if label not in labels:
                counts[kind] = counts.get(kind, 0) + 1
                labels[label] = str(counts[kind])
            if _FIGURE_DIV.match(line):
                around, parts = label, 0
        if line.startswith(":::") and not line.strip(": \t"):
            around = ""
    return labels


def _named(match: re.Match[str], labels: dict[str, str]) -> str:
    label = match[1] or match[3] or ""
    if label not in labels:
        return match[0]
    bare = match[2] == "-" or match[0].startswith("[-")
    return labels[label] if bare else f"{NAMES[label.partition('-')[0]]}\N{NO-BREAK SPACE}{labels[label]}"


def _headings_linked(lines: list[str], plain: list[bool]) -> str:
    """Return definitions for ``[Heading]`` as a link to the slide with that title, to go after the text."""
    wanted = {text for n, line in enumerate(lines) if plain[n] and "[" in line for text in _BRACKETS.findall(line)}
    if not wanted:
        return ""
    from workshop.content.split_slides import slug

    found: dict[str, str] = {}
    for number, line in enumerate(lines):
        title = _title(line) if plain[number] else ""
        if title in wanted:
            own = _ID.search(line)
            found.setdefault(title, own[1] if own else slug(title))
    return "".join(f"\n\n[{text}]: #{name}" for text, name in found.items())


def _title(line: str) -> str:
    """Return the words of a heading, without its attributes; "" for any other line. It takes no more than linear time."""
    begun = _HEADING.match(line)
    return _ATTRIBUTES.sub("", line[begun.end() :].rstrip(" \t")).rstrip(" \t#") if begun else ""


TITLES = {"slidev": "Slidev", "remark": "remark", "deckset": "Deckset", "reveal": "reveal.js"}
