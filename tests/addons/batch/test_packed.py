import io
import os
import time
from zipfile import ZipFile

import pytest

from tests.files.faults import stops
from workshop.addons.batch.rows import packed, write_whole


def test_the_same_files_give_the_same_bytes_at_any_time(monkeypatch):
    first = packed({"b.txt": b"b" * 1000, "a.pptx": b"a"}, "acme")
    monkeypatch.setattr(time, "time", lambda: 2e9)
    os.umask(old := os.umask(0o077))
    assert packed({"a.pptx": b"a", "b.txt": b"b" * 1000}, "acme") == first
    os.umask(old)
    with ZipFile(io.BytesIO(first)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "acme/a.pptx": b"a",
            "acme/b.txt": b"b" * 1000,
        }
        assert archive.testzip() is None


@pytest.mark.parametrize("hows", [("before", "half"), ("error",)])
def test_a_file_is_there_as_a_whole_or_not_at_all(tmp_path, hows):
    folder, beside = tmp_path / "out", tmp_path / "out" / "beside"
    beside.mkdir(parents=True)
    found = set()
    for _point in stops(folder, lambda: write_whole(folder / "a.zip", b"new", beside), hows):
        path = folder / "a.zip"
        found.add(path.read_bytes() if path.exists() else None)
        path.unlink(missing_ok=True)
    assert found <= {None, b"new"}
    assert None in found
