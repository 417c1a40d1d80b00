"""Flowcharts in Mermaid: which are drawn, how large, and that words and arrows are where they belong."""

from __future__ import annotations

import sys

import pytest
from msgspec.structs import replace
from pptx import Presentation

from tests.laying import lay_out
from tests.layout.samples import kit, slide
from workshop.layout.graphs import AREA, LEAST, settled
from workshop.layout.laid import LaidShapes, Shape
from workshop.layout.measure import Ruler, Style
from workshop.model.blocks import Graph, Line, Prose, Run, ShownCode
from workshop.model.kit import Kit
from workshop.model.policy import KIT
from workshop.model.theme import EMU_PER_POINT
from workshop.render.pptx.deck import write_deck
from workshop.render.svg.slide import draw_slide, screen_pen
from workshop.themes.beds import light

CHART = """flowchart LR
  A[Start here] --> B{Is it good?}
  B -- yes --> C[(Database)]
  B -- no --> D[Try again]
  D -.-> A
  style A fill:#f9f
"""
GROUPED = "graph TD\n  subgraph one [Long name of a group]\n    A --> B\n  end\n  B ==> C\n  C --> A\n  C --> C\n"
WIDE = "flowchart LR\n" + "".join(f"  N{k}[A box with words] --> N{k + 1}[A box with words]\n" for k in range(3))


def deck_of(text: str, *others: Prose) -> tuple[Kit, tuple[str, ...]]:
    code = ShownCode(text, "mermaid", "", at=slide("content", "x", ()).at)
    made, told = settled(kit(slide("code", "A chart", (("main", (code, *others)),))), light())
    return made, tuple(problem.message for problem in told)


def drawn(text: str, *others: Prose) -> LaidShapes:
    made, told = deck_of(text, *others)
    assert told == ()
    laid, problems = lay_out(made, light())
    assert problems == ()
    return next(item for item in laid.slides[0].items if isinstance(item, LaidShapes))


def words(shape: Shape) -> str:
    return " ".join(line.text for line in shape.lines)


def test_boxes_and_arrows_are_native_and_the_arrows_are_told() -> None:
    shapes = drawn(CHART)
    assert [(shape.kind, words(shape)) for shape in shapes.shapes if shape.kind != "elbow"] == [
        ("rect", "Start here"),
        ("diamond", "Is it good?"),
        ("cylinder", "Database"),
        ("rect", "Try again"),
        ("rect", "yes"),
        ("rect", "no"),
    ]
    arrows = [shape for shape in shapes.shapes if shape.kind == "elbow"]
    assert [shape.ends for shape in arrows] == [(0, 1), (1, 2), (1, 3), (3, 0)]
    assert [shape.dash for shape in arrows] == [False, False, False, True]
    assert shapes.alt == (
        "Flowchart: Start here → Is it good?; Is it good? → Database (yes); Is it good? → Try again (no); "
        "Try again → Start here"
    )


def test_an_arrow_begins_and_ends_at_the_sides_of_its_boxes() -> None:
    for text in (CHART, GROUPED):
        shapes = drawn(text).shapes
        for arrow in (shape for shape in shapes if shape.bend is not None):
            for end, (x, y) in zip(arrow.ends, (arrow.bend.path[0], arrow.bend.path[-1]), strict=True):  # type: ignore[union-attr]
                box = shapes[end].box
                sides = (abs(x - box.x), abs(x - box.right), abs(y - box.y), abs(y - box.bottom))
                assert min(sides) < EMU_PER_POINT
                assert box.x - EMU_PER_POINT < x < box.right + EMU_PER_POINT
                assert box.y - EMU_PER_POINT < y < box.bottom + EMU_PER_POINT


@pytest.mark.parametrize("text", [CHART, GROUPED, WIDE])
def test_words_fit_their_boxes_in_letters_that_can_be_read_and_all_is_in_the_area(text: str) -> None:
    ruler = Ruler(light())
    for shape in drawn(text).shapes:
        for line, size in zip(shape.lines, shape.sizes, strict=True):
            assert size >= LEAST
            room = shape.box.w * (0.5 if shape.kind == "diamond" else 1)
            assert ruler.width(line.text, size, Style()) * EMU_PER_POINT <= room
        box = shape.bend.around if shape.bend else shape.box
        assert AREA.x <= box.x
        assert box.right <= AREA.right + EMU_PER_POINT
        assert box.bottom <= AREA.bottom + EMU_PER_POINT


def test_one_line_of_text_stands_above_it() -> None:
    drawn(CHART, Prose((Line((Run("In one line."),)),)))
    _, told = deck_of(CHART, Prose((Line((Run("one"),)), Line((Run("two"),)))))
    assert told == ("this diagram is shown as code: give it a slide of its own, with one line of text at most",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("sequenceDiagram\n  A-\n", "it can't be read"),
        ("pie\n", "only flowcharts and sequence diagrams are drawn"),
        ("", "only flowcharts and sequence diagrams are drawn"),
        ("flowchart LR\n  A[unclosed --> B\n", "it can't be read"),
        ("flowchart LR\n  A <--> B\n", "it has arrows with a head at each end"),
        ("flowchart LR\n  A\n", "it has 1 boxes and 0 arrows"),
        ("flowchart LR\n" + "".join(f"A{k} --> A{k + 1}\n" for k in range(41)), "it has 42 boxes"),
        ("flowchart LR\n" + "".join(f"A{k}[{'word ' * 20}] --> A{k + 1}\n" for k in range(30)), "it doesn't fit a slide"),
        (f"flowchart LR\n  A --> B[{'x' * 6000}]\n", "it has 6,0"),
    ],
)  # fmt: skip
def test_any_other_diagram_stays_code_and_it_is_said_why(text: str, why: str) -> None:
    made, told = deck_of(text)
    assert isinstance(next(made.slides).slots[0][1][0], ShownCode)
    assert len(told) == 1
    assert told[0].startswith(f"this diagram is shown as code: {why}")


def test_without_the_extra_it_stays_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mermaid2pptx", None)
    made, told = deck_of(CHART)
    assert isinstance(next(made.slides).slots[0][1][0], ShownCode)
    assert told == ("this diagram is shown as code: install workshop-kit[diagrams] to have it drawn",)


def test_in_the_deck_each_arrow_is_a_connector_that_is_glued_at_both_ends(tmp_path) -> None:  # type: ignore[no-untyped-def]
    made, _ = deck_of(CHART)
    laid, _ = lay_out(made, light())
    (tmp_path / "deck.pptx").write_bytes(write_deck(laid))
    tree = Presentation(str(tmp_path / "deck.pptx")).slides[0].shapes._spTree
    ids = {mark.get("id") for mark in tree.iter("{*}cNvPr")}
    connectors = list(tree.iter("{*}cxnSp"))
    assert len(connectors) == 4
    for one in connectors:
        assert {end.get("id") for end in (*one.iter("{*}stCxn"), *one.iter("{*}endCxn"))} <= ids
        assert len([*one.iter("{*}stCxn"), *one.iter("{*}endCxn")]) == 2
        assert next(one.iter("{*}prstGeom")).get("prst").startswith("bentConnector")
    presets = [geometry.get("prst") for geometry in tree.iter("{*}prstGeom")]
    assert {"flowChartDecision", "flowChartMagneticDisk"} <= set(presets)


def test_its_picture_has_the_shapes_too() -> None:
    made, _ = deck_of(CHART.replace("D -.-> A", "D --- A"))
    laid, _ = lay_out(made, light())
    svg = draw_slide(screen_pen(laid, lambda *_: ""), laid, laid.slides[0])
    assert (svg.count("<polyline"), svg.count("<polygon"), svg.count("<path")) == (4, 3, 3)


def test_where_there_is_no_room_it_is_told() -> None:
    made, _ = deck_of(CHART)
    graph = next(made.slides).slot("main")[0]
    assert isinstance(graph, Graph)
    long = replace(graph, code=replace(graph.code, text="flowchart LR\n" + "A[" + "word " * 400 + "] --> B\n"))
    again = replace(made, policy=KIT, stages=(replace(made.stages[0], slides=(replace(next(made.slides), slots=(("main", (long,)),)),)),))  # fmt: skip
    _, problems = lay_out(again, light())
    assert any("a diagram isn't drawn" in problem.message for problem in problems)
