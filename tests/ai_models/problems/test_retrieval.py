"""Compares sheets on search with the demo and scikit-learn; personal sheets ask for the same amount of work."""

import re
from ast import literal_eval
from functools import cache

import numpy as np
import pytest
from sklearn.metrics import label_ranking_average_precision_score
from sklearn.metrics.pairwise import cosine_similarity

from tests.ai_models.garden import WORLD
from workshop.ai_models.demos.retrieval import retrieval
from workshop.ai_models.parts.asking import shelves
from workshop.ai_models.parts.by_letters import for_the_table
from workshop.ai_models.parts.roles import World
from workshop.ai_models.problems.deployment import be_assistant, cosine, fuse_rankings, rank_scores, source_checks
from workshop.ai_models.register import kit_folder
from workshop.runs.runner import generator

SEEDS = (None, *range(20))


def dealer(seed):
    return None if seed is None else np.random.default_rng(seed)


@pytest.fixture(scope="module")
def run():
    return retrieval.function(world=WORLD, rng=generator(0, "retrieval"))


WORLDS = ("garden", "hospital", "law-office")
ENDINGS = ("ings", "ing", "ors", "ers", "or", "er", "ed", "es", "s", "y", "e")


def stem(word):
    """Cut the first ending that leaves four letters or more."""
    return next((word.removesuffix(end) for end in ENDINGS if word.endswith(end) and len(word) >= len(end) + 4), word)


def played(worked, alike=lambda word: word):
    """Play the table's search with pencil and paper: card, points and verdict of each question."""
    small = set(re.findall(r"“(\w+)”", worked.givens["small"]))
    rows = []
    for question, right in zip(worked.givens["questions"], worked.answer["right_cards"], strict=True):
        asked = {alike(word) for word in re.findall("[a-z]+", question.lower()) if word not in small}
        best, most = "none", 0
        for card in worked.givens["cards"]:
            shared = {alike(word) for word in re.findall("[a-z]+", f"{card['title']} {card['text']}".lower())} & asked
            if len(shared) > most:
                best, most = card["title"], len(shared)
        rows.append((best, most, "missed" if best == "none" else "right card" if best == right else "wrong card"))
    return rows


@cache
def table(world):
    """Return what a table plays with in a world, as the demo computes it, and the answer to the bet on search by meaning."""
    shelf = next(shelves(World.load(kit_folder() / "worlds" / world / "world.yaml")))
    bet = shelf.without_word[0]
    return for_the_table(shelf, bet, ()), shelf, bet


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("seed", [None, *range(10)])
def test_the_assistants_search_finds_what_counting_words_on_the_printed_cards_finds(world, seed):
    worked = be_assistant(dealer(seed), 1, {"table": table(world)[0]})
    names = ("found", "points", "verdicts")
    assert played(worked) == [*zip(*(worked.answer[name] for name in names), strict=True)]
    assert [row[2] for row in played(worked)] == ["right card", "missed", "wrong card", "wrong card"]
    assert (worked.answer["right"], worked.answer["missed"], worked.answer["wrong"]) == (1, 1, 2)


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("seed", [None, *range(10)])
def test_people_who_count_related_words_come_to_the_same_verdicts(world, seed):
    worked = be_assistant(dealer(seed), 1, {"table": table(world)[0]})
    assert [row[2] for row in played(worked, stem)] == [row[2] for row in played(worked)]


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("seed", [None, *range(10)])
def test_the_table_sees_neither_the_question_nor_the_card_of_the_bet_on_meaning(world, seed):
    facts, shelf, bet = table(world)
    worked = be_assistant(dealer(seed), 1, {"table": facts})
    titles = [card["title"] for card in worked.givens["cards"]]
    assert bet.question not in worked.givens["questions"]
    assert shelf.library.items[bet.order[0]].title not in titles
    assert len(set(titles)) == 6


@pytest.mark.parametrize("world", WORLDS)
def test_the_library_has_one_question_that_each_kind_says(world):
    facts, shelf, _ = table(world)
    asked = {question.text: question.document for question, _ in shelf.answers}
    worked = be_assistant(None, 1, {"table": facts})
    clear, missed, wrong, absent = worked.givens["questions"]
    assert all(asked[question] for question in (clear, missed, wrong))
    assert asked[absent] == ""
    assert worked.answer["points"][0] >= 2


def test_the_demo_hands_over_the_table_of_its_library(run):
    worked = be_assistant(None, 1, run.facts)
    assert worked.givens["title"] == "The library"
    assert worked.givens["questions"] == be_assistant(None, 1, {"table": table("garden")[0]}).givens["questions"]


@pytest.mark.parametrize("seed", SEEDS)
def test_cosines_equal_those_of_scikit_learn(seed):
    worked = cosine(dealer(seed), 1, {})
    question, a, b = (np.array([literal_eval(worked.givens[name])]) for name in ("question", "a", "b"))
    assert worked.answer["a"] == pytest.approx(cosine_similarity(question, a)[0, 0])
    assert worked.answer["b"] == pytest.approx(cosine_similarity(question, b)[0, 0])
    assert worked.answer["card"] == ("A" if worked.answer["a"] > worked.answer["b"] else "B")


def test_first_and_third_beats_second_twice_on_the_standard_sheet():
    worked = fuse_rankings(None, 1, {})
    assert (worked.answer["first"], worked.answer["second"]) == (0.75, pytest.approx(2 / 3))
    assert worked.answer["card"] == worked.givens["first"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_fused_ranking_adds_a_share_for_each_place_and_has_one_winner(seed):
    worked = fuse_rankings(dealer(seed), 1, {})
    given, total = worked.givens, dict.fromkeys("ABCD", 0.0)
    for way in ("keyword", "embedding"):
        for place, card in enumerate(given[way].split(", "), start=1):
            total[card] += 1 / (given["constant"] + place)
    assert worked.answer["first"] == pytest.approx(total[given["first"]])
    assert worked.answer["second"] == pytest.approx(total[given["second"]])
    best, next_best, *_ = sorted(total, key=total.get, reverse=True)
    assert worked.answer["card"] == best
    assert total[best] - total[next_best] > 0.003


def test_ranks_give_the_scores_of_scikit_learn():
    assert rank_scores(None, 2, {}).answer == {"first": 0.4, "third": 0.6, "mrr": 0.55}
    for seed in SEEDS:
        worked = rank_scores(dealer(seed), 2, {})
        places = [0 if text == "none" else int(text) for text in worked.givens["places"]]
        right = np.array([[place == rank for rank in range(1, 12)] for place in places])
        scores = np.tile(np.arange(11, 0, -1.0), (len(places), 1))
        found = right.any(axis=1)
        mrr = label_ranking_average_precision_score(right[found], scores[found]) * found.mean()
        assert worked.answer["mrr"] == pytest.approx(mrr)
        assert worked.answer["first"] == right[:, 0].mean()
        assert worked.answer["third"] == pytest.approx(right[:, :3].any(axis=1).mean())


@pytest.mark.parametrize("seed", [None, *range(8)])
def test_wrong_answers_and_hours_add_up_over_a_week_of_checks(seed):
    worked = source_checks(None if seed is None else np.random.default_rng(seed), 1, {})
    given, answer = worked.givens, worked.answer
    assert answer["wrong"] + given["answers"] * given["found"] == pytest.approx(given["answers"])
    assert answer["hours"] * 60 == given["answers"] * given["minutes"]
    assert answer["seen"] / given["sample"] == pytest.approx(answer["wrong"] / given["answers"])
