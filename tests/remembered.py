"""What a test process makes once, although the tests ask for it again and again: it depends on nothing but what is given."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from workshop.content import document
from workshop.layout import measure
from workshop.model.theme import Theme
from workshop.render.pptx import kept_base
from workshop.render.pptx.base import BaseParts, base_parts
from workshop.runs import cache

MOST = 4000  # texts and modules: several times as many as the built-in kit has

_bases: dict[tuple[str, int], BaseParts] = {}
_results: OrderedDict[Hashable, Any] = OrderedDict()


def base(theme: Theme, stages: int) -> BaseParts:
    """Return the empty deck of a theme; if a logo is in it, it is made again, since the logo's file may have changed."""
    if theme.logo is not None:
        return base_parts(theme, stages)
    key = (repr(theme), stages)
    if key not in _bases:
        _bases[key] = base_parts(theme, stages)
    return _bases[key]


def result(key: Hashable, make: Callable[[], Any]) -> Any:
    """Return what a step made before from the same text, as it is kept from one build of a preview to the next."""
    if key in _results:
        _results.move_to_end(key)
        return _results[key]
    made = _results[key] = make()
    if len(_results) > MOST:
        _results.popitem(last=False)
    return made


@contextmanager
def remembering() -> Iterator[None]:
    """Remember empty decks, parsed Markdown, widths of letters and the imports of demos; a build in another process makes its own."""
    with ExitStack() as patches:
        patches.enter_context(patch.object(kept_base, "base_parts", base))
        for module in (document, cache, measure):
            patches.enter_context(patch.object(module, "kept", result))
        yield
