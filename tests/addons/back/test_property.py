"""Any sequence of edits comes home: each is in the overlay or named, adopting again changes nothing, and other plans have it, too."""

import io
import shutil

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.util import Inches, Pt

from tests.addons.back.talks import delete, edited, move
from tests.addons.back.test_adopt import built
from workshop.check.package import check_package
from workshop.errors import Severity

COVER, DIVIDERS = 0, (1, 5)
PLAIN = (2, 3, 4, 6, 7)  # slides that an author wrote
PLACES = st.sampled_from(PLAIN)


def add_word(shape, word):
    run = next(run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs if run.text.strip())
    run.text = f"{run.text} {word}"


def retitle(deck, place, word):
    add_word(deck.slides[place].shapes.title, word)


def reword(deck, place, word):
    body = [
        s
        for s in deck.slides[place].placeholders
        if s.placeholder_format.idx and s.has_text_frame and s.text_frame.text.strip()
    ]
    add_word((body or [deck.slides[place].shapes.title])[0], word)


def note(deck, place, word):
    deck.slides[place].notes_slide.notes_text_frame.text += f"\nRemember {word}."


def box(deck, place, word):
    deck.slides[place].shapes.add_textbox(Inches(8), Inches(0.2), Inches(3), Inches(0.6)).text_frame.text = word


def shift(deck, place, word):
    deck.slides[place].shapes.title.top += Pt(30)
    box(deck, place, word)


def table(deck, _, word):
    shape = next(s for slide in deck.slides for s in slide.shapes if s.has_table)
    add_word(shape.table.cell(1, 0), word)


def divider(deck, place, word):
    retitle(deck, DIVIDERS[place % 2], word)


def put_in(deck, place, word):
    made = deck.slides.add_slide(deck.slides[place].slide_layout)
    made.shapes.title.text = f"About {word}"


WITH_WORD = (retitle, reword, note, box, shift, table, divider, put_in)
EDITS = st.lists(st.tuples(st.sampled_from(WITH_WORD), PLACES), min_size=1, max_size=4)
LAST = st.sampled_from(["", "hide", "move", "delete"])


def change(deck, edits, last, place):
    for number, (edit, where) in enumerate(edits):
        edit(deck, where, f"zebra{number}")
    if last == "hide":
        deck.slides[place]._element.set("show", "0")
    elif last == "move":
        move(deck, place, 4)
    elif last == "delete":
        delete(deck, deck.slides[place].shapes.title.text_frame.text)


def words_in(blob):
    """Return every word of a deck, with those of its notes."""
    said = []
    for slide in Presentation(io.BytesIO(blob)).slides:
        said += [node.text or "" for node in slide._element.iter("{*}t")]
        said += [slide.notes_slide.notes_text_frame.text] if slide.has_notes_slide else []
    return " ".join(said)


def put_back(folder):
    """Leave only the kit and its deck in a folder."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, content in built().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def overlay(folder):
    """Return the files of the overlay, those of its folders, too."""
    return {path: path.read_bytes() for path in (folder / "client").rglob("*") if path.is_file()}


def faults(folder, run, edits, last, place):
    """Yield what goes wrong: a word that a later deck lacks, a command that fails, something to adopt again."""
    put_back(folder)
    deck = folder / "dist" / "deck.pptx"
    deck.write_bytes(edited(lambda p: change(p, edits, last, place), deck.read_bytes()))
    here = words_in(deck.read_bytes())
    adopt, build = ("adopt", "dist/deck.pptx", "bread", "--overlay", "client"), ("build", "bread", "--overlay", "client", "--only", "deck")  # fmt: skip
    told = [run(*adopt)]
    before = overlay(folder)
    told += [run(*adopt), run(*build, "--out", "new"), run(*build, "--out", "short", "--minutes", "4", "--seed", "3")]
    yield from (f"{out}{err}" for code, out, err in told if code)
    if overlay(folder) != before:
        yield "adopting again changes the overlay"
    again = run("adopt", "new/deck.pptx")
    if again[:2] != (0, "nothing to adopt\n"):
        yield f"there is something to adopt in the new deck: {again[1]}"
    blob = (folder / "short" / "deck.pptx").read_bytes()
    words, found = (f"zebra{number}" for number in range(len(edits))), words_in(blob)
    yield from (f"the short deck lacks {word}" for word in words if word in here and word not in found)
    yield from (str(problem) for problem in check_package(blob) if problem.severity is Severity.ERROR)


def seconds(examples):
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=checks,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
    )


@pytest.mark.broad
@seconds(2)
@given(edits=EDITS, last=LAST, place=PLACES)
def test_any_edits_come_home_and_are_in_every_later_plan(run, tmp_path, edits, last, place):
    assert list(faults(tmp_path, run, edits, last, place)) == []


@pytest.mark.slow
@seconds(60)
@given(edits=EDITS, last=LAST, place=PLACES)
def test_many_edits_come_home_and_are_in_every_later_plan(run, tmp_path, edits, last, place):
    assert list(faults(tmp_path, run, edits, last, place)) == []
