"""Tests the deck with only the slides that the room's own votes change."""

import io
import re
from pathlib import Path

import pytest
from pptx import Presentation

from workshop.ai_models.register import kit_folder
from workshop.build import prepare
from workshop.check.package import check_package
from workshop.errors import Problems, Severity
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.writing import render

VOTES = ("votes", "ballots")
TALLY = "round,a,b\n1,8,4\n2,3,9\n3,2,10\n4,5,7\n5,6,6\n6,9,3\n"


def room(tmp_path, cache, typed=TALLY):
    path = tmp_path / "ballots.csv"
    path.write_text(typed)
    request = Request(audience="general", minutes=360, data={VOTES: path}, only=("room",), cache=cache)
    laid, problems = prepare(kit_folder(), request, standard_registry(), base=None)
    assert [str(p) for p in problems if p.severity > Severity.ADVICE] == []
    return laid, render(laid, request, standard_registry())


@pytest.fixture(scope="module")
def blob(tmp_path_factory, cache):
    _, files = room(tmp_path_factory.mktemp("room"), cache)
    assert list(files) == ["room.pptx"]
    return files["room.pptx"]


@pytest.fixture(scope="module")
def deck(blob):
    return Presentation(io.BytesIO(blob))


def titles(deck):
    return [slide.shapes.title.text_frame.text.replace("\v", " ") for slide in deck.slides]


@pytest.mark.broad
@pytest.mark.long
def test_it_has_the_rooms_signal_and_no_slide_that_the_votes_leave_alone(deck):
    assert "Your room’s signal: 72 picks in 6 rounds" in titles(deck)
    assert "You are the human feedback" not in titles(deck)
    assert len(deck.slides) < 15


@pytest.mark.long
def test_it_opens_with_the_rooms_rounds_its_order_beside_the_invented_one_and_its_policy(deck):
    second, third = list(deck.slides)[1:3]
    assert titles(deck)[0] == "Your room’s signal: 72 picks in 6 rounds"
    words = " ".join(shape.text_frame.text for shape in second.shapes if shape.has_text_frame)
    assert re.search(r"This room, best first: cites a card, .*The invented room: says not sure, ", words, re.DOTALL)
    assert "share of each kind of answer, before and after the votes" in " ".join(
        shape.text_frame.text.lower() for shape in third.shapes if shape.has_text_frame
    )
    assert not any("chain" in title.lower() for title in titles(deck)[:3])


@pytest.mark.broad
@pytest.mark.long
def test_six_totals_from_a_show_of_hands_are_enough(tmp_path, cache):
    _, files = room(tmp_path, cache, "1 8 4\n2 3 9\n3 2 10\n4 5 7\n5 6 6\n6 9 3\n")
    assert titles(Presentation(io.BytesIO(files["room.pptx"])))[0] == "Your room’s signal: 72 picks in 6 rounds"


@pytest.mark.broad
@pytest.mark.long
def test_a_ballot_that_was_typed_carelessly_is_counted_and_told_of(tmp_path, cache):
    path = tmp_path / "ballots.csv"
    path.write_text("01E ABBABA\n04JBABBBB\n11K AAAAAA\n")
    request = Request(audience="general", data={VOTES: path}, only=("room",), cache=cache)
    laid, problems = prepare(kit_folder(), request, standard_registry(), base=None)
    told = [problem.message for problem in problems if problem.code == "bad-data"]
    assert told == [
        "row 2: '04JBABBBB' is read as 04J BABBBB",
        "row 3: the letter of 11K doesn't match its number: left out",
    ]
    assert any("12 picks" in slide.title_text for slide in laid.kit.slides)


@pytest.mark.long
def test_none_of_its_slides_is_hidden(deck):
    assert all(slide._element.get("show") != "0" for slide in deck.slides)


@pytest.mark.long
def test_its_table_shows_the_votes_and_says_whose_they_are(deck):
    slide = next(s for s in deck.slides if s.shapes.title.text_frame.text.startswith("Your room"))
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    assert [cell.text for cell in table.rows[1].cells][-2:] == ["8", "4"]
    assert "the votes of this room" in " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)


@pytest.mark.long
def test_the_file_is_valid(blob):
    assert [str(p) for p in check_package(blob)] == []


@pytest.mark.long
def test_without_votes_there_is_nothing_for_it(cache):
    request = Request(only=("room",), cache=cache)
    laid, _ = prepare(kit_folder(), request, standard_registry(), base=None)
    assert "Your room’s signal" not in " ".join(slide.title_text for slide in laid.kit.slides)
    with pytest.raises(Problems, match="no votes or data of your own"):
        render(laid, request, standard_registry())


@pytest.mark.broad
@pytest.mark.long
def test_a_room_of_another_mind_changes_titles_and_breaks_nothing(tmp_path, cache):
    _, files = room(tmp_path, cache, "round,a,b\n1,0,9\n2,0,9\n3,9,0\n4,9,0\n5,0,9\n6,9,0\n")
    found = titles(Presentation(io.BytesIO(files["room.pptx"])))
    assert "The picks move it from bluffing to citing" not in found


@pytest.mark.broad
@pytest.mark.long
def test_simulated_votes_are_marked_so(cache):
    laid, _ = prepare(kit_folder(), Request(cache=cache, minutes=0), standard_registry(), base=None)
    (slide,) = (s for s in laid.kit.slides if s.id == "rewards")
    assert slide.source.honesty == "simulated"
    assert Path(slide.at.path).name == "04-alignment.md"
