"""Composed layouts for cover, section, text, statement, number, pairs, source and closing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from workshop.files.colors import apart
from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder, inches
from workshop.templates.backdrop import ALIKE
from workshop.templates.builder import BODY, COLUMN_GAP, EDGE, GAP, TITLE, Bench, columns, rows, steps, trimmed
from workshop.templates.layouts import Holder
from workshop.templates.match import Pick

Used = frozenset[str]
HEAD_HEIGHT = inches(0.45)
ASIDE_HEIGHT = inches(0.95)
TICKET_HEIGHT = inches(0.95)
BAND_INSET = inches(0.2)
OCCASION = (("subtitle", ("subtitle", "occasion")),)


# ---------------------------------------------------------------- opening
def cover(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Title and subtitle; the occasion has its own placeholder or is the subtitle's last line."""
    del used
    pick = bench.first("cover")
    subtitle, occasion = pick.slots.get("subtitle"), pick.slots.get("occasion")
    title = bench.title(pick)
    if subtitle is None:
        under = Box(title.box.x + title.inset, title.box.bottom + GAP, title.box.w - 2 * title.inset, inches(1.2))
        place = bench.text("subtitle", "Subtitle", under, (24, 22, 20, BODY), before=6)
        yield bench.spec(pick, "cover", title, place, joins=OCCASION)
        return
    place = bench.native(subtitle, "subtitle", "Subtitle", _roomy(bench, pick, subtitle))
    if occasion is not None:
        third = bench.native(occasion, "occasion", "Occasion", sizes=steps(occasion.look.sizes[0], BODY))
        yield bench.spec(pick, "cover", title, place, third)
    yield bench.spec(pick, "cover", title, place, joins=OCCASION)
    box = subtitle.box
    low = Box(box.x, box.y, box.w, bench.height - EDGE - box.y)  # a cover can do without a footer
    if low.h > place.box.h and pick.layout.backdrop.free(low) == low:
        yield bench.spec(pick, "cover", title, bench.native(subtitle, "subtitle", "Subtitle", low), joins=OCCASION)


def _roomy(bench: Bench, pick: Pick, holder: Holder) -> Box:
    """Return a placeholder's box, extended to the foot if it is too low for a few lines and the space is free."""
    box = holder.box
    others = [h.box.y for h in pick.layout.holders if h is not holder and h.box.y >= box.bottom - GAP]
    end = min([bench.foot(pick, box), *others])
    if box.h >= inches(1.9) or end - box.y <= box.h or holder.look.anchor != "t":
        return box
    roomy = Box(box.x, box.y, box.w, min(end - box.y, inches(2.6)))
    return roomy if pick.layout.backdrop.free(roomy) == roomy else box


def section(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """The number before the title; question and objectives are in the section's text, or on a content layout."""
    del used
    joins = (("title", ("numeral", "title")), ("main", ("question", "label", "main")))
    pick = bench.picks.get("section")
    if pick is not None and "main" in pick.slots:
        holder = pick.slots["main"]
        title = bench.title(pick)
        yield bench.spec(pick, "section", title, bench.native(holder, "main", "Text"), joins=joins)
        roomy = _roomy(bench, pick, holder)
        if roomy != holder.box:
            yield bench.spec(pick, "section", title, bench.native(holder, "main", "Text", roomy), joins=joins)
        if title.box.bottom <= holder.box.y + GAP and title.anchor == "b":
            up = inches(1.0)
            head = bench.title(pick, Box(title.box.x, title.box.y, title.box.w, title.box.h - up))
            grown = Box(holder.box.x, holder.box.y - up, holder.box.w, roomy.h + up)
            yield bench.spec(pick, "section", head, bench.native(holder, "main", "Text", grown), joins=joins)
    opening = bench.picks.get("cover")
    if pick is None and opening is not None and "subtitle" in opening.slots:
        text = opening.slots["subtitle"]
        box = _roomy(bench, opening, text)
        yield bench.spec(opening, "section", bench.title(opening), bench.native(text, "main", "Text", box), joins=joins)
    for spec in content(bench, frozenset({"section"})):
        yield LayoutSpec(
            role="section",
            name=spec.name,
            type=spec.type,
            placeholders=spec.placeholders,
            rail=False,
            joins=joins,
            part=spec.part,
            foot=spec.foot,
        )


# ---------------------------------------------------------------- text
def main_text(
    bench: Bench, pick: Pick, role: str, name: str, box: Box | None, cap: float = 999, **look: Any
) -> Placeholder:
    """Return the main text in the layout's main placeholder, or in a text box if it has none."""
    holder = pick.slots.get("main")
    if holder is None:
        area = box or bench.area(pick)
        return bench.text(role, name, trimmed(area, 0), bench.sizes(cap=min(cap, 28)), **{"before": 10, **look})
    return bench.native(holder, role, name, box, steps(holder.look.sizes[0], BODY, cap=cap), **look)


def content(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """A title and text."""
    pick = bench.first("content")
    _, area, line = bench.split(pick, source="source" in used)
    box = area if "source" in used or "main" not in pick.slots else None
    foot = bench.source(line) if "source" in used else None
    yield bench.spec(pick, "content", bench.title(pick), main_text(bench, pick, "main", "Text", box), foot)


def pair(bench: Bench, pick: Pick, area: Box, names: tuple[str, str], sizes: float = 999) -> list[Placeholder]:
    """Return two columns in an area: the layout's own, or the main placeholder and a text box beside it."""
    left, right = pick.slots.get("left"), pick.slots.get("right")
    if left is not None and right is not None:
        made = []
        for holder, role in ((left, names[0]), (right, names[1])):
            whole = holder.box.bottom <= area.bottom and holder.box.y >= area.y
            box = None if whole else Box(holder.box.x, area.y, holder.box.w, area.bottom - area.y)
            made.append(
                bench.native(holder, role, role.capitalize(), box, steps(holder.look.sizes[0], BODY, cap=sizes))
            )
        return made
    a, b = columns(area, 0.5)
    first = main_text(bench, pick, names[0], names[0].capitalize(), a, sizes)
    cut = trimmed(Box(b.x, b.y + first.inset_y, b.w, b.h - 2 * first.inset_y), first.inset)
    own = tuple(size for size in first.sizes if size <= 24) or first.sizes[-1:]
    return [first, bench.text(names[1], names[1].capitalize(), cut, own, before=8)]


def two_content(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Two columns; headings come from a comparison layout or are text boxes above them."""
    if "headings" in used and "source" not in used and bench.has("comparison"):
        pick = bench.picks["comparison"]
        heads = [bench.native(pick.slots[f"{s}-heading"], f"{s}-heading", f"{s.capitalize()} heading") for s in _SIDES]
        both = [bench.native(pick.slots[s], s, s.capitalize()) for s in _SIDES]
        yield bench.spec(pick, "two-content", bench.title(pick), heads[0], both[0], heads[1], both[1])
    pick = bench.first("two")
    _, area, line = bench.split(pick, source="source" in used)
    foot = bench.source(line) if "source" in used else None
    if "headings" not in used:
        left, right = pair(bench, pick, area, _SIDES)
        yield bench.spec(pick, "two-content", bench.title(pick), left, right, foot)
        return
    under = Box(area.x, area.y + HEAD_HEIGHT, area.w, area.h - HEAD_HEIGHT)
    both = pair(bench, pick, under, _SIDES)
    heads = [_heading(bench, place, f"{place.role}-heading", area.y, "accent") for place in both]
    yield bench.spec(pick, "two-content", bench.title(pick), heads[0], both[0], heads[1], both[1], foot)


_SIDES = ("left", "right")


def _heading(bench: Bench, under: Placeholder, role: str, y: int, color: str) -> Placeholder:
    """Return a heading above a column, aligned with its text."""
    box = Box(under.box.x + under.inset, y, under.box.w - 2 * under.inset, HEAD_HEIGHT)
    name = role.replace("-", " ").capitalize()
    return bench.text(role, name, box, (22, 20, BODY), color=color, bold=True, anchor="b")


def misconception(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """The claim, struck through, beside the reply."""
    struck: dict[str, Any] = {"color": "muted", "strike": True}
    roles = ("claim", "reply")
    labels = {"claim-label": "stop", "reply-label": "accent"}
    if bench.has("comparison"):
        pick = bench.picks["comparison"]
        _, area, line = bench.split(pick, source="source" in used)
        foot = bench.source(line) if "source" in used else None
        places: list[Placeholder] = []
        for side, role in zip(_SIDES, roles, strict=True):
            head, holder = pick.slots[f"{side}-heading"], pick.slots[side]
            label = f"{role}-label"
            box = holder.box if foot is None else _upto(holder.box, area.bottom)
            places.append(bench.native(head, label, label.replace("-", " ").capitalize(), color=labels[label]))
            places.append(bench.native(holder, role, role.capitalize(), box, **(struck if role == "claim" else {})))
        yield bench.spec(pick, "misconception", bench.title(pick), *places, foot)
        return
    pick = bench.first("two")
    _, area, line = bench.split(pick, source="source" in used)
    foot = bench.source(line) if "source" in used else None
    both = pair(bench, pick, Box(area.x, area.y + HEAD_HEIGHT, area.w, area.h - HEAD_HEIGHT), roles)
    both[0] = bench_look(both[0], **struck)
    heads = [_heading(bench, place, f"{place.role}-label", area.y, labels[f"{place.role}-label"]) for place in both]
    yield bench.spec(pick, "misconception", bench.title(pick), heads[0], both[0], heads[1], both[1], foot)


def bench_look(place: Placeholder, **look: Any) -> Placeholder:
    """Return a place with another look."""
    return replace(place, **look)


def _upto(box: Box, end: int) -> Box:
    return Box(box.x, box.y, box.w, min(box.bottom, end) - box.y)


# ---------------------------------------------------------------- few words, large
def statement(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """One sentence: the title, moved to the middle if the background is the same there, with an aside below it."""
    pick = bench.first("title-only")
    holder = pick.layout.title
    assert holder is not None
    grid = bench.grid(pick)
    _, area, line = bench.split(pick, source="source" in used)
    top = min(holder.box.y, area.y)
    end = area.bottom - (ASIDE_HEIGHT + GAP if "aside" in used else 0)
    middle = Box(holder.box.x, top + (end - top) // 6, holder.box.w, (end - top) * 5 // 6)
    foot = bench.source(line) if "source" in used else None
    large = steps(max(44.0, holder.look.sizes[0]), 28.0)
    aside = None
    if "aside" in used:
        box = Box(grid.x, end + GAP, grid.w, ASIDE_HEIGHT)
        aside = bench.text("aside", "Aside", box, bench.sizes(), color="muted")
    back = pick.layout.backdrop
    if apart(back.ground(middle), back.ground(holder.box)) <= ALIKE:
        title = bench_look(bench.title(pick, middle, large), anchor="ctr")
        yield bench.spec(pick, "statement", title, aside, foot)
    large_one = bench.picks.get("section")
    if large_one is not None and "main" in large_one.slots and "source" not in used:
        text = bench.native(large_one.slots["main"], "aside", "Aside") if "aside" in used else None
        yield bench.spec(large_one, "statement", bench.title(large_one), text)
    under = None
    if "aside" in used:
        under = bench.text("aside", "Aside", Box(grid.x, area.y, grid.w, area.h), (28, 26, 24, 22, 20, BODY))
    yield bench.spec(pick, "statement", bench.title(pick), under, foot)


def big_number(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """A number and what it counts on the left, the working on the right."""
    pick = bench.first("two")
    _, area, line = bench.split(pick, source="source" in used)
    foot = bench.source(line) if "source" in used else None
    right = pick.slots.get("right")
    if right is not None:
        grid = Box(bench.grid(pick).x, area.y, right.box.x - COLUMN_GAP // 2 - bench.grid(pick).x, area.h)
        work = bench.native(right, "main", "Working", _upto(right.box, area.bottom) if foot else None)
    else:
        left, beside = columns(area, 0.5)
        grid = trimmed(left, bench.grid(pick).x - area.x)
        work = main_text(bench, pick, "main", "Working", beside)
    upper, lower = rows(grid, 0.56)
    sizes = (166.0, 138.0, 115.0, 96.0, 80.0, 66.0)
    number = bench.text("number", "Number", upper, sizes, color="accent", bold=True, anchor="b", line=85)
    unit = bench.text("unit", "Unit", lower, bench.sizes())
    yield bench.spec(pick, "big-number", bench.title(pick), number, unit, work, foot)


def source(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """A finding from the literature; below it, under rules, its authors, version and scope."""
    del used
    pick = bench.first("content")
    area, grid = bench.area(pick), bench.grid(pick)
    for share in (0.56, 0.45):
        upper, lower = rows(area, share, inches(0.25))
        size = pick.slots["main"].look.sizes[0] if "main" in pick.slots else 28.0
        finding = main_text(bench, pick, "finding", "Finding", upper)
        finding = bench_look(finding, sizes=steps(max(36.0, size), BODY), bold=True, bullet="")
        width = (grid.w - 2 * COLUMN_GAP) // 3
        thirds = [
            Box(grid.x + k * (width + COLUMN_GAP), lower.y + inches(0.14), width, lower.h - inches(0.14))
            for k in range(3)
        ]
        texts = [
            bench.text(role, role.capitalize(), box, (BODY,))
            for role, box in zip(("who", "version", "scope"), thirds, strict=True)
        ]
        rules = tuple(Decor("line", Box(box.x, lower.y, box.w, 0), "ink", 1.5) for box in thirds)
        yield bench.spec(pick, "source", bench.title(pick), finding, *texts, decor=rules)


def closing(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """What was learnt, in two columns, and the exit ticket on a band below them."""
    pick = bench.first("two")
    area, grid = bench.area(pick), bench.grid(pick)
    band = None
    if "exit-ticket" in used:
        box = Box(grid.x, area.bottom - TICKET_HEIGHT, grid.w, TICKET_HEIGHT)
        look = {"color": "on_open", "fill": "open", "inset": BAND_INSET, "bold": True, "anchor": "ctr"}
        band = bench.text("exit-ticket", "Exit ticket", box, (24, 22, 20, BODY), **look)
        area = Box(area.x, area.y, area.w, area.h - TICKET_HEIGHT - GAP)
    left, right = pair(bench, pick, area, _SIDES, 24)
    yield bench.spec(pick, "closing", bench.title(pick), left, right, band)


__all__ = ["TITLE", "big_number", "closing", "content", "cover", "misconception", "section", "source", "statement", "two_content"]  # fmt: skip
