"""A release gate: the candidate is better overall but worse in one suite, and the gate stops it.

It shows the plain rule that matters most, not to get worse at what the old model did well: two models are trained, compared item by
item on the same held-out items, and each suite gets a verdict from both ends of its interval. It leaves out people's judgements,
safety tests and costs. Source: the paired bootstrap and the exact form of McNemar's test, in the toy ``intervals``.

    >>> verdict(-0.2, -0.05, margin=0.02), verdict(-0.1, 0.05, margin=0.02), verdict(0, 0.1, margin=0.02)
    ('BLOCK', 'HOLD', 'PASS')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.ai_models.toys.intervals import exact_sign_p, paired_interval
from workshop.ai_models.toys.word_votes import Item, WordVotes

Suites = Mapping[str, tuple[Item, ...]]  # name -> items


def split(suites: Suites, rng: Any, share: float) -> tuple[Suites, Suites]:
    """Return (training items, held-out items); a random ``share`` of each suite is held out."""
    train, held = {}, {}
    for name, items in suites.items():
        order = rng.permutation(len(items))
        cut = round(share * len(items))
        held[name] = tuple(items[i] for i in sorted(order[:cut]))
        train[name] = tuple(items[i] for i in sorted(order[cut:]))
    return train, held


def verdict(low: float, high: float, margin: float) -> str:
    """Block if both ends lie below -margin, hold if only one does."""
    if high < -margin:
        return "BLOCK"
    return "HOLD" if low < -margin else "PASS"


def train(pool: Suites, sentences: Mapping[str, int], rng: Any) -> WordVotes:
    """Train a model on a number of sentences of each suite, drawn with replacement."""
    items = [pool[name][i] for name, n in sentences.items() for i in rng.integers(len(pool[name]), size=n)]
    return WordVotes.trained(items)


def compare(before: Sequence[bool], after: Sequence[bool], margin: float, rng: Any) -> dict[str, Any]:
    """Compare two models, item by item, on the same items."""
    n = len(before)
    gained = sum(a and not b for b, a in zip(before, after, strict=True))
    lost = sum(b and not a for b, a in zip(before, after, strict=True))
    low, high = paired_interval(gained, lost, n, rng)
    return {
        "n": n, "current": sum(before) / n, "candidate": sum(after) / n, "gained": gained, "lost": lost,
        "difference": (gained - lost) / n, "low": low, "high": high, "p": exact_sign_p(gained, lost),
        "verdict": verdict(low, high, margin),
    }  # fmt: skip
