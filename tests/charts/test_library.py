"""Tests that matplotlib is loaded with its own settings, and writes only where it may."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# what a stranger could put beside a kit: LaTeX for each word, and another look for every line
SETTINGS = """
text.usetex: True
lines.antialiased: False
hatch.linewidth: 9
path.sketch: 5, 100, 10
savefig.bbox: tight
"""
DRAWS = """
import hashlib
from tests.charts.samples import gate, next_word, on_paper
from workshop.charts.figure import figure, saved
from workshop.themes.beds import LIGHT
for make in (gate, next_word):
    for kind in ("svg", "png"):
        print(hashlib.sha256(saved(figure(on_paper(make()), LIGHT), kind)).hexdigest())
"""


@pytest.fixture
def draw(tmp_path):
    """Draw some charts in another process, in a folder with given files; return what is said and what is left."""
    for name in ("home", "tmp", "here"):
        (tmp_path / name).mkdir()

    def drawn(settings="", **variables):
        (tmp_path / "here" / "matplotlibrc").write_text(settings)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "MPL", "MATPLOTLIB"))}
        own = {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp"), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", DRAWS],
            env={**kept, **own, **variables},
            cwd=tmp_path / "here",
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
        return done.stdout, left - {"here/matplotlibrc"}

    return drawn


@pytest.mark.broad
def test_settings_in_the_current_folder_or_of_the_user_change_nothing(draw, tmp_path):
    usual, left = draw()
    assert left == set()
    assert len(set(usual.split())) == 4
    assert draw(SETTINGS) == (usual, set())
    (tmp_path / "home" / ".config" / "matplotlib").mkdir(parents=True)
    for name in ("home/.config/matplotlib/matplotlibrc", "own"):
        (tmp_path / name).write_text(SETTINGS)
    assert draw(MATPLOTLIBRC=str(tmp_path / "own"), MPLBACKEND="none of them")[0] == usual


@pytest.mark.broad
def test_the_list_of_typefaces_is_kept_where_it_is_told_and_nowhere_else(draw, tmp_path):
    folder = tmp_path / "cache" / "matplotlib"
    _, left = draw(MPLCONFIGDIR=str(folder))
    (name,) = left
    assert name.startswith("cache/matplotlib/fontlist-")
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700
    (tmp_path / "cache" / "matplotlib" / name.rpartition("/")[2]).unlink()
    folder.rmdir()
    folder.write_text("no folder")
    assert draw(MPLCONFIGDIR=str(folder))[1] == {"cache/matplotlib"}
