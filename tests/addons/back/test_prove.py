"""Tests of what proves an edit."""

from types import SimpleNamespace

from workshop.addons.back.compare import Change
from workshop.addons.back.draft import Outcome
from workshop.addons.back.prove import ELSEWHERE, is_proved, unproved
from workshop.files.deck_file import Deck, DeckSlide


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


def test_a_move_that_no_build_makes_is_told_once_and_then_left_alone():
    old, new = ([DeckSlide(part="", number=k, id=name) for k, name in enumerate(names, 1)] for names in ("abc", "bca"))
    pairs = [(next(one for one in old if one.id == after.id), after) for after in new]
    change = Change(old=old[0], new=new[2], kinds=("boxes", "moved"))
    outcome = Outcome(change=change, key="a@", is_open=True)
    found = SimpleNamespace(matched=SimpleNamespace(pairs=pairs))
    draft = SimpleNamespace(edits=SimpleNamespace(found=found), outcomes=[outcome], unplaced={})
    built = Deck(build="", program="", slides=tuple(old), looks={})
    assert unproved(draft, built) == {"3": ELSEWHERE}
    draft.unplaced = {"3": ELSEWHERE}
    assert unproved(draft, built) == {}
