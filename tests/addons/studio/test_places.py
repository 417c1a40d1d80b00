"""Tests the list of folders and talks from which one is opened where it is."""

import sys

import pytest

from workshop.addons.studio.places import told_place
from workshop.errors import WorkshopError


@pytest.fixture
def home(tmp_path):
    made = tmp_path / "home"
    (made / "kits" / "garden").mkdir(parents=True)
    (made / "kits" / "garden" / "kit.yaml").write_text("title: Garden\n")
    (made / ".hidden").mkdir()
    (made / "B.qmd").write_text("# One\n")
    (made / "a.md").write_text("# One\n")
    (made / "notes.txt").write_text("no talk\n")
    return made


def test_folders_kits_and_talks_are_told_and_nothing_else(home):
    told = told_place(home, "")
    assert (told["at"], told["up"]) == (str(home), "")
    assert told["folders"] == [{"name": "kits", "path": str(home / "kits"), "kit": False}]
    assert [talk["name"] for talk in told["talks"]] == ["a.md", "B.qmd"]
    below = told_place(home, told["folders"][0]["path"])
    assert below["up"] == str(home)
    assert [(one["name"], one["kit"]) for one in below["folders"]] == [("garden", True)]


@pytest.mark.skipif(sys.platform == "win32", reason="it makes a link")
def test_the_folder_of_the_user_is_not_left_by_name_or_link(home, tmp_path):
    (tmp_path / "private.md").write_text("# One\n")
    (home / "out").symlink_to(tmp_path)
    for at in (str(tmp_path), str(home / ".."), str(home / "out"), "/"):
        with pytest.raises(WorkshopError, match="isn't in your own folder"):
            told_place(home, at)


def test_a_folder_that_is_not_there_is_told(home):
    with pytest.raises(WorkshopError, match="can't be read"):
        told_place(home, str(home / "gone"))
