"""What people can do with the votes: pick the better answers themselves, alone or together with the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from workshop.ai_models.toys.votes import pulled, scores, with_phantoms
from workshop.inputs.ballots import Ballots, Pairs
from workshop.model.pokes import Hands, Outcome, Pick, Rounds, Votes

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


def outcome(picks: str, whose: str, facts: Mapping[str, Any]) -> Outcome:
    """Return the reward of each kind of answer and its share of the policy, after some picks.

    The picks are added to the room's votes; alone, every pair of answers begins with one vote for each.

    Args:
        picks: "A", "B" or "-" for each round.
        whose: "me" or "room".
        facts: of the run: ``tally``, ``start`` (the policy before), ``beta``.
    """
    before = [(votes["a_votes"], votes["b_votes"]) if whose == ROOM else (1, 1) for votes in facts["tally"]]
    totals = [
        (first + (pick == "A"), second + (pick == "B")) for pick, (first, second) in zip(picks, before, strict=True)
    ]
    return voted(totals, facts)


def voted(totals: Sequence[Votes], facts: Mapping[str, Any]) -> Outcome:
    """Return the reward of each kind of answer and its share of the policy, after the votes of all rounds.

    Args:
        totals: votes for A and for B of each round.
        facts: of the run, as for ``outcome``.
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
        "How often it answers so: before (thin), now": dict(zip(kinds, map(float, after), strict=True)),
    }


POKES = (
    Pick(
        "rounds",
        outcome,
        sets={ALONE: "Only mine", ROOM: "Mine and the room’s"},
        label="Which answer is better?",
        about="“The room” is the group whose votes this page was made with. They are counted first, and your picks are added to them.",
        lead="Two answers per round: which would you rather get? Your picks give each kind of answer a reward, and the rewards "
        "move the model.",
        hands=Hands(name="Our show of hands", label="The totals of your room", outcome=voted),
    ),
)
