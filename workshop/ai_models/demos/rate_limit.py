"""A rate limit at work: a bucket of tokens, request by request."""

from __future__ import annotations

import inspect
import textwrap

from workshop.ai_models.parts.pokes_of_use import RATE_LIMIT
from workshop.ai_models.toys.rate_limit import Bucket, timeline
from workshop.model.exhibits import Chart, ChartKind, Code, Column, Findings, Knob, Reference, Series, Table, demo
from workshop.wording.formats import number

TIMES = (0, 0, 1, 1, 2, 3, 4, 8)


@demo(
    "rate_limit",
    title="Who gets through the rate limit?",
    toy_of="the limit on how often you may ask a service",
    claims={"Every request is either through or turned away": "passed + turned_away == requests"},
    knobs={"capacity": Knob(1, 20, "tokens that the bucket holds"), "rate": Knob(0, 20, "tokens added per second")},
    pokes=RATE_LIMIT,
)
def rate_limit(*, capacity: int = 3, rate: float = 0.5) -> Findings:
    """Send eight requests.

    Facts:
        times (seconds): when each request comes
        through (yes or no): whether it gets through
        left (number): tokens left after it
        passed, turned_away, requests (count): requests that get through, that are turned away, and all
        capacity (count): tokens that the bucket holds
        rate (number): tokens added per second
        played.left (number): tokens in the bucket at the start and after each request
        played.{passed,away} (count): requests that got through and that were turned away by then
        played.news (text): what has just happened, in a sentence
    """
    played = timeline(TIMES, capacity, rate)
    passed = sum(ok for _, ok, _ in played)
    finding = f"{passed} of {len(played)} requests get through, {len(played) - passed} are turned away."
    basis = f"bucket of {capacity}, {number(rate)} tokens per second; plain code, no model"
    chart = Chart(
        ChartKind.COLUMN,
        title="Tokens left after each request",
        measure="Tokens left after each request, by second; yes is through, no is turned away",
        finding=finding,
        categories=tuple(f"{number(t)} s {'yes' if ok else 'no'}" for t, ok, _ in played),
        series=(Series("left", tuple(left for _, _, left in played)),),
        references=(Reference("one token", 1.0),),
        unit="number",
        highlight=tuple(f"{number(t)} s yes" for t, ok, _ in played if ok),
        basis=basis,
        y_min=0.0,
    )
    table = Table(
        "Request by request",
        (Column("Second", "number"), Column("Through"), Column("Tokens left", "number")),
        tuple((t, "yes" if ok else "no", left) for t, ok, left in played),
        finding=finding,
        measure=f"A bucket of {capacity} tokens, {number(rate)} added per second; each request takes one whole token",
        basis=basis,
    )
    facts = {
        "times": TIMES, "through": [ok for _, ok, _ in played], "left": [left for _, _, left in played],
        "passed": passed, "turned_away": len(played) - passed, "requests": len(played), "capacity": capacity,
        "rate": rate,
    }  # fmt: skip
    facts["played"] = {
        "left": [capacity, *(left for _, _, left in played)],
        "passed": [sum(ok for _, ok, _ in played[:sent]) for sent in range(len(played) + 1)],
        "away": [sum(not ok for _, ok, _ in played[:sent]) for sent in range(len(played) + 1)],
        "news": ["Nothing was sent yet: the bucket is full.", *(news(*request) for request in enumerate(played, 1))],
    }
    code = textwrap.dedent(inspect.getsource(Bucket.allows))
    rule = Code("The rule of the bucket", code, "Fill up, then take a whole token or turn away")
    return Findings(facts, {"left": chart, "timeline": table, "rule": rule})


def news(sent: int, request: tuple[float, bool, float]) -> str:
    """Return what happened to a request, the ``sent``-th one, in a sentence."""
    at, ok, left = request
    return f"Request {sent}, after {number(at)} s, {'gets through' if ok else 'is turned away'}: {number(left)} left in the bucket."
