"""Compares the policy for each weight with a numerical search for the highest reward minus a price for leaving the even start."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import log_softmax

from workshop.ai_models.demos.balance import CAUTION, CONFIDENCE, balance
from workshop.ai_models.toys.balance import COMPLY, RATINGS, REFUSE


def best_policy(rewards: np.ndarray, beta: float) -> np.ndarray:
    """Search for the policy with the most reward minus ``beta`` times its distance (KL, nats) from an even one."""

    def loss(logits):
        logs = log_softmax(logits)
        policy = np.exp(logs)
        return -(policy @ rewards - beta * (policy @ logs + np.log(len(rewards))))

    found = minimize(loss, np.zeros(len(rewards)), method="BFGS", options={"gtol": 1e-9})
    return np.exp(log_softmax(found.x))


@pytest.mark.parametrize("beta", [0.5, 1.0, 2.0])
def test_every_share_is_that_of_the_policy_found_by_searching(beta):
    found = balance.function(beta=beta).facts
    sweeps = {"caution": [(3, 2, w, 0.3) for w in CAUTION], "confidence": [(3, 2, 1, w) for w in CONFIDENCE]}
    kinds = {"benign": ("benign", REFUSE), "harmful": ("harmful", COMPLY), "bluff": ("unknown", COMPLY)}
    shares = {
        (sweep, kind): [best_policy(np.array(RATINGS[request]) @ weights, beta)[answer] for weights in rows]
        for sweep, rows in sweeps.items()
        for kind, (request, answer) in kinds.items()
    }
    for (sweep, kind), expected in shares.items():
        assert found[sweep][kind]["all"] == pytest.approx(expected, abs=1e-5), (sweep, kind)
    over = [weight for weight, share in zip(CAUTION, shares["caution", "benign"], strict=True) if share > 0.1]
    assert found["limit"] == (over[0] if over else -1)
