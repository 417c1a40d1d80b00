"""Who does the picking: people, a model in their place, or written principles. What does the reward learn?

Six answers have ratings that we wrote. People want them helpful and honest; the model wants the same, but likes confidence
as well and is less noisy; the principles are asked in order, and the first that clearly parts two answers decides.
Each kind of rater picks from the same pairs, a reward is fitted to the picks, and we count how often the reward
orders two answers as people would. Sources of the settings: Bai et al. 2022; Lee et al. 2023.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from workshop.ai_models.parts.raters_exhibits import agreement_chart, weights_table
from workshop.model.exhibits import Findings, Frozen, Knob, demo

Array = NDArray[np.float64]
Rater = Callable[[Array, Array], float]

# Answer -> helpful, honest, cautious, confident: ratings from 0 to 1
ANSWERS = {
    "full, with its source": (0.9, 0.9, 0.3, 0.6),
    "full, a bluff": (0.8, 0.1, 0.0, 1.0),
    "short, “not sure”": (0.6, 0.9, 0.6, 0.2),
    "refuses politely": (0.1, 0.8, 1.0, 0.4),
    "vague": (0.3, 0.5, 0.5, 0.3),
    "asks back": (0.4, 0.8, 0.7, 0.1),
}
PEOPLE = np.array([3.0, 3.0, 0.5, 0.3])
PRINCIPLES = (1, 2, 0)  # be honest, be cautious, be helpful
CLEAR = 0.15  # difference of ratings that a principle needs
PICKS = 300
ROOMS = 20  # times everything is repeated
PRIOR = 0.1  # strength of the prior that keeps weights finite
NAMES = {"people": "People", "model": "A model", "principles": "Principles"}


def by_weights(weights: Array, noise: float = 1.0) -> Rater:
    """Return a rater that likes the answer with more of what it weighs, if not always."""
    return lambda a, b: float(1 / (1 + np.exp((b - a) @ weights / noise)))


def by_principles(a: Array, b: Array) -> float:
    """Return the chance that the first answer is picked: the first principle that parts them decides."""
    for part in PRINCIPLES:
        if abs(a[part] - b[part]) > CLEAR:
            return 0.97 if a[part] > b[part] else 0.03
    return 0.5


def picks(rater: Rater, rng: np.random.Generator) -> Array:
    """Return winner minus loser, shape (picks, ratings), for pairs drawn at random."""
    ratings = np.array(list(ANSWERS.values()))
    won = []
    for _ in range(PICKS):
        a, b = ratings[rng.choice(len(ratings), 2, replace=False)]
        won.append(a - b if rng.random() < rater(a, b) else b - a)
    return np.array(won)


def fitted(won: Array, prior: float = PRIOR, steps: int = 30) -> Array:
    """Return what the reward weighs, shape (ratings,): logistic regression on differences, by Newton's method."""
    weights = np.zeros(won.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-won @ weights))
        slope = won.T @ (1 - chance) - prior * weights
        bend = (won * (chance * (1 - chance))[:, None]).T @ won + prior * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def agreement(weights: Array) -> float:
    """Return the share of pairs of answers that a reward orders as people's own weights do."""
    rewards, wanted = (np.array(list(ANSWERS.values())) @ w for w in (weights, PEOPLE))
    pairs = list(combinations(range(len(ANSWERS)), 2))
    return sum(bool((rewards[a] > rewards[b]) == (wanted[a] > wanted[b])) for a, b in pairs) / len(pairs)


@demo(
    "raters",
    title="Who does the picking",
    claims={
        "People's own picks teach their order best": "people.agreement > model.agreement",
        "A model in their place comes next": "model.agreement > principles.agreement",
        "All of them beat a coin": "principles.agreement > .5",
    },
    knobs={
        "bias": Knob(0, 5, "how much the model likes confidence beyond what people do"),
        "noise": Knob(0.1, 3, "how noisy the model's picks are; people's noise is 1"),
    },
)
def raters(*, rng: np.random.Generator, bias: float = 2.0, noise: float = 0.5) -> Findings:
    """Pick, fit and compare.

    Facts:
        people, model, principles: each ``agreement`` (share of pairs ordered as people would), ``confident`` (mean weight
            of confidence) and ``best`` (the answer with the highest mean reward).
        answers, pairs, picks, rooms (repeats), bias, noise.

    Exhibits: ``agreement`` (bars), ``weights`` (table: what each reward weighs).
    """
    raters_ = {
        "people": by_weights(PEOPLE),
        "model": by_weights(PEOPLE + np.array([0, 0, 0, bias]), noise),
        "principles": by_principles,
    }
    weights = {name: np.array([fitted(picks(r, rng)) for _ in range(ROOMS)]) for name, r in raters_.items()}
    agreed = {name: float(np.mean([agreement(row) for row in rows])) for name, rows in weights.items()}
    mean = {name: rows.mean(axis=0) for name, rows in weights.items()}
    rewards = {name: np.array(list(ANSWERS.values())) @ row for name, row in mean.items()}
    facts = {
        **{
            name: {
                "agreement": agreed[name],
                "confident": float(mean[name][3]),
                "best": list(ANSWERS)[int(rewards[name].argmax())],
            }
            for name in NAMES
        },
        "answers": len(ANSWERS),
        "pairs": len(ANSWERS) * (len(ANSWERS) - 1) // 2,
        "picks": PICKS,
        "rooms": ROOMS,
        "bias": bias,
        "noise": noise,
    }
    return Findings(
        Frozen(facts),
        {
            "agreement": agreement_chart(NAMES, agreed, ROOMS, PICKS),
            "weights": weights_table(NAMES, mean, PEOPLE.tolist()),
        },
    )
