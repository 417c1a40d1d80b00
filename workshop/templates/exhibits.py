"""Composed layouts for charts, tables, code, pictures and drawings."""

from __future__ import annotations

from collections.abc import Iterable

from workshop.model.theme import Box, LayoutSpec, Placeholder, inches
from workshop.templates.builder import BODY, COLUMN_GAP, Bench, columns, rows, trimmed
from workshop.templates.match import Pick
from workshop.templates.opening import bench_look, main_text

Used = frozenset[str]
KINDS = {"chart": "chart", "table": "tbl", "toy-stops": "tbl", "picture": "pic"}
CELLS = (24.0, 22.0, 20.0, 18.0)
CODE = (20.0, 18.0)
CAPTION_HEIGHTS = (inches(0.5), inches(0.75))  # for one line and for two
CODE_INSET = inches(0.2)
NARROW = inches(9.6)  # in a narrower area, a chart and its text are better one above the other
HANG = inches(0.14)  # a table's text is aligned with the title; its rules extend beyond by this much


def _role(used: Used) -> str:
    return next(role for role in used if role in (*KINDS, "chart-and-text", "table-and-text", "code", "diagram", "map"))


def _frame(bench: Bench, pick: Pick, used: Used) -> tuple[Placeholder | None, Box, Placeholder | None]:
    """Return measure line, area and source line, if they are used."""
    measure, area, line = bench.split(pick, source="source" in used, measure="measure" in used)
    top = bench.measure(measure) if "measure" in used else None
    return top, area, bench.source(line) if "source" in used else None


def _exhibit(bench: Bench, pick: Pick, kind: str, area: Box) -> Placeholder:
    """Return the place of an exhibit; a table extends beyond the text's edge on both sides."""
    inset = bench.grid(pick).x - bench.area(pick).x
    box = trimmed(area, inset - HANG if kind == "tbl" else inset)
    sizes = CELLS if kind == "tbl" else (BODY,)
    return bench.host(pick, "main", {"chart": "Chart", "tbl": "Table", "pic": "Picture"}[kind], kind, box, sizes)


def _host(bench: Bench, *kinds: str) -> Pick:
    """Return a layout for an exhibit: if possible, not one whose only placeholder is for text."""
    pick = bench.first(*kinds)
    main = pick.slots.get("main")
    if main is not None and main.type == "body" and bench.has("title-only"):
        return bench.picks["title-only"]
    return pick


def alone(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """One chart or table across the whole width."""
    role = _role(used)
    kind = KINDS[role]
    pick = _host(bench, *(("chart",) if kind == "chart" else ("table",)), "content")
    top, area, foot = _frame(bench, pick, used)
    yield bench.spec(pick, role, bench.title(pick), top, _exhibit(bench, pick, kind, area), foot)


def beside(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """An exhibit and its text, side by side or one above the other."""
    role = _role(used)
    kind = KINDS[role.removesuffix("-and-text")]
    pick = bench.picks.get("two") or _host(bench, "content")
    across = [_side_by_side(bench, pick, role, kind, used, share) for share in (0.66, 0.58)]
    down = [_stacked(bench, pick, role, kind, used, share) for share in (0.74, 0.66, 0.58)]
    narrow = kind == "chart" and bench.area(pick).w < NARROW
    yield from (*down, *across) if narrow else (*across, *down)


def _stacked(bench: Bench, pick: Pick, role: str, kind: str, used: Used, share: float) -> LayoutSpec:
    top, area, foot = _frame(bench, pick, used)
    upper, lower = rows(area, share)
    return bench.spec(pick, role, bench.title(pick), top, *_both(bench, pick, kind, upper, lower), foot)


def _side_by_side(bench: Bench, pick: Pick, role: str, kind: str, used: Used, share: float) -> LayoutSpec:
    top, area, foot = _frame(bench, pick, used)
    left, right = columns(area, share)
    return bench.spec(pick, role, bench.title(pick), top, *_both(bench, pick, kind, left, right), foot)


def _both(bench: Bench, pick: Pick, kind: str, one: Box, other: Box) -> tuple[Placeholder, Placeholder]:
    """Return the places of an exhibit and its text in two boxes."""
    left, right = pick.slots.get("left"), pick.slots.get("right")
    inset = bench.grid(pick).x - bench.area(pick).x
    if left is None or right is None:
        exhibit = _exhibit(bench, pick, kind, one)
        return exhibit, bench.text("reading", "Reading", trimmed(other, inset), bench.sizes(), before=10)
    under = other.y >= one.bottom
    edge = inset - HANG if kind == "tbl" else inset
    box = trimmed(one, edge) if under else Box(one.x + edge, one.y, one.w - edge, one.h)
    name = {"chart": "Chart", "tbl": "Table", "pic": "Picture"}[kind]
    sizes = CELLS if kind == "tbl" else (BODY,)
    if left.type in ("obj", kind):
        exhibit = bench.native(left, "main", name, box, sizes, inset=0, inset_y=0)
    else:
        exhibit = Placeholder(idx=-1, type=kind, name=name, role="main", box=box, sizes=sizes)
    reading = bench.native(right, "reading", "Reading", other)
    return exhibit, bench_look(reading, sizes=bench.sizes(right))


def code(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Lines of code on a panel, with or without a text."""
    two = bench.picks.get("two")
    pick = two if two is not None and "reading" in used else bench.first("content")
    top, area, foot = _frame(bench, pick, used)
    look = {"mono": True, "fill": "panel", "inset": CODE_INSET, "bullet": "", "before": 0, "anchor": "ctr", "line": 110}
    look |= {"sizes": CODE}
    if "reading" not in used:
        main = main_text(bench, pick, "main", "Code", trimmed(area, bench.grid(pick).x - bench.area(pick).x))
        yield bench.spec(pick, "code", bench.title(pick), top, bench_look(main, **look), foot)
        return
    for cut in (columns(area, 0.66), rows(area, 0.66)):
        if two is not None:
            main, reading = (
                bench.native(two.slots[s], r, n, box)
                for s, r, n, box in zip(("left", "right"), ("main", "reading"), ("Code", "Reading"), cut, strict=True)
            )
        else:
            main = main_text(bench, pick, "main", "Code", cut[0])
            reading = bench.text("reading", "Reading", trimmed(cut[1], main.inset), bench.sizes(), before=10)
        yield bench.spec(pick, "code", bench.title(pick), top, bench_look(main, **look), bench_look(reading, sizes=bench.sizes()), foot)  # fmt: skip


def picture(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """A picture, with or without a text."""
    own = bench.picks.get("picture")
    if own is not None and "measure" not in used and ("reading" not in used or "reading" in own.slots):
        foot = bench.split(own, source="source" in used)[2]
        main = bench.native(own.slots["main"], "main", "Picture", sizes=(BODY,), inset=0, inset_y=0)
        clear = foot.y >= main.box.bottom
        if "source" not in used or clear:
            reading = own.slots.get("reading") if "reading" in used else None
            beside_it = bench.native(reading, "reading", "Reading") if reading is not None else None
            line = bench.source(foot) if "source" in used else None
            yield bench.spec(own, "picture", bench.title(own), main, beside_it, line)
    if "reading" in used:
        two = bench.picks.get("two")
        yield _side_by_side(bench, two or _host(bench, "content"), "picture", "pic", used, 0.64)
        return
    pick = _host(bench, "content")
    top, area, foot_line = _frame(bench, pick, used)
    yield bench.spec(pick, "picture", bench.title(pick), top, _exhibit(bench, pick, "pic", area), foot_line)


def diagram(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """A drawing on the free area below a title."""
    role = _role(used)
    pick = bench.first("title-only")
    top, area, foot = _frame(bench, pick, used)
    grid = bench.grid(pick)
    for high in CAPTION_HEIGHTS if "caption" in used else (0,):
        free = Box(grid.x, area.y, grid.w, area.h - high)
        caption = None
        if high:
            box = Box(grid.x, free.bottom, grid.w, high)
            caption = bench.text("caption", "Caption", box, (BODY,), color="muted", anchor="b")
        yield bench.spec(pick, role, bench.title(pick), top, caption, foot, area=free)


__all__ = ["COLUMN_GAP", "alone", "beside", "code", "diagram", "picture"]
