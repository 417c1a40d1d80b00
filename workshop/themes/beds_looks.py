"""Looks of the layouts of the Beds theme: what a layout is like under a title of one line, with a large figure, as tiles.

A look has the role of its layout, so that everything that is said of the layout holds for it too; its key is "role/look".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workshop.model.theme import Box, Decor, LayoutSpec, PicturePlace, Placeholder, inches
from workshop.themes.grid import BODY_END, GUTTER, MARGIN, PANEL_END, TITLE_TOP, WIDTH, box, column, span
from workshop.themes.parts import BODY, LARGE_CELLS, LEAD, SMALL, TURN_WIDTH, TURN_X, block, body, layout, source, title

ONE_LINE = "one-line"
RAISE = inches(0.52)  # a line of title at its largest size
LOW = inches(1.2)  # nothing of the title's is below
MOVED = frozenset(
    {"measure", "figure", "left-heading", "right-heading", "number", "unit"}
    | {f"{kind}-{n}" for kind in ("order", "phrase") for n in range(1, 5)}
)
GROWN = frozenset({"main", "reading", "left", "right", "finding", "data", *(f"sentence-{n}" for n in range(1, 5))})
UNDER_EXHIBIT = inches(4)  # a text that begins below this is under its exhibit, which grows towards the title
RULES_AT_FOOT = "source"  # the layout whose rules stay where they are
RAISED = frozenset({
    "content", "two-content", "two-plain", "chart", "chart-and-text", "table", "table-and-text", "toy-stops", "code",
    "picture", "diagram", "big-number", "activity", "exercise", RULES_AT_FOOT,
})  # fmt: skip
# How many tiles -> sizes of their phrases and sentences
TILE_SIZES: Mapping[int, tuple[tuple[float, ...], tuple[float, ...]]] = {
    2: ((44, 36, 32, 28), (32, 28, 26, 24)),
    3: ((36, 32, 28), (28, 26, 24)),
    4: ((32, 28), (26, 24, 22)),
}


def one_line(key: str, spec: LayoutSpec) -> LayoutSpec:
    """Return a layout whose content begins right under a title of one line; the title's first line never moves."""
    rules = key.partition("/")[0] != RULES_AT_FOOT
    kept = frozenset({"unit"} if spec.find("minutes") is not None else ())  # what the minutes on a panel count
    moved = MOVED | {"main"} if spec.find("data") is not None else MOVED
    return replace(
        spec,
        name=f"{spec.name}, one line",
        type="",
        placeholders=tuple(_raised(place, moved - kept) for place in spec.placeholders),
        decor=tuple(_raised_decor(decor) if rules else decor for decor in spec.decor),
        area=Box(spec.area.x, spec.area.y - RAISE, spec.area.w, spec.area.h + RAISE) if spec.area else None,
    )


def _raised(place: Placeholder, moved: frozenset[str]) -> Placeholder:
    at = place.box
    if place.role == "title":
        return replace(place, box=Box(at.x, at.y, at.w, min(at.h, inches(0.6))))
    if at.y < LOW or (place.role == "reading" and at.y > UNDER_EXHIBIT):
        return place
    if place.role in moved:
        return replace(place, box=Box(at.x, at.y - RAISE, at.w, at.h))
    return replace(place, box=Box(at.x, at.y - RAISE, at.w, at.h + RAISE)) if place.role in GROWN else place


def _raised_decor(decor: Decor) -> Decor:
    at = decor.box
    if at.y < LOW:
        return decor
    grown = at.h + RAISE if at.h > RAISE else at.h  # a rule or an edge only moves
    return replace(decor, box=Box(at.x, at.y - RAISE, at.w, grown))


# ---------------------------------------------------------------- figures
def figure(spec: LayoutSpec) -> LayoutSpec:
    """Return a finding whose figure is large, over the sentence that it is from."""
    large = body(
        20, "Figure", "figure", box(MARGIN, inches(1.66), span(12), inches(1.6)), (96, 80, 66), "accent",
        bold=True, anchor="b", line=80, track=-300,
    )  # fmt: skip
    places = [
        replace(place, box=Box(place.box.x, inches(3.42), span(12), inches(1.08)), sizes=(28, 26, 24))
        if place.role == "finding"
        else place
        for place in spec.placeholders
    ]
    return replace(spec, name="Figure and source", type="", placeholders=(places[0], large, *places[1:]))


def field_of_number(spec: LayoutSpec) -> LayoutSpec:
    """Return a big number with its field of squares on the right, as high as the slide has room."""
    area = _field(inches(1.66), BODY_END)
    width = area.x - MARGIN - inches(0.3)
    boxes = {
        "number": box(MARGIN, inches(1.92), width, inches(1.98)),
        "unit": box(MARGIN, inches(4.0), width, inches(1.16)),
        "main": box(MARGIN, inches(5.24), width, BODY_END - inches(5.24)),
    }
    looks: dict[str, dict[str, Any]] = {"main": {"sizes": BODY, "color": "muted"}}
    places = [
        replace(place, box=boxes[place.role], **looks.get(place.role, {})) if place.role in boxes else place
        for place in spec.placeholders
    ]
    return replace(spec, name="Big number and field", type="", placeholders=tuple(places), area=area)


def field_of_finding(spec: LayoutSpec) -> LayoutSpec:
    """Return a finding whose figure is large, with its field of squares beside it and the source under both."""
    area = _field(inches(1.3), inches(4.4))
    width = area.x - MARGIN - inches(0.3)
    boxes = {
        "title": box(MARGIN, TITLE_TOP, width, inches(1.16)),
        "figure": box(MARGIN, inches(1.66), width, inches(1.4)),
        "finding": box(MARGIN, inches(3.1), width, inches(1.4)),
    }
    places = [replace(p, box=boxes[p.role]) if p.role in boxes else p for p in figure(spec).placeholders]
    return replace(spec, name="Figure, field and source", type="", placeholders=tuple(places), area=area)


def _field(top: int, end: int) -> Box:
    """Return a square at the right margin."""
    return Box(WIDTH - MARGIN - (end - top), top, end - top, end - top)


def shares_of_finding(spec: LayoutSpec) -> LayoutSpec:
    """Return two figures side by side, each beside its field of squares, and the source under both."""
    top, side, gap = inches(1.58), inches(3.06), inches(0.3)
    foot = top + side + inches(0.3)
    width = (span(12) - GUTTER) // 2
    places: list[Placeholder] = [title(box(MARGIN, TITLE_TOP, span(11), inches(1.06)))]
    drawn: list[PicturePlace] = []
    for k in range(2):
        x, n = MARGIN + k * (width + GUTTER), k + 1
        beside, inner = x + side + gap, width - side - gap
        drawn.append(PicturePlace(box(x, top, side, side), "bg"))
        places += [
            body(31 + 2 * k, f"Figure {n}", f"figure-{n}", box(beside, top, inner, inches(1.16)), (80, 72, 66, 54, 44), "accent", bold=True, line=80, track=-240, anchor="b"),
            body(32 + 2 * k, f"Meaning {n}", f"meaning-{n}", box(beside, top + inches(1.24), inner, side - inches(1.24)), (28, 26, 24, 22)),
        ]  # fmt: skip
    for place in spec.placeholders:
        if place.role in ("who", "version", "scope"):
            at = place.box
            places.append(replace(place, box=Box(at.x, foot + inches(0.1), at.w, BODY_END - foot - inches(0.1))))
    places += [place for place in spec.placeholders if place.role == "source"]
    decor = tuple(replace(rule, box=Box(rule.box.x, foot, rule.box.w, 0)) for rule in spec.decor)
    return replace(
        spec, name="Two shares and source", type="", placeholders=tuple(places), decor=decor, pictures=tuple(drawn)
    )


def proof(spec: LayoutSpec) -> LayoutSpec:
    """Return a wrong claim and its reply with the figure that proves it, large, under the reply."""
    places: list[Placeholder] = []
    for place in spec.placeholders:
        if place.role != "reply":
            places.append(place)
            continue
        x, w = place.box.x, place.box.w
        places += [
            replace(place, box=Box(x, place.box.y, w, inches(2.9)), sizes=LEAD),
            body(20, "Proof", "proof", box(x, inches(3.96), w, inches(1.3)), (88, 72, 60), "on_field", bold=True, anchor="b", line=85, track=-200),
            body(21, "Proof unit", "proof-unit", box(x, inches(5.36), w, inches(0.96)), (24, 22), "on_field"),
        ]  # fmt: skip
    return replace(spec, name="Misconception and proof", type="", placeholders=tuple(places))


# ---------------------------------------------------------------- votes
def vote(spec: LayoutSpec) -> LayoutSpec:
    """Return two answers to vote on: letters that can be read in the last row, and a band that says what to do."""
    top, height, letter, inset = inches(1.68), inches(3.94), inches(1.7), inches(0.3)
    width = (span(12) - GUTTER) // 2
    band_top = inches(5.84)
    places: list[Placeholder] = [title(box(MARGIN, TITLE_TOP, span(11), inches(0.6)))]
    decor = [Decor("rect", box(0, band_top, WIDTH, PANEL_END - band_top), "open")]
    for k, side in enumerate(("left", "right")):
        x = MARGIN + k * (width + GUTTER)
        inner = box(x + letter + inset, top, width - letter - inset - inches(0.2), height)
        decor.append(Decor("rect", box(x, top, width, height), "panel"))
        answer = spec.find(side)
        assert answer is not None
        places += [
            body(21 + k, f"Letter {'AB'[k]}", f"letter-{'ab'[k]}", box(x, top, letter, height), (138,), "on_field", bold=True, anchor="ctr", align="ctr", fill="block"),
            replace(answer, box=Box(inner.x, top + inches(0.3), inner.w, height - inches(0.6)), sizes=(36, 32, 28), bold=True, bullet=""),
        ]  # fmt: skip
    look = {"bold": True, "anchor": "ctr"}
    foot = replace(source(), box=box(MARGIN, inches(1.12), span(11), inches(0.32)), sizes=SMALL, anchor="t")
    places += [
        foot,
        body(23, "Mode", "mode", box(MARGIN, band_top, span(6.5), PANEL_END - band_top), (28, 24), "on_open", **look),
        body(24, "Minutes", "minutes", box(column(6.5), band_top, span(5.5), PANEL_END - band_top), (28, 24, 22), "on_open", align="r", **look),
    ]  # fmt: skip
    return replace(spec, name="Vote", type="", placeholders=tuple(places), decor=tuple(decor))


# ---------------------------------------------------------------- live
def live(spec: LayoutSpec) -> LayoutSpec:
    """Return an activity beside the QR code of the page that it opens, on a block that is light in every theme."""
    side = inches(4.96)
    code = Box(TURN_X, inches(1.36), side, side)
    x = code.right + inches(0.36)
    width = TURN_X + TURN_WIDTH - x
    moved: dict[str, dict[str, Any]] = {
        "title": {"box": Box(TURN_X, TITLE_TOP, TURN_WIDTH, inches(0.62))},
        "main": {"box": Box(x, inches(2.3), width, inches(2.6)), "sizes": (*LEAD, 22), "before": 14},
        "materials": {"box": Box(x, inches(5.0), width, inches(1.32))},
    }
    places = [replace(place, **moved.get(place.role, {})) for place in spec.placeholders]
    look = {"bold": True, "anchor": "t"}
    address = body(
        21, "Address", "address", box(x, inches(1.5), width, inches(0.56)), (32, 28, 24, 22, 20, 18), "accent", **look
    )
    return replace(
        spec,
        name="Live",
        type="",
        placeholders=(places[0], address, *places[1:]),
        decor=(*spec.decor, Decor("rect", code, "on_field")),
        code=code,
    )


# ---------------------------------------------------------------- the toy and the real model
def halves(spec: LayoutSpec) -> LayoutSpec:
    """Return where the toy stops in two halves: ours on the ground, a large model behind a fence, on a field."""
    fence, edge = column(7) - inches(0.28), span(7) - inches(0.6)
    main = spec.find("main")
    assert main is not None
    table = Box(main.box.x, inches(1.7), WIDTH - MARGIN - main.box.x, inches(4.6))
    places = [
        title(box(MARGIN, TITLE_TOP, edge, inches(1.06))),
        replace(main, box=table, sizes=LARGE_CELLS, fence=fence),
        source(w=edge),
    ]
    decor = (
        block(fence, WIDTH - fence, "field"),
        Decor("dash", box(fence, 0, 0, PANEL_END), "open", 3),
    )
    picture = PicturePlace(box(WIDTH - MARGIN - inches(1.1), inches(0.36), inches(1.1), inches(1.1)), "field")
    return replace(spec, name="Toy and real model", type="", placeholders=tuple(places), decor=decor, picture=picture)


# ---------------------------------------------------------------- tiles
def panels(spec: LayoutSpec, *, stated: bool = False) -> LayoutSpec:
    """Return two columns of words, each on a panel as high as the slide has room; two short texts are large, in its middle."""
    top, inset = inches(1.74), inches(0.3)
    width = (span(12) - GUTTER) // 2
    places, decor = [], []
    for place in spec.placeholders:
        x = MARGIN if place.role.startswith("left") else MARGIN + width + GUTTER
        if place.role in ("left", "right"):
            at = Box(x + inset, top + inches(0.92), width - 2 * inset, BODY_END - top - inches(1.06))
            sizes = (*((44, 40, 36) if stated else (36,)), 32, 28, 26, *place.sizes)
            places.append(replace(place, box=at, sizes=sizes, anchor="ctr" if stated else "t"))
            decor += [
                Decor("rect", box(x, top, width, BODY_END - top), "panel"),
                Decor("rect", box(x, top, width, inches(0.09)), "accent"),
            ]
        elif place.role.endswith("-heading"):
            places.append(replace(place, box=Box(x + inset, top + inches(0.32), width - 2 * inset, place.box.h)))
        else:
            places.append(place)
    return replace(
        spec, name="Two statements" if stated else "Two panels", type="", placeholders=tuple(places), decor=tuple(decor)
    )


def tiles(count: int) -> LayoutSpec:
    """Return two to four statements side by side, each with its number or figure, a phrase and a sentence."""
    top, end, inset = inches(1.74), BODY_END, inches(0.26)
    width = (span(12) - GUTTER * (count - 1)) // count
    phrase, sentence = TILE_SIZES[count]
    places: list[Placeholder] = []
    decor: list[Decor] = []
    for k in range(count):
        x, n = MARGIN + k * (width + GUTTER), k + 1
        inner = width - 2 * inset
        decor += [
            Decor("rect", box(x, top, width, end - top), "panel"),
            Decor("rect", box(x, top, width, inches(0.09)), "accent"),
        ]
        places += [
            body(21 + 3 * k, f"Order {n}", f"order-{n}", box(x + inset, top + inches(0.28), inner, inches(0.92)), (66,), "accent", bold=True, line=80, track=-150),
            body(22 + 3 * k, f"Phrase {n}", f"phrase-{n}", box(x + inset, top + inches(1.2), inner, inches(1.36)), phrase, bold=True, line=95, track=-30, anchor="b"),
            body(23 + 3 * k, f"Sentence {n}", f"sentence-{n}", box(x + inset, top + inches(2.62), inner, end - top - inches(2.74)), sentence),
        ]  # fmt: skip
    return replace(layout("content", f"Tiles {count}", title(), *places, source()), decor=tuple(decor))


def pictures(count: int) -> LayoutSpec:
    """Return two to four statements side by side, each under the picture of a stage."""
    top, inset = inches(1.74), inches(0.26)
    width = (span(12) - GUTTER * (count - 1)) // count
    inner, phrase_top, sentence_top = width - 2 * inset, inches(4.36), inches(5.08)
    side = min(inner, phrase_top - inches(0.16) - top - inset)
    places: list[Placeholder] = []
    decor: list[Decor] = []
    drawn: list[PicturePlace] = []
    for k in range(count):
        x, n = MARGIN + k * (width + GUTTER), k + 1
        decor += [
            Decor("rect", box(x, top, width, BODY_END - top), "panel"),
            Decor("rect", box(x, top, width, inches(0.09)), "accent"),
        ]
        places += [
            body(22 + 3 * k, f"Phrase {n}", f"phrase-{n}", box(x + inset, phrase_top, inner, inches(0.68)), (40, 36, 32, 28), bold=True, track=-30, anchor="b"),
            body(23 + 3 * k, f"Sentence {n}", f"sentence-{n}", box(x + inset, sentence_top, inner, BODY_END - sentence_top - inches(0.08)), (28, 26, 24, 22)),
        ]  # fmt: skip
        drawn.append(PicturePlace(box(x + inset, phrase_top - inches(0.16) - side, side, side), "panel"))
    made = layout("content", f"Pictures {count}", title(), *places, source())
    return replace(made, decor=tuple(decor), pictures=tuple(drawn))


def raised_pictures(spec: LayoutSpec) -> LayoutSpec:
    """Return pictures under a title of one line: they grow, and the words under them stay."""
    grown = []
    for place in spec.pictures:
        at, phrase = place.box, spec.find("phrase-1")
        assert phrase is not None
        side = min(at.w + RAISE, phrase.box.w)
        grown.append(replace(place, box=Box(at.x, at.bottom - (side + at.w + RAISE) // 2, side, side)))
    return replace(
        spec,
        name=f"{spec.name}, one line",
        placeholders=tuple(
            _raised(place, frozenset()) if place.role == "title" else place for place in spec.placeholders
        ),
        decor=tuple(_raised_decor(decor) for decor in spec.decor),
        pictures=tuple(grown),
    )
