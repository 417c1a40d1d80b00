import os
from itertools import chain, repeat
from pathlib import Path

from workshop.addons.preview.watched import Opened, settled, stamps


def test_every_file_below_a_folder_is_followed_except_hidden_and_made_ones(tmp_path):
    for name in ("kit.yaml", "slides/one.md", ".git/index", "dist/deck.pptx", "demos/__pycache__/a.pyc", "~.swp"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = {Path(path).relative_to(tmp_path).as_posix() for path in stamps((tmp_path,), ())}
    assert found == {"kit.yaml", "slides/one.md", "~.swp"}


def test_a_change_of_size_or_time_is_seen_and_so_is_a_new_or_missing_file(tmp_path):
    file = tmp_path / "talk.md"
    file.write_text("one")
    first = stamps((file,), ())
    file.write_text("other")
    second = stamps((file,), ())
    os.utime(file, ns=(1, 1))
    third = stamps((file,), ())
    file.unlink()
    assert len({str(state) for state in (first, second, third, stamps((file,), ()))}) == 4


def test_a_file_that_a_build_opened_is_followed_wherever_it_is(tmp_path):
    elsewhere = tmp_path / "a.csv"
    elsewhere.write_text("x")
    opened = Opened()
    elsewhere.read_text()
    assert str(elsewhere) not in opened.paths
    opened.hearing = True
    elsewhere.read_text()
    opened.hearing = False
    assert str(elsewhere) in opened.paths


def test_a_file_that_is_still_being_written_is_waited_for():
    looks = chain([{"a": (1, 1)}, {"a": (2, 2)}, {"a": (3, 3)}], repeat({"a": (3, 3)}))
    waits = []
    assert settled(lambda: next(looks), lambda: waits.append(1)) == {"a": (3, 3)}
    assert len(waits) == 3
