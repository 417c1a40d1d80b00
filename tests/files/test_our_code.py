from pathlib import Path

import pytest

from workshop.files import our_code
from workshop.files.our_code import code_digest


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with a room and a module."""
    (tmp_path / "room" / "below").mkdir(parents=True)
    for name in ("room/a.py", "room/below/b.yaml", "room/notes.md", "alone.py"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(our_code, "PACKAGE", tmp_path)
    code_digest.cache_clear()
    yield tmp_path
    code_digest.cache_clear()


def changed_by(path: Path, text: str) -> bool:
    before = code_digest("room", "alone")
    path.write_text(text)
    code_digest.cache_clear()
    return code_digest("room", "alone") != before


@pytest.mark.parametrize("name", ["room/a.py", "room/below/b.yaml", "alone.py", "room/new.py"])
def test_every_source_file_counts_with_its_name(package, name):
    assert changed_by(package / name, "other")


def test_other_files_do_not_count(package):
    assert not changed_by(package / "room/notes.md", "other")


def test_the_same_text_in_another_file_is_another_digest(package):
    before = code_digest("room")
    (package / "room/a.py").rename(package / "room/c.py")
    code_digest.cache_clear()
    assert code_digest("room") != before
