"""What lays slides out and writes them knows no bets, votes, polls or toys: none of these words is in a name, a key or a sentence of it."""

import re
from pathlib import Path

import pytest

import workshop

PACKAGE = Path(workshop.__file__).parent
ROOMS = (
    "charts", "deck", "files", "layout", "render/html", "render/pptx", "render/svg", "templates", "themes", "wording",
)  # fmt: skip
OF_WORKSHOPS = {"room_deck.py"}  # a writer that only workshops ask for
ASKS_NO_KIT = (*ROOMS, "check", "constructs", "content", "layouts")
ORIGIN = {"bases.py"}  # what a finished deck was built from
WORDS = frozenset({"toy", "bet", "vote", "ballot", "quiz", "poll", "booklet", "facilitator"})
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def found_in(text):
    """Return the words of workshops in a text, whose names are split at humps, dashes and underscores."""
    return {word.lower().removesuffix("s") for word in WORD.findall(text)} & WORDS


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_no_word_about_workshops(room):
    found = {
        path.name: words
        for path in (PACKAGE / room).rglob("*.py")
        if path.name not in OF_WORKSHOPS and (words := found_in(path.read_text("utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize("room", ASKS_NO_KIT)
def test_a_room_asks_what_is_to_be_done_and_not_whether_there_is_a_kit(room):
    found = {path.name for path in (PACKAGE / room).rglob("*.py") if "is_kit" in path.read_text("utf-8")}
    assert found <= ORIGIN


@pytest.mark.parametrize(
    "line", ["def lay_vote(desk):", "class BetPanel:", 'spec.find("toy-a")', "# the polls of it", "if POLL:"]
)
def test_one_word_put_back_is_found(line):
    assert found_in(line)


@pytest.mark.parametrize("line", ["between letters, the alphabet is better", "polling = devoted"])
def test_a_part_of_another_word_is_none(line):
    assert not found_in(line)
