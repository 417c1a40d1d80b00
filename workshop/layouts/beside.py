"""An exhibit and a text: chart, table, code or picture, with two or three short lines beside or under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from msgspec.structs import replace

from workshop.layouts.bands import BAND, BAND_UNDER, answered, answered_under
from workshop.layouts.bench import COMPOSED_CELLS, LEAST, Bench, Pick, Used, columns, framed, main_text, rows, trimmed
from workshop.layouts.declared import Layout, Look
from workshop.layouts.exhibits import CHART, MEASURED, NAMES, TABLE, exhibit, host, hosted, under_measure
from workshop.layouts.grid import HANG, column, span
from workshop.layouts.large import NAMES as SPARSE
from workshop.layouts.large import cells, half, looks_for, photo
from workshop.layouts.looks import BELOW, NOW_SEE, UNDER, below, now_see, now_see_under, raised
from workshop.layouts.parts import BODY, CELLS, CODE_SIZES, body, look
from workshop.model.blocks import ShownCode, ShownPicture
from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder, inches

Cut = Callable[[Box, float], tuple[Box, Box]]
TOP, HIGH = inches(2.2), inches(4.0)
EDGE = Decor("line", Box(column(8) + inches(0.08), inches(2.24), 0, inches(3.96)), "rule", 1)
COMPOSED_CODE = (20.0, 18.0)
CODE_INSET = inches(0.2)
NARROW = inches(9.6)  # in a narrower area, a chart and its text are better one above the other
LEAST_CODE = 8  # code with fewer lines isn't divided
TEXT = "Ours is the larger one."
READING = ("reading", *MEASURED)


# ---------------------------------------------------------------- parts
def _reading() -> Placeholder:
    area = Box(column(8) + inches(0.35), TOP, span(4) - inches(0.35), HIGH)
    return body(2, "Reading", "reading", area, BODY, before=16)


def _cut(bench: Bench, pick: Pick, role: str, kind: str, used: Used, cut: Cut, share: float) -> LayoutSpec:
    """Return a layout whose area is cut into one for the exhibit, with a share of it, and one for the text."""
    top, area, foot = framed(bench, pick, used)
    return bench.spec(pick, role, bench.title(pick), top, *_both(bench, pick, kind, *cut(area, share)), foot)


def _both(bench: Bench, pick: Pick, kind: str, one: Box, other: Box) -> tuple[Placeholder, Placeholder]:
    """Return the places of an exhibit and its text in two boxes."""
    left, right = pick.slots.get("left"), pick.slots.get("right")
    inset = bench.grid(pick).x - bench.area(pick).x
    if left is None or right is None:
        text = bench.text("reading", "Reading", trimmed(other, inset), bench.sizes(), before=10)
        return hosted(bench, pick, kind, one), text
    under = other.y >= one.bottom
    edge = inset - HANG if kind == "tbl" else inset
    at = trimmed(one, edge) if under else Box(one.x + edge, one.y, one.w - edge, one.h)
    sizes = COMPOSED_CELLS if kind == "tbl" else (LEAST,)
    if left.type in ("obj", kind):
        shown = bench.native(left, "main", NAMES[kind], at, sizes, inset=0, inset_y=0)
    else:
        shown = Placeholder(idx=-1, type=kind, name=NAMES[kind], role="main", box=at, sizes=sizes)
    return shown, replace(bench.native(right, "reading", "Reading", other), sizes=bench.sizes(right))


def _composed(role: str, kind: str, bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Yield an exhibit and its text, side by side or one above the other."""
    pick = bench.picks.get("two") or host(bench, "content")
    across = [_cut(bench, pick, role, kind, used, columns, share) for share in (0.66, 0.58)]
    down = [_cut(bench, pick, role, kind, used, rows, share) for share in (0.74, 0.66, 0.58)]
    narrow = kind == "chart" and bench.area(pick).w < NARROW
    yield from (*down, *across) if narrow else (*across, *down)


# ---------------------------------------------------------------- a chart, a table
def _pair(place: Placeholder, alone: Layout, **looks: Look) -> Layout:
    """Return the declaration of a layout with an exhibit and a text, for one that has a layout for it alone."""
    role = f"{alone.name}-and-text"
    name = f"{NAMES[place.type]} and text"
    return Layout(
        name=role,
        example=f"{alone.example}\n\n{TEXT}",
        arrange=None,
        own=lambda: under_measure(role, name, place, _reading(), decor=(EDGE,)),
        looks={
            BELOW: below,
            NOW_SEE: now_see,
            UNDER: now_see_under,
            BAND: answered,
            BAND_UNDER: answered_under,
            **looks,
        },
        raised=raised,
        composed=partial(_composed, role, place.type),
        optional=MEASURED,
        made_on=("two", {"main": "left", "reading": "right"}),
        shows=alone.shows,
        traits=frozenset({"beside", "by-hand"}),
    )


def _counted(spec: LayoutSpec) -> LayoutSpec:
    """Return a chart of squares beside the number that they prove and what it counts."""
    x = inches(9.75)
    w = column(0) + span(12) - x
    main, reading = spec.find("main"), spec.find("reading")
    assert main is not None
    assert reading is not None
    places = [place for place in spec.placeholders if place.role != "reading"]
    places = [
        replace(place, box=Box(main.box.x, main.box.y, x - inches(0.2) - main.box.x, main.box.h))
        if place is main
        else place
        for place in places
    ]
    count = body(
        16,
        "Count",
        "count",
        Box(x, inches(2.5), w, inches(1.72)),
        (120, 96, 80, 66),
        "accent",
        bold=True,
        anchor="b",
        line=80,
        track=-30,
    )
    below = replace(reading, name="Count unit", role="count-unit", box=Box(x, inches(4.36), w, inches(1.9)), before=0)
    return look(spec, "Squares and count", (*places[:-1], count, below, places[-1]), decor=())


_CHART = exhibit("chart", Box(column(0), inches(2.1), span(8), inches(4.2)))
_TABLE = exhibit("tbl", Box(column(0) - HANG, inches(2.3), span(8) + HANG, inches(3.9)), CELLS)
CHART_AND_TEXT, TABLE_AND_TEXT = _pair(_CHART, CHART, counted=_counted), _pair(_TABLE, TABLE)


# ---------------------------------------------------------------- code
def _code() -> LayoutSpec:
    panel = body(
        1, "Code", "main", Box(column(0), TOP, span(8), HIGH), CODE_SIZES, anchor="ctr", line=118, fill="panel", inset=inches(0.3),
        mono=True, inset_y=inches(0.18),
    )  # fmt: skip
    return under_measure("code", "Code", panel, _reading())


def _composed_code(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Yield lines of code on a panel, with or without a text."""
    two = bench.picks.get("two")
    pick = two if two is not None and "reading" in used else bench.first("content")
    top, area, foot = framed(bench, pick, used)

    def spec(main: Placeholder, reading: Placeholder | None = None) -> LayoutSpec:
        code = replace(
            main, mono=True, fill="panel", inset=CODE_INSET, bullet="", before=0, anchor="ctr", line=110,
            sizes=COMPOSED_CODE,
        )  # fmt: skip
        text = replace(reading, sizes=bench.sizes()) if reading is not None else None
        return bench.spec(pick, "code", bench.title(pick), top, code, text, foot)

    if "reading" not in used:
        yield spec(main_text(bench, pick, "main", "Code", trimmed(area, bench.grid(pick).x - bench.area(pick).x)))
        return
    for one, other in (columns(area, 0.66), rows(area, 0.66)):
        if two is not None:
            left, right = two.slots["left"], two.slots["right"]
            yield spec(bench.native(left, "main", "Code", one), bench.native(right, "reading", "Reading", other))
        else:
            main = main_text(bench, pick, "main", "Code", one)
            yield spec(main, bench.text("reading", "Reading", trimmed(other, main.inset), bench.sizes(), before=10))


CODE = Layout(
    name="code",
    other_names=("code-and-text",),
    example="```python\ncounts[word] += 1\n```",
    arrange=None,
    own=_code,
    raised=raised,
    composed=_composed_code,
    optional=READING,
    shows=ShownCode,
    traits=frozenset({"beside", "by-hand", "wide"}),
)


# ---------------------------------------------------------------- a picture
def _picture() -> LayoutSpec:
    area = Box(column(0), TOP, span(8), HIGH)
    return under_measure("picture", "Picture", exhibit("pic", area, fill="panel"), _reading())


def _composed_picture(bench: Bench, used: Used) -> Iterable[LayoutSpec]:
    """Yield a picture, with or without a text."""
    pick = bench.picks.get("picture")
    if pick is not None and "measure" not in used and ("reading" not in used or "reading" in pick.slots):
        foot = bench.split(pick, source="source" in used)[2]
        main = bench.native(pick.slots["main"], "main", "Picture", sizes=(LEAST,), inset=0, inset_y=0)
        if "source" not in used or foot.y >= main.box.bottom:
            text = bench.native(pick.slots["reading"], "reading", "Reading") if "reading" in used else None
            line = bench.source(foot) if "source" in used else None
            yield bench.spec(pick, "picture", bench.title(pick), main, text, line)
    if "reading" in used:
        two = bench.picks.get("two") or host(bench, "content")
        yield _cut(bench, two, "picture", "pic", used, columns, 0.64)
        return
    pick = host(bench, "content")
    top, area, line = framed(bench, pick, used)
    yield bench.spec(pick, "picture", bench.title(pick), top, hosted(bench, pick, "pic", area), line)


PICTURE = Layout(
    name="picture",
    other_names=("picture-and-text",),
    example='![](plot.png){alt="A rising line"}',
    arrange=None,
    own=_picture,
    looks=looks_for(photo=photo, half=half, cells=cells),
    raised=raised,
    kept=tuple(SPARSE),
    composed=_composed_picture,
    optional=READING,
    shows=ShownPicture,
    traits=frozenset({"beside", "by-hand", "wide"}),
)
