"""Matching a template's layouts to ours by the types, number and places of their placeholders, in any language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from workshop.model.theme import Box
from workshop.templates.user_layouts import Holder, TemplateLayout

HOSTS = frozenset({"obj", "chart", "tbl", "pic"})
COVERS = ("cover", "section")  # kinds whose text may be on a picture
LOWEST_TITLE = 0.45  # share of the height: a title that ends below it is in the middle of the slide
ROWS = 400_000  # EMU: largest distance between the tops of two columns


class Pick(Struct, frozen=True):
    """A layout chosen for a kind.

    Attributes:
        slots: our name for a place -> the placeholder.
        why: the reason, in one phrase.
    """

    layout: TemplateLayout
    slots: Mapping[str, Holder]
    why: str


class _Scored(Struct, frozen=True):
    score: float
    pick: Pick


Size = tuple[int, int]
Judge = Callable[[TemplateLayout, Size], _Scored | None]


def usable(layout: TemplateLayout, size: Size) -> bool:
    """Whether a layout has a horizontal title and no vertical text."""
    title = layout.title
    if title is None or not all(h.upright for h in layout.holders):
        return False
    return title.box.w >= 0.2 * size[0] and title.box.h < 0.9 * size[1]


def match_layouts(layouts: Sequence[TemplateLayout], size: Size) -> dict[str, Pick]:
    """Return the best layout of each kind that the template has; those for body text all come from one master."""
    fine = [layout for layout in layouts if usable(layout, size)]
    masters = list(dict.fromkeys(layout.master for layout in fine))
    by_master = {m: _within([layout for layout in fine if layout.master == m], size) for m in masters}
    if not by_master:
        return {}
    best = max(masters, key=lambda m: (_worth(by_master[m]), -masters.index(m)))
    found = dict(by_master[best])
    for kind in COVERS:
        if kind not in found:
            other = next((by_master[m][kind] for m in masters if kind in by_master[m]), None)
            if other is not None:
                found[kind] = other
    return found


def _worth(found: Mapping[str, Pick]) -> int:
    weights = {"content": 8, "two": 4, "title-only": 3, "comparison": 2, "cover": 1, "section": 1}
    return sum(weight for kind, weight in weights.items() if kind in found)


def _within(layouts: Sequence[TemplateLayout], size: Size) -> dict[str, Pick]:
    found: dict[str, Pick] = {}
    clear = [x for x in layouts if not any(x.backdrop.is_picture(h.box) for h in x.holders)]
    for kind, judge in JUDGES:
        fine = layouts if kind in COVERS else clear
        scored = [s for layout in fine if (s := judge(layout, size)) is not None]
        if scored:
            found[kind] = max(scored, key=lambda s: (s.score, -s.pick.layout.number)).pick
    if "section" in found and "cover" in found and found["section"].layout.part == found["cover"].layout.part:
        del found["section"]
    return found


def _scored(score: float, layout: TemplateLayout, why: str, **slots: Holder | None) -> _Scored:
    kept = {name.replace("_", "-"): holder for name, holder in slots.items() if holder is not None}
    hint = f", type {layout.kind}" if layout.kind else ""
    return _Scored(score, Pick(layout, kept, why + hint))


# ---------------------------------------------------------------- one judge per kind
def _cover(layout: TemplateLayout, size: Size) -> _Scored | None:
    title, rest = layout.title, layout.contents
    assert title is not None
    if any(h.type in HOSTS and h.area > 0.12 * size[0] * size[1] for h in rest if h.type != "pic"):
        return None
    below = [h for h in rest if h.type in ("subTitle", "body")]
    subtitle = next((h for h in below if h.type == "subTitle"), max(below, key=lambda h: h.area, default=None))
    score = 5.0 * (layout.kind == "title") + 4 * (title.type == "ctrTitle")
    score += 3 * any(h.type == "subTitle" for h in rest)
    if score < 3:
        return None
    others = [h for h in below if h is not subtitle]
    occasion = max(others, key=lambda h: h.area, default=None)
    why = "a title" + (" and a subtitle" if subtitle else "")
    return _scored(score, layout, why, title=title, subtitle=subtitle, occasion=occasion)


def _section(layout: TemplateLayout, size: Size) -> _Scored | None:
    title, rest = layout.title, layout.contents
    assert title is not None
    texts = [h for h in rest if h.type == "body"]
    if len(texts) != len(rest) or len(texts) > 2 or title.type == "ctrTitle":
        return None
    main = max(texts, key=lambda h: h.area, default=None)
    low = main is not None and main.box.h <= 0.42 * size[1] and not main.look.bullet
    score = (
        6.0 * (layout.kind == "secHead")
        + 2 * low
        + 1.5 * (title.box.h > 0.2 * size[1])
        + 1 * (title.look.sizes[0] >= 36)
    )
    if score < 3 or (main is None and layout.kind != "secHead"):
        return None
    return _scored(score, layout, "a large title and a short text", title=title, main=main)


def _content(layout: TemplateLayout, size: Size) -> _Scored | None:
    title = layout.title
    assert title is not None
    large = [h for h in layout.contents if h.type in ("obj", "body") and h.area >= 0.27 * size[0] * size[1]]
    small = [h for h in layout.contents if h not in large]
    if len(large) != 1 or any(h.type not in ("body", "subTitle") or h.box.h > 0.15 * size[1] for h in small):
        return None
    main = large[0]
    beside = main.box.y < title.box.y + 0.4 * title.box.h
    if title.type == "ctrTitle" or (beside and main.box.overlaps(title.box, round(0.02 * size[0]))):
        return None
    score = (
        -4.0 * beside
        + 3.0 * (main.type == "obj")
        + 3 * (layout.kind in ("obj", "tx"))
        + 2 * main.box.w / size[0]
        - len(small)
    )
    what = "object" if main.type == "obj" else "text"
    why = f"a title and one {what}, {round(100 * main.box.w / size[0])}% wide"
    return _scored(score, layout, why, title=title, main=main)


def _columns(holders: Iterable[Holder], size: Size) -> tuple[Holder, Holder] | None:
    """Return two holders side by side, of about the same height."""
    pair = sorted(holders, key=lambda h: h.box.x)
    if len(pair) != 2:
        return None
    left, right = pair
    level = abs(left.box.y - right.box.y) < ROWS
    beside = left.box.right <= right.box.x + 0.02 * size[0]
    alike = 0.35 <= left.box.w / max(1, right.box.w) <= 2.9 and 0.5 <= left.box.h / max(1, right.box.h) <= 2
    return (left, right) if level and beside and alike else None


def _two(layout: TemplateLayout, size: Size) -> _Scored | None:
    title = layout.title
    assert title is not None
    large = [h for h in layout.contents if h.type in ("obj", "body") and h.box.h >= 0.3 * size[1]]
    pair = _columns(large, size)
    if pair is None or len(large) != len(layout.contents) or title.box.bottom > pair[0].box.y + 0.05 * size[1]:
        return None
    even = min(pair[0].box.w, pair[1].box.w) / max(pair[0].box.w, pair[1].box.w)
    score = 3.0 * (layout.kind in ("twoObj", "twoColTx")) + sum(h.type == "obj" for h in pair) + 3 * even
    return _scored(score, layout, "a title and two columns", title=title, left=pair[0], right=pair[1])


def _comparison(layout: TemplateLayout, size: Size) -> _Scored | None:
    title = layout.title
    assert title is not None
    large = [h for h in layout.contents if h.type in ("obj", "body") and h.box.h >= 0.25 * size[1]]
    heads = [h for h in layout.contents if h.type == "body" and h not in large and h.box.h < 0.2 * size[1]]
    pair, over = _columns(large, size), _columns(heads, size)
    if pair is None or over is None or len(layout.contents) != 4 or over[0].box.y > pair[0].box.y:
        return None
    score = 3.0 * (layout.kind == "twoTxTwoObj") + 1
    slots = {"left_heading": over[0], "left": pair[0], "right_heading": over[1], "right": pair[1]}
    return _scored(score, layout, "a title and two columns with headings", title=title, **slots)


def _title_only(layout: TemplateLayout, size: Size) -> _Scored | None:
    title = layout.title
    assert title is not None
    if layout.contents or title.box.bottom > LOWEST_TITLE * size[1] or title.box.h > 0.35 * size[1]:
        return None
    higher = 1 - title.box.bottom / size[1]  # leaves more room under it
    return _scored(3.0 * (layout.kind == "titleOnly") + 1 + higher, layout, "a title and nothing else", title=title)


def _single(kind: str, least: float) -> Judge:
    def judge(layout: TemplateLayout, size: Size) -> _Scored | None:
        title = layout.title
        assert title is not None
        found = [h for h in layout.contents if h.type == kind]
        rest = [h for h in layout.contents if h.type != kind]
        if len(found) != 1 or len(rest) > 1 or found[0].area < least * size[0] * size[1]:
            return None
        main = found[0]
        if main.box.y < title.box.y + 0.4 * title.box.h or any(h.type != "body" for h in rest):
            return None
        beside = [h for h in rest if h.box.h >= 0.25 * size[1] and not h.box.overlaps(main.box)]
        if rest and not beside:
            return None
        what = {"pic": "a picture", "chart": "a chart", "tbl": "a table"}[kind]
        return _scored(1.0 + main.area / (size[0] * size[1]), layout, f"a title and {what}", title=title, main=main, reading=next(iter(beside), None))  # fmt: skip

    return judge


JUDGES: tuple[tuple[str, Judge], ...] = (
    ("cover", _cover),
    ("section", _section),
    ("content", _content),
    ("two", _two),
    ("comparison", _comparison),
    ("title-only", _title_only),
    ("picture", _single("pic", 0.2)),
    ("chart", _single("chart", 0.27)),
    ("table", _single("tbl", 0.27)),
)


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest box around some boxes."""
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    return Box(left, top, max(b.right for b in boxes) - left, max(b.bottom for b in boxes) - top)
