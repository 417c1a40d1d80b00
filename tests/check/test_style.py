"""Words of one world in texts for all: found with their places, unless they are values or allowed."""

import shutil

import pytest

from workshop.ai_models.register import kit_folder
from workshop.check.style import check_worlds, words_of
from workshop.content import load, read

ROLES = ("spade", "cellar", "fence", "weed", "beekeeper", "basil", "garden")


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    top = tmp_path_factory.mktemp("kit")
    shutil.copytree(kit_folder(), top / "slides_src")
    shutil.copytree(kit_folder().parent / "exercises", top / "exercises")
    return top / "slides_src"


def found(kit):
    return [(problem.message, problem.at.line) for problem in check_worlds(load(kit)[0])]


def test_the_words_of_a_world_are_its_roles_and_those_of_its_name():
    words = words_of(kit_folder() / "worlds" / "garden")
    assert set(ROLES) <= words
    assert not {"the", "frost", "gate", "like"} & words


def test_the_kit_says_no_word_of_a_world_outright(kit):
    assert found(kit) == []


@pytest.mark.parametrize(
    ("name", "model", "word"),
    [
        ("00-opening.md", "what our models read", "spade"),
        ("audiences/students/00-opening.md", "what our models read", "Spades"),
        ("quiz.yaml", "A new model gets", "axe"),
    ],
)
def test_a_word_that_is_put_back_is_found_at_its_line_in_either_number(kit, name, model, word):
    path = kit / name
    before = path.read_text("utf-8")
    line = before[: before.index(model)].count("\n") + 1
    try:
        path.write_text(before.replace(model, f"a {word}", 1), "utf-8")
        assert found(kit) == [(f"{word!r} is a word of one world", line)]
    finally:
        path.write_text(before, "utf-8")


def test_a_value_a_word_inside_another_and_an_allowed_one_are_not_found(kit):
    path = kit / "00-opening.md"
    before = path.read_text("utf-8")
    try:
        path.write_text(before.replace("a game to warm up", "{{ world.things[0] }}, spadework and the law"), "utf-8")
        assert found(kit) == []
    finally:
        path.write_text(before, "utf-8")


def test_the_cards_of_a_world_of_ones_own_may_say_any_word(kit, tmp_path):
    (tmp_path / "world.yaml").write_text("like: hospital\n")
    cards = [f"## Card {number}\n\nThe client has a spade in cellar {number}.\n" for number in range(8)]
    (tmp_path / "library.md").write_text("\n".join(cards))
    content, _ = read(kit, world=str(tmp_path))
    assert (tmp_path / "library.md").as_posix() in content.files
    assert list(check_worlds(content)) == []
