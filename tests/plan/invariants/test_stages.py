import pytest
from msgspec.structs import replace

from tests.plan.invariants.plans import after, broken, change, slide, whole
from workshop.model.blocks import Line, Map, Phase, Prose, Run, Step

BAKERS = "bakers, 30 minutes: "
LIST = (("main", (Prose((Line((Run("flour"),), marker="bullet"), Line((Run("salt"),), marker="bullet"))),)),)


def the_map(*tiles, today=""):
    drawn = Map((Phase("", tiles),), "a map", today)
    return after(whole(), "hello", slide("map", layout="map", slots=(("main", (drawn,)),)))


def test_a_stage_without_a_moment_to_remember_names_the_moments_it_could_have():
    stages = change(change(whole(), "knead", moment=""), "loaf", moment="")
    assert broken("P8", stages, slot=90) == [
        "bakers, 90 minutes: stage 'oven' is shown without a moment to remember (bake)"
    ]


def test_a_short_plan_is_content_with_the_spine_of_a_stage():
    stages = change(change(whole(), "knead", moment=""), "loaf", moment="")
    assert len(broken("P8", stages, slot=45)) == 1  # the oven has no spine
    opening, dough, *rest = whole()
    assert broken("P8", (opening, dough, rest[-1]), slot=45) == []


@pytest.mark.parametrize(("slot", "missing"), [(30, []), (180, ["toy line"])])
def test_from_three_hours_on_a_stage_has_error_and_edge(slot, missing):
    found = broken("P10", change(whole(), "crust", layout="misconception", toy=""), slot=slot)
    stages = ("dough", "oven") if missing else ()
    assert found == [f"bakers, {slot} minutes: stage '{name}' has no toy line" for name in stages]


def test_a_stage_without_error_or_edge_is_named():
    assert broken("P10", change(whole(), "crust", toy="")) == [
        f"{BAKERS}stage 'oven' has neither a misconception slide nor a toy line"
    ]


def test_a_slide_that_only_answers_a_question_of_the_quiz_corrects_no_misconception():
    found = broken("P10", whole(), slot=180, questions={"q1": frozenset({"loaf"})})
    assert found == [
        "bakers, 180 minutes: stage 'dough' has no toy line",
        "bakers, 180 minutes: stage 'oven' has no misconception slide",
    ]


def test_a_second_list_in_a_stage_is_named_with_the_first():
    stages = change(change(whole(), "loaf", layout="content", slots=LIST), "crust", layout="content", slots=LIST)
    assert broken("P16", stages) == [
        f"{BAKERS}stage 'oven' has 2 slides that are only a list: loaf, crust",
        f"{BAKERS}slide 'crust' is only a list, like 'loaf' before it",
    ]
    assert broken("P16", change(whole(), "loaf", layout="content", slots=LIST)) == []


def test_a_tile_leads_to_its_stage():
    dough, oven = Step("Dough", "", "accent", link="#guess"), Step("Oven", "", "open", link="#knead")
    assert broken("P17", the_map(dough, oven)) == []
    assert broken("P17", the_map(dough, Step("Oven", "", "panel"))) == [
        f"{BAKERS}slide 'map' has a tile 'Oven' that does not lead to its stage"
    ]


def test_a_tile_of_a_stage_that_is_out_is_pale_and_the_map_says_how_many_are_in():
    dough, oven = Step("Dough", "", "accent", link="#guess"), Step("Oven", "", "panel")
    opening, one, _, end = the_map(dough, oven, today="2 stages, today 1 of them")
    assert broken("P17", (opening, one, end)) == []
    opening, one, _, end = the_map(dough, replace(oven, role="accent", link="#knead"))
    assert broken("P17", (opening, one, end)) == [
        f"{BAKERS}slide 'map' has a tile 'Oven' for a stage that is left out",
        f"{BAKERS}slide 'map' does not say how many of the stages are for today",
    ]
