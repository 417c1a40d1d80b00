"""From picks to rewards to a policy: Bradley-Terry scores, the policy that they lead to, and DPO's shortcut.

It shows the three links of the chain with exact solutions: ``wins[i, j]``, how often answer i was picked over answer j, becomes a
score per answer, and the scores pull a policy away from where it started. It leaves out the networks: there, one reward model
judges any answer, and reinforcement learning approaches what is a closed form here. Source: Bradley and Terry 1952; Hunter 2004;
Rafailov et al. 2023, arXiv 2305.18290.

    >>> a, b = scores([[0, 9], [3, 0]])
    >>> print(round(a - b, 3))                  # ln(9 / 3)
    1.099
    >>> pulled([0.5, 0.5], [np.log(3), 0], beta=1).round(3).tolist()
    [0.75, 0.25]
    >>> dpo([[0, 9], [3, 0]], [0.5, 0.5], beta=1).round(3).tolist()
    [0.75, 0.25]
"""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workshop.ai_models.toys.intervals import Z95

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
