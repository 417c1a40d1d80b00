from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics import jaccard_score

from tests.ai_models.garden import FOLDER, WORLD
from workshop.ai_models.demos.cleaning import cleaning, genuine_kept
from workshop.ai_models.parts.handed_in import Dirt
from workshop.ai_models.toys.cleaning import (
    RULES,
    jaccard,
    masked,
    read_on_budget,
    without_copies,
    without_near_copies,
    word_pairs,
)
from workshop.ai_models.toys.crawl import crawl
from workshop.errors import WorkshopError

DIRT = Dirt.load(FOLDER / "dirt.csv")


def facts(seed: int, **knobs: float) -> Mapping[str, Any]:
    return cleaning.function(world=WORLD, rng=np.random.default_rng(seed), dirt=DIRT, **knobs).facts


def test_no_perplexity_goes_below_that_of_the_grammar_itself() -> None:
    perplexity = facts(3)["perplexity"]
    assert all(perplexity["floor"] < perplexity[step] < perplexity["uniform"] for step in ("raw", "near", "final"))


def test_a_stricter_threshold_drops_more_pages_and_costs_genuine_ones() -> None:
    assert facts(0, threshold=0.6)["pages"]["lost"] > 0
    lost = facts(0)["thresholds"]["lost"]
    assert list(lost) == sorted(lost, reverse=True)


def test_the_steps_of_the_waterfall_add_up() -> None:
    findings = cleaning.function(world=WORLD, rng=np.random.default_rng(1), dirt=DIRT)
    *changes, kept = findings.exhibits["pages"].series[0].values
    assert sum(changes) == kept == findings.facts["pages"]["final"]


def test_similarity_is_that_of_scikit_learn() -> None:
    a, b = "the hen sleeps in the shed", "the frog sleeps in the old barn"
    table = CountVectorizer(ngram_range=(2, 2), binary=True).fit_transform([a, b]).toarray()
    assert jaccard(word_pairs(a), word_pairs(b)) == pytest.approx(jaccard_score(table[0], table[1]))


def test_the_cleanest_of_a_cluster_stays() -> None:
    pages = ["the hen SLEEPS in the shed", "the hen sleeps in the shed !", "the hen sleeps in the shed"]
    assert without_near_copies(pages, 0.8) == ["the hen sleeps in the shed"]


def test_identical_pages_are_kept_once_in_their_order() -> None:
    assert without_copies(["b", "a", "b"]) == ["b", "a"]


def test_a_shouted_sentence_no_longer_counts_as_genuine() -> None:
    assert genuine_kept(["the hen SLEEPS", "the hen eats"], ["the hen sleeps", "the hen eats"]) == 1


def test_the_rules_let_one_line_of_boilerplate_through() -> None:
    missed = [text for kind, text in DIRT.lines if kind != "personal" and not any(rule(text) for _, rule in RULES)]
    assert missed == ["javascript must be enabled"]


def test_addresses_and_numbers_are_masked() -> None:
    assert masked("mail anna.berg@mail.example or call 555-0134 now") == "mail EMAIL or call PHONE now"


def test_a_crawl_contains_every_genuine_sentence() -> None:
    genuine = [f"the hen eats bean {i}" for i in range(50)]
    assert set(genuine) <= set(crawl(genuine, DIRT.lines, np.random.default_rng(0)))


def test_a_budget_is_reached_and_not_overrun_by_more_than_a_page() -> None:
    drawn = read_on_budget(["one two three", "four"], 100, np.random.default_rng(0))
    assert 100 <= sum(len(page.split()) + 1 for page in drawn) < 104


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [("kinds,text\nspam,buy now\n", "no column is named 'kind'", 1), ("kind,text\nspam,\n", "no text", 2)],
)
def test_a_mistake_in_a_file_of_dirt_is_named_with_its_line(
    content: str, message: str, line: int, tmp_path: Path
) -> None:
    path = tmp_path / "dirt.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WorkshopError, match=message) as caught:
        Dirt.load(path)
    assert caught.value.problem.at is not None
    assert caught.value.problem.at.line == line
