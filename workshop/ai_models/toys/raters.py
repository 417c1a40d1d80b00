"""Raters that pick between answers, and the weights of a reward fitted to their picks.

It shows that a reward learns the taste of whoever does the picking: weights that stand for people or for a model, or principles
asked in order. A rater is a function of two rows of ratings and returns the chance that the first answer is picked. It leaves out
the texts and real raters: answers are ratings, and tastes are weights, that we wrote. Source: Bai et al. 2022 (Constitutional AI); Lee et al. 2023 (RLAIF); Newton's method.

    >>> honest_first = by_principles(("honest", "helpful"))
    >>> honest_first(np.array([0.1, 0.9, 0, 0]), np.array([0.9, 0.1, 0, 0]))
    0.97
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Rater = Callable[[Array, Array], float]

RATINGS = ("helpful", "honest", "cautious", "confident")
# Answer -> its ratings, from 0 to 1
ANSWERS = {
    "full, with its source": (0.9, 0.9, 0.3, 0.6),
    "full, a bluff": (0.8, 0.1, 0.0, 1.0),
    "short, “not sure”": (0.6, 0.9, 0.6, 0.2),
    "refuses politely": (0.1, 0.8, 1.0, 0.4),
    "vague": (0.3, 0.5, 0.5, 0.3),
    "asks back": (0.4, 0.8, 0.7, 0.1),
}
PEOPLE = np.array([3.0, 3.0, 0.5, 0.3])  # how much each rating counts for the people of this toy
PRINCIPLES = RATINGS[:3]  # the ratings that principles ask for
ORDERS = tuple(permutations(PRINCIPLES))
CLEAR = 0.15  # difference of ratings above which a principle decides
SURE = 0.97  # chance of the pick for which a principle decides
PICKS = 300
CLOSE = 1e-12  # a step so short changes only the last digits
PRIOR = 0.1  # strength of the prior that keeps weights finite


def by_weights(weights: Array, noise: float = 1.0) -> Rater:
    """Return a rater that usually prefers the answer with the larger weighted sum; more noise, more random picks."""
    return lambda a, b: float(1 / (1 + np.exp((b - a) @ weights / noise)))


def by_principles(order: tuple[str, ...]) -> Rater:
    """Return a rater that follows the first principle of ``order`` that clearly separates two answers."""
    places = [RATINGS.index(name) for name in order]

    def rater(a: Array, b: Array) -> float:
        place = next((place for place in places if abs(a[place] - b[place]) > CLEAR), None)
        return 0.5 if place is None else SURE if a[place] > b[place] else 1 - SURE

    return rater


def picks(rater: Rater, rng: np.random.Generator) -> Array:
    """Return winner minus loser, shape (picks, ratings), for pairs drawn at random."""
    ratings = np.array(list(ANSWERS.values()))
    chance = np.array([[rater(a, b) for b in ratings] for a in ratings])
    first = rng.integers(0, len(ratings), PICKS)
    second = (first + rng.integers(1, len(ratings), PICKS)) % len(ratings)  # any other answer
    sign = np.where(rng.random(PICKS) < chance[first, second], 1, -1)
    return np.asarray(sign[:, None] * (ratings[first] - ratings[second]))


def fitted(differences: Array, prior: float = PRIOR, steps: int = 30) -> Array:
    """Return the weights of the reward, shape (ratings,): logistic regression on differences, by Newton's method."""
    weights, prior_bend = np.zeros(differences.shape[1]), prior * np.eye(differences.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-differences @ weights))
        slope = differences.T @ (1 - chance) - prior * weights
        bend = (differences * (chance * (1 - chance))[:, None]).T @ differences + prior_bend
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < CLOSE:
            break
    return weights


def agreement(weights: Array) -> float:
    """Return the share of pairs of answers that a reward orders as people's weights do."""
    rewards, wanted = (np.array(list(ANSWERS.values())) @ w for w in (weights, PEOPLE))
    pairs = list(combinations(range(len(ANSWERS)), 2))
    return sum(bool((rewards[a] > rewards[b]) == (wanted[a] > wanted[b])) for a, b in pairs) / len(pairs)


def taught(rater: Rater, rng: np.random.Generator) -> Array:
    """Return the weights of the reward that a rater's picks teach."""
    return fitted(picks(rater, rng))
