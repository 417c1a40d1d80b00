"""Entries for some audiences: the names in for=, spelled out, and what several share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from msgspec.structs import replace

from workshop.content.edits import Edit, Group
from workshop.content.likes import LISTS, Likes, T
from workshop.errors import At
from workshop.model.frozen import with_parts
from workshop.model.markup import Attrs


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
    return node if isinstance(node, At) else cast("T", with_parts(node, lambda part: spelled_out(part, likes)))
