"""Font files for print, and the characters that they can show."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from workshop.fonts import ATKINSON, FIRA_SANS

TEXT_FACE = "Fira Sans"
READING_FACE = "Atkinson Hyperlegible"  # for large print and for readers with dyslexia
_FALLBACK_FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")


def fallback_font_files() -> tuple[Path, ...]:
    """Return the files of the fallback typeface, which has arrows, ticks and other alphabets."""
    spec = find_spec("matplotlib")  # found, not imported: that takes half a second
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package matplotlib is not installed")
    folder = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
    return tuple(folder / name for name in _FALLBACK_FILES)


def chart_font_files() -> tuple[Path, ...]:
    """Return the files of the text typeface for measuring and drawing charts: regular and semi-bold."""
    return tuple(FIRA_SANS / f"FiraSans-{weight}.ttf" for weight in ("Regular", "SemiBold"))


def reading_font_files() -> tuple[Path, ...]:
    """Return the files of the reading profiles' typeface: regular and bold."""
    return tuple(ATKINSON / f"AtkinsonHyperlegible-{weight}.ttf" for weight in ("Regular", "Bold"))


@cache
def printable() -> frozenset[int]:
    """Return the code points that the text typeface or the fallback has."""
    import uharfbuzz

    files = (FIRA_SANS / "FiraSans-Regular.ttf", fallback_font_files()[0])
    covered: set[int] = set()
    for file in files:
        covered.update(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file))).unicodes)
    return frozenset(covered)
