"""Sentences and values of a poke, filled in from the facts of a run."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from workshop.errors import WorkshopError
from workshop.expressions import Evaluator, ExpressionError
from workshop.model.exhibits import Findings
from workshop.model.walk import VALUE
from workshop.wording.messages import messages, say

CHOSEN = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


SCRIPT = "poke-"  # begins the names of the words that the page's script fills in itself


class Words(Struct, frozen=True):
    """The page's own fixed words, in the kit's language."""

    language: str

    def __call__(self, name: str, **values: object) -> str:
        """Return a text with ``{name}`` filled in."""
        return say(self.language, name, **values)

    def listed(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(map(str, messages(self.language)[name]))

    def script(self) -> dict[str, str]:
        """Return the texts of the page's script, by the name that they have there."""
        texts = messages(self.language)
        return {key.removeprefix(SCRIPT): str(text) for key, text in texts.items() if key.startswith(SCRIPT)}


class PokeError(WorkshopError):
    """Something in the declaration of a poke that doesn't fit its demo."""


def chosen(text: str, choice: Mapping[str, str]) -> str:
    """Put what was chosen into a text.

    >>> chosen("{model}.right, {{ {model}.right | percent }}", {"model": "tuned"})
    'tuned.right, {{ tuned.right | percent }}'
    """
    return CHOSEN.sub(lambda found: choice.get(found[1], found[0]), text)


def value_of(expression: str, found: Findings, choice: Mapping[str, str]) -> str:
    """Return a value as text.

    Raises:
        PokeError: if the facts don't have it.
    """
    try:
        return Evaluator(found.facts).text(chosen(expression, choice))
    except ExpressionError as error:
        raise wrong(error) from None


def listed_in(path: str, found: Findings, choice: Mapping[str, str] | None = None) -> tuple[object, ...]:
    """Return a list of the facts.

    Raises:
        PokeError: if there is none.
    """
    try:
        items = Evaluator(found.facts).value(chosen(path, choice or {}))
    except ExpressionError as error:
        raise wrong(error) from None
    if not isinstance(items, tuple):
        raise PokeError(f"'{path}' isn't a list of facts")
    return items


def filled(text: str, found: Findings, choice: Mapping[str, str]) -> str:
    """Return a sentence with its values.

    Raises:
        PokeError: if the facts don't have one of them.
    """
    return VALUE.sub(lambda value: value_of(value[1].strip(), found, {}), chosen(text, choice))


def finding_of(finding: str, found: Findings, choice: Mapping[str, str]) -> str:
    """Return the finding of an exhibit, or a sentence with its values."""
    name = chosen(finding, choice)
    exhibit = found.exhibits.get(name)
    return exhibit.finding.rstrip(".") + "." if exhibit is not None else filled(finding, found, choice)


def wrong(error: ExpressionError) -> PokeError:
    """Return what is wrong with an expression, with its hint."""
    return PokeError(f"{error} ({error.hint})" if error.hint else str(error))
