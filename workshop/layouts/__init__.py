"""Every layout by its name, ours and those of plugins: its places in our themes and in a user's template, and what else the program asks about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from workshop.errors import Problem, WorkshopError
from workshop.layouts.declared import Layout, Trait
from workshop.plugins.registry import Registry, standard_registry

_GIVEN: ContextVar[Mapping[str, Layout] | None] = ContextVar("layouts", default=None)


def all_layouts() -> Mapping[str, Layout]:
    """Return name -> layout: ours, then those of installed plugins; within ``layouts_of``, those of a registry.

    Raises:
        WorkshopError: if one can't be loaded, or isn't what it was registered as.
    """
    return _GIVEN.get() or _installed()


@contextmanager
def layouts_of(registry: Registry) -> Iterator[None]:
    """Let ``all_layouts`` return those of a registry for a while.

    Raises:
        WorkshopError: as ``all_layouts`` does.
    """
    before = _GIVEN.set(_declared(registry))
    try:
        yield
    finally:
        _GIVEN.reset(before)


@cache
def _installed() -> Mapping[str, Layout]:
    return _declared(standard_registry())


def _declared(registry: Registry) -> Mapping[str, Layout]:
    found: dict[str, Layout] = {}
    meant: dict[str, str] = {}  # what an author may write -> the layout
    for name in registry.names("layout"):
        found[name] = layout = registry.get("layout", name)
        if not isinstance(layout, Layout) or layout.name != name:
            given = f"has the name {layout.name!r}" if isinstance(layout, Layout) else f"is no Layout: {layout!r}"
            hint = "mend the plugin that adds it, or uninstall it"
            raise WorkshopError(Problem(f"what is registered as the layout {name!r} {given}", hint=hint))
        for word in (name, *layout.other_names):
            if meant.setdefault(word, name) != name:
                message = f"the layouts {meant[word]!r} and {name!r} both mean layout={word}"
                raise WorkshopError(Problem(message, hint="give one of them another name"))
    return found


def names() -> tuple[str, ...]:
    """Return all that an author may write after ``layout=``."""
    return tuple(name for layout in all_layouts().values() for name in (layout.name, *layout.other_names))


def traits(name: str) -> frozenset[Trait]:
    """Return what the program asks about a layout; nothing of one that isn't there, such as a slide put together freely."""
    found = (_GIVEN.get() or _installed()).get(name)  # asked so often that a call less counts
    return found.traits if found is not None else frozenset()
