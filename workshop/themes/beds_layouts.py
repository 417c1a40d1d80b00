"""The layouts of the Beds theme as data; in the deck each becomes a real slide layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder, inches
from workshop.themes.beds_beside import beside_panels
from workshop.themes.beds_looks import (
    ONE_LINE,
    RAISED,
    field_of_finding,
    field_of_number,
    figure,
    halves,
    live,
    one_line,
    panels,
    pictures,
    proof,
    raised_pictures,
    shares_of_finding,
    tiles,
    vote,
)
from workshop.themes.beds_opening import closing, cover, map_, section, section_with_picture
from workshop.themes.grid import (
    BODY_END,
    BODY_TOP,
    HANG,
    TITLE_TOP,
    WIDTH,
    box,
    column,
    span,
    upto,
)
from workshop.themes.parts import (
    BODY,
    CELLS,
    CODE,
    LARGE_CELLS,
    LEAD,
    SMALL,
    TURN_BLOCK,
    TURN_WIDTH,
    TURN_X,
    block,
    body,
    exhibit_title,
    layout,
    measure,
    rule,
    source,
    tag,
    title,
    turn_foot,
    turn_panel,
    turn_source,
    turn_title,
)

BESIDE = Decor("line", box(column(8) + inches(0.08), inches(2.24), 0, inches(3.96)), "rule", 1)
OPTION_TOP = inches(1.98)
# How many options there are -> height of each, from the top of one to that of the next, sizes of letters and of options
OPTIONS: Mapping[int, tuple[int, int, tuple[float, ...], tuple[float, ...]]] = {
    2: (inches(1.9), inches(2.1), (66,), (32, 28, 26, 24)),
    3: (inches(1.3), inches(1.5), (44,), (28, 26, 24, 22)),
    4: (inches(0.94), inches(1.12), (32,), BODY),
}
HALF = span(5) + inches(0.4)
KEPT = (
    "two-content/vote",
    "toy-stops/halves",
    "activity/live",
    "source/shares",
    "source/shares/now-see",
)  # looks that are the same under a title of one line


def layouts() -> Mapping[str, LayoutSpec]:
    """Return every layout by its role in ``plan``."""
    specs = (
        cover(),
        section(),
        _content(),
        _two_content(),
        _two_plain(),
        _statement(),
        _big_number(),
        *_exhibits(),
        _diagram(),
        _predict(),
        _activity(),
        _exercise(),
        _misconception(),
        map_(),
        _source_layout(),
        closing(),
    )
    found = {spec.role: spec for spec in specs}
    found |= {"cover/picture": cover(pictured=True), "section/picture": section_with_picture()}
    found |= {f"content/tiles-{count}": tiles(count) for count in (2, 3, 4)}
    found |= {f"content/pictures-{count}": pictures(count) for count in (2, 3, 4)}
    found["source/shares"] = shares_of_finding(found["source"])
    found["source/figure"] = figure(found["source"])
    found["source/field"] = field_of_finding(found["source"])
    found["big-number/field"] = field_of_number(found["big-number"])
    found["misconception/proof"] = proof(found["misconception"])
    found["activity/live"] = live(found["activity"])
    found["two-content/vote"] = vote(found["two-content"])
    found["toy-stops/halves"] = halves(found["toy-stops"])
    found["two-content/panels"] = panels(found["two-content"])
    found["two-content/stated"] = panels(found["two-content"], stated=True)
    found |= {f"predict/options-{count}": _predict(count) for count in (2, 3)}
    found |= dict(beside_panels(found))
    return found | {
        f"{key}/{ONE_LINE}": raised_pictures(spec) if spec.pictures else one_line(key, spec)
        for key, spec in found.items()
        if key.partition("/")[0] in RAISED and key not in KEPT
    }


# ---------------------------------------------------------------- text
def _content() -> LayoutSpec:
    main = upto(column(0), BODY_TOP, span(10), BODY_END)
    return layout(
        "content",
        "Content",
        title(),
        body(1, "Content", "main", main, (32, *LEAD), bullet="block", before=16),
        source(),
        kind="obj",
    )


def _two_content() -> LayoutSpec:
    top, ruled = inches(2.58), inches(2.44)
    parts: list[Placeholder] = []
    for x, side, head_idx, idx in ((column(0), "Left", 13, 1), (column(6), "Right", 15, 2)):
        role = side.lower()
        head, place = box(x, BODY_TOP, HALF, inches(0.42)), upto(x, top, HALF, BODY_END)
        parts += [
            body(head_idx, f"{side} heading", f"{role}-heading", head, BODY, "accent", bold=True),
            Placeholder(idx=idx, type="obj", name=side, role=role, box=place, sizes=BODY, bullet="block", before=14),
        ]
    return layout(
        "two-content",
        "Two content",
        title(),
        *parts,
        source(),
        kind="twoObj",
        decor=(rule(column(0), ruled, HALF), rule(column(6), ruled, HALF)),
    )


def _two_plain() -> LayoutSpec:
    parts = (
        Placeholder(
            idx=idx,
            type="obj",
            name=role.capitalize(),
            role=role,
            box=upto(x, BODY_TOP, HALF, BODY_END),
            sizes=(28, *BODY),
            bullet="block",
            before=14,
        )
        for idx, role, x in ((1, "left", column(0)), (2, "right", column(6)))
    )
    return layout("two-plain", "Two content, no headings", title(), *parts, source())


def _statement() -> LayoutSpec:
    place = box(column(0), inches(0.95), span(11), inches(4.1))
    aside = box(column(0), inches(5.35), span(10), inches(0.9))
    sizes = (64, 54, 44)
    return layout(
        "statement",
        "Statement",
        Placeholder(
            idx=0,
            type="title",
            name="Title",
            role="title",
            box=place,
            sizes=sizes,
            bold=True,
            line=104,
            track=-140,
            anchor="ctr",
        ),
        body(13, "Aside", "aside", aside, BODY, "muted"),
        source(),
        kind="titleOnly",
    )


def _big_number() -> LayoutSpec:
    number, unit = box(column(0), BODY_TOP, span(7), inches(2.3)), box(column(0), inches(4.4), span(6), inches(1.7))
    sizes = (160, 138, 120, 96)
    return layout(
        "big-number",
        "Big number",
        title(),
        body(15, "Number", "number", number, sizes, "accent", bold=True, anchor="b", line=80, track=-600),
        body(16, "Unit", "unit", unit, (28, *BODY)),
        body(1, "Working", "main", box(column(7), inches(2.1), span(5), inches(4.18)), (28, *BODY), before=10),
        source(),
    )


# ---------------------------------------------------------------- exhibits
def _main(kind: str, name: str, area: Box, sizes: tuple[float, ...] = SMALL, fill: str = "") -> Placeholder:
    return Placeholder(idx=1, type=kind, name=name, role="main", box=area, sizes=sizes, fill=fill)


def _exhibits() -> tuple[LayoutSpec, ...]:
    x, beside, whole = column(0), span(8), span(12)
    top, height = inches(2.1), inches(4.2)
    table_top, table_height = inches(2.3), inches(3.9)
    chart = _main("chart", "Chart", box(x, top, whole, height))
    chart_beside = _main("chart", "Chart", box(x, top, beside, height))
    table = _main("tbl", "Table", box(x - HANG, table_top, whole + 2 * HANG, table_height), LARGE_CELLS)
    table_beside = _main("tbl", "Table", box(x - HANG, table_top, beside + HANG, table_height), CELLS)
    toy = _main("tbl", "Table", box(x - HANG, inches(2.0), whole + 2 * HANG, inches(4.2)), CELLS)
    place = box(x, inches(2.2), beside, inches(4.0))
    picture = _main("pic", "Picture", place, fill="panel")
    code = body(
        1, "Code", "main", place, CODE, anchor="ctr", line=118, fill="panel", inset=inches(0.3), mono=True,
        inset_y=inches(0.18),
    )  # fmt: skip
    read = box(column(8) + inches(0.35), inches(2.2), span(4) - inches(0.35), inches(4.0))
    reading = body(2, "Reading", "reading", read, BODY, before=16)
    head, foot = (exhibit_title(), measure()), source()
    return (
        layout("chart", "Chart", *head, chart, foot),
        layout("chart-and-text", "Chart and text", *head, chart_beside, reading, foot, decor=(BESIDE,)),
        layout("table", "Table", *head, table, foot),
        layout("table-and-text", "Table and text", *head, table_beside, reading, foot, decor=(BESIDE,)),
        layout("toy-stops", "Toy stops", *head, toy, foot),
        layout("code", "Code", *head, code, reading, foot),
        layout("picture", "Picture", *head, picture, reading, foot),
    )


def _diagram() -> LayoutSpec:
    caption = box(column(0), inches(5.75), span(11), inches(0.5))
    made = layout(
        "diagram",
        "Diagram",
        exhibit_title(),
        measure(),
        body(15, "Caption", "caption", caption, SMALL, "muted"),
        source(),
    )
    return replace(made, area=upto(column(0), BODY_TOP, span(12), BODY_END))


# ---------------------------------------------------------------- the room's turn
def _predict(count: int = 4) -> LayoutSpec:
    height, pitch, letters, sizes = OPTIONS[count]
    options: list[Placeholder] = []
    for k, letter in enumerate("abcd"[:count]):
        y, up = OPTION_TOP + k * pitch, letter.upper()
        square = box(TURN_X, y, height, height)
        beside = box(TURN_X + height, y, TURN_WIDTH - height, height)
        options += [
            body(
                21 + 2 * k, f"Letter {up}", f"letter-{letter}", square, letters, "on_field",
                bold=True, anchor="ctr", align="ctr", fill="block",
            ),
            body(
                22 + 2 * k, f"Option {up}", f"option-{letter}", beside, sizes,
                anchor="ctr", fill="panel", inset=inches(0.3),
            ),
        ]  # fmt: skip
    head = title(box(TURN_X, TITLE_TOP, TURN_WIDTH, inches(1.44)))
    name = "Predict" if count == 4 else f"Predict, {count} options"
    return layout("predict", name, head, *turn_panel(), *options, turn_source(), decor=(TURN_BLOCK,))


def _activity() -> LayoutSpec:
    steps = box(TURN_X, BODY_TOP, TURN_WIDTH, inches(3.5))
    return layout(
        "activity",
        "Activity",
        turn_title(),
        *turn_panel(),
        body(1, "Steps", "main", steps, (32, *LEAD), bullet="number", before=18),
        turn_foot("Materials", "materials"),
        turn_source(),
        decor=(TURN_BLOCK,),
    )


def _exercise() -> LayoutSpec:
    data = box(TURN_X - HANG, inches(3.3), TURN_WIDTH + 2 * HANG, inches(1.8))
    return layout(
        "exercise",
        "Exercise",
        turn_title(),
        *turn_panel(),
        tag("open", "on_open"),
        body(1, "Task", "main", box(TURN_X, BODY_TOP, TURN_WIDTH, inches(1.3)), (*LEAD, 22), before=8),
        Placeholder(idx=19, type="tbl", name="Data", role="data", box=data, sizes=LARGE_CELLS),
        turn_foot("Hint", "hint"),
        turn_source(),
        decor=(TURN_BLOCK,),
    )


def _misconception() -> LayoutSpec:
    right, width = column(6) + inches(0.5), span(5) + inches(0.35)
    left_label, right_label = (
        box(column(0), inches(2.3), HALF, inches(0.36)),
        box(right, inches(0.62), width, inches(0.36)),
    )
    claim, reply = box(column(0), inches(2.72), HALF, inches(3.6)), box(right, inches(1.06), width, inches(5.3))
    return layout(
        "misconception",
        "Misconception",
        title(box(column(0), TITLE_TOP, span(6) - inches(0.5), inches(1.6))),
        body(13, "Claim label", "claim-label", left_label, SMALL, "stop", bold=True),
        body(1, "Claim", "claim", claim, (54, 48, 44, 40, 36, 32, 28), "muted", line=102, track=-100, strike=True),
        body(15, "Reply label", "reply-label", right_label, SMALL, "on_field", bold=True),
        body(2, "Reply", "reply", reply, (32, *LEAD), "on_field", before=12),
        source(w=HALF),
        decor=(block(column(6), WIDTH - column(6), "field"),),
    )


# ---------------------------------------------------------------- source
def _source_layout() -> LayoutSpec:
    top, height, w = inches(4.76), inches(1.62), span(4)
    finding = box(column(0), inches(2.0), span(10), inches(2.4))
    thirds = ((15, "Who", column(0)), (16, "Version", column(4)), (17, "Scope", column(8)))
    return layout(
        "source",
        "Source",
        title(),
        body(1, "Finding", "finding", finding, (36, 32), line=104),
        *(body(idx, name, name.lower(), box(x, top, w, height), SMALL) for idx, name, x in thirds),
        decor=tuple(rule(x, inches(4.62), w) for _, _, x in thirds),
    )
