"""Values of a parameter of which ``make test`` tries a few, and CI all or some more."""

from collections.abc import Container, Iterable
from typing import Any

import pytest


def few(values: Iterable[Any], *kept: Any, ci: Container[Any] | None = None) -> list[Any]:
    """Return values of a parameter, all but the kept ones marked broad, or slow if CI doesn't try them."""
    return [value if value in kept else pytest.param(value, marks=_tier(value, ci)) for value in values]


def few_rows(
    rows: Iterable[tuple[Any, ...]], *kept: tuple[Any, ...], ci: Container[tuple[Any, ...]] | None = None
) -> list[Any]:
    """Do the same with rows of values of several parameters."""
    return [row if row in kept else pytest.param(*row, marks=_tier(row, ci)) for row in rows]


def _tier(value: Any, ci: Container[Any] | None) -> pytest.MarkDecorator:
    return pytest.mark.broad if ci is None or value in ci else pytest.mark.slow
