"""Values of a parameter of which ``make test`` tries a few, and CI all."""

from collections.abc import Iterable
from typing import Any

import pytest


def few(values: Iterable[Any], *kept: Any) -> list[Any]:
    """Return values of a parameter, all but the kept ones marked broad."""
    return [value if value in kept else pytest.param(value, marks=pytest.mark.broad) for value in values]


def few_rows(rows: Iterable[tuple[Any, ...]], *kept: tuple[Any, ...]) -> list[Any]:
    """Return rows of values of several parameters, all but the kept ones marked broad."""
    return [row if row in kept else pytest.param(*row, marks=pytest.mark.broad) for row in rows]
