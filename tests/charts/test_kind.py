import pytest

from tests.charts.samples import chart, surprise
from workshop.charts.kind import BUILT_IN, Kind, Kinds, resolve_chart
from workshop.charts.kinds import KINDS
from workshop.errors import WorkshopError
from workshop.model.exhibits import ChartKind, Series
from workshop.themes.beds import LIGHT

BOX = {"width_pt": 800, "height_pt": 300, "colors": LIGHT, "medium": "deck"}


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_everything_that_the_renderers_need(name):
    kind = BUILT_IN.get(name)
    assert kind.name == name
    assert kind.meaning
    assert kind.paint
    assert callable(kind.plot())


def test_every_name_that_demos_may_use_is_registered():
    assert set(ChartKind) <= set(KINDS)


def test_a_kind_without_a_part_for_a_renderer_cannot_be_made():
    with pytest.raises(TypeError, match="paint"):
        Kind(name="pie", meaning="slices", resolve=lambda spec, canvas: None, native="pies:plot")


def test_an_unknown_kind_is_an_error_with_the_nearest_name():
    spec = chart("columns", (Series("a", (1.0, 2.0)),), ("x", "y"))
    with pytest.raises(WorkshopError, match="no kind of chart is named 'columns'") as caught:
        resolve_chart(spec, **BOX)
    assert caught.value.problem.hint == "did you mean 'column'?"


def test_registering_something_else_as_a_kind_is_an_error():
    kinds = Kinds(("line",), lambda name: len)
    with pytest.raises(WorkshopError, match="'line' is registered as a builtin_function_or_method"):
        resolve_chart(surprise(), **BOX, kinds=kinds)
