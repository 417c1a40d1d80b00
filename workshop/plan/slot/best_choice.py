"""The best choice of slides for a number of minutes: what each is worth, and the mixed-integer model, which HiGHS solves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.layouts import LAYOUTS, traits
from workshop.model.blocks import ShownChart, ShownCode, ShownTable
from workshop.model.kit import Slide, Stage


# ---------------------------------------------------------------- solver
# A mixed-integer model, built row by row and solved by HiGHS.
class Model(Struct):
    """Variables from 0 to a bound, and rows that keep weighted sums of them between two limits."""

    uppers: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[Mapping[int, float], float, float]] = field(default_factory=list)

    def variable(self, upper: float = 1.0, *, whole: bool = True) -> int:
        """Add a variable from 0 to ``upper`` and return its number."""
        self.uppers.append(upper)
        self.whole.append(whole)
        return len(self.uppers) - 1

    def row(self, terms: Mapping[int, float], low: float = -math.inf, high: float = math.inf) -> None:
        """Keep the sum of ``terms`` (variable -> factor) between ``low`` and ``high``."""
        self.rows.append((terms, low, high))

    def maximise(self, gains: Mapping[int, float]) -> list[float] | None:
        """Return the values of the variables that maximize the sum of ``gains``, or ``None`` if no values satisfy every row.

        One thread and a fixed seed: the same model has the same solution everywhere.
        """
        import highspy
        import numpy as np

        count, infinity = len(self.uppers), highspy.kHighsInf
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = count, len(self.rows)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.array([gains.get(k, 0.0) for k in range(count)])
        lp.col_lower_ = np.zeros(count)
        lp.col_upper_ = np.array(self.uppers)
        lp.integrality_ = [highspy.HighsVarType.kInteger if w else highspy.HighsVarType.kContinuous for w in self.whole]
        lp.row_lower_ = np.array([-infinity if low == -math.inf else low for _, low, _ in self.rows])
        lp.row_upper_ = np.array([infinity if high == math.inf else high for _, _, high in self.rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(terms) for terms, _, _ in self.rows)])
        lp.a_matrix_.index_ = np.array([k for terms, _, _ in self.rows for k in terms], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([factor for terms, _, _ in self.rows for factor in terms.values()])
        # the class behind Highs, which doesn't print a banner when it is created
        solver = highspy._Highs()  # type: ignore[attr-defined]  # noqa: SLF001 - see the line above
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0)):
            solver.setOptionValue(option, value)
        solver.passModel(lp)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return list(solver.getSolution().col_value)


# ---------------------------------------------------------------- choose
# The best choice of slides for a number of minutes.
#
# A knapsack with rules: a slide comes with everything it needs, a section that is in has its spine, and whole sections
# are dropped rather than spines. One mixed-integer model is solved exactly twice: first for the greatest weight of
# sections that can be in, then for the greatest value of slides among all choices of that weight.
EVEN = 250  # gain for a minute up to a section's fair share, in addition to the slide's own value
IDLE = 250  # loss for each minute that is missing from the wanted share of hands-on time
SURPLUS = 100_000  # loss for each sheet over the limit: only a spine is worth more
EXACT = 1e-6


class Item(Struct, frozen=True, kw_only=True):
    """A slide in the form that the choice needs.

    Attributes:
        value: its value in whole points.
        needs: ids of the items that it depends on; unknown ids are ignored.
        hands_on: whether participants do something.
        paper: whether it works on its section's printed sheet.
        either: groups of items; it needs at least one item of each.
        fixed: whether it must be in.
    """

    id: str
    section: str
    minutes: float
    value: int
    needs: tuple[str, ...] = ()
    hands_on: bool = False
    paper: bool = False
    either: tuple[tuple[str, ...], ...] = ()
    fixed: bool = False


class Rule(Struct, frozen=True):
    """A weighted sum of items (id -> factor) that must be between two bounds; unknown ids are ignored."""

    terms: Mapping[str, float]
    low: float = -math.inf
    high: float = math.inf


class Section(Struct, frozen=True):
    """A stage in the form that the choice needs.

    Attributes:
        weight: how much it counts when sections must be dropped; also its fair share of the minutes.
        keep: whether it must be in.
        spine: groups of item ids; a section that is in has at least one item of each group.
    """

    id: str
    weight: float = 1.0
    keep: bool = False
    spine: tuple[tuple[str, ...], ...] = ()


class Limits(Struct, frozen=True):
    """The limits of a choice.

    Attributes:
        minutes: most minutes of all items together.
        sheets: most sections whose sheet is worked on, unless spines need more.
        hands_on: wanted share of the minutes in which participants do something.
        least: fewest minutes of all items together.
        rules: further rules.
    """

    minutes: float
    sheets: int = 1_000_000
    hands_on: float = 0.0
    least: float = 0.0
    rules: tuple[Rule, ...] = ()


def choose(items: Sequence[Item], sections: Sequence[Section], limits: Limits) -> frozenset[str] | None:
    """Return the ids of the best items, or ``None`` if not even the shortest choice fits.

    The best choice has the largest sum of the items' values, plus ``EVEN`` for each minute of a section up to its fair share
    (its weight's part of all minutes), minus ``IDLE`` for each missing minute of hands-on time and ``SURPLUS`` for each sheet
    over the limit.
    """
    model, ins, open_ = _model(items, sections, limits)
    weights = {open_[s.id]: s.weight for s in sections}
    first = model.maximise(weights)
    if first is None:
        return None
    best = sum(weights[k] * round(first[k]) for k in weights)
    model.row(weights, low=best - EXACT)
    gains: dict[int, float] = {ins[item.id]: item.value for item in items}
    timed = [item for item in items if item.minutes]
    idle = model.variable(limits.minutes, whole=False)
    hands_on = {ins[item.id]: item.minutes * (item.hands_on - limits.hands_on) for item in timed}
    model.row({**hands_on, idle: 1.0}, low=0.0)
    gains[idle] = -IDLE
    gains[_sheets_over(model, items, ins, limits.sheets)] = -SURPLUS
    for section in sections:
        share = limits.minutes * section.weight / best if best else 0.0
        even = model.variable(share, whole=False)
        own = {ins[item.id]: -item.minutes for item in timed if item.section == section.id}
        model.row({even: 1.0, **own}, high=0.0)
        gains[even] = EVEN
    second = model.maximise(gains)
    return None if second is None else _chosen(second, ins)


def shortest(items: Sequence[Item], sections: Sequence[Section]) -> float:
    """Return the minutes of the shortest choice."""
    model, ins, _ = _model(items, sections, Limits(sum(item.minutes for item in items)))
    found = model.maximise({ins[item.id]: -item.minutes for item in items})
    chosen = _chosen(found, ins) if found else frozenset()
    return sum(item.minutes for item in items if item.id in chosen)


def _chosen(values: Sequence[float], ins: Mapping[str, int]) -> frozenset[str]:
    return frozenset(name for name, k in ins.items() if values[k] > 0.5)


def _model(
    items: Sequence[Item], sections: Sequence[Section], limits: Limits
) -> tuple[Model, dict[str, int], dict[str, int]]:
    """Return the rules as a model, and the variables of items and sections."""
    model = Model()
    ins = {item.id: model.variable() for item in items}
    open_ = {section.id: model.variable() for section in sections}
    for item in items:
        model.row({ins[item.id]: 1.0, open_[item.section]: -1.0}, high=0.0)
        for name in item.needs:
            if name in ins and name != item.id:
                model.row({ins[item.id]: 1.0, ins[name]: -1.0}, high=0.0)
        for group in item.either:
            model.row({**{ins[name]: 1.0 for name in group}, ins[item.id]: -1.0}, low=0.0)
        if item.fixed:
            model.row({ins[item.id]: 1.0}, low=1.0)
    for rule in limits.rules:
        terms = {ins[name]: factor for name, factor in rule.terms.items() if name in ins}
        if terms:
            model.row(terms, low=rule.low, high=rule.high)
    for section in sections:
        for group in section.spine:
            model.row({**{ins[name]: 1.0 for name in group}, open_[section.id]: -1.0}, low=0.0)
        if section.keep:
            model.row({open_[section.id]: 1.0}, low=1.0)
    if not all(section.keep for section in sections):
        model.row({open_[s.id]: 1.0 for s in sections if not s.keep}, low=1.0)
    timed = {ins[item.id]: item.minutes for item in items if item.minutes}
    model.row(timed, low=limits.least, high=limits.minutes)
    return model, ins, open_


def _sheets_over(model: Model, items: Sequence[Item], ins: Mapping[str, int], most: int) -> int:
    """Add a variable for the number of sheets over the limit, and return it."""
    paper = [item for item in items if item.paper]
    used = {name: model.variable(whole=False) for name in dict.fromkeys(item.section for item in paper)}
    for item in paper:
        model.row({ins[item.id]: 1.0, used[item.section]: -1.0}, high=0.0)
    over = model.variable(len(used), whole=False)
    model.row({**dict.fromkeys(used.values(), 1.0), over: -1.0}, high=most)
    return over


# ---------------------------------------------------------------- value
# The value of a slide, and the spine of a stage.
# points per minute: a minute of core is worth more than any minute of optional, and so on
PRIORITY = MappingProxyType({"core": 1000, "optional": 300, "deep": 50})
DEMO, TEXT = 115, 100  # factors in percent of slides that show a run, and of any others whose layout has none
BRIEF = 0.1  # minutes for which a slide without minutes counts
OWN = 150  # factor in percent for slides that show the user's own data
EDGE = 0.5  # weight of a section without a number; a stage has 1


def weight_of(slide: Slide) -> int:
    """Return the factor in percent for slides of the same priority: that of its layout, or by what it shows."""
    return _declared(slide) or (DEMO if is_demo(slide) else TEXT)


def _declared(slide: Slide) -> int:
    return LAYOUTS[slide.layout].weight if slide.layout in LAYOUTS else 0


def is_demo(slide: Slide) -> bool:
    """Whether a slide shows a chart, a table or code that wasn't written by hand, on a layout for anything."""
    blocks = [block for _, blocks in slide.slots for block in blocks]
    return not _declared(slide) and any(
        isinstance(b, ShownChart | ShownCode) or (isinstance(b, ShownTable) and b.name) for b in blocks
    )


def to_choose(stage: Stage) -> tuple[Slide, ...]:
    """Return a stage's slides without its divider and the cover."""
    return tuple(slide for slide in stage.slides if "frames" not in traits(slide.layout))


def as_items(stages: Iterable[Stage]) -> tuple[Item, ...]:
    """Return all slides in the form that the choice needs."""
    return tuple(_item(slide, stage.id) for stage in stages for slide in to_choose(stage))


def _item(slide: Slide, stage: str) -> Item:
    percent = weight_of(slide) * (OWN if slide.own else 100) / 100
    value = round(max(slide.minutes, BRIEF) * PRIORITY[slide.priority] * percent / 100)
    return Item(
        id=slide.id,
        section=stage,
        minutes=slide.minutes,
        value=value,
        needs=slide.needs,
        hands_on="hands-on" in traits(slide.layout),
        paper="works" in traits(slide.layout),
        fixed=slide.must,
    )


def as_sections(stages: Iterable[Stage]) -> tuple[Section, ...]:
    """Return all stages that have slides, in the form that the choice needs; opening and closing must be in."""
    return tuple(
        Section(stage.id, stage.weight, spine=_spine(slides))
        if stage.number is not None
        else Section(stage.id, EDGE * stage.weight, keep=True, spine=_short_form(slides))
        for stage in stages
        if (slides := to_choose(stage))
    )


def _spine(slides: Sequence[Slide]) -> tuple[tuple[str, ...], ...]:
    """Return the spine of a stage, with core slides if possible.

    It is the opening, one demo, an exercise or a misconception, and something that participants do, at least a prediction.
    If the stage shows the user's own data, it is the first slide that shows them, and one more.
    """
    own = _best(slide for slide in slides if slide.own)
    groups = (
        _best(slides)[:1],
        _best(slide for slide in slides if is_demo(slide)),
        _best(slide for slide in slides if {"works", "corrects"} & traits(slide.layout)),
        _best(slide for slide in slides if "hands-on" in traits(slide.layout)),
        own[:1],
        own[1:],
    )
    return tuple(group for group in groups if group)


def _short_form(slides: Sequence[Slide]) -> tuple[tuple[str, ...], ...]:
    """Return the spine of an opening or closing section: the closing slide, else the first core slide; and the map."""
    last = tuple(slide.id for slide in slides if "closes" in traits(slide.layout))
    shown = tuple(slide.id for slide in slides if "maps" in traits(slide.layout))
    return tuple(group[:1] for group in (last or _best(slides), shown) if group)


def _best(slides: Iterable[Slide]) -> tuple[str, ...]:
    """Return the ids of the core slides, or of all slides if none is core."""
    given = tuple(slides)
    core = tuple(slide.id for slide in given if slide.priority == "core")
    return core or tuple(slide.id for slide in given)


def only(stages: Iterable[Stage], shown: frozenset[str]) -> tuple[Stage, ...]:
    """Return the stages with the slides that are shown; a stage without any is dropped, with its divider."""
    kept = []
    for stage in stages:
        choice = to_choose(stage)
        slides = tuple(slide for slide in stage.slides if "frames" in traits(slide.layout) or slide.id in shown)
        if not choice or any(slide.id in shown for slide in choice):
            kept.append(replace(stage, slides=slides))
    return tuple(kept)
