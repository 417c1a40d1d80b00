"""Follows the tutorials in an empty folder, and compares the slides that they end with with their pictures."""

import re

import pytest

from docs.make_tutorials import TUTORIALS, changed, follow, svg


@pytest.fixture
def followed(tmp_path, cache, monkeypatch, typed):
    """Follow a tutorial with the command line in this process; return its pictures and what the commands said."""
    monkeypatch.setenv("WORKSHOP_CACHE", str(cache))
    monkeypatch.setenv("WORKSHOP_CONFIG", str(tmp_path / "settings"))
    monkeypatch.chdir(tmp_path)

    def go(page):
        said = []

        def run(command):
            if command[1] != "preview":  # the wheel's test starts it, and stops it again
                code, _, errors = typed(*command[1:])
                said.append((code, errors))

        return follow(page, tmp_path, run, svg), said

    return go


@pytest.mark.parametrize(
    "page", [TUTORIALS[0], pytest.param(TUTORIALS[1], marks=pytest.mark.broad)], ids=["first-talk", "first-kit"]
)
def test_every_step_works_and_makes_the_slide_that_it_shows(page, followed):
    pictures, said = followed(page)
    assert [found for found in said if found != (0, "")] == []
    shown = re.findall(r"\.\./pictures/tutorials/([\w-]+\.svg)", page.read_text("utf-8"))
    assert [path.name for path in pictures] == shown
    assert [path.name for path, picture in pictures.items() if path.read_text("utf-8") != picture] == []


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_a_tutorial_has_twelve_steps_at_most_and_a_picture_in_each(page):
    steps = re.split(r"^## \d+\. ", page.read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert len(steps) <= 12
    assert [
        step.count("![") for step in (re.sub(r"^```.*?^```", "", s, flags=re.DOTALL | re.MULTILINE) for s in steps)
    ] == [1] * len(steps)


def test_a_block_that_replaces_nothing_is_a_mistake():
    with pytest.raises(AssertionError, match="there is no slide 3"):
        changed("---\n---\n\n## One\n", "slide 3", "## Two\n")
