"""Tests scales on sheets: those from a plugin are resolved once, and an unknown one is reported once."""

import shutil

import pytest

from tests.render.print import kits
from workshop.build import prepare
from workshop.constructs.answer_divs import Lookup, Ruler
from workshop.errors import Problems
from workshop.model.blocks import Mark, RulerScale
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

LITRES = RulerScale(length=3, named=(Mark(1, "jug"),), fine=(0.5,), caption="Jugs and litres", alt="A ruler of litres")


@pytest.fixture
def planned(bread, cache, tmp_path):
    """Plan the bread kit with a div in its first task, and a plugin's ruler of litres."""
    kit = tmp_path / "bread"
    shutil.copytree(bread, kit)
    registry = standard_registry()
    registry.add("scale", "litres", lambda: LITRES)

    def go(div):
        sheet = kit / "exercises" / "01-dough.md"
        sheet.write_text(
            (bread / "exercises" / "01-dough.md").read_text().replace("::: task\n", f"::: task\n{div}\n", 1)
        )
        laid, _ = prepare(kit, Request(cache=cache, trust=True), registry, base=None)
        return laid.kit.sheets[0].exercises[0].task[0]

    return go


def test_a_ruler_has_the_scale_that_a_plugin_registered(planned):
    shown = planned("::: {.ruler of=litres}\n:::")
    assert isinstance(shown, Ruler)
    assert shown.scale == LITRES


def test_without_a_name_it_is_the_scale_of_the_divs_own_name(planned):
    assert planned("::: ruler\n:::").scale.length == 7
    assert isinstance(planned("::: lookup\n:::"), Lookup)


def test_only_the_key_marks_the_answer_on_a_ruler(planned):
    shown = planned('::: {.ruler of=litres answer="1.5"}\n:::')
    points = {key: kits.galley(key=key).blocks((shown,))[0]["points"] for key in (False, True)}
    assert points == {False: [], True: [1.5]}


def test_an_answer_beyond_the_ruler_is_not_marked(planned):
    shown = planned('::: {.ruler of=litres answer="3.5"}\n:::')
    assert kits.galley(key=True).blocks((shown,))[0]["points"] == []


@pytest.mark.parametrize(
    ("div", "said"),
    [
        (
            '::: {.ruler of=litres answer="a lot"}\n:::',
            'a ruler\'s answer must be a number, not "a lot" — write one such as answer="1.3"',
        ),
        ("::: {.ruler of=liters}\n:::", "no scale is named 'liters' — did you mean 'litres'?"),
        (
            "::: {.lookup of=litres}\n:::",
            "the scale 'litres' is a RulerScale — register a function that returns a ValueTable",
        ),
    ],
)
def test_a_missing_scale_or_one_of_the_other_kind_is_one_problem_at_its_line(planned, div, said):
    with pytest.raises(Problems) as raised:
        planned(div)
    (problem,) = raised.value.problems
    assert str(problem).endswith(f"exercises/01-dough.md:{problem.at.line}: error: {said}")
