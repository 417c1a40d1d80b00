"""Tests of adopting again: what was done by hand since stays, and where a file and a deck differ, people are told both."""

import pytest
from pptx.util import Pt

from tests.addons.back.talks import TALK, delete, edited, move, say, titled
from tests.addons.back.test_adopt import all_edits, change, files_in, place, put, taken  # noqa: F401 - a fixture

RYE = "Rye bakes a dark bread"


def every_edit(presentation):
    """Edit words, a cell, notes and looks; move, add, hide and delete slides."""
    say(titled(presentation, "Salt holds the water"), "enough", "plenty")
    say(titled(presentation, "Two loaves a week"), "Saturday", "Sunday")
    titled(presentation, "The oven is hot").shapes.title.top += Pt(30)
    titled(presentation, "What a loaf needs")._element.set("show", "0")
    made = presentation.slides.add_slide(titled(presentation, "The oven is hot").slide_layout)
    made.shapes.title.text = "Yeast is alive"
    delete(presentation, RYE)
    move(presentation, 2, 4)


def words(old, new, title=RYE):
    return lambda presentation: say(titled(presentation, title), old, new)


@pytest.fixture
def bread(run, tmp_path):
    """Return a function that builds a talk once, edits its deck and adopts it."""
    (tmp_path / "bread.md").write_text(TALK)
    assert run("build", "bread.md", "--only", "deck", "--out", "dist")[0] == 0
    deck = tmp_path / "dist" / "deck.pptx"
    built = deck.read_bytes()

    def adopted(edit=None, *more):
        if edit:
            deck.write_bytes(edited(edit, built))
        return run("adopt", "dist/deck.pptx", *more)

    return adopted


def sources(folder):
    """Return name -> bytes of all files but decks."""
    return {name: content for name, content in files_in(folder).items() if not name.startswith("dist/")}


def test_a_talk_that_is_adopted_twice_is_the_same_and_taking_back_restores_every_file(run, bread, tmp_path):
    before = sources(tmp_path)
    assert bread(every_edit)[0] == 0
    after = sources(tmp_path)
    assert after != before
    code, out, _ = bread()
    assert (code, sources(tmp_path)) == (0, after), out
    assert run("adopt", "bread.md", "--undo")[0] == 0
    assert sources(tmp_path) == before


def test_handwork_since_stays_whenever_the_same_deck_is_adopted_again(bread, tmp_path):
    assert bread(every_edit)[0] == 0
    path = tmp_path / "bread.md"
    text = path.read_text()
    for old, new in (("plenty", "far too much"), ("Sunday", "Saturday"), ("## Yeast is alive", "## Yeast lives"), ("Its gluten", "The gluten")):  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    path.write_text(text + "\n## Of my own\n\nBy hand.\n")
    lines = tmp_path / "bread.edits" / "the-oven-is-hot.yaml"
    lines.write_text(lines.read_text().replace("# shape", "# mine, shape"))
    before = sources(tmp_path)
    code, out, err = bread()
    assert code == 0, err
    assert sources(tmp_path) == before
    assert "bread.md has something else by now, which stays" in out


def test_edits_of_a_deck_are_added_to_what_was_written_since(bread, tmp_path):
    path = tmp_path / "bread.md"
    path.write_text(TALK.replace("its dough is sour", "its dough tastes sour").replace("# Flour", "# Flours", 1))
    assert bread(words("dark bread", "black bread"))[0] == 0
    assert path.read_text() == TALK.replace("its dough is sour", "its dough tastes sour").replace("# Flour", "# Flours", 1).replace(f"## {RYE}", "## Rye bakes a black bread {#rye-bakes-a-dark-bread}")  # fmt: skip


def test_where_a_file_and_a_deck_changed_the_same_words_the_file_stays_and_both_are_told(bread, tmp_path):
    path = tmp_path / "bread.md"
    path.write_text(TALK.replace("is sour", "is acid"))
    before = sources(tmp_path)
    code, out, _ = bread(words("is sour", "is bitter"))
    assert code == 1
    assert "the file says “Rye has little gluten, so its dough is acid.”, the deck “Rye has little gluten, so its dough is bitter.”" in out  # fmt: skip
    assert "--prefer deck" in out
    assert sources(tmp_path)["bread.md"] == before["bread.md"]
    code, out, _ = bread(None, "--prefer", "deck")
    assert code == 0
    assert "is bitter" in path.read_text()


def test_one_clash_keeps_no_other_edit_from_being_adopted(bread, tmp_path):
    path = tmp_path / "bread.md"
    path.write_text(TALK.replace("is sour", "is acid"))

    def edit(presentation):
        words("is sour", "is bitter")(presentation)
        say(titled(presentation, "Salt holds the water"), "enough", "plenty")
        titled(presentation, RYE).shapes.title.top += Pt(30)

    code, _, _ = bread(edit)
    assert code == 1
    assert "plenty" in path.read_text()
    assert (tmp_path / "bread.edits" / "rye-bakes-a-dark-bread.yaml").is_file()


@pytest.mark.parametrize("ends", [b"\r\n", b"\n"])
def test_line_ends_and_a_byte_order_mark_stay_as_they_are(run, bread, tmp_path, ends):
    path = tmp_path / "bread.md"
    raw = b"\xef\xbb\xbf" + TALK.encode().replace(b"\n", ends).rstrip()
    path.write_bytes(raw)
    assert bread(words("is sour", "is bitter"))[0] == 0
    assert path.read_bytes() == raw.replace(b"is sour", b"is bitter")
    assert run("adopt", "bread.md", "--undo")[0] == 0
    assert path.read_bytes() == raw


def test_a_slide_that_was_deleted_in_the_deck_and_changed_in_the_file_stays(bread, tmp_path):
    path = tmp_path / "bread.md"
    path.write_text(TALK.replace("is sour", "is acid"))
    code, out, _ = bread(lambda p: delete(p, RYE))
    assert code == 1
    assert "the deck nothing" in out
    assert "is acid" in path.read_text()


def test_a_slide_that_was_retitled_by_hand_is_found_and_keeps_the_edits_of_its_box(run, bread, tmp_path):
    path = tmp_path / "bread.md"
    path.write_text(TALK.replace("## The oven is hot", "## An oven has to be hot"))
    assert bread(lambda p: setattr(titled(p, "The oven is hot").shapes.title, "top", 0))[0] == 0
    assert "## An oven has to be hot {#the-oven-is-hot}" in path.read_text()
    code, _, err = run("build", "bread.md", "--only", "deck", "--out", "new")
    assert (code, "edit" in err) == (0, False)


def test_lines_that_were_changed_or_taken_out_by_hand_stay_so(run, place):  # noqa: F811
    def two(presentation):
        for title in (RYE, "The oven is hot"):
            titled(presentation, title).shapes.title.text_frame.paragraphs[0].runs[0].font.italic = True

    change(place, two)
    taken(run)
    edits = place / "client" / "edits"
    (edits / "rye.yaml").write_text((edits / "rye.yaml").read_text().replace('italic: "true"', 'italic: "false"'))
    (edits / "hot.yaml").unlink()
    before = files_in(place / "client")
    assert "edits/rye.yaml has something else by now, which stays" in taken(run)
    assert files_in(place / "client") == before


def test_a_line_changed_by_hand_clashes_with_another_edit_of_the_same_property(run, place):  # noqa: F811
    deck = place / "dist" / "deck.pptx"
    built = deck.read_bytes()

    def sized(points):
        run_of = lambda p: titled(p, RYE).shapes.title.text_frame.paragraphs[0].runs[0]  # noqa: E731
        deck.write_bytes(edited(lambda p: setattr(run_of(p).font, "size", Pt(points)), built))

    sized(20)
    taken(run)
    path = place / "client" / "edits" / "rye.yaml"
    path.write_text(path.read_text().replace('size: "20"', 'size: "30"'))
    sized(22)
    code, out, _ = run("adopt", "dist/deck.pptx", "bread", "--overlay", "client")
    assert code == 1
    assert 'size: "30"}”, the deck “- {' in out
    assert 'size: "30"' in path.read_text()
    assert run("adopt", "dist/deck.pptx", "bread", "--overlay", "client", "--prefer", "deck")[0] == 0
    assert 'size: "22"' in path.read_text()


def test_the_title_of_one_person_never_replaces_that_of_another(run, place):  # noqa: F811
    deck = place / "dist" / "deck.pptx"
    built = deck.read_bytes()
    deck.write_bytes(edited(words("dark", "black"), built))
    taken(run)
    (place / "dist" / "theirs.pptx").write_bytes(edited(words("dark", "brown"), built))
    code, out, _ = run("adopt", "dist/theirs.pptx", "bread", "--overlay", "client")
    assert code == 1
    assert "Rye bakes a black bread" in out
    assert "Rye bakes a brown bread" in out
    assert "## Rye bakes a black bread" in (place / "client" / "adopted.md").read_text()


def test_the_words_of_an_overlay_that_were_changed_by_hand_stay(run, place):  # noqa: F811
    change(place, all_edits)
    taken(run)
    path = place / "client" / "adopted.md"
    path.write_text(path.read_text().replace("Rye makes a dark bread", "Rye gives a dark bread") + "\n\n\n")
    before = files_in(place / "client")
    code, out, _ = run("adopt", "dist/deck.pptx", "bread", "--overlay", "client")
    assert (code, files_in(place / "client") == before) == (0, True), out


def test_a_move_of_a_talk_is_taken_back_alone(run, bread, tmp_path):
    def edit(presentation):
        move(presentation, 2, 4)
        say(titled(presentation, "Salt holds the water"), "enough", "plenty")

    assert bread(edit)[0] == 0
    row = next(line for line in run("adopt", "bread.md", "--list")[1].splitlines() if "moved" in line)
    assert run("adopt", "bread.md", "--undo", "--edit", row.split()[0])[0] == 0
    assert (tmp_path / "bread.md").read_text() == TALK.replace("enough", "plenty")
