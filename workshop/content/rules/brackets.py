"""Brackets and commands of TeX: spans, citations, footnotes, the braces after links, pictures and code; environments on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from workshop.content.attribute_grammar import AttributeSyntaxError, parse_attributes
from workshop.model.markup import NO_ATTRS, Attrs

_KEY = r"@[\w][\w:.#$%&+?<>~/-]*"
_CITE = re.compile(rf"\[({_KEY}(?:\s*;\s*{_KEY})*)\](?![({{:])")
_ODD_CITE = re.compile(r"\[(?:[^\[\]\n@]*(?<!\w))?@\w[^\[\]\n]{0,200}\](?![({:])")
_IN_TEXT = re.compile(r"@\w(?:\w|[:.#$%&+?<>~/-](?=\w))*+(?:[ \n]\[[^\[\]\n@]{1,200}\](?![({:]))?")
_FOOTNOTE = re.compile(r"\[\^([^\]\s^]+)\](?!:)")

InlineRule = Callable[[StateInline, bool], bool]
Braces = tuple[Attrs, AttributeSyntaxError | None]


def _braces(state: StateInline, start: int) -> tuple[Braces, int]:
    """Read attributes at ``start``; malformed ones are returned as an error, with the place where reading can continue."""
    try:
        attrs, end = parse_attributes(state.src, start)
    except AttributeSyntaxError as error:
        return (NO_ATTRS, error), min(max(error.end, start + 1), state.posMax)
    if end > state.posMax:
        return (NO_ATTRS, AttributeSyntaxError("the attributes are not closed", start)), state.posMax
    return (attrs, None), end


def span(state: StateInline, silent: bool) -> bool:
    """Match ``[text]{…}``."""
    if state.src[state.pos] != "[" or state.html_terminator_last("]{") < state.pos:
        return False
    start, maximum = state.pos, state.posMax
    close = state.md.helpers.parseLinkLabel(state, start, False)
    if close < 0 or close + 1 >= maximum or state.src[close + 1] != "{":
        return False
    braces, end = _braces(state, close + 1)
    if not silent:
        token = state.push("span_open", "span", 1)
        token.meta["attrs"], token.meta["error"] = braces
        token.meta["cut"] = state.src[close + 1 : end] if braces[1] else ""
        state.pos, state.posMax = start + 1, close
        state.md.inline.tokenize(state)
        state.pos, state.posMax = close, maximum
        state.push("span_close", "span", -1)
    state.pos = end
    return True


def citation(state: StateInline, silent: bool) -> bool:
    """Match ``[@key]`` and ``[@a; @b]``."""
    match = _CITE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if not match:
        return False
    if not silent:
        state.push("citation", "", 0).content = match[1]
    state.pos = match.end()
    return True


def odd_citation(state: StateInline, silent: bool) -> bool:
    """Match what pandoc reads as a citation and we don't: ``[see @key, p. 3]``."""
    match = _ODD_CITE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if not match:
        return False
    if not silent:
        state.push("odd_citation", "", 0).content = match[0]
    state.pos = match.end()
    return True


def citation_in_text(state: StateInline, silent: bool) -> bool:
    """Match ``@key`` and ``@key [p. 3]``."""
    start = state.pos
    match = _IN_TEXT.match(state.src, start, state.posMax) if state.src[start] == "@" else None
    if not match or (start and (state.src[start - 1].isalnum() or state.src[start - 1] in "@_/.-")):
        return False
    if not silent:
        state.push("citation_in_text", "", 0).content = match[0]
    state.pos = match.end()
    return True


def footnote_ref(state: StateInline, silent: bool) -> bool:
    """Match ``[^label]``."""
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if not match:
        return False
    if not silent:
        state.push("footnote_ref", "", 0).content = match[1]
    state.pos = match.end()
    return True


def inline_note(state: StateInline, silent: bool) -> bool:
    """Match ``^[a footnote written where it is referred to]``."""
    start, maximum = state.pos, state.posMax
    if not state.src.startswith("^[", start) or state.html_terminator_last("]") < start:
        return False
    close = state.md.helpers.parseLinkLabel(state, start + 1, False)
    if close < 0:
        return False
    if not silent:
        state.push("note_open", "", 1)
        state.pos, state.posMax = start + 2, close
        state.md.inline.tokenize(state)
        state.pos, state.posMax = close, maximum
        state.push("note_close", "", -1)
    state.pos = close + 1
    return True


def with_braces(rule: InlineRule) -> InlineRule:
    """Return ``rule`` (link, image or code span), extended to take the braces directly after its match."""

    def extended(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if state.src[start] in "![" and state.html_terminator_last("]") < start:
            return False  # nothing can close it: without this a line of brackets takes minutes
        if not rule(state, silent):
            return False
        matched = state.src[start : state.pos].strip("`")
        if matched and state.pos < state.posMax and state.src[state.pos] == "{":
            braces, end = _braces(state, state.pos)
            if not silent:
                state.tokens[-1].meta["attrs"], state.tokens[-1].meta["error"] = braces
                state.tokens[-1].meta["braces"] = state.pos
                state.tokens[-1].meta["cut"] = state.src[state.pos : end]
            state.pos = end
        return True

    return extended


TEX_ENDS = ["paragraph", "reference", "blockquote"]
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
            token.meta["cut"] = state.src[state.pos : max(end, close)]
    state.pos = close + 1 if match[2] else end
    return True


_DISPLAYED = re.compile(r"\\\[(.*?)\\\][ \t]*$", re.DOTALL)


def tex_display(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    r"""Match a formula between ``\[`` at the beginning of a line and ``\]`` at the end of one, with no empty line in it."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("\\[", start):
        return False
    last = start_line
    while last < end_line and not state.isEmpty(last) and "\\]" not in state.src[start : state.eMarks[last]]:
        last += 1
    found = _DISPLAYED.fullmatch(state.src, start, state.eMarks[min(last, end_line - 1)])
    if not found:
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.content, token.map = found[1], [start_line, last + 1]
        state.line = last + 1
    return True


def tex_brackets(state: StateInline, silent: bool) -> bool:
    r"""Match a formula in a line: ``\(…\)``, or ``\[…\]``, which stands out."""
    opening = state.src[state.pos : state.pos + 2]
    if opening not in ("\\(", "\\["):
        return False
    closing = "\\)" if opening == "\\(" else "\\]"
    if state.html_terminator_last(closing) < state.pos:
        return False
    close = state.src.find(closing, state.pos + 2, state.posMax)
    if close < 0 or not state.src[state.pos + 2 : close].strip():
        return False
    if not silent:
        kind = "math_inline" if closing == "\\)" else "math_inline_double"
        state.push(kind, "math", 0).content = state.src[state.pos + 2 : close].strip()
    state.pos = close + 2
    return True
