"""The room is the human feedback: its picks become rewards, and the rewards pull the policy.

Every round compares two kinds of answer. One score per kind (the reward model) is fitted to the tallies; the assistant
then gives the kinds with higher scores more often, without moving far from where it started.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from workshop.ai_models.parts.votes_exhibits import (
    BETAS,
    Rated,
    contest,
    described,
    dpo_table,
    first_round,
    move,
    policy_chart,
    pull_table,
    rated_as,
    score_chart,
    tally_table,
)
from workshop.ai_models.parts.votes_pokes import POKES, counted, table
from workshop.ai_models.toys.intervals import Z95
from workshop.ai_models.toys.votes import (
    covariance,
    distance,
    dpo,
    largest_gap,
    not_told_apart,
    order_of,
    pulled,
    scores,
    with_phantoms,
)
from workshop.inputs.ballots import Ballots, Pairs
from workshop.model.exhibits import Exhibit, Findings, Frozen, Knob, demo

# The assistant's shares before anyone voted, written by us. Kinds that aren't listed divide the rest.
START = {"cites a card": 0.15, "says not sure": 0.2, "bluffs": 0.4, "refuses": 0.25}


def starting_policy(kinds: tuple[str, ...]) -> list[float]:
    """Return the share of each kind before the votes; equal shares if the kinds are not ours."""
    if set(kinds) != set(START):
        return [1 / len(kinds)] * len(kinds)
    return [START[kind] for kind in kinds]


@demo(
    "votes",
    title="From votes to rewards to a policy",
    claims={
        "The policy moves towards the rewards": "reward.after > reward.before",
        "DPO puts the answers into the same order": "dpo.same_order",
        "A harder pull towards the start moves less": "distance.held < distance.free",
    },
    knobs={"beta": Knob(0.05, 20, "how hard the assistant is held to where it started")},
    pokes=POKES,
)
def votes(*, ballots: Ballots, rounds: Pairs, compare: Ballots, beta: float = 1.0) -> Findings:
    """Fit the rewards and move the policy; ``rounds`` names the answers if the ballots don't.

    Args:
        compare: the votes of another room, whose order of answers is compared with this one's.
        beta: how hard the policy is held to where it started.

    Facts:
        rounds, votes, people (ballots, or else the most votes in a round), phantoms (pairs that needed half a vote), beta.
        top, bottom: ``name``, ``reward``, ``before``, ``after`` (shares, 0 to 1), ``low``, ``high`` (95% interval of the
        difference from the mean of all).
        even: number of rounds in which both answers got as many votes.
        pairs: ``n``, number of pairs of kinds; ``clear``, number of pairs for which the 95% interval of the difference
        excludes 0; ``unsure``, the others in words ("a or b", a list).
        fall, rise: the kinds whose share moved most: ``name``, ``before``, ``after``.
        first: round 1: ``a``, ``b``, ``a_votes``, ``b_votes``, ``gap`` (log of the odds), and from an even start
            ``half``, ``one``, ``two``: the share of the winner at beta 0.5, 1 and 2.
        contest: the clearest round in which both answers got votes, if possible not the first: ``found`` (yes or
            no), ``round``, ``winner`` and ``loser`` (A or B), ``most``, ``least`` (votes).
        reward: mean reward ``before`` and ``after``.
        distance: KL from the start in nats, ``used``, at beta 0.5 (``free``) and at 4 (``held``).
        dpo: ``same_order`` (yes or no), ``largest_gap`` between both policies' shares.
        order: the kinds from the highest reward to the lowest; ``other.order`` those of the other room, ``other.same``
            whether both orders are the same, ``other.simulated`` whether that room's votes are simulated.
        clear: whether the 95% interval of the top minus the bottom excludes 0.
        simulated: whether the file says that its votes are simulated.
        tally, start: the votes of each round, and the share of each kind before them.

    Exhibits: ``tally`` (table), ``scores`` (forest), ``policy`` (bars before and after), ``pull`` (table by beta),
        ``dpo`` (table: the shares by reward model and by DPO).
    """
    ballots = ballots.named(rounds)
    wins, phantoms = with_phantoms(ballots.wins())
    rewards = scores(wins)
    spread = covariance(rewards, wins)
    errors = np.sqrt(np.diag(spread))
    before = np.array(starting_policy(ballots.kinds))
    after, direct = pulled(before, rewards, beta), dpo(wins, before, beta)
    values = zip(rewards, rewards - Z95 * errors, rewards + Z95 * errors, before, after, direct, strict=True)
    rated = [rated_as(kind, row) for kind, row in zip(ballots.kinds, values, strict=True)]
    shown = sorted(rated, key=lambda r: -r.reward)
    top, bottom = shown[0], shown[-1]
    unsure = [(ballots.kinds[i], ballots.kinds[j]) for i, j in not_told_apart(rewards, spread)]
    pairs = len(shown) * (len(shown) - 1) // 2
    free, held = (distance(pulled(before, rewards, b), before) for b in (BETAS[0], BETAS[-1]))
    facts = Frozen(
        {
            "rounds": len(ballots.rounds),
            "votes": sum(tally.votes for tally in ballots.rounds),
            "people": ballots.people or max(tally.votes for tally in ballots.rounds),
            "phantoms": phantoms,
            "beta": beta,
            "top": described(top),
            "bottom": described(bottom),
            "fall": described(min(rated, key=move)),
            "rise": described(max(rated, key=move)),
            "first": first_round(ballots),
            "contest": contest(ballots),
            "even": sum(tally.first_votes == tally.second_votes > 0 for tally in ballots.rounds),
            "pairs": {"n": pairs, "clear": pairs - len(unsure), "unsure": [" or ".join(pair) for pair in unsure]},
            "reward": {"before": float(before @ rewards), "after": float(after @ rewards)},
            "distance": {"used": distance(after, before), "free": free, "held": held},
            "dpo": {"same_order": order_of(after) == order_of(direct), "largest_gap": largest_gap(after, direct)},
            "clear": not any({top.name, bottom.name} == set(pair) for pair in unsure),
            "order": [one.name for one in shown],
            "other": beside(compare.named(rounds), shown),
            "simulated": ballots.simulated,
            "tally": counted(ballots, rounds),
            "start": dict(zip(ballots.kinds, before, strict=True)),
        }
    )
    exhibits: dict[str, Exhibit] = {
        "tally": tally_table(ballots),
        "scores": score_chart(shown, ballots),
        "policy": policy_chart(shown, ballots, beta),
        "pull": pull_table(before, rewards, rated.index(top), ballots, beta),
        "dpo": dpo_table(shown, ballots),
    }
    return Findings(facts, exhibits, tables={"rounds": table(rounds)})


def beside(other: Ballots, shown: list[Rated]) -> dict[str, Any]:
    """Return the order of the answers in another room, and whether it is the same as in this one."""
    rewards = scores(with_phantoms(other.wins())[0])
    order = [other.kinds[place] for place in np.argsort(-rewards, kind="stable")]
    return {"order": order, "same": order == [one.name for one in shown], "simulated": other.simulated}
