"""From picks to rewards to a policy: Bradley-Terry scores, the policy that they lead to, and DPO's shortcut.

``wins[i, j]`` is how often answer i was picked over answer j.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any, Generic, TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike, NDArray

from workshop.ai_models.parts.intervals import Z95

# ---------------------------------------------------------------- preference
Floats = NDArray[np.float64]


def with_phantoms(wins: ArrayLike) -> tuple[Floats, int]:
    """Give half a vote to both sides of each pair in which one lost every pick, and return the number of such pairs.

    Without it, an answer that never loses would get an infinite reward; 24 to 0 becomes 24.5 to 0.5, odds of 49 to 1.
    Pairs in which both sides have votes are left as counted.
    """
    counted = np.array(wins, float)
    shut_out = (counted == 0) & (counted.T > 0)
    return counted + 0.5 * (shut_out | shut_out.T), int(shut_out.sum())


def scores(wins: ArrayLike, steps: int = 5000) -> Floats:
    """Return the Bradley-Terry scores, with mean 0: the chance that i beats j is 1 / (1 + exp(s_j - s_i)).

    They are fitted by Hunter's (2004) iteration: strength = wins / sum over opponents of meetings / (both strengths).

    >>> a, b = scores([[0, 9], [3, 0]])
    >>> print(round(a - b, 3))                  # ln(9 / 3)
    1.099
    """
    won = np.array(wins, float)
    meetings = won + won.T
    strength = np.ones(len(won))
    for _ in range(steps):
        new = won.sum(axis=1) / (meetings / (strength[:, None] + strength)).sum(axis=1)
        new /= np.exp(np.log(new).mean())
        done = np.abs(new - strength).max() < 1e-13
        strength = new
        if done:
            break
    return np.asarray(np.log(strength))


def covariance(fitted: Floats, wins: ArrayLike) -> Floats:
    """Return the covariance of the scores, shape (answers, answers), where each score is relative to the mean of all.

    The variance of a difference i - j is ``c[i, i] + c[j, j] - 2 * c[i, j]``.
    """
    won = np.array(wins, float)
    chance = 1 / (1 + np.exp(fitted[None] - fitted[:, None]))
    weight = (won + won.T) * chance * (1 - chance)
    information = np.diag(weight.sum(axis=1)) - weight
    return np.asarray(np.linalg.pinv(information))


def not_told_apart(fitted: Floats, spread: Floats) -> list[tuple[int, int]]:
    """Return the pairs of answers for which the 95% interval of the difference contains 0; the higher score comes first."""
    order = sorted(range(len(fitted)), key=lambda i: -fitted[i])
    return [
        (i, j)
        for i, j in combinations(order, 2)
        if fitted[i] - fitted[j] <= Z95 * math.sqrt(spread[i, i] + spread[j, j] - 2 * spread[i, j])
    ]


def shares(logits: Floats) -> Floats:
    """Return softmax of ``logits``: positive, adding up to one."""
    chances = np.exp(logits - logits.max())
    return np.asarray(chances / chances.sum())


def pulled(start: ArrayLike, rewards: ArrayLike, beta: float) -> Floats:
    """Return the policy that maximizes reward minus ``beta`` times the KL divergence from ``start``.

    Its closed form is start x exp(reward / beta), scaled to add up to one.

    >>> pulled([0.5, 0.5], [np.log(3), 0], beta=1).round(3).tolist()
    [0.75, 0.25]
    """
    raised = np.log(np.asarray(start, float)) + np.asarray(rewards, float) / beta
    return shares(raised)


def distance(policy: ArrayLike, start: ArrayLike) -> float:
    """Return the Kullback-Leibler divergence of ``policy`` from ``start``, in nats."""
    p, q = np.asarray(policy, float), np.asarray(start, float)
    return float((p * np.log(p / q)).sum())


def dpo(wins: ArrayLike, start: ArrayLike, beta: float, steps: int = 2000, rate: float = 2.0) -> Floats:
    """Return the policy that direct preference optimisation finds from the same picks, without a reward model.

    Each step of gradient descent raises the log-probability of the picked answer and lowers that of the other one, most if
    the policy doesn't yet agree with the pick (Rafailov et al. 2023, equation 7).
    """
    won = np.array(wins, float)
    reference = np.log(np.asarray(start, float))
    logits = reference.copy()
    for _ in range(steps):
        lead = beta * (logits - reference)
        doubt = won / won.sum() / (1 + np.exp(lead[:, None] - lead))
        logits += rate / beta * (doubt.sum(axis=1) - doubt.sum(axis=0))
    return shares(logits)


def order_of(policy: Floats) -> list[int]:
    """Return the answers from the likeliest to the least likely; shares that agree to six digits count as equal."""
    return sorted(range(len(policy)), key=lambda i: (-round(float(policy[i]), 6), i))


def largest_gap(one: Floats, other: Floats) -> float:
    """Return the largest difference between two policies' shares."""
    return round(float(np.abs(one - other).max()), 6)


# ---------------------------------------------------------------- rated
# A kind of answer, with what a vote says of it.
class Rated(Struct, frozen=True, kw_only=True):
    """A kind of answer with its reward, the reward's 95% interval, and its share before, after and by DPO."""

    name: str
    reward: float
    low: float
    high: float
    before: float
    after: float
    direct: float


def rated_as(kind: str, values: tuple[Any, ...]) -> Rated:
    """Return a kind of answer with its reward, the ends of the reward's interval, and its three shares."""
    reward, low, high, before, after, direct = map(float, values)
    return Rated(name=kind, reward=reward, low=low, high=high, before=before, after=after, direct=direct)


def described(rated: Rated) -> dict[str, float | str]:
    """Return a kind of answer as facts."""
    return {name: getattr(rated, name) for name in ("name", "reward", "before", "after", "low", "high")}


# ---------------------------------------------------------------- picking
# Raters that pick between answers, and the weights of a reward fitted to their picks.
#
# Six answers have ratings that we wrote; a rater is a function of two rows of ratings and returns the chance that the first
# answer is picked.
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
PRINCIPLES = ("helpful", "honest", "cautious")  # the ratings that principles ask for, in order
CLEAR = 0.15  # difference of ratings from which a principle decides
PICKS = 300
CLOSE = 1e-12  # a step so short changes only the last digits
PRIOR = 0.1  # strength of the prior that keeps weights finite


def by_weights(weights: Array, noise: float = 1.0) -> Rater:
    """Return a rater that usually prefers the answer with the larger weighted sum."""
    return lambda a, b: float(1 / (1 + np.exp((b - a) @ weights / noise)))


def by_principles(order: tuple[str, ...]) -> Rater:
    """Return a rater that follows the first principle of ``order`` that clearly separates two answers."""
    places = [PRINCIPLES.index(name) for name in order]

    def rater(a: Array, b: Array) -> float:
        place = next((place for place in places if abs(a[place] - b[place]) > CLEAR), None)
        return 0.5 if place is None else 0.97 if a[place] > b[place] else 0.03

    return rater


def picks(rater: Rater, rng: np.random.Generator) -> Array:
    """Return winner minus loser, shape (picks, ratings), for pairs drawn at random."""
    ratings = np.array(list(ANSWERS.values()))
    chance = np.array([[rater(a, b) for b in ratings] for a in ratings])
    first = rng.integers(0, len(ratings), PICKS)
    second = (first + rng.integers(1, len(ratings), PICKS)) % len(ratings)
    sign = np.where(rng.random(PICKS) < chance[first, second], 1, -1)
    return np.asarray(sign[:, None] * (ratings[first] - ratings[second]))


def fitted(won: Array, prior: float = PRIOR, steps: int = 30) -> Array:
    """Return the weights of the reward, shape (ratings,): logistic regression on differences, by Newton's method."""
    weights, stiff = np.zeros(won.shape[1]), prior * np.eye(won.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-won @ weights))
        slope = won.T @ (1 - chance) - prior * weights
        bend = (won * (chance * (1 - chance))[:, None]).T @ won + stiff
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


# ---------------------------------------------------------------- choosing
# Drawing one of several things with given chances, again and again.
Thing = TypeVar("Thing")


class Choice(Struct, Generic[Thing], frozen=True):
    """Things to choose from, and for each of them the sum of its chance and the chances before it.

    Drawing takes one number between 0 and 1, as ``rng.choice(things, p=chances)`` does, and finds the same thing.
    """

    things: Sequence[Thing]
    sums: Sequence[float]

    @classmethod
    def of(cls, things: Sequence[Thing], chances: NDArray[np.float64]) -> Choice[Thing]:
        """Return a choice; the chances add up to 1."""
        sums = chances.cumsum()
        return cls(things, (sums / sums[-1]).tolist())

    def draw(self, rng: np.random.Generator) -> Thing:
        """Return one of the things."""
        return self.things[bisect_right(self.sums, rng.random())]
