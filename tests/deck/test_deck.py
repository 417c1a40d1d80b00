"""A deck from Python has the bytes that the command writes, and clear errors; its examples are in the package's docstring."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from pptx import Presentation

from workshop.cli.app import commands
from workshop.deck import Deck, Problems, WorkshopError
from workshop.errors import ExitCode

TALK = "---\ntitle: Buses\n---\n\n# A bus\n\n- It waits\n- It goes\n\n::: notes\nWait.\n:::\n\n# A tram\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_deck_has_the_bytes_that_the_command_writes():
    Path("talk.md").write_text(TALK, "utf-8")
    Deck.read("talk.md").save("mine.pptx")
    assert CliRunner().invoke(commands, ["build", "talk.md", "--out", "out"]).exit_code == 0
    assert Path("mine.pptx").read_bytes() == Path("out/deck.pptx").read_bytes()


def test_a_text_gives_the_same_deck_as_its_file():
    Path("talk.md").write_text(TALK, "utf-8")
    assert Deck.from_text(TALK).slides == Deck.read("talk.md").slides


def test_pictures_of_a_text_are_found_beside_the_file_as_which_it_is_read(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "stop.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect width="40" height="30"/></svg>'
    )
    deck = Deck.from_text("# A stop\n\n![the stop](stop.svg)\n", path=folder / "talk.md")
    assert [box.words for box in deck.slides[0].boxes if box.kind == "picture"] == ["the stop"]


def test_each_format_holds_every_slide():
    deck = Deck.from_text(TALK)
    names = [path.name for ending in ("pptx", "html", "svg") for path in deck.save(f"a.{ending}")]
    assert names == ["a.pptx", "a.html", "a-1.svg", "a-2.svg", "a-3.svg"]
    assert [slide.shapes.title.text for slide in Presentation("a.pptx").slides] == ["Buses", "A bus", "A tram"]
    assert all(title in Path("a.html").read_text("utf-8") for title in ("A bus", "A tram"))
    assert "A tram" in Path("a-3.svg").read_text("utf-8")
    assert [slide.notes for slide in deck.slides] == ["", "Wait.", ""]


def test_boxes_are_on_the_slide_and_a_text_is_as_high_as_its_lines():
    for slide in Deck.from_text(TALK).slides:
        assert slide.boxes
        for box in slide.boxes:
            assert 0 <= box.x <= box.x + box.width <= 960
            assert 0 <= box.y <= box.y + box.height <= 540
            assert box.kind != "text" or box.height >= box.size


@pytest.mark.parametrize("name", ["a.ppt", "a", "a.docx"])
def test_another_ending_is_refused_before_anything_is_made(name):
    with pytest.raises(WorkshopError, match=r"can't be saved as 'a") as error:
        Deck.from_text(TALK).save(name)
    assert error.value.exit_code is ExitCode.USAGE
    assert not Path(name).exists()


def test_what_could_be_no_deck_is_one_error_with_its_place():
    with pytest.raises(Problems) as error:
        Deck.from_text("\n")
    (problem,) = error.value.problems
    assert (problem.at.path, problem.message) == ("talk.md", "this file has no slides")


def test_a_text_over_the_limit_is_refused_as_a_file_would_be():
    with pytest.raises(Problems, match="this text has 20,000,000 characters; the limit is 2 MB"):
        Deck.from_text("word " * 4_000_000)


def test_an_unknown_theme_is_named():
    with pytest.raises(WorkshopError, match="drak"):
        Deck.from_text(TALK, theme="drak")


def test_what_an_extra_raises_is_reported_and_such_a_deck_is_not_saved():
    from workshop.layout.extras import Extra

    def add(registry):
        registry.add("extra", "odd", Extra(name="odd", gather=lambda kit: 1 / 0))

    deck = Deck.from_text(TALK, plugins=[add])
    assert any("the extra 'odd' failed: ZeroDivisionError" in problem.message for problem in deck.problems)
    with pytest.raises(Problems):
        deck.save("a.pptx")
    assert not Path("a.pptx").exists()
