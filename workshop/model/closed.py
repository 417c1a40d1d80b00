"""The base of the models of metadata: frozen, and a key that isn't a field is an error."""

from __future__ import annotations

import inspect
import re
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

# names of fields that are written differently, since Python has a use for the word, or a different one says more in code
WRITTEN = {
    "asks": "quiz",
    "for_": "for",
    "least": "from",
    "most": "to",
    "pause": "break",
    "name_tag": "name-tag",
    "reference_section_title": "reference-section-title",
    "omitted": "left-out",
    "person_verbs": "person-verbs",
    "spot": "at",
}
PLACE = "at"  # the field of an entry that isn't a key
_DESCRIBED = re.compile(r"^    (\w+(?:, \w+)*): (.*?)(?=^    \w+(?:, \w+)*: |\Z)", re.MULTILINE | re.DOTALL)
_WRITTEN = re.compile(r"[;,.]? ?\b[Ww]ritten ``[\w-]+``(?: and ``[\w-]+``)?")


def written(name: str) -> str:
    """Return the key of a field."""
    return WRITTEN.get(name, name)


def described(model: type[BaseModel]) -> dict[str, str]:
    """Return what the docstring of a model says about each of its keys."""
    found: dict[str, str] = {}
    for names, text in _DESCRIBED.findall((inspect.getdoc(model) or "").partition("Attributes:\n")[2]):
        said = _WRITTEN.sub("", " ".join(text.split())).removesuffix(".")
        found |= {written(name): said for name in names.split(", ")}
    return found


class Closed(BaseModel):
    """A mapping of a YAML file; our code calls its fields by their names, ``read`` by their keys."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=written,
        validate_by_name=True,
        validate_by_alias=False,
        arbitrary_types_allowed=True,
        defer_build=True,  # most models aren't needed in most builds
    )

    @classmethod
    def read(cls, value: Any) -> Self:
        """Return a mapping of texts, lists and mappings, as it was written, as a model.

        Raises:
            ValidationError: with all that is wrong with it.
        """
        return cls.model_validate(value, by_alias=True, by_name=False)

    def but(self, **changes: Any) -> Self:
        """Return a copy with other values for some fields, which are known to be valid."""
        return self.model_copy(update=changes)
