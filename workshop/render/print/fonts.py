"""Which font files print uses, and which characters they can show.

One unknown character fails a whole PDF/UA document, so text is held against the fonts before it is set.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

TEXT_FACE = "Fira Sans"
READING_FACE = "Atkinson Hyperlegible"  # of large print and of the profile for dyslexia
_FALLBACK_FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")


def text_font_folder() -> Path:
    """Return the folder with the text face's static files."""
    return _package_folder("fontpkg_fira_sans") / "files"


def reading_font_folder() -> Path:
    """Return the folder with the static files of the reading profiles' face."""
    return _package_folder("fontpkg_atkinson_hyperlegible") / "files"


def fallback_font_files() -> tuple[Path, ...]:
    """Return the files of the face that has what the text face lacks: arrows, ticks, other alphabets."""
    folder = _package_folder("matplotlib") / "mpl-data" / "fonts" / "ttf"
    return tuple(folder / name for name in _FALLBACK_FILES)


def chart_font_files() -> tuple[Path, ...]:
    """Return the files of the text face that charts are measured and drawn with: regular and semi-bold."""
    return tuple(text_font_folder() / f"FiraSans-{weight}.ttf" for weight in ("Regular", "SemiBold"))


def reading_font_files() -> tuple[Path, ...]:
    """Return the same of the reading profiles' face: regular and bold."""
    return tuple(reading_font_folder() / f"AtkinsonHyperlegible-{weight}.ttf" for weight in ("Regular", "Bold"))


@cache
def printable() -> frozenset[int]:
    """Return the code points that the text face or its fallback can show."""
    import uharfbuzz

    files = (text_font_folder() / "FiraSans-Regular.ttf", fallback_font_files()[0])
    covered: set[int] = set()
    for file in files:
        covered.update(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file))).unicodes)
    return frozenset(covered)


def _package_folder(name: str) -> Path:
    """Return where a package lies, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the package {name} is not installed")
    return Path(spec.origin).parent
