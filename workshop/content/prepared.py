"""What is settled in a text before it is parsed: which tool it was written for, title blocks, markers of lists, examples, cross references.

Every line stays one line, so places stay right. ``Habits`` is what a tool takes for a slide, a note and a mark.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import ascii_lowercase

from msgspec import Struct, field
from msgspec.structs import replace

_FENCE = re.compile(r"[ \t]*(?:>[ \t]?)*(`{3,}|~{3,})")
_PARTS = r"@[\w-]*|#|\d{1,9}|[ivxlcdm]{2,9}|[IVXLCDM]{2,9}|[A-Za-z]"
_MARKER = re.compile(
    rf"([ \t]*(?:>[ \t]?)*)(\((?:{_PARTS})\)|(?:#|[ivxlcdm]{{2,9}}|[IVXLCDM]{{2,9}}|[A-Za-z])[.)])([ \t]+)(?=\S)"
)
_ANY_ITEM = re.compile(r"[ \t]*(?:>[ \t]?)*(?:[-+*]|\d{1,9}[.)])[ \t]")
_EXAMPLE = re.compile(r"`[^`\n]*`|\(@([\w-]+)\)|(?<![\w@\[(])@([\w-]+)")
# a brace doesn't go past the next: a line of braces alone is read once, not once for each brace
_LABEL = re.compile(r"(?:\{[^{}\n]*#|#\|\s*label:\s*)((?:fig|tbl|eq|lst)-[\w-]+)")
_REFERENCE = re.compile(r"`[^`\n]*`|\[-?@((?:fig|tbl|eq|sec|lst)-[\w-]+)\]|(-?)@((?:fig|tbl|eq|sec|lst)-[\w-]*\w)")
_SECTION = re.compile(r"#{1,6}[ \t]+(?![ \t])(.*?)\{[^{}]*#(sec-[\w-]+)")
_FIGURE_DIV = re.compile(r":{3,}[ \t]*\{[^{}]*#(?:fig|tbl)-")
_EQUATION = re.compile(r"(\$\$)[ \t]*\{#eq-[\w-]+\}[ \t]*$")
_HEADING = re.compile(r"#{1,6}[ \t]+(?![ \t])")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}$")
_ID = re.compile(r"\{[^{}]*#([\w-]+)")
_BRACKETS = re.compile(r"\[([^\[\]\n]+)\](?![(\[{:])")
_RULED = re.compile(r"[ \t>]*(?:\|[ \t]*)?:?-+:?[ \t]*\|[ \t:|-]*$")
NAMES = {"fig": "Figure", "tbl": "Table", "eq": "Equation", "lst": "Listing", "sec": "Section"}
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_WHOLE = re.compile(r"`[^`]+`|(?<!\\)\$(?=\S)[^$]*(?<=\S)\$")  # code, or a formula, within a cell
_BAR = re.compile(r"(?<!\\)\|")
# Signs of lists, of references, of tables with bars in cells, of links to headings: most texts have none of them
_SIGNS = (
    re.compile(rf"^{_MARKER.pattern}", re.MULTILINE),
    re.compile(r"@|\{#eq-"),
    re.compile(r"[`$][^`$\n|]*\|[^\n]*\|"),
    _BRACKETS,
)
WIDEST = 9  # digits of a marker that Markdown reads as a number


class Prepared(Struct, frozen=True):
    """A talk's text as it is parsed.

    Attributes:
        styles: line of a list item -> how its number is written: "a.", "(i)", "1)".
    """

    text: str
    styles: Mapping[int, str] = field(default_factory=dict)


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
    plain = list(outside_code(lines))
    styles = _mark_lists(lines, plain) if marked else {}
    if referring:
        _resolve(lines, plain)
    if ruled:
        _keep_bars(lines, plain)
    links = _headings_linked(lines, plain) if linked else ""
    return Prepared("\n".join(lines) + links, styles)


def outside_code(lines: list[str]) -> Iterator[bool]:
    """Yield for each line whether it is outside of fenced code."""
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if not fence:
            fence = mark[1] if mark else ""
            yield not fence
            continue
        yield False
        if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
            fence = ""


# ---------------------------------------------------------------- lists
def _mark_lists(lines: list[str], plain: list[bool]) -> dict[int, str]:
    """Give each item of a list with letters, Roman numbers or brackets a number of the same width; return how it was written."""
    styles: dict[int, str] = {}
    examples: dict[str, int] = {}
    style, before, inside = "", "", False
    for number, line in enumerate(lines):
        blank = not line.strip()
        found = (
            _MARKER.match(line)
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
            lines[number] = _EXAMPLE.sub(shown, line)


# ---------------------------------------------------------------- references
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
    from workshop.content.markdown_file import slug

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


_MARP = re.compile(r"^marp:[ \t]*true\b", re.MULTILINE)
_QUARTO = re.compile(r"^(?:format|execute|project):|^[ \t]+revealjs:", re.MULTILINE)
_XARINGAN = re.compile(r"\bmoon_reader\b")
_LEVEL = re.compile(r"^[ \t]*slide-level:[ \t]*([1-6])\b", re.MULTILINE)
_DIVIDER = re.compile(r"^headingDivider:[ \t]*\[?[\d, ]*([1-6])\b", re.MULTILINE)
_COMMENT = re.compile(r"\s*<!--(.*?)-->", re.DOTALL)
_ANY_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
QUARTO_LEVEL = 2


class Habits(Struct, frozen=True, kw_only=True):
    """The habits of a tool; a kit has pandoc's.

    Attributes:
        name: "pandoc" (also for plain Markdown), "quarto", "marp", "slidev", "remark" (also for xaringan) or "deckset".
        level: level of the headings that begin a slide; 0 to determine it as pandoc does.
        ruled: whether only rules begin slides, apart from headings up to ``level``; then the first heading of a slide is
            its title wherever it stands, and the first slide is the cover.
        comments: what comments are: "notes" (and directives), notes if it is the "last" thing on a slide; "" for nothing.
        pandoc: whether pandoc's marks mean something: lists with letters, drawn tables, TeX, indices, dashes. Otherwise
            GitHub's do: addresses are links, and ``:tada:`` is an emoji.
        breaks: whether a line ends where it is typed to end.
        options: whether the words in a picture's brackets say where and how large it is.
        cells: whether code in braces is run.
        steps: whether lists appear item by item.
    """

    name: str = "pandoc"
    level: int = 0
    ruled: bool = False
    comments: str = ""
    pandoc: bool = True
    breaks: bool = False
    options: bool = False
    cells: bool = False
    steps: bool = False


HABITS: Mapping[str, Habits] = {
    "pandoc": Habits(),
    "quarto": Habits(name="quarto", level=QUARTO_LEVEL, cells=True),
    "marp": Habits(name="marp", ruled=True, comments="notes", pandoc=False, breaks=True, options=True),
    "slidev": Habits(name="slidev", ruled=True, comments="last", pandoc=False),
    "remark": Habits(name="remark", ruled=True, pandoc=False, options=True),
    "deckset": Habits(name="deckset", ruled=True, pandoc=False, breaks=True, options=True),
}
TITLES = {"slidev": "Slidev", "remark": "remark", "deckset": "Deckset"}


def habits_of(front: str, body: str, path: Path, tool: str = "") -> tuple[Habits, str]:
    """Return the habits behind a talk, and the evidence for them in words if it is not in the front matter or the name of the file.

    Args:
        tool: the tool that the user named; "" to find out.
    """
    comment = _COMMENT.match(body)
    said = f"{front}\n{comment[1] if comment else ''}"
    suffix, why = path.suffix.lower(), ""
    if not tool and _MARP.search(said):
        tool = "marp"
    elif not tool and suffix == ".rmd" and _XARINGAN.search(front):
        tool = "remark"
    elif not tool and (_QUARTO.search(front) or suffix == ".qmd"):
        tool = "quarto"
    elif not tool:
        tool, why = _evident(front, body)
    habits = HABITS[tool]
    level = int(found[1]) if (found := (_DIVIDER if tool == "marp" else _LEVEL).search(said)) else habits.level
    if tool == "deckset":
        start = body.lstrip("\n").partition("\n\n")[0]
        level = max(
            (len(marks) for marks in re.findall(r"^slide-dividers:.*?(#{1,6})[ \t]*$", start, re.MULTILINE)), default=0
        )
        habits = replace(habits, steps=bool(re.search(r"^build-lists:[ \t]*true", start, re.MULTILINE)))
    return replace(habits, level=level, cells=habits.cells or suffix == ".rmd"), why


# ---------------------------------------------------------------- evidence
# What a talk has that only one tool knows. Weights are such that one thing alone, which another file may have, too, isn't enough.
_RULE = re.compile(r"---[ \t]*$")
_KEY = re.compile(r"([A-Za-z][\w-]*):(?!//)[ \t]*(.*)$")
_OF_SLIDEV = re.compile(
    "layout|transition|clicks|src|image|hide|disabled|zoom|routeAlias|preload|hideInToc|layoutClass|background|class"
)
_LAYOUTS = re.compile(
    "cover|intro|section|statement|fact|end|quote|center|default|full|none|two-cols.*|image(?:-left|-right)?|iframe.*|[a-z]+-.+"
)
_SWITCH = re.compile("true|false")  # whether a slide of remark is a layout for others
_OF_REMARK = re.compile("class|name|layout|template|exclude|count|background-(?:image|size|color|position)")
_FRONT = re.compile(
    r"^(?:drawings|highlighter|mdc|colorSchema|routerMode|monaco|twoslash|canvasWidth|exportFilename):", re.MULTILINE
)
_OF_DECKSET = re.compile(
    r"(?:autoscale|slidenumbers|build-lists|slide-transition|slidecount|slide-dividers|presenter-notes):"
)
_TOOL_SIGNS: Mapping[str, Sequence[tuple[str, int, re.Pattern[str]]]] = {
    "slidev": (
        ("slots such as ::right::", 2, re.compile(r"^::[\w-]+::[ \t]*$", re.MULTILINE)),
        ("clicks such as <v-click>", 1, re.compile(r"<v-clicks?\b|\bv-clicks?[ >]|^<<< ", re.MULTILINE)),
    ),
    "remark": (
        ("??? before notes", 2, re.compile(r"^\?\?\?[ \t]*$", re.MULTILINE)),
        ("classes such as .left[…]", 1, re.compile(r"(?:^|[\s\[])(?:\.[A-Za-z][\w-]*)+\[(?!\^)", re.MULTILINE)),
    ),
    "deckset": (
        ("^ before notes", 2, re.compile(r"^\^[ \t]*[^\s\[^]", re.MULTILINE)),
        ("commands such as [.autoscale: true]", 2, re.compile(r"^\[\.[\w-]+(?::.*)?\][ \t]*$", re.MULTILINE)),
        ("headings with [fit]", 2, re.compile(r"^#{1,6}[ \t]*\[fit\]", re.MULTILINE)),
        ("pictures with inline or fit", 1, re.compile(r"!\[[^\]]*\b(?:inline|fit|original|filtered)\b[^\]]*\]\(")),
    ),
}
_ODD_LINE = re.compile(r"\^[ \t]+\S|::[\w-]+::[ \t]*$")
_ODD = re.compile(rf"^(?:{_ODD_LINE.pattern}|---[ \t]*\n[A-Za-z][\w-]*:)", re.MULTILINE)
ENOUGH = 2


def _evident(front: str, body: str) -> tuple[str, str]:
    """Return the tool that a talk shows signs of, and the strongest of them in words."""
    if (
        "---" not in body
        and not _TOOL_SIGNS["deckset"][1][2].search(body)
        and not _TOOL_SIGNS["remark"][0][2].search(body)
    ):
        return "pandoc", ""
    lines = _written(body)
    text = "\n".join(lines)
    if not any(map(_RULE.match, lines)):
        return "pandoc", ""
    found: dict[str, list[tuple[int, str]]] = {
        name: [
            (weight * len(hits), _often(words, len(hits)))
            for words, weight, sign in signs
            if (hits := sign.findall(text))
        ]
        for name, signs in _TOOL_SIGNS.items()
    }
    laid, directed = 0, 0
    for _, keys, closed in _headed(lines):
        laid += closed and _is_slidev(keys)
        directed += not (closed and _is_slidev(keys)) and any(map(_OF_REMARK.fullmatch, keys))
    if laid:
        found["slidev"].append((2 * laid, _often("keys between rules", laid)))
    if directed:
        found["remark"].append((2 * directed, _often("keys under rules", directed)))
    if _FRONT.search(front):
        found["slidev"].append((2, "keys of its front matter"))
    first = text.strip("\n").partition("\n\n")[0].split("\n")
    if any(map(_OF_DECKSET.match, first)):
        found["deckset"].append((2, "keys on its first lines"))
    tool = max(found, key=lambda name: sum(weight for weight, _ in found[name]))
    return (tool, max(found[tool])[1]) if sum(weight for weight, _ in found[tool]) >= ENOUGH else ("pandoc", "")


def _often(words: str, times: int) -> str:
    return f"{words}, {times} times" if times > 1 else words


def _is_slidev(keys: Mapping[str, str]) -> bool:
    """Whether keys between two rules are those of a slide in Slidev."""
    if _SWITCH.fullmatch(keys.get("layout", "")) or "template" in keys or "," in keys.get("class", ""):
        return False
    return any(
        _OF_SLIDEV.fullmatch(key) and (key != "layout" or _LAYOUTS.fullmatch(value)) for key, value in keys.items()
    )


def odd_line(body: str) -> int:
    """Return the number of the first line that another tool wouldn't show, in a talk that is read as pandoc's; 0 if there is none."""
    if not _ODD.search(body):
        return 0
    lines = _written(body)
    odd = [number for number, line in enumerate(lines, 1) if _ODD_LINE.match(line)]
    odd += [start + 2 for start, _, closed in _headed(lines) if closed]
    return min(odd, default=0)


def _written(body: str) -> list[str]:
    """Return the lines of a text; those of code and comments are empty."""
    lines = _ANY_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), body).split("\n")
    return [line if plain else "" for line, plain in zip(lines, outside_code(lines), strict=True)]


def _headed(lines: Sequence[str]) -> Iterator[tuple[int, dict[str, str], bool]]:
    """Yield the place of each rule, -1 for the beginning, the keys under it, and whether nothing else comes before the next rule."""
    for start in (-1, *(k for k, line in enumerate(lines) if _RULE.match(line))):
        keys: dict[str, str] = {}
        closed = False
        for line in lines[start + 1 :]:
            if _RULE.match(line):
                closed = True
                break
            if key := _KEY.match(line):
                keys[key[1]] = (key[2] or "").strip()
            elif line.strip() and not (keys and line[:1] in " \t-#"):
                break
        if keys:
            yield start, keys, closed and start >= 0
