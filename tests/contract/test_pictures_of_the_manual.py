"""The manual's pictures are drawn from builds, are all shown, and one that is older than what it shows is named."""

import re

import pytest

from docs import make_pictures, make_screens
from docs.make_pictures import ALL, HERE, PICTURES, ROOT

NAMES = {picture.name for picture in ALL} | {"stages", *make_screens.SCREENS}
WITHOUT = {"adding", "benchmarks", "glossary", "points", "safety"}  # nothing is finished there that could be shown


def shown():
    pages = [ROOT / "README.md", *HERE.rglob("*.md")]
    return {name for page in pages for name in re.findall(r"pictures/([\w-]+)\.png", page.read_text("utf-8"))}


def test_each_picture_is_made_and_each_that_is_made_is_shown():
    kept = {path.stem for path in PICTURES.glob("*.png")}
    assert kept == NAMES
    assert kept == shown()


def test_the_page_of_a_job_begins_with_a_picture():
    jobs = [*HERE.glob("*.md"), *(HERE / "write").glob("*.md")]
    bare = {page.stem for page in jobs if "![" not in page.read_text("utf-8").partition("\n```")[0]}
    assert bare == WITHOUT


def test_the_readme_has_five_pictures():
    assert len(re.findall(r"^!\[", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)) == 5


def test_a_picture_is_the_same_each_time_and_an_old_one_is_named(monkeypatch):
    picture = next(one for one in ALL if one.name == "languages")
    monkeypatch.setattr(make_pictures, "ALL", (picture,))
    assert list(make_pictures.stale()) == []
    monkeypatch.setattr(make_pictures, "PICTURES", ROOT / "docs" / "pictures" / "gallery")
    assert list(make_pictures.stale()) == [
        "docs/pictures/gallery/languages.png: older than what it shows: run docs/make_pictures.py languages"
    ]


def test_a_slide_that_is_not_in_the_deck_is_a_mistake(tmp_path):
    (tmp_path / "slides.html").write_text("", "utf-8")
    with pytest.raises(AssertionError, match="has no slide cover"):
        make_pictures.slide(tmp_path / "slides.html", "cover")
