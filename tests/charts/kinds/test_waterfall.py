from tests.charts.samples import (
    cleaning,
    labels,
    on_slide,
)  # fmt: skip
from workshop.model.exhibits import ChartKind


def test_only_the_changes_of_a_waterfall_have_a_sign():
    assert list(labels(on_slide(cleaning())).values()) == ["346", "−169", "−40", "−17", "120"]


def test_a_waterfall_runs_from_total_to_total_and_ends_at_zero():
    frame = on_slide(cleaning()).frame
    spans = [frame.bar_span(0, index) for index in range(5)]
    assert spans == [(0, 346), (346, 177), (177, 137), (137, 120), (0, 120)]


def native_numbers(resolved):
    """Return the lengths of the bars, and of the hidden ones on which they stand."""
    spans = [resolved.frame.bar_span(0, index) for index in range(len(resolved.chart.categories))]
    return {"bar": ([abs(a - b) for a, b in spans], ()), "base": ([min(span) for span in spans], ())}


NUMBERS = {ChartKind.WATERFALL: native_numbers}
