"""Tests a room's votes in every form: entries that can only mean one thing are read, ambiguous ones are left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.errors import Problems, Severity
from workshop.inputs.ballot_forms import count_ballots
from workshop.model.request import checked

GOOD = "01E ABBABA\n02F BBABAB\n03H AAAABB\n"


def votes(text):
    return [row[3:] for row in count_ballots(text, "room.txt").rounds]


def told(text):
    found = count_ballots(text, "room.txt").told
    assert all(problem.severity is Severity.WARNING and problem.at.line for problem in found)
    return [problem.message for problem in found]


@pytest.mark.parametrize(
    "typed",
    [
        "04J ABBABA",
        "04JABBABA",
        "04J A B B A B A",
        "04j a,b,b,a,b,a",
        "O4J ABBABA",
        "4J ABBABA",
        "04J: ABB ABA",
        "04 ABBABA",
        "04J ABBABA  // from the window table",
    ],
)
def test_a_ballot_that_can_only_mean_one_thing_is_counted_as_if_it_were_typed_as_printed(typed):
    assert votes(f"{GOOD}{typed}\n") == votes(f"{GOOD}04J ABBABA\n")
    messages = told(f"{GOOD}{typed}\n")
    assert messages == [] if typed.startswith("04J ") and typed[4:10] == "ABBABA" else len(messages) == 1


def test_eleven_typed_with_letters_like_digits_is_eleven():
    assert votes(f"{GOOD}II{checked(4, 11)[-1]} ABBABA\n") == votes(f"{GOOD}{checked(4, 11)} ABBABA\n")


@pytest.mark.parametrize("comment", ["// Thursday", "# Thursday", "  # typed by Ann"])
def test_a_comment_line_is_passed_over_in_every_form(comment):
    for form in (GOOD, "1 14 9\n2 3 20\n", "participant,1,2\nann,A,B\n", "round,a,b\n1,9,3\n"):
        assert votes(f"{comment}\n{form}") == votes(form)
        assert told(f"{comment}\n{form}") == []


def test_a_ballot_typed_twice_alike_counts_once():
    assert votes(f"{GOOD}02F BBABAB\n") == votes(GOOD)
    assert told(f"{GOOD}02F BBABAB\n") == ["row 4: '02F' appears twice, first in row 2, and counts once"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("02F AAAAAA", "rows 2 and 4: '02F' appears twice, with different ticks: left out"),
        ("04K ABBABA", "row 4: the letter of 04K doesn't match its number: left out"),
        ("04J ABBAB", "row 4: 5 ticks for 6 rounds: left out"),
        ("nobody else", "row 4: 'nobody else' isn't a ballot: left out"),
    ],
)
def test_what_could_mean_two_things_is_named_and_left_out_and_the_rest_is_counted(typed, said):
    rest = "01E ABBABA\n03H AAAABB\n" if typed.startswith("02F") else GOOD
    assert votes(f"{GOOD}{typed}\n") == votes(rest)
    assert told(f"{GOOD}{typed}\n") == [said]


def test_a_tick_that_is_neither_costs_its_round_only():
    assert votes(f"{GOOD}04J AXBABA\n") == votes(f"{GOOD}04J A-BABA\n")
    assert told(f"{GOOD}04J AXBABA\n") == ["row 4, round 2: 'X' is neither A nor B: left out"]


@pytest.mark.parametrize(
    "line",
    ["2 14 9", "2: 14 9", "2;14;9", "2, 14, 9", "2\t14\t9", "round 2: 14 to 9", "R2 14-9", "2) 14 : 9", "2 A 14 B 9"],
)
def test_a_total_is_read_in_every_way_in_which_people_write_one(line):
    counted = count_ballots(f"1 3 20\n{line}\n", "room.txt")
    assert counted.rounds == (("1", "", "", 3, 20), ("2", "", "", 14, 9))
    assert counted.people == 0
    assert counted.told == ()


def test_totals_without_numbers_are_taken_in_order_and_said_to_be():
    assert votes("14 9\n3 20\n") == [(14, 9), (3, 20)]
    assert "is read as round 2" in told("14 9\n3 20\n")[1]


def test_the_totals_of_several_tables_are_added_up():
    table = "1 3 1\n2 0 4\n"
    assert votes(table * 5) == [(15, 5), (0, 20)]
    assert votes("1 3 1\n2 0 4\n\n2 1 1\n1 2 2\n") == [(5, 3), (1, 5)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 14 9\n2 3 20\n1 4 19\n", "3 rows aren't a multiple of 2 rounds"),
        ("1 14 9\n2 3 20\n3 1 1\n2 4 19\n1 1 1\n2 2 2\n", "rows 4 and 6: round '2' appears twice in one block"),
    ],
)
def test_totals_of_half_a_table_are_refused(text, said):
    with pytest.raises(Problems) as caught:
        count_ballots(text, "room.txt")
    (problem,) = caught.value.problems
    assert problem.message == said
    assert "one such block for each" in problem.hint


def test_the_export_of_polls_is_read_round_by_round():
    text = 'participant,bet-crawl,round-1,round-2\nann,A,"A: Never alone",B\nben,B,B,\n'
    assert votes(text) == [(1, 1), (0, 1)]


def test_a_file_of_which_nothing_can_be_read_is_refused_with_every_row():
    with pytest.raises(Problems, match="no votes that can be read") as caught:
        count_ballots("01E ABX\n".replace("01E", "01F") + "02E ABA\n03E ABA\n01E A\n", "room.txt", stage=4)
    assert sum("doesn't match" in problem.message for problem in caught.value.problems) == 3


@given(
    st.lists(st.text("AB-", min_size=6, max_size=6), min_size=1, max_size=30),
    st.sampled_from((" ", "", ",", ": ", "   ")),
    st.sampled_from(("", " ", ",")),
    st.booleans(),
)
def test_spaces_commas_and_small_letters_change_no_count(ballots, after, between, small):
    plain = "".join(f"{checked(4, n)} {ticks}\n" for n, ticks in enumerate(ballots, 1))
    typed = "".join(f"{checked(4, n)}{after}{between.join(ticks)}\n" for n, ticks in enumerate(ballots, 1))
    assert votes(typed.lower() if small else typed) == votes(plain)
