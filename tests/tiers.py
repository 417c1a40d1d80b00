"""Values of a parameter of which ``make test`` tries a few, and CI all or some more."""

from collections.abc import Container, Iterable
from typing import Any

import pytest


def few(values: Iterable[Any], *kept: Any) -> list[Any]:
    """Return values of a parameter, all but the kept ones marked broad."""
    return [value if value in kept else pytest.param(value, marks=pytest.mark.broad) for value in values]


def few_rows(
    rows: Iterable[tuple[Any, ...]], *kept: tuple[Any, ...], ci: Container[tuple[Any, ...]] | None = None
) -> list[Any]:
    """Return rows of values of several parameters, all but the kept ones marked broad, or slow if CI doesn't try them."""

    def marked(row: tuple[Any, ...]) -> Any:
        return pytest.param(*row, marks=pytest.mark.broad if ci is None or row in ci else pytest.mark.slow)

    return [row if row in kept else marked(row) for row in rows]
