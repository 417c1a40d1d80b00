"""The page for a manager."""

from msgspec.structs import replace

from tests.addons.record.test_record_page import ITEM, held, kit
from tests.render.print import kits
from tests.render.print.test_quiz import question
from workshop.addons.record.manager_page import parts_of, render_manager
from workshop.addons.room.item_analysis import wilson
from workshop.addons.room.results import Results


def parts(made):
    return {part.key: part for part in parts_of(kits.laid(made), kits.galley())}


def test_it_says_what_each_stage_taught_what_was_not_taught_and_what_to_ask():
    made = kit(later=(question(2),))
    made = replace(made, stages=(replace(made.stages[0], learnt="Dough takes its time"),))
    found = parts(made)
    assert found["can"].texts == (("Training data.", "Dough takes its time"),)
    assert "3 Point number 3." in [text for _, text in found["cannot"].texts]
    assert found["ask"].rows == (("Question 2: where is it from?", "From its weights"),)


def test_a_question_that_fewer_than_half_answer_right_is_named_with_the_idea_behind_it():
    wrong = replace(ITEM, after=wilson(6, 20))
    found = parts(held(results=Results(filled=20, people=20, items=(wrong,))))
    assert (
        found["cannot"].texts[0][1] == "Only 30% answered this right at the end; the idea picked most: “it is wrong”."
    )
    fine = parts(held(results=Results(filled=20, people=20, items=(ITEM,))))
    assert not any("Only" in text for _, text in fine["cannot"].texts)


def test_it_is_one_page_and_tagged(read):
    pdf = render_manager(kits.laid(held()))
    assert len(read(pdf).pages) == 1
    assert b"pdfuaid" in pdf
