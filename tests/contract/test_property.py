"""Tests that whatever is turned, drawn or voted, every line of slides, notes, sheets and keys can be right.

A draw is an audience, a seed, one stage, up to three of its knobs, and for the stage of the votes a room. Its number, which a
failure prints, makes it again: ``python -m pytest -m "" tests/contract/test_property.py -k "draws and 16" (the first of its four)``.
"""

import inspect
import random
from math import exp, log

import pytest

from tests.contract import kits
from workshop.ai_models.register import kit_folder
from workshop.build import plan
from workshop.check.check_words import words_for
from workshop.check.nonsense import check_sense
from workshop.errors import Severity
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

QUICK, BROAD, ALL, SHARED = 4, 16, 1000, 4  # draws in make test, make broad and make slow; draws of one seed
SEEDS, KNOBS, STAGES = 40, 3, 8
REGISTRY = standard_registry()
ROOMS = {  # votes for A and for B in each round
    "kit": None,
    "ties": [(7, 7)] * 6,
    "cycle": [(14, 6), (14, 6), (6, 14), (14, 6), (6, 14), (14, 6)],
    "unanimous": [(20, 0)] * 6,
    "three people": [(2, 1), (1, 2), (3, 0), (1, 2), (2, 1), (0, 3)],
    "one person": [(1, 0), (0, 1), (1, 0), (1, 0), (0, 1), (0, 1)],
}


def turned(draw, knob, default):
    """Return a value of a knob: one of its ends, or one in between, drawn evenly or by its logarithm."""
    how = draw.choice(["low", "high", "even", "logarithm" if knob.low > 0 else "even"])
    if how in ("low", "high"):
        value = getattr(knob, how)
    elif how == "even":
        value = draw.uniform(knob.low, knob.high)
    else:
        value = exp(draw.uniform(log(knob.low), log(knob.high)))
    return f"{round(value)}" if isinstance(default, int) else f"{value:.4g}"


def knobs_of(stage):
    """Return (demo, knob, its range, its default) for every number that can be turned in a stage."""
    demos = dict.fromkeys(run.demo for run in kits.content().stages[stage].runs)
    found = []
    for name in demos:
        demo = REGISTRY.get("demo", name)
        defaults = {p.name: p.default for p in inspect.signature(demo.function).parameters.values()}
        found += [
            (name, knob, spec, defaults[knob])
            for knob, spec in demo.knobs.items()
            if type(defaults[knob]) in (int, float)
        ]
    return found


def request(number, folder, cache):
    """Return what a draw asks for, in the words of the command line."""
    draw = random.Random(number)
    numbered = [k for k, stage in enumerate(kits.content().stages) if stage.meta.number is not None]
    stage = draw.choice(numbered)
    knobs = knobs_of(stage)
    chosen = draw.sample(knobs, min(len(knobs), draw.randint(0, KNOBS)))
    room = ROOMS[draw.choice(list(ROOMS))]
    data = {}
    if room and any(run.demo == "votes" for run in kits.content().stages[stage].runs):
        ballots = folder / "ballots.txt"
        ballots.write_text(
            "".join(f"{k},{a},{b}\n" for k, (a, b) in enumerate(room, start=1)).join(["round,a,b\n", ""])
        )
        data = {("votes", "ballots"): ballots}
    return Request(
        audience=draw.choice(kits.AUDIENCES),
        seed=number // SHARED % SEEDS,
        stages=(kits.content().stages[stage].id,),
        sets={(demo, knob): turned(draw, spec, default) for demo, knob, spec, default in chosen},
        data=data,
        minutes=kits.ALL,
        cache=cache,
    )


def wrong(asked):
    """Return the lines that can't be right, and what else a build with these options would complain about."""
    kit, problems = plan(kit_folder(), asked, REGISTRY, base=None)
    return [
        str(p)
        for p in (
            *check_sense(kit.slides, kit.sheets, words_for("en")),
            *(p for p in problems if p.severity is Severity.ERROR),
        )
    ]


@pytest.mark.parametrize(
    "first",
    [
        *range(0, QUICK, SHARED),
        *(pytest.param(first, marks=pytest.mark.broad) for first in range(QUICK, BROAD, SHARED)),
        *(pytest.param(first, marks=pytest.mark.slow) for first in range(BROAD, ALL, SHARED)),
    ],
)
def test_every_line_of_four_draws_can_be_right(first, tmp_path, cache):
    found = {}
    for number in range(first, first + SHARED):
        asked = request(number, tmp_path, cache)
        if lines := wrong(asked):
            found[number] = (asked.audience, asked.seed, asked.stages, dict(asked.sets), bool(asked.data), lines)
    assert found == {}


@pytest.mark.slow
@pytest.mark.parametrize("number", range(60))
def test_every_line_of_a_whole_plan_can_be_right(number, cache):
    draw = random.Random(number)
    asked = Request(
        audience=draw.choice(kits.AUDIENCES), seed=number % SEEDS, minutes=draw.randrange(25, 361, 5), cache=cache
    )
    assert wrong(asked) == []
