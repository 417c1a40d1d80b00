"""The titles and ids that slides of a deck have taken."""

from __future__ import annotations

from workshop.model.kit import Run, Slide


class Names:
    """The titles and ids of the deck so far; a continuation slide gets unused ones."""

    def __init__(self, titles: set[str], ids: set[str]) -> None:
        self._titles, self._ids = titles, ids

    def copy(self) -> Names:
        """Return names for an attempt."""
        return Names(set(self._titles), set(self._ids))

    def take(self, other: Names) -> None:
        """Accept the names of an attempt."""
        self._titles, self._ids = other._titles, other._ids

    def id(self, base: str, place: int) -> str:
        """Take and return an id for the slide with a number on which another goes on."""
        while (name := f"{base}-{place}") in self._ids:
            place += 1
        self._ids.add(name)
        return name

    def title(self, slide: Slide, mark: str) -> tuple[Run, ...]:
        """Take and return the title of a slide on which another goes on."""
        base = slide.title_text
        tail = mark if not base.endswith(mark) else ""
        place = 2
        while (name := f"{base} {tail}".rstrip() + (f" {place}" if place > 2 else "")) in self._titles:
            place += 1
        self._titles.add(name)
        return (*slide.title, Run(name[len(base) :]))
