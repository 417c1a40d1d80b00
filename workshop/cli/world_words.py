"""The words of a ready world as comments to replace, the group that is seen on most slides first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from workshop.errors import Report
from workshop.inputs.drafted_cards import Drafts
from workshop.inputs.text_folders import read_text_file
from workshop.inputs.yaml_text import parse_yaml

SEEN = "seen.yaml"
GROUPS = {
    "people": ("grammar", "people"),
    "places": ("places", "spots"),
}  # what documents give -> the groups it may fill


class Seen(Struct, frozen=True):
    """On how many slides of the longest plan the words of each group of a world.yaml are seen, and how many slides it has."""

    slides: int
    by_group: Mapping[str, int]

    @classmethod
    def read(cls, worlds: Path) -> Seen:
        """Read the table beside the ready worlds."""
        text, name = read_text_file(worlds / SEEN)
        tree = parse_yaml(text, name, Report())
        assert tree is not None
        counts = {key: int(value) for key, value in tree.value.items()}
        return cls(counts.pop("slides"), counts)


def own_words(ready: str, like: str, seen: Seen, drafts: Drafts | None) -> str:
    """Return the words of a ready world, each line a comment, under the name of that world.

    Args:
        ready: its world.yaml.
        drafts: people and places of documents, which stand beside the groups that they may fill.
    """
    groups = _groups(ready)
    ranked = sorted(groups, key=lambda group: -seen.by_group.get(group, 0))
    how = "Words to replace: take away the two characters in front of a line, and write your own; the rest comes from"
    order = f"The groups that are seen on most of the {seen.slides} slides of the longest plan come first."
    lines = [f"# {how} {like}.", f"# {order}", f"like: {like}"]
    for group in ranked:
        lines.append(f"# ----- seen on {seen.by_group.get(group, 0)} slides")
        lines += [f"# {line}" for line in groups[group]]
        for what, some in GROUPS.items():
            if drafts and group in some and (words := getattr(drafts, what)):
                lines.append(f"#   {what} of your documents: {', '.join(words)}")
    return "\n".join(lines) + "\n"


def _groups(ready: str) -> dict[str, list[str]]:
    """Return key -> its lines, without comments."""
    found: dict[str, list[str]] = {}
    for line in ready.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith(" "):
            key = line.partition(":")[0]
            found[key] = []
        found[key].append(line)
    return found
