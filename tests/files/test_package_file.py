"""Tests that a bad zip is refused by its own list before anything is unpacked."""

import io
import zipfile

import pytest

from workshop.errors import WorkshopError
from workshop.files.package_file import read_package

MB = 1 << 20


def zipped(entries, method=zipfile.ZIP_DEFLATED, level=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=level) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def reason(monkeypatch):
    """Return why a zip is refused; opening an entry of it fails the test."""

    def opened(*_):
        raise AssertionError("an entry was unpacked")

    def why(blob):
        with monkeypatch.context() as patch:
            patch.setattr(zipfile.ZipFile, "open", opened)
            with pytest.raises(WorkshopError) as caught:
                read_package(blob)
        (problem,) = caught.value.problems
        return problem.message.removeprefix("this is not a presentation that can be read: ")

    return why


@pytest.mark.broad
@pytest.mark.parametrize(("count", "level", "size"), [(60, 1, "1,007"), (12, 6, "201")])  # too large; shrank too much
def test_many_entries_that_are_just_small_enough_are_counted_together(reason, count, level, size):
    zeros = bytes(16 * MB - 1)
    blob = zipped(((f"ppt/media/image{n}.png", zeros) for n in range(count)), level=level)
    assert reason(blob) == f"its {count} entries unpack to {size} MB"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_entry_that_is_neither_stored_nor_deflated_is_refused(reason, method):
    blob = zipped([("ppt/media/image1.png", b"x")], method)
    assert reason(blob) == "ppt/media/image1.png is compressed by a method that presentations do not use"


def test_an_encrypted_entry_behind_a_sound_one_is_refused_first(reason):
    blob = bytearray(zipped([("a.xml", b"<a/>"), ("b.xml", b"<b/>")]))
    blob[blob.rindex(b"PK\1\2") + 8] |= 1
    assert reason(bytes(blob)) == "it is encrypted"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_stored_and_deflated_entries_are_read(method):
    blob = zipped([("ppt/", b""), ("ppt/a.xml", b"<a/>"), ("ppt/media/b.bin", bytes(range(256)) * 4096)], method)
    package = read_package(blob)
    assert sorted(package.blobs) == ["ppt/a.xml", "ppt/media/b.bin"]
    assert package.blobs["ppt/a.xml"] == b"<a/>"
