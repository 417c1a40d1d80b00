"""Single rounds of a vote, in the form for paper."""

from __future__ import annotations

import math

from workshop.ai_models.toys.votes import pulled, with_phantoms
from workshop.inputs.ballots import Ballots


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
