import io
import os
import time
from zipfile import ZipFile

from workshop.files.zipped import packed


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
