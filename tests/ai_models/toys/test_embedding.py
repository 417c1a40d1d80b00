"""Tests the numbers behind words: how they are read and how they were made."""

import math
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics.pairwise import cosine_similarity

from workshop.ai_models.toys.embedding import FILE, Embedding, stem, unit
from workshop.ai_models.toys.keyword import content_words

SPACE = Embedding.read()
WORD = st.integers(0, 5)


@pytest.fixture(scope="module")
def maker():
    """The program in docs/ that made the file."""
    sys.path.insert(0, str(Path(__file__).parents[3] / "docs"))
    import make_word_vectors

    sys.path.pop(0)
    return make_word_vectors


def test_text_directions_and_cosines_equal_those_of_scikit_learn():
    texts = ("the drip irrigation", "a fee for members", "bees and honey")
    rows = [[SPACE.index[stem(word)] for word in content_words(text)] for text in texts]
    sums = [sum(SPACE.rarity[row] * SPACE.places[row] for row in text) for text in rows]
    ours = [[SPACE.cosine(a, b) for b in texts] for a in texts]
    assert np.array(ours) == pytest.approx(cosine_similarity(sums))


def test_a_text_without_a_known_word_points_nowhere():
    assert not SPACE.of("qwertz asdfgh").any()
    assert not SPACE.of("").any()


def test_every_word_has_a_different_row_of_length_1():
    assert np.linalg.norm(SPACE.places, axis=1) == pytest.approx(1)
    assert [SPACE.index[stem(word)] for word in SPACE.words] == list(range(len(SPACE.words)))
    assert SPACE.places.shape == (len(SPACE.words), 160)


def test_fewer_numbers_are_the_first_ones_made_length_1_again():
    assert SPACE.shortened(10).places == pytest.approx(unit(SPACE.places[:, :10]))


def test_shuffled_rows_belong_to_other_words():
    dealt = SPACE.shuffled(np.random.default_rng(0)).places
    assert (dealt != SPACE.places).any(axis=1).mean() > 0.99
    assert np.sort(dealt[:, 0]) == pytest.approx(np.sort(SPACE.places[:, 0]))


@pytest.mark.parametrize(
    ("forms", "other"), [(("rake", "rakes", "raked", "raking"), "rat"), (("plan", "planned", "planning"), "plant")]
)
def test_forms_of_a_word_share_a_stem(forms, other):
    assert len({stem(form) for form in forms}) == 1
    assert stem(other) != stem(forms[0])


def test_the_file_stays_small_and_its_licence_is_beside_it():
    assert FILE.stat().st_size < 2_000_000
    assert "WordNet 3.0 Copyright" in (FILE.parent / "LICENSE-WORDNET").read_text("utf-8")


@given(st.lists(st.lists(WORD, min_size=2, max_size=4), min_size=3, max_size=8))
def test_association_is_positive_pointwise_mutual_information(maker, sentences):
    size = 6
    together = np.zeros((size, size))
    for s in sentences:
        for i, a in enumerate(s):
            for j, b in enumerate(s):
                together[a, b] += i != j
    context = together.sum(axis=0) ** 0.75
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = np.outer(together.sum(axis=1) / together.sum(), context / context.sum())
        pmi = np.log(together / together.sum() / chance)
    assert maker.association(sentences, size).toarray() == pytest.approx(np.maximum(np.nan_to_num(pmi, nan=0), 0))


def test_half_a_byte_keeps_a_number_to_a_fourteenth_of_the_largest_of_its_row(maker):
    places = unit(np.random.default_rng(0).normal(size=(50, 20)))
    halves = maker.halved(places)
    read = np.stack([halves >> 4, halves & 15], axis=2).reshape(50, 20) - 8.0
    largest = np.abs(places).max(axis=1, keepdims=True)
    assert np.abs(read / 7 * largest - places).max() <= largest.max() / 14 + 1e-9


def test_an_entry_is_read_with_its_words_its_definition_and_its_examples(maker, tmp_path):
    line = '00001740 03 n 02 watering_can 0 can(a) 0 001 @ 00002 n 0000 | a can for water; "she filled the can"  \n'
    for form in maker.FORMS:
        (tmp_path / f"data.{form}").write_text("  1 licence\n" + (line if form == "noun" else ""))
    (found,) = maker.entries(tmp_path)
    assert found[0] == "watering can can"
    assert found[1].strip(" ;") == "a can for water"
    assert found[2] == ['"she filled the can"']


def test_the_weight_of_a_word_is_the_logarithm_of_its_rarity():
    common, rare = (SPACE.rarity[SPACE.index[stem(word)]] for word in ("person", "irrigation"))
    assert common < rare < math.log(SPACE.sentences)
