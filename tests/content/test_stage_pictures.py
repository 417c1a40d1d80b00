"""Tests the file of pictures that kit.yaml names: what a line draws, and the message about a line that draws nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.content.conftest import KIT
from workshop import limits
from workshop.errors import Problems
from workshop.model.stage_picture import Outline

NAMED = KIT["kit.yaml"] + "pictures: pictures.yaml\n"
Kit = Callable[..., Any]


def drawn(*lines: str, name: str = "dough", alt: str = "A loaf") -> str:
    return f"{name}:\n  alt: {alt}\n  draw:\n" + "".join(f"    - {line}\n" for line in lines)


def outlines(kit: Kit, *lines: str) -> tuple[Outline, ...]:
    content, _ = kit({"kit.yaml": NAMED, "pictures.yaml": drawn(*lines)})
    return content.pictures["dough"].outlines


def points(outline: Outline) -> list[tuple[float, float]]:
    """Return the end point of each command of a path."""
    return [numbers[-2:] for _, numbers in outline.path if numbers]


def test_a_block_is_drawn_by_its_corners(kit: Kit) -> None:
    (block,) = outlines(kit, "open block 10 20 30 40")
    assert points(block) == [(10, 20), (40, 20), (40, 60), (10, 60)]
    assert (block.ink, block.width) == ("open", 0)


def test_a_disc_goes_through_its_four_extremes_and_bulges_as_a_circle_does(kit: Kit) -> None:
    (disc,) = outlines(kit, "open disc 50 40 20")
    assert set(points(disc)) == {(50, 20), (70, 40), (50, 60), (30, 40)}
    letter, (x1, y1, x2, y2, x3, y3) = disc.path[1]
    x, y = (50 + 3 * x1 + 3 * x2 + x3) / 8, (20 + 3 * y1 + 3 * y2 + y3) / 8  # the middle of the first quarter
    assert letter == "C"
    assert ((x - 50) ** 2 + (y - 40) ** 2) ** 0.5 == pytest.approx(20, rel=0.001)


@pytest.mark.parametrize(
    ("way", "tip"), [("up-right", (30, 20)), ("up-left", (10, 20)), ("down-right", (30, 40)), ("down-left", (10, 40))]
)
def test_a_leaf_points_where_its_direction_says_and_its_rib_is_inside(kit: Kit, way: str, tip: tuple[int, int]) -> None:
    leaf, rib = outlines(kit, f"open leaf 20 30 10 {way} mark")
    assert points(leaf)[0] == (20, 30)
    assert points(leaf)[3] == pytest.approx(tip)
    assert rib.ink == "mark"
    assert rib.width > 0
    low, high = sorted((20, tip[0]))
    assert all(low < x < high for x, _ in points(rib))


def test_a_question_mark_is_as_high_as_it_says(kit: Kit) -> None:
    hook, dot = outlines(kit, "open question 50 50 40")
    assert hook.width == pytest.approx(8)
    assert max(y for _, y in points(dot)) == pytest.approx(70)
    assert min(y for _, y in points(hook)) - hook.width / 2 == pytest.approx(30)


def test_lines_curves_polygons_and_paths_are_taken_as_written(kit: Kit) -> None:
    line, curve, polygon, path = outlines(
        kit,
        "open line 0 0 10 10 4",
        "figure curve 5 M 0 0 C 1 1 2 2 3 3",
        "soft polygon 0 0 10 0 5 8",
        "mark path M 1 1 L 2 1 L 2 2 Z",
    )
    assert (line.path, line.width) == ((("M", (0, 0)), ("L", (10, 10))), 4)
    assert (curve.path, curve.width) == ((("M", (0, 0)), ("C", (1, 1, 2, 2, 3, 3))), 5)
    assert (points(polygon), polygon.path[-1][0]) == ([(0, 0), (10, 0), (5, 8)], "Z")
    assert path.path == (("M", (1, 1)), ("L", (2, 1)), ("L", (2, 2)), ("Z", ()))


def test_neighbours_of_one_look_are_one_run(kit: Kit) -> None:
    content, _ = kit({"kit.yaml": NAMED, "pictures.yaml": drawn(*["open block 0 0 9 9"] * 2, "figure disc 50 50 9")})
    assert [(ink, len(same)) for ink, _, same in content.pictures["dough"].runs()] == [("open", 2), ("figure", 1)]


def test_the_picture_of_the_cover_has_the_proportions_of_a_slide(kit: Kit) -> None:
    content, _ = kit({"kit.yaml": NAMED, "pictures.yaml": drawn("open block 0 50 100 6", name="cover")})
    cover = content.pictures["cover"]
    assert cover.width / cover.height == pytest.approx(16 / 9)


def test_a_kit_need_not_have_any(kit: Kit) -> None:
    assert kit()[0].pictures == {}


def test_a_picture_without_anything_open_is_taken_with_a_warning(kit: Kit) -> None:
    content, found = kit({"kit.yaml": NAMED, "pictures.yaml": drawn("figure block 0 0 9 9")})
    assert content.pictures
    assert [str(problem).split(" — ")[0] for problem in found] == [
        "bread/pictures.yaml:1: warning: nothing in the picture of 'dough' is open"
    ]


def test_any_other_name_is_a_drawing_with_a_size_of_its_own_and_need_not_have_anything_open(kit: Kit) -> None:
    text = drawn("figure block 0 0 240 100", name="oven").replace("  draw", "  size: 240 100\n  draw")
    content, found = kit({"kit.yaml": NAMED, "pictures.yaml": text})
    assert found == ()
    assert (content.pictures["oven"].width, content.pictures["oven"].height) == (240, 100)


def test_a_name_that_is_nearly_that_of_a_section_without_a_picture_is_named(kit: Kit) -> None:
    _, (found,) = kit({"kit.yaml": NAMED, "pictures.yaml": drawn("open block 1 1 2 2", name="doug")})
    assert str(found).startswith("bread/pictures.yaml:1: warning: no section is named 'doug' — did you mean 'dough'?")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "bread/kit.yaml:3: error: there is no file 'pictures.yaml'"),
        ("- a\n", "bread/pictures.yaml:1: error: this file must be keys with values"),
        (
            drawn("open block 1 1 2 2").replace("  draw", "  size: 240\n  draw"),
            "bread/pictures.yaml:3: error: '240' isn't the size of a picture — write two numbers from 20 to 1000",
        ),
        (
            drawn("open block 1 1 240 2").replace("  draw", "  size: 200 100\n  draw"),
            "bread/pictures.yaml:5: error: this reaches 241 1, outside the picture — stay within 200 by 100",
        ),
        ("dough: {draw: [open block 1 1 2 2]}\n", "bread/pictures.yaml:1: error: alt is missing"),
        (drawn("open block 1 1 2 2").replace("draw", "drawn"), "bread/pictures.yaml:3: error: there is no key 'drawn'"),
        (drawn("open"), "bread/pictures.yaml:4: error: 'open' isn't a shape"),
        (drawn("opn block 1 1 2 2"), "bread/pictures.yaml:4: error: there is no ink 'opn' — did you mean 'open'?"),
        (drawn("open blok 1 1 2 2"), "bread/pictures.yaml:4: error: there is no shape 'blok' — did you mean 'block'?"),
        (drawn("open block 1 1 2"), "bread/pictures.yaml:4: error: this shape has 3 numbers, not 4"),
        (drawn("open block 1 1 2 nan"), "bread/pictures.yaml:4: error: 'nan' isn't a number"),
        (drawn("open block 1 1 2 1e9"), "bread/pictures.yaml:4: error: '1e9' isn't a number"),
        (drawn("open block 60 1 50 2"), "bread/pictures.yaml:4: error: this reaches 110 1, outside the picture"),
        (drawn("open leaf 1 1 2 up"), "bread/pictures.yaml:4: error: there is no direction 'up'"),
        (drawn("open leaf 50 50 9 up-left gren"), "bread/pictures.yaml:4: error: there is no ink 'gren'"),
        (drawn("open polygon 1 1 2 2 3"), "bread/pictures.yaml:4: error: a polygon has at least three corners"),
        (drawn("open path M 1 1 L 2 2"), "bread/pictures.yaml:4: error: the path of an area isn't closed"),
        (drawn("open path M 1 1 Q 2 2 3 3 Z"), "bread/pictures.yaml:4: error: there is no command 'Q' in a path"),
        (drawn("open path M 1 1 L 2"), "bread/pictures.yaml:4: error: the path is incomplete at 'L'"),
        (drawn("open path L 1 1 Z"), "bread/pictures.yaml:4: error: the path is incomplete at 'L'"),
        (drawn("open line 1 1 2 2 0"), "bread/pictures.yaml:4: error: the width of a stroke is more than 0"),
        (
            drawn(*["open block 1 1 2 2"] * (limits.PICTURE_SHAPES + 1)),
            "bread/pictures.yaml:1: error: this picture has 201 shapes; the limit is 200 shapes",
        ),
        (
            drawn("open polygon" + " 1 1" * limits.PICTURE_WORDS),
            "bread/pictures.yaml:4: error: this line has 802 words; the limit is 400 words",
        ),
        (
            "".join(drawn("open block 1 1 2 2", name=f"p{k}") for k in range(limits.PICTURES + 1)),
            "bread/pictures.yaml:1: error: this file has 61 pictures; the limit is 60 pictures",
        ),
    ],
)
def test_a_mistake_is_reported_at_its_line(kit: Kit, text: str | None, said: str) -> None:
    with pytest.raises(Problems) as raised:
        kit({"kit.yaml": NAMED} | ({"pictures.yaml": text} if text is not None else {}))
    assert any(str(problem).startswith(said) for problem in raised.value.problems), raised.value.problems


def test_all_mistakes_of_a_file_come_at_once(kit: Kit) -> None:
    with pytest.raises(Problems) as raised:
        kit({"kit.yaml": NAMED, "pictures.yaml": drawn("opn block 1 1 2 2", "open disc 1 1 2", "open disc 50 50 9")})
    assert [problem.at.line for problem in raised.value.problems if problem.at] == [4, 5]
