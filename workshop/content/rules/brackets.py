"""Brackets: spans, citations, footnotes, and the braces after links, pictures and code."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.rules_inline import StateInline

from workshop.content.source_text import AttributeSyntaxError, parse_attributes
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
            state.pos = end
        return True

    return extended
