from __future__ import annotations

from pathlib import Path

import pytest

from workshop import limits
from workshop.content import text_lines
from workshop.content.source_text import display, read_text
from workshop.content.text_lines import slide_texts
from workshop.errors import At, Report


def read(data: bytes, folder: Path) -> tuple[str | None, list[str]]:
    path = folder / "a.md"
    path.write_bytes(data)
    report = Report()
    return read_text(Path("a.md"), report), [str(p) for p in report.found]


def test_a_byte_order_mark_and_all_line_ends_are_accepted(folder: Path) -> None:
    assert read("\ufeffa\r\nb\rc\nd".encode(), folder) == ("a\nb\nc\nd", [])


def test_what_is_not_utf_8_names_byte_and_line(folder: Path) -> None:
    text, found = read(b"ok\nna\xefve\n", folder)
    assert text is None
    assert found == ["a.md:2: error: this file is not UTF-8: byte 5 is 0xef — save it again with the encoding UTF-8"]


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "NUL (U+0000)"),
        ("\x0b", "vertical tab (U+000B)"),
        ("\x1b", "escape (U+001B)"),
        ("\x85", "control character (U+0085)"),
        ("\u2028", "line separator (U+2028)"),
        ("\uffff", "character (U+FFFF)"),
    ],
)
def test_a_control_character_names_line_and_column(folder: Path, character: str, name: str) -> None:
    text, _ = read(f"a\nbc{character}d{character}".encode(), folder)
    report = Report()
    read_text(Path("a.md"), report)
    assert text is None
    assert [(p.message, p.at.line, p.at.column) for p in report.found if p.at] == [
        (f"there is a {name} in the text", 2, 3)
    ]


def test_a_line_that_is_too_long_is_refused_at_its_line(folder: Path) -> None:
    text, found = read(b"a\n" + b"x" * 1_500_000, folder)
    assert text is None
    assert found == ["a.md:2: error: this line has 1,500,000 characters; the limit is 100,000 characters — break it up"]


def test_a_file_that_is_too_large_is_not_even_read(folder: Path) -> None:
    text, found = read(b"x" * (limits.SOURCE_BYTES + 1), folder)
    assert text is None
    assert found[0].startswith("a.md: error: this file can't be read: it has 2.0 MB; the limit is 2 MB")


def test_a_missing_file_is_a_problem(folder: Path) -> None:
    report = Report()
    assert read_text(Path("none.md"), report) is None
    assert str(report.found[0]) == "none.md: error: this file can't be read: No such file or directory"


def test_places_are_shown_from_the_working_folder(folder: Path) -> None:
    assert display(folder / "kit" / ".." / "a.md") == "a.md"
    assert display(Path("kit/../exercises/b.md")) == "exercises/b.md"


def test_a_file_of_many_slides_is_read_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    talk, opened = tmp_path / "talk.md", list[Path]()
    talk.write_text("---\ntitle: T\n---\n\n" + "".join(f"# Slide {n}\n\n- point {n}\n\n" for n in range(5)), "utf-8")
    monkeypatch.setattr(text_lines, "read_text", lambda path, *_: opened.append(path) or path.read_text("utf-8"))
    places = {f"slide-{n}": At(str(talk), 5 + 4 * n) for n in range(5)}
    found = slide_texts({"cover": At(str(talk), 1), **places}, tmp_path, headed=False)
    assert opened == [talk]
    assert [one.text for one in found.values()] == ["", *(f"# Slide {n}\n\n- point {n}\n" for n in range(5))]


def test_a_picture_that_is_written_into_the_text_counts_towards_no_line(folder: Path) -> None:
    text, found = read(b"![A](data:image/png;base64," + b"iVBO" * 40_000 + b")", folder)
    assert (text, found) == ("![A](data:image/png;base64,…)", [])
    text, found = read(b"x" * (limits.LINE + 1), folder)
    assert text is None
    assert "the limit is" in found[0]
