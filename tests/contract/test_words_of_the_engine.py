"""What lays slides out knows no bets, votes, polls or toys: none of these words is in a name, a key or a sentence of these folders."""

import re
from pathlib import Path

import pytest

import workshop

PACKAGE = Path(workshop.__file__).parent
ROOMS = ("layout", "deck")
WORDS = frozenset({"toy", "bet", "vote", "ballot", "quiz", "poll", "booklet", "facilitator"})
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def found_in(text):
    """Return the words of workshops in a text, whose names are split at humps, dashes and underscores."""
    return {word.lower().removesuffix("s") for word in WORD.findall(text)} & WORDS


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_no_word_about_workshops(room):
    found = {
        path.name: words for path in (PACKAGE / room).rglob("*.py") if (words := found_in(path.read_text("utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line", ["def lay_vote(desk):", "class BetPanel:", 'spec.find("toy-a")', "# the polls of it", "if POLL:"]
)
def test_one_word_put_back_is_found(line):
    assert found_in(line)


@pytest.mark.parametrize("line", ["between letters, the alphabet is better", "polling = devoted"])
def test_a_part_of_another_word_is_none(line):
    assert not found_in(line)
