"""A reward pushed too far: the proxy keeps rising while the true value falls.

It shows Goodhart's law on answers that differ in polish: the reward says "the more, the better", the true value is polish minus
``curvature`` times its square, and the policy is pulled further and further from ordinary answers. It leaves out votes and the
learning of a reward: both curves are written by us. Source: the form that Gao et al. 2022, arXiv 2210.10760, fitted to
best-of-n sampling; it isn't their reinforcement-learning result.

    >>> distance_, proxy, value = pushed(2, curvature=0.2)
    >>> round(distance_, 3), round(proxy, 3), round(value, 3)
    (2.0, 2.0, 1.2)
"""

from __future__ import annotations

import math

import numpy as np

from workshop.ai_models.toys.votes import Floats, distance, pulled

GRID = np.linspace(-8, 14, 2201)
ORDINARY = np.exp(-(GRID**2) / 2) / np.exp(-(GRID**2) / 2).sum()


def true_value(polish: Floats, curvature: float) -> Floats:
    """Return the true value of an answer with a given polish."""
    return polish - curvature * polish**2


def pushed(wanted: float, curvature: float) -> tuple[float, float, float]:
    """Pull the policy ``wanted`` nats away; return its distance, and the gains of reward and true value over ordinary answers."""
    # the bell curve moves by 1 / beta, and its KL distance is half the square of that
    policy = pulled(ORDINARY, GRID, 1 / math.sqrt(2 * wanted)) if wanted else ORDINARY
    gained = policy - ORDINARY
    return distance(policy, ORDINARY), float(gained @ GRID), float(gained @ true_value(GRID, curvature))
