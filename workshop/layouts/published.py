"""A finding from the literature, over its authors, version and scope; its figure or its shares are large."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from workshop.layouts.declared import Layout
from workshop.layouts.draft import Arranging, Draft, Slots, prose
from workshop.layouts.grid import BODY_END, GUTTER, MARGIN, TITLE_TOP, column, field, span
from workshop.layouts.looks import NOW_SEE, now_see, raised, with_bet
from workshop.layouts.parts import SMALL, body, changed, layout, look, rule, title
from workshop.model import blocks
from workshop.model.theme import Box, LayoutSpec, PicturePlace, Placeholder, inches

WORK = ("who", "version", "scope")


def arrange(draft: Draft, scope: Arranging) -> Slots:
    """Put the text over what sources.yaml says of the first work that it cites."""
    keys = [key for key in scope.cited if key in scope.sources]
    if not keys:
        scope.report.error("a source slide cites nothing", draft.at, "add [@key] with a key of sources.yaml", "layout")
        return []
    work = scope.sources[keys[0]]

    def pair(head: str, rest: str) -> tuple[blocks.Block, ...]:
        first = blocks.Line((blocks.Run(head, strong=True),), at=draft.at)
        return prose((first, *((blocks.Line((blocks.Run(rest),), at=draft.at),) if rest else ())))

    version, _, more = work.version.partition("; ")
    return [
        ("finding", prose(draft.prose)),
        ("who", pair(work.who, work.work)),
        ("version", pair(version, more)),
        ("scope", pair(draft.word("measured-on"), work.measured_on)),
    ]


# ---------------------------------------------------------------- our themes
def own() -> LayoutSpec:
    """Return a finding over three texts under rules."""
    top, height, w = inches(4.76), inches(1.62), span(4)
    finding = Box(column(0), inches(2.0), span(10), inches(2.4))
    thirds = ((15, "Who", column(0)), (16, "Version", column(4)), (17, "Scope", column(8)))
    return layout(
        "source",
        "Published finding",
        title(),
        body(1, "Finding", "finding", finding, (36, 32), line=104),
        *(body(idx, name, name.lower(), Box(x, top, w, height), SMALL) for idx, name, x in thirds),
        decor=tuple(rule(x, inches(4.62), w) for _, _, x in thirds),
    )


def figure(spec: LayoutSpec) -> LayoutSpec:
    """Return a finding whose figure is large, over the sentence that it is from."""
    large = body(
        20, "Figure", "figure", Box(MARGIN, inches(1.66), span(12), inches(1.6)), (96, 80, 66), "accent",
        bold=True, anchor="b", line=80, track=-30,
    )  # fmt: skip
    finding = {"box": Box(column(0), inches(3.42), span(12), inches(1.08)), "sizes": (28, 26, 24)}
    head, *places = changed(spec, {"finding": finding})
    return look(spec, "Figure and source", (head, large, *places))


def figure_and_field(spec: LayoutSpec) -> LayoutSpec:
    """Return a finding whose figure is large, with its field of squares beside it and the source under both."""
    area = field(inches(1.3), inches(4.4))
    width = area.x - MARGIN - inches(0.3)
    places = changed(figure(spec), {
        "title": {"box": Box(MARGIN, TITLE_TOP, width, inches(1.16))},
        "figure": {"box": Box(MARGIN, inches(1.66), width, inches(1.4))},
        "finding": {"box": Box(MARGIN, inches(3.1), width, inches(1.4))},
    })  # fmt: skip
    return look(spec, "Figure, field and source", places, area=area)


def shares(spec: LayoutSpec) -> LayoutSpec:
    """Return two figures side by side, each beside its field of squares, and the source under both."""
    top, side, gap = inches(1.58), inches(3.06), inches(0.3)
    foot = top + side + inches(0.3)
    width = (span(12) - GUTTER) // 2
    places: list[Placeholder] = [title(Box(MARGIN, TITLE_TOP, span(11), inches(1.06)))]
    drawn: list[PicturePlace] = []
    for k in range(2):
        x, n = MARGIN + k * (width + GUTTER), k + 1
        beside, inner = x + side + gap, width - side - gap
        drawn.append(PicturePlace(Box(x, top, side, side), "bg"))
        places += [
            body(31 + 2 * k, f"Figure {n}", f"figure-{n}", Box(beside, top, inner, inches(1.16)), (80, 72, 66, 54, 44), "accent", bold=True, line=80, track=-30, anchor="b"),
            body(32 + 2 * k, f"Meaning {n}", f"meaning-{n}", Box(beside, top + inches(1.24), inner, side - inches(1.24)), (28, 26, 24, 22)),
        ]  # fmt: skip
    for place in spec.placeholders:
        if place.role in WORK:
            at = place.box
            places.append(replace(place, box=Box(at.x, foot + inches(0.1), at.w, BODY_END - foot - inches(0.1))))
    places += [place for place in spec.placeholders if place.role == "source"]
    decor = tuple(replace(rule, box=Box(rule.box.x, foot, rule.box.w, 0)) for rule in spec.decor)
    return look(spec, "Two shares and source", places, decor=decor, pictures=tuple(drawn))


SOURCE = Layout(
    name="source",
    example="Most pages are left out [@work].",
    arrange=arrange,
    own=own,
    looks=with_bet(
        {"figure": figure, "field": figure_and_field, "shares": shares, NOW_SEE: now_see}, "figure", "shares"
    ),
    raised=partial(raised, rules=False),
    kept=("shares", f"shares/{NOW_SEE}"),
    made_on=("content", {"finding": "main"}),
    weight=85,
    traits=frozenset({"shares", "unsourced"}),
)
