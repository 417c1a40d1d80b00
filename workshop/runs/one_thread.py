"""One thread for libraries that would start more."""

from __future__ import annotations

import os
import sys

# What a worker process does first: it uses one thread for BLAS.
_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_early: set[str] = set()  # "numpy" if it was restricted before it was imported


def one_thread() -> None:
    """Restrict BLAS to one thread, so that sums keep their order and workers don't compete for processors.

    This works only before numpy is imported.
    """
    if "numpy" not in sys.modules:
        _early.add("numpy")
    for name in _VARIABLES:
        os.environ.setdefault(name, "1")


def has_one_thread() -> bool:
    """Whether numpy isn't imported yet, or was imported after BLAS was restricted to one thread."""
    return "numpy" in _early or "numpy" not in sys.modules
