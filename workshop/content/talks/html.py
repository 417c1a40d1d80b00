"""HTML and TeX in a talk: parser rules for what stands on lines of its own, and what a tag in a line means."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

RAW = ("style", "script", "iframe", "video", "audio", "svg", "object", "canvas", "form", "embed")  # not Markdown inside
_BLOCKS = "div|section|center|details|figure|article|main|header|footer|p|table|ul|ol|blockquote|aside|nav"
_TAGS = re.compile(rf"(?:[ \t]*</?(?:{_BLOCKS})\b[^<>]*>)+[ \t]*$", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)([^<>]*)>")
_RAW = re.compile(rf"<({'|'.join(RAW)})\b", re.IGNORECASE)
ENDS = ["paragraph", "reference", "blockquote"]

KEPT_AROUND = frozenset(
    [
        "center",
        "flushleft",
        "flushright",
        "quote",
        "quotation",
        "minipage",
        "block",
        "column",
        "columns",
        "small",
        "footnotesize",
        "large",
    ]
)
MATH = frozenset(
    ["equation", "equation*", "align", "align*", "gather", "gather*", "multline", "multline*", "eqnarray", "eqnarray*"]
)
_BEGIN = re.compile(r"\\(begin|end)\{([a-zA-Z]+\*?)\}(?:\[[^\]]*\]|\{[^{}]*\})*[ \t]*$")
_COMMANDS = re.compile(r"(?:\\[a-zA-Z]+\*?(?:\[[^\]]*\]|\{[^{}]*\})*[ \t]*)+$")
_COMMAND = re.compile(r"\\([a-zA-Z]+)(\{)?")
TEX_LOOKS = {"textbf": "b", "textit": "i", "emph": "i", "underline": "u", "texttt": "code", "alert": "b"}
TEX_LOOKS |= {"textsuperscript": "sup", "textsubscript": "sub", "textsc": "span", "text": "span"}
TEX_SIGNS = {"ldots": "…", "dots": "…", "LaTeX": "LaTeX", "TeX": "TeX", "quad": " ", "qquad": " ", "newline": " "}
TEX_DROPPED = frozenset(
    [
        "vspace",
        "hspace",
        "vfill",
        "hfill",
        "newpage",
        "clearpage",
        "pagebreak",
        "centering",
        "tiny",
        "scriptsize",
        "footnotesize",
        "small",
        "normalsize",
        "large",
        "Large",
        "LARGE",
        "huge",
        "Huge",
        "noindent",
        "bigskip",
        "medskip",
        "smallskip",
        "linebreak",
        "label",
        "index",
        "protect",
    ]
)


class _Tag(HTMLParser):
    """Reads the attributes of one tag."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the attributes; a tag that closes itself comes here, too."""
        del tag
        self.found = {key: value or "" for key, value in attrs}


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag.

    >>> attributes('<img src="a.png" width=30%>')
    {'src': 'a.png', 'width': '30%'}
    """
    parser = _Tag()
    parser.feed(tag)
    return parser.found


def html_lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match a line of tags that begin or end blocks, and an element that isn't Markdown inside, such as ``<style>``."""
    if state.is_code_block(start_line):
        return False
    start, line_end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    if not state.src.startswith("<", start):
        return False
    line = state.src[start:line_end]
    raw = _RAW.match(line)
    if not raw and not _TAGS.fullmatch(line):
        return False
    if silent:
        return True
    if raw:
        _raw(state, raw[1].lower(), start, start_line, end_line)
        return True
    for closing, name, rest in _TAG.findall(line):
        token = state.push("div_close" if closing else "div_open", "div", 0)
        token.meta["html"], token.meta["attributes"] = name.lower(), attributes(f"<{name}{rest}>")
        token.map = [start_line, start_line + 1]
    state.line = start_line + 1
    return True


def _raw(state: StateBlock, name: str, start: int, start_line: int, end_line: int) -> None:
    maximum = state.eMarks[end_line - 1]
    close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(state.src, start, maximum)
    single = name == "embed" or state.src[start : state.eMarks[start_line]].rstrip().endswith("/>")
    last = start_line if single or not close else start_line + state.src.count("\n", start, close.end())
    token = state.push("raw", "", 0)
    token.info, token.map = f"<{name}>", [start_line, last + 1]
    token.content = state.getLines(start_line, last + 1, state.blkIndent, False)
    state.line = last + 1


def tex_lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    r"""Match ``\begin{…}`` to ``\end{…}``, and a line that is nothing but commands of TeX."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    line = state.src[start : state.eMarks[start_line]]
    if not line.startswith("\\"):
        return False
    edge = _BEGIN.match(line)
    if not edge and not _COMMANDS.fullmatch(line):
        return False
    if silent:
        return True
    last = start_line + 1
    if edge and edge[1] == "begin" and edge[2] not in KEPT_AROUND:
        closing = f"\\end{{{edge[2]}}}"
        while last < end_line and closing not in state.getLines(last - 1, last, 0, False):
            last += 1
    name = edge[2] if edge else ""
    token = state.push("math_block" if name in MATH else "pause" if line.strip() == "\\pause" else "raw", "", 0)
    token.info = f"TeX \\begin{{{name}}}" if edge else f"TeX {line.split('{')[0].strip()}"
    token.content, token.map = state.getLines(start_line, last, state.blkIndent, False).strip(), [start_line, last]
    state.line = last
    return True


def tex_command(state: StateInline, silent: bool) -> bool:
    r"""Match a command of TeX in a line, such as ``\emph{…}``; unknown ones stay text."""
    match = _COMMAND.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "\\" else None
    if not match or match[1] not in TEX_LOOKS.keys() | TEX_SIGNS.keys() | TEX_DROPPED:
        return False
    name, end = match[1], match.end()
    close = state.src.find("}", end, state.posMax) if match[2] else -1
    if match[2] and close < 0:
        return False
    if not silent:
        if name in TEX_LOOKS and match[2]:
            state.push("html_tag", "", 0).content = f"<{TEX_LOOKS[name]}>"
            maximum, state.pos, state.posMax = state.posMax, end, close
            state.md.inline.tokenize(state)
            state.posMax = maximum
            state.push("html_tag", "", 0).content = f"</{TEX_LOOKS[name]}>"
        else:
            token = state.push("tex", "", 0)
            token.content, token.info = TEX_SIGNS.get(name, ""), f"TeX \\{name}" if name in TEX_DROPPED else ""
    state.pos = close + 1 if match[2] else end
    return True
