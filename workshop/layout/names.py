"""The titles and ids that slides of a deck have taken."""

from __future__ import annotations

from collections.abc import Iterable

from workshop.model.kit import Run, Slide


class Names:
    """The titles and ids of the deck so far; a continuation slide gets unused ones."""

    def __init__(self, titles: Iterable[str] = (), ids: Iterable[str] = (), *, before: Names | None = None) -> None:
        self._titles, self._ids, self._before = set(titles), set(ids), before

    def attempt(self) -> Names:
        """Return names for an attempt, which also has those so far; they aren't copied, since a long deck has many."""
        return Names(before=self)

    def take(self, attempt: Names) -> None:
        """Accept the names of an attempt that was made from these."""
        self._titles |= attempt._titles
        self._ids |= attempt._ids

    def id(self, base: str, place: int) -> str:
        """Take and return an id for the slide with a number on which another goes on."""
        while self.has_id(name := f"{base}-{place}"):
            place += 1
        self._ids.add(name)
        return name

    def title(self, slide: Slide, mark: str) -> tuple[Run, ...]:
        """Take and return the title of a slide on which another goes on."""
        base = slide.title_text
        tail = mark if not base.endswith(mark) else ""
        place = 2
        while self.has_title(name := f"{base} {tail}".rstrip() + (f" {place}" if place > 2 else "")):
            place += 1
        self._titles.add(name)
        return (*slide.title, Run(name[len(base) :]))

    def has_id(self, name: str) -> bool:
        """Whether a slide has this id."""
        return name in self._ids or (self._before is not None and self._before.has_id(name))

    def has_title(self, name: str) -> bool:
        """Whether a slide has this title."""
        return name in self._titles or (self._before is not None and self._before.has_title(name))
