"""Charts of every kind with the numbers of a real workshop, and a deck to put them in."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from workshop.charts.geometry import Rect
from workshop.charts.kind import BUILT_IN, resolve_chart
from workshop.charts.labels import label_box
from workshop.charts.resolved import ResolvedChart
from workshop.layout.laid import LaidChart
from workshop.model.blocks import ShownChart
from workshop.model.exhibits import Chart, ChartKind, Reference, Series
from workshop.model.theme import EMU_PER_POINT, Box, Placeholder, inches
from workshop.themes.beds import DARK, LIGHT

WIDE = Box(inches(0.67), inches(2.1), inches(12), inches(4.25))
NARROW = Box(inches(0.67), inches(2.1), inches(7.93), inches(4.25))
COLORS = {"light": LIGHT, "dark": DARK}
STEPS = tuple(float(x) for x in range(0, 300, 50))


def chart(kind: ChartKind, series: tuple[Series, ...], categories: tuple[str, ...] = (), **more: Any) -> Chart:
    return Chart(
        kind,
        more.pop("title", "A title"),
        measure="Measure",
        finding="The finding",
        series=series,
        categories=categories,
        **more,
    )


def surprise() -> Chart:
    series = (Series("surprise", (4.0, 2.547, 1.844, 1.668, 1.461), role="accent"),)
    rounds = ("Untrained", "Round 1", "Round 2", "Round 3", "Round 4")
    return chart(ChartKind.LINE, series, rounds, references=(Reference("pure guessing", 4.0),), unit="bits")


def collapse() -> Chart:
    series = (
        Series("own text, T = 0.7", (34, 33, 31.5, 27, 22, 17, 13, 10, 9, 8.5, 8), role="stop"),
        Series("own text, T = 1", (34, 33.6, 33.2, 32.5, 32, 31.4, 30.8, 30.3, 29.9, 29.5, 29)),
        Series("keeps 30% real text", (34.0,) * 11),
    )
    generations = tuple(map(str, range(11)))
    return chart(ChartKind.LINE, series, generations, references=(Reference("at the start", 34),), unit="count")


def training() -> Chart:
    series = (
        Series("training text", (4.0, 2.2, 1.5, 1.1, 0.8, 0.7), x=STEPS),
        Series("held-out text", (4.0, 2.5, 1.9, 1.8, 1.85, 1.95), x=STEPS),
    )
    references = (Reference("floor", 0.98), Reference("best", 150, axis="x"))
    return chart(ChartKind.LINE, series, references=references, unit="bits", x_label="steps")


def scaling() -> Chart:
    sizes = tuple(10.0**k for k in range(2, 7))
    series = (Series("excess", (1.2, 0.62, 0.33, 0.17, 0.09), x=sizes),)
    return chart(ChartKind.LINE, series, unit="bits", x_log=True, y_log=True, x_label="words read")


def next_word() -> Chart:
    series = (Series("P", (0.4743, 0.2390, 0.1213, 0.1213, 0.0037)),)
    words = ("mat", "rug", "fence", "roof", "12 others, 0.004 each")
    return chart(ChartKind.COLUMN, series, words, references=(Reference("chance", 0.0625),), highlight=("mat",))


def answers() -> Chart:
    series = (
        Series("base", (0.95, 0.05, 0.02), role="context"),
        Series("tuned", (0.01, 0.97, 0.96), role="accent"),
        Series("control", (0.02, 0.97, 0.18)),
    )
    kinds = ("Asks again", "Names a place", "Right place")
    return chart(ChartKind.COLUMN, series, kinds, references=(Reference("chance", 1 / 6),), unit="percent", y_max=1.0)


def attacks() -> Chart:
    series = (Series("rate", (0.04, 0.35, 0.62), low=(0.01, 0.22, 0.48), high=(0.12, 0.5, 0.75)),)
    return chart(ChartKind.COLUMN, series, ("Plain", "Role play", "Many shots"), unit="percent")


def picks() -> Chart:
    series = (
        Series("before", (0.15, 0.15, 0.10, 0.25, 0.25, 0.10), role="context"),
        Series("after", (0.477, 0.289, 0.078, 0.056, 0.054, 0.046), role="accent"),
    )
    names = ("full, with source", "short, “not sure”", "asks back", "vague", "full, a bluff", "refuses")
    return chart(ChartKind.BAR, series, names)


def recall() -> Chart:
    series = (Series("recall", (0.39, 0.87, 0.94)),)
    names = ("Keyword search", "Embedding search", "Both, fused by rank")
    return chart(
        ChartKind.BAR,
        series,
        names,
        references=(Reference("shuffled words", 0.12),),
        highlight=("Both, fused by rank",),
    )


def cleaning() -> Chart:
    series = (Series("pages", (346, -169, -40, -17, 120)),)
    steps = ("Crawled", "Copies", "Near-copies", "Rules", "Kept")
    return chart(ChartKind.WATERFALL, series, steps, unit="count", highlight=("Kept",))


def gate() -> Chart:
    series = Series(
        "change",
        (0.188, 0.473, 0.083, 0.0, -0.333),
        low=(0.079, 0.345, 0.0, 0.0, -0.542),
        high=(0.297, 0.618, 0.25, 0.0, -0.167),
        labels=("PASS", "PASS", "PASS", "PASS", "BLOCK"),
    )
    suites = ("All 101 items", "Sums", "Capitals", "Colours", "Manners")
    references = (Reference("no change", 0, axis="x"),)
    return chart(
        ChartKind.FOREST, (series,), suites, references=references, unit="points", highlight=("All 101 items",)
    )


def library() -> Chart:
    garden = ("Irrigation notes", "Water butt", "Rain barrel", "Hose repair", "Watering can", "Dry summer plan")
    house = ("Door keys", "Fire alarm", "First aid box", "Guest list", "Sauna rota", "Kitchen rota")
    series = (
        Series("garden", (0.8, 0.75, 0.62, 0.70, 0.9, 0.55), x=(0.1, 0.18, 0.15, 0.3, 0.33, 0.42), labels=garden),
        Series("house", (-0.3, -0.35, -0.2, -0.6, -0.5, -0.42), x=(0.5, 0.6, 0.75, 0.55, 0.8, 0.62), labels=house),
    )
    return chart(ChartKind.SCATTER, series)


def trade() -> Chart:
    labels = ("weight 0", "weight 1", "weight 2", "weight 4")
    series = (Series("models", (0.30, 0.18, 0.09, 0.04), x=(0.01, 0.03, 0.10, 0.28), labels=labels),)
    names = {"x_label": "harmless refused", "y_label": "harmful answered"}
    return chart(ChartKind.SCATTER, series, references=(Reference("allowed", 0.1),), unit="percent", **names)


Numbers = tuple[Sequence[float | None], Sequence[float]]

SAMPLES: dict[str, Callable[[], Chart]] = {
    make.__name__: make
    for make in (
        surprise, collapse, training, scaling, next_word, answers, attacks, picks, recall, cleaning, gate, library, trade,
    )
}  # fmt: skip


def every_sample() -> dict[str, Callable[[], Chart]]:
    """Return the samples in this file, and those of every ``SAMPLES`` in a test of a kind."""
    return SAMPLES | _from_tests_of_kinds("SAMPLES")


def numbers_of(resolved: ResolvedChart) -> Mapping[str, Numbers]:
    """Return the name, the values and the x of each series that a native chart must have: those in ``NUMBERS`` of the kind's test, or its data."""
    if (numbers := _from_tests_of_kinds("NUMBERS").get(resolved.chart.kind)) is not None:
        return numbers(resolved)
    return {series.name: (series.values, series.x) for series in resolved.chart.series}


@cache
def _from_tests_of_kinds(table: str) -> dict[str, Any]:
    """Return what the tests of all kinds have in the table of a name."""
    found: dict[str, Any] = {}
    for path in sorted((Path(__file__).parent / "kinds").glob("test_*.py")):
        found |= getattr(import_module(f"tests.charts.kinds.{path.stem}"), table, {})
    return found


def on_slide(spec: Chart, *, box: Box = WIDE, theme: str = "light") -> ResolvedChart:
    size = {"width_pt": box.w / EMU_PER_POINT, "height_pt": box.h / EMU_PER_POINT}
    return resolve_chart(spec, **size, colors=COLORS[theme], medium="deck")


def on_paper(spec: Chart, *, width_mm: float = 160, height_mm: float = 62, theme: str = "light") -> ResolvedChart:
    size = {"width_pt": width_mm * 72 / 25.4, "height_pt": height_mm * 72 / 25.4}
    return resolve_chart(spec, **size, colors=COLORS[theme], medium="print", size_pt=10)


def laid(spec: Chart, *, box: Box = WIDE, theme: str = "light", alt: str = "The finding") -> LaidChart:
    placeholder = Placeholder(idx=1, type="chart", name="Chart", role="main", box=box, sizes=(18,))
    resolved = on_slide(spec, box=box, theme=theme)
    return LaidChart(placeholder, ShownChart("demo.chart", spec, alt), resolved, BUILT_IN.get(resolved.chart.kind))


def label_boxes(resolved: ResolvedChart) -> tuple[Rect, ...]:
    """Return the estimated boxes of all point labels, in order."""
    places = ((series, label) for series in resolved.series for label in series.labels)
    return tuple(label_box(resolved.frame, series, label, resolved.label_size) for series, label in places)


def labels(resolved: ResolvedChart, series: int = 0) -> dict[int, str]:
    """Return index -> text for the labels of a series."""
    return {label.index: label.text for label in resolved.series[series].labels}
