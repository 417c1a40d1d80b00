"""Write ``slides_src/worlds/seen.yaml``: on how many slides of the longest plan the words of each group of a world.yaml are seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from workshop.ai_models.parts.roles import SHAPES, Forms, World, leaves
from workshop.ai_models.register import kit_folder
from workshop.build import plan
from workshop.errors import At
from workshop.inputs.worlds import FILE, FOLDER
from workshop.model.blocks import Run
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

EXAMPLE = "front-desk"
FOUND_IN = ("name", "a", "our", "sentences", "page")  # texts, of which only the whole counts
HEAD = "# On how many slides of the longest plan for everybody the words of each group of a world.yaml are seen: docs/make_seen.py\n"


def seen(cache: Path | None) -> dict[str, int]:
    """Return group -> number of slides on which one of its words is seen, and "slides": the number of all."""
    folder = kit_folder() / FOLDER / EXAMPLE
    words = World.load(folder / FILE).words
    request = Request(audience="general", minutes=0, cache=cache, world=EXAMPLE)
    kit, _ = plan(kit_folder(), request, standard_registry(), base=None)
    slides = ["\n".join(_texts((s.title, s.slots))) for stage in kit.stages for s in stage.slides]
    found = {group: sum(bool(_pattern(group, words).search(text)) for text in slides) for group in SHAPES}
    return {"slides": len(slides), **dict(sorted(found.items(), key=lambda pair: -pair[1]))}


def _texts(thing: object) -> Iterator[str]:
    """Yield every text in a part of a slide: of runs as one, and in charts and tables, too."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple) and thing and all(isinstance(part, Run) for part in thing):
        yield "".join(run.text for run in thing)
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _texts(part)
    elif isinstance(thing, Struct) and not isinstance(thing, At):
        for name in thing.__struct_fields__:
            yield from _texts(getattr(thing, name))


def _pattern(group: str, words: Mapping[str, Any]) -> re.Pattern[str]:
    given = words[group]
    parts = set(leaves(given)) if group != "locked" else {given["thing"]}
    if group in ("things", "places", "spots"):
        parts |= {form for word in given for form in (Forms.of(word).one, Forms.of(word).many)}
    whole = r"(?<!\w)(?:{})(?!\w)" if group in FOUND_IN else r"(?<![\w-])(?:{})(?:e?s)?(?![\w])"
    return re.compile(whole.format("|".join(map(re.escape, sorted(parts, key=len, reverse=True)))), re.IGNORECASE)


def text_of(table: Mapping[str, int]) -> str:
    """Return the file."""
    return HEAD + "".join(f"{key}: {value}\n" for key, value in table.items())


if __name__ == "__main__":
    made = text_of(seen(None))
    (kit_folder() / FOLDER / "seen.yaml").write_text(made, "utf-8")
    print(made)
