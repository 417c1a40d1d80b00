"""The room's turn: a bet, an activity, an exercise, each beside a panel that says for how long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from workshop.constructs.table import text_of
from workshop.layouts.bands import across
from workshop.layouts.declared import Layout
from workshop.layouts.draft import Arranging, Draft, Slots, apart, prose, turn
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
from workshop.model.blocks import Line
from workshop.model.kit import Slide
from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder, inches

OPTION_TOP = inches(1.98)
# How many options there are -> height of each, from the top of one to that of the next, sizes of letters and of options
OPTIONS: Mapping[int, tuple[int, int, tuple[float, ...], tuple[float, ...]]] = {
    2: (inches(1.9), inches(2.1), (66,), (32, 28, 26, 24)),
    3: (inches(1.3), inches(1.5), (44,), (28, 26, 24, 22)),
    4: (inches(0.94), inches(1.12), (32,), BODY),
}

SHORT = {2: 30, 3: 30, 4: 24}  # how many there are -> letters of each, at most, to stand side by side


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


def are_across(options: Sequence[Line]) -> bool:
    """Whether options are short enough to stand side by side."""
    return len(options) in SHORT and max(len(line.text) for line in options) <= SHORT[len(options)]


def _suits(slide: Slide) -> Iterable[str]:
    """Yield the look for as many options: side by side if they are short enough, else one below the other."""
    options = text_of(slide.slot("options"))
    if are_across(options):
        yield f"across-{len(options)}"
    yield f"options-{len(options)}"


PREDICT = Layout(
    name="predict",
    example="- By half\n- By a third",
    arrange=_bet,
    own=_options,
    looks={f"options-{count}": partial(_options, count) for count in OPTIONS if count < 4}
    | {f"across-{count}": partial(across, count) for count in OPTIONS},
    suits=_suits,
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


ACTIVITY = Layout(
    name="activity",
    example="1. Take a pencil\n2. Write a word\n\n::: materials\nPencils.\n:::",
    arrange=_act,
    own=_steps,
    looks={"live": live},
    raised=raised,
    kept=("live",),
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


EXERCISE = Layout(
    name="exercise",
    example="Count the words.\n\n::: hint\nLook twice.\n:::",
    arrange=_set,
    own=_task,
    raised=raised,
    weight=115,
    traits=frozenset({"hands-on", "works"}),
)
