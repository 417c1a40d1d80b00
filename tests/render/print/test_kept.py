from workshop.render.print.kept import digest, keep, recall

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
    path.write_bytes(b"[]\n")
    assert recall(tmp_path, "a") is None


def test_anything_that_changes_the_pages_changes_the_name():
    first = digest("sheets", {"a": 1}, {"x.svg": b"1"}, ("pages",))
    assert digest("sheets", {"a": 1}, {"x.svg": b"1"}, ("pages",)) == first
    others = (
        digest("answers", {"a": 1}, {"x.svg": b"1"}, ("pages",)),
        digest("sheets", {"a": 2}, {"x.svg": b"1"}, ("pages",)),
        digest("sheets", {"a": 1}, {"x.svg": b"2"}, ("pages",)),
        digest("sheets", {"a": 1}, {"y.svg": b"1"}, ("pages",)),
        digest("sheets", {"a": 1}, {"x.svg": b"1"}, ("leaf",)),
    )
    assert first not in others
    assert len(set(others)) == len(others)


def test_a_folder_that_cannot_be_written_to_costs_nothing(tmp_path):
    (tmp_path / "file").write_text("x")
    keep(tmp_path / "file" / "cache", "a", b"%PDF", MARKS)
    assert recall(tmp_path / "file" / "cache", "a") is None
