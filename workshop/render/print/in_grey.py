"""Colours in grey, for printers without colour."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass


# A document without colour: every colour in its data and drawings becomes the grey that a printer would make of it.
_COLOR = re.compile(r"#([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})\b")


def in_grey(data: Mapping[str, Any], beside: Mapping[str, bytes]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the data and the files beside it with hex colours turned into greys of the same lightness; photographs keep theirs."""
    files = {
        name: greyed(content.decode()).encode() if name.endswith(".svg") else content
        for name, content in beside.items()
    }
    return json.loads(greyed(json.dumps(data, ensure_ascii=False))), files


def greyed(text: str) -> str:
    """Return a text whose hex colours are greys, with the weights of Rec. 709.

    >>> greyed("fill='#0b5144' stroke='#FFFFFF'")
    "fill='#414141' stroke='#ffffff'"
    """

    def grey(found: re.Match[str]) -> str:
        red, green, blue = (int(part, 16) for part in found.groups())
        level = round(0.2126 * red + 0.7152 * green + 0.0722 * blue)
        return f"#{level:02x}{level:02x}{level:02x}"

    return _COLOR.sub(grey, text)
