"""Words of one world in texts for all: found with their places, unless they are values or allowed."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from workshop.ai_models.register import kit_folder
from workshop.check.coverage import check_worlds, words_of
from workshop.content import load, read

ROLES = ("spade", "cellar", "fence", "weed", "beekeeper", "basil", "garden")


@pytest.fixture(scope="module")
def content():
    return load(kit_folder())[0]


def found(content):
    return [(problem.message, problem.at.line) for problem in check_worlds(content)]


def changed(content, name, folder, old, new):
    """Return the kit with only one of its files, in which some words are others, and that file as it was."""
    (path,) = (Path(path) for path in content.files if path.endswith(f"{kit_folder().name}/{name}"))
    before = path.read_text("utf-8")
    copy = folder / path.name
    copy.write_text(before.replace(old, new, 1), "utf-8")
    return replace(content, files=(str(copy),)), before


def test_the_words_of_a_world_are_its_roles_and_those_of_its_name():
    words = words_of(kit_folder() / "worlds" / "garden")
    assert set(ROLES) <= words
    assert not {"the", "frost", "gate", "like"} & words


def test_the_kit_says_no_word_of_a_world_outright(content):
    assert found(content) == []


@pytest.mark.parametrize(
    ("name", "model", "word"),
    [
        ("00-opening.md", "what our models read", "spade"),
        ("audiences/students/00-opening.md", "what our models read", "Spades"),
        ("quiz.yaml", "A new model gets", "axe"),
    ],
)
def test_a_word_that_is_put_back_is_found_at_its_line_in_either_number(content, tmp_path, name, model, word):
    kit, before = changed(content, name, tmp_path, model, f"a {word}")
    line = before[: before.index(model)].count("\n") + 1
    assert found(kit) == [(f"{word!r} is a word of one world", line)]


def test_a_value_a_word_inside_another_and_an_allowed_one_are_not_found(content, tmp_path):
    said = "{{ world.things[0] }}, spadework and the law"
    kit, before = changed(content, "00-opening.md", tmp_path, "a game to warm up", said)
    assert "a game to warm up" in before
    assert found(kit) == []


def test_the_cards_of_a_world_of_ones_own_may_say_any_word(tmp_path):
    (tmp_path / "world.yaml").write_text("like: hospital\n")
    cards = [f"## Card {number}\n\nThe client has a spade in cellar {number}.\n" for number in range(8)]
    (tmp_path / "library.md").write_text("\n".join(cards))
    content, _ = read(kit_folder(), world=str(tmp_path))
    assert (tmp_path / "library.md").as_posix() in content.files
    assert list(check_worlds(content)) == []
