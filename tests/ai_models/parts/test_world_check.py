"""Tests the check of a world: each question that misses, each moment, and words that prove nothing."""

import csv
import shutil
from pathlib import Path

import pytest
import yaml

from workshop.ai_models.parts.world_check import checked
from workshop.ai_models.register import kit_folder
from workshop.errors import Severity

WORLDS = kit_folder() / "worlds"
READY = ("garden", "hospital", "law-office")


@pytest.fixture
def ward(tmp_path):
    """A world of one's own, like the hospital, with a copy of its cards and questions."""
    folder = tmp_path / "ward"
    folder.mkdir()
    (folder / "world.yaml").write_text("like: hospital\n")
    for name in ("library.md", "questions.yaml"):
        shutil.copyfile(WORLDS / "hospital" / name, folder / name)
    return folder


def changed(folder, name, before, after):
    text = (folder / name).read_text() if (folder / name).exists() else (WORLDS / "hospital" / name).read_text()
    assert before in text
    (folder / name).write_text(text.replace(before, after))


@pytest.mark.parametrize("name", READY)
def test_a_ready_world_has_something_to_show_for_each_moment_and_no_errors(name):
    found = checked(WORLDS / name)
    assert [line.partition(":")[0].partition(" “")[0] for line in found.lines] == [
        "bet",
        "exercise",
        "wrong card",
        "forbidden word",
        "words",
    ]
    assert {problem.severity for problem in found.problems} == {Severity.ADVICE}


def test_a_question_that_finds_another_card_is_named_at_its_line(ward):
    [miss] = [p for p in checked(ward).problems if "“going home today”" in p.message]
    assert miss.message == "“going home today” finds “Visiting hours” (0.51), not “Discharge papers”"
    lines = (ward / "questions.yaml").read_text().splitlines()
    assert "going home today" in lines[miss.at.line - 1]


def test_the_first_line_says_which_question_and_card_a_bet_will_show(ward):
    lines = checked(ward).lines
    assert lines[0] == "bet “no shared word”: “meals for a diabetic” → “Menu and diets”, 0.48 before 0.39"
    assert lines[-1] == "words: 0 of 97 are yours, 97 from the ready hospital"


def test_without_a_question_that_gets_a_wrong_card_everyday_ones_are_suggested(ward):
    lines = [line for line in (ward / "questions.yaml").read_text().splitlines() if "card: none" not in line]
    silent = [f"- {{card: none, question: {word}}}" for word in ("xyzzy", "plugh", "frotz", "gnusto")]
    (ward / "questions.yaml").write_text("\n".join([*lines, *silent]) + "\n")
    lacking, hint, example, *_ = checked(ward).lines
    assert lacking == "wrong card: none of 4 questions that no card answers passes 0.40"
    assert hint.startswith(
        "add one of these with card: none, if no document answers it: “how do I bake a cake” (0.50 “Menu and diets”), “do you sell lottery"
    )
    assert example == "the slides about search speak of an example library: a hospital ward"


def test_a_kind_of_question_that_the_table_lacks_is_named_with_the_library_that_is_used_instead(ward):
    lines = (ward / "questions.yaml").read_text().splitlines()
    (ward / "questions.yaml").write_text(
        "\n".join(line for line in lines if "when can my family come" not in line) + "\n"
    )
    bet, missing, instead, wrong, *_ = checked(ward).lines
    assert bet.startswith("bet “no shared word”")
    assert missing == (
        "exercise “Be the assistant”: no question whose best card by shared words is another one than the right one"
    )
    assert instead == "exercise “Be the assistant” uses the library of an example: a hospital ward"
    assert wrong.startswith("wrong card")


def test_cards_without_questions_leave_search_to_the_ready_library(ward):
    (ward / "questions.yaml").unlink()
    assert checked(ward).lines[:2] == (
        "the library has no questions yet: write them in questions.yaml",
        "the slides about search speak of an example library: a hospital ward",
    )


def test_a_forbidden_word_that_every_sentence_has_is_an_error(ward):
    (ward / "world.yaml").write_text(
        "like: hospital\nforbidden: {word: he, why: talk about men, says: somebody checks it}\n"
    )
    [error] = [p for p in checked(ward).problems if p.severity is Severity.ERROR]
    assert error.message == "“he” is in 100% of the grammar's sentences, not in 5% to 50%"


def test_a_filter_that_does_as_well_on_fresh_requests_is_an_error(ward):
    shutil.copyfile(WORLDS / "hospital" / "requests.csv", ward / "fresh.csv")
    [error] = [p for p in checked(ward).problems if p.severity is Severity.ERROR]
    assert error.message == "the filter does no worse on fresh requests than on those that it was written for"
    assert error.at.path.endswith("ward/fresh.csv")


@pytest.mark.parametrize("name", READY)
def test_the_proof_has_every_word_question_ballot_and_harmful_request(name):
    found = checked(WORLDS / name)
    words, others = (
        "\n".join(line for _, lines in part for line in lines).lower() for part in (found.words, found.others)
    )
    place = yaml.safe_load((WORLDS / name / "world.yaml").read_text())
    leaves = [*place["things"], *place["places"], *place["spots"], *place["facts"]["first"], *place["facts"]["second"]]
    leaves += [word for key in ("who", "does", "what", "where") for word in place["grammar"][key]]
    leaves += [
        *place["sentences"].values(),
        *place["moved"].values(),
        *place["locked"].values(),
        place["forbidden"]["says"],
    ]
    assert [leaf for leaf in leaves if leaf.lower() not in words] == []
    with Path(WORLDS / name / "requests.csv").open() as file:
        harmful = [row["request"] for row in csv.DictReader(file) if row["harmful"] == "yes"]
    assert [request for request in harmful if request not in others] == []
