"""Tests of what proves an edit."""

from workshop.addons.back.compare import Change
from workshop.addons.back.prove import is_proved
from workshop.files.deck_file import DeckSlide


def slide(**more):
    return DeckSlide(part="", number=1, **more)


def test_only_what_was_changed_is_proved():
    built = slide(
        paragraphs=("It has E = (1/2)mv2",), notes=("Say it",), hidden=True
    )  # LibreOffice writes formulas anew
    theirs = slide(paragraphs=("It has E=12mv2",), notes=("Say it twice",), hidden=True)
    assert is_proved(Change(old=slide(paragraphs=built.paragraphs), new=theirs, kinds=("hidden",)), built)
    assert not is_proved(Change(old=built, new=theirs, kinds=("notes",)), built)
    assert not is_proved(Change(old=built, new=theirs, kinds=("words",)), built)
