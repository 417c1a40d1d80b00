"""Compares the choice of slides with all possible choices."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from workshop.plan.slot.best_choice import EVEN, IDLE, SURPLUS, Item, Limits, Section, choose, shortest


@st.composite
def kits(draw, most=9):
    """A few items in two or three sections with needs, spines and limits."""
    names = [f"s{k}" for k in range(draw(st.integers(1, 3)))]
    count = draw(st.integers(len(names), most))
    ids = [f"i{k}" for k in range(count)]
    items = tuple(
        Item(
            id=name,
            section=names[k % len(names)],
            minutes=draw(st.sampled_from((0, 0.5, 1, 2, 3, 5))),
            value=draw(st.integers(0, 6)) * 100,
            needs=tuple(draw(st.lists(st.sampled_from(ids), max_size=2))),
            hands_on=draw(st.booleans()),
            paper=draw(st.booleans()),
        )
        for k, name in enumerate(ids)
    )
    sections = []
    for name in names:
        own = [item.id for item in items if item.section == name]
        spine = draw(
            st.lists(st.lists(st.sampled_from(own), min_size=1, unique=True).map(tuple), min_size=1, max_size=2)
        )
        sections.append(Section(name, draw(st.sampled_from((1, 1.5, 2))), draw(st.booleans()), tuple(spine)))
    limits = Limits(draw(st.integers(1, 18)), draw(st.integers(0, 3)), draw(st.sampled_from((0.0, 0.25))))
    return items, tuple(sections), limits


def allowed(chosen, items, sections, limits):
    """Return whether a choice keeps every rule; written from the rules, not from the model."""
    by_id = {item.id: item for item in items}
    taken = [by_id[name] for name in chosen]
    inside = {item.section for item in taken}
    return (
        sum(item.minutes for item in taken) <= limits.minutes + 1e-9
        and all(need in chosen for item in taken for need in item.needs)
        and all(set(group) & chosen for s in sections if s.id in inside for group in s.spine)
        and all(s.id in inside for s in sections if s.keep)
        and (all(s.keep for s in sections) or any(s.id in inside for s in sections if not s.keep))
    )


def worth(chosen, items, sections, limits):
    """Return the weight of the sections that are in, then the value of the choice as defined in the docstring of ``choose``."""
    taken = [item for item in items if item.id in chosen]
    weight = sum(s.weight for s in sections if any(item.section == s.id for item in taken))
    value = float(sum(item.value for item in taken))
    for section in sections:
        own = sum(item.minutes for item in taken if item.section == section.id)
        value += EVEN * min(own, limits.minutes * section.weight / weight) if weight else 0
    minutes = sum(item.minutes for item in taken)
    active = sum(item.minutes for item in taken if item.hands_on)
    value -= SURPLUS * max(0, len({item.section for item in taken if item.paper}) - limits.sheets)
    return weight, value - IDLE * max(0.0, limits.hands_on * minutes - active)


def all_choices(items, sections, limits):
    ids = [item.id for item in items]
    for size in range(len(ids) + 1):
        for names in combinations(ids, size):
            if allowed(set(names), items, sections, limits):
                yield frozenset(names)


@settings(deadline=None, max_examples=120)
@given(kits())
def test_no_choice_that_keeps_the_rules_is_better(kit):
    chosen = choose(*kit)
    others = list(all_choices(*kit))
    if chosen is None:
        assert not others
        return
    assert chosen in others
    weight, value = worth(chosen, *kit)
    best = max((worth(other, *kit) for other in others), key=lambda pair: (round(pair[0], 6), pair[1]))
    assert weight == pytest.approx(best[0])
    assert value == pytest.approx(best[1], abs=1e-3)


@settings(deadline=None, max_examples=60)
@given(kits(most=40))
def test_a_large_choice_keeps_every_rule(kit):
    chosen = choose(*kit)
    if chosen is not None:
        assert allowed(set(chosen), *kit)


@settings(deadline=None, max_examples=40)
@given(kits(most=40))
def test_the_same_kit_has_the_same_choice(kit):
    assert choose(*kit) == choose(*kit)


@settings(deadline=None, max_examples=80)
@given(kits())
def test_the_shortest_choice_fits_exactly_its_own_minutes(kit):
    items, sections, _ = kit
    least = shortest(items, sections)
    free = Limits(1000, sheets=99)
    others = [sum(item.minutes for item in items if item.id in c) for c in all_choices(items, sections, free)]
    assert least == pytest.approx(min(others))
    assert choose(items, sections, replace(free, minutes=least)) is not None
    if least > 0.5:
        assert choose(items, sections, replace(free, minutes=least - 0.25)) is None


def test_a_section_goes_by_weight_when_not_all_spines_fit():
    items = tuple(Item(id=name, section=name, minutes=5, value=1000) for name in "abc")
    sections = tuple(Section(n, w, spine=((n,),)) for n, w in zip("abc", (1, 3, 2), strict=True))
    assert choose(items, sections, Limits(10)) == {"b", "c"}


def test_a_sheet_too_many_is_only_taken_for_a_spine():
    items = (
        *(Item(id=name, section=name, minutes=1, value=1000, paper=True) for name in "abc"),
        *(Item(id=f"{name}-talk", section=name, minutes=1, value=10) for name in "bc"),
    )
    alone = tuple(Section(name, spine=((name,),)) for name in "abc")
    either = (alone[0], *(Section(name, spine=((name, f"{name}-talk"),)) for name in "bc"))
    assert choose(items, alone, Limits(9, sheets=1)) >= {"a", "b", "c"}
    assert choose(items, either, Limits(9, sheets=1)) == {"a", "b-talk", "c-talk"}


def test_a_valuable_slide_never_displaces_a_whole_section():
    items = (
        Item(id="a", section="a", minutes=2, value=200),
        Item(id="dear", section="a", minutes=5, value=90_000),
        Item(id="b", section="b", minutes=4, value=1),
    )
    sections = (Section("a", spine=(("a",),)), Section("b", spine=(("b",),)))
    assert choose(items, sections, Limits(8)) == {"a", "b"}


def test_time_is_shared_between_sections_of_equal_weight():
    items = tuple(Item(id=f"{s}{k}", section=s, minutes=1, value=1000) for s in "ab" for k in range(10))
    sections = tuple(Section(s, spine=((f"{s}0",),)) for s in "ab")
    chosen = choose(items, sections, Limits(10))
    assert sum(name[0] == "a" for name in chosen) == 5
