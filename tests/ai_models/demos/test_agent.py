"""Compares the agent's loop with its Markov chain, worked out state by state."""

from __future__ import annotations

from collections import defaultdict

import pytest

from workshop.ai_models.demos.agent import agent
from workshop.ai_models.toys.agent import BUDGETS

RING, WANTED = 6, frozenset({1, 3, 5})


def chances(budget: int, slip: float, counted: float = 1) -> tuple[float, float]:
    """Return the exact chances of having all sheds, and of harm before that, within ``budget`` steps.

    ``counted`` is the share of slips that do harm: all of them without a gate.
    """
    states = {(0, frozenset[int](), False): 1.0}  # (place, wanted sheds seen, slipped) of a run that still works
    done = harm = 0.0
    for _ in range(budget):
        after: defaultdict[tuple[int, frozenset[int], bool], float] = defaultdict(float)
        for (place, seen, slipped), p in states.items():
            after[place, seen, True] += p * slip * (1 if slipped else counted)
            if not slipped:
                after[place, seen, False] += p * slip * (1 - counted)
            for step in (1, -1):
                there = (place + step) % RING
                now = seen | ({there} & WANTED)
                if now == WANTED:
                    done += p * (1 - slip) / 2
                    harm += p * (1 - slip) / 2 * slipped
                else:
                    after[there, now, slipped] += p * (1 - slip) / 2
        states = after
    return done, harm + sum(p for (_, _, slipped), p in states.items() if slipped)


def near(share: float, chance: float, runs: int) -> bool:
    return abs(share - chance) < 4.5 * (chance * (1 - chance) / runs) ** 0.5 + 1e-12


@pytest.mark.parametrize(("slip", "missed"), [(0.02, 0.1), (0.1, 0.3), (0.5, 0)])
def test_done_and_harm_are_those_of_the_markov_chain(run, slip, missed):
    runs = 20_000
    rows = run(agent, seed=3, slip=slip, missed=missed, runs=runs).exhibits["gate"].rows
    assert [row[0] for row in rows] == list(BUDGETS)
    for budget, done, harm, gated_harm in rows:
        expected_done, expected_harm = chances(budget, slip)
        assert near(done, expected_done, runs), (budget, done, expected_done)
        assert near(harm, expected_harm, runs), (budget, harm, expected_harm)
        assert near(gated_harm, chances(budget, slip, missed)[1], runs), (budget, gated_harm)


def test_harm_levels_off_in_the_chain_too():
    harm = [chances(budget, 0.02)[1] for budget in BUDGETS]
    assert harm == sorted(harm)
    assert harm[4] - harm[3] < harm[3] - harm[2]


def test_the_headline_has_the_chains_first_and_last_budget(run):
    found = run(agent).facts
    for end, budget in (("first", BUDGETS[0]), ("last", BUDGETS[-1])):
        done, harm = chances(budget, found["slip"])
        assert near(found[end]["done"], done, found["runs"])
        assert near(found[end]["harm"], harm, found["runs"])
        assert near(found[end]["gated_harm"], chances(budget, found["slip"], found["missed"])[1], found["runs"])


def test_a_run_that_may_not_stop_early_slips_as_often_as_the_closed_form_says(run):
    found = run(agent).facts
    keeps_clean = 1.0
    for _ in range(BUDGETS[-1]):
        keeps_clean *= 1 - found["slip"]
    assert found["at_least_one"] == pytest.approx(1 - keeps_clean)
    assert chances(BUDGETS[-1], found["slip"])[1] < found["at_least_one"]  # a finished run no longer slips
