"""Draws the examples of the gallery again, and compares the page and its pictures with what is kept."""

import pytest

from docs import make_gallery
from workshop.layouts import all_layouts


@pytest.fixture(scope="module")
def made():
    return make_gallery.shown()


def test_the_page_and_its_pictures_are_current(made):
    stale = [path.name for path, text in make_gallery.pages(made).items() if path.read_text("utf-8") != text]
    assert stale == [], "run python docs/make_gallery.py"


def test_no_picture_is_left_over(made):
    names = {path for path in make_gallery.pages(made) if path.suffix == ".svg"}
    assert set(make_gallery.PICTURES.iterdir()) == names


def test_the_examples_build_without_a_warning(made):
    assert [said for said in made.said if not said.startswith("advice")] == []


def test_every_example_of_a_kit_has_the_layout_that_it_is_shown_for(made):
    roles = [(shown.example["layout"], shown.role) for shown in made.kit]
    assert [pair for pair in roles if pair[0] in all_layouts() and pair[0] != pair[1]] == []
