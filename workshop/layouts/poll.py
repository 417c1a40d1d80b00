"""A poll: what to try, the letters to raise, and beside each what the toy did and what the room counted."""

from __future__ import annotations

from functools import partial
from typing import Any

from msgspec.structs import replace

from workshop.layouts.declared import Layout
from workshop.layouts.draft import Arranging, Draft, Slots, apart, prose, turn
from workshop.layouts.grid import TITLE_TOP, TURN_WIDTH, TURN_X
from workshop.layouts.parts import SMALL, body, same_letter, title, turn_foot, turned
from workshop.model import blocks
from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder, inches

STEPS_TOP, HEADS_TOP, HEAD = inches(1.66), inches(3.3), inches(0.36)
ROWS_TOP, ROWS_END, GUTTER = inches(3.7), inches(5.84), inches(0.08)
CELL, LETTER = inches(1.5), inches(0.62)
LEAST, MOST = 2, 4
FEWEST = 3  # options of the usual look


def _poll(draft: Draft, scope: Arranging) -> Slots:
    rest, asides = apart(draft, "activity")  # both name what people need
    prose_ = [line for block in rest if isinstance(block, blocks.Prose) for line in block.lines]
    options = [line for line in prose_ if line.marker == "bullet"]
    steps = [line for line in prose_ if line.marker != "bullet"]
    if not LEAST <= len(options) <= MOST:
        message = f"a poll has two to four options, not {len(options)}"
        scope.report.error(
            message, draft.at, "write them as a list with dashes, and what to do as a numbered one", "layout"
        )
        return []
    plain = tuple(replace(line, marker="none", number=0) for line in options)
    return [*turn(draft, "poll"), ("main", prose(steps)), ("options", (blocks.Prose(plain),)), *asides]


def _rows(count: int = FEWEST, _: LayoutSpec | None = None) -> LayoutSpec:
    height = (ROWS_END - ROWS_TOP - GUTTER * (count - 1)) // count
    room_x = TURN_X + TURN_WIDTH - CELL
    toy_x = room_x - GUTTER - CELL
    places: list[Placeholder] = [
        body(1, "Steps", "main", Box(TURN_X, STEPS_TOP, TURN_WIDTH, HEADS_TOP - STEPS_TOP), (26, 24, 22), bullet="number", before=6),
        body(31, "Our toy", "toy-head", Box(toy_x, HEADS_TOP, CELL, HEAD), SMALL, "muted", align="ctr", anchor="b"),
        body(32, "Your room", "room-head", Box(room_x, HEADS_TOP, CELL, HEAD), SMALL, bold=True, align="ctr", anchor="b"),
    ]  # fmt: skip
    decor: list[Decor] = []
    for k, letter in enumerate("abcd"[:count]):
        y, up = ROWS_TOP + k * (height + GUTTER), letter.upper()
        beside = Box(TURN_X + LETTER, y, toy_x - GUTTER - TURN_X - LETTER, height)
        of: dict[str, Any] = {"bold": True, "anchor": "ctr", "align": "ctr"}
        places += [
            body(21 + 2 * k, f"Letter {up}", f"letter-{letter}", Box(TURN_X, y, LETTER, height), (28, 24), "on_field", fill="block", same=same_letter(letter), **of),
            body(22 + 2 * k, f"Option {up}", f"option-{letter}", beside, (24, 22), anchor="ctr", fill="panel", inset=inches(0.2)),
            body(41 + 2 * k, f"Toy {up}", f"toy-{letter}", Box(toy_x, y, CELL, height), (24, 22), fill="panel", anchor="ctr", align="ctr"),
            body(42 + 2 * k, f"Room {up}", f"room-{letter}", Box(room_x, y, CELL, height), (28, 24, 22), "on_open", **of),
        ]  # fmt: skip
        decor.append(Decor("rect", Box(room_x, y, CELL, height), "open"))
    foot = turn_foot("Materials", "materials")
    foot = replace(foot, box=Box(TURN_X, inches(5.9), TURN_WIDTH, inches(0.56)))
    head = title(Box(TURN_X, TITLE_TOP, TURN_WIDTH, inches(1.1)))
    name = "Poll" if count == FEWEST else f"Poll, {count} options"
    spec = turned("poll", name, *places, foot, head=head)
    return replace(spec, decor=(*spec.decor, *decor))


POLL = Layout(
    name="poll",
    example="1. Ask your own assistant\n2. Raise a letter\n\n- It answered\n- It doubted\n\n::: materials\nPhones.\n:::",
    arrange=_poll,
    own=_rows,
    looks={f"options-{count}": partial(_rows, count) for count in range(LEAST, MOST + 1) if count != FEWEST},
    optional=("materials", "source"),
    weight=115,
    traits=frozenset({"acts", "apart", "hands-on", "polls"}),
)
