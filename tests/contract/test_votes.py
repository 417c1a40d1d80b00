"""Tests that the room's ballots reach slide, sheet and key, for every audience."""

import io
import re

import pypdf
import pytest

from workshop.ai_models.register import kit_folder
from workshop.build import prepare
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry
from workshop.render.print.run_mark import run_mark
from workshop.render.writing import render

DATA = ("votes", "ballots")


@pytest.fixture
def ballots(tmp_path):
    """Twenty-four ballots: A wins the second round by 18 to 6, which no other round can match."""
    rounds = [(13, 11), (18, 6), (12, 12), (10, 14), (11, 13), (24, 0)]
    rows = [",".join(["A" if number <= a else "B" for a, _ in rounds]) for number in range(1, 25)]
    path = tmp_path / "ballots.csv"
    path.write_text("participant,1,2,3,4,5,6\n" + "".join(f"{n},{row}\n" for n, row in enumerate(rows, 1)))
    return path


def made(audience, cache, data=None):
    request = Request(audience=audience, stages=("4",), minutes=0, cache=cache, data=data or {})
    laid, _ = prepare(kit_folder(), request, standard_registry(), base=None)
    return laid


def printed(laid, name):
    done = render(laid, Request(only=(name,)), standard_registry())
    reader = pypdf.PdfReader(io.BytesIO(done[f"{name}.pdf"]))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_twenty_four_ballots_change_the_policy_slides_the_sheet_and_its_key(cache, ballots):
    before, after = made("engineers", cache), made("engineers", cache, {DATA: ballots})
    shown = {slide.id: slide for slide in before.kit.slides}
    assert any(slide.slots != shown[slide.id].slots for slide in after.kit.slides if slide.id == "policy")
    assert run_mark(before.kit.sheets[0]) != run_mark(after.kit.sheets[0])
    assert re.search(r"Round 2 of our own vote went 18 to 6 for A", printed(after, "sheets"))
    key = printed(after, "answers")
    assert "18 / 6 = 3.00" in key
    assert "1.10" in key


def test_without_ballots_the_sheet_says_that_its_room_was_simulated(cache):
    assert "in a room that we simulated" in printed(made("engineers", cache), "sheets")


def test_if_a_room_agrees_in_every_round_the_exercise_is_left_out_with_a_note(cache, tmp_path):
    path = tmp_path / "ballots.csv"
    path.write_text("round,a,b\n1,9,0\n2,9,0\n3,0,9\n4,0,9\n5,9,0\n6,9,0\n")
    laid, problems = prepare(
        kit_folder(),
        Request(audience="engineers", stages=("4",), minutes=0, cache=cache, data={DATA: path}),
        standard_registry(),
        base=None,
    )
    assert "reward-gap" not in {e.id for sheet in laid.kit.sheets for e in sheet.exercises}
    assert any(p.code == "left-out" and "exercise 'reward-gap'" in p.message for p in problems)
