"""Tests of ``workshop adopt`` on a small kit, and on a talk."""

import io
import os
import shutil
from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pptx import Presentation
from pptx.util import Pt

from tests.addons.back.talks import TALK, base_in, delete, edited, move, say, titled
from tests.files.faults import stops
from workshop.addons.back import adopt
from workshop.build import build
from workshop.files.build_ids import build_id
from workshop.files.output import recover
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

KIT = {
    "kit.yaml": "title: Bread\nlanguage: en-GB\nsections: [01-flour, 02-oven]\n",
    "audiences/general.yaml": "title: Everybody\n",
    "audiences/bakers.yaml": "title: Bakers\n",
    "01-flour.md": """---
stage: flour
number: 1
title: Flour
---

## Wheat is a grass {#wheat minutes=1}

- Its seeds are **ground**
- A loaf needs {{ 250 + 250 }} grams of it

::: notes
**Say** Ask who has seen a field of wheat.
:::

## Rye bakes a dark bread {#rye minutes=1}

Rye has little gluten, so its dough is sour.

## What a loaf needs {#needs minutes=1}

| Part | Grams |
|---|---|
| Flour | 500 |
| Water | 350 |
""",
    "02-oven.md": """---
stage: oven
number: 2
title: Oven
---

## The oven is hot {#hot minutes=1}

- The crust browns above 140 degrees
- The crumb stays below 100

## Two loaves a week {#week minutes=1}

- One is eaten on Saturday
- One is frozen for Wednesday
""",
}


def put(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)


@cache
def built():
    """Return path -> bytes of the kit and of what a build leaves of it."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        put(folder / "bread", KIT)
        build(folder / "bread", Request(only=("deck",)), standard_registry(), base=None, out=folder / "dist")
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def place(tmp_path, run):
    """Return a folder with the kit and its deck, in which commands run."""
    for name, content in built().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def change(place, edit):
    deck = place / "dist" / "deck.pptx"
    deck.write_bytes(edited(edit, deck.read_bytes()))
    return deck


def taken(run, *more):
    code, out, err = run("adopt", "dist/deck.pptx", "bread", "--overlay", "client", *more)
    assert code == 0, err
    return out


def all_edits(presentation):
    layout = titled(presentation, "The oven is hot").slide_layout
    slide = presentation.slides.add_slide(layout)
    slide.shapes.title.text = "Yeast is alive"
    slide.placeholders[next(p.placeholder_format.idx for p in slide.placeholders if p.placeholder_format.idx)].text = "It eats sugar"  # fmt: skip
    say(titled(presentation, "Rye bakes a dark bread"), "Rye bakes a dark bread", "Rye makes a dark bread")
    titled(presentation, "The oven is hot").shapes.title.top += Pt(30)
    notes = titled(presentation, "Wheat is a grass").notes_slide.notes_text_frame
    words = next(run for paragraph in notes.paragraphs for run in paragraph.runs if "a field of wheat" in run.text)
    words.text = words.text.replace("seen a field of wheat", "baked")
    delete(presentation, "What a loaf needs")


def files_in(folder):
    """Return name -> bytes of all files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def by_slide(out):
    """Return the first word of each line of a report -> the line."""
    return {line.split()[1]: line for line in out.splitlines() if line[:3].strip().isdigit() or line.startswith("  -")}


def test_each_edit_is_taken_as_markdown_or_repeated_and_named(run, place):
    change(place, all_edits)
    said = by_slide(taken(run))
    assert "adopted.md:" in said["rye"]
    assert "adopted.md:" in said["wheat"]
    assert "repeated on each new slide: boxes" in said["hot"]
    assert "dropped" in said["needs"]
    assert "adopted.md:" in said["Yeast"]
    words = (place / "client" / "adopted.md").read_text()
    assert "## Rye makes a dark bread {#rye minutes=1 for=general}" in words
    assert "## {#needs .drop for=general}" in words
    assert "{{ 250 + 250 }}" in words
    assert '{edit: 1, for: "general", shape: "Title' in (place / "client" / "edits" / "hot.yaml").read_text()
    assert not (place / "client" / "kept.yaml").exists()


def test_each_later_build_has_the_edits_and_other_audiences_see_none_of_them(run, place):
    change(place, all_edits)
    taken(run)
    assert (
        run("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new", "--audience", "general")[0] == 0
    )
    slides = {s._element.cSld.get("name"): s for s in Presentation("new/deck.pptx").slides}
    assert slides["rye"].shapes.title.text_frame.text == "Rye makes a dark bread"
    assert "yeast-is-alive" in slides
    assert "needs" not in slides
    for folder, more in (("before", ()), ("after", ("--overlay", "client"))):
        assert run("build", "bread", "--only", "deck", "--out", folder, "--audience", "bakers", *more)[0] == 0
    assert (place / "before" / "deck.pptx").read_bytes() == (place / "after" / "deck.pptx").read_bytes()


def test_adopting_twice_changes_nothing_more_and_a_build_with_it_has_nothing_to_adopt(run, place):
    change(place, all_edits)
    taken(run)
    before = files_in(place / "client")
    taken(run)
    assert files_in(place / "client") == before
    assert run("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new")[0] == 0
    assert run("adopt", "new/deck.pptx")[:2] == (0, "nothing to adopt\n")


def test_words_that_no_line_of_the_sources_says_are_repeated(run, place):
    change(place, lambda p: say(p.slides[1], "Flour", "Flours"))
    taken(run)
    assert run("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new")[0] == 0
    assert Presentation("new/deck.pptx").slides[1].shapes.title.text_frame.text == "Flours"


def test_a_later_edit_of_the_same_property_takes_the_place_of_the_one_before(run, place):
    def bold(presentation, on):
        titled(presentation, "Rye bakes a dark bread").shapes.title.text_frame.paragraphs[0].runs[0].font.italic = on

    change(place, lambda p: bold(p, True))
    taken(run)
    assert run("build", "bread", "--overlay", "client", "--only", "deck", "--out", "dist", "--force")[0] == 0
    change(place, lambda p: bold(p, False))
    assert run("adopt", "dist/deck.pptx")[0] == 0
    lines = (place / "client" / "edits" / "rye.yaml").read_text()
    assert lines.count("italic") == 1
    assert 'italic: "false"' in lines


def test_a_later_edit_of_an_adopted_slide_changes_its_text_in_the_overlay(run, place):
    change(place, all_edits)
    taken(run)
    assert run("build", "bread", "--overlay", "client", "--only", "deck", "--out", "dist", "--force")[0] == 0
    change(place, lambda p: say(titled(p, "Rye makes a dark bread"), "dark", "black"))
    assert run("adopt", "dist/deck.pptx")[0] == 0
    words = (place / "client" / "adopted.md").read_text()
    assert words.count("#rye") == 1
    assert "## Rye makes a black bread {#rye" in words
    assert "Ask who has baked." in words


def test_a_number_typed_over_a_computed_one_is_never_text(run, place):
    change(place, lambda p: say(titled(p, "Wheat is a grass"), "500", "600"))
    assert "repeated on each new slide: words" in by_slide(taken(run))["wheat"]
    build = ("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new", "--force")
    _, _, err = run(*build)
    assert "client/edits/wheat.yaml:3: warning: 'wheat' was changed by hand" in err
    assert "600 on the slide, 500 computed" in err
    put(place / "bread", {"01-flour.md": KIT["01-flour.md"].replace("250 + 250", "250 + 450")})
    _, _, err = run(*build)
    assert "client/edits/wheat.yaml:3: warning: an edit of 'wheat' isn't repeated: the kit says" in err
    assert "700" in err


@pytest.mark.parametrize("edit", [None, lambda _: None], ids=["as built", "saved again"])
def test_a_deck_without_edits_has_nothing_to_adopt_and_no_folder_is_made(run, place, edit):
    if edit:
        change(place, edit)
    assert taken(run) == "nothing to adopt\n"
    assert not (place / "client").exists()


def test_a_dry_run_says_the_same_and_writes_nothing(run, place):
    change(place, all_edits)
    said = taken(run, "--dry-run")
    assert not (place / "client").exists()
    assert taken(run).startswith(said)


def test_a_deck_whose_base_is_gone_is_refused_unless_one_is_given_or_built(run, place):
    base = base_in(place / "dist")
    change(place, lambda p: say(titled(p, "Rye bakes a dark bread"), "dark", "black"))
    (place / "elsewhere").mkdir()
    shutil.move(base, place / "elsewhere" / base.name)
    code, _, err = run("adopt", "dist/deck.pptx", "bread", "--overlay", "client")
    assert code == 2
    assert "this deck was built elsewhere" in err
    assert "adopted.md:1" in taken(run, "--two-way")
    assert "repeated on each new slide" in taken(
        run, "--base", f"elsewhere/{base.name}"
    )  # its record is in another folder


def test_another_deck_is_refused_with_the_command_for_it(run, place):
    base = base_in(place / "dist")
    other = Presentation()
    for _ in range(9):
        other.slides.add_slide(other.slide_layouts[5]).shapes.title.text = "Something else"
    other.save(place / "other.pptx")
    code, _, err = run("adopt", "other.pptx", "bread", "--overlay", "client", "--base", f"dist/{base.name}")
    assert code == 2
    assert "workshop new FILE.md --from other.pptx" in err


def test_without_an_overlay_there_is_nowhere_to_put_the_edits(run, place):
    change(place, all_edits)
    code, _, err = run("adopt", "dist/deck.pptx", "bread")
    assert code == 2
    assert "--overlay client" in err


def test_a_killed_adopt_leaves_the_overlay_as_before_or_as_after(run, place):
    change(place, all_edits)
    taken(run)
    after = files_in(place / "client")
    (place / "other").mkdir()
    folder = place / "other" / "client"
    folder.mkdir()

    class Done:
        """The draft as it is before it is written."""

        class overlay:  # noqa: N801
            is_talk = False

            @staticmethod
            def files():
                return {name: content for name, content in after.items() if name != adopt.REPORT_FILE}, []

    Done.overlay.folder = folder
    for point in stops(folder, lambda: adopt.write(Done, ["report"])):
        recover(folder)
        assert set(files_in(folder)) in (set(), set(after)), point


def test_the_words_of_a_talk_go_into_its_file_and_the_rest_beside_it(run, tmp_path):
    talk = f"{TALK}\n## A loaf\n\n![A loaf](loaf.svg)\n"
    (tmp_path / "bread.md").write_text(talk)
    (tmp_path / "loaf.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    os.mkfifo(tmp_path / "pipe")  # whatever else lies beside a talk isn't touched: this can't even be copied
    assert run("build", "bread.md")[0] == 0
    deck = tmp_path / "dist" / "bread" / "deck.pptx"

    def edit(presentation):
        say(titled(presentation, "Salt holds the water"), "enough", "plenty")
        titled(presentation, "The oven is hot").shapes.title.top += Pt(30)
        delete(presentation, "Rye bakes a dark bread")
        move(presentation, 2, 4)

    deck.write_bytes(edited(edit, deck.read_bytes()))
    assert build_id(deck)
    code, out, err = run("adopt", "dist/bread/deck.pptx")
    assert code == 0, err
    assert "3 in Markdown, 1 repeated on new slides, 0 not adopted" in out
    now = (tmp_path / "bread.md").read_text()
    assert "Ten grams are plenty for a loaf of bread." in now
    assert "Rye bakes" not in now
    assert now.index("Two loaves a week") < now.index("Wheat is a grass")
    assert (tmp_path / "bread.edits" / "the-oven-is-hot.yaml").is_file()
    assert run("build", "bread.md")[0] == 0
    titles = [s.shapes.title.text_frame.text for s in Presentation("dist/bread/deck-2.pptx").slides]
    assert titles == [s.shapes.title.text_frame.text for s in Presentation(io.BytesIO(deck.read_bytes())).slides]


def test_a_slide_with_a_repeated_edit_still_follows_the_kit(run, place):
    change(place, lambda p: setattr(titled(p, "The oven is hot").shapes.title, "top", 0))
    taken(run)
    again = ("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new", "--force")
    assert "has changed since" not in "".join(map(str, run(*again)))
    put(place / "bread", {"02-oven.md": KIT["02-oven.md"].replace("140", "150")})
    assert run(*again)[0] == 0
    slide = titled(Presentation("new/deck.pptx"), "The oven is hot")
    assert slide.shapes.title.top == 0
    assert any("150" in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_a_build_beside_an_edited_deck_says_how_to_take_the_edits(run, place):
    change(place, all_edits)
    code, out, _ = run("build", "bread", "--only", "deck", "--out", "dist")
    assert code == 0
    assert "adopt dist/deck.pptx --overlay NAME" in out


def test_slides_that_moved_one_after_the_other_keep_their_order_in_the_next_build(run, place):
    def swap(presentation):
        places = {s._element.cSld.get("name"): k for k, s in enumerate(presentation.slides)}
        move(presentation, places["week"], places["wheat"])
        move(presentation, places["hot"] + 1, places["wheat"] + 1)

    deck = change(place, swap)
    theirs = [s._element.cSld.get("name") for s in Presentation(str(deck)).slides]
    taken(run)
    assert run("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new")[0] == 0
    assert [s._element.cSld.get("name") for s in Presentation("new/deck.pptx").slides] == theirs


def test_an_edit_of_the_cover_leaves_the_dividers_as_they_are(run, place):
    change(place, lambda p: setattr(p.slides[0].shapes.title, "top", 0))
    taken(run)
    assert sorted(path.name for path in (place / "client" / "edits").iterdir()) == ["cover.yaml", "log.yaml"]


def test_an_added_point_that_looks_as_those_beside_it_is_text(run, place):
    def add(presentation):
        body = next(s for s in titled(presentation, "The oven is hot").shapes if "crumb" in s.text_frame.text)
        point = body.text_frame.paragraphs[1]._p
        run_of = deepcopy(point)
        run_of.r_lst[0].text = "The smell comes last"
        point.addnext(run_of)

    change(place, add)
    assert "adopted.md:" in by_slide(taken(run))["hot"]
    assert "- The crumb stays below 100\n- The smell comes last\n" in (place / "client" / "adopted.md").read_text()


def test_an_added_point_in_another_look_is_text_whose_look_is_repeated(run, place):
    def add(presentation):
        body = next(s for s in titled(presentation, "The oven is hot").shapes if "crumb" in s.text_frame.text)
        made = deepcopy(body.text_frame.paragraphs[1]._p)
        body.text_frame.paragraphs[1]._p.addnext(made)
        body.text_frame.paragraphs[2].runs[0].font.underline = True

    change(place, add)
    assert "repeated on each new slide: looks" in by_slide(taken(run))["hot"]
    assert 'underline: "sng"' in (place / "client" / "edits" / "hot.yaml").read_text()


def bake(run, tmp_path, edit):
    """Build the talk, edit its deck and adopt it; return the report, and the talk."""
    (tmp_path / "bread.md").write_text(TALK)
    assert run("build", "bread.md", "--only", "deck", "--out", "dist")[0] == 0
    (tmp_path / "dist" / "deck.pptx").write_bytes(edited(edit, (tmp_path / "dist" / "deck.pptx").read_bytes()))
    code, out, err = run("adopt", "dist/deck.pptx")
    assert code == 0, err
    return by_slide(out), (tmp_path / "bread.md").read_text()


def test_a_slide_of_a_talk_keeps_its_id_under_a_new_title(run, tmp_path):
    _, copy = bake(run, tmp_path, lambda p: say(titled(p, "The oven is hot"), "The oven", "An oven"))
    assert "## An oven is hot {#the-oven-is-hot}" in copy


def test_the_cover_of_a_talk_stays_and_a_slide_that_was_put_before_it_comes_first(run, tmp_path):
    def edit(presentation):
        move(presentation, 4, 0)
        delete(presentation, "Bread")

    said, copy = bake(run, tmp_path, edit)
    assert "not adopted: this slide is made by the program" in said["cover"]
    assert copy.index("What a loaf needs") < copy.index("# Flour")
    assert copy.startswith("---\ntitle: Bread\n---\n")


def test_slides_of_a_talk_that_come_after_the_same_one_keep_their_order(run, tmp_path):
    def edit(presentation):
        move(presentation, 6, 3)
        made = presentation.slides.add_slide(titled(presentation, "The oven is hot").slide_layout)
        made.shapes.title.text = "Yeast is alive"
        move(presentation, len(presentation.slides) - 1, 3)

    _, copy = bake(run, tmp_path, edit)
    places = [copy.index(title) for title in ("Wheat is", "Yeast is", "Salt holds", "Rye bakes")]
    assert places == sorted(places)


def test_an_edit_that_no_build_makes_leaves_the_others_adopted(run, tmp_path):
    def edit(presentation):
        for title in ("Flour", "Salt holds the water"):  # a divider can't be hidden
            titled(presentation, title)._element.set("show", "0")
        delete(presentation, "Rye bakes a dark bread")

    said, copy = bake(run, tmp_path, edit)
    assert "hidden isn't adopted: no build hides it, or shows it" in said["flour"]
    assert "## Salt holds the water {.hidden}" in copy
    assert "Rye bakes" not in copy


def ids(deck):
    return [slide._element.cSld.get("name") for slide in Presentation(str(deck)).slides]


def test_new_slides_and_moved_ones_keep_their_order_and_a_section_may_begin_with_one(run, place):
    def edit(presentation):
        made = presentation.slides.add_slide(titled(presentation, "The oven is hot").slide_layout)
        made.shapes.title.text = "Yeast is alive"
        places = {s._element.cSld.get("name"): k for k, s in enumerate(presentation.slides)}
        move(presentation, places["week"], places["wheat"] + 1)
        move(presentation, len(presentation.slides) - 1, places["wheat"] + 1)
        move(presentation, places["needs"] + 2, places["hot"] + 1)

    deck = change(place, edit)
    taken(run)
    assert run("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new")[0] == 0
    theirs = [name or "yeast-is-alive" for name in ids(deck)]
    assert theirs == ["cover", "flour", "wheat", "yeast-is-alive", "week", "rye", "oven", "needs", "hot"]
    assert ids("new/deck.pptx") == theirs


def test_slides_with_edits_that_have_no_room_are_named(run, place):
    change(place, lambda p: [setattr(titled(p, name).shapes.title, "top", 0) for name in ("The oven is hot", "Two loaves a week")])  # fmt: skip
    taken(run)
    code, _, err = run("build", "bread", "--overlay", "client", "--only", "deck", "--out", "new", "--minutes", "3")
    assert code == 0
    assert "warning: 1 slide with your edits has no room: week (in the appendix)" in err
    assert ids("new/deck.pptx")[-1] == "week"
