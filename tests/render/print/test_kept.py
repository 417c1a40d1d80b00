import pytest

from workshop.files.memo import Memo
from workshop.render.print.typesetting import TYPESET, Typeset, name_of

DONE = Typeset(b"%PDF\nbytes", {"pages": (2,), "leaf": ({"place": 0, "pages": 2},)})


def test_a_document_comes_back_with_its_marks(tmp_path):
    TYPESET.keep(tmp_path / "cache", "a", DONE)
    assert TYPESET.recall(tmp_path / "cache", "a") == DONE


@pytest.mark.parametrize("odd", [b"[]\n", b"[" * 100_000 + b"\n", b'{"pages": 2}\n', b""])
def test_what_is_no_document_is_made_again(tmp_path, odd):
    Memo(TYPESET.ending, bytes, bytes).keep(tmp_path, "a", odd)
    assert TYPESET.recall(tmp_path, "a") is None


def test_anything_that_changes_the_pages_changes_the_name():
    first = name_of("sheets", '{"a": 1}', {"x.svg": b"1"}, ("pages",))
    assert name_of("sheets", '{"a": 1}', {"x.svg": b"1"}, ("pages",)) == first
    others = (
        name_of("answers", '{"a": 1}', {"x.svg": b"1"}, ("pages",)),
        name_of("sheets", '{"a": 2}', {"x.svg": b"1"}, ("pages",)),
        name_of("sheets", '{"a": 1}', {"x.svg": b"2"}, ("pages",)),
        name_of("sheets", '{"a": 1}', {"y.svg": b"1"}, ("pages",)),
        name_of("sheets", '{"a": 1}', {"x.svg": b"1"}, ("leaf",)),
        name_of("sheets", '{"a": 1}', {"x.svg": b"1"}, ("pages",), "a"),
    )
    assert first not in others
    assert len(set(others)) == len(others)
