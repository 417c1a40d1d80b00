"""Tests of ``workshop compare``."""

import io
import zipfile

import pytest

from tests.addons.back.talks import deck, delete, edited, move, say, titled

BREAD = "Salt holds the water"


def change(presentation):
    say(titled(presentation, BREAD), "enough", "plenty")
    move(presentation, 2, 5)
    delete(presentation, "The oven is hot")
    presentation.slides.add_slide(presentation.slide_layouts[1]).shapes.title.text = "Yeast"


def test_two_decks_are_compared_slide_by_slide(run, tmp_path):
    (tmp_path / "old.pptx").write_bytes(deck())
    (tmp_path / "new.pptx").write_bytes(edited(change))
    code, out, _ = run("compare", "old.pptx", "new.pptx")
    assert code == 0
    assert out.splitlines() == [
        "8 slides before, 8 slides now: 4 slides changed",
        "  6  wheat-is-a-grass      moved",
        "       after 'two-loaves-a-week' now",
        "  7  salt-holds-the-water  words",
        "       “Ten grams are enough for a loaf of bread.” → “Ten grams are plenty for a loaf of bread.”",
        "  8  Yeast                 new",
        "  -  the-oven-is-hot       deleted",
    ]


def test_two_decks_that_mean_the_same_have_nothing_changed(run, tmp_path):
    (tmp_path / "old.pptx").write_bytes(deck())
    (tmp_path / "new.pptx").write_bytes(edited(lambda _: None))
    assert run("compare", "old.pptx", "new.pptx")[:2] == (0, "8 slides before, 8 slides now: nothing changed\n")


def twice(name):
    """Return the deck with one of its parts in it twice."""
    written = io.BytesIO(deck())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(written, "a") as package:
        package.writestr(name, package.read(name))
    return written.getvalue()


def without(name):
    """Return the deck without one of its parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck())) as old, zipfile.ZipFile(written, "w") as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: b"no zip", "it is not a zip file"),
        (lambda: twice("ppt/slides/slide3.xml"), "two parts are named ppt/slides/slide3.xml"),
        (lambda: without("ppt/slides/slide3.xml"), "refers to ppt/slides/slide3.xml, which is missing"),
    ],
    ids=["not a zip", "a part twice", "a part missing"],
)
def test_a_deck_that_cannot_be_read_is_refused_with_the_part_named(run, tmp_path, content, says):
    (tmp_path / "old.pptx").write_bytes(deck())
    (tmp_path / "new.pptx").write_bytes(content())
    code, _, err = run("compare", "old.pptx", "new.pptx")
    assert code == 2
    assert says in err
