"""What texts may name after ``world.``: the words of the kit's world, its cards, its ballots, and questions to read aloud."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from workshop.ai_models.parts.role_checks import leaves
from workshop.ai_models.parts.roles import LIBRARY, QUESTIONS, World
from workshop.errors import Report
from workshop.inputs.door import read_text_file, wrong
from workshop.inputs.library import Documents, Questions
from workshop.inputs.structured import parse_yaml
from workshop.inputs.worlds import FILE

BALLOTS = "ballots.yaml"
READ = 10  # questions that are read aloud; no card answers the last one


def said(find: Callable[[str], Path | None], variables: Mapping[str, str]) -> dict[str, Any]:
    """Return what texts may name after ``world.``: the words, cards, ballots, and questions to read aloud.

    Args:
        find: returns a file of the world by its name, or ``None``.
        variables: texts of ``--var``, such as a client's name, which must not be a word of a world of made-up facts.

    Raises:
        WorkshopError: for everything that is wrong with a file.
    """
    world, files = World.load(find(FILE) or Path(FILE)), [find(name) for name in (LIBRARY, QUESTIONS, BALLOTS)]
    for name, text in variables.items():
        if text and text.lower() in set(leaves(world.words)):
            hint = "leave it out of the world: no real name stands beside invented facts"
            raise wrong(f"{text!r} is a word of the world, and the text of {{{{ var.{name} }}}}", world.at, hint)
    cards = Documents.load(files[0] or world.library)
    asked = Questions.load(files[1]).matched(cards) if files[1] else ()
    titles = {card.id: card.title for card in cards.items}
    first: dict[str, str] = {}
    for question in asked:
        first.setdefault(question.document, question.text)
    aloud = [(card, first[card]) for card in (*filter(None, first), *([""] if "" in first else []))]
    aloud = [*aloud[: READ - 1], *aloud[-1:]]
    return world.values() | {
        "cards": [{"title": card.title, "text": card.text} for card in cards.items],
        "ballots": ballots_of(files[2]) if files[2] else [],
        "asked": [{"question": text, "card": titles.get(card, "no card")} for card, text in aloud],
    }


def ballots_of(path: Path) -> list[dict[str, str]]:
    """Return the question, short name and two answers of each round."""
    text, name = read_text_file(path)
    tree = parse_yaml(text, name, Report())
    rounds = tree.value.get("rounds", []) if tree is not None and isinstance(tree.value, dict) else []
    return [
        {"question": one["question"], "short": one.get("short", ""), "a": one["a"]["text"], "b": one["b"]["text"]}
        for one in rounds
        if isinstance(one, dict) and {"question", "a", "b"} <= set(one)  # ballots are checked where they are printed
    ]
