import shutil
from pathlib import Path

import pytest
from PIL import Image

from workshop.addons.preview.session import Session, Sources
from workshop.addons.preview.shown_slides import as_data
from workshop.ai_models.register import kit_folder
from workshop.errors import Severity
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

TALK = """---
title: A talk
---

# The first slide

- one point

::: notes
Say hello.
:::

# The second slide

![A grey square](grey.png)

# The third slide

- another point
"""


def session_of(path, **options):
    request = Request(cache=None, **options)
    return Session(sources=Sources(path=path, request=request, registry=standard_registry(), base=kit_folder()))


@pytest.fixture
def talk(tmp_path):
    Image.new("L", (40, 30), 128).save(tmp_path / "grey.png")
    path = tmp_path / "talk.md"
    path.write_text(TALK)
    return path


def saved(talk: Path, old: str, new: str) -> None:
    talk.write_text(talk.read_text().replace(old, new))


@pytest.fixture
def session(talk):
    made = session_of(talk)
    made.refresh()
    return made


def titles(session):
    return [drawn.laid.slide.title_text for drawn in session.shown.slides]


def test_the_slides_of_a_talk_are_drawn_with_their_notes_and_places(session):
    data = as_data(session.shown, 0)
    first = next(slide for slide in data["slides"] if slide["title"] == "The first slide")
    assert first["place"].endswith("talk.md:5")
    assert [line["text"] for note in first["notes"] for line in note["lines"]] == ["Say hello."]
    assert "one point" in data["pictures"][first["id"]]
    assert not data["broken"]


def test_nothing_is_built_again_while_nothing_changes(session):
    assert not session.refresh_if_changed()
    assert session.shown.number == 1


def test_the_slide_that_changed_is_named_and_only_its_picture_is_new(session, talk):
    before = {drawn.laid.id: drawn.svg for drawn in session.shown.slides}
    saved(talk, "another point", "a better point")
    assert session.refresh_if_changed()
    changed = session.shown.changed
    assert titles(session)[-1] == "The third slide"
    assert changed == session.shown.slides[-1].laid.id
    news = as_data(session.shown, 1)["pictures"]
    assert list(news) == [changed]
    assert "a better point" in news[changed]
    assert before[changed] != news[changed]


def test_a_page_that_missed_a_state_gets_every_picture_since(session, talk):
    saved(talk, "another point", "a better point")
    session.refresh_if_changed()
    saved(talk, "one point", "a first point")
    session.refresh_if_changed()
    assert len(as_data(session.shown, 2)["pictures"]) == 1
    assert len(as_data(session.shown, 1)["pictures"]) == 2
    assert len(as_data(session.shown, 0)["pictures"]) == len(session.shown.slides)


def test_a_note_that_changed_leads_to_its_slide_without_a_new_picture(session, talk):
    saved(talk, "Say hello", "Say good morning")
    session.refresh_if_changed()
    assert session.shown.changed == next(d.laid.id for d in session.shown.slides if d.laid.slide.notes)
    assert as_data(session.shown, 1)["pictures"] == {}


def test_a_picture_that_was_replaced_is_drawn_again(session, talk):
    Image.new("L", (40, 30), 250).save(talk.parent / "grey.png")
    assert session.refresh_if_changed()
    (news,) = as_data(session.shown, 1)["pictures"].values()
    address = news.partition('href="media/')[2].partition('"')[0]
    assert session.pictures[address][0] == (talk.parent / "grey.png").read_bytes()


def test_a_picture_of_another_shape_is_laid_out_again(session, talk):
    Image.new("L", (30, 90), 250).save(talk.parent / "grey.png")
    session.refresh_if_changed()
    fresh = session_of(talk)
    fresh.refresh()
    assert [d.laid for d in session.shown.slides] == [d.laid for d in fresh.shown.slides]


def test_pictures_that_no_slide_shows_any_more_are_forgotten(session, talk):
    assert len(session.pictures) == 1
    saved(talk, "![A grey square](grey.png)", "- words")
    session.refresh_if_changed()
    assert session.pictures == {}


def test_a_file_that_was_saved_while_it_was_read_is_read_again(talk, monkeypatch):
    session = session_of(talk)
    built = type(session)._laid_out

    def slow(self):
        made = built(self)
        saved(talk, "another point", "a late change")
        return made

    monkeypatch.setattr(type(session), "_laid_out", slow)
    session.refresh()
    monkeypatch.undo()
    assert session.refresh_if_changed()
    assert "a late change" in session.shown.slides[-1].svg


SECOND, OPEN = "# The second slide", "<!-- open\n\n# The second slide"


def test_a_broken_source_is_named_with_its_place_and_fix_and_the_slides_stay(session, talk):
    before = session.shown.slides
    saved(talk, SECOND, OPEN)
    session.refresh_if_changed()
    shown = session.shown
    assert shown.broken
    assert shown.slides == before
    (problem,) = as_data(shown, 1)["problems"]
    line = talk.read_text().split(OPEN)[0].count("\n") + 1
    assert problem["place"].endswith(f"talk.md:{line}")
    assert "add -->" in problem["hint"]
    saved(talk, OPEN, SECOND)
    session.refresh_if_changed()
    assert not session.shown.broken
    assert all(problem.severity is Severity.ADVICE for problem in session.shown.problems)


def test_a_missing_picture_is_named_and_a_box_stands_in_its_place(session, talk):
    saved(talk, "grey.png", "gray.png")
    session.refresh_if_changed()
    assert not session.shown.broken
    assert [p.code for p in session.shown.problems if p.severity is Severity.WARNING] == ["missing-file"]


def test_a_source_that_is_broken_from_the_start_can_be_mended(talk):
    saved(talk, SECOND, OPEN)
    session = session_of(talk)
    session.refresh()
    assert session.shown.broken
    assert not session.shown.slides
    saved(talk, OPEN, SECOND)
    assert session.refresh_if_changed()
    assert "The first slide" in titles(session)


def test_what_is_kept_between_builds_changes_nothing(session, talk):
    saved(talk, "# The second slide", "# A new slide\n\n- with `code` and **bold**\n\n# The second slide")
    session.refresh_if_changed()
    saved(talk, "- another point", "- another point\n- and one more")
    session.refresh_if_changed()
    fresh = session_of(talk)
    fresh.refresh()
    assert [d.svg for d in session.shown.slides] == [d.svg for d in fresh.shown.slides]
    assert session.shown.problems == fresh.shown.problems


def test_the_demos_of_a_kit_run_only_if_they_are_trusted(bread):
    session = session_of(bread)
    session.refresh()
    assert session.shown.broken
    assert any("--trust" in f"{p.message} {p.hint}" for p in session.shown.problems)


@pytest.mark.long
def test_a_kits_own_demo_is_followed_and_a_mistake_in_it_is_named(bread, tmp_path):
    kit = tmp_path / "bread"
    shutil.copytree(bread, kit)
    session = session_of(kit, trust=True)
    session.refresh()
    oven, basis = kit / "demos" / "oven.py", "a rule of thumb: twice as fast for nine degrees"
    saved(oven, basis, "an old rule of bakers")
    session.refresh_if_changed()
    assert [d.laid.id for d in session.shown.slides if "an old rule of bakers" in d.svg] == [session.shown.changed]
    saved(oven, "def dough", "deff dough")
    session.refresh_if_changed()
    assert session.shown.broken
    assert "oven.py:" in str(session.shown.problems[0].at)


@pytest.mark.long
def test_the_sheets_of_a_kit_are_made_when_they_are_asked_for(bread):
    session = session_of(bread, trust=True)
    session.refresh()
    assert not session.shown.broken, session.shown.problems
    names = dict(session.shown.documents)
    made, filename = session.document("sheets")
    assert (made[:5], filename) == (b"%PDF-", "sheets.pdf")
    assert session.document("sheets")[0] is made
    assert "deck" not in names
    with pytest.raises(KeyError):
        session.document("deck")


def test_an_overlay_and_the_users_own_data_are_followed(tmp_path):
    request = Request(
        overlays=(tmp_path / "client",), data={("trigram", "text"): tmp_path / "a.txt"}, theme="acme.yaml"
    )
    sources = Sources(path=tmp_path / "kit", request=request, registry=standard_registry(), base=None)
    assert set(sources.roots()) == {
        tmp_path / "kit", tmp_path / "client", tmp_path / "a.txt", Path("acme.yaml")
    }  # fmt: skip
