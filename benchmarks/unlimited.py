"""The command line without the limits on the size of a talk, which no talk reaches: for 6,000 slides and tables of 5,000 rows.

python benchmarks/unlimited.py build talk.md
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from workshop import limits

LIFTED = (
    "SOURCE_BYTES",
    "SOURCE_LINES",
    "LETTERS",
    "ELEMENTS",
    "KIT_LINES",
    "KIT_PARTS",
    "SLIDE_LINES",
    "SLIDE_LETTERS",
    "PARAGRAPH",
    "PACKAGE_PARTS",
    "PACKAGE_XML",
    "PACKAGE_ELEMENTS",
)


def lift() -> None:
    """Lift the limits in this process."""
    for name in LIFTED:
        limit = getattr(limits, name)
        setattr(limits, name, limits.Limit(10**9, limit.unit, limit.what))


if __name__ == "__main__":
    lift()
    from workshop.cli.entry import main

    main()
