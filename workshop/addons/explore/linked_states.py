"""States of demos that slides open, ``opens=votes?picks=ABA``: each must be one that the page knows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from msgspec import Struct

from workshop.addons.explore.companion import Section
from workshop.errors import Problem, did_you_mean
from workshop.model.source import Content

LONGEST = 80  # characters of an address after the name of the file, so that its QR code stays coarse
FREE = re.compile(r".*", re.DOTALL)  # whatever people can type


class Turned(Struct, frozen=True):
    """What a name in a link can be: one of the values, or else what the pattern matches."""

    pattern: re.Pattern[str]
    values: tuple[str, ...] = ()
    told: str = ""

    def allows(self, value: str) -> bool:
        """Whether the page takes the value."""
        return value in self.values if self.values else self.pattern.fullmatch(value) is not None


def wrong_states(content: Content, sections: Iterable[Section]) -> Iterator[Problem]:
    """Yield an error, at the line of the slide, for each state that its demo doesn't have; other demos aren't looked at."""
    known = {section.id: _turned(json.loads(section.data)) for section in sections}
    for slide in (slide for stage in content.stages for slide in stage.slides):
        opened = slide.attrs.get("opens")
        name, mark, query = opened.partition("?")
        if not mark or name not in known:
            continue
        told, names = f"opens={opened}: ", known[name]
        if len(opened) + 1 > LONGEST:
            hint = f"an address has at most {LONGEST} characters after explore.html"
            yield Problem(f"{told}this state is too long for an address", slide.at, hint, "opens")
        for key, value in parse_qsl(query, keep_blank_values=True) or [("", "")]:
            turned = names.get(key)
            if turned is None:
                message = f"{told}{name} has nothing named '{key}' to turn"
                yield Problem(message, slide.at, did_you_mean(key, names), "opens")
            elif not turned.allows(value):
                hint = turned.told or did_you_mean(value, turned.values)
                yield Problem(f"{told}{key} can't be '{value}'", slide.at, hint, "opens")


def _turned(poke: Mapping[str, Any]) -> dict[str, Turned]:
    """Return what a link can turn in a demo, by name."""
    found: dict[str, Turned] = {}
    for part in poke["parts"]:
        found |= {c["name"]: Turned(FREE, tuple(c["keys"])) for c in part.get("controls", ())}
        if "library" in part:
            found |= {"ask": Turned(FREE), "cut": Turned(FREE, tuple(part["cuts"]))}
        else:
            found |= {name: Turned(FREE) for name in TYPED.get(part["kind"], ())}
        if part["kind"] == "pick":
            most = len(part["rounds"])
            found["picks"] = Turned(
                re.compile(f"[AB]{{0,{most}}}"), told=f"write A or B for each of up to {most} rounds"
            )
        elif part["kind"] == "train":
            told = "write F for each press, o for each sentence of your own and O for one that is read 30 times"
            found["log"] = Turned(re.compile("[FoO]{0,40}"), told=told)
            found["wrote"] = Turned(re.compile(r"\d{1,3}"), told="write how many times it writes")
        elif part["kind"] == "map":
            found["place"] = Turned(FREE, tuple(str(place) for place in range(1, part["count"] + 1)))
        elif part["kind"] == "sort":
            found["checked"] = Turned(FREE, ("1",))
        if "bet" in part:
            found[part["bet"]["name"]] = Turned(FREE, tuple(part["bet"]["said"]))
    return found


TYPED = {"ask": ("text",), "write": ("text",), "cut": ("own",), "train": ("own", "stem"), "pick": ("totals",), "sort": ("order",)}  # fmt: skip
