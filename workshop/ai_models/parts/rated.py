"""A kind of answer, with what a vote says of it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


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
