"""The font files that come with the package, one folder per family, each with its licence (SIL Open Font License 1.1).

Arimo measures the deck's text: it has Arial's advance widths. Fira Sans sets the printed documents, Atkinson
Hyperlegible those for large print and dyslexia. Only the weights that the templates ask for are here.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent
ARIMO = HERE / "arimo" / "Arimo[wght].ttf"  # one variable file for both weights
FIRA_SANS = HERE / "fira-sans"
ATKINSON = HERE / "atkinson-hyperlegible"


@cache
def fingerprint() -> str:
    """Return a SHA-256 digest of all font files, for caches of what was set in them."""
    total = sha256()
    for file in sorted(HERE.glob("*/*.ttf")):
        total.update(sha256(file.read_bytes()).digest())
    return total.hexdigest()
