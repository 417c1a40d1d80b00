"""Search against bm25s and scikit-learn, intervals against statsmodels, and the story's claims over seeds."""

from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics.pairwise import cosine_similarity
from statsmodels.stats.proportion import proportion_confint

from workshop.ai_models.demos.retrieval import retrieval
from workshop.ai_models.parts.embedding import Embedding, association, left_part
from workshop.ai_models.parts.keyword import KeywordIndex, content_words
from workshop.ai_models.parts.recall import by_kind, recall, shuffle
from workshop.ai_models.parts.search import Search, fuse, ranked, sentences_of
from workshop.errors import WorkshopError
from workshop.expressions import Evaluator
from workshop.inputs.data import Documents, Questions, Sentences
from workshop.model.exhibits import Chart, Table
from workshop.runs.runner import generator

DATA = Path(__file__).parents[3] / "slides_src" / "data"
SENTENCES = Sentences.load(DATA / "garden-sentences.txt")
LIBRARY = Documents.load(DATA / "library.md")
QUESTIONS = Questions.load(DATA / "questions.csv")
CARDS = tuple(f"{d.title}. {d.text}" for d in LIBRARY.items)
WORD = st.sampled_from(["hose", "tap", "bee", "hive", "wax", "fee"])


@pytest.fixture(scope="module")
def found():
    return run()


def run(**knobs):
    return retrieval.function(
        sentences=SENTENCES, library=LIBRARY, questions=QUESTIONS, rng=generator(0, "retrieval"), **knobs
    )


@pytest.mark.parametrize("question", ["students pay half the dues", "rain water butt", "four hives in the sauna"])
def test_keyword_scores_equal_those_of_bm25s(question):
    oracle = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    oracle.index([list(content_words(card)) for card in CARDS], show_progress=False)
    known = [w for w in content_words(question) if w in oracle.vocab_dict]
    assert KeywordIndex.of(CARDS).scores(question) == pytest.approx(oracle.get_scores(known), rel=1e-5)


def test_text_directions_and_cosines_equal_those_of_scikit_learn():
    space = Embedding.learn([content_words(s) for s in SENTENCES.items], 20)
    texts = ("the drip irrigation", "a fee for members", "bees and honey")
    sums = [sum(space.rarity[w] * space.places[space.index[w]] for w in content_words(t)) for t in texts]
    ours = [[space.cosine(a, b) for b in texts] for a in texts]
    assert np.array(ours) == pytest.approx(cosine_similarity(sums))


@given(st.lists(st.lists(WORD, min_size=2, max_size=4), min_size=3, max_size=8))
def test_association_is_positive_pointwise_mutual_information(sentences):
    index = {w: i for i, w in enumerate(sorted({w for s in sentences for w in s}))}
    together = np.zeros((len(index), len(index)))
    for s in sentences:
        for i, a in enumerate(s):
            for j, b in enumerate(s):
                together[index[a], index[b]] += i != j
    context = together.sum(axis=0) ** 0.75
    with np.errstate(divide="ignore"):
        pmi = np.log(
            together / together.sum() / np.outer(together.sum(axis=1) / together.sum(), context / context.sum())
        )
    assert association(sentences, index) == pytest.approx(np.maximum(pmi, 0))


def test_the_decomposition_is_that_of_numpy():
    table = np.random.default_rng(0).random((30, 30))
    left, strength = left_part(table)
    expected, values, _ = np.linalg.svd(table)
    assert strength == pytest.approx(values, abs=1e-7)
    assert np.abs((left * expected).sum(axis=0))[:10] == pytest.approx(1, abs=1e-6)


def test_directions_do_not_depend_on_the_signs_a_decomposition_happens_to_choose():
    space = Embedding.learn([content_words(s) for s in SENTENCES.items], 20)
    assert (space.places[np.abs(space.places).argmax(axis=0), range(20)] > 0).all()


def test_a_text_without_a_known_word_points_nowhere():
    space = Embedding.learn([("a", "b"), ("b", "c")], 2)
    assert not space.of("zebra").any()
    assert ranked(np.array([0.0, 0.0])) == []


def test_fused_ranks_are_the_ones_on_the_sheet():
    assert fuse([[0, 1, 3], [2, 1, 0]], constant=1) == pytest.approx({0: 0.75, 1: 2 / 3, 2: 0.5, 3: 0.25})


def test_a_card_without_a_score_gains_nothing_by_fusion():
    assert ranked(np.array([0.0, 2.0, 0.0, 1.0])) == [1, 3]


def test_recall_has_wilson_intervals(found):
    for row in found.facts["recall"].values():
        for r in row.values():
            assert (r["low"], r["high"]) == pytest.approx(
                proportion_confint(r["hits"], r["n"], method="wilson"), abs=1e-9
            )


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_words_find_fewer_paraphrases_for_every_seed(found, seed):
    notebook = [content_words(s) for s in (*SENTENCES.items, *(s for card in CARDS for s in sentences_of(card)))]
    space = Embedding.learn(shuffle(notebook, generator(seed, "retrieval")), 20)
    asked = by_kind(QUESTIONS, LIBRARY, CARDS)["paraphrase"][1::2]
    right = {d.id: i for i, d in enumerate(LIBRARY.items)}
    control = recall(Search.over(CARDS, space).embedding, asked, right, 3).share
    assert control < found.facts["recall"]["embedding"]["paraphrase"]["low"]


def test_the_story_holds(found):
    facts = found.facts
    assert facts["numbers"]["chosen"] == 20
    assert facts["asked"]["card"] == "Irrigation notes"
    assert facts["asked"]["score"] > facts["asked"]["next"]["score"] + 0.1
    assert facts["asked"]["keyword"] == 0
    assert facts["recall"]["keyword"]["paraphrase"]["hits"] == 0
    assert facts["recall"]["keyword"]["shared"]["hits"] == facts["recall"]["keyword"]["shared"]["n"]
    assert facts["missing"]["question"] == "when does the sauna open"
    assert facts["missing"]["score"] > facts["asked"]["score"]


def test_the_half_that_chose_the_embedding_is_not_the_half_that_is_reported(found):
    paraphrases = by_kind(QUESTIONS, LIBRARY, CARDS)["paraphrase"]
    assert found.facts["recall"]["embedding"]["paraphrase"]["n"] == len(paraphrases) // 2


def test_the_answer_names_its_card_or_says_that_there_is_none():
    assert run().facts["asked"]["answer"] == "“Drip pipes run at dawn.” (Irrigation notes)"
    assert run(threshold=0.7).facts["asked"]["answer"] == "not in the library"


def test_the_context_holds_k_cards_and_the_question(found):
    lines = found.exhibits["context"].text.split("\n")
    assert sum(line.startswith("[") for line in lines) == 3
    assert lines[-2:] == ["Question: watering schedule", f"Answer: {found.facts['asked']['answer']}"]


def test_every_card_has_a_row_in_the_score_table(found):
    table = found.exhibits["all_scores"]
    assert isinstance(table, Table)
    assert sorted(row[0] for row in table.rows) == sorted(d.title for d in LIBRARY.items)


def test_a_stricter_threshold_answers_less(found):
    gate = found.exhibits["gate"]
    assert isinstance(gate, Chart)
    for series in gate.series:
        assert list(series.values) == sorted(series.values, reverse=True)


def test_questions_of_one_kind_only_are_refused_with_what_is_needed(tmp_path):
    (tmp_path / "q.csv").write_text("question,document\n" + "rain water butt,butt\n" * 5)
    with pytest.raises(WorkshopError, match="0 questions that share no word with their card, and 4 are needed"):
        by_kind(Questions.load(tmp_path / "q.csv"), LIBRARY, CARDS)


def own_library(folder, documents=40):
    """Write short reports with titles, from the sentences of the garden."""
    folder.mkdir()
    for number in range(documents):
        lines = SENTENCES.items[6 * number % 234 :][:6]
        text = " ".join(f"{line.capitalize()}." for line in lines)
        (folder / f"report-{number:02}.md").write_text(f"# About {' '.join(content_words(lines[0])[:3])}\n\n{text}\n")
    return Documents.load(folder)


def test_a_library_without_questions_is_asked_for_by_its_titles_and_measures_nothing(tmp_path):
    library = own_library(tmp_path / "notes")
    found = retrieval.function(library=library, rng=generator(0, "retrieval"))
    assert not found.facts["measured"]
    assert found.facts["asked"]["question"] in {document.title for document in library.items}
    assert "recall" not in found.facts
    for claim in retrieval.claims.values():
        assert Evaluator(found.facts).claim(claim)
    assert set(found.exhibits) == {"scores", "all_scores", "neighbours", "context", "fusion", "map"}


def test_ones_own_question_can_be_asked_of_ones_own_library(tmp_path):
    library = own_library(tmp_path / "notes")
    found = retrieval.function(library=library, rng=generator(0, "retrieval"), question="who repairs the hose")
    assert found.facts["asked"]["question"] == "who repairs the hose"


def three_documents(folder, **texts):
    folder.mkdir()
    texts = texts or {
        "travel": "Business travel\n\nTrains are booked in second class. A hotel may cost 140 euros a night.",
        "remote": "# Remote working\n\nWorking from home is agreed in the team. A laptop is lent.",
        "refunds": "A refund is paid within a week. Who asks for a refund keeps the receipt.",
    }
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return Documents.load(folder)


def test_three_short_documents_are_searched_by_shared_words_and_nothing_is_said_about_meaning(tmp_path):
    library = three_documents(tmp_path / "docs")
    assert [document.title for document in library.items] == ["Refunds", "Remote working", "Business travel"]
    found = retrieval.function(library=library, rng=generator(0, "retrieval"))
    assert not found.facts["learnt"]
    assert found.facts["asked"]["question"] == found.facts["asked"]["card"] == "Remote working"
    assert found.facts["asked"]["answer"] == "“Working from home is agreed in the team.” (Remote working)"
    assert found.facts["asked"]["score"] == found.facts["asked"]["keyword"] > 0
    assert found.facts["k"] == 1  # no other document shares a word
    assert set(found.exhibits) == {"scores", "context", "fusion"}
    assert set(found.exhibits["scores"].categories) == {document.title for document in library.items}


def test_a_question_without_a_shared_word_is_not_in_three_documents(tmp_path):
    library = three_documents(tmp_path / "docs")
    found = retrieval.function(library=library, rng=generator(0, "retrieval"), question="money back")
    assert found.facts["asked"]["answer"] == "not in the library"
    assert found.exhibits["scores"].highlight == ()


def test_documents_whose_titles_say_nothing_are_asked_for_by_the_words_they_repeat(tmp_path):
    library = three_documents(
        tmp_path / "docs", memo1="A refund is a refund.", memo2="Trains and trains.", memo3="One hotel is a hotel."
    )
    found = retrieval.function(library=library, rng=generator(0, "retrieval"))
    assert (found.facts["asked"]["question"], found.facts["asked"]["card"]) == ("refund", "Memo1")


def test_never_all_documents_go_into_the_context(tmp_path):
    library = three_documents(tmp_path / "docs", a="The hotel is dear.", b="A hotel has rooms.", c="No hotel is near.")
    found = retrieval.function(library=library, rng=generator(0, "retrieval"), question="which hotel")
    assert found.facts["k"] == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [("Nothing here", "no documents"), ("## A\nOne.", "1 document,"), ("## A\nOne.\n## B\nTwo.", "2 documents,")],
)
def test_fewer_than_three_documents_are_one_sentence(tmp_path, text, said):
    (tmp_path / "library.md").write_text(text)
    with pytest.raises(WorkshopError, match=f"the library has {said}") as caught:
        Documents.load(tmp_path / "library.md")
    assert len(caught.value.problems) == 1
    assert "3 are the least" in caught.value.problems[0].message


def test_questions_to_a_library_too_small_to_learn_from_are_refused_with_how_many_sentences_would_do(tmp_path):
    library = three_documents(tmp_path / "docs")
    with pytest.raises(WorkshopError, match=r"9 sentences in all, too few to measure .* 120 would be enough"):
        retrieval.function(library=library, questions=QUESTIONS, rng=generator(0, "retrieval"))


def test_of_many_words_only_the_commonest_get_a_place():
    sentences = [[f"w{n}", f"w{n + 1}", "common"] for n in range(50)]
    space = Embedding.learn(sentences, 3, most=10)
    assert len(space.index) == 10
    assert "common" in space.index
