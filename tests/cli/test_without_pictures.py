"""Builds ten talks whose pictures are missing: boxes stand in their places, and --strict stops with all of them named."""

import re
import shutil
from pathlib import Path

import pytest
from pptx import Presentation

from workshop.cli.new import new_talk

pytestmark = pytest.mark.broad
FOLDER = Path(__file__).parents[1] / "dialects" / "talks"
TALKS = (
    "marp/bike-lanes.md",
    "marp/brand-workshop.md",
    "marp/climate-lesson.md",
    "pandoc/reading-rivers.md",
    "pandoc/ward-handover.md",
    "quarto/air-quality.qmd",
    "quarto/bees.qmd",
    "quarto/sleep-lab.qmd",
    "quarto/typing-at-school.md",
    "new",
)


@pytest.fixture(params=TALKS)
def talk(request, tmp_path):
    """A talk without its pictures."""
    if request.param == "new":
        new_talk(tmp_path / "talk.md")
        (tmp_path / "wheel.svg").unlink()
        return "talk.md"
    source = FOLDER / request.param
    shutil.copy(source, tmp_path)
    for beside in [*source.parent.glob("_*"), *source.parent.glob("*.bib")]:
        shutil.copy(beside, tmp_path)
    return source.name


def missing(said):
    """Return the name of each place of a file that is said to be missing, those told beside the first of their kind, too."""
    names = []
    for name, more, others in re.findall(r"there is no file '([^']+)'(?:, and (\d+) more like it: ([^—\n]*))?", said):
        names += [name, *(re.findall("'([^']+)'", others) or [name] * int(more or 0))]
    return names


def words(deck):
    return " ".join(node.text or "" for slide in Presentation(deck).slides for node in slide._element.iter("{*}t"))


def test_boxes_stand_where_pictures_are_missing(run, talk, tmp_path):
    code, out, said = run("build", talk, "--out", "out")
    assert code == 0
    shown = words(tmp_path / "out" / "deck.pptx")
    names = missing(said)
    assert names
    assert [name for name in names if name not in shown] == []
    assert re.search(rf"{len(names)} files? (is|are) missing: slides? .* box instead", out)


def test_strict_stops_and_names_all_of_them(run, talk, tmp_path):
    code, _, said = run("build", talk, "--out", "out", "--strict")
    assert code == 1
    assert not (tmp_path / "out").exists()
    _, _, tolerant = run("build", talk, "--out", "out")
    assert sorted(missing(said)) == sorted(missing(tolerant))
    assert missing(said)
