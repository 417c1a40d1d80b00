"""Tests of identity and bases, with the talk of ``tests/addons/back``."""

import gzip
import io
import os
import zipfile
import zlib

import pytest
from pptx import Presentation

from tests.addons.back.talks import base_in, deck, files
from tests.files.faults import stops
from workshop.files.bases import NEWEST, Record, SlideText, base_files, read_base, spent
from workshop.files.build_ids import build_id, creation_ids
from workshop.files.output import recover, write_output


def made(number):
    """Return a file that names a build."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        xml = f'<Properties><property name="workshop"><vt:lpwstr>{number:012x}</vt:lpwstr></property></Properties>'
        package.writestr(zipfile.ZipInfo("docProps/custom.xml"), xml)
    return written.getvalue()


def record(slides=None):
    return Record(typed=(), audience="", is_kit=False, slides=slides or {})


def put(folder, number):
    deck_file = made(number)
    write_output(folder, {"deck.pptx": deck_file}, force=True, bases=base_files({"deck.pptx": deck_file}, record))


def bases(folder):
    return sorted(path.name for path in folder.iterdir() if path.name.startswith(".deck-"))


def test_a_deck_names_its_build_and_its_slides():
    slides = Presentation(io.BytesIO(deck())).slides
    names = [slide._element.cSld.get("name") for slide in slides]
    assert names[2:5] == ["wheat-is-a-grass", "rye-bakes-a-dark-bread", "what-a-loaf-needs"]
    numbers = [int(slide._element.cSld.find(".//{*}creationId").get("val")) for slide in slides]
    assert numbers == [zlib.crc32(name.encode()) for name in names]
    assert f".deck-{build_id(deck())}.pptx" in files()


def test_two_slides_with_the_same_checksum_get_different_numbers():
    assert zlib.crc32(b"plumless") == zlib.crc32(b"buckeroo")
    first, second = creation_ids(["plumless", "buckeroo"]).values()
    assert second == first + 1


def test_the_base_beside_a_deck_is_the_deck_with_the_source_of_each_slide(tmp_path):
    for name, content in files().items():
        (tmp_path / name).write_bytes(content)
    base = read_base(base_in(tmp_path))
    assert base.deck == deck()
    slide = base.record.slides["rye-bakes-a-dark-bread"]
    assert slide.file == "bread.md"
    assert slide.text == "## Rye bakes a dark bread\n\nRye has little gluten, so its dough is sour.\n"


def test_a_text_that_fills_many_slides_is_kept_once_and_read_for_each(tmp_path):
    long, other = SlideText("talk.md", 1, "# The whole list\n"), SlideText("talk.md", 9, "# Another\n")
    slides = {"list": long, "list-2": long, "list-3": long, "other": other, "cover": SlideText()}
    for name, content in base_files({"deck.pptx": made(1)}, lambda: record(slides)).items():
        (tmp_path / name).write_bytes(content)
    base = tmp_path / ".deck-000000000001.pptx"
    assert gzip.decompress(base.with_suffix(".json.gz").read_bytes()).count(b"The whole list") == 1
    assert read_base(base).record.slides == slides


def test_a_base_without_a_readable_record_is_only_the_deck(tmp_path):
    base = tmp_path / f".deck-{build_id(deck())}.pptx"
    base.write_bytes(deck())
    assert read_base(base).record is None
    base.with_suffix(".json.gz").write_bytes(b"no gzip")
    assert read_base(base).record is None


def test_the_newest_bases_are_kept_and_those_that_a_deck_names(tmp_path):
    for number in range(1, 6):
        put(tmp_path, number)
        if number == 1:
            (tmp_path / "taught.pptx").write_bytes(made(1))
        for path in tmp_path.glob(f".deck-{number:012x}*"):
            os.utime(path, (number, number))
    assert {name.partition(".")[2][5:17] for name in bases(tmp_path)} == {f"{n:012x}" for n in (1, 3, 4, 5)}
    assert NEWEST == 3


def test_bases_of_another_name_stay(tmp_path):
    (tmp_path / ".deck-notes.pptx").write_bytes(b"mine")
    for number in range(1, 6):
        put(tmp_path, number)
    assert (tmp_path / ".deck-notes.pptx").read_bytes() == b"mine"
    assert spent(tmp_path, ()) == []


@pytest.mark.broad
def test_a_killed_build_leaves_deck_and_bases_as_before_or_as_after(tmp_path):
    put(tmp_path / "before", 1)
    put(tmp_path / "after", 1)
    put(tmp_path / "after", 2)
    folder = tmp_path / "out"
    put(folder, 1)
    now, then = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("before", "after"))
    for point in stops(tmp_path, lambda: put(folder, 2)):
        recover(folder)
        assert {p.name: p.read_bytes() for p in folder.iterdir()} in (now, then), point


@pytest.mark.parametrize("content", [b"", b"PK", made(3)[:60]], ids=["empty", "short", "cut off"])
def test_a_file_that_is_no_deck_of_ours_names_no_build(tmp_path, content):
    (tmp_path / "deck.pptx").write_bytes(content)
    assert build_id(tmp_path / "deck.pptx") == ""
    assert base_files({"deck.pptx": content}, record) == {}
