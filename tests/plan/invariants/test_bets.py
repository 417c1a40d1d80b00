import pytest
from msgspec.structs import replace

from tests.plan.invariants.plans import after, broken, prose, slide, whole
from workshop.model.blocks import Line, Prose, Run
from workshop.model.kit import Note

BAKERS = "bakers, 30 minutes: "


def bet(name, right, options=("Rye, it rises", "Oat, it rises", "Bun, it rises", "Pie, it rises")):
    """Return a bet whose right option has that place."""
    lines = tuple(Line((Run(text),), right=place == right) for place, text in enumerate(options))
    return slide(name, 1, "predict", said="", slots=(("options", (Prose(lines),)),))


def bets(letters):
    """Return the stages with a bet for each letter, which is right."""
    return after(whole(), "crust", *(bet(f"bet-{n}", "ABCD".index(letter)) for n, letter in enumerate(letters)))


@pytest.mark.parametrize(
    ("letters", "messages"),
    [
        ("ABCBA", []),
        ("CCCC", []),
        ("ABCCC", ["C is right in 3 of 5 bets; 45% at most"]),
        ("CCBBBD", ["B is right in 3 of 6 bets; 45% at most", "A is right in none of 6 bets"]),
    ],
)
def test_no_letter_is_a_safe_bet_and_none_is_never_right(letters, messages):
    found = broken("P20", bets(letters), slot=45)
    assert found == [f"bakers, 45 minutes: {message}" for message in messages]
    assert broken("P20", bets(letters), slot=40) == []


def test_the_right_option_is_about_as_long_as_the_others():
    long = bet("long", 0, ("Rye, which rises slowly", "Oat, which rises", "Bun, which rises"))
    assert broken("P20", after(whole(), "crust", long)) == [
        f"{BAKERS}slide 'long' is a bet whose right option is 1.44 times as long as the others, not 0.75 to 1.25"
    ]
    short = bet("short", 1, ("Rye, it rises", "Oats", "Bun, it rises"))
    (message,) = broken("P20", after(whole(), "crust", short))
    assert "0.31 times" in message


def test_the_right_option_is_seldom_the_longest():
    def longest(name, right):
        options = ["Rye, it rises", "Oat, it rises", "Bun, it rises"]
        options[right] += "!"
        return bet(name, right, options)

    even = [bet(f"bet-{n}", n % 3) for n in range(4)]
    assert broken("P20", after(whole(), "crust", *even, longest("a", 1))) == []
    assert broken("P20", after(whole(), "crust", *even, longest("a", 1), longest("b", 2), longest("c", 0))) == [
        f"{BAKERS}the right option is the longest in 3 of 7 bets: a, b, c",
    ]


def test_a_bet_whose_author_did_not_say_what_is_right_does_not_count():
    unsaid = [bet(f"bet-{n}", None) for n in range(6)]
    assert broken("P20", after(whole(), "crust", *unsaid)) == []


TALK = bet("again", 0)
HINT = Note("hint", prose("It rises when it is warm."))


def test_a_plan_of_some_length_has_bets_that_are_placed_again_each_with_a_hint():
    twice = replace(TALK, again=90, twice=True, minutes=3)
    assert broken("P22", whole(), slot=180) == []
    assert broken("P22", after(whole(), "crust", replace(TALK, again=120)), slot=90) == [
        "bakers, 90 minutes: 0 bets are placed again after talk; at least 1 with again="
    ]
    assert broken("P22", after(whole(), "crust", twice), slot=180) == [
        "bakers, 180 minutes: 1 bets are placed again after talk; at least 3 with again=",
        "bakers, 180 minutes: slide 'again' is a bet that is placed again, and its notes have no Hint",
    ]
    assert broken("P22", after(whole(), "crust", replace(twice, notes=(HINT,))), slot=90) == []


def test_a_bet_that_is_placed_again_takes_three_minutes():
    twice = replace(TALK, again=90, twice=True, minutes=2)
    assert f"{BAKERS}slide 'again' is a bet that takes 2 minutes" in broken("P12", after(whole(), "crust", twice))
