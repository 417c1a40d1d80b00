"""Tests that no label of any kind of chart lies on a line, a marker, a bar, a name or another label, whatever the data."""

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from tests.charts.odd import charts, clashes
from tests.charts.samples import NARROW, WIDE, every_sample, label_boxes, on_paper, on_slide
from tests.tiers import few
from workshop.charts.resolved import ResolvedChart
from workshop.errors import WorkshopError
from workshop.model.exhibits import ChartKind

SAMPLES = every_sample()
REFUSED = "too many|too narrow|no room|one reference|don't fit below|a count|squares"
WHERE = {
    "across the slide": lambda chart: on_slide(chart, box=WIDE),
    "beside text": lambda chart: on_slide(chart, box=NARROW),
    "on paper": on_paper,
}


@pytest.mark.parametrize("where", few(WHERE, "beside text"))
@pytest.mark.parametrize("kind", ChartKind)
def test_labels_lie_on_nothing_whatever_the_data(kind, where):
    @settings(max_examples=25)
    @given(charts(kind))
    def tried(chart):
        try:
            resolved = WHERE[where](chart)
        except WorkshopError as error:
            assert any(words in str(error) for words in REFUSED.split("|"))  # noqa: PT017 - some data are refused
            return
        assert clashes(resolved) == []

    tried()


def moved(resolved: ResolvedChart, dx: float, dy: float) -> ResolvedChart:
    """Return a chart with the first label of its first series moved."""
    first = resolved.series[0]
    label = replace(first.labels[0], dx=first.labels[0].dx + dx, dy=first.labels[0].dy + dy)
    return replace(resolved, series=(replace(first, labels=(label, *first.labels[1:])), *resolved.series[1:]))


def test_a_label_that_is_moved_onto_something_is_found():
    line, bars = on_slide(SAMPLES["surprise"]()), on_slide(SAMPLES["next_word"]())
    for resolved, words in ((line, "on line"), (line, "on marker"), (bars, "on bar")):
        (x, y), (at, height) = label_boxes(resolved)[0].center, resolved.frame.point(0, 0)
        assert any(words in found for found in clashes(moved(resolved, at - x, height - y + 5)))
    assert any("leaves the chart" in found for found in clashes(moved(line, 0, -100)))
    one, two = label_boxes(line)[:2]
    onto = moved(line, two.left - one.left, two.top - one.top)
    assert any("'4.00' on surprise[1]" in found for found in clashes(onto))


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("name", SAMPLES)
def test_labels_of_a_sample_lie_on_nothing(name, where):
    assert clashes(WHERE[where](SAMPLES[name]())) == []
