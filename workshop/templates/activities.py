"""Composed layouts for the room's turn: the text in its placeholder, and beside it a card with the minutes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder, inches
from workshop.templates.builder import BODY, COLUMN_GAP, GAP, Bench, trimmed
from workshop.templates.exhibits import CELLS, HANG
from workshop.templates.match import Pick
from workshop.templates.opening import bench_look, main_text

Used = frozenset[str]
CARD_WIDTH, CARD_HEIGHT, CARD_INSET = inches(2.3), inches(3.35), inches(0.18)
LOW_CARD = inches(3.0)  # a lower card has less room for the unit
FOOT_HEIGHT = inches(0.62)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """A layout with a card: the area left for the text, the card's places and background, and the source line."""

    pick: Pick
    area: Box
    card: tuple[Placeholder, ...]
    decor: tuple[Decor, ...]
    foot: Placeholder | None


def _turn(bench: Bench, used: Used) -> _Turn:
    pick = bench.first("content")
    _, area, line = bench.split(pick, source="source" in used)
    foot = bench.source(line) if "source" in used else None
    grid = bench.grid(pick)
    width = min(CARD_WIDTH, grid.w // 4 + inches(0.2))
    box = Box(grid.x + grid.w - width, area.y, width, min(CARD_HEIGHT, area.h))
    rest = Box(area.x, area.y, box.x - COLUMN_GAP + (grid.x - area.x) - area.x, area.h)
    return _Turn(pick=pick, area=rest, card=_card(bench, box), decor=(Decor("rect", box, "open"),), foot=foot)


def _card(bench: Bench, box: Box) -> tuple[Placeholder, ...]:
    """Return the contents of the card: a word at the top, the timer's place, minutes and their unit."""
    x, w = box.x + CARD_INSET, box.w - 2 * CARD_INSET
    unit = inches(0.98) if box.h >= LOW_CARD else inches(0.62)
    unit_top = box.bottom - inches(0.08) - unit
    minutes_top = max(unit_top - inches(1.15), box.y + inches(0.94))
    look = {"color": "on_open", "bold": True}
    return (
        bench.text("mode", "Mode", Box(x, box.y + inches(0.14), w, inches(0.46)), (24, 22, 20, BODY), **look),
        bench.text(
            "minutes",
            "Minutes",
            Box(x, minutes_top, w, max(1, unit_top - minutes_top - inches(0.05))),
            (72, 66, 54, 44, 36, 28),
            anchor="b",
            line=90,
            **look,
        ),
        bench.text("unit", "Unit", Box(x, unit_top, w, unit), (BODY,), color="on_open"),
    )


def predict(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """A question with lettered answers."""
    turn = _turn(bench, used)
    options = main_text(bench, turn.pick, "options", "Answers", turn.area, before=12)
    options = bench_look(options, bullet="")
    yield bench.spec(turn.pick, "predict", bench.title(turn.pick), *turn.card, options, turn.foot, decor=turn.decor)


def activity(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Numbered steps, with the material at the foot."""
    turn = _turn(bench, used)
    area, low = turn.area, None
    if "materials" in used:
        area, low = _with_foot(bench, turn, "materials", "Materials")
    steps = main_text(bench, turn.pick, "main", "Steps", area)
    yield bench.spec(turn.pick, "activity", bench.title(turn.pick), *turn.card, steps, low, turn.foot, decor=turn.decor)


def exercise(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """A task, its table and a hint."""
    turn = _turn(bench, used)
    area, hint = _with_foot(bench, turn, "hint", "Hint")
    task = bench_look(main_text(bench, turn.pick, "main", "Task", area, 28), bullet="")
    inset = bench.grid(turn.pick).x - bench.area(turn.pick).x
    data = trimmed(Box(area.x, area.y + area.h // 3, area.w, area.h * 2 // 3), inset - HANG)
    table = Placeholder(idx=-1, type="tbl", name="Data", role="data", box=data, sizes=CELLS)
    yield bench.spec(
        turn.pick, "exercise", bench.title(turn.pick), *turn.card, task, table, hint, turn.foot, decor=turn.decor
    )


def _with_foot(bench: Bench, turn: _Turn, role: str, name: str) -> tuple[Box, Placeholder]:
    """Return the text's area above a small text at its foot, and that small text."""
    area = turn.area
    inset = bench.grid(turn.pick).x - bench.area(turn.pick).x
    box = trimmed(Box(area.x, area.bottom - FOOT_HEIGHT, area.w, FOOT_HEIGHT), inset)
    left = Box(area.x, area.y, area.w, area.h - FOOT_HEIGHT - GAP)
    return left, bench.text(role, name, box, (BODY,), color="muted", anchor="b")
