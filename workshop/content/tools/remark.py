"""remark and xaringan: keys under a rule, steps, and classes around words in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from workshop.content.reading import Reading, resolve_target
from workshop.content.rules.fences import FENCE, SLIDE_ENDS, at_top, line_of, push_slide
from workshop.content.tools.quarto import stand_in
from workshop.errors import At
from workshop.model.markup import NO_ATTRS, Attrs, Block, Div, Edge, Picture

_RULE = re.compile(r"(---?)[ \t]*$")
_KNOWN = "name|class|layout|template|exclude|count|continued|title|background(?:-\\w+)?"
_KEY = re.compile(rf"({_KNOWN}):[ \t]*(.*)$")
_ANY_KEY = re.compile(r"([a-z][\w-]*):[ \t]*(.*)$")
_CLASS = re.compile(r"((?:\.[A-Za-z][\w-]*)+)\[")
_BEFORE = re.compile(r"(?:\.[A-Za-z][\w-]*)+$")
_BRACKET = re.compile(r"\\.|[\[\]]|`+", re.DOTALL)
_URL = re.compile(r"url\(\s*[\"']?(.*?)[\"']?\s*\)")
_SIDE = re.compile(r"(?:pull-)?(?:left|right)(?:-?\w+)*|(?:two-)?col(?:umn)?(?:-?\w+)*", re.IGNORECASE)
LONGEST = 80  # letters of the classes before a bracket
DEEPEST = 12  # classes in classes
TALLEST = 200  # lines in a pair of brackets


def slide(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match a rule with the keys under it, ``--``, and keys at the beginning of a talk."""
    if not at_top(state, start_line):
        return False
    text = line_of(state, start_line)
    rule = _RULE.match(text)
    begins = not any(token.type not in ("fence", "comment") for token in state.tokens)
    if not rule and (silent or not begins or not _KEY.match(text)):
        return False
    if silent:
        return True
    if rule and rule[1] == "--":
        token = state.push("pause", "", 0)
        state.line, _ = _keys(state, start_line + 1, end_line)
        token.map, token.meta["cut"] = [start_line, start_line + 1], state.getLines(start_line, state.line, 0, False)
    else:
        push_slide(state, start_line, *_keys(state, start_line + bool(rule), end_line))
    return True


def _keys(state: StateBlock, first: int, end_line: int) -> tuple[int, dict[str, str]]:
    """Return where the text of a slide begins, and its keys; those that we know may have empty lines before them."""
    found: dict[str, str] = {}
    after = line = first
    while line < end_line:
        text = line_of(state, line)
        key = (_ANY_KEY if line == after and line == first + len(found) else _KEY).match(text)
        if key:
            found[key[1]] = key[2].strip()
            after = line + 1
        elif text.strip():
            break
        line += 1
    return after, found


def pairs(text: str, start: int, end: int) -> dict[int, int]:
    """Return the place of each bracket that is closed, with that of the one that closes it; those in code don't count.

    >>> pairs("[a [b] `]` c] d [", 0, 17)
    {3: 5, 0: 12}
    """
    found: dict[int, int] = {}
    open_: list[int] = []
    place = start
    while sign := _BRACKET.search(text, place, end):
        place = sign.end()
        if sign[0] == "[":
            open_.append(sign.start())
        elif sign[0] == "]":
            if open_:
                found[open_.pop()] = sign.start()
        elif sign[0].startswith("`"):
            place = _after_code(text, sign, end)
    return found


def _after_code(text: str, ticks: re.Match[str], end: int) -> int:
    """Return the place after the code, or the fence, that begins with some ticks; after them if it doesn't end."""
    width = len(ticks[0])
    before = text[max(0, text.rfind("\n", 0, ticks.start()) + 1) : ticks.start()]
    fence = width >= len("```") and (not before.strip() or before.endswith("["))
    sign = rf"(?m:^[ \t]*`{{{width},}}[ \t]*(?=\]|$))" if fence else rf"(?<!`)`{{{width}}}(?!`)"
    line_end = text.find("\n", ticks.end(), end)  # code within a line ends there
    close = re.compile(sign).search(text, ticks.end(), end if fence or line_end < 0 else line_end)
    return close.end() if close else ticks.end()


def classes(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match ``.name[`` at the beginning of a line, up to its bracket; what is inside are blocks."""
    depth = state.env.get("classes", 0)
    if depth > DEEPEST or state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    found = _CLASS.match(state.src, start, state.eMarks[start_line])
    if not found:
        return False
    opening = found.end() - 1
    close = pairs(state.src, opening, _limit(state, start_line, end_line)).get(opening, -1)
    last = start_line + state.src.count("\n", start, close) if close >= 0 else start_line
    if close < 0 or (last == start_line and state.src[close + 1 : state.eMarks[last]].strip()):
        return False
    if silent:
        return True
    token = state.push("div_open", "div", 0)
    token.map, token.meta["classes"] = [start_line, start_line + 1], tuple(found[1].strip(".").split("."))
    end, maximum, parent, indent = state.eMarks[last], state.lineMax, state.parentType, state.blkIndent
    within = [state.sCount[line] for line in range(start_line + 1, last + 1) if not state.isEmpty(line)]
    state.blkIndent = min((indent, *within))  # an item of a list may close its bracket further left
    _begin(state, start_line, found.end())
    state.eMarks[last], state.lineMax = close, last + 1
    state.env["classes"] = depth + 1
    state.md.block.tokenize(state, start_line, last + 1)
    state.env["classes"] = depth
    state.eMarks[last], state.lineMax, state.parentType, state.blkIndent = end, maximum, parent, indent
    state.push("div_close", "div", 0).map = [last, last + 1]
    _begin(state, last, close + 1)
    state.line = last + (not state.src[close + 1 : end].strip())
    return True


def _limit(state: StateBlock, start_line: int, end_line: int) -> int:
    """Return where the slide ends, which brackets don't go beyond."""
    fence = ""
    for line in range(start_line, min(end_line, start_line + TALLEST)):
        text = line_of(state, line)
        mark = FENCE.match(text)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if not fence and state.sCount[line] == 0 and _RULE.match(text):
            return state.bMarks[line]
    return state.eMarks[min(end_line, start_line + TALLEST) - 1]


def _begin(state: StateBlock, line: int, place: int) -> None:
    """Let a line begin at a later place."""
    rest = state.src[place : state.eMarks[line]]
    state.bMarks[line], state.tShift[line] = place, len(rest) - len(rest.lstrip())
    state.sCount[line] = state.blkIndent


def classes_in_line(state: StateInline, silent: bool) -> bool:
    """Match ``.name[words]`` within text, at its bracket: its words stay."""
    if state.src[state.pos] != "[":
        return False
    before = _BEFORE.search(state.src, max(0, state.pos - LONGEST), state.pos)
    if not before:
        return False
    own = state.__dict__
    if "brackets" not in own:
        own["brackets"] = pairs(state.src, 0, len(state.src))
    close = own["brackets"].get(state.pos, -1)
    if not state.pos < close < state.posMax or state.src[close + 1 : close + 2] == "(":
        return False
    if not silent:
        state.pending = state.pending.removesuffix(before[0])
        opened = state.push("html_tag", "", 0)
        opened.content, opened.meta["cut"] = "<span>", before[0]
        maximum, state.pos, state.posMax = state.posMax, state.pos + 1, close
        state.md.inline.tokenize(state)
        state.posMax = maximum
        state.push("html_tag", "", 0).content = "</span>"
    state.pos = close + 1
    return True


BLOCK_RULES = (("slide", slide, SLIDE_ENDS), ("classes", classes, ["paragraph", "reference", "blockquote", "list"]))


def named(names: tuple[str, ...]) -> str:
    """Return the name of a div with some classes: a column, if it stands at a side."""
    if any(map(_SIDE.fullmatch, names)):
        return "column"
    return "aside" if "footnote" in names else "notes" if "notes" in names else ""


def begun(keys: Mapping[str, str], at: At, reading: Reading) -> tuple[Attrs, list[Block]]:
    """Return what the keys of a slide mean here: attributes, and blocks that go before its own."""
    blocks: list[Block] = []
    pairs = [("visibility", "hidden")] if keys.get("exclude") == "true" else []
    if keys.get("layout", "") == "true":
        pairs.append(("visibility", "layout"))
    if "middle" in keys.get("class", ""):
        blocks.append(Div("lead", (), NO_ATTRS, at))
    picture = _URL.match(keys.get("background-image", ""))
    if picture and picture[1].startswith(("http:", "https:", "//")):
        reading.lose(f"the picture {picture[1]} isn't fetched from the web", at)
    elif picture:
        shown = resolve_target(reading, picture[1], at)
        pictures = (Picture(shown, (), Attrs(pairs=(("alt", "background"),)), at),)
        edge = Edge(side="all", share=100.0, pictures=pictures, at=at)
        blocks.append(edge if shown else stand_in("", picture[1], at))
    return Attrs(pairs=tuple(pairs)), blocks
