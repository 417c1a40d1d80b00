import os
import sysconfig

from tests.files.faults import stops
from workshop.files import unchanged
from workshop.files.unchanged import Answer, Reads, Seen, keep_answer, last_answer

ANSWER = Answer(problems="", text="deck.pptx\n")


class Nothing:
    """Return a build that read no file."""

    def inputs(self, made, cache, before):
        return Seen({}, ())


def test_an_answer_that_was_kept_half_is_none(tmp_path):
    cache = tmp_path / "cache"
    cache.mkdir()
    found = set()
    for point in stops(
        cache, lambda: keep_answer(cache, ["build"], Nothing(), [], ANSWER), ("before", "half", "error")
    ):
        assert last_answer(cache, ["build"]) in (None, ANSWER), point
        keep_answer(cache, ["build"], Nothing(), [], ANSWER)
        assert last_answer(cache, ["build"]) == ANSWER, point
        found.add(point)
    assert len(found) > 4


def test_a_package_that_is_installed_anew_is_a_change_although_its_folders_have_the_same_names(tmp_path, monkeypatch):
    record = tmp_path / "site" / "rye-1.0.dist-info" / "RECORD"
    record.parent.mkdir(parents=True)
    record.write_text("rye.py,sha256=a,1\n")
    paths = sysconfig.get_paths() | dict.fromkeys(("purelib", "platlib"), str(tmp_path / "site"))
    monkeypatch.setattr(sysconfig, "get_paths", lambda: paths)
    keep_answer(tmp_path / "cache", ["build"], Reads(), [], ANSWER)
    assert last_answer(tmp_path / "cache", ["build"]) == ANSWER
    record.write_text("rye.py,sha256=b,1\n")
    assert last_answer(tmp_path / "cache", ["build"]) is None


def test_a_file_that_another_thread_opens_meanwhile_is_no_error(tmp_path, monkeypatch):
    files = [tmp_path / str(number) for number in range(40)]
    for file in files:
        file.touch()
    reads = Reads()
    assert files[0].read_text("utf-8") == ""
    whole, others = os.path.abspath, iter(files[1:])

    def meanwhile(path):
        if (other := next(others, None)) is not None:
            other.read_text("utf-8")
        return whole(path)

    monkeypatch.setattr(os.path, "abspath", meanwhile)
    assert str(files[0]) in reads.seen(()).stamps


def test_a_change_of_our_own_files_counts_though_only_a_copy_of_this_process_read_them(tmp_path, monkeypatch):
    style = tmp_path / "package" / "static" / "page.css"
    style.parent.mkdir(parents=True)
    style.write_text("p {color: red}")
    os.utime(style, ns=(10**18, 10**18))
    monkeypatch.setattr(unchanged, "PACKAGE", tmp_path / "package")
    keep_answer(tmp_path / "cache", ["build"], Reads(), [], ANSWER)
    assert last_answer(tmp_path / "cache", ["build"]) == ANSWER
    style.write_text("p {color: tan}")
    assert last_answer(tmp_path / "cache", ["build"]) is None


def test_our_own_modules_count_as_changed_when_they_are_saved_during_a_build(tmp_path, monkeypatch):
    module = tmp_path / "package" / "module.py"
    module.parent.mkdir()
    module.write_text("ONE = 1\n")
    monkeypatch.setattr(unchanged, "PACKAGE", module.parent)
    assert keep_answer(tmp_path / "cache", ["build"], Reads(), [], ANSWER) == ()
    reads = Reads()
    module.write_text(module.read_text())
    assert keep_answer(tmp_path / "cache", ["build"], reads, [], ANSWER) == (str(module),)


def test_what_is_kept_of_a_deck_beside_it_is_written_and_no_source_that_changed_meanwhile(tmp_path):
    deck, kept = tmp_path / "out" / "deck.pptx", tmp_path / "out" / ".deck-0123456789ab.json.gz"
    deck.parent.mkdir()
    deck.write_bytes(b"a deck")
    kept.write_bytes(b"its sources")
    reads = Reads()
    assert kept.read_bytes() == b"its sources"
    kept.write_bytes(b"other sources, the same deck")
    assert keep_answer(tmp_path / "cache", ["build"], reads, [deck], ANSWER) == ()
    assert last_answer(tmp_path / "cache", ["build"]) == ANSWER
