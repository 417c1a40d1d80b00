"""Slidev: keys between two rules, slots, components, files shown as code, and what a layout means here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from workshop.content.html_source import TAG
from workshop.content.reading import Reading, resolve_target
from workshop.content.rules.fences import SLIDE_ENDS, at_top, line_of, push_slide
from workshop.content.tools.quarto import stand_in
from workshop.errors import At
from workshop.model.markup import NO_ATTRS, Attrs, Block, Div, Edge, Picture

RULE = re.compile(r"---[ \t]*$")
_KEY = re.compile(r"([A-Za-z][\w-]*):(?:[ \t]+(.*))?$")
_MORE = re.compile(r"[ \t]+\S|[-#}\]]|[ \t]*$")  # what goes on with a key
_SLOT = re.compile(r"::([\w-]+)::[ \t]*$")
_FILE = re.compile(r"<<<[ \t]+(\S+)(?:[ \t]+([A-Za-z][\w+-]*))?[ \t]*(?:\{.*)?$")
_LANGUAGE = re.compile(r"[\w+-]*")
MOVING = re.compile(r"md[ \t]+magic-move\b")
CLICKS = ("v-click", "v-after", "vclick", "VClick")
ALL_CLICKS = ("v-clicks", "VClicks")
STATED = re.compile("cover|intro|statement|fact|end|quote")
SIDES = {"image-left": "left", "image-right": "right", "image": "all"}
QUIET = re.compile(
    "|default|center|full|none|two-cols(?:-header)?|image(?:-left|-right)?"
)  # layouts that are nothing special here


def slide(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Match a rule, with the keys between it and the next one."""
    if not at_top(state, start_line) or not RULE.match(line_of(state, start_line)):
        return False
    if not silent:
        push_slide(state, start_line, *_keys(state, start_line + 1, end_line))
    return True


def _keys(state: StateBlock, first: int, end_line: int) -> tuple[int, dict[str, str]]:
    """Return where the text of a slide begins, and its keys."""
    found: dict[str, str] = {}
    for line in range(first, end_line):
        text = state.src[state.bMarks[line] : state.eMarks[line]]
        if RULE.match(text):
            return (line + 1, found) if found or line == first else (first, {})
        if key := _KEY.match(text):
            found[key[1]] = (key[2] or "").strip().strip("\"'")
        elif not found or not _MORE.match(text):
            break
    return first, {}


def slot(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Match ``::right::``."""
    found = _SLOT.match(line_of(state, start_line)) if at_top(state, start_line) else None
    if found and not silent:
        token = state.push("slot", "", 0)
        token.content, token.map, state.line = found[1], [start_line, start_line + 1], start_line + 1
    return bool(found)


def code_file(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Match ``<<< @/file.ts``."""
    found = _FILE.match(line_of(state, start_line)) if not state.is_code_block(start_line) else None
    if found and not silent:
        token = state.push("code_file", "", 0)
        token.content, token.info, token.meta["cut"] = found[1], found[2] or "", found[0]
        token.map, state.line = [start_line, start_line + 1], start_line + 1
    return bool(found)


def states_of(text: str) -> list[tuple[str, str]]:
    r"""Return the states through which code moves in a fence of ``magic-move``, each with its language.

    >>> states_of("```js\nlet a\n```\n\n```ts\nlet b\n```\n")
    [('let a\n', 'js'), ('let b\n', 'ts')]
    """
    fences = (token for token in MarkdownIt("zero").enable("fence").parse(text) if token.type == "fence")
    return [(fence.content, (_LANGUAGE.match(fence.info.strip()) or [""])[0]) for fence in fences]


def component_in_line(state: StateInline, silent: bool) -> bool:
    """Match a tag within text, with any attribute that Vue has."""
    found = TAG.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
    if not found or "://" in found[0].partition(" ")[0]:
        return False
    if not silent:
        state.push("html_tag", "", 0).content = found[0]
    state.pos = found.end()
    return True


BLOCK_RULES = (
    ("slide", slide, SLIDE_ENDS),
    ("slot", slot, SLIDE_ENDS),
    ("code_file", code_file, SLIDE_ENDS),
)


def begun(keys: Mapping[str, str], at: At, reading: Reading) -> tuple[Attrs, list[Block]]:
    """Return what the keys of a slide mean here: attributes, and blocks that go before its own."""
    layout, pairs = keys.get("layout", ""), list[tuple[str, str]]()
    blocks: list[Block] = []
    if keys.get("hide") == "true" or keys.get("disabled") == "true":
        pairs.append(("visibility", "hidden"))
    if STATED.fullmatch(layout):
        blocks.append(Div("lead", (), NO_ATTRS, at))
    if layout == "section":
        return Attrs(classes=("divider",), pairs=tuple(pairs)), blocks
    if layout == "two-cols":
        blocks.append(Div("slot", (), Attrs(pairs=(("name", "left"),)), at))
    picture = keys.get("image", "") if layout in SIDES else keys.get("background", "")
    if picture and not picture.startswith(("#", "http:", "https:", "linear", "rgb")):
        side, shown = SIDES.get(layout, "all"), resolve_target(reading, picture, at)
        pictures = (Picture(shown, (), Attrs(pairs=(("alt", "picture"),)), at),)
        edge = Edge(side=side, share=50.0 if side != "all" else 100.0, pictures=pictures, at=at)
        blocks.append(edge if shown else stand_in("", picture, at))
    elif picture.startswith("http"):
        reading.lose(f"the picture {picture} isn't fetched from the web", at)
    if not (STATED.fullmatch(layout) or QUIET.fullmatch(layout)):
        reading.lose(f"the layout {layout!r} of Slidev is shown as a plain slide", at)
    return Attrs(pairs=tuple(pairs)), blocks


def counted(wanted: str, most: int) -> set[int]:
    """Return the numbers of the slides that ``#2-5,7`` names; all if it names none.

    >>> sorted(counted("2-3,5", 9)), sorted(counted("", 2))
    ([2, 3, 5], [1, 2])
    """
    found: set[int] = set()
    for part in re.findall(r"\d{1,6}(?:-\d{1,6})?", wanted):
        first, _, last = part.partition("-")
        found.update(range(int(first), min(int(last or first), most) + 1))
    return found or set(range(1, most + 1))


def region_of(text: str, name: str) -> str:
    """Return the part of a program between the comments ``#region name`` and ``#endregion``; all of it without a name."""
    found = re.search(rf"#region[ \t]+{re.escape(name)}\b.*\n([\s\S]*?)\n.*#endregion", text) if name else None
    return found[1] if found else text
