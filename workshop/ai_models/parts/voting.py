"""A vote as charts, tables and facts: tallies, rewards with intervals, the policy before and after; and what people can do with the votes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from workshop.ai_models.toys.votes import Floats, distance, pulled, scores, with_phantoms
from workshop.inputs.ballots import Ballots, Pairs
from workshop.model.exhibits import Chart, ChartKind, Column, Honesty, Reference, Series, Table
from workshop.model.poke_tables import Rounds
from workshop.model.pokes import Outcome, Pick, Votes
from workshop.wording.formats import number, ratio

BETAS = (0.5, 1.0, 2.0, 4.0)


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


def honesty(ballots: Ballots) -> Honesty:
    """Return what is behind the votes: raters that we wrote, or people."""
    return Honesty.SIMULATED if ballots.simulated else Honesty.SUPPLIED


def basis(ballots: Ballots) -> str:
    """Return the phrase for the source line."""
    votes, rounds = sum(tally.votes for tally in ballots.rounds), len(ballots.rounds)
    if ballots.simulated:
        return f"{votes} votes in {rounds} rounds, raters written by us"
    return f"the votes of this room, {votes} in {rounds} rounds"


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
        title="Behaviour before and after",
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


def first_round(ballots: Ballots) -> dict[str, float | str]:
    """Return round 1 alone, as on paper: the gap is the log of the odds, and the start is even."""
    tally = next(tally for tally in ballots.rounds if tally.votes)
    counted, _ = with_phantoms([[0, tally.first_votes], [tally.second_votes, 0]])
    gap = math.log(counted[0, 1] / counted[1, 0])
    shares = {name: float(pulled([0.5, 0.5], [gap, 0], b)[0]) for name, b in (("half", 0.5), ("one", 1), ("two", 2))}
    return {
        "round": tally.round,
        "a": tally.first,
        "b": tally.second,
        "a_votes": tally.first_votes,
        "b_votes": tally.second_votes,
        "gap": gap,
        **shares,
    }


def contest(ballots: Ballots) -> dict[str, int | str | bool]:
    """Return the round for paper: the clearest one that is decided and has votes for both answers."""
    counted = [tally for tally in ballots.rounds if tally.votes]
    decided = [tally for tally in counted if 0 < tally.first_votes != tally.second_votes > 0]
    if not decided:
        return {"found": False, "round": "", "winner": "", "loser": "", "most": 0, "least": 0}
    others = [tally for tally in decided if tally is not counted[0]]
    tally = max(others or decided, key=lambda t: abs(t.first_votes - t.second_votes) / t.votes)
    winner, loser = ("A", "B") if tally.first_votes > tally.second_votes else ("B", "A")
    least, most = sorted((tally.first_votes, tally.second_votes))
    return {"found": True, "round": tally.round, "winner": winner, "loser": loser, "most": most, "least": least}


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


def voted(totals: Sequence[Votes], facts: Mapping[str, Any]) -> Outcome:
    """Return the reward of each kind of answer and its share of the policy, after the votes of all rounds.

    Args:
        totals: votes for A and for B of each round.
        facts: of the run: ``tally``, ``start`` (the policy before), ``beta``.
    """
    kinds = list(facts["start"])
    place = {kind: number for number, kind in enumerate(kinds)}
    wins = np.zeros((len(kinds), len(kinds)))
    for (first, second), votes in zip(totals, facts["tally"], strict=True):
        a, b = place[votes["a"]], place[votes["b"]]
        wins[a, b] += first
        wins[b, a] += second
    rewards = scores(with_phantoms(wins)[0])
    after = pulled(list(facts["start"].values()), rewards, facts["beta"])
    return {
        "Reward": dict(zip(kinds, map(float, rewards), strict=True)),
        "Share": dict(zip(kinds, map(float, after), strict=True)),
    }


POKES = (
    Pick(
        "rounds",
        voted,
        label="Which answer is better?",
        hands="Totals of a show of hands",
        lead="Pick the better answer. Each pick is a coin.",
    ),
)
