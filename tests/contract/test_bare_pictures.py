"""Tests that nothing of a photo but its pixels is in any file that a build writes."""

import io
import zipfile

import pytest
from pypdf import PdfReader

from tests.photo import TRACES, photo, pixels
from workshop.cli.app import main

pytestmark = pytest.mark.long

TEXTS = {
    "kit.yaml": "title: A kit\npeople: 10\nminutes: 60\nsections: [one]\n",
    "one.md": """---
title: One
---

## A photo of a place {#one minutes=5}

![A place](photo.jpg)

## A task {#two minutes=5}

![](exercise:t)

## Words on a photo {#three minutes=2 background-image=photo.png}

![How often it happened](chart:never_zero.many)
""",
    "exercises/one.md": """---
title: One
stage: one
aim: Look.
---

## Look {#t}

::: task
What is here?

![A place](photo.jpg)
:::

::: solution
A place.
:::
""",
}
ASKED = "deck,sheets,sheets-docx,answers,handout,facilitator,guide-docx,explore"


@pytest.fixture(scope="module")
def written(cache, tmp_path_factory):
    """Return the files of a kit with two photos, and what the build said."""
    folder = tmp_path_factory.mktemp("photos")
    for name, text in TEXTS.items():
        (folder / "kit" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "kit" / name).write_text(text, "utf-8")
    for kind, suffix in (("JPEG", "jpg"), ("PNG", "png")):
        (folder / f"kit/photo.{suffix}").write_bytes(photo(kind))
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("WORKSHOP_CACHE", str(cache))
        patched.chdir(folder)
        said = io.StringIO()
        patched.setattr("sys.stderr", said)
        main(["build", "kit", "--only", ASKED, "--out", "out"])
    return folder / "out", said.getvalue()


def pieces(path):
    """Yield everything that is packed in a file."""
    yield path.read_bytes() if path.suffix != ".pdf" else b""
    if path.suffix in (".pptx", ".docx"):
        with zipfile.ZipFile(path) as package:
            yield from map(package.read, package.namelist())
    if path.suffix == ".pdf":
        for page in PdfReader(path).pages:
            yield from (image.data for image in page.images)


def test_none_of_it_is_in_any_file_and_the_build_says_so_once(written):
    out, said = written
    names = {path.name for path in out.iterdir()}
    assert {"deck.pptx", "sheets.pdf", "sheets.docx", "handout.pdf", "facilitator.docx", "explore.html"} <= names
    for path in out.iterdir():
        assert [trace for piece in pieces(path) for trace in TRACES if trace in piece] == [], path.name
    assert said.count("left out of pictures: ") == 1


@pytest.mark.parametrize("name", ["deck.pptx", "sheets.docx"])
def test_the_photo_looks_the_same(written, name):
    shown = [pixels(piece) for piece in pieces(written[0] / name) if piece.startswith(b"\xff\xd8\xff")]
    assert shown == [pixels(photo("JPEG"))]
