"""Tests reading the minutes that came back from courses."""

import pytest

from workshop.errors import Problems, WorkshopError
from workshop.inputs.came_back import read_actual, read_bets, read_counts
from workshop.model.bets import Placed


def read(tmp_path, text):
    path = tmp_path / "minutes.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_actual(path)


def test_minutes_are_the_mean_of_several_times(tmp_path):
    assert read(tmp_path, "slide,minutes\na,2\na,3.4\nb,0.1\n") == {"a": 2.7, "b": 0.1}


def test_a_slide_that_was_skipped_has_no_minutes_and_does_not_lower_the_mean(tmp_path):
    assert read(tmp_path, "slide,minutes\na,0\na,3\nb,0\n") == {"a": 3, "b": 0}


def test_empty_lines_other_columns_and_a_byte_order_mark_are_ignored(tmp_path):
    assert read(tmp_path, "\ufeffwhen,slide,minutes\n,,\nMay,a,4\nJune,b,\n") == {"a": 4}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("slide,time\na,2\n", "no column is named 'minutes'"),
        ("", "no column is named 'slide'"),
        ("slide,minutes\na,two\n", "'two' isn't a number of minutes"),
        ("slide,minutes\na,-2\n", "'-2' isn't a number of minutes"),
        ("slide,minutes\na,nan\n", "'nan' isn't a number of minutes"),
        (b"slide,minutes\n\xff,2\n", "this file cannot be read: it isn't text in UTF-8 (byte 14)"),
    ],
)
def test_what_is_wrong_is_reported_with_its_line(tmp_path, text, message):
    with pytest.raises(WorkshopError) as raised:
        read(tmp_path, text)
    (problem,) = raised.value.problems
    assert problem.message == message
    assert problem.hint


def read_of_placed_bets(tmp_path, text):
    path = tmp_path / "bets.csv"
    path.write_text(text, "utf-8")
    return read_bets(path)


def test_a_line_has_a_bet_by_name_and_how_many_placed_each_letter_and_perhaps_a_second_round(tmp_path):
    found = read_of_placed_bets(
        tmp_path, "bet,round,A,B,C,D\nThe crawl,1,15,4,5,\nunseen-tools,,5,6,2,11\nUnseen tools,2,2,3,1,18\n"
    )
    assert found == {"the-crawl": Placed((15, 4, 5)), "unseen-tools": Placed((5, 6, 2, 11), (2, 3, 1, 18))}


def test_the_column_of_the_round_may_be_missing_and_lines_without_a_name_are_passed_over(tmp_path):
    assert read_of_placed_bets(tmp_path, "bet;A;B\n“Good”;;7\n;1;2\n") == {"good": Placed((0, 7))}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bet,A,B\nx,many,1\n", r"bets\.csv:2.*'many' isn't a number of people"),
        ("bet,A,B\nx,-1,1\n", "isn't a number of people"),
        ("bet,A,B\nx,1,1\nx,2,2\n", "this round twice"),
        ("bet,round,A,B\nx,3,1,1\n", "'3' isn't a round"),
        ("bet,round,A,B\nx,2,1,1\n", "has only a second round"),
        ("name,A,B\nx,1,1\n", "no column is named 'bet'"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(tmp_path, text, told):
    with pytest.raises(WorkshopError, match=told):
        read_of_placed_bets(tmp_path, text)


def test_everything_that_is_wrong_is_told_at_once(tmp_path):
    with pytest.raises(Problems) as error:
        read_of_placed_bets(tmp_path, "bet,round,A,B\nx,1,one,1\ny,7,1,1\n")
    assert len(error.value.problems) == 2


def counts(tmp_path, text):
    path = tmp_path / "counts.csv"
    path.write_text(text, "utf-8")
    return read_counts(path)


def test_a_line_has_a_poll_by_its_slide_and_how_many_raised_each_letter(tmp_path):
    found = counts(tmp_path, "slide,A,B,C\nown-page,3,9,2\nown-facts,6,46,\n")
    assert {name: one.letters for name, one in found.items()} == {"own-page": (3, 9, 2), "own-facts": (6, 46)}
    assert [one.at.line for one in found.values()] == [2, 3]


@pytest.mark.parametrize("cell", ["-1", "1.5", "many", "9999999999"])
def test_what_is_no_count_is_told_with_its_line(tmp_path, cell):
    with pytest.raises(Problems) as raised:
        counts(tmp_path, f"slide,A,B,C\nown-page,3,{cell},2\n")
    (problem,) = raised.value.problems
    assert (problem.at.line, problem.hint) == (2, "write how many placed this letter")
    assert cell in problem.message


def test_a_poll_has_one_line(tmp_path):
    with pytest.raises(Problems, match="twice"):
        counts(tmp_path, "slide,A,B\nown-page,3,1\nown-page,3,1\n")
