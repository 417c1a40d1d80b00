"""Tries many seeds, prints the results, and saves the failures as files in ``cases``.

python -m tests.fuzz [--cases N] [--templates N] [--tools N] [--from SEED] [--processes N]
"""

import argparse
import multiprocessing
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.case import CASES
from tests.fuzz.seeds import made, try_seed
from tests.fuzz.shrink import shrunk
from tests.fuzz.trial import Fate, Outcome

AT_ONCE = 20  # seeds
SOME = 1000  # seeds after which a line is printed


def keep(what: str, seed: int, outcome: Outcome, root: Path) -> Path:
    """Write the smallest case found that fails as this seed does."""
    small = shrunk(made(what, seed), outcome.kind, root / f"shrink-{what}-{seed}", root / "cache")
    name = re.sub(r"\W+", "-", outcome.kind).strip("-").lower()[:60]
    path = CASES / f"{name}-{what}-{seed}.json"
    path.write_text(small.as_json(seed=seed, failed=outcome.kind), "utf-8")
    return path


def report(kept: list[Path], fates: Counter[Fate], slowest: tuple[float, str], seconds: float) -> None:
    """Print the totals."""
    cases = fates.total()
    print(f"{cases:,} cases in {seconds:.0f} s, {cases / seconds:.1f} a second")
    print(f"{fates[Fate.BUILT] / cases:.0%} built, {fates[Fate.REFUSED] / cases:.0%} refused with a message")
    print(f"{fates[Fate.FAILED]} failed, of {len(kept)} kinds; {slowest[1]} took {slowest[0]:.1f} s, the longest")
    for path in kept:
        print(f"kept as {path.name}")


def main() -> None:
    """Try the seeds, and fail if any of them does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000, metavar="N")
    parser.add_argument("--templates", type=int, default=2_000, metavar="N")
    parser.add_argument("--tools", type=int, default=6_000, metavar="N")
    parser.add_argument("--from", type=int, default=0, metavar="SEED", dest="first")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    asked = parser.parse_args()
    fates: Counter[Fate] = Counter()
    failed: dict[str, tuple[str, int, Outcome]] = {}
    slowest, began = (0.0, ""), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        many = (("source", asked.cases), ("template", asked.templates), ("tool", asked.tools))
        seeds = ((what, asked.first + k, root) for what, count in many for k in range(count))
        with multiprocessing.get_context("spawn").Pool(asked.processes, maxtasksperchild=AT_ONCE) as pool:
            for what, seed, outcome, took in pool.imap_unordered(try_seed, seeds, chunksize=AT_ONCE):
                fates[outcome.fate] += 1
                if fates.total() % SOME == 0:
                    print(f"{fates.total():,} cases, {fates[Fate.BUILT]:,} built", flush=True)
                slowest = max(slowest, (took, f"{what} {seed}"))
                if outcome.fate is Fate.FAILED and outcome.kind not in failed:
                    failed[outcome.kind] = (what, seed, outcome)
                    print(f"{what} {seed}: {outcome.kind}\n{outcome.why}", flush=True)
        # After the pool, since a worker started meanwhile would begin in a folder that is about to be removed.
        kept = [keep(*found, root) for found in failed.values()]
    report(kept, fates, slowest, time.perf_counter() - began)
    sys.exit(bool(kept))


if __name__ == "__main__":
    main()
