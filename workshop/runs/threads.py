"""One thread for BLAS: sums keep their order, and workers do not fight."""

from __future__ import annotations

import os

_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def one_thread() -> None:
    """Keep BLAS on one thread; this works only before numpy is imported."""
    for name in _VARIABLES:
        os.environ.setdefault(name, "1")
