"""A kit without slides, from which tests make the kits that they need."""

from typing import Any

from workshop.model.kit import Kit

BLANK: dict[str, Any] = {
    "title": "Kit",
    "subtitle": "",
    "occasion": "",
    "author": "",
    "licence": "",
    "language": "en-GB",
    "audience": "general",
    "audience_title": "",
    "seed": 0,
    "people": 1,
    "paper": "a4",
    "stages": (),
}


def kit_with(**changes: Any) -> Kit:
    """Return a blank kit with some of its fields changed."""
    return Kit(**{**BLANK, **changes})
