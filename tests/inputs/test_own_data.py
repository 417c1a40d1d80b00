"""Tests a user's folder of notes and chapter, from the option to the finished deck."""

import io
from pathlib import Path

import numpy as np
import pytest
from pptx import Presentation

from workshop.ai_models.register import kit_folder
from workshop.build import prepare, stop
from workshop.errors import Problems, Severity
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.writing import render

LIBRARY, TEXT = ("retrieval", "library"), ("trigram", "text")
WHO = ["harbour", "captain", "lantern", "sailor", "bridge", "miller", "baker", "stranger", "widow", "doctor"]
DID = ["found", "lost", "carried", "watched", "painted", "mended", "hid", "followed", "described", "forgot"]
WHAT = ["the old boat", "the blue door", "a broken clock", "the last letter", "a silver key", "the long rope"]
WHERE = ["by the river", "near the mill", "under the bridge", "behind the church", "at the harbour"]


def sentences(rng, count):
    """Return sentences of a story that has nothing to do with gardens."""
    draw = lambda words: str(rng.choice(words))  # noqa: E731 - four of them in a row
    return [f"The {draw(WHO)} {draw(DID)} {draw(WHAT)} {draw(WHERE)}." for _ in range(count)]


@pytest.fixture
def notes(tmp_path):
    """Forty notes: text and Markdown, each on a different subject."""
    rng, folder = np.random.default_rng(0), tmp_path / "notes"
    folder.mkdir()
    for number in range(40):
        about = f"{WHO[number % 10]} and {WHAT[number % 6].split()[-1]} {number}"
        text = " ".join(sentences(rng, 8))
        if number % 2:
            (folder / f"note-{number:02}.md").write_text(f"# The {about}\n\n{text}\n")
        else:
            (folder / f"the-{about.replace(' ', '-')}.txt").write_text(text)
    return folder


@pytest.fixture
def chapter(tmp_path):
    """A chapter as in a book: paragraphs with broken lines."""
    rng, path = np.random.default_rng(1), tmp_path / "chapter.txt"
    text = sentences(rng, 150)
    parts = [" ".join(text[start : start + 6]).replace(" near ", "\nnear ") for start in range(0, len(text), 6)]
    path.write_text("Chapter One\n\n" + "\n\n".join(parts))
    return path


def made(cache, data, **options):
    request = Request(data=data, cache=cache, stages=("2", "7"), minutes=0, **options)
    return prepare(kit_folder(), request, standard_registry(), base=None)


@pytest.mark.long
@pytest.mark.parametrize(
    "audience",
    [
        "general",
        pytest.param("engineers", marks=pytest.mark.broad),
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("students", "executives")),
    ],
)
def test_a_folder_of_notes_and_a_chapter_make_a_deck_and_only_the_library_is_named(cache, notes, chapter, audience):
    laid, problems = made(cache, {LIBRARY: notes, TEXT: chapter}, audience=audience)
    assert {p.code for p in problems if p.severity > Severity.ADVICE} == {"own-data"}
    files = render(laid, Request(only=("deck", "sheets", "answers")), standard_registry())
    assert set(files) == {"deck.pptx", "sheets.pdf", "answers.pdf"}


def words_of(laid):
    deck = Presentation(io.BytesIO(render(laid, Request(only=("deck",)), standard_registry())["deck.pptx"]))
    return {
        slide.shapes.title.text_frame.text: " ".join(
            [s.text_frame.text for s in slide.shapes if s.has_text_frame]
            + [cell.text for s in slide.shapes if s.has_table for row in s.table.rows for cell in row.cells]
        )
        for slide in deck.slides
    }


@pytest.mark.broad
@pytest.mark.long
def test_the_slides_are_about_the_chapter_and_the_notes(cache, notes, chapter):
    laid, _ = made(cache, {LIBRARY: notes, TEXT: chapter})
    everything = words_of(laid)
    (guessing,) = (title for title in everything if title.startswith("Before reading"))
    (page,) = (s for s in laid.kit.slides if s.id == "our-page")
    assert any(who in str(page.slots) for who in WHO)
    assert "Irrigation" not in str(page.slots)
    assert "The spade stood by the" not in everything[guessing]
    ids = {slide.id for slide in laid.kit.slides}
    assert {
        "falls",
        "no-shared-word",
        "context",
        "our-page",
        "recall",
        "sauna",
        "threshold",
    } <= ids


def test_the_build_says_whose_library_the_slides_about_search_show(cache, notes):
    _, problems = made(cache, {LIBRARY: notes})
    (said,) = [p for p in problems if p.code == "own-data"]
    assert said.severity is Severity.WARNING
    assert said.message.startswith(
        "the slides about search show the library of a community garden: the library has no questions yet"
    )


@pytest.fixture
def three(tmp_path):
    """Three short documents of an ordinary company."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "travel.txt").write_text(
        "Business travel\n\nTrains are booked early. A hotel may cost 140 euros a night."
    )
    (folder / "remote.md").write_text("# Remote working\n\nWorking from home is agreed in the team. A laptop is lent.")
    (folder / "refunds.txt").write_text("Refunds are paid within a week. Who asks for a refund keeps the receipt.")
    return folder


@pytest.mark.broad
@pytest.mark.long
def test_three_short_documents_have_their_place_in_an_hour_and_a_half(cache, three):
    request = Request(data={LIBRARY: three}, cache=cache, audience="executives", minutes=90)
    laid, problems = prepare(kit_folder(), request, standard_registry(), base=None)
    stop(problems)
    shown = {slide.id for stage in laid.kit.stages for slide in stage.slides}
    assert {"look-it-up", "our-page"} <= shown
    assert laid.kit.plan.total == 90
    (page,) = (s for stage in laid.kit.stages for s in stage.slides if s.id == "our-page")
    assert "Refunds are paid within a week." in str(page.slots)
    assert "Drip pipes" not in str(page.slots)


@pytest.mark.broad
def test_documents_in_another_language_are_searched_by_shared_words_and_the_page_shows_them(cache, tmp_path):
    for name, text in {
        "reisen": "Dienstreisen\n\nBahnfahrten werden frühzeitig gebucht. Übernachtungen brauchen eine Genehmigung.",
        "urlaub": "Urlaubsanträge\n\nAnträge auf Dienstreisen genehmigt die Abteilungsleitung.",
        "geräte": "Leihgeräte\n\nUrlaubsanträge und Leihgeräte trägt man in die Liste ein.",
    }.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    laid, problems = made(cache, {LIBRARY: tmp_path})
    stop(problems)
    shown = {slide.id for stage in laid.kit.stages for slide in stage.slides}
    assert {"our-page", "no-shared-word", "recall"} <= shown
    (page,) = (s for stage in laid.kit.stages for s in stage.slides if s.id == "our-page")
    assert "Leihgeräte" in str(page.slots)
    assert any("English dictionary" in p.message for p in problems if p.code == "own-data")


@pytest.mark.broad
@pytest.mark.long
def test_an_overlay_that_names_another_library_does_what_the_option_does(cache, three, tmp_path):
    overlay = tmp_path / "client"
    overlay.mkdir()
    texts = {path.stem: path.read_text() for path in sorted(three.iterdir())}
    library = "".join(f"## {name}\n\n{text.lstrip('# ')}\n\n" for name, text in texts.items())
    (overlay / "data").mkdir()
    (overlay / "data" / "ours.md").write_text(library + "Ask ann@example.org.\n")
    (overlay / "kit.yaml").write_text("data: {retrieval: {library: data/ours.md}}\n")
    laid, problems = made(cache, {}, overlays=(overlay,))
    given, _ = made(cache, {LIBRARY: overlay / "data" / "ours.md"})
    stop(problems)
    slides = [[slide.id for stage in out.kit.stages for slide in stage.slides] for out in (laid, given)]
    assert slides[0] == slides[1]
    assert {"recall", "sauna", "our-page"} <= set(slides[0])
    assert laid.kit.own == given.kit.own
    assert "retrieval" in laid.kit.own
    assert any(p.code == "personal-data" for p in problems)


@pytest.mark.broad
@pytest.mark.long
def test_a_question_to_ones_own_documents_stands_on_their_page(cache, three):
    asked, _ = made(cache, {LIBRARY: three}, sets={("retrieval", "question"): "What may a hotel cost?"})
    (page,) = (s for stage in asked.kit.stages for s in stage.slides if s.id == "our-page")
    assert "Question: What may a hotel cost?" in str(page.slots)
    assert "140 euros a night" in str(page.slots)


@pytest.mark.broad
def test_own_questions_that_bear_the_slides_make_the_library_theirs(cache):
    worlds = Path(__file__).parents[1] / "fixtures" / "worlds" / "harbour"
    laid, problems = made(cache, {LIBRARY: worlds / "library.md", ("retrieval", "questions"): worlds / "questions.csv"})
    assert [str(p) for p in problems if p.severity > Severity.ADVICE or p.code == "own-data"] == []
    ids = {slide.id for slide in laid.kit.slides}
    assert {"recall", "sauna"} <= ids
    assert "our-page" not in ids


@pytest.mark.broad
def test_personal_data_are_reported_before_they_reach_a_slide(cache, notes):
    first = min(notes.iterdir())
    first.write_text(first.read_text() + "\nAsk ann@example.org or 030 1234567.\n")
    _, problems = made(cache, {LIBRARY: notes})
    (warning,) = (p for p in problems if p.code == "personal-data")
    assert Path(warning.at.path).name == first.name
    assert warning.at.line == len(first.read_text().splitlines())


@pytest.mark.parametrize(
    ("slot", "content", "message"),
    [
        (LIBRARY, "## One\nA text.\n", "the library has 1 document,"),
        (TEXT, "Two sentences are here. They are too few.", "2 different sentences"),
        (TEXT, "", "the file is empty"),
        (TEXT, "\0\1", "this is not a text file"),
    ],
)
def test_a_file_that_cannot_be_used_gives_one_message_about_it(cache, tmp_path, slot, content, message):
    path = tmp_path / "mine.md"
    path.write_text(content)
    _, problems = made(cache, {slot: path})
    with pytest.raises(Problems) as caught:
        stop(problems)
    errors = [p for p in caught.value.problems if p.severity is Severity.ERROR]
    assert len(errors) == 1
    assert message in errors[0].message
    assert errors[0].at.path.endswith("mine.md")
    assert errors[0].hint


@pytest.mark.broad
@pytest.mark.long
def test_documents_of_word_processors_are_named_since_they_are_not_read(tmp_path, cache):
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Item {number} is kept in box {number}.\n")
    (tmp_path / "Offer.odt").write_bytes(b"PK")
    request = Request(data={("retrieval", "library"): tmp_path}, cache=cache)
    _, problems = prepare(kit_folder(), request, standard_registry(), base=None)
    (said,) = [p for p in problems if p.code == "unread"]
    assert (said.message, said.severity) == ("Offer.odt is not read", Severity.WARNING)
    assert said.hint == "save it as PDF or as text"
