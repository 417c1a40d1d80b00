"""The room is the human feedback: its picks become rewards, and the rewards pull the policy.

Every round compares two kinds of answer. One score per kind (the reward model) is fitted to the tallies; the assistant
then gives the kinds with higher scores more often, without moving far from where it started.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from workshop.ai_models.demos.trigram import contest, first_round
from workshop.ai_models.parts.choices import (
    Floats,
    Rated,
    covariance,
    described,
    distance,
    dpo,
    largest_gap,
    not_told_apart,
    order_of,
    pulled,
    rated_as,
    scores,
    with_phantoms,
)
from workshop.ai_models.parts.intervals import Z95
from workshop.inputs.ballots import Ballots, Pairs
from workshop.model.exhibits import (
    Chart,
    ChartKind,
    Column,
    Exhibit,
    Findings,
    Honesty,
    Knob,
    Reference,
    Series,
    Table,
    demo,
)
from workshop.model.frozen import Frozen
from workshop.model.pokes import Pick, Rounds
from workshop.wording.formats import number, ratio

# ---------------------------------------------------------------- votes exhibits
# Charts of the votes demo: tallies, rewards with intervals, the policy before and after, and two tables.
BETAS = (0.5, 1.0, 2.0, 4.0)


def honesty(ballots: Ballots) -> Honesty:
    """Return what is behind the votes: raters that we wrote, or people."""
    return Honesty.SIMULATED if ballots.simulated else Honesty.SUPPLIED


def basis(ballots: Ballots) -> str:
    """Return the phrase for the source line."""
    raters = "raters written by us" if ballots.simulated else "the votes of this room"
    return f"{sum(tally.votes for tally in ballots.rounds)} votes in {len(ballots.rounds)} rounds, {raters}"


def tally_table(ballots: Ballots) -> Table:
    """List the votes of every round."""
    widest = max(ballots.rounds, key=lambda tally: abs(tally.first_votes - tally.second_votes))
    sides = ((widest.first_votes, widest.first), (widest.second_votes, widest.second))
    (most, winner), (least, loser) = sorted(sides, reverse=True)
    return Table(
        title="Votes by round",
        columns=(Column("Round"), Column("Answer A"), Column("Answer B"), Column("A", "count"), Column("B", "count")),
        rows=tuple((t.round, t.first, t.second, t.first_votes, t.second_votes) for t in ballots.rounds),
        finding=f"The clearest of {len(ballots.rounds)} rounds is “{winner}” against “{loser}”, {most} to {least}",
        measure="Picks for each answer",
        honesty=honesty(ballots),
        basis=basis(ballots),
    )


def score_chart(shown: list[Rated], ballots: Ballots) -> Chart:
    """Draw the rewards with their intervals, the best first."""
    best, worst = shown[0], shown[-1]
    return Chart(
        ChartKind.FOREST,
        title="Rewards with intervals",
        measure="Reward of each kind of answer, with its 95% interval from the average answer",
        finding=f"“{best.name}” has the highest reward, {number(best.reward, 2)}, "
        f"“{worst.name}” the lowest, {number(worst.reward, 2)}",
        series=(
            Series(
                "reward",
                tuple(s.reward for s in shown),
                low=tuple(s.low for s in shown),
                high=tuple(s.high for s in shown),
            ),
        ),
        categories=tuple(s.name for s in shown),
        references=(Reference("average answer", 0, axis="x"),),
        unit="ratio",
        honesty=honesty(ballots),
        basis=basis(ballots),
    )


def policy_chart(shown: list[Rated], ballots: Ballots, beta: float) -> Chart:
    """Draw how often each kind of answer is given, before and after the votes."""
    best, worst = max(shown, key=move), min(shown, key=move)
    return Chart(
        ChartKind.BAR,
        title="Policy before and after",
        measure="Share of each kind of answer, before and after the votes",
        finding=f"“{best.name}” goes from {ratio(best.before)} to {ratio(best.after)}, "
        f"“{worst.name}” from {ratio(worst.before)} to {ratio(worst.after)}",
        series=(
            Series("before", tuple(s.before for s in shown), role="context"),
            Series("after", tuple(s.after for s in shown), role="accent"),
        ),
        categories=tuple(s.name for s in shown),
        unit="ratio",
        honesty=honesty(ballots),
        basis=f"{basis(ballots)}; beta {number(beta)}, shares before the votes written by us",
        y_min=0,
    )


def move(rated: Rated) -> float:
    """Return the rise of its share."""
    return rated.after - rated.before


def pull_table(before: Floats, rewards: Floats, top: int, ballots: Ballots, beta: float) -> Table:
    """List the results for other values of beta."""
    rows = []
    for value in BETAS:
        policy = pulled(before, rewards, value)
        rows.append((value, float(policy[top]), float(policy @ rewards), distance(policy, before)))
    return Table(
        title="How hard it is held",
        columns=(
            Column("Beta", "number"),
            Column(f"“{ballots.kinds[top]}”", "ratio"),
            Column("Mean reward", "ratio"),
            Column("Distance (nats)", "ratio"),
        ),
        rows=tuple(rows),
        finding=f"“{ballots.kinds[top]}” gets {ratio(rows[0][1])} at beta {number(BETAS[0])} "
        f"and {ratio(rows[-1][1])} at beta {number(BETAS[-1])}; the start was {ratio(float(before[top]))}",
        measure="One knob: how hard the assistant is held to its start",
        highlight=next((i for i, value in enumerate(BETAS) if math.isclose(value, beta)), -1),
        honesty=honesty(ballots),
        basis=basis(ballots),
    )


def dpo_table(shown: list[Rated], ballots: Ballots) -> Table:
    """List the policy from rewards beside the one that DPO finds from the same ballots."""
    gap = max(abs(rated.after - rated.direct) for rated in shown)
    return Table(
        title="With a reward model and without",
        columns=(
            Column("Answer"),
            Column("Before", "ratio"),
            Column("By rewards", "ratio"),
            Column("By DPO", "ratio"),
        ),
        rows=tuple((rated.name, rated.before, rated.after, rated.direct) for rated in shown),
        finding="Both ways give the same shares" if gap < 0.0005 else f"The two ways differ by up to {ratio(gap, 3)}",
        measure="Share of each kind of answer",
        honesty=honesty(ballots),
        basis=basis(ballots),
    )


# ---------------------------------------------------------------- votes pokes
# What people can do with the votes: pick the better answers themselves, alone or together with the room.
ALONE, ROOM = "me", "room"


def table(rounds: Pairs) -> Rounds:
    """Return the rounds with their texts, for picking."""
    return Rounds(tuple((*rounds.texts[name], *rounds.kinds[name]) for name in rounds.kinds if name in rounds.texts))


def counted(ballots: Ballots, rounds: Pairs) -> list[dict[str, Any]]:
    """Return the room's votes for each round that has texts: kinds ``a`` and ``b``, and how many picked each."""
    known = {tally.round: tally for tally in ballots.rounds}
    found = []
    for name in rounds.texts:
        tally, (a, b) = known.get(name), rounds.kinds[name]
        votes = (tally.first_votes, tally.second_votes) if tally is not None else (0, 0)
        found.append({"a": a, "b": b, "a_votes": votes[0], "b_votes": votes[1]})
    return found


def outcome(picks: str, whose: str, facts: Mapping[str, Any]) -> Mapping[str, Mapping[str, float]]:
    """Return the reward of each kind of answer and its share of the policy, after some picks.

    The picks are added to the room's votes; alone, every pair of answers begins with one vote for each.

    Args:
        picks: "A", "B" or "-" for each round.
        whose: "me" or "room".
        facts: of the run: ``tally``, ``start`` (the policy before), ``beta``.
    """
    kinds = list(facts["start"])
    place = {kind: number for number, kind in enumerate(kinds)}
    wins = np.zeros((len(kinds), len(kinds)))
    for pick, votes in zip(picks, facts["tally"], strict=True):
        a, b = place[votes["a"]], place[votes["b"]]
        first, second = (votes["a_votes"], votes["b_votes"]) if whose == ROOM else (1, 1)
        wins[a, b] += first + (pick == "A")
        wins[b, a] += second + (pick == "B")
    rewards = scores(with_phantoms(wins)[0])
    after = pulled(list(facts["start"].values()), rewards, facts["beta"])
    return {
        "Reward": dict(zip(kinds, map(float, rewards), strict=True)),
        "How often it answers so: before (thin), now": dict(zip(kinds, map(float, after), strict=True)),
    }


POKES = (
    Pick(
        "rounds",
        outcome,
        sets={ALONE: "Only mine", ROOM: "Mine and the room’s"},
        label="Which answer is better?",
        about="The room is the one on the slides: its votes are counted first, and your picks are added to them.",
        lead="Two answers per round: which would you rather get? Your picks give each kind of answer a reward, and the rewards "
        "move the model.",
    ),
)


# ---------------------------------------------------------------- votes
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
