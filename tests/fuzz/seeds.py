"""Tries one seed of many in a worker process."""

import shutil
import time
import warnings
from pathlib import Path

from tests.fuzz.case import Case
from tests.fuzz.grammar import case_of
from tests.fuzz.templates import template_case
from tests.fuzz.tools import tool_case
from tests.fuzz.trial import Outcome, tried

AUDITED, PAPER = 5, 200  # one kit or talk in so many is also validated, or has its pages typeset


def made(kind: str, seed: int) -> Case:
    """Return the case of a seed: a kit or talk, a talk in a damaged template, or one for another tool."""
    if kind == "tool":
        return tool_case(seed)
    return template_case(seed) if kind == "template" else case_of(seed, paper=seed % PAPER == 0)


def try_seed(task: tuple[str, int, Path]) -> tuple[str, int, Outcome, float]:
    """Return the result of a seed, and the seconds that it took."""
    kind, seed, root = task
    warnings.simplefilter("error")
    folder = root / f"{kind}-{seed}"
    folder.mkdir()
    began = time.perf_counter()
    outcome = tried(made(kind, seed), folder, root / "cache", audit=kind == "template" or seed % AUDITED == 0)
    shutil.rmtree(folder)
    return kind, seed, outcome, time.perf_counter() - began
