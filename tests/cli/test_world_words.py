"""Tests the words of a ready world as comments: every group is there, with the number of slides on which it is seen."""

from workshop.ai_models.parts.roles import SHAPES
from workshop.ai_models.register import kit_folder
from workshop.cli.world_words import Seen, own_words
from workshop.inputs.drafted_cards import Drafts

WORLDS = kit_folder() / "worlds"


def test_the_table_has_every_group_of_a_world_and_no_more_slides_than_there_are():
    seen = Seen.read(WORLDS)
    assert set(seen.by_group) == set(SHAPES)
    assert 0 < max(seen.by_group.values()) < seen.slides


def test_people_and_places_of_documents_stand_beside_the_groups_that_they_may_fill():
    drafts = Drafts(kept=(), spare=(), documents=1, left_out={}, unread=(), people=("nurse",), places=("lobby",))
    text = own_words("people: {one: a, many: b}\nspots: [a]\n", "front-desk", Seen.read(WORLDS), drafts)
    lines = text.splitlines()
    assert lines[2] == "like: front-desk"
    assert lines[lines.index("# spots: [a]") + 1] == "#   places of your documents: lobby"
    assert lines[lines.index("# people: {one: a, many: b}") + 1] == "#   people of your documents: nurse"
