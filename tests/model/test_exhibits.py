"""Tests charts, facts and knobs of demos as they are declared."""

import re

import pytest

from workshop.model.exhibits import Chart, Findings, Knob, Meaning, Reference, Series, demo, meanings, named
from workshop.model.frozen import Frozen


def test_every_number_of_a_chart_is_rounded_to_nine_digits():
    """The last digits of a sum differ from one version of Python to the next."""
    long, short = 1.1238361442027065, 1.12383614
    chart = Chart(
        "line",
        "A chart",
        "bits",
        "It stays the same",
        (Series("read", (long,), x=(long,), low=(long,), high=(long,)),),
        references=(Reference("floor", long),),
        y_min=-long,
        y_max=long,
    )
    series = chart.series[0]
    assert (*series.values, *series.x, *series.low, *series.high) == (short,) * 4
    assert (chart.references[0].value, chart.y_min, chart.y_max) == (short, -short, short)


@demo("coin", title="A coin")
def coin() -> Findings:
    """Toss it.

    Facts:
        heads, {first,last}.side (text): what is up, at the end and
            at first
        shares.*.n (count): tosses

    Exhibits: none (yet): these aren't facts.
    """
    return Findings(Frozen({"heads": "yes", "shares": {"a": {"n": 1}}}), {})


def test_meanings_are_read_from_the_docstring_name_by_name():
    said = "what is up, at the end and at first"
    names = [(meaning.name, meaning.unit, meaning.text) for meaning in meanings(coin)]
    assert names == [
        ("heads", "text", said),
        ("first.side", "text", said),
        ("last.side", "text", said),
        ("shares.*.n", "count", "tosses"),
    ]


def test_a_demo_without_a_docstring_declares_nothing():
    bare = demo("bare", title="Bare")(lambda: Findings(Frozen({}), {}))
    assert meanings(bare) == ()


def test_a_star_is_one_part_of_a_name():
    star = Meaning("shares.*.n", "count", "tosses")
    assert [name for name, _ in named(coin.function().facts) if star.fits(name)] == ["shares.a.n"]
    assert not star.fits("shares.a.b.n")


@pytest.mark.parametrize(
    ("knob", "words"),
    [
        ({"peeple": Knob(2, 100, "people")}, "has the knob 'peeple', but its function has no such parameter"),
        ({"people": Knob(2, 20, "people")}, "birthdays.people is 23 by default, which is not from 2 to 20"),
    ],
)
def test_a_knob_that_does_not_fit_its_function_is_refused_as_the_demo_is_declared(knob, words):
    def birthdays(*, people=23):
        return Findings({"people": people})

    with pytest.raises(ValueError, match=re.escape(words)):
        demo("birthdays", title="Two birthdays", knobs=knob)(birthdays)
