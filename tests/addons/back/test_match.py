import random
from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.addons.back.talks import deck, edited, move, say, titled, without_ids
from workshop.addons.back.match import match
from workshop.files.deck_file import Deck, DeckSlide, read_deck

WORDS = [
    "dough",
    "salt",
    "flour",
    "water",
    "yeast",
    "crumb",
    "crust",
    "oven",
    "rye",
    "wheat",
    "loaf",
    "slice",
    "grain",
    "mill",
    "bran",
    "heat",
    "steam",
    "time",
    "hand",
    "bowl",
]


def made(seed, number):
    """Return a slide of 40 words that no other slide has all of."""
    chance = random.Random(f"{seed}-{number}")
    own = [f"{chance.choice(WORDS)}{chance.randint(0, 60)}" for _ in range(40)]
    text = (" ".join(own[5:20]), " ".join(own[20:30]))
    return DeckSlide(part="", number=number, title=" ".join(own[:5]), paragraphs=text, notes=(" ".join(own[30:]),))


def other_words(slide, share, chance):
    """Return a slide of which a share of all words is replaced."""

    def changed(text):
        return " ".join(f"new{chance.randint(0, 9999)}" if chance.random() < share else w for w in text.split())

    texts = {name: tuple(map(changed, getattr(slide, name))) for name in ("paragraphs", "notes")}
    return replace(slide, title=changed(slide.title), **texts)


def of(slides):
    return Deck(build="", program="", slides=tuple(slides), looks={})


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 30), st.sampled_from([0, 0.1, 0.2, 0.3, 0.5, 0.7]))
def test_no_slide_is_matched_with_another_and_with_few_words_replaced_each_is_found(seed, number, share):
    chance = random.Random(seed)
    old = [made(seed, n) for n in range(1, number + 1)]
    order = chance.sample(old, len(old))
    new = [replace(other_words(slide, share, chance), number=n) for n, slide in enumerate(order, 1)]
    found = match(of(old), of(new))
    assert [one for one, other in found.pairs if order[other.number - 1] != one] == []
    if share <= 0.2:
        assert len(found.pairs) == number
    assert len(found.pairs) + len(found.new) == number == len(found.pairs) + len(found.gone)


def test_a_copy_of_a_slide_is_the_copy_and_the_slide_that_is_more_alike_the_slide():
    slide = replace(made(1, 1), creation=7)
    copy = replace(other_words(slide, 0.4, random.Random(1)), number=1)
    found = match(of([slide]), of([copy, replace(slide, number=2)]))
    assert [(a.number, b.number) for a, b in found.pairs] == [(1, 2)]
    assert found.new == (copy,)


def test_a_copy_with_the_name_and_the_words_of_a_slide_that_was_changed_is_the_copy_wherever_it_stands():
    def copy_first(presentation):
        rye = titled(presentation, "Rye bakes a dark bread")
        made = presentation.slides.add_slide(rye.slide_layout)
        made._element.replace(made._element.cSld, deepcopy(rye._element.cSld))
        say(rye, "little gluten", "a smell of apples that nobody explains, and grows tall")
        move(presentation, len(presentation.slides) - 1, 0)

    old, new = read_deck(deck()), read_deck(edited(copy_first))
    found = match(old, new)
    assert [slide.number for slide in found.new] == [1]
    assert {one.id for one, _ in found.pairs} == {slide.id for slide in old.slides}
    assert [
        "apples" in str(after.paragraphs) for one, after in found.pairs if one.title == "Rye bakes a dark bread"
    ] == [True]


def test_a_slide_whose_words_are_all_new_is_known_by_its_number():
    old, new = replace(made(1, 1), creation=7), replace(made(2, 1), creation=7)
    assert match(of([old]), of([new])).pairs == ((old, new),)


def test_a_deck_without_numbers_and_names_is_matched_by_words():
    def move(presentation):
        listed = presentation.slides._sldIdLst
        listed.append(listed[2])

    old, new = read_deck(deck()), read_deck(without_ids(edited(move)))
    assert {slide.creation for slide in new.slides} == {0}
    found = match(old, new)
    assert [one.title for one, _ in found.pairs] == [slide.title for slide in new.slides]
    assert not found.new
    assert not found.gone
