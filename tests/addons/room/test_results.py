"""What a record says of a quiz, recomputed by hand."""

from workshop.addons.room.item_analysis import wilson
from workshop.addons.room.quiz_changes import read_sheets
from workshop.addons.room.results import results_of
from workshop.errors import At
from workshop.model.blocks import Run
from workshop.model.prints import Option, Question


def question(number, stage, name):
    options = (
        Option((Run("right"),), right=True),
        Option((Run("wrong"),), misconception="it-is-wrong"),
        Option((Run("other"),), misconception="it-is-other"),
    )
    return Question(id=name, stage=stage, text=(Run(name),), options=options, at=At("q.yaml", number), number=number)


QUIZ = (question(1, "one", "q1"), question(2, "two", "q2"))
LATER = (question(1, "two", "later1"),)


def sheets(tmp_path, rows):
    file = tmp_path / "answers.csv"
    file.write_text("participant,when,1,2,later\n" + "".join(f"{row}\n" for row in rows), "utf-8")
    return read_sheets(file, QUIZ, LATER)


def letter_after(number):
    """Return the letter of the right option on the sheet afterwards."""
    return QUIZ[number - 1].letters(after=True)


def room(tmp_path, people=6, kept=4):
    """Return sheets of people who were all wrong before and right after; the first ``kept`` are right weeks later."""
    rows = []
    for n in range(1, people + 1):
        rows += [
            f"{n:02d},before,B,C,",
            f"{n:02d},after,{letter_after(1)},{letter_after(2)},{'A' if n <= kept else 'B'}",
        ]
    return sheets(tmp_path, rows)


def test_each_question_has_its_shares_with_intervals(tmp_path):
    found = results_of(room(tmp_path), QUIZ, LATER)
    assert [(item.before, item.after, item.told) for item in found.items] == [
        (wilson(0, 6), wilson(6, 6), "better"),
        (wilson(0, 6), wilson(6, 6), "better"),
    ]


def test_what_stayed_is_counted_among_those_who_knew_the_stage_at_the_end(tmp_path):
    (stayed,) = results_of(room(tmp_path), QUIZ, LATER).later
    assert (stayed.question, stayed.partner, stayed.people) == (1, 2, 6)
    assert stayed.kept == wilson(4, 6)


def test_a_person_who_was_wrong_at_the_end_does_not_count_for_what_stayed(tmp_path):
    rows = [f"{n:02d},before,A,A," for n in range(1, 7)]
    rows += [f"{n:02d},after,{letter_after(1)},{letter_after(2) if n < 3 else '-'},A" for n in range(1, 7)]
    (stayed,) = results_of(sheets(tmp_path, rows), QUIZ, LATER).later
    assert (stayed.right, stayed.kept) == (wilson(6, 6), wilson(2, 2))


def test_fewer_than_five_people_have_no_results(tmp_path):
    found = results_of(room(tmp_path, people=4), QUIZ, LATER)
    assert (found.items, found.later, found.people) == ((), (), 4)


def test_a_group_has_results_if_five_of_it_filled_in_both_sheets(tmp_path):
    made = room(tmp_path, people=6)
    found = results_of(made, QUIZ, LATER, {"all": ["01", "2", "03", "4", "5"], "few": ["01", "2", "03", "4", "99"]})
    assert [(group.name, group.people, group.before, group.after) for group in found.groups] == [
        ("all", 5, wilson(0, 10), wilson(10, 10))
    ]
