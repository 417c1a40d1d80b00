"""Chunks of a handbook, searched by keywords."""

import bm25s
import numpy as np

from tests.ai_models.garden import PLACES, THINGS
from workshop.ai_models.demos.chunks import chunks
from workshop.ai_models.toys.chunks import ENTRY, chunked, handbook
from workshop.ai_models.toys.keyword import KeywordIndex, content_words
from workshop.inputs.spelling import words


def test_the_best_chunk_is_the_one_that_bm25s_finds():
    sentences, questions = handbook(THINGS, PLACES, np.random.default_rng(0))
    texts = chunked(sentences, ENTRY)
    library = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    library.index([list(content_words(text)) for text in texts], show_progress=False)
    ours = KeywordIndex.of(texts)
    for asked in questions:
        scores = library.get_scores(list(content_words(asked.question)))
        assert int(ours.scores(asked.question).argmax()) == int(np.argmax(scores))


def test_every_sentence_is_in_exactly_one_chunk():
    sentences = [str(n) for n in range(10)]
    assert " ".join(chunked(sentences, 4)).split() == sentences


def test_only_the_first_sentence_of_an_entry_names_its_thing():
    sentences, questions = handbook(THINGS, PLACES, np.random.default_rng(1))
    for asked in questions[::ENTRY]:
        naming = [place for place, sentence in enumerate(sentences) if asked.thing in words(sentence)]
        assert naming == [asked.answer]


def test_the_knob_is_shown_beside_the_others(run):
    found = run(chunks, size=4)
    assert found.facts["tried"]["size"] == 4
    assert 4 in [row[0] for row in found.exhibits["sizes"].rows]
