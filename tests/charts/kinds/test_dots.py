from tests.charts.samples import chart, labels, on_slide
from workshop.model.exhibits import Chart, ChartKind, Series

METHODS = ("keyword", "embedding", "hybrid", "shuffled numbers")


def found(kind: ChartKind = ChartKind.DOTS, methods: tuple[str, ...] = METHODS) -> Chart:
    count = len(methods)
    hard = Series(
        "no word shared",
        (0.0, 0.67, 0.6, 0.19)[:count],
        low=(0.0, 0.52, 0.45, 0.1)[:count],
        high=(0.08, 0.79, 0.73, 0.33)[:count],
    )
    easy = Series(
        "a word shared",
        (1.0, 0.94, 1.0, 0.89)[:count],
        low=(0.82, 0.74, 0.82, 0.67)[:count],
        high=(1.0, 0.99, 1.0, 0.97)[:count],
    )
    return chart(kind, (hard, easy), methods, unit="percent")


SAMPLES = {"found": found}


def test_eight_bars_with_intervals_become_dots_and_six_stay_bars():
    assert on_slide(found(ChartKind.COLUMN)).chart.kind == ChartKind.DOTS
    assert on_slide(found(ChartKind.COLUMN, METHODS[:3])).chart.kind == ChartKind.COLUMN


def test_each_series_has_a_panel_of_its_own_with_all_categories():
    resolved = on_slide(found())
    frame = resolved.frame
    ends = [[x for x, _ in filter(None, frame.points(k))] for k in range(2)]
    assert max(ends[0]) + frame.slot < min(ends[1])
    assert resolved.chart.categories == (*METHODS, " ", *METHODS)


def test_every_dot_has_its_value_beside_it():
    resolved = on_slide(found())
    assert list(labels(resolved).values()) == ["0%", "67%", "60%", "19%"]
    assert list(labels(resolved, 1).values()) == ["100%", "94%", "100%", "89%"]
    assert {label.position for series in resolved.series for label in series.labels} == {"right"}
