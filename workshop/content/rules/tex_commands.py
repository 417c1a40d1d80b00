"""TeX outside of formulas: environments and commands on lines of their own, and commands in a line."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

ENDS = ["paragraph", "reference", "blockquote"]
KEPT_AROUND = re.compile(
    "center|flushleft|flushright|quote|quotation|minipage|block|column|columns|small|footnotesize|large"
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
TEX_DROPPED = re.compile(
    "vspace|hspace|vfill|hfill|newpage|clearpage|pagebreak|centering|tiny|scriptsize|footnotesize|small|normalsize|"
    "large|Large|LARGE|huge|Huge|noindent|bigskip|medskip|smallskip|linebreak|label|index|protect"
)


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
    if edge and edge[1] == "begin" and not KEPT_AROUND.fullmatch(edge[2]):
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
    if not match or not (match[1] in TEX_LOOKS or match[1] in TEX_SIGNS or TEX_DROPPED.fullmatch(match[1])):
        return False
    name, end = match[1], match.end()
    close = state.src.find("}", end, state.posMax) if match[2] else -1
    if match[2] and close < 0:
        return False
    if not silent:
        if name in TEX_LOOKS and match[2]:
            token = state.push("html_tag", "", 0)
            token.content, token.info = f"<{TEX_LOOKS[name]}>", f"\\{name}"
            maximum, state.pos, state.posMax = state.posMax, end, close
            state.md.inline.tokenize(state)
            state.posMax = maximum
            token = state.push("html_tag", "", 0)
            token.content, token.info = f"</{TEX_LOOKS[name]}>", f"\\{name}"
        else:
            token = state.push("tex", "", 0)
            token.content, token.info = TEX_SIGNS.get(name, ""), f"TeX \\{name}" if name not in TEX_SIGNS else ""
    state.pos = close + 1 if match[2] else end
    return True
