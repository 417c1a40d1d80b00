"""Words of a world that a kit's texts say outright, instead of by a value: in another world they would be false."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workshop.errors import At, Problem
from workshop.inputs.worlds import FILE, FOLDER, read_world
from workshop.model.source import Content

_WORD = re.compile(r"[a-z]{2,14}")
_SAID = re.compile(r"(?<![\w-])[A-Za-z]+(?![\w-])")
_SKIPPED = re.compile(
    r"\{\{.*?\}\}|\{[#.:\w][^{}\n]*\}|\(#[^)\n]*\)|(?<=/)[\w.-]+", re.DOTALL
)  # values, attributes, links
NAMED = ("name", "a")  # keys with more than a word, of which each counts
WHOLE = ("sentences", "like", "ask", "our")  # keys whose words are everybody's
ENDINGS = ("", "s", "es")
SMALL = frozenset({"a", "an", "the", "of"})
OTHERS = ("kit.yaml", "style.yaml", "sources.yaml", "frameworks.yaml")  # files that nobody reads out


def check_worlds(content: Content) -> Iterator[Problem]:
    """Yield an error for each word of a ready world in a text of the kit that isn't in an overlay or in a world itself."""
    home = content.root / FOLDER
    words = {word for path in sorted(home.glob(f"*/{FILE}")) for word in words_of(path.parent)}
    if not words:
        return
    allowed = set(content.style.allowed) if content.style is not None else set()
    said = {word + ending for word in words for ending in ENDINGS}
    for name in content.files:
        path = Path(name)
        outside = any(
            path.resolve().is_relative_to(top.resolve()) for top in (home, *content.worlds, *content.overlays)
        )
        if outside or path.name in OTHERS or not path.is_file():
            continue
        text = _SKIPPED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), path.read_text("utf-8"))
        for number, line in enumerate(text.split("\n"), 1):
            for found in _SAID.finditer("" if path.suffix == ".yaml" and line.lstrip().startswith("#") else line):
                if (word := found[0]).lower() in said and word not in allowed and word.lower() not in allowed:
                    hint = "write {{ world.… }}, say it in other words, or add it to allowed: in style.yaml"
                    yield Problem(
                        f"{word!r} is a word of one world", At(name, number, found.start() + 1), hint, "world-word"
                    )


def words_of(folder: Path) -> set[str]:
    """Return the words of a world that belong to it alone: its roles, and those of its name."""
    value = read_world(folder).value
    parts = [word for key in NAMED for word in str(value.get(key, "")).split() if word not in SMALL]
    roles = _leaves({key: part for key, part in value.items() if key not in (*NAMED, *WHOLE)})
    return {word for word in (*parts, *roles) if _WORD.fullmatch(word)}


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for part in value.values() if isinstance(value, dict) else value:
            yield from _leaves(part)
