"""Tests of taking adopted edits back, on a small kit and on a talk: nothing that was done by hand since is lost."""

import pytest

from tests.addons.back.talks import TALK, edited, say, titled
from tests.addons.back.test_adopt import all_edits, change, files_in, place, put, taken  # noqa: F401 - a fixture
from workshop.addons.back.log import number_of


def two_edits(presentation):
    slide = titled(presentation, "Rye bakes a dark bread")
    slide.shapes.title.top = 0
    titled(presentation, "The oven is hot").shapes.title.text_frame.paragraphs[0].runs[0].font.italic = True


def test_taking_back_restores_every_file_of_a_folder_that_wasnt_there(run, place):  # noqa: F811
    change(place, all_edits)
    taken(run)
    assert run("adopt", "client", "--undo")[0] == 0
    assert files_in(place / "client") == {}


def test_taking_back_the_second_adoption_restores_the_files_after_the_first(run, place):  # noqa: F811
    change(place, all_edits)
    taken(run)
    before = files_in(place / "client")
    change(place, lambda p: setattr(p.slides[0].shapes.title, "top", 0))
    taken(run)
    assert files_in(place / "client") != before
    assert run("adopt", "client", "--undo")[0] == 0
    assert files_in(place / "client") == before


def test_what_was_done_by_hand_since_stays_and_is_named(run, place):  # noqa: F811
    change(place, two_edits)
    taken(run)
    path = place / "client" / "edits" / "hot.yaml"
    path.write_text(path.read_text().replace('italic: "true"', 'italic: "false"'))
    own = place / "client" / "mine.md"
    own.write_text("## Mine {#mine}\n\n- one\n")
    _, out, _ = run("adopt", "client", "--undo")
    assert 'italic: "false"' in path.read_text()
    assert "edits/hot.yaml: “- {edit: " in out
    assert "was changed since, and stays" in out
    assert own.read_text() == "## Mine {#mine}\n\n- one\n"
    assert not (place / "client" / "edits" / "rye.yaml").exists()


def test_one_edit_is_taken_back_and_the_others_stay(run, place):  # noqa: F811
    change(place, two_edits)
    taken(run)
    lines = (place / "client" / "edits" / "rye.yaml").read_text().splitlines()
    number = next(filter(None, map(number_of, lines)))
    assert run("adopt", "client", "--undo", "--edit", str(number))[0] == 0
    assert not (place / "client" / "edits" / "rye.yaml").exists()
    assert "italic" in (place / "client" / "edits" / "hot.yaml").read_text()
    assert "rye" not in run("adopt", "client", "--list")[1]


def test_words_of_one_slide_are_taken_back_and_those_of_others_stay(run, place):  # noqa: F811
    def words(presentation):
        say(titled(presentation, "Rye bakes a dark bread"), "dark", "black")
        say(titled(presentation, "The oven is hot"), "hot", "warm")

    change(place, words)
    taken(run)
    row = next(line for line in run("adopt", "client", "--list")[1].splitlines() if " rye " in line)
    assert run("adopt", "client", "--undo", "--edit", row.split()[0])[0] == 0
    left = (place / "client" / "adopted.md").read_text()
    assert "black" not in left
    assert "## The oven is warm {#hot" in left


def test_a_list_says_which_edits_the_last_build_did_not_repeat(run, place):  # noqa: F811
    change(place, lambda p: say(titled(p, "Wheat is a grass"), "500", "600"))
    taken(run)
    assert "no build with these edits is beside the deck" in run("adopt", "client", "--list")[1]
    build = ("build", "bread", "--overlay", "client", "--only", "deck", "--out", "dist")
    assert run(*build)[0] == 0
    assert "not in the last build" not in run("adopt", "client", "--list")[1]
    text = (place / "bread" / "01-flour.md").read_text()
    put(place / "bread", {"01-flour.md": text.replace("250 + 250", "250 + 450")})
    assert run(*build)[0] == 0
    assert "edits/wheat.yaml:3  not in the last build: an edit of 'wheat' isn't repeated" in run("adopt", "client", "--list")[1]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("adopt", "client", "--undo", "--edit", "99"), "there is no edit '99'"),
        (("adopt", "bread", "--undo"), "bread has no edits/log.yaml"),
        (("adopt", "client"), "this is a folder"),
    ],
)
def test_what_cannot_be_taken_back_is_said_and_nothing_changes(run, place, words, said):  # noqa: F811
    change(place, two_edits)
    taken(run)
    before = files_in(place / "client")
    code, _, err = run(*words)
    assert code == 2
    assert said in err
    assert files_in(place / "client") == before


def test_the_edits_of_a_talk_are_taken_back(run, tmp_path):
    (tmp_path / "bread.md").write_text(TALK)
    assert run("build", "bread.md", "--only", "deck", "--out", "dist")[0] == 0
    deck = tmp_path / "dist" / "deck.pptx"
    deck.write_bytes(edited(lambda p: setattr(titled(p, "The oven is hot").shapes.title, "top", 0), deck.read_bytes()))
    assert run("adopt", "dist/deck.pptx")[0] == 0
    assert (tmp_path / "bread.edits" / "the-oven-is-hot.yaml").is_file()
    assert run("adopt", "bread.md", "--undo")[0] == 0
    assert list((tmp_path / "bread.edits").iterdir()) == []
    assert (tmp_path / "bread.md").read_text() == TALK
