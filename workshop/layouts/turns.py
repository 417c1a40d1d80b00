"""The room's turn: a bet, an activity, an exercise, each beside a panel that says for how long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layouts.bands import across
from workshop.layouts.bench import COLUMN_GAP, COMPOSED_CELLS, GAP, LEAST, Bench, Pick, Used, framed, main_text, trimmed
from workshop.layouts.declared import Layout
from workshop.layouts.draft import Arranging, Draft, Slots, apart, in_parts, prose, turn
from workshop.layouts.grid import BODY_TOP, HANG, MARGIN, TITLE_TOP, TURN_WIDTH, TURN_X
from workshop.layouts.looks import raised
from workshop.layouts.parts import (
    BODY,
    LARGE_CELLS,
    LEAD,
    body,
    changed,
    look,
    same_letter,
    tag,
    title,
    turn_foot,
    turned,
)
from workshop.model import blocks
from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder, inches

OPTION_TOP = inches(1.98)
# How many options there are -> height of each, from the top of one to that of the next, sizes of letters and of options
OPTIONS: Mapping[int, tuple[int, int, tuple[float, ...], tuple[float, ...]]] = {
    2: (inches(1.9), inches(2.1), (66,), (32, 28, 26, 24)),
    3: (inches(1.3), inches(1.5), (44,), (28, 26, 24, 22)),
    4: (inches(0.94), inches(1.12), (32,), BODY),
}
CARD_WIDTH, CARD_HEIGHT, CARD_INSET = inches(2.3), inches(3.35), inches(0.18)
LOW_CARD = inches(3.0)  # a lower card has less room for the unit
FOOT_HEIGHT = inches(0.62)
TASK = ("mode", "minutes", "unit", "main", "hint")  # what is left on a slide without its table


# ---------------------------------------------------------------- a card on a template
def composed_turn(bench: Bench, used: Used) -> tuple[Pick, Box, Callable[..., LayoutSpec]]:
    """Return a template's layout, the area that a card leaves for the text, and a function that makes a layout with the card."""
    pick = bench.first("content")
    _, area, foot = framed(bench, pick, used)
    grid = bench.grid(pick)
    width = min(CARD_WIDTH, grid.w // 4 + inches(0.2))
    card = Box(grid.x + grid.w - width, area.y, width, min(CARD_HEIGHT, area.h))
    rest = Box(area.x, area.y, card.x - COLUMN_GAP + (grid.x - area.x) - area.x, area.h)
    places, ground = _card(bench, card), Decor("rect", card, "open")

    def spec(role: str, *more: Placeholder | None) -> LayoutSpec:
        return bench.spec(pick, role, bench.title(pick), *places, *more, foot, decor=(ground,))

    return pick, rest, spec


def _card(bench: Bench, at: Box) -> tuple[Placeholder, ...]:
    """Return the contents of the card: a word at the top, the timer's place, minutes and their unit."""
    x, w = at.x + CARD_INSET, at.w - 2 * CARD_INSET
    unit = inches(0.98) if at.h >= LOW_CARD else inches(0.62)
    unit_top = at.bottom - inches(0.08) - unit
    top = max(unit_top - inches(1.15), at.y + inches(0.94))
    own: dict[str, Any] = {"color": "on_open", "bold": True}
    minutes = Box(x, top, w, max(1, unit_top - top - inches(0.05)))
    return (
        bench.text("mode", "Mode", Box(x, at.y + inches(0.14), w, inches(0.46)), (24, 22, 20, LEAST), **own),
        bench.text("minutes", "Minutes", minutes, (72, 66, 54, 44, 36, 28), anchor="b", line=90, **own),
        bench.text("unit", "Unit", Box(x, unit_top, w, unit), (LEAST,), color="on_open"),
    )


def with_foot(bench: Bench, pick: Pick, area: Box, role: str, name: str) -> tuple[Box, Placeholder]:
    """Return the text's area above a small text at its foot, and that small text."""
    inset = bench.grid(pick).x - bench.area(pick).x
    at = trimmed(Box(area.x, area.bottom - FOOT_HEIGHT, area.w, FOOT_HEIGHT), inset)
    left = Box(area.x, area.y, area.w, area.h - FOOT_HEIGHT - GAP)
    return left, bench.text(role, name, at, (LEAST,), color="muted", anchor="b")


# ---------------------------------------------------------------- a bet
def _bet(draft: Draft, scope: Arranging) -> Slots:
    options = [line for line in draft.text if line.marker != "none"]
    if not 2 <= len(options) <= 4:
        message = f"a predict slide has two to four options, not {len(options)}"
        scope.report.error(message, draft.at, "write them as a list", "layout")
        return []
    right = sum(bool(line.right) for line in options)
    if right != 1 and any(line.right is not None for line in options) and not scope.varied:
        hint = "correct what right= says, so that it holds for exactly one of them"
        scope.report.error(f"{right} options of this bet are right for this run", draft.at, hint, "false-claim")
    plain = tuple(replace(line, marker="none", number=0) for line in options)
    return [*turn(draft, "predict"), ("options", (blocks.Prose(plain),))]


def _options(count: int = 4, _: LayoutSpec | None = None) -> LayoutSpec:
    height, pitch, letters, sizes = OPTIONS[count]
    options: list[Placeholder] = []
    for k, letter in enumerate("abcd"[:count]):
        y, up = OPTION_TOP + k * pitch, letter.upper()
        square = Box(TURN_X, y, height, height)
        beside = Box(TURN_X + height, y, TURN_WIDTH - height, height)
        options += [
            body(21 + 2 * k, f"Letter {up}", f"letter-{letter}", square, letters, "on_field", bold=True, anchor="ctr", align="ctr", fill="block", same=same_letter(letter)),
            body(22 + 2 * k, f"Option {up}", f"option-{letter}", beside, sizes, anchor="ctr", fill="panel", inset=inches(0.3)),
        ]  # fmt: skip
    name = "Bet" if count == 4 else f"Bet, {count} options"
    steps = body(
        29, "Steps", "steps", Box(MARGIN, inches(2.2), inches(2.2), inches(1.9)), (24, 22), "on_open", before=8
    )
    return turned(
        "predict",
        name,
        tag("open", "on_open"),
        steps,
        *options,
        head=title(Box(TURN_X, TITLE_TOP, TURN_WIDTH, inches(1.44))),
    )


def _composed_bet(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Yield a question with lettered answers."""
    pick, area, spec = composed_turn(bench, used)
    yield spec("predict", replace(main_text(bench, pick, "options", "Answers", area, before=12), bullet=""))


PREDICT = Layout(
    name="predict",
    example="- By half\n- By a third",
    arrange=_bet,
    own=_options,
    looks={f"options-{count}": partial(_options, count) for count in OPTIONS if count < 4}
    | {f"across-{count}": partial(across, count) for count in OPTIONS},
    composed=_composed_bet,
    made_on=("content", {"options": "main"}),
    title_lines=(2, 3),
    weight=110,
    traits=frozenset({"apart", "asks", "awaits", "checks", "hands-on"}),
)


# ---------------------------------------------------------------- an activity
def _act(draft: Draft, _: Arranging) -> Slots:
    steps, asides = apart(draft, "activity")
    if draft.opened is None:
        return [*turn(draft, "activity"), ("main", prose(text_of(steps))), *asides]
    return [*turn(draft, "live"), ("main", prose((draft.opened, *text_of(steps)))), *asides]


def _steps() -> LayoutSpec:
    area = Box(TURN_X, BODY_TOP, TURN_WIDTH, inches(3.5))
    steps = body(1, "Steps", "main", area, (32, *LEAD), bullet="number", before=18)
    return turned("activity", "Activity", steps, turn_foot("Materials", "materials"))


def live(spec: LayoutSpec) -> LayoutSpec:
    """Return an activity beside the QR code of the page that it opens, on a block that is light in every theme."""
    side = inches(4.96)
    code = Box(TURN_X, inches(1.36), side, side)
    x = code.right + inches(0.36)
    width = TURN_X + TURN_WIDTH - x
    head, *places = changed(spec, {
        "title": {"box": Box(TURN_X, TITLE_TOP, TURN_WIDTH, inches(0.62))},
        "main": {"box": Box(x, inches(2.3), width, inches(2.6)), "sizes": (*LEAD, 22), "before": 14},
        "materials": {"box": Box(x, inches(5.0), width, inches(1.32))},
    })  # fmt: skip
    at = Box(x, inches(1.5), width, inches(0.56))
    address = body(21, "Address", "address", at, (32, 28, 24, 22, 20, 18), "accent", bold=True)
    decor = (*spec.decor, Decor("rect", code, "on_field"))
    return look(spec, "Live demo", (head, address, *places), decor=decor, code=code)


def _composed_steps(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Yield numbered steps, with the material at the foot."""
    pick, whole, spec = composed_turn(bench, used)
    area, low = with_foot(bench, pick, whole, "materials", "Materials") if "materials" in used else (whole, None)
    yield spec("activity", main_text(bench, pick, "main", "Steps", area), low)


ACTIVITY = Layout(
    name="activity",
    example="1. Take a pencil\n2. Write a word\n\n::: materials\nPencils.\n:::",
    arrange=_act,
    own=_steps,
    looks={"live": live},
    raised=raised,
    kept=("live",),
    composed=_composed_steps,
    optional=("materials", "source"),
    weight=115,
    traits=frozenset({"acts", "by-hand", "apart", "awaits", "flows", "hands-on"}),
)


# ---------------------------------------------------------------- an exercise
def _set(draft: Draft, scope: Arranging) -> Slots:
    tables = draft.of(blocks.ShownTable)
    if len(tables) > 1:
        scope.report.error("an exercise slide shows one table", draft.at, "show the others on the sheet only", "layout")
    task, asides = apart(draft, "exercise")
    slots = (("main", prose(text_of(task))), ("data", tables[:1]), ("given", draft.given))
    return [*turn(draft, "exercise"), *slots, *asides]


def _task() -> LayoutSpec:
    area = Box(TURN_X - HANG, inches(3.3), TURN_WIDTH + 2 * HANG, inches(1.8))
    task = body(1, "Task", "main", Box(TURN_X, BODY_TOP, TURN_WIDTH, inches(1.3)), (*LEAD, 22), before=8)
    data = Placeholder(idx=19, type="tbl", name="Data", role="data", box=area, sizes=LARGE_CELLS)
    return turned("exercise", "Exercise", tag("open", "on_open"), task, data, turn_foot("Hint", "hint"))


def _composed_task(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Yield a task, its table and a hint."""
    pick, whole, spec = composed_turn(bench, used)
    area, hint = with_foot(bench, pick, whole, "hint", "Hint")
    task = replace(main_text(bench, pick, "main", "Task", area, 28), bullet="")
    inset = bench.grid(pick).x - bench.area(pick).x
    data = trimmed(Box(area.x, area.y + area.h // 3, area.w, area.h * 2 // 3), inset - HANG)
    table = Placeholder(idx=-1, type="tbl", name="Data", role="data", box=data, sizes=COMPOSED_CELLS)
    yield spec("exercise", task, table, hint)


EXERCISE = Layout(
    name="exercise",
    example="Count the words.\n\n::: hint\nLook twice.\n:::",
    arrange=_set,
    own=_task,
    raised=raised,
    composed=_composed_task,
    otherwise=(in_parts(("exercise", {slot: slot for slot in TASK}), ("table", {"main": "data"})),),
    weight=115,
    traits=frozenset({"hands-on", "works"}),
)
