"""Tests that the other printed files of the built-in kit agree with its data and slides."""

import pytest

from workshop.ai_models.register import kit_folder
from workshop.content import load
from workshop.inputs.ballots import Ballots


@pytest.fixture(scope="module")
def prints():
    content, _ = load(kit_folder())
    return content, {source.name: source for source in content.prints}


def test_ballots_compare_the_same_kinds_as_their_tallies(prints):
    _, sources = prints
    tallies = Ballots.load(kit_folder() / "data" / "ballots.csv").rounds
    asked = [
        (entry.meta.round, *(part.meta.kind for part in entry.parts if part.name in "ab"))
        for entry in sources["ballots"].entries
    ]
    assert asked == [(int(t.round), t.first, t.second) for t in tallies]


def test_every_card_of_the_library_is_a_document_card(prints):
    _, sources = prints
    library = (kit_folder() / "worlds" / "garden" / "library.md").read_text("utf-8")
    fronts = [
        entry for entry in sources["documents"].entries if {part.name for part in entry.parts} == {"title", "front"}
    ]
    assert len(fronts) == library.count("\n## ")


def test_stages_with_cards_are_those_that_need_them(prints):
    content, sources = prints
    numbers = {stage.id: stage.number for stage in content.stages}
    decks = [source for source in sources.values() if source.kind == "cards"]
    assert sorted(numbers[deck.meta.stage] for deck in decks) == [1, 3, 4, 5, 6, 7, 8]
    assert all(deck.meta.task for deck in decks)
