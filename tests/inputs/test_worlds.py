"""Folders of worlds: found by name or place, each with those that it is like."""

import pytest

from workshop.ai_models.register import kit_folder
from workshop.errors import WorkshopError
from workshop.inputs.worlds import named, worlds_of

HOME = kit_folder() / "worlds"


def folder(top, name, text):
    (top / name).mkdir()
    (top / name / "world.yaml").write_text(text)
    return top / name


def test_a_ready_world_is_found_by_its_name_and_another_by_its_folder(tmp_path):
    assert named("garden", HOME) == HOME / "garden"
    ward = folder(tmp_path, "ward", "like: garden\n")
    assert named(str(ward), HOME) == ward
    assert worlds_of(ward, HOME) == (ward, HOME / "garden")


def test_an_unknown_world_is_refused_with_those_that_there_are(tmp_path):
    with pytest.raises(WorkshopError, match="there is no world 'gardn'") as caught:
        named("gardn", HOME)
    assert "did you mean 'garden'?" in caught.value.problem.hint
    with pytest.raises(WorkshopError, match="there is no world 'moon'") as caught:
        worlds_of(folder(tmp_path, "ward", "name: the ward\nlike: moon\n"), HOME)
    assert caught.value.problem.at.line == 2
    assert "garden" in caught.value.problem.hint


def test_a_circle_of_likes_is_refused(tmp_path):
    first, second = folder(tmp_path, "one", "like: two\n"), folder(tmp_path, "two", "like: one\n")
    for start in (first, second):
        with pytest.raises(WorkshopError, match="is like itself, by way of others"):
            worlds_of(start, tmp_path)


@pytest.mark.parametrize("text", ["[one, two]", "just words"])
def test_a_file_without_keys_is_refused(tmp_path, text):
    with pytest.raises(WorkshopError, match="this file has no keys"):
        worlds_of(folder(tmp_path, "w", text), HOME)
