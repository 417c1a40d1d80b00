"""A talk in one file as what edits of its deck go into: its slides as they are now, each with the id that it had in the deck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

from workshop import limits
from workshop.addons.back.overlay import Chunk, Overlay, clean, read_lines
from workshop.content.adopted_texts import kept_list
from workshop.content.slide_edits import edits_folder
from workshop.errors import Report
from workshop.files.bases import SlideText
from workshop.inputs.door import read_bytes


def talk_overlay(talk: Path, places: Mapping[str, int], built: Mapping[str, SlideText]) -> Overlay:
    """Return a talk as it is now.

    Args:
        places: id of each slide -> line of its heading now, from 1.
        built: id of each slide of the deck -> its source when the deck was built.

    Raises:
        Problems: for a file of its edits that can't be read.
    """
    found = Overlay(folder=talk.parent, words=talk.name, is_talk=True, own=edits_folder(talk).name)  # fmt: skip
    report = Report()
    read_lines(found, report)
    report.raise_if_errors()
    raw = found.before[talk.name] = read_bytes(talk, limits.SOURCE_BYTES)
    lines = [f"{line}\n" for line in clean(raw).split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    places = {name: line for name, line in places.items() if line and not _is_within(lines[line - 1], name, built)}
    starts = {line: name for name, line in reversed(places.items())}
    names = _names([starts[line] for line in sorted(starts)], built)
    cuts = sorted({1, *starts, len(lines) + 1})
    for first, last in pairwise(cuts):
        name = starts.get(first, "")
        key = f"{names[name]}@" if name else ""
        found.chunks.append(Chunk(talk.name, key, "".join(lines[first - 1 : last - 1]), is_renamed=names.get(name, "") != name))  # fmt: skip
    if kept_list(talk).exists():
        found.spare.append(kept_list(talk).name)
    return found


def _is_within(heading: str, name: str, built: Mapping[str, SlideText]) -> bool:
    """Whether a slide was a part of the source of another one, since the deck doesn't have it: it is for another audience."""
    return name not in built and any(heading in one.text.splitlines(keepends=True)[1:] for one in built.values())


def _names(now: list[str], built: Mapping[str, SlideText]) -> dict[str, str]:
    """Return id of a slide now -> the one that it had in the deck: a title that somebody changed makes another id."""
    was = list(
        dict.fromkeys(name for name, _ in sorted(built.items(), key=lambda pair: pair[1].line) if built[name].text)
    )
    return {name: name for name in now} | dict(_renamed(was, now))


def _renamed(was: list[str], now: list[str]) -> Iterator[tuple[str, str]]:
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "replace" and b - a == d - c:
            yield from ((new, old) for old, new in zip(was[a:b], now[c:d], strict=True) if new not in was and old not in now)  # fmt: skip
