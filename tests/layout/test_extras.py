"""What a layer adds to slides: where it goes, and one error at the slide for each thing that it does wrong."""

import pytest

from tests.layout.samples import bullets, kit, slide
from workshop.layout import lay_out
from workshop.layout.context import one
from workshop.layout.extras import Extra, Put
from workshop.layout.fit import fit_text
from workshop.layout.laid import LaidShapes, LaidText, Shape
from workshop.model.theme import Box
from workshop.themes.beds import light

FIRST = slide("content", "Rye", (("main", (bullets("It rises", "It rests"),)),), name="rye")
SECOND = slide("content", "Oat", (("main", (bullets("It does not", "It stays"),)),), name="oat")
MARK = LaidShapes((Shape(kind="rect", box=Box(0, 0, 100, 100), fill="accent"),))


def on_rye(name="mark", **settings):
    return Extra(name=name, gather=lambda _: {"rye": 1}, **settings)


def putting(*puts):
    return lambda _desk, _spec, _slide: puts


def laid(*extras):
    deck, problems = lay_out(kit(FIRST, SECOND), light(), extras=extras)
    return deck.slides, problems


def roles(page):
    return [item.placeholder.role if isinstance(item, LaidText) else "drawn" for item in page.items]


@pytest.mark.parametrize(
    ("put", "at"), [(Put(MARK), -1), (Put(MARK, before="main"), 1), (Put(MARK, before="nowhere"), -1)]
)
def test_a_thing_is_read_before_the_place_that_it_names_or_last(put, at):
    (first, second), problems = laid(on_rye(place=putting(put)))
    assert problems == ()
    assert roles(first)[at] == "drawn"
    assert roles(second) == ["title", "main"]


def test_two_things_before_one_place_keep_their_order():
    other = LaidShapes((Shape(kind="rect", box=Box(5, 5, 100, 100), fill="open"),))
    (first, _), _ = laid(
        on_rye("a", place=putting(Put(MARK, before="title"))), on_rye("b", place=putting(Put(other, before="title")))
    )
    assert first.items[:2] == (MARK, other)


def test_a_text_takes_a_place_instead_of_what_the_slide_has_there():
    def place(desk, spec, slide):
        yield Put(fit_text(desk, spec.find("main"), (one("Mine"),), slide.at), "main")

    (first, second), problems = laid(on_rye(place=place))
    assert problems == ()
    assert [[line.text for line in page.items[1].lines] for page in (first, second)] == [
        ["It rises", "It rests"],
        ["It does not", "It stays"],
    ]


@pytest.mark.parametrize("field", ["looks", "place", "source"])
def test_what_an_extra_raises_is_an_error_at_the_slide(field):
    def fails(*_):
        raise ValueError("no flour")

    _, problems = laid(on_rye(**{field: fails}))
    assert {str(problem.at) for problem in problems} == {str(FIRST.at)}
    (message,) = {problem.message for problem in problems}
    assert message.startswith("the extra 'mark' failed: ValueError: no flour (test_extras.py, line ")


def test_a_place_that_the_layout_lacks_is_named_with_the_nearest_one():
    _, problems = laid(on_rye(place=putting(Put(MARK, "mian"))))
    (problem,) = set(problems)
    assert problem.message == "the extra 'mark' puts something at 'mian', which 'content' doesn't have"
    assert problem.hint == "did you mean 'main'?"


def test_two_extras_at_one_place_are_both_named():
    _, problems = laid(on_rye("a", place=putting(Put(MARK, "title"))), on_rye("b", place=putting(Put(MARK, "title"))))
    (problem,) = set(problems)
    assert problem.message == "the extras 'a' and 'b' both put something at 'title'"


def test_an_extra_is_not_asked_about_a_slide_of_which_it_knows_nothing():
    asked = []

    def place(_desk, _spec, slide):
        asked.append(slide.id)
        return ()

    laid(on_rye(place=place))
    assert set(asked) == {"rye"}
