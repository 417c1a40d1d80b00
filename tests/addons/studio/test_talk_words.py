"""Tests how the words of a talk change in its own file."""

import pytest

from workshop.addons.studio.talk_words import Passage, Talk, with_lines
from workshop.errors import WorkshopError
from workshop.inputs.inside import Inside

TALK = "---\ntitle: A talk\n---\n\n# One\n\n- a point\n- and another\n\n# Two\n\nSome words\n"
ONE = Passage(5, "# One\n\n- a point\n- and another\n")


def talk_in(folder, text=TALK, *, elsewhere=False):
    folder.mkdir(exist_ok=True)
    path = folder.parent / "talk.md" if elsewhere else folder / "kit" / "talk.md"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path, Talk(Inside.at(folder), str(path) if elsewhere else "kit/talk.md")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_passage_changes_and_line_ends_and_byte_order_mark_stay(end, mark):
    text = mark + TALK.replace("\n", end)
    new = ONE.text.replace("a point", "a better point")
    assert with_lines(text, ONE, new) == text.replace("a point", "a better point")
    assert with_lines(with_lines(text, ONE, new), Passage(5, new), ONE.text) == text
    last = Passage(10, "# Two\n\nSome words\n")
    assert with_lines(text.removesuffix(end), last, "# Two\n\nOther words\n") == text.replace(
        "Some", "Other"
    ).removesuffix(end)


@pytest.mark.parametrize("passage", [Passage(4, ONE.text), Passage(500, ONE.text), Passage(5, "# Ones\n")])
def test_lines_that_are_not_there_are_never_replaced(passage):
    with pytest.raises(WorkshopError, match="changed meanwhile"):
        with_lines(TALK, passage, "# Mine\n")


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_slide_that_is_changed_twice_goes_back_to_what_it_said_first(tmp_path, elsewhere):
    path, talk = talk_in(tmp_path / "workshop", elsewhere=elsewhere)
    twice = "# Uno\n\n- a better point\n- and another\n"
    talk.change("one", ONE, ONE.text.replace("a point", "a better point"))
    talk.change("one", Passage(5, ONE.text.replace("a point", "a better point")), twice)
    assert path.read_text() == TALK.replace("One", "Uno").replace("a point", "a better point")
    assert talk.is_changed(twice)
    talk.put_back("uno", twice)
    assert path.read_text() == TALK
    assert not talk.is_changed(ONE.text)


def test_a_slide_whose_new_name_is_not_known_yet_is_put_back_by_the_one_it_had(tmp_path):
    path, talk = talk_in(tmp_path / "workshop")
    talk.change("two", Passage(10, "# Two\n\nSome words\n"), "# Two\n\nOther words\n")
    talk.change("one", ONE, ONE.text.replace("One", "Uno"))
    talk.put_back("one", "")
    assert path.read_text() == TALK.replace("Some", "Other")


def test_what_was_changed_in_another_program_since_is_not_overwritten(tmp_path):
    path, talk = talk_in(tmp_path / "workshop")
    new = ONE.text.replace("One", "Uno")
    talk.change("one", ONE, new)
    path.write_text(theirs := path.read_text().replace("a point", "their point"))
    for act in (lambda: talk.put_back("uno", new), lambda: talk.change("uno", Passage(5, new), ONE.text)):
        with pytest.raises(WorkshopError, match="changed meanwhile"):
            act()
    assert path.read_text() == theirs


def test_a_talk_elsewhere_keeps_its_permissions_and_a_link_to_it_stays_one(tmp_path):
    path, _ = talk_in(tmp_path / "workshop", elsewhere=True)
    path.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to(path)
    Talk(Inside.at(tmp_path / "workshop"), str(link)).change("one", ONE, "# Uno\n")
    assert (link.is_symlink(), path.stat().st_mode & 0o777) == (True, 0o640)
    assert path.read_text().count("# Uno\n") == 1
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".new")] == []


def test_a_talk_of_the_workshop_that_is_a_link_out_of_it_is_not_written(tmp_path):
    path, talk = talk_in(tmp_path / "workshop")
    private = tmp_path / "private.md"
    private.write_text(TALK)
    path.unlink()
    path.symlink_to(private)
    with pytest.raises(WorkshopError, match="leads out"):
        talk.change("one", ONE, "# Uno\n")
    assert private.read_text() == TALK
