import numpy as np
import pytest
from scipy.stats import binomtest

from workshop.addons.room.quiz_changes import asked, read_sheets, sign_test, what_changed
from workshop.errors import At, Problems
from workshop.model.blocks import Run
from workshop.model.prints import Option, Question

AT = At("quiz.yaml", 1)
HEAD = "participant,when,1,2\n"


def question(name, right, number):
    options = tuple(
        Option((Run(letter),), letter == right, "" if letter == right else f"{name}-{letter}") for letter in "ABC"
    )
    return Question(id=name, stage="one", text=(Run("What?"),), options=options, at=AT, number=number)


# on the sheet after the workshop, the options A, B, C of the first question are B, C, A, those of the second C, A, B
QUIZ = (question("first", "A", 1), question("second", "B", 2))


@pytest.fixture
def sheets(tmp_path):
    def make(text):
        file = tmp_path / "answers.csv"
        file.write_text(HEAD + text, "utf-8")
        return read_sheets(file, QUIZ)

    return make


def test_only_people_with_both_sheets_are_compared_and_the_others_are_counted(sheets):
    found = what_changed(sheets("1,before,A,C\n2,before,B,C\n1,after,B,A\n3,after,A,B\n"), QUIZ, ("one", "two"))
    assert found.facts["right"] == {"before": 0.5, "after": 1.0}
    assert found.facts["people"] == {"both": 1, "before": 2, "after": 2}
    chart = found.exhibits["change"]
    assert [s.values for s in chart.series] == [(1.0, 0.0), (1.0, 1.0)]
    assert "1 person with both sheets (1 only before and 1 only after, left out)" in chart.basis
    assert "too few people" in chart.finding


def test_two_groups_of_strangers_are_shown_as_such(sheets):
    found = what_changed(sheets("1,before,A,C\n2,after,A,B\n"), QUIZ, ("one", "two"))
    assert found.exhibits["change"].basis == "1 person before and 1 person after, nobody in both"
    assert found.facts["more"] == found.facts["fewer"] == 0


def test_an_empty_answer_is_not_right(sheets):
    found = what_changed(sheets("1,before,-,\n1,after,b,a\n"), QUIZ, ("one", "two"))
    assert found.facts["right"] == {"before": 0.0, "after": 1.0}


def test_a_line_with_too_few_or_too_many_answers_is_refused(sheets):
    with pytest.raises(Problems) as caught:
        sheets("1,before,A\n1,after,A,B,C\n")
    assert [(p.at.line, p.message) for p in caught.value.problems] == [
        (2, "this line has 3 cells, and the first line 4"),
        (3, "this line has 5 cells, and the first line 4"),
    ]


def test_semicolons_separate_cells_too(tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text("participant;when;1;2\n1;before;A;C\n", "utf-8")
    assert read_sheets(file, QUIZ).before["1"].letters == ("A", "C")


def test_a_number_is_the_same_with_a_leading_zero(sheets):
    assert sheets("07,before,A,C\n7,after,A,B\n").both == ("7",)


def test_misconceptions_are_counted_before_and_after(sheets):
    found = what_changed(sheets("1,before,B,C\n1,after,B,B\n2,before,B,A\n2,after,B,B\n"), QUIZ, ("one", "two"))
    assert found.exhibits["misconceptions"].rows == (("second C", 1, 2), ("first B", 2, 0), ("second A", 1, 0))


def test_guessing_is_a_line_where_all_questions_have_as_many_options(sheets):
    chart = what_changed(sheets("1,before,A,C\n"), QUIZ, ("one", "two")).exhibits["change"]
    assert [round(r.value, 3) for r in chart.references] == [0.333]


def test_the_sign_test_is_scipys():
    for more, fewer in np.random.default_rng(3).integers(0, 30, (40, 2)):
        if more + fewer:
            assert sign_test(int(more), int(fewer)) == pytest.approx(binomtest(int(more), int(more + fewer)).pvalue)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,before,D,A\n", "column 1 is 'D'"),
        ("1,between,A,A\n", "a line begins with a participant and a time"),
        ("1,before,A,A\n1,before,A,A\n", "appears twice before"),
        ("", "no line with answers"),
    ],
)
def test_a_mistake_is_named_with_its_line(sheets, text, said):
    with pytest.raises(Problems, match=said) as caught:
        sheets(text)
    assert caught.value.problems[0].at.line


def test_a_missing_column_is_named(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("participant,wehn,1,2\n", "utf-8")
    with pytest.raises(Problems, match="no column is named 'when'") as caught:
        read_sheets(file, QUIZ)
    assert "wehn" in str(caught.value)


def test_a_file_of_a_shorter_workshop_has_fewer_columns(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("participant,when,2\n1,before,C\n1,after,A\n", "utf-8")
    questions = asked(file, QUIZ)
    assert [q.id for q in questions] == ["second"]
    assert what_changed(read_sheets(file, questions), questions, ("two",)).facts["right"] == {"before": 0, "after": 1}


@pytest.mark.parametrize("number", range(1, 9))
@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_no_option_keeps_its_place_on_the_sheet_afterwards(number, count):
    options = tuple(Option((Run(str(k)),), k == 1) for k in range(count))
    asked_again = Question(id="q", stage="one", text=(Run("What?"),), options=options, at=AT, number=number)
    assert sorted(asked_again.again) == list(range(count))
    assert all(place != option for place, option in enumerate(asked_again.again))
    assert asked_again.again["ABCDE".index(asked_again.letters(after=True))] == 1
    assert asked_again.letters() == "B"


def test_an_exclamation_mark_says_that_somebody_was_sure(sheets):
    found = what_changed(sheets("1,before,A!,C!\n1,after,B !,A\n"), QUIZ, ("one", "two"))
    assert found.facts["sure"] == {"before": {"n": 2, "right": 0.5}, "after": {"n": 1, "right": 1.0}}
    assert "of the sure answers, 50% of 2 were right before and 100% of 1 after" in found.exhibits["change"].finding


LATER = (question("third", "C", 1), question("fourth", "A", 2), question("fifth", "B", 3))


def with_later(tmp_path, text):
    file = tmp_path / "answers.csv"
    file.write_text("participant,when,1,2,later\n" + text, "utf-8")
    return what_changed(read_sheets(file, QUIZ, LATER), QUIZ, ("one", "two"), LATER)


def test_the_letters_of_the_sheet_for_weeks_after_are_in_one_column(tmp_path):
    found = with_later(tmp_path, "1,before,A,C,\n1,after,A,B,CAB\n2,before,A,C,c-a\n")
    assert found.facts["people"]["later"] == 2
    assert found.facts["right"]["later"] == pytest.approx((2 / 2 + 1 / 2 + 1 / 2) / 3)
    rows = found.exhibits["later"].rows
    assert [(row[0], str(row[2]).split()[0], row[4]) for row in rows] == [
        (1, "100%", "–"),
        (2, "50%", "–"),
        (3, "50%", "fifth A (1)"),
    ]
    assert "67% of other questions later" in found.exhibits["change"].finding


def test_letters_for_another_number_of_questions_are_refused_with_how_to_name_the_plan(tmp_path):
    with pytest.raises(Problems, match=r"write 3 letters in one word.*give --minutes as for the build"):
        with_later(tmp_path, "1,after,A,B,CABD\n")


def test_without_that_column_nothing_is_said_of_later(sheets):
    found = what_changed(sheets("1,before,A,C\n1,after,A,B\n"), QUIZ, ("one", "two"), LATER)
    assert "later" not in found.exhibits
    assert "later" not in found.exhibits["change"].finding


@pytest.mark.parametrize("word", ["CA", "CABA", "CAD", "C B"])
def test_letters_that_fit_no_sheet_are_refused_with_their_line(tmp_path, word):
    with pytest.raises(Problems) as caught:
        with_later(tmp_path, f"1,before,A,C,{word}\n")
    (problem,) = caught.value.problems
    assert (problem.at.line, problem.message) == (2, f"column later is {word!r}")
    assert "write 3 letters in one word" in problem.hint
