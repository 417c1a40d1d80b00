import importlib.util
import shutil
from pathlib import Path

import pytest

import workshop

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / ".ci" / "release.py"
spec = importlib.util.spec_from_file_location("release", SCRIPT)
release = importlib.util.module_from_spec(spec)
spec.loader.exec_module(release)
VERSION = workshop.__version__
TAGGED = [f"v{VERSION}"]


@pytest.fixture
def checkout(tmp_path):
    """Return a folder with the files that state the version, on the day of a release."""
    for name in release.PLACES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    changed(tmp_path / "CHANGELOG.md", f"## {VERSION}, not released yet", f"## {VERSION}, 2026-12-31")
    return tmp_path


def changed(path, old, new):
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_all_places_agree_once_the_changelog_has_a_day_and_the_commit_its_tag(checkout):
    assert release.disagreements(checkout, TAGGED) == []


def test_each_place_with_another_version_is_named_with_its_line(checkout):
    changed(checkout / "workshop" / "__init__.py", VERSION, "9.9.9")
    places = [line.partition(": ")[0] for line in release.disagreements(checkout, ["v9.9.9"])]
    assert places == ["CITATION.cff:6", "CHANGELOG.md:3"]


def test_a_changelog_without_a_day_and_a_commit_without_its_tag_are_named_at_once(checkout):
    changed(checkout / "CHANGELOG.md", "2026-12-31", "not released yet")
    day, tag = release.disagreements(checkout, ["v0.0.9"])
    assert day.startswith("CHANGELOG.md:3: the day of the release is missing")
    assert tag.endswith(f"its tags: v0.0.9: git tag v{VERSION}")
