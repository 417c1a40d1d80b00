"""Audiences that are like another: ``like: general`` gives them everything that is meant for that audience.

What they say themselves replaces it: a key of their file, a slide of the same id with ``for=nurses``, a ``for=-nurses``. Everything is
spelled out while a kit is read: ``for=general`` becomes ``for=general,nurses``, so no later step knows of likes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from workshop.content.edits import Edit, Group
from workshop.content.schema import keys_of
from workshop.errors import At, Report, did_you_mean
from workshop.model.markup import Attrs
from workshop.model.meta import AudienceMeta
from workshop.model.source import AudienceSource

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
        if key not in other.given or name in ("title", "like"):
            continue
        if key not in audience.given:
            said[name] = theirs
        elif name in BY_NAME:
            said[name] = {**theirs, **own}
        elif name == "minutes":
            said[name] = {**_entries(theirs), **_entries(own)}
    return replace(audience, meta=audience.meta.but(**said), given=audience.given | other.given)


def _entries(minutes: float | Mapping[str, float] | None) -> Mapping[str, float]:
    return minutes if isinstance(minutes, Mapping) else {} if minutes is None else {SLOT: minutes}


# ---------------------------------------------------------------- for=
def shared(wanted: Sequence[tuple[str, str]], likes: Likes) -> list[str]:
    """Return the ``for=`` lists of slides or exercises with the audiences that are like those named.

    Args:
        wanted: id and list of each. Of several with the same id, an audience gets those that name it, else those that
            name the audience nearest to it.
    """
    near: dict[tuple[str, str], int] = {}
    for name, text in wanted:
        for audience, line in likes.items():
            place = _nearest(audience, line, _names(text), "")
            if name and place is not None:
                near[name, audience] = min(place, near.get((name, audience), place))
    return [
        _spelled(text, likes, {audience for audience in likes if (name, audience) in near}, name, near)
        for name, text in wanted
    ]


def _spelled(text: str, likes: Likes, placed: Iterable[str], name: str, near: Mapping[tuple[str, str], int]) -> str:
    names = _names(text)
    more = []
    for audience, line in likes.items():
        out, into = _nearest(audience, line, names, "-"), _nearest(audience, line, names, "")
        if -1 in (out, into):
            continue  # it is named itself
        if (
            into is not None
            and (out is None or into < out)
            and (audience not in placed or into == near[name, audience])
        ):
            more.append(audience)
        elif out is not None:
            more.append(f"-{audience}")
    return ",".join((*names, *more))


def _nearest(audience: str, line: Sequence[str], names: Sequence[str], sign: str) -> int | None:
    """Return how near to an audience the nearest of ``names`` is: -1 for itself, 0 for the first that it is like."""
    return next((k - 1 for k, one in enumerate((audience, *line)) if f"{sign}{one}" in names), None)


def _names(text: str) -> list[str]:
    return [name for part in text.split(",") if (name := part.strip())]


def shared_groups(groups: Sequence[Group], likes: Likes) -> list[Group]:
    """Return slides with those that continue them, or exercises, their lists spelled out, in their order."""
    lists = shared([(group[0].id, group[0].attrs.get("for")) for group in groups], likes)
    return [_listing(group, text, likes) for group, text in zip(groups, lists, strict=True)]


def shared_edits(edits: Sequence[Edit], likes: Likes) -> list[Edit]:
    """Return the changes of an overlay with their lists spelled out."""
    if not likes:
        return list(edits)
    lists = shared([(edit.id, edit.attrs.get("for")) for edit in edits], likes)
    return [
        replace(edit, attrs=_with(edit.attrs, "for", text), group=_listing(edit.group, text, likes))
        for edit, text in zip(edits, lists, strict=True)
    ]


def _listing(group: Group, text: str, likes: Likes) -> Group:
    parts = (spelled_out(part, likes) for part in group)
    return tuple(replace(part, attrs=_with(part.attrs, "for", text)) for part in parts)


def _with(attrs: Attrs, key: str, value: str) -> Attrs:
    if attrs.get(key) == value:
        return attrs
    return replace(attrs, pairs=tuple((k, value if k == key else v) for k, v in attrs.pairs))


def spelled_out(node: T, likes: Likes) -> T:
    """Return a node and everything below it with its lists of audiences spelled out; what stays the same isn't copied."""
    if isinstance(node, Attrs):
        for key in LISTS:
            node = _with(node, key, shared([("", node.get(key))], likes)[0]) if key in node else node  # type: ignore[assignment]
        return node
    if isinstance(node, tuple):
        parts = tuple(spelled_out(part, likes) for part in node)
        return node if all(a is b for a, b in zip(node, parts, strict=True)) else parts  # type: ignore[return-value]
    if not isinstance(node, Struct) or isinstance(node, At):
        return node
    changed = {
        name: made
        for name in node.__struct_fields__
        if (made := spelled_out(old := getattr(node, name), likes)) is not old
    }
    return cast("T", replace(node, **changed)) if changed else node
