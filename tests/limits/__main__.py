"""Prints what each limit takes at its most, as a table: ``python -m tests.limits [WORDS]``."""

import sys
import tempfile
from pathlib import Path

from tests.limits.cases import CASES
from tests.limits.run import run


def main(words):
    """Measure the cases whose limits or description have one of these words, or all of them."""
    for case in CASES:
        name = f"{', '.join(case.of)} | {case.shape} | {case.what}"
        if words and not any(word in name for word in words):
            continue
        with tempfile.TemporaryDirectory() as folder:
            done = run(case, Path(folder))
        said = next((line for line in done["said"].splitlines() if "error: " in line), "") if done["code"] else "used"
        sys.stdout.write(f"| {name} | {done['seconds']:.1f} s | {done['megabytes']:.0f} MB | {said} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
