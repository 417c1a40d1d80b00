"""The best choice of slides for a number of minutes, as a mixed-integer model."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct

from workshop.plan.slot.solver import Model

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
