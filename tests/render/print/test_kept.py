import pytest

from tests.files.faults import stops
from workshop.render.print.typesetting import digest, keep, recall

MARKS = {"pages": (2,), "leaf": ({"place": 0, "pages": 2},)}


def test_a_document_comes_back_with_its_marks(tmp_path):
    keep(tmp_path / "cache", "a", b"%PDF\nbytes", MARKS)
    assert recall(tmp_path / "cache", "a") == (b"%PDF\nbytes", MARKS)


def test_what_was_never_kept_or_is_damaged_is_made_again(tmp_path):
    assert recall(tmp_path, "a") is None
    keep(tmp_path, "a", b"%PDF", MARKS)
    path = tmp_path / "a.typeset"
    path.write_bytes(path.read_bytes() + b"x")
    assert recall(tmp_path, "a") is None
    for odd in (b"[]\n", b"[" * 100_000 + b"\n", b"{}", b""):
        path.write_bytes(odd)
        assert recall(tmp_path, "a") is None


@pytest.mark.parametrize("hows", [("before", "half"), ("error",)])
def test_a_document_that_was_kept_half_is_made_anew(tmp_path, hows):
    folder = tmp_path / "cache"
    folder.mkdir()
    found = set()
    for point in stops(folder, lambda: keep(folder, "a", b"%PDF", MARKS), hows):
        assert recall(folder, "a") in (None, (b"%PDF", MARKS)), point
        keep(folder, "a", b"%PDF", MARKS)
        assert recall(folder, "a") == (b"%PDF", MARKS), point
        found.add(point)
    assert len(found) > 1


def test_anything_that_changes_the_pages_changes_the_name():
    first = digest("sheets", '{"a": 1}', {"x.svg": b"1"}, ("pages",))
    assert digest("sheets", '{"a": 1}', {"x.svg": b"1"}, ("pages",)) == first
    others = (
        digest("answers", '{"a": 1}', {"x.svg": b"1"}, ("pages",)),
        digest("sheets", '{"a": 2}', {"x.svg": b"1"}, ("pages",)),
        digest("sheets", '{"a": 1}', {"x.svg": b"2"}, ("pages",)),
        digest("sheets", '{"a": 1}', {"y.svg": b"1"}, ("pages",)),
        digest("sheets", '{"a": 1}', {"x.svg": b"1"}, ("leaf",)),
        digest("sheets", '{"a": 1}', {"x.svg": b"1"}, ("pages",), "a"),
    )
    assert first not in others
    assert len(set(others)) == len(others)


def test_a_folder_that_cannot_be_written_to_costs_nothing(tmp_path):
    (tmp_path / "file").write_text("x")
    keep(tmp_path / "file" / "cache", "a", b"%PDF", MARKS)
    assert recall(tmp_path / "file" / "cache", "a") is None
