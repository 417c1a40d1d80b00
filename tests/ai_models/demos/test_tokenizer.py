"""Compares the merges of letters with Hugging Face's tokenizers."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import WhitespaceSplit
from tokenizers.trainers import BpeTrainer

from tests.ai_models.garden import WORLD
from workshop.ai_models.demos.tokenizer import tokenizer
from workshop.ai_models.toys.tokenizer import END, EXAMPLE, cut, joined, learn
from workshop.errors import WorkshopError
from workshop.inputs.spelling import words
from workshop.inputs.texts import Sentences

GARDEN = WORLD.read_aloud()
CHAPTER = Path(__file__).parents[2] / "fixtures" / "worlds" / "bakery" / "chapter.txt"


def library_counts(frequency, merges):
    """Train the library on the same words and return how often each of its pairs stood together when joined."""
    model = Tokenizer(BPE())
    model.pre_tokenizer = WhitespaceSplit()
    letters = {letter for word in frequency for letter in word + END}
    trainer = BpeTrainer(vocab_size=len(letters) + merges, show_progress=False)
    model.train_from_iterator([f"{word}{END}" for word, n in frequency.items() for _ in range(n)], trainer)
    spelt = {word: (*word, END) for word in frequency}
    counts = []
    for pair in map(tuple, json.loads(model.to_str())["model"]["merges"]):
        counts.append(
            sum(n * list(zip(spelt[w], spelt[w][1:], strict=False)).count(pair) for w, n in frequency.items())
        )
        spelt = {word: joined(pieces, pair) for word, pieces in spelt.items()}
    return counts


def test_the_example_has_the_counts_of_the_library_whatever_the_tie_rule():
    ours = [merge.count for merge in learn(EXAMPLE, 10)]
    assert ours == [9, 9, 9, 7, 7, 6, 6, 6, 5, 3]
    assert library_counts(EXAMPLE, 10) == ours


def test_a_text_has_the_counts_of_the_library_until_a_tie_separates_them():
    frequency = Counter(w for s in Sentences.load(CHAPTER).items for w in words(s) if w.isascii())
    merges = learn(frequency, 12)
    clear = next((place for place, merge in enumerate(merges) if merge.tied > 1), len(merges))
    assert clear > 3
    assert library_counts(frequency, clear) == [merge.count for merge in merges[:clear]]


def test_a_tie_goes_to_the_alphabet_and_is_counted():
    first = learn(EXAMPLE, 1)[0]
    assert (first.pair, first.tied) == (("e", "s"), 3)


def test_pieces_join_from_left_to_right():
    assert joined(("a", "a", "a"), ("a", "a")) == ("aa", "a")


@settings(max_examples=60)
@given(st.text("abcde", min_size=1, max_size=12))
def test_the_pieces_of_any_word_spell_it(word):
    assert "".join(cut(word, learn(EXAMPLE, 10))) == word + END


def test_the_claims_hold_for_the_kits_text():
    from workshop.expressions import Evaluator

    found = tokenizer.function(world=WORLD, text=GARDEN).facts
    for claim in tokenizer.claims.values():
        assert Evaluator(found).claim(claim), claim


def test_more_merges_hold_more_letters():
    text = GARDEN
    assert (
        tokenizer.function(world=WORLD, text=text, merges=40).facts["letters"]["last"]
        < (tokenizer.function(world=WORLD, text=text, merges=120).facts["letters"]["last"])
    )


def test_the_table_for_typed_words_cuts_as_hugging_faces_tokenizer_would_after_any_number_of_merges():
    found = tokenizer.function(world=WORLD, text=GARDEN, merges=40)
    table = found.tables["merges"]
    assert len(table.pairs) == 400  # the page can turn the knob further than this run did
    for word, merges, pieces in table.proofs:
        model = BPE(
            vocab={
                piece: n
                for n, piece in enumerate(
                    dict.fromkeys([*word, END, *map("".join, table.pairs), *(p for pair in table.pairs for p in pair)])
                )
            },
            merges=list(table.pairs[:merges]),
        )
        assert tuple(Tokenizer(model).encode(word + END).tokens) == pieces


def test_ten_sentences_are_too_few(tmp_path):
    path = tmp_path / "few.txt"
    path.write_text("\n".join(f"the word is number {n}" for n in range(10)))
    with pytest.raises(WorkshopError, match="20 would be enough"):
        tokenizer.function(world=WORLD, text=Sentences.load(path))
