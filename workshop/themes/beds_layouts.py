"""The layouts of the Beds theme as data; ``deck.pptx`` gets each as a real slide layout."""

from __future__ import annotations

from collections.abc import Mapping

from workshop.model.theme import Box, Decor, LayoutSpec, Placeholder, inches
from workshop.themes.grid import (
    BODY_END,
    BODY_TOP,
    HANG,
    HEIGHT,
    MARGIN,
    MEASURE_TOP,
    PANEL_END,
    PANEL_WIDTH,
    SOURCE_TOP,
    TITLE_TOP,
    WIDTH,
    box,
    column,
    span,
    upto,
)

TITLE = (32, 30, 28)
LEAD = (28, 26, 24)
BODY = (24, 22)
SMALL = (18,)
SOURCE = (12,)
CODE = (20, 18)
CELLS = (24, 22, 20)
LARGE_CELLS = (28, *CELLS)
HEAD = (44, 36)

BED_PITCH, BED_WIDTH = inches(1.525), inches(1.325)
BEDS = (7.5, 2.72, 2.16, 1.78, 1.46, 1.24, 1.08, 0.98)
READING = box(column(8) + inches(0.35), inches(2.2), span(4) - inches(0.35), inches(4.0))
BESIDE = Decor("line", box(column(8) + inches(0.08), inches(2.24), 0, inches(3.96)), "rule", 1)
OPTION_TOP, OPTION_HEIGHT, OPTION_PITCH = inches(2.3), inches(0.9), inches(1.08)
TURN_X, TURN_WIDTH = column(3), span(9)  # beside the marigold panel
HALF = span(5) + inches(0.4)


def layouts() -> Mapping[str, LayoutSpec]:
    """Return every layout by the role that ``plan`` calls it."""
    specs = (
        _cover(),
        _section(),
        _content(),
        _two_content(),
        _statement(),
        _big_number(),
        *_exhibits(),
        _diagram(),
        _predict(),
        _activity(),
        _exercise(),
        _misconception(),
        _map(),
        _source_layout(),
        _closing(),
    )
    return {spec.role: spec for spec in specs}


# ---------------------------------------------------------------- parts that several layouts share
def _title(area: Box | None = None, sizes: tuple[float, ...] = TITLE) -> Placeholder:
    area = area or box(column(0), TITLE_TOP, span(11), inches(1.16))
    return Placeholder(0, "title", "Title", "title", area, sizes, bold=True, line=95, track=-30)


def _exhibit_title() -> Placeholder:
    return _title(box(column(0), TITLE_TOP, span(11), inches(1.06)))


def _measure() -> Placeholder:
    area = box(column(0), MEASURE_TOP, span(11), inches(0.36))
    return Placeholder(13, "body", "Measure", "measure", area, SMALL, "muted")


def _source(x: int = column(0), w: int = span(12), y: int = SOURCE_TOP) -> Placeholder:
    return Placeholder(14, "body", "Source", "source", upto(x, y, w, inches(6.7)), SOURCE, "muted", anchor="b")


def _turn_source() -> Placeholder:
    return _source(TURN_X, TURN_WIDTH, inches(6.48))


def _reading() -> Placeholder:
    return Placeholder(2, "body", "Reading", "reading", READING, BODY, before=16)


def _block(x: int, w: int, color: str) -> Decor:
    return Decor("rect", box(x, 0, w, PANEL_END), color)


def _rule(x: int, y: int, w: int) -> Decor:
    return Decor("line", box(x, y, w, 0), "ink", 1.5)


def _turn_panel() -> tuple[Placeholder, ...]:
    minutes = upto(MARGIN, inches(4.41), inches(2.2), inches(5.66))
    return (
        Placeholder(
            15, "body", "Mode", "mode", box(MARGIN, TITLE_TOP, inches(2.2), inches(0.5)), LEAD, "on_open", bold=True
        ),
        Placeholder(
            16,
            "body",
            "Minutes",
            "minutes",
            minutes,
            (88, 66),
            "on_open",
            bold=True,
            anchor="b",
            line=85,
            track=-150,
        ),
        Placeholder(17, "body", "Unit", "unit", box(MARGIN, inches(5.72), inches(2.1), inches(0.7)), SMALL, "on_open"),
    )


def _hint(name: str, role: str) -> Placeholder:
    area = box(TURN_X, inches(5.66), TURN_WIDTH, inches(0.78))
    return Placeholder(18, "body", name, role, area, SMALL, "muted", anchor="b")


# ---------------------------------------------------------------- opening, section, text
def _cover() -> LayoutSpec:
    left = MARGIN + BED_PITCH
    return LayoutSpec(
        "cover",
        "Cover",
        "title",
        (
            Placeholder(
                0,
                "ctrTitle",
                "Title",
                "title",
                box(left, inches(0.56), inches(9.9), inches(2.35)),
                (80, 66, 54),
                bold=True,
                line=88,
                track=-240,
            ),
            Placeholder(
                1,
                "subTitle",
                "Subtitle",
                "subtitle",
                box(left, inches(3.06), inches(7.6), inches(0.84)),
                BODY,
                line=104,
            ),
            Placeholder(
                13, "body", "Occasion", "occasion", box(left, inches(4.1), inches(7.4), inches(0.36)), SMALL, "muted"
            ),
        ),
        tuple(
            Decor(
                "rect",
                box(MARGIN + k * BED_PITCH, HEIGHT - inches(h), BED_WIDTH, inches(h)),
                "accent" if k < len(BEDS) - 1 else "open",
            )
            for k, h in enumerate(BEDS)
        ),
        rail=False,
    )


def _section() -> LayoutSpec:
    x, w = inches(5.75), span(7)
    numeral = box(inches(0.42), inches(0.55), inches(4.4), inches(5.4))
    return LayoutSpec(
        "section",
        "Section",
        "secHead",
        (
            Placeholder(
                0, "title", "Title", "title", box(x, TITLE_TOP, w, inches(0.8)), HEAD, bold=True, line=92, track=-80
            ),
            Placeholder(
                15,
                "body",
                "Numeral",
                "numeral",
                numeral,
                (400, 280),
                "bg",
                bold=True,
                anchor="ctr",
                line=80,
                track=-1200,
            ),
            Placeholder(13, "body", "Question", "question", box(x, inches(1.42), w, inches(1.3)), LEAD, "muted"),
            Placeholder(16, "body", "Label", "label", box(x, inches(3.3), w, inches(0.36)), SMALL, "accent", bold=True),
            Placeholder(
                1,
                "body",
                "Objectives",
                "main",
                box(x, inches(3.78), w, inches(2.6)),
                BODY,
                bullet="block",
                before=9,
            ),
            _source(x, w),
        ),
        (_block(0, inches(5.0), "accent"),),
    )


def _content() -> LayoutSpec:
    main = upto(column(0), BODY_TOP, span(10), BODY_END)
    return LayoutSpec(
        "content",
        "Content",
        "obj",
        (
            _title(),
            Placeholder(1, "body", "Content", "main", main, LEAD, bullet="block", before=16),
            _source(),
        ),
    )


def _two_content() -> LayoutSpec:
    top, rule = inches(2.58), inches(2.44)
    parts: list[Placeholder] = [_title()]
    for x, side, head_idx, idx in ((column(0), "Left", 13, 1), (column(6), "Right", 15, 2)):
        role = side.lower()
        parts += [
            Placeholder(
                head_idx,
                "body",
                f"{side} heading",
                f"{role}-heading",
                box(x, BODY_TOP, HALF, inches(0.42)),
                BODY,
                "accent",
                bold=True,
            ),
            Placeholder(idx, "obj", side, role, upto(x, top, HALF, BODY_END), BODY, bullet="block", before=14),
        ]
    rules = (_rule(column(0), rule, HALF), _rule(column(6), rule, HALF))
    return LayoutSpec("two-content", "Two content", "twoObj", (*parts, _source()), rules)


def _statement() -> LayoutSpec:
    return LayoutSpec(
        "statement",
        "Statement",
        "titleOnly",
        (
            Placeholder(
                0,
                "title",
                "Title",
                "title",
                box(column(0), inches(0.95), span(11), inches(4.1)),
                (64, 54, 44),
                bold=True,
                line=104,
                track=-140,
                anchor="ctr",
            ),
            Placeholder(
                13, "body", "Aside", "aside", box(column(0), inches(5.35), span(10), inches(0.9)), BODY, "muted"
            ),
            _source(),
        ),
    )


def _big_number() -> LayoutSpec:
    return LayoutSpec(
        "big-number",
        "Big number",
        "",
        (
            _title(),
            Placeholder(
                15,
                "body",
                "Number",
                "number",
                box(column(0), BODY_TOP, span(7), inches(2.9)),
                (208, 160, 120),
                "accent",
                bold=True,
                anchor="b",
                line=80,
                track=-600,
            ),
            Placeholder(16, "body", "Unit", "unit", box(column(0), inches(5.0), span(6), inches(1.2)), BODY),
            Placeholder(
                1, "body", "Working", "main", box(column(7), inches(2.3), span(5), inches(3.98)), BODY, before=10
            ),
            _source(),
        ),
    )


# ---------------------------------------------------------------- exhibits
def _exhibits() -> tuple[LayoutSpec, ...]:
    beside, whole = span(8), span(12)
    chart_top, chart_height = inches(2.1), SOURCE_TOP - inches(2.15)
    table_top, table_height = inches(2.3), inches(3.9)

    def main(kind: str, name: str, area: Box, sizes: tuple[float, ...] = SMALL) -> Placeholder:
        return Placeholder(1, kind, name, "main", area, sizes)

    chart = main("chart", "Chart", box(column(0), chart_top, whole, chart_height))
    chart_beside = main("chart", "Chart", box(column(0), chart_top, beside, chart_height))
    table = main("tbl", "Table", box(column(0) - HANG, table_top, whole + 2 * HANG, table_height), LARGE_CELLS)
    table_beside = main("tbl", "Table", box(column(0) - HANG, table_top, beside + HANG, table_height), CELLS)
    toy = main("tbl", "Table", box(column(0) - HANG, BODY_TOP, whole + 2 * HANG, inches(4.2)), CELLS)
    picture = Placeholder(
        1, "pic", "Picture", "main", box(column(0), inches(2.2), beside, inches(4.0)), SMALL, fill="panel"
    )
    code = Placeholder(
        1,
        "body",
        "Code",
        "main",
        box(column(0), inches(2.2), beside, inches(4.0)),
        CODE,
        anchor="ctr",
        line=118,
        fill="panel",
        inset=inches(0.3),
        mono=True,
    )
    alone = (_exhibit_title(), _measure())
    return (
        LayoutSpec("chart", "Chart", "", (*alone, chart, _source())),
        LayoutSpec("chart-and-text", "Chart and text", "", (*alone, chart_beside, _reading(), _source()), (BESIDE,)),
        LayoutSpec("table", "Table", "", (*alone, table, _source())),
        LayoutSpec("table-and-text", "Table and text", "", (*alone, table_beside, _reading(), _source()), (BESIDE,)),
        LayoutSpec("toy-stops", "Toy stops", "", (*alone, toy, _source())),
        LayoutSpec("code", "Code", "", (*alone, code, _reading(), _source())),
        LayoutSpec("picture", "Picture", "", (*alone, picture, _reading(), _source())),
    )


def _diagram() -> LayoutSpec:
    caption = box(column(0), inches(5.75), span(11), inches(0.5))
    return LayoutSpec(
        "diagram",
        "Diagram",
        "",
        (
            _exhibit_title(),
            _measure(),
            Placeholder(15, "body", "Caption", "caption", caption, SMALL, "muted"),
            _source(),
        ),
    )


# ---------------------------------------------------------------- the room's turn
def _predict() -> LayoutSpec:
    options: list[Placeholder] = []
    for k, letter in enumerate("abcd"):
        y = OPTION_TOP + k * OPTION_PITCH
        options += [
            Placeholder(
                21 + 2 * k,
                "body",
                f"Letter {letter.upper()}",
                f"letter-{letter}",
                box(TURN_X, y, OPTION_HEIGHT, OPTION_HEIGHT),
                (28,),
                "bg",
                bold=True,
                anchor="ctr",
                align="ctr",
                fill="ink",
            ),
            Placeholder(
                22 + 2 * k,
                "body",
                f"Option {letter.upper()}",
                f"option-{letter}",
                box(TURN_X + OPTION_HEIGHT, y, TURN_WIDTH - OPTION_HEIGHT, OPTION_HEIGHT),
                BODY,
                anchor="ctr",
                fill="panel",
                inset=inches(0.24),
            ),
        ]
    title = _title(box(TURN_X, TITLE_TOP, TURN_WIDTH, inches(1.65)))
    return LayoutSpec(
        "predict",
        "Predict",
        "",
        (title, *_turn_panel(), *options, _turn_source()),
        (_block(0, PANEL_WIDTH, "open"),),
    )


def _activity() -> LayoutSpec:
    steps = box(TURN_X, BODY_TOP, TURN_WIDTH, inches(3.6))
    return LayoutSpec(
        "activity",
        "Activity",
        "",
        (
            _title(box(TURN_X, TITLE_TOP, TURN_WIDTH, inches(1.16))),
            *_turn_panel(),
            Placeholder(1, "body", "Steps", "main", steps, LEAD, bullet="number", before=15),
            _hint("Materials", "materials"),
            _turn_source(),
        ),
        (_block(0, PANEL_WIDTH, "open"),),
    )


def _exercise() -> LayoutSpec:
    data = box(TURN_X - HANG, inches(3.3), TURN_WIDTH + 2 * HANG, inches(1.8))
    return LayoutSpec(
        "exercise",
        "Exercise",
        "",
        (
            _title(box(TURN_X, TITLE_TOP, TURN_WIDTH, inches(1.16))),
            *_turn_panel(),
            Placeholder(1, "body", "Task", "main", box(TURN_X, BODY_TOP, TURN_WIDTH, inches(1.3)), BODY, before=8),
            Placeholder(19, "tbl", "Data", "data", data, CELLS),
            _hint("Hint", "hint"),
            _turn_source(),
        ),
        (_block(0, PANEL_WIDTH, "open"),),
    )


def _misconception() -> LayoutSpec:
    label, text = inches(2.5), inches(2.95)
    right = column(6) + inches(0.5)
    return LayoutSpec(
        "misconception",
        "Misconception",
        "",
        (
            _title(box(column(0), TITLE_TOP, span(6) - inches(0.5), inches(1.6))),
            Placeholder(
                13,
                "body",
                "Claim label",
                "claim-label",
                box(column(0), label, HALF, inches(0.36)),
                SMALL,
                "stop",
                bold=True,
            ),
            Placeholder(
                1,
                "body",
                "Claim",
                "claim",
                box(column(0), text, HALF, inches(3.2)),
                (36, 32, 28),
                "muted",
                line=105,
                strike=True,
            ),
            Placeholder(
                15,
                "body",
                "Reply label",
                "reply-label",
                box(right, label, span(5), inches(0.36)),
                SMALL,
                "bg",
                bold=True,
            ),
            Placeholder(
                2,
                "body",
                "Reply",
                "reply",
                box(right, text, span(5) + inches(0.35), inches(3.3)),
                LEAD,
                "bg",
                before=12,
            ),
            _source(w=HALF),
        ),
        (_block(column(6), WIDTH - column(6), "accent"),),
    )


# ---------------------------------------------------------------- map, source, closing
def _map() -> LayoutSpec:
    return LayoutSpec("map", "Map", "", (_title(box(column(0), TITLE_TOP, span(11), inches(0.7))),))


def _source_layout() -> LayoutSpec:
    top, height = inches(5.0), inches(1.2)
    finding = box(column(0), inches(1.75), span(10), inches(2.6))
    thirds = tuple(column(4 * k) for k in range(3))
    return LayoutSpec(
        "source",
        "Source",
        "",
        (
            _title(),
            Placeholder(1, "body", "Finding", "finding", finding, HEAD, bold=True, line=102, track=-80),
            *(
                Placeholder(15 + k, "body", name, name.lower(), box(x, top, span(4), height), SMALL)
                for k, (name, x) in enumerate(zip(("Who", "Version", "Scope"), thirds, strict=True))
            ),
            _source(),
        ),
        tuple(_rule(x, inches(4.86), span(4)) for x in thirds),
    )


def _closing() -> LayoutSpec:
    height = inches(3.3)
    return LayoutSpec(
        "closing",
        "Closing",
        "",
        (
            _title(),
            Placeholder(
                1,
                "body",
                "Learnt, first half",
                "left",
                box(column(0), BODY_TOP, span(6) - inches(0.1), height),
                BODY,
                bullet="number",
                before=13,
            ),
            Placeholder(
                2,
                "body",
                "Learnt, second half",
                "right",
                box(column(6), BODY_TOP, span(6), height),
                BODY,
                bullet="number",
                number_from=5,
                before=13,
            ),
            Placeholder(
                15,
                "body",
                "Exit ticket",
                "exit-ticket",
                box(column(0), inches(5.5), span(12), inches(0.86)),
                BODY,
                "on_open",
                bold=True,
                anchor="ctr",
                fill="open",
                inset=inches(0.28),
            ),
            _source(),
        ),
    )
