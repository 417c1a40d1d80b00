"""Work that two runs of a demo share: it is done once, if both begin with the same random numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np

Given = ParamSpec("Given")
Made = TypeVar("Made")


def once_per_state(
    make: Callable[Concatenate[np.random.Generator, Given], Made],
) -> Callable[Concatenate[np.random.Generator, Given], Made]:
    """Return a function that does the same, but keeps its last result for a generator in exactly the same state.

    The generator is left as if it had been used again. Nobody may change the result.
    """
    last: dict[str, tuple[Made, Any]] = {}

    @wraps(make)
    def again(rng: np.random.Generator, /, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        state = repr((rng.bit_generator.state, args, kwargs))
        if state not in last:
            made = make(rng, *args, **kwargs)
            last.clear()
            last[state] = made, rng.bit_generator.state
        made, rng.bit_generator.state = last[state]
        return made

    return again
