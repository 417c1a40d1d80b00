"""Scenes: the steps of a diagram with what there is to see in each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.layout.scenes import SCENE, SLIDES, baked, named
from workshop.build import prepare
from workshop.errors import Problems, Severity, errors_in
from workshop.layout.laid import LaidChart, LaidOut, LaidShapes, LaidSlide, Shape
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> LaidOut:
    laid, problems = baked(tmp_path_factory.mktemp("bread"))
    assert errors_in(problems) == ()
    return laid


def shapes(slide: LaidSlide) -> list[tuple[Shape, int]]:
    """Return the drawn shapes of a slide, each with its click."""
    groups = [item for item in slide.items if isinstance(item, LaidShapes)]
    return [(shape, shape.step or group.step) for group in groups for shape in group.shapes]


def with_scene(folder: Path, scene: str, after: str = "") -> LaidSlide:
    laid, problems = baked(folder, {"01-dough.md": SLIDES.replace(SCENE, scene).replace("::::\n", "::::\n" + after, 2)})
    assert errors_in(problems) == ()
    return named(laid, "scene")


def test_every_word_of_a_tile_has_a_tile_and_the_covered_one_is_behind_its_drawing(deck: LaidOut) -> None:
    found = [shape for shape, _ in shapes(named(deck, "scene"))]
    tiles = [shape.lines[0].text for shape in found if shape.fill == "panel"]
    (lid,) = (shape for shape in found if shape.kind == "picture")
    (word,) = (shape for shape in found if shape.lines and shape.lines[0].text == "oven")
    assert tiles == ["the", "bread", "is", "in", "the"]
    assert lid.picture is not None
    assert (lid.picture.name, lid.alt) == ("lid", "A lid")
    assert lid.box.x <= word.box.x
    assert word.box.right <= lid.box.right
    assert lid.box.y < word.box.y < word.box.bottom <= lid.box.bottom


def test_each_step_appears_on_a_click_and_the_cover_leaves_when_the_figure_comes(deck: LaidOut) -> None:
    slide = named(deck, "scene")
    clicks = {shape.lines[0].text: click for shape, click in shapes(slide) if shape.lines}
    (chart,) = (item for item in slide.items if isinstance(item, LaidChart))
    (cover,) = (item for item in slide.items if isinstance(item, LaidShapes) and item.leaves)
    assert (clicks["1  Cover a word"], clicks["the"], clicks["3"], clicks["4  Bake it again, for weeks"]) == (
        0,
        0,
        2,
        3,
    )
    assert chart.shown.step == 1
    assert cover.leaves == clicks["3"]


def test_two_steps_share_a_row_under_the_tiles_and_the_last_is_a_band(deck: LaidOut) -> None:
    at = {shape.lines[0].text: shape.box for shape, _ in shapes(named(deck, "scene")) if shape.lines}
    guess, lift, band = at["2  Guess: each flour has a share"], at["3  Lift the lid"], at["4  Bake it again, for weeks"]
    assert guess.y == lift.y > at["bread"].bottom
    assert guess.right < lift.x
    assert band.y > guess.bottom
    assert band.w == at["1  Cover a word"].w


@pytest.mark.parametrize(
    ("scene", "after"),
    [
        (SCENE, "\nA caption.\n"),
        (SCENE.replace("the bread is in the", "one two three four five six seven eight nine ten eleven twelve"), ""),
        (SCENE.replace("the bread is in the", "the uncommonly extraordinarily wellestablished breadandbutter is"), ""),
        (
            SCENE.replace("Lift the lid", "Lift the lid, slowly, so that nobody sees it too early at all"),
            "",
        ),
    ],
    ids=["a text below", "too many tiles", "tiles wider than the row", "a name of two lines"],
)
def test_what_has_no_room_as_a_scene_is_a_row_of_boxes(tmp_path: Path, scene: str, after: str) -> None:
    slide = with_scene(tmp_path, scene, after)
    assert not slide.layout.scene
    assert "Cover a word" in [shape.lines[0].text for shape, _ in shapes(slide) if shape.lines]


def test_boxes_that_were_to_be_a_scene_show_its_words(tmp_path: Path) -> None:
    found = [line.text for shape, _ in shapes(with_scene(tmp_path, SCENE, "\nA caption.\n")) for line in shape.lines]
    assert "the bread is in the" in found
    assert "slices are left" in found


def test_a_row_of_drawings_has_arrows_only_if_it_is_a_diagram(deck: LaidOut) -> None:
    for name, arrows in (("row", 0), ("flow", 2)):
        found = [shape for shape, _ in shapes(named(deck, name))]
        assert [s.picture.name for s in found if s.picture] == ["bowl", "oven", "loaf"]
        assert sum(shape.kind == "arrow" for shape in found) == arrows
        assert not any(shape.fill == "panel" for shape in found)
        tops = {shape.box.y for shape in found if shape.picture}
        assert len(tops) == 1


def test_tiles_in_a_text_are_words_with_space_around_them(deck: LaidOut) -> None:
    texts = [line.text for item in named(deck, "drawn").items for line in getattr(item, "lines", ())]
    assert "A tile is a word: it is wheat, mostly." in texts
    (oven,) = (shape for shape, _ in shapes(named(deck, "drawn")) if shape.picture and shape.picture.name == "oven")
    assert oven.alt == "An oven"


@pytest.mark.parametrize(
    ("written", "wrong"), [("{draw=bowl}", "{draw=bowk}"), ("drawing:oven", "drawing:bowk"), ("draw=lid", "draw=bowk")]
)
def test_a_name_without_a_drawing_is_an_error_with_the_nearest_one(tmp_path: Path, written: str, wrong: str) -> None:
    with pytest.raises(Problems) as raised:
        baked(tmp_path, {"01-dough.md": SLIDES.replace(written, wrong)})
    found = [problem for problem in raised.value.problems if problem.code == "unknown-drawing"]
    assert {(problem.message, problem.hint) for problem in found} == {
        ("no drawing is named 'bowk'", "did you mean 'bowl'?")
    }


def test_a_talk_without_drawings_says_so_and_shows_the_words(tmp_path: Path) -> None:
    path = tmp_path / "talk.md"
    path.write_text("# Bread\n\n- **Mix**: by hand {draw=bowl}\n- **Bake**: at once\n")
    laid, problems = prepare(path, Request(), standard_registry(), base=None)
    assert [p.message for p in problems if p.severity is Severity.WARNING] == ["no drawing is named 'bowl'"]
    assert "Mix" in "".join(line.text for item in laid.slides[-1].items for line in getattr(item, "lines", ()))
