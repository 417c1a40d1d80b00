"""Stage 4 on paper: from a tally to a reward gap, and from a gap to a policy."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from workshop.ai_models.problems.variants import draw, is_clear, whole
from workshop.model.exhibits import Worked
from workshop.wording.formats import number, ratio

# The odds in the small table of logarithms, besides the room's own
ODDS = (2.0, 3.0, 1.5, 4.0)
BETAS = {"half": 0.5, "one": 1.0, "two": 2.0}
# Number of harmless refusals that are as bad as one harmful request met
COST = 10
WEIGHTS_ON_PAPER = (0, 1, 2, 3, 4)
PULL = (9, 3)
MOST_PICKS = 60


def reward_gap(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Turn one of the room's own rounds into the gap between two rewards, the natural logarithm of the odds.

    Reads ``contest`` of the votes demo. The givens include a small table of logarithms with these odds. From an even start,
    the assistant then gives the answers in proportion to the picks. ``rng`` isn't used, since there is only one room, and both
    levels are the same.
    """
    del rng, level
    contest = facts["contest"]
    most, least = contest["most"], contest["least"]
    odds, share = most / least, most / (most + least)
    others = [other for other in ODDS if abs(other - odds) > odds / 10]
    listed = sorted([1.0, odds, *others[:3]])
    gap = math.log(odds)
    people = 100 * (most + least)
    return Worked(
        {
            "round": contest["round"],
            "winner": contest["winner"],
            "loser": contest["loser"],
            "most": most,
            "least": least,
            "people": people,
            "table": {str(i): {"odds": o, "ln": math.log(o)} for i, o in enumerate(listed, 1)},
        },
        {"odds": odds, "gap": gap, "swapped": -gap, "even": 0, "share": share, "rest": 1 - share, "met": 100 * least},
        (
            f"{most} / {least} = {ratio(odds)}",
            f"ln {ratio(odds)}",
            f"odds {least} / {most} = {ratio(least / most)}",
            f"{most} / {most + least}",
            f"{least} / {most + least}",
        ),
    )


def policy_pull(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Turn a tally into the shares of a policy that starts even, for three strengths of the hold: loose, usual, tight.

    From an even start, the ratio of the shares is the odds to the power of 1 / beta: 9 to 3 gives 0.90, 0.75 and 0.63 at beta
    1/2, 1 and 2. Both levels are the same, and ``facts`` aren't used.
    """
    del level, facts
    a, b = draw(rng, PULL, _tally)
    odds = a / b
    root = ratio(math.sqrt(odds))
    shares = {name: odds ** (1 / beta) / (1 + odds ** (1 / beta)) for name, beta in BETAS.items()}
    return Worked(
        {"a": a, "b": b, "odds": odds, "root": math.sqrt(odds)},
        {**shares, "squared": odds**2},
        (
            f"{number(odds)} to 1, so {number(odds)} / {number(odds + 1)}",
            f"{number(odds)}² = {number(odds**2)} to 1, so {number(odds**2)} / {number(odds**2 + 1)}",
            f"√{number(odds)} = {root} to 1, so {root} / {ratio(math.sqrt(odds) + 1)}",
        ),
    )


def _tally(rng: Any) -> tuple[int, int] | None:
    """Return picks of A and of B whose odds have one decimal."""
    a, b = whole(rng, 4, MOST_PICKS), (2, 5, 10, 15, 20)[whole(rng, 0, 4)]
    odds = a / b
    shares = [odds**power / (1 + odds**power) for power in (2, 1, 0.5)]
    fits = 1.2 <= odds <= 8 and odds % 1 > 0 and round(odds * 10, 6) % 1 == 0 and is_clear(math.sqrt(odds), 2)
    return (a, b) if fits and all(is_clear(share, 2) for share in shares) else None
