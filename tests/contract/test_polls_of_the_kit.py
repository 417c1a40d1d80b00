"""The polls of the kit: what people are told to type is public, whatever documents a client gives, and the strips are solved by their keys."""

import re

import pytest

from tests.contract import kits
from workshop.ai_models.register import kit_folder
from workshop.build import plan
from workshop.inputs.library import Documents
from workshop.layouts import traits
from workshop.model.blocks import plain
from workshop.model.request import Counted, Request
from workshop.plugins.registry import standard_registry
from workshop.render.print.booklet import booklet_data
from workshop.render.print.figures import galley_for

HOSPITAL = kit_folder() / "worlds" / "hospital"
COUNTS = {"ask-invented": (3, 9, 2), "ask-page": (2, 10, 1), "ask-facts": (6, 46, 8)}


def polls(kit):
    return {slide.id: slide for slide in kit.slides if "polls" in traits(slide.layout) and not slide.hidden}


def text(slide):
    """Return all words of a slide, and of its notes."""
    blocks = [line.text for _, some in slide.slots for block in some for line in getattr(block, "lines", ())]
    notes = [line.text for note in slide.notes for line in note.prose.lines]
    return " ".join([plain(slide.title), *blocks, *notes])


def planned(cache, **more):
    asked = Request(audience="general", minutes=180, cache=cache, **more)
    return plan(kit_folder(), asked, standard_registry(), base=None)[0]


def test_three_polls_are_in_a_long_plan(cache):
    assert set(polls(kits.laid_out("general", 180, cache)[0].kit)) == set(COUNTS)


def test_with_a_clients_documents_nobody_is_told_to_type_or_photograph_one(cache):
    data = {
        ("retrieval", "library"): HOSPITAL / "library.md",
        ("retrieval", "questions"): HOSPITAL / "questions.yaml",
    }
    cards = Documents.load(HOSPITAL / "library.md").items
    kit = planned(cache, data=data)
    for slide in polls(kit).values():
        said = text(slide)
        assert "hoto" not in said
        assert [card.title for card in cards if card.text in said or f"“{card.title}”" in said] == []


@pytest.mark.slow
def test_what_was_counted_stands_on_four_slides_and_nowhere_without_counts(cache):
    counts = {name: Counted(letters) for name, letters in COUNTS.items()}
    kit = planned(cache, counts=counts)
    found = polls(kit)
    assert {name: slide.placed for name, slide in found.items()} == COUNTS
    (learnt,) = [slide for slide in kit.slides if slide.id == "learnt"]
    for sentence in (slide.counted for slide in found.values()):
        assert sentence in text(learnt)
    without = kits.laid_out("general", 180, cache)[0].kit
    assert [slide.counted or slide.placed for slide in polls(without).values() if slide.counted or slide.placed] == []


def test_each_poll_has_its_strip_in_the_booklet(cache):
    laid = kits.laid_out("general", 180, cache)[0]
    pages = booklet_data(laid, galley_for(laid))["pages"]
    assert sum(len(page["polls"]) for page in pages) == sum(len(page["strips"]) for page in pages) == len(COUNTS)


@pytest.mark.parametrize("room", ["no-printer", "phones", "remote"])
def test_without_a_booklet_no_poll_sends_anybody_to_a_page_of_it(room, cache):
    found = polls(planned(cache, room=room))
    assert found
    spoken = [text(slide) for slide in found.values()]
    assert not [words for words in spoken if re.search(r"\bstrip \d|\bon page \d|\bbooklet", words, re.IGNORECASE)]
    assert all("a phone for two" in words for words in spoken)


def test_with_a_booklet_whoever_has_no_phone_is_sent_to_its_strip(cache):
    found = polls(planned(cache))
    assert [words for slide in found.values() if "or strip" not in (words := text(slide))] == []
