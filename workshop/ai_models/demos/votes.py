"""The room is the human feedback: its picks become rewards, and the rewards pull the policy.

Every round compares two kinds of answer. One score per kind (the reward model) is fitted to the tallies; the assistant
then gives the kinds with higher scores more often, without moving far from where it started.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from workshop.ai_models.parts.voting import (
    BETAS,
    POKES,
    Rated,
    contest,
    counted,
    described,
    dpo_table,
    first_round,
    move,
    policy_chart,
    pull_table,
    rated_as,
    score_chart,
    table,
    tally_table,
)
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
from workshop.model.exhibits import Exhibit, Findings, Knob, demo

TIE = 1e-9  # least difference of two rewards that isn't rounding
# The assistant's shares before anyone voted, written by us. Kinds that aren't listed divide the rest.
START = {"cites a card": 0.15, "says not sure": 0.2, "bluffs": 0.4, "refuses": 0.25}


def starting_policy(kinds: tuple[str, ...]) -> list[float]:
    """Return the share of each kind before the votes; equal shares if the kinds are not ours."""
    if set(kinds) != set(START):
        return [1 / len(kinds)] * len(kinds)
    return [START[kind] for kind in kinds]


@demo(
    "votes",
    title="You are the feedback",
    toy_of="learning from human feedback (RLHF)",
    claims={
        "The assistant moves towards the rewards": "reward.after > reward.before",
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
        rounds, votes, people (count): rounds, votes, and ballots, or else the most votes in a round
        phantoms (count): pairs that needed half a vote
        beta (number): how hard the assistant is held to where it started
        {top,bottom,rise,fall}.name (text): kinds of answer: highest and lowest reward, largest rise and fall of the share
        {top,bottom,rise,fall}.{reward,low,high} (number): reward, and its 95% interval from the mean of all
        {top,bottom,rise,fall}.{before,after} (ratio): share before and after the votes
        first.{round,a,b} (text): the first round, and its answers
        first.{a_votes,b_votes} (count): its votes
        first.gap (number): log of its odds
        first.{half,one,two} (ratio): share of its first answer from an even start, at beta 0.5, 1 and 2
        contest.found (yes or no): whether a round with votes for both answers was decided
        contest.{round,winner,loser} (text): the clearest such round, if possible not the first
        contest.{most,least} (count): its votes
        even (count): rounds in which both answers got as many votes
        pairs.{n,clear} (count): pairs of kinds, and those whose 95% interval of the difference excludes 0
        pairs.unsure (text): the other pairs
        tied (yes or no): whether all rewards are level
        ranks (text): the kinds from the highest reward to the lowest, with those that are level
        reward.{before,after} (number): mean reward before and after
        distance.{used,free,held} (nats): how far the policy moved, at beta, at 0.5 and at 4
        dpo.same_order (yes or no): whether DPO puts the kinds into the same order
        dpo.largest_gap (ratio): largest difference between both policies' shares
        clear (yes or no): whether the interval of top minus bottom excludes 0
        order, other.order (text): kinds by falling reward, here and in the other room
        other.same (yes or no): whether both orders are the same
        simulated, other.simulated (yes or no): whether the file says that its votes are simulated
        tally (text): the votes of each round
        start.* (ratio): share of each kind before the votes

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
    facts = {
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
        "tied": top.reward - bottom.reward < TIE,
        "ranks": ranks(shown),
        "other": beside(compare.named(rounds), shown),
        "simulated": ballots.simulated,
        "tally": counted(ballots, rounds),
        "start": dict(zip(ballots.kinds, before, strict=True)),
    }
    exhibits: dict[str, Exhibit] = {
        "tally": tally_table(ballots),
        "scores": score_chart(shown, ballots),
        "policy": policy_chart(shown, ballots, beta),
        "pull": pull_table(before, rewards, rated.index(top), ballots, beta),
        "dpo": dpo_table(shown, ballots),
    }
    return Findings(facts, exhibits, tables={"rounds": table(rounds)})


def ranks(shown: list[Rated]) -> str:
    """Return the kinds in order, equal ones joined by "level with"."""
    said = shown[0].name
    for before, one in pairwise(shown):
        said += f"{', level with ' if before.reward - one.reward < TIE else ', '}{one.name}"
    return said


def beside(other: Ballots, shown: list[Rated]) -> dict[str, Any]:
    """Return the order of the answers in another room, and whether it is the same as in this one."""
    rewards = scores(with_phantoms(other.wins())[0])
    order = [other.kinds[place] for place in np.argsort(-rewards, kind="stable")]
    return {"order": order, "same": order == [one.name for one in shown], "simulated": other.simulated}
