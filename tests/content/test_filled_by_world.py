"""Tests which data of a world are a user's own: the cards of one that isn't the kit's, and never its words."""

import shutil

from workshop.ai_models.register import kit_folder
from workshop.content import read


def own_of(world):
    return read(kit_folder(), None, (), {}, str(world))[0].own_slots


def test_the_cards_of_a_world_of_ones_own_are_a_users_data_and_its_words_arent(tmp_path):
    shutil.copy(kit_folder() / "worlds" / "hospital" / "library.md", tmp_path)
    (tmp_path / "world.yaml").write_text("like: hospital\n")
    own = own_of(tmp_path)
    assert ("retrieval", "library") in own
    assert {slot for _, slot in own}.isdisjoint({"world"})


def test_a_world_of_the_kit_and_one_without_cards_bring_no_data_of_a_user(tmp_path):
    (tmp_path / "world.yaml").write_text("like: hospital\n")
    assert own_of(tmp_path) == own_of("hospital") == frozenset()
