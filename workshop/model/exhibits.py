"""Results of a demo: facts (numbers with names) and exhibits (charts, tables, code).

All of it is data. Nothing here knows how a chart is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from inspect import cleandoc, signature
from itertools import product
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import force_setattr

from workshop.model.frozen import Frozen, freeze, thaw
from workshop.wording.formats import FILTERS

if TYPE_CHECKING:
    from workshop.model.poke_tables import Tabled
    from workshop.model.pokes import Poke

__all__ = [
    "About",
    "Chart",
    "ChartKind",
    "Code",
    "Column",
    "Demo",
    "Exhibit",
    "Findings",
    "Frozen",
    "Honesty",
    "Knob",
    "ProblemFunction",
    "Reference",
    "Scalar",
    "Series",
    "Table",
    "Worked",
    "demo",
    "freeze",
    "thaw",
]

Scalar = str | int | float | bool


class Honesty(StrEnum):
    """The kind of evidence behind an exhibit; printed on the slide."""

    REAL = "real"  # an actual run, with a seed
    SIMULATED = "simulated"  # an actual run, but on rules or raters that we wrote
    ILLUSTRATIVE = "illustrative"  # no run behind it
    SUPPLIED = "supplied"  # numbers from a file of the kit or the room


class ChartKind(StrEnum):
    """Names of the kinds that come with the package; a kind of a plugin is referred to by its name as text."""

    LINE = "line"  # series over categories (rounds, steps) or over x
    COLUMN = "column"  # vertical bars; several series are grouped
    BAR = "bar"  # horizontal bars, for long names; several series are grouped
    DOTS = "dots"  # dots with intervals over categories, a panel for each series
    STACKED = "stacked"  # columns of parts that add up to a whole
    WATERFALL = "waterfall"  # one series: a start, signed changes, and last the total they add up to
    FOREST = "forest"  # one row per estimate, with its interval
    SQUARES = "squares"  # a square for each thing that is counted; the second series is the marked part of the first
    SCATTER = "scatter"  # named points in a plane


class Series(Struct, frozen=True):
    """One row of numbers of a chart.

    Attributes:
        name: shown as a direct label; unique in its chart.
        values: one per category (or per x); ``None`` leaves a gap.
        x: abscissae for LINE over numbers and for SCATTER; empty means the chart's categories.
        low, high: interval ends, FOREST and error bars; empty or as long as ``values``.
        role: ``""`` (next colour), ``"accent"``, ``"context"`` (grey) or ``"stop"`` (blocked, wrong).
        labels: names of single points (SCATTER), words after the values of bars, or verdicts (FOREST, where "BLOCK" is drawn in the stop colour with a
            cross); empty or as long as ``values``.
    """

    name: str
    values: tuple[float | None, ...]
    x: tuple[float, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    role: str = ""
    labels: tuple[str, ...] = ()


class Reference(Struct, frozen=True):
    """A line to compare with: chance, a floor, "no change". Always drawn dashed with its name, unless it has sides.

    Attributes:
        axis: "y", a horizontal line at this value of the value axis, or "x", a vertical one.
        label: its words with the value at "{}", as in "peaks at {}"; without them "name: value" is printed.
        sides: names of the zones below and above the value, on which a FOREST draws its rows; "{}" is the value. They replace the label.
        worse: the zone that is bad news: "below", and above is good news; or "above", and below is no news, in grey.
    """

    name: str
    value: float
    axis: str = "y"
    label: str = ""
    sides: tuple[str, ...] = ()
    worse: str = "below"

    def __post_init__(self) -> None:
        """Round the value, as every number of a chart; refuse sides that aren't two."""
        force_setattr(self, "value", freeze(self.value))
        if len(self.sides) not in (0, 2):
            raise ValueError(f"the reference {self.name!r} has {len(self.sides)} sides; give two texts, or none")
        if self.worse not in ("below", "above"):
            raise ValueError(f"the worse side of {self.name!r} is 'below' or 'above', not {self.worse!r}")


class Chart(Struct, frozen=True):
    """A chart as data.

    Attributes:
        kind: name of a registered kind of chart, such as ``ChartKind.LINE``.
        title: a noun phrase for lists and files; not shown on the slide.
        measure: what is plotted and in which unit: the line under a slide's title.
        finding: one sentence with the result in words and numbers; the alternative text.
        neutral: a sentence without a claim, for other data; defaults to ``measure``.
        unit: name of a filter of ``workshop.wording.formats`` for value labels and ticks ("bits", "percent", "ratio", "count").
        x_unit: the same for the ticks of a numeric x axis; "" for plain numbers.
        decimals: of value labels; ``None`` for the usual number.
        highlight: categories in the accent colour; the others become context (bars of one series).
        basis: what it ran on, in one phrase, for the source line after "Real run, seed 0".
        y_min, y_max: limits of the value axis if they matter; else they are chosen.
        key: on paper, the chart with the answers, if people read its values off; it shows no values itself.
    """

    kind: str
    title: str
    measure: str
    finding: str
    series: tuple[Series, ...]
    categories: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    x_label: str = ""
    y_label: str = ""
    neutral: str = ""
    unit: str = "ratio"
    x_unit: str = ""
    decimals: int | None = None
    highlight: tuple[str, ...] = ()
    honesty: Honesty = Honesty.REAL
    basis: str = ""
    y_min: float | None = None
    y_max: float | None = None
    x_log: bool = False
    y_log: bool = False
    key: Chart | None = None

    def __post_init__(self) -> None:
        """Refuse a chart that no renderer could draw, and round every number, once and for all."""
        force_setattr(self, "series", tuple(_rounded(s) for s in self.series))
        for limit in ("y_min", "y_max"):
            force_setattr(self, limit, freeze(getattr(self, limit)))
        names = [s.name for s in self.series]
        if len(set(names)) != len(names):
            raise ValueError(f"chart {self.title!r}: two series share a name in {names}")
        _check_unit(self.title, self.unit)
        _check_unit(self.title, self.x_unit or self.unit)
        for s in self.series:
            if odd := [v for part in (s.values, s.x, s.low, s.high) for v in part if isinstance(v, str | bool)]:
                raise ValueError(f"chart {self.title!r}: series {s.name!r} has {odd[0]!r} where a number is needed")
            n = len(s.x) or len(self.categories)
            if len(s.values) != n:
                raise ValueError(f"chart {self.title!r}: series {s.name!r} has {len(s.values)} values for {n} places")
            for part in (s.low, s.high, s.labels):
                if part and len(part) != n:
                    raise ValueError(
                        f"chart {self.title!r}: series {s.name!r} has intervals or labels of another length"
                    )


def _check_unit(title: str, unit: str) -> None:
    if unit not in FILTERS:
        raise ValueError(f"{title!r} has the unit {unit!r}; there are: {', '.join(FILTERS)}")


def _rounded(series: Series) -> Series:
    return Series(
        series.name,
        freeze(list(series.values)),
        x=freeze(list(series.x)),
        low=freeze(list(series.low)),
        high=freeze(list(series.high)),
        role=series.role,
        labels=tuple(str(label) for label in series.labels),
    )


class Column(Struct, frozen=True):
    """A column of a table: its heading, the filter of ``workshop.wording.formats`` for its cells ("text" for words), and their decimals."""

    name: str
    unit: str = "text"
    decimals: int | None = None


class Table(Struct, frozen=True):
    """A table as data; numbers stay numbers until the plan prints them.

    Attributes:
        highlight: index of the row to highlight, or -1.
        finding, neutral, measure, honesty, basis: as in ``Chart``.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Scalar | None, ...], ...]
    finding: str
    measure: str = ""
    neutral: str = ""
    highlight: int = -1
    honesty: Honesty = Honesty.REAL
    basis: str = ""

    def __post_init__(self) -> None:
        """Check the shape, and round every number, once and for all."""
        force_setattr(self, "rows", freeze([list(row) for row in self.rows]))
        for column in self.columns:
            _check_unit(self.title, column.unit)
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"table {self.title!r}: a row has {len(row)} cells for {len(self.columns)} columns")


class Code(Struct, frozen=True):
    """A few lines of the demo's own source, shown as they run."""

    title: str
    text: str
    finding: str
    language: str = "python"
    measure: str = ""
    honesty: Honesty = Honesty.REAL
    basis: str = ""


Exhibit = Chart | Table | Code


class About(Struct, frozen=True):
    """The demo behind findings, stored with them, so that cached findings can be used without importing the demo.

    Attributes:
        name, title, claims: as in ``Demo``.
        seconds: how long the run took.
    """

    name: str
    title: str
    claims: Mapping[str, str]
    seconds: float = 0.0


class Findings(Struct, frozen=True):
    """What one run of one demo found.

    Attributes:
        facts: nested names to numbers, texts and tuples, frozen here; referred to as ``demo.path.to.fact``.
        exhibits: names to charts, tables and code; referred to as ``chart:demo.name`` and so on.
        about: the demo, added by the step that runs it; not part of what was found.
        tables: names to what the companion page needs for answering typed text; only pokes refer to them, and they
            are loaded only for these.
        told: what a build says of the run's data, a line each.
    """

    facts: Mapping[str, Any]
    exhibits: Mapping[str, Exhibit] = field(default_factory=dict)
    about: About | None = None
    tables: Mapping[str, Tabled] = field(default_factory=dict)
    told: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Freeze both mappings; refuse what isn't an exhibit."""
        force_setattr(self, "facts", freeze(self.facts))
        force_setattr(self, "exhibits", dict(self.exhibits))
        force_setattr(self, "tables", dict(self.tables))
        for name, exhibit in self.exhibits.items():
            if not isinstance(exhibit, Exhibit):
                raise TypeError(f"the exhibit {name!r} is {type(exhibit).__name__}, not Chart, Table or Code")


class Knob(Struct, frozen=True):
    """A parameter that users may change.

    Attributes:
        low, high: allowed range for numbers (both included); ignored for texts.
        meaning: one phrase for ``list demos``.
    """

    low: float
    high: float
    meaning: str


class Demo(Struct, frozen=True, kw_only=True):
    """A toy that actually runs.

    Attributes:
        function: keyword parameters only. A parameter named ``rng`` gets a ``numpy.random.Generator`` made
            from the run's seed and the demo's name. A parameter whose type has a ``load(path)`` class method is
            a data slot, bound in ``kit.yaml``. Every other parameter is a knob and has a default.
        claims: sentence -> expression over the demo's own facts; tested for the seed in use at each build, and
            for seeds 0 to 19 in the tests. The expression must state exactly what the sentence says.
        pokes: what people can do with it on the companion page.
        toy_of: what in the world it is a toy of, to be read after "a toy of"; "" to say nothing.
    """

    name: str
    title: str
    function: Callable[..., Findings]
    claims: Mapping[str, str] = field(default_factory=dict)
    knobs: Mapping[str, Knob] = field(default_factory=dict)
    pokes: tuple[Poke, ...] = ()
    toy_of: str = ""


def demo(
    name: str,
    *,
    title: str,
    claims: Mapping[str, str] | None = None,
    knobs: Mapping[str, Knob] | None = None,
    pokes: tuple[Poke, ...] = (),
    toy_of: str = "",
) -> Callable[[Callable[..., Findings]], Demo]:
    """Turn a function into a ``Demo``; importing the module has no other effect.

    Raises:
        ValueError: for a knob that the function has no parameter for, or whose default is out of its range.
    """

    def wrap(function: Callable[..., Findings]) -> Demo:
        parameters = signature(function).parameters
        for key, knob in (knobs or {}).items():
            if key not in parameters:
                there = ", ".join(parameters) or "none"
                raise ValueError(
                    f"{name} has the knob {key!r}, but its function has no such parameter (it has: {there})"
                )
            default = parameters[key].default
            if isinstance(default, int | float) and not knob.low <= default <= knob.high:
                raise ValueError(f"{name}.{key} is {default} by default, which is not from {knob.low} to {knob.high}")
        return Demo(
            name=name,
            title=title,
            function=function,
            claims=dict(claims or {}),
            knobs=dict(knobs or {}),
            pokes=pokes,
            toy_of=toy_of,
        )

    return wrap


class Worked(Struct, frozen=True):
    """A paper exercise made and solved by code.

    Attributes:
        givens: printed in the task, as ``given.name``.
        answer: one value, or names to values, as ``answer`` or ``answer.name``.
        working: the steps, plain text, as ``working.1``, ``working.2`` …
        accept: smallest and largest answer that counts as right (rounding on paper), or ``None``.
        exhibit: the solution as a chart or table, for a slide: ``chart:task.name``; or ``None``.
    """

    givens: Mapping[str, Any]
    answer: Any
    working: tuple[str, ...] = ()
    accept: tuple[float, float] | None = None
    exhibit: Exhibit | None = None

    def __post_init__(self) -> None:
        """Freeze the mappings that were given as plain dicts."""
        force_setattr(self, "givens", freeze(self.givens))
        force_setattr(self, "answer", freeze(self.answer))


# A problem function: (rng, level, facts of the run named by ``from=``) -> Worked
ProblemFunction = Callable[[Any, int, Mapping[str, Any]], Worked]


_ENTRY = re.compile(r"([^(]+) \(([^)]+)\): (.+)")


class Meaning(Struct, frozen=True):
    """The unit and the meaning of a fact, or of all facts whose names have any part where this one has a star."""

    name: str
    unit: str
    text: str

    def fits(self, name: str) -> bool:
        """Whether it is about the fact of this name.

        >>> [Meaning("suites.*.n", "count", "items").fits(name) for name in ("suites.tags.n", "suites.n")]
        [True, False]
        """
        return re.fullmatch(re.escape(self.name).replace(r"\*", "[^.]+"), name) is not None


def meanings(demo: Demo) -> tuple[Meaning, ...]:
    """Return the meanings that a demo declares in its function's docstring, under ``Facts:``, in order.

    An entry is ``names (unit): meaning``, with its names between commas; braces list parts of a name, and a star is any part.
    """
    section = cleandoc(demo.function.__doc__ or "").partition("\nFacts:\n")[2].partition("\n\n")[0]
    entries = re.sub(r"\n {8}", " ", section).split("\n")
    found = [match.groups() for entry in entries if (match := _ENTRY.fullmatch(entry.strip()))]
    return tuple(Meaning(name, unit, text) for names, unit, text in found for name in listed(names))


def listed(names: str) -> list[str]:
    """Return single names.

    >>> listed("runs, {first,last}.done")
    ['runs', 'first.done', 'last.done']
    """
    choices = (
        [part.split(",") if place % 2 else [part] for place, part in enumerate(re.split("[{}]", name))]
        for name in names.split(", ")
    )
    return ["".join(parts) for choice in choices for parts in product(*choice)]


def named(facts: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the name and value of every fact, with dots between the parts of a name."""
    for key, value in facts.items():
        if isinstance(value, Mapping):
            yield from named(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value
