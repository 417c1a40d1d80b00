"""Results that a resident process keeps from one build to the next; in any other process nothing is kept.

A step that is a pure function of small inputs asks ``kept`` for its result. Whoever builds again and again, as the preview
does, opens a ``Store`` around each build; what a build didn't ask for is forgotten after it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from msgspec import Struct, field

Made = TypeVar("Made")


class Store(Struct):
    """The results of the last build, and those that this one has used so far."""

    last: dict[Hashable, Any] = field(default_factory=dict)
    now: dict[Hashable, Any] = field(default_factory=dict)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Keep results during one build."""
        token = _STORE.set(self)
        self.now = {}
        try:
            yield
            self.last = self.now
        except BaseException:  # Ctrl-C included: it is raised again
            self.last |= self.now  # a build that failed halfway asked for only some of them
            raise
        finally:
            _STORE.reset(token)


_STORE: ContextVar[Store | None] = ContextVar("kept results", default=None)


def kept(key: Hashable, make: Callable[[], Made]) -> Made:
    """Return the result of ``make``, or what it returned in the last build for the same key.

    Args:
        key: everything that the result depends on; its first part names the step.
        make: makes the result, which nobody may change afterwards.
    """
    store = _STORE.get()
    if store is None:
        return make()
    if key not in store.now:
        store.now[key] = store.last[key] if key in store.last else make()
    found: Made = store.now[key]
    return found
