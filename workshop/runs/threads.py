"""One thread for BLAS, so that sums keep their order and workers don't compete for processors."""

from __future__ import annotations

import os

_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def one_thread() -> None:
    """Restrict BLAS to one thread; this works only before numpy is imported."""
    for name in _VARIABLES:
        os.environ.setdefault(name, "1")
