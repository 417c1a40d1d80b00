"""Tests where headings break."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.layout.fit import BREAK, balance, may_end
from workshop.layout.measure import Ruler, Style
from workshop.model.blocks import Run, plain
from workshop.themes.beds import light

RULER = Ruler(light())
LIMIT = 786.0
TITLES = st.lists(
    st.sampled_from(
        [
            "the",
            "of",
            "a",
            "model",
            "reads",
            "text",
            "again,",
            "4",
            "bits",
            "and",
            "round",
            "12",
            "then",
            "guesses",
            "what",
            "follows;",
            "it",
            "is",
        ]
    ),
    min_size=1,
    max_size=18,
).map(" ".join)


def width(text: str) -> float:
    return RULER.width(text, 32, Style(bold=True, track=-9))


def lines(title: str) -> list[str]:
    found = balance((Run(title),), width, LIMIT)
    assert found is not None
    return plain(found).split(BREAK)


def test_a_title_of_one_line_is_left_alone() -> None:
    assert lines("Be the model: count, guess, be surprised") == ["Be the model: count, guess, be surprised"]


def test_a_text_of_hundreds_of_words_is_not_a_heading() -> None:
    assert balance((Run("word " * 400),), width, LIMIT, strict=False) is None


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Surprise falls from 4 bits to under 1 in four rounds of reading", "Surprise falls from 4 bits to under 1"),
        ("Of the messages a good filter flags, few are really harmful", "Of the messages a good filter flags,"),
        ("Same weights, three wrappers, three different products", "Same weights, three wrappers,"),
        ("Search when the answer is in a document; tune when it is in the manner", "Search when the answer is in a document;"),
    ],
)  # fmt: skip
def test_two_lines_have_similar_lengths_and_break_after_a_comma_if_possible(title: str, first: str) -> None:
    assert lines(title)[0] == first


def test_a_break_falls_where_two_runs_meet_or_inside_one() -> None:
    title = (Run("A model that is very sure of itself ", strong=True), Run("may well be wrong"), Run(" about it all"))
    found = balance(title, width, 500)
    assert found is not None
    assert len(found) == 3
    assert plain(found).replace(BREAK, " ") == plain(title)
    assert found[0].strong


def test_spaces_that_are_part_of_a_mark_stay() -> None:
    found = balance((Run("A base model does not answer. It "), Run(" continues. ", mark=True)), width, 420)
    assert found is not None
    assert found[1].text.strip(BREAK) == " continues. "


def test_a_mark_on_two_lines_has_its_space_at_the_end_of_the_first() -> None:
    found = balance((Run("It may write "), Run("where is the rake and where is the hose", mark=True)), width, 500)
    assert found is not None
    first, second = plain(found).split(BREAK)
    assert first.endswith(" ")
    assert not second.startswith(" ")


def test_a_title_with_breaks_of_its_own_is_left_alone() -> None:
    given_runs = (Run("One\vtwo"),)
    assert balance(given_runs, width, 10) is given_runs


def test_small_words_and_numbers_are_not_at_the_end_of_a_line() -> None:
    assert not may_end("the", "cat")
    assert not may_end("“The", "cat")
    assert not may_end("round", "4")
    assert may_end("rounds,", "then")


@given(TITLES, st.floats(150, 900))
def test_balancing_never_changes_a_word(title: str, limit: float) -> None:
    found = balance((Run(title),), width, limit, strict=False)
    assert found is not None
    assert plain(found).replace(BREAK, " ") == title


@given(TITLES, st.floats(150, 900))
def test_a_strict_balance_keeps_every_rule_and_the_width(title: str, limit: float) -> None:
    found = balance((Run(title),), width, limit)
    if found is None:
        return
    parts = plain(found).split(BREAK)
    assert all(width(part) <= limit + 0.5 for part in parts)
    for before, after in pairwise(parts):
        assert may_end(before.split(" ")[-1], after.split(" ")[0])


@given(TITLES, st.floats(150, 900))
def test_no_more_lines_than_a_greedy_break_needs(title: str, limit: float) -> None:
    found = balance((Run(title),), width, limit, strict=False)
    assert found is not None
    greedy, line = 1, ""
    for word in title.split(" "):
        longer = f"{line} {word}".strip()
        if line and width(longer) > limit:
            greedy, line = greedy + 1, word
        else:
            line = longer
    assert plain(found).count(BREAK) + 1 <= greedy + 1
