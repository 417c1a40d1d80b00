"""Words of worlds: what is made of them is the same in each world but for the nouns, and what can't be used is refused at its line."""

import string
from itertools import product

import pytest
import yaml

from tests.ai_models.garden import FOLDER, WORLD
from workshop.ai_models.parts.roles import TAKEN, World, said
from workshop.errors import WorkshopError

WORLDS = sorted(path.parent for path in FOLDER.parent.glob("*/world.yaml"))
GIVEN = yaml.safe_load((FOLDER / "world.yaml").read_text("utf-8"))


def written(folder, **changes):
    """Write a world that is the garden with other groups; a group that is ``None`` is left out."""
    folder.mkdir(exist_ok=True)
    given = {key: value for key, value in (GIVEN | changes).items() if value is not None}
    text = "\n".join(
        f"{key}: {yaml.safe_dump(value, default_flow_style=True, width=999).removesuffix('...' + chr(10)).strip()}"
        for key, value in given.items()
    )
    (folder / "world.yaml").write_text(text)
    return folder / "world.yaml"


def refused(folder, **changes):
    with pytest.raises(WorkshopError) as caught:
        World.load(written(folder, **changes))
    return [(problem.message, problem.at.line, problem.hint) for problem in caught.value.problems]


def pattern(sentences):
    """Return sentences with each word replaced by its place among all words: equal for texts that differ in their words alone."""
    order = {}
    return [tuple(order.setdefault(word, len(order)) for word in sentence.split()) for sentence in sentences]


@pytest.mark.parametrize("folder", WORLDS, ids=lambda folder: folder.name)
def test_everything_made_of_a_worlds_words_has_the_pattern_of_the_gardens(folder):
    world = World.load(folder / "world.yaml")
    for made in (
        lambda w: [s for part in w.rounds().items for s in part],
        lambda w: list(w.held_out().items),
        lambda w: list(w.facts()),
        lambda w: [f"{prompt} {answer}" for suite in w.suites().values() for prompt, answer in suite],
        lambda w: [" ".join(phrase) for phrase in product(*w.grammar())][::7],
    ):
        assert pattern(made(world)) == pattern(made(WORLD))


def test_no_held_out_sentence_is_read_and_together_they_are_all_of_the_form():
    read = {sentence for part in WORLD.rounds().items for sentence in part}
    held = set(WORLD.held_out().items)
    assert not read & held
    assert len(read | held) == 4 * 4 * 4


def test_suites_have_the_sizes_of_the_boards():
    assert {name: len(items) for name, items in WORLD.suites().items()} == {
        "counting": 19 * 8, "tags": 8 * 8, "seasons": 12 * 6, "safety": 8 * 12,
    }  # fmt: skip
    assert {answer for _, answer in WORLD.suites()["safety"]} == {"yes", "no"}


def test_irregular_plurals_and_articles_can_be_given(tmp_path):
    things = [{"one": "shelf", "many": "shelves"}, *GIVEN["things"][1:]]
    things[3] = {"one": "hour", "a": "an"}
    world = World.load(written(tmp_path / "w", things=things, standing=["shelf", "rake", "barrow", "hour"]))
    assert world.many[0] == "shelves"
    assert "an hour stood by the bench" in world.rounds().items[0]


def test_what_a_world_leaves_out_comes_from_the_one_that_it_is_like(tmp_path):
    (tmp_path / "ward").mkdir()
    (tmp_path / "ward" / "world.yaml").write_text(
        "like: garden\nname: the ward\nplaces: [hall, lab, gym, den, bay, loft]\nmoved: {thing: gong, was: lab, now: den}\nlocked: {thing: poison, place: gym}\n"
    )
    world = World.load(tmp_path / "ward" / "world.yaml")
    assert (world.words["name"], world.words["a"]) == ("the ward", "a community garden")
    assert world.places[0] == "hall"
    assert [folder.name for folder in world.folders] == ["ward", "garden"]
    assert world.library == FOLDER / "library.md"


def test_a_word_twice_or_one_that_demos_use_is_refused_with_the_other_place(tmp_path):
    places = ["spade", "where", *GIVEN["places"][2:]]
    told = refused(
        tmp_path / "w",
        places=places,
        moved={"thing": "bell", "was": "barn", "now": "porch"},
        locked={"thing": "poison", "place": "attic"},
    )
    assert [message.partition(", first")[0] for message, *_ in told] == [
        "'spade' is given twice", "'where' is a word that the demos use themselves",
    ]  # fmt: skip
    assert "world.yaml:5" in told[0][0]
    assert all(line == 6 for _, line, _ in told)


@pytest.mark.parametrize("word", ["two words", "Spade", "spade7", "a" * 15, "é", ""])
def test_a_role_is_one_word_of_two_to_fourteen_small_letters(tmp_path, word):
    told = refused(tmp_path / "w", places=[*GIVEN["places"][:5], word])
    assert [message for message, *_ in told] == [f"{word!r} can't be a word of a world"]
    assert "2 to 14 small letters" in told[0][2]


def test_a_wrong_key_a_short_list_and_a_missing_group_are_all_told_at_once(tmp_path):
    told = refused(tmp_path / "w", plases=["x"], spots=["fence", "pond"], facts=None)
    assert [message for message, *_ in told] == [
        "facts: is missing",
        "spots: has 2, and 4 are needed",
        "a world has no key 'plases'",
    ]
    assert "places" in told[2][2]


def test_relations_have_as_many_words_as_the_gardens_and_share_no_pair(tmp_path):
    relations = ["is beside", *GIVEN["facts"]["relations"][1:]]
    (told,) = refused(tmp_path / "w", facts=GIVEN["facts"] | {"relations": relations})
    assert told[0] == "'is beside' doesn't have 4 words"
    relations = ["was praised for the", *GIVEN["facts"]["relations"][1:]]
    told = refused(tmp_path / "w", facts=GIVEN["facts"] | {"relations": relations})
    assert {message.partition(" is in")[0] for message, *_ in told} == {"'was praised'", "'praised for'"}


def test_words_that_must_be_among_others_are(tmp_path):
    told = refused(
        tmp_path / "w",
        standing=["spade", "rake", "barrow", "axe"],
        moved={"thing": "bell", "was": "moon", "now": "porch"},
        forbidden=GIVEN["forbidden"] | {"word": "quartz"},
    )
    assert [message for message, *_ in told] == [
        "'axe' isn't one of the first eight things",
        "'moon' isn't one of places",
        "no sentence of the grammar has 'quartz' in it",
    ]


def test_a_locked_thing_without_three_points_is_refused_with_the_line_to_add(tmp_path):
    folder = written(tmp_path / "w").parent
    (folder / "rules.csv").write_text("word,points\npoison,2\nsteal,3\n")
    with pytest.raises(WorkshopError, match=r"'poison' has 2 points in rules\.csv, and 3 are needed") as caught:
        World.load(folder / "world.yaml")
    assert caught.value.problem.hint == "add the line poison,3"


def test_a_clients_name_is_no_word_of_the_world():
    with pytest.raises(WorkshopError, match="is a word of the world"):
        said(lambda name: FOLDER / name, {"client": "Spade"})
    assert said(lambda name: FOLDER / name, {"client": "ACME"})["things"][0] == "spade"


def test_texts_may_name_cards_ballots_and_questions_to_read_aloud():
    words = said(lambda name: FOLDER / name, {})
    assert words["cards"][0]["title"] == "Irrigation notes"
    assert [set(one) for one in words["ballots"]] == [{"question", "short", "a", "b"}] * 6
    assert len(words["asked"]) == 10
    assert [one["card"] == "no card" for one in words["asked"]] == [False] * 9 + [True]


def test_words_that_demos_use_are_words_or_marks_of_their_sentences():
    assert {"anna", "hugo", "child", "brief", "where", "wren", "march", "nineteen"} <= TAKEN
    assert all(set(word) <= set(string.ascii_lowercase) for word in TAKEN)
