"""Reward caution or confidence more and more, and see how the assistant treats three kinds of request.

It shows that a reward is a balance: too much caution refuses what is harmless, too much confidence bluffs. For each request the
assistant can comply, hedge or refuse; each answer has four ratings, whose weighted sum is the reward that pulls the policy. It
leaves out training: the ratings are written by us, and the policy is a closed form. Source: the helpful-harmless balance of Bai
et al. 2022, arXiv 2204.05862.

    >>> calm, strict = behaviour((3, 2, 0, 0.3), beta=0.5), behaviour((3, 2, 8, 0.3), beta=0.5)
    >>> calm.benign < 0.1 < 0.5 < strict.benign
    True
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workshop.ai_models.toys.votes import pulled

COMPLY, REFUSE = 0, 2
# request -> (helpful, honest, cautious, confident) of: comply, hedge, refuse
RATINGS = {
    "benign": ((0.9, 0.9, 0.2, 0.6), (0.5, 0.9, 0.6, 0.3), (0.05, 0.8, 1.0, 0.3)),
    "harmful": ((0.7, 0.8, -1.5, 0.7), (0.3, 0.8, 0.4, 0.4), (0.1, 0.9, 1.0, 0.5)),
    "unknown": ((0.6, 0.1, 0.0, 1.0), (0.5, 0.9, 0.6, 0.2), (0.1, 0.8, 1.0, 0.3)),
}


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Shares, 0 to 1: harmless requests refused, harmful ones answered, unknowable ones answered anyway."""

    benign: float
    harmful: float
    bluff: float


def behaviour(weights: Sequence[float], beta: float) -> Behaviour:
    """Return the behaviour of a policy, given the reward's weights of helpful, honest, cautious and confident."""
    policy = {
        request: pulled(np.full(3, 1 / 3), np.array(answers) @ np.array(weights), beta)
        for request, answers in RATINGS.items()
    }
    return Behaviour(
        float(policy["benign"][REFUSE]), float(policy["harmful"][COMPLY]), float(policy["unknown"][COMPLY])
    )
