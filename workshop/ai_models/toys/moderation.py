"""A moderator whose scores can be added up by hand: each word has points, and a request with enough points is blocked.

It shows the trade of every filter: blocking more also blocks more that is fine, rules do worse on requests that nobody looked at
while writing them, and if little is harmful, most alarms are false. It leaves out classifiers that read sentences; a word here has
the same points wherever it stands. Source: points of our own; the area under the curve as in Mann and Whitney 1947.

    >>> score({"steal": 3, "my": -2}, "who can steal my bike")
    1
    >>> flagged, hits = alarms(1000, harmful=0.01, caught=0.95, false=0.05)
    >>> round(flagged, 1), round(hits / flagged, 2)
    (59.0, 0.16)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.ai_models.toys.words import words


def score(points: Mapping[str, int], request: str) -> int:
    """Return the sum of the points of all words of a request; positive points are for blocking."""
    return sum(points.get(word, 0) for word in words(request))


def rates(points: Mapping[str, int], harmful: Sequence[str], fine: Sequence[str], threshold: int) -> dict[str, Any]:
    """Return false blocks and misses at a threshold, as shares and as numbers, and the area under the curve."""
    bad_scores, good_scores = ([score(points, request) for request in part] for part in (harmful, fine))
    blocked_fine = sum(score >= threshold for score in good_scores)
    missed = sum(score < threshold for score in bad_scores)
    wins = sum((bad > good) + 0.5 * (bad == good) for bad in bad_scores for good in good_scores)
    return {
        "harmful": len(harmful), "fine": len(fine), "blocked_fine": blocked_fine, "missed": missed,
        "false_blocks": blocked_fine / len(fine), "misses": missed / len(harmful),
        "auc": wins / (len(harmful) * len(fine)),
    }  # fmt: skip


def alarms(messages: int, harmful: float, caught: float, false: float) -> tuple[float, float]:
    """Return how many messages a filter flags on average, and how many of these are harmful."""
    hits = messages * harmful * caught
    return hits + messages * (1 - harmful) * false, hits
