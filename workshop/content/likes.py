"""Audiences that are like another: what they take from it, and what they say anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from workshop.content.metadata import keys_of
from workshop.errors import Report, did_you_mean
from workshop.model.meta import (
    AudienceMeta,
)
from workshop.model.source import AudienceSource

# Audiences that are like another: ``like: general`` gives them everything that is meant for that audience.
#
# What they say themselves replaces it: a key of their file, a slide of the same id with ``for=nurses``, a ``for=-nurses``. Everything is
# spelled out while a kit is read: ``for=general`` becomes ``for=general,nurses``, so no later step knows of likes.
T = TypeVar("T")
Likes = Mapping[str, tuple[str, ...]]  # audience -> those that it is like, the nearest first; only audiences with like:
LISTS = ("for", "booklet")  # attributes that are lists of audiences
BY_NAME = ("weights", "moments", "longer", "asks")  # keys whose entries are replaced one by one
SLOT = ""  # the entry of minutes: that is the slot


def with_likes(audiences: Sequence[AudienceSource], report: Report) -> tuple[tuple[AudienceSource, ...], Likes]:
    """Return the audiences with the keys of those that they are like, and who is like whom; wrong names are reported."""
    known = {audience.id: audience for audience in audiences}
    likes: dict[str, tuple[str, ...]] = {}
    for audience in audiences:
        if audience.meta.like:
            likes[audience.id] = tuple(_line(audience, known, report))
    made = []
    for audience in audiences:
        whole = audience
        for name in likes.get(audience.id, ()):
            whole = taking(whole, known[name])
        made.append(whole)
    return tuple(made), likes


def _line(audience: AudienceSource, known: Mapping[str, AudienceSource], report: Report) -> Iterator[str]:
    """Yield the audiences that one is like, the nearest first."""
    seen = {audience.id}
    while name := audience.meta.like:
        at = audience.places.get("like", audience.at)
        if name not in known:
            others = [other for other in known if other != audience.id]
            report.error(
                f"there is no audience {name!r} to be like", at, did_you_mean(name, others), "unknown-audience"
            )
            return
        if name in seen:
            hint = "name an audience that isn't like this one"
            report.error(f"{audience.id!r} is like {name!r}, which leads back to itself", at, hint, "audience")
            return
        seen.add(name)
        yield name
        audience = known[name]


def taking(audience: AudienceSource, other: AudienceSource) -> AudienceSource:
    """Return an audience with every key that another has and it doesn't; the entries of some keys one by one."""
    names = {name: key for key, name in keys_of(AudienceMeta).items()}
    said: dict[str, Any] = {}
    for name, key in names.items():
        own, theirs = getattr(audience.meta, name), getattr(other.meta, name)
        if key not in other.given or name == "like":
            continue
        if key not in audience.given:
            said[name] = theirs
        elif name in BY_NAME:
            said[name] = {**theirs, **own}
        elif name == "minutes":
            said[name] = {**_own_entries(theirs), **_own_entries(own)}
    return replace(audience, meta=audience.meta.but(**said), given=audience.given | other.given)


def _own_entries(minutes: float | Mapping[str, float] | None) -> Mapping[str, float]:
    return minutes if isinstance(minutes, Mapping) else {} if minutes is None else {SLOT: minutes}
