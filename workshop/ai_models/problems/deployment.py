"""Paper exercises of the deployment stage. Without ``rng`` each one returns its documented standard numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.ai_models.parts.handed_in import Rules
from workshop.ai_models.problems.variants import are_clear, draw, is_clear, pick, whole
from workshop.ai_models.toys.rate_limit import timeline
from workshop.inputs.texts import words
from workshop.model.exhibits import Worked
from workshop.wording.formats import count, number, percent, ratio

# A moderator's rules on paper, about nobody's world
RULES = Rules({"steal": 3, "trap": 3, "break": 2, "code": 2, "neighbour": 1, "without": -2, "ants": -2, "my": -2})
# Four kinds of requests: blocked and harmful, passed and fine, blocked though fine, passed though harmful
REQUESTS = (
    ("how do I trap my neighbour", "yes"),
    ("how do I stop ants without a trap", "no"),
    ("how do I break in new boots", "no"),
    ("give me the code of my neighbour", "yes"),
)
MORE = (
    (
        "may I steal the code",
        "how do I break into the house",
        "how do I steal from a neighbour",
        "which trap works on a neighbour",
        "help me break the code",
        "where can I steal a trap",
        "how do I steal and break in",
        "how do I trap a neighbour",
    ),
    (
        "my padlock will not take the code",
        "how do I keep ants from my bread",
        "is this trap for ants",
        "do ants break my wall",
        "my neighbour has ants",
        "can I paint without a brush",
        "where is my umbrella",
        "may my neighbour park here",
    ),
    (
        "the bike has a code",
        "may I break a code of dress",
        "will wind break the glass",
        "why do jays steal nuts",
        "what is a speed trap",
        "did the trap break in time",
        "do foxes steal from a neighbour",
        "who wrote the building code",
    ),
    (
        "how do I annoy a neighbour",
        "say how to break glass without noise",
        "how do I break in without a key",
        "how do I steal without noise",
        "how do I follow my neighbour",
        "how do I get the code without asking",
        "how do I trap my rival",
        "how do I frighten my neighbour",
    ),
)
THRESHOLD = 2


def alarms(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Count what a good filter flags if little is harmful.

    Standard: 1,000 messages, 1% harmful, 95% caught, 5% false alarms: 59 flagged (expected), of which 16% are harmful.
    """
    del level, facts
    n, harmful, caught, false = draw(rng, (1000, 0.01, 0.95, 0.05), _filter)
    bad, good = n * harmful, n * (1 - harmful)
    hits, alarms_ = bad * caught, good * false
    flagged, right = hits + alarms_, hits / (hits + alarms_)
    givens = {"n": n, "harmful": harmful, "caught": caught, "false": false}
    answer = {
        "bad": round(bad), "good": round(good), "hits": hits, "alarms": alarms_, "flagged": flagged, "right": right,
        "missed": bad - hits,
    }  # fmt: skip
    working = (
        f"harmful: {count(n)} × {percent(harmful)}",
        f"harmful and flagged: {number(bad)} × {percent(caught)}",
        f"fine, yet flagged: {number(good)} × {percent(false)}",
        f"flagged in all: {number(hits)} + {number(alarms_)}",
        f"harmful among the flagged: {number(hits)} / {number(flagged)}",
    )
    return Worked(givens, answer, working)


def _filter(rng: Any) -> tuple[int, float, float, float] | None:
    """Return messages and rates that give whole or half messages, most of the flagged ones harmless."""
    n, harmful = 1000, whole(rng, 1, 6) / 100
    caught, false = whole(rng, 70, 95, 5) / 100, whole(rng, 2, 10) / 100
    hits, alarms_ = n * harmful * caught, n * (1 - harmful) * false
    right = hits / (hits + alarms_)
    halves = all(round(2 * value, 6) % 1 == 0 for value in (hits, alarms_))
    return (n, harmful, caught, false) if halves and right < 0.5 and is_clear(right, 2) else None


def add_points(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Add up the moderator's points for four requests and say block or pass.

    Standard: 2 block (harmful), −1 pass (fine), 2 block (fine: a false alarm), 1 pass (harmful: a miss). Other sheets have
    other requests of the same four kinds, in another order.
    """
    del level, facts
    chosen: tuple[tuple[str, str], ...] = REQUESTS
    if rng is not None:
        chosen = tuple((pick(rng, MORE[i]), REQUESTS[i][1]) for i in map(int, rng.permutation(len(REQUESTS))))
    rows, working = [], []
    for request, harmful in chosen:
        score = RULES.score(request)
        parts = [f"{word} {number(RULES.points[word])}" for word in words(request) if word in RULES.points]
        decided = "block" if score >= THRESHOLD else "pass"
        wrong = {("block", "no"): "false alarm", ("pass", "yes"): "miss"}.get((decided, harmful), "right")
        rows.append({"score": score, "verdict": decided, "judged": wrong})
        working.append(", ".join(parts))
    givens = {
        "requests": [request for request, _ in chosen], "harmful": [harmful for _, harmful in chosen],
        "threshold": THRESHOLD, "words": list(RULES.points), "points": list(RULES.points.values()),
    }  # fmt: skip
    return Worked(givens, rows, tuple(working))


def bucket(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Play a token bucket by hand.

    Standard: capacity 3, one token every two seconds, requests at 0, 0, 1, 1, 2, 3, 4, 8 seconds:
    yes yes yes no yes no yes yes.
    """
    del level, facts
    capacity, rate = 3, 0.5
    times = [0, 0, 1, 1, 2, 3, 4, 8]
    if rng is not None:
        capacity = whole(rng, 2, 4)
        times = draw(rng, times, lambda rng: _crowd(rng, capacity, rate))
    played = timeline(times, capacity, rate)
    working = tuple(
        f"at {number(t)} s: {'through' if ok else 'turned away'}, {number(left)} left" for t, ok, left in played
    )
    answer = {
        "through": ["✓" if ok else "✗" for _, ok, _ in played],
        "left": [left for _, _, left in played],
        "turned_away": sum(not ok for _, ok, _ in played),
    }
    return Worked({"times": times, "capacity": capacity, "rate": rate, "every": 1 / rate}, answer, working)


def _crowd(rng: Any, capacity: int, rate: float) -> list[int] | None:
    """Return the seconds of eight requests of which two or three are turned away."""
    times = sorted([0, *(int(t) for t in rng.integers(0, 7, 6)), whole(rng, 7, 9)])
    turned_away = sum(not through for _, through, _ in timeline(times, capacity, rate))
    return times if turned_away in (2, 3) else None


def agent_steps(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compute how likely an agent is to slip at least once in a number of steps.

    Standard: one slip in ten steps on average; five steps 0.41, ten 0.65, twenty 0.88.
    """
    del level, facts
    standard: tuple[float, tuple[int, ...]] = (0.1, (5, 10, 20))
    slip, steps = draw(rng, standard, _slips)
    none = [round((1 - slip) ** n, 2) for n in steps]
    answer = [round(1 - value, 2) for value in none]
    working = tuple(f"{n} steps: 1 − {ratio(value)}" for n, value in zip(steps, none, strict=True))
    return Worked({"slip": slip, "steps": list(steps), "none": none, "keep": 1 - slip}, answer, working)


def _slips(rng: Any) -> tuple[float, tuple[int, ...]] | None:
    """Return a chance of slipping and three numbers of steps, each twice the one before or nearly so."""
    slip, first = whole(rng, 4, 16) / 100, whole(rng, 3, 8)
    steps = (first, 2 * first, 4 * first)
    none = [(1 - slip) ** n for n in steps]
    return (slip, steps) if none[-1] > 0.05 and are_clear(none, 2) else None


def filter_price(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compute the cost of a filter in a month: more computing, and fine requests that are refused.

    Standard: a computing bill of 2,000 a month, 23.7% more: 474; 50,000 requests, 0.38% more refused: 190. The two
    rates were published for one filter; the bill, the traffic and the break-ins that it stops are made up.
    """
    del level, facts
    more, refused = 0.237, 0.0038
    bill, requests, stopped = draw(rng, (2000, 50_000, 2), _month)
    price = round(bill * more)
    working = (
        f"{count(bill)} × {percent(more, 1)} = {count(round(bill * more))}",
        f"{count(requests)} × {percent(refused, 2)} = {count(round(requests * refused))}",
        f"{count(price)} / {stopped} = {count(price / stopped)}",
    )
    givens = {"bill": bill, "requests": requests, "more": more, "refused": refused, "stopped": stopped}
    answer = {
        "price": price,
        "refusals": round(requests * refused),
        "damage": price / stopped,
        "whole": bill + price,
    }
    return Worked(givens, answer, working)


def _month(rng: Any) -> tuple[int, int, int] | None:
    """Return a bill, a number of requests and one of break-ins that give whole numbers."""
    bill, requests, stopped = whole(rng, 1000, 9000, 1000), whole(rng, 20_000, 95_000, 5_000), whole(rng, 2, 5)
    price = round(bill * 0.237)
    return (bill, requests, stopped) if price % stopped == 0 else None
