"""An agent in a loop: with more steps it gets more done and does more harm, most of which a permission gate stops.

It shows how a small chance adds up over many steps: the agent visits rooms in a ring by tossing a coin, now and then proposes
something forbidden, and that step is lost. It leaves out the model: the policy is dice, and a real agent's slips aren't
independent. Source: a random walk with rules of our own.

    >>> done, harm, gated = play(np.random.default_rng(0), slip=0.02, missed=0.1, runs=1000)[-1]
    >>> done > 0.9 and gated < harm / 2
    True
"""

from __future__ import annotations

from typing import Any

import numpy as np

BUDGETS = (4, 8, 16, 32, 64)
ROOMS, NEEDED = 6, (1, 3, 5)


def play(rng: Any, slip: float, missed: float, runs: int) -> list[tuple[float, float, float]]:
    """Return, for every budget, the shares of runs that are done, that did harm, and that did harm in spite of the gate."""
    place = np.zeros(runs, dtype=int)
    seen = np.zeros((runs, ROOMS), dtype=bool)
    harm, gated = np.zeros((2, runs), dtype=bool)
    working = np.ones(runs, dtype=bool)
    looks = []
    for step in range(1, BUDGETS[-1] + 1):
        slips = working & (rng.random(runs) < slip)
        harm |= slips
        gated |= slips & (rng.random(runs) < missed)
        moves = working & ~slips
        place = np.where(moves, (place + rng.choice((-1, 1), runs)) % ROOMS, place)
        seen[np.arange(runs), place] |= moves
        working &= ~seen[:, NEEDED].all(axis=1)
        if step in BUDGETS:
            looks.append((float(1 - working.mean()), float(harm.mean()), float(gated.mean())))
    return looks
