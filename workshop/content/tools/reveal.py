"""reveal.js and reveal-md: rules of two to four dashes, ``Note:``, and what comments say of a slide."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it.rules_block import StateBlock

from workshop.content.html_source import attributes
from workshop.content.outside_code import outside_code
from workshop.content.reading import Reading, resolve_target
from workshop.content.rules.fences import SLIDE_ENDS, at_top, line_of, notes_up_to_slide, push_slide
from workshop.content.tool_signs import BETWEEN
from workshop.content.tools.quarto import stand_in
from workshop.errors import At
from workshop.model.markup import Attrs, Block, Edge, Picture

_RULE = re.compile(r"-{2,4}[ \t]*$")
_NOTE = re.compile(r"notes?:[ \t]*", re.IGNORECASE)
_OF_SLIDE = re.compile(r"\s*\.slide:(.*)", re.DOTALL)
PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)(?:[?#].*)?$", re.IGNORECASE)
_SEEN = ("data-background-video", "data-background-iframe", "data-background-gradient", "data-background-color")


def separated(text: str, front: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    r"""Return a text with the marks that a talk chose for itself as the usual ones, ``---`` and ``Note:``, and what they replace.

    They stand in the front matter; those that only the command line of reveal-md had are comments such as ``<!--s-->``.

    >>> separated("a\n<!--s-->\nb\nSpeaker: c", {"notesSeparator": "^Speaker:"})
    ('a\n---\nb\nNote: c', ('<!--s-->', 'Speaker:'))
    """
    signs = {_plain(front.get(key, "")) for key in ("separator", "verticalSeparator")} - {"", "---", "--", "----"}
    notes = _plain(front.get("notesSeparator", ""))
    if not signs and not notes and not BETWEEN.search(text):
        return text, ()
    lines, taken = text.split("\n"), list[str]()
    for k, (line, plain) in enumerate(zip(lines, outside_code(lines), strict=True)):
        if plain and (line.strip() in signs or BETWEEN.match(line)):
            lines[k] = "---"
            taken.append(line.strip())
        elif plain and notes and line.startswith(notes):
            lines[k] = f"Note: {line.removeprefix(notes).strip()}"
            taken.append(notes)
    return "\n".join(lines), tuple(taken)


def _plain(pattern: str) -> str:
    """Return the words of a pattern, without its line ends and signs."""
    return re.sub(r"\\[rns][?*+]?|\\(?=\W)|[\^$]", "", pattern).strip()


def slide(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Match a rule: three dashes begin a slide beside the last one, two or four a slide below it."""
    if not at_top(state, start_line) or not _RULE.match(line_of(state, start_line)):
        return False
    if not silent:
        push_slide(state, start_line, start_line + 1, {})
    return True


def note(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match ``Note:``: from there on, all is private up to the next rule."""
    found = _NOTE.match(line_of(state, start_line)) if at_top(state, start_line) else None
    if found is None:
        return False
    if silent:
        return True
    state.bMarks[start_line] += found.end()
    first = len(state.tokens)
    notes_up_to_slide(state, start_line, start_line, end_line)
    state.tokens[first].meta["cut"] = found[0]
    return True


BLOCK_RULES = (("slide", slide, SLIDE_ENDS), ("note", note, SLIDE_ENDS))


def comment(text: str, at: At, reading: Reading) -> list[Block]:
    """Return what a comment means: ``.slide:`` with a picture puts it behind the words; all others mean nothing."""
    found = _OF_SLIDE.match(text)
    if found is None:
        return []
    said = attributes(f"<section {found[1].strip()}>")
    for key in (key for key in _SEEN if key in said):
        reading.lose(f"{key.removeprefix('data-')}= of a slide has no effect", at)
    picture = said.get("data-background-image") or said.get("data-background", "")
    if picture.startswith(("http:", "https:")):
        reading.lose(f"the picture {picture} isn't fetched from the web", at)
        return []
    if not PICTURE.search(picture):
        return []
    shown = resolve_target(reading, picture, at)
    alone = (Picture(shown, (), Attrs(pairs=(("alt", "picture"),)), at),)
    return [Edge(side="all", share=100.0, pictures=alone, at=at) if shown else stand_in("", picture, at)]
