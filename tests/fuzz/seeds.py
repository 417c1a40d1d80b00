"""Tries one seed of many in a worker process."""

import shutil
import time
import warnings
from pathlib import Path

from tests.fuzz.grammar import case_of
from tests.fuzz.trial import Outcome, tried

AUDITED, PAPER = 5, 200  # one case in so many is also validated, or has its pages typeset


def try_seed(task: tuple[int, Path]) -> tuple[int, Outcome, float]:
    """Return the result of a seed, and the seconds that it took."""
    seed, root = task
    warnings.simplefilter("error")
    folder = root / str(seed)
    folder.mkdir()
    began = time.perf_counter()
    case = case_of(seed, paper=seed % PAPER == 0)
    outcome = tried(case, folder, root / "cache", audit=seed % AUDITED == 0)
    shutil.rmtree(folder)
    return seed, outcome, time.perf_counter() - began
