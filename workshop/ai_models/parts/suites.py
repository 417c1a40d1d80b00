"""Test suites as data: named lists of prompts with their right answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from workshop.ai_models.parts.points import rows
from workshop.ai_models.parts.word_votes import Item

COLUMNS = ("suite", "prompt", "answer")


class Suites(Struct, frozen=True):
    """Suite name -> its items, in the order of the file."""

    items: Mapping[str, tuple[Item, ...]]

    @classmethod
    def load(cls, path: Path) -> Suites:
        """Read a CSV file with the columns suite, prompt and answer.

        Raises:
            WorkshopError: if a column is missing or there are no rows.
        """
        suites: dict[str, list[Item]] = {}
        for _, row in rows(path, COLUMNS):
            suites.setdefault(row["suite"], []).append((row["prompt"], row["answer"]))
        return cls({name: tuple(items) for name, items in suites.items()})

    def split(self, rng: Any, share: float) -> tuple[Suites, Suites]:
        """Return (training items, held-out items); a random ``share`` of each suite is held out."""
        train, held = {}, {}
        for name, items in self.items.items():
            order = rng.permutation(len(items))
            cut = round(share * len(items))
            held[name] = tuple(items[i] for i in sorted(order[:cut]))
            train[name] = tuple(items[i] for i in sorted(order[cut:]))
        return Suites(train), Suites(held)
