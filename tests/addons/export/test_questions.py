"""Questions from a kit: what is asked, and which answers count."""

import re

import pytest
import yaml
from msgspec.structs import replace

from tests.addons.export import readers
from tests.contract import kits
from tests.render.print import kits as printed
from workshop.addons.export.formats import gift, moodle, qti
from workshop.addons.export.questions import items_of
from workshop.addons.personal.asked_for import PersonalSet
from workshop.ai_models.register import kit_folder
from workshop.constructs.answers import Ruler
from workshop.model.blocks import Line, Prose, Run, ShownTable

QUIZ = {entry["id"]: entry for entry in yaml.safe_load((kit_folder() / "quiz.yaml").read_text("utf-8"))}


def blank(answer):
    return Run("", blank=True, answer=answer)


def exercise(*runs, **changes):
    made = printed.count_exercise()
    return replace(made, task=(Prose((Line(runs),)),), **changes)


def asked(*exercises, versions=()):
    made = printed.kit(sheets=(printed.sheet(2, *exercises),), quiz=())
    return items_of(made, versions)


def test_each_numeric_blank_is_a_question_in_which_those_before_it_are_filled_in():
    first, second = asked(
        exercise(Run("P = "), blank("0.47"), Run(", so "), blank("1,234"), Run(" and "), blank("yes"))
    )
    assert (first.number, first.within) == ("0.47", "0.005")
    assert (second.number, second.within) == ("1234", "0")
    assert "P = <strong>[ ? ]</strong>, so ____ and ____" in first.html
    assert "P = 0.47, so <strong>[ ? ]</strong> and ____" in second.html


@pytest.mark.parametrize(
    ("answer", "number", "within"), [("−2", "-2", "0"), ("12%", "12", "0"), ("0.0273", "0.0273", "0.00005")]
)
def test_a_number_may_be_off_by_half_of_its_last_digit(answer, number, within):
    (item,) = asked(exercise(blank(answer)))
    assert (item.number, item.within) == (number, within)
    assert ("</strong> %" in item.html) == answer.endswith("%")


def test_a_task_that_needs_a_drawing_is_left_out_and_a_ruler_is_not_shown():
    assert asked(printed.chart_exercise()) == ()
    ruler = exercise(blank("3"))
    ruler = replace(ruler, task=(*ruler.task, Ruler(blocks=(), title="Read it off")))
    assert "Read it off" not in asked(ruler)[0].html


def test_tables_and_signs_are_markup():
    task = ShownTable(header=((Run("a < b"),),), rows=(((Run("x"),),), ((blank("4"),),)), aligns=("left",), alt="")
    (item,) = asked(replace(exercise(blank("4")), task=(task,)))
    assert "<thead><tr><th>a &lt; b</th></tr></thead><tbody><tr><td>x</td></tr>" in item.html


def test_versions_become_one_bank_and_a_task_that_all_share_is_asked_once():
    shared, own = exercise(blank("1"), title="Same"), exercise(Run("n = "), blank("5"), title="Own")
    other = printed.sheet(2, shared, replace(own, task=(Prose((Line((Run("m = "), blank("6"))),)),)))
    items = asked(shared, own, versions=(PersonalSet(label="07", name="", sheets=(replace(other, id="S2-07Y"),)),))
    assert [(item.bank, item.number) for item in items] == [
        ("Pretraining: Same", "1"),
        ("Pretraining: Own", "5"),
        ("Pretraining: Own", "6"),
    ]


@pytest.fixture(scope="module", params=kits.FEW)
def items(request, cache):
    return items_of(kits.tried(request.param, 180, cache).plan.kit, ())


def test_the_right_option_is_that_of_the_quiz_and_each_wrong_one_names_its_idea(items):
    choices = [item for item in items if item.choices]
    assert len(choices) >= 12
    for item in choices:
        for choice, option in zip(item.choices, QUIZ[item.key]["options"], strict=True):
            assert choice.right == (option.get("right") == "true" or option.get("right") is True)
            idea = option.get("misconception", "").replace("-", " ")
            assert ("“" + idea + "”" in choice.said) != choice.right


def test_the_numbers_are_those_of_the_sheets(items, request, cache):
    audience = request.node.callspec.params["items"]
    kit = kits.tried(audience, 180, cache).plan.kit
    numbers = {number for sheet in kit.sheets for number in re.findall(r"answer='([^']*)'", str(sheet.exercises))}
    asked_for = [item for item in items if item.number]
    assert len(asked_for) > 20
    for item in asked_for:
        assert item.number in {number.replace(",", "").replace("−", "-").removesuffix("%") for number in numbers}


def test_the_built_in_kit_is_read_alike_in_all_three_formats(items):
    read = readers.of_moodle(moodle("Kit", items))
    assert readers.of_gift(gift("Kit", items)) == read
    assert readers.of_qti(qti("Kit", items)) == {
        name: readers.without_markup(answer) for name, (_, answer) in read.items()
    }
