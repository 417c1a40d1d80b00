"""Which tool a talk was written for, by the signs in its text, and the habits of that tool."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from workshop.content.outside_code import outside_code

_MARP = re.compile(r"^marp:[ \t]*true\b", re.MULTILINE)
_QUARTO = re.compile(r"^(?:format|execute|project):|^[ \t]+revealjs:", re.MULTILINE)
_XARINGAN = re.compile(r"\bmoon_reader\b")
_UNSEALED = re.compile(r"^[ \t]*seal:[ \t]*(?:false|no)\b", re.MULTILINE)  # xaringan makes no title slide
_RMARKDOWN = re.compile(r"\b(?:ioslides|slidy|beamer|powerpoint|revealjs|rmdshower|shower)_presentation\b")
_IOSLIDES = re.compile(r"\bioslides_presentation\b")
_LEVEL = re.compile(r"^[ \t]*slide[-_]level:[ \t]*([1-6])\b", re.MULTILINE)
_DIVIDER = re.compile(r"^headingDivider:[ \t]*\[?[\d, ]*([1-6])\b", re.MULTILINE)
_COMMENT = re.compile(r"\s*<!--(.*?)-->", re.DOTALL)
_ANY_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
EMOJI = re.compile(r":[a-z0-9_+-]*[a-z][a-z0-9_+-]*:")  # its name, as GitHub has it
QUARTO_LEVEL = RMARKDOWN_LEVEL = 2


class Habits(Struct, frozen=True, kw_only=True):
    """The habits of a tool; a kit has pandoc's.

    Attributes:
        name: "pandoc" (also for plain Markdown), "quarto", "rmarkdown", "marp", "slidev", "remark" (also for xaringan), "deckset" or "reveal".
        level: level of the headings that begin a slide; 0 to determine it as pandoc does.
        ruled: whether only rules begin slides, apart from headings up to ``level``; then the first heading of a slide is
            its title wherever it stands.
        covered: whether title, authors and date of the front matter make a first slide; otherwise the first slide written is the cover.
        comments: what comments are: "notes" (and directives), notes if it is the "last" thing on a slide, what they say of the "slide"; "" for nothing.
        pandoc: whether pandoc's marks mean something: lists with letters, drawn tables, TeX, indices, dashes. Otherwise
            GitHub's do: addresses are links, and ``:tada:`` is an emoji.
        breaks: whether a line ends where it is typed to end.
        options: whether the words in a picture's brackets say where and how large it is.
        cells: whether code in braces is run.
        steps: whether lists appear item by item.
        tight: whether the signs of a heading need no space after them.
        subtitles: whether a bar in the title of a slide begins its subtitle.
    """

    name: str = "pandoc"
    level: int = 0
    ruled: bool = False
    covered: bool = True
    comments: str = ""
    pandoc: bool = True
    breaks: bool = False
    options: bool = False
    cells: bool = False
    steps: bool = False
    tight: bool = False
    subtitles: bool = False


HABITS: Mapping[str, Habits] = {
    "pandoc": Habits(),
    "quarto": Habits(name="quarto", level=QUARTO_LEVEL, cells=True),
    "rmarkdown": Habits(name="rmarkdown", cells=True),
    "marp": Habits(name="marp", ruled=True, covered=False, comments="notes", pandoc=False, breaks=True, options=True),
    "slidev": Habits(name="slidev", ruled=True, covered=False, comments="last", pandoc=False),
    "remark": Habits(name="remark", ruled=True, covered=False, pandoc=False, options=True, tight=True),
    "deckset": Habits(name="deckset", ruled=True, covered=False, pandoc=False, breaks=True, options=True),
    "reveal": Habits(name="reveal", ruled=True, covered=False, comments="slide", pandoc=False),
}


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
    elif not tool and (_RMARKDOWN.search(front) or suffix == ".rmd"):
        tool = "rmarkdown"
    elif not tool and _OF_REVEAL.search(front):
        tool = "reveal"
    elif not tool:
        tool, why = _evident(front, body)
    habits = HABITS[tool]
    if tool == "remark" and _XARINGAN.search(front):
        habits = replace(habits, covered=not _UNSEALED.search(front))
    if tool == "rmarkdown":
        ioslides = bool(_IOSLIDES.search(front))
        sections = ioslides or "revealjs_presentation" in front
        habits = replace(habits, subtitles=ioslides, level=RMARKDOWN_LEVEL if sections else 0)
    level = int(found[1]) if (found := (_DIVIDER if tool == "marp" else _LEVEL).search(said)) else habits.level
    if tool == "deckset":
        start = body.lstrip("\n").partition("\n\n")[0]
        level = max(
            (len(marks) for marks in re.findall(r"^slide-dividers:.*?(#{1,6})[ \t]*$", start, re.MULTILINE)), default=0
        )
        habits = replace(habits, steps=bool(re.search(r"^build-lists:[ \t]*true", start, re.MULTILINE)))
    return replace(habits, level=level, cells=habits.cells or suffix == ".rmd"), why


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
    "reveal": (
        ("Note: before notes", 2, re.compile(r"^[Nn]otes?:[ \t]*$", re.MULTILINE)),
        ("Note: and words", 1, re.compile(r"^[Nn]otes?:[ \t]+\S", re.MULTILINE)),
        ("four dashes between slides", 2, re.compile(r"^----[ \t]*$", re.MULTILINE)),
    ),
    "deckset": (
        ("^ before notes", 2, re.compile(r"^\^[ \t]*[^\s\[^]", re.MULTILINE)),
        ("commands such as [.autoscale: true]", 2, re.compile(r"^\[\.[\w-]+(?::.*)?\][ \t]*$", re.MULTILINE)),
        ("headings with [fit]", 2, re.compile(r"^#{1,6}[ \t]*\[fit\]", re.MULTILINE)),
        ("pictures with inline or fit", 1, re.compile(r"!\[[^\]]*\b(?:inline|fit|original|filtered)\b[^\]]*\]\(")),
    ),
}
_OF_REVEAL = re.compile(r"^(?:revealOptions|separator|verticalSeparator|notesSeparator):", re.MULTILINE)
BETWEEN = re.compile(r"^<!--[ \t]*(?:s|v|slide|vertical)[ \t]*-->[ \t]*$", re.MULTILINE | re.IGNORECASE)
_OF_A_SLIDE = re.compile(r"<!--\s*\.(?:slide|element):")
_ODD_LINE = re.compile(r"\^[ \t]+\S|::[\w-]+::[ \t]*$|[Nn]otes?:[ \t]*$")
_ODD = re.compile(rf"^(?:{_ODD_LINE.pattern}|---[ \t]*\n[A-Za-z][\w-]*:)", re.MULTILINE)
_SIGNS = re.compile(r"^(#{1,6})(?=[^\s#{!])")
_TIGHT = re.compile(r"^ {0,3}#{2,6}[^\W\d_]", re.MULTILINE)  # one sign begins a hashtag
ENOUGH = 2


def _evident(front: str, body: str) -> tuple[str, str]:
    """Return the tool that a talk shows signs of, and the strongest of them in words."""
    if (
        "---" not in body
        and not _TOOL_SIGNS["deckset"][1][2].search(body)
        and not _TOOL_SIGNS["remark"][0][2].search(body)
        and not _OF_A_SLIDE.search(body)
        and not BETWEEN.search(body)
    ):
        return "pandoc", ""
    lines = _written(body)
    text = "\n".join(lines)
    between = len(BETWEEN.findall(body))
    if not between and not any(_RULE.match(line) or line.rstrip() == "----" for line in lines):
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
    if comments := len(_OF_A_SLIDE.findall(body)):
        found["reveal"].append((2 * comments, _often("comments such as <!-- .slide: … -->", comments)))
    if between:
        found["reveal"].append((between, _often("comments such as <!--s--> between slides", between)))
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


def tight_headings(body: str) -> list[tuple[int, str]]:
    r"""Return number and text of each line that would be a heading if there were a space after its signs, code left out.

    >>> tight_headings("##One\n## Two\n#three")
    [(1, '##One')]
    """
    if not _TIGHT.search(body):
        return []
    return [(number, line.strip()) for number, line in enumerate(_written(body), 1) if _TIGHT.match(line)]


def spaced_headings(body: str) -> str:
    r"""Return a text with a space after the signs of each heading, code left out.

    >>> spaced_headings("#One\n```\n#two\n```\n#{3}\n")
    '# One\n```\n#two\n```\n#{3}\n'
    """
    plain = _written(body)
    lines = [_SIGNS.sub(r"\1 ", line) if _SIGNS.match(plain[k]) else line for k, line in enumerate(body.split("\n"))]
    return "\n".join(lines)


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
