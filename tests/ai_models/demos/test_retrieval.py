"""Compares search with bm25s and scikit-learn, intervals with statsmodels, and tests what the slides say."""

from collections import Counter

import bm25s
import numpy as np
import pytest
from msgspec.structs import replace
from sklearn.metrics.pairwise import cosine_similarity
from statsmodels.stats.proportion import proportion_confint

from tests.ai_models.garden import FOLDER, WORLD
from workshop.ai_models.demos.retrieval import retrieval
from workshop.ai_models.toys.embedding import Embedding, stem
from workshop.ai_models.toys.keyword import KeywordIndex, content_words
from workshop.ai_models.toys.retrieval import Search, fuse, ranked
from workshop.errors import At, Problems, WorkshopError
from workshop.inputs.library import Documents
from workshop.inputs.library_questions import Questions
from workshop.model.exhibits import Chart, Table
from workshop.runs.runner import generator

DATA = FOLDER
SENTENCES = WORLD.read_aloud()
LIBRARY = Documents.load(DATA / "library.md")
QUESTIONS = Questions.load(DATA / "questions.yaml")
STRANGERS = Questions.load(DATA / "strangers.yaml")
CARDS = tuple(f"{d.title}. {d.text}" for d in LIBRARY.items)


@pytest.fixture(scope="module")
def found():
    return run()


def run(**knobs):
    return retrieval.function(
        world=WORLD, library=LIBRARY, questions=QUESTIONS, independent=STRANGERS, rng=generator(0, "retrieval"), **knobs
    )


@pytest.mark.parametrize("question", ["students pay half the dues", "rain water butt", "four hives in the sauna"])
def test_keyword_scores_equal_those_of_bm25s(question):
    oracle = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    oracle.index([list(content_words(card)) for card in CARDS], show_progress=False)
    known = [w for w in content_words(question) if w in oracle.vocab_dict]
    assert KeywordIndex.of(CARDS).scores(question) == pytest.approx(oracle.get_scores(known), rel=1e-5)


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


def ranks(scores):
    """Return the places of the positive scores, the highest first."""
    return [int(place) for place in np.argsort(-np.round(scores, 9), kind="stable") if scores[place] > 1e-9]


def test_strangers_questions_find_their_cards_as_often_with_scikit_learn_and_bm25s(found):
    """The rate that the slide prints, from other libraries' cosines and keyword scores, combined here."""
    space, right = Embedding.read(), {d.id: i for i, d in enumerate(LIBRARY.items)}
    oracle = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    oracle.index([list(content_words(card)) for card in CARDS], show_progress=False)

    def total(text):
        known = [space.index[stem(word)] for word in content_words(text) if stem(word) in space.index]
        return sum((space.rarity[row] * space.places[row] for row in known), np.zeros(160))

    cards = [total(card) for card in CARDS]
    hits = Counter()
    for asked in STRANGERS.items:
        known = [word for word in content_words(asked.text) if word in oracle.vocab_dict]
        words = ranks(oracle.get_scores(known)) if known else []
        meaning = ranks(cosine_similarity([total(asked.text)], cards)[0])
        fused = {c: sum(1 / (61 + order.index(c)) for order in (words, meaning) if c in order) for c in right.values()}
        both = sorted((c for c in fused if fused[c]), key=lambda c: (-fused[c], c))
        card = right[asked.document]
        hits.update({"keyword": card in words[:3], "embedding": card in meaning[:3], "hybrid": card in both[:3]})
    for way, row in found.facts["recall"].items():
        assert (row["every"]["hits"], row["every"]["n"]) == (hits[way], 60), way


def test_the_rate_is_measured_on_strangers_questions_and_never_on_those_that_settled_the_method(found):
    mine = replace(LIBRARY, at=At("mine.md"))
    own = retrieval.function(world=WORLD, library=mine, questions=QUESTIONS, rng=generator(0, "retrieval")).facts
    assert found.facts["independent"]
    assert not own["independent"]
    assert own["recall"]["hybrid"]["every"]["n"] == sum(q.document != "" for q in QUESTIONS.items)
    assert not {q.text.casefold() for q in QUESTIONS.items} & {q.text.casefold() for q in STRANGERS.items}


def test_the_question_to_show_finds_its_card_without_a_shared_word(found):
    asked = found.facts["asked"]
    assert (asked["question"], asked["card"], asked["keyword"]) == ("watering schedule", "Irrigation notes", 0)
    assert asked["score"] > asked["next"]["score"]


def test_the_threshold_refuses_some_questions_without_a_card_and_not_all(found):
    facts = found.facts
    assert facts["refused"]["answer"] == "not in the library"
    assert facts["refused"]["score"] < facts["threshold"] <= facts["missing"]["score"]
    assert facts["missing"]["answer"].endswith(f"({facts['missing']['card']})")
    assert 0 < facts["gate"]["invented"] < facts["gate"]["absent"]
    assert run(threshold=0.7).facts["asked"]["answer"] == "not in the library"


def test_a_share_of_strangers_questions_is_answered_rightly_by_the_first_card_above_the_threshold(found):
    search = Search.over(CARDS, Embedding.read())
    right = 0
    for asked in STRANGERS.items:
        first = search.hybrid(asked.text)[0]
        right += LIBRARY.items[first].id == asked.document and search.nearness(asked.text)[first] >= 0.4
    assert (found.facts["gate"]["right"], found.facts["gate"]["answerable"]) == (right, 60)


def test_the_context_holds_k_cards_and_the_question(found):
    lines = found.exhibits["context"].text.split("\n")
    assert sum(line.startswith("[") for line in lines) == 3
    assert lines[-2:] == [f"Question: {found.facts['asked']['question']}", f"Answer: {found.facts['asked']['answer']}"]


def test_every_card_has_a_row_in_the_score_table(found):
    table = found.exhibits["all_scores"]
    assert isinstance(table, Table)
    assert sorted(row[0] for row in table.rows) == sorted(d.title for d in LIBRARY.items)


def test_a_stricter_threshold_answers_less(found):
    gate = found.exhibits["gate"]
    assert isinstance(gate, Chart)
    for series in gate.series:
        assert list(series.values) == sorted(series.values, reverse=True)


def own_library(folder, documents=40):
    """Write short reports with titles, from the sentences of the garden."""
    folder.mkdir()
    for number in range(documents):
        lines = SENTENCES.items[6 * number % 234 :][:6]
        text = " ".join(f"{line.capitalize()}." for line in lines)
        (folder / f"report-{number:02}.md").write_text(f"# About {' '.join(content_words(lines[0])[:3])}\n\n{text}\n")
    return Documents.load(folder)


def test_a_library_without_questions_leaves_the_slides_to_the_worlds_and_has_a_page_of_its_own(tmp_path):
    library = own_library(tmp_path / "notes")
    found = retrieval.function(world=WORLD, library=library, rng=generator(0, "retrieval"))
    assert (found.facts["example"], found.facts["own"]["given"], found.facts["own"]["size"]) == (WORLD.a, True, 40)
    assert found.facts["own"]["lacks"] == ("the library has no questions yet: write them in questions.yaml",)
    assert found.facts["asked"] == run().facts["asked"]
    assert "____" in found.exhibits["own_page"].text
    assert all(
        WORLD.a in exhibit.basis for name, exhibit in found.exhibits.items() if name in ("scores", "recall", "missing")
    )


def test_a_users_question_can_be_asked_of_a_users_library(tmp_path):
    library = own_library(tmp_path / "notes")
    found = retrieval.function(
        world=WORLD, library=library, rng=generator(0, "retrieval"), question="who covers the beans"
    )
    assert found.facts["own"]["question"] == "who covers the beans"
    assert "Question: who covers the beans" in found.exhibits["own_page"].text


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


def test_three_short_documents_are_searched_by_meaning_too(tmp_path):
    library = three_documents(tmp_path / "docs")
    assert [document.title for document in library.items] == ["Refunds", "Remote working", "Business travel"]
    found = retrieval.function(world=WORLD, library=library, rng=generator(0, "retrieval"), question="money back").facts
    assert found["own"]["card"] == "Refunds"
    assert found["own"]["answer"].endswith("(Refunds)")


def german(folder):
    return three_documents(
        folder,
        reisen="# Dienstreisen\n\nBahnfahrten werden frühzeitig gebucht. Übernachtungen brauchen eine Genehmigung.",
        urlaub="# Urlaubsanträge\n\nAnträge genehmigt die Abteilungsleitung innerhalb einer Woche.",
        geräte="# Leihgeräte\n\nDienstreisen mit Leihgeräten trägt man in die Liste ein.",
    )


def test_a_library_whose_language_the_dictionary_does_not_have_is_searched_by_shared_words(tmp_path):
    library = german(tmp_path / "docs")
    found = retrieval.function(world=WORLD, library=library, rng=generator(0, "retrieval"), question="Dienstreisen")
    assert found.facts["own"]["card"] == "Leihgeräte"
    assert found.facts["own"]["answer"].endswith("(Leihgeräte)")
    assert found.exhibits["own_scores"].x_label == "keyword score"
    assert "English dictionary" in found.facts["own"]["lacks"][0]


def test_a_question_without_a_shared_word_is_not_in_such_a_library(tmp_path):
    found = retrieval.function(
        world=WORLD, library=german(tmp_path / "docs"), rng=generator(0, "retrieval"), question="Kaffeemaschine"
    )
    assert found.facts["own"]["answer"] == "not in the library"
    assert found.exhibits["own_scores"].highlight == ()


def test_never_all_documents_go_into_the_context(tmp_path):
    library = three_documents(tmp_path / "docs", a="The hotel is dear.", b="A hotel has rooms.", c="No hotel is near.")
    found = retrieval.function(world=WORLD, library=library, rng=generator(0, "retrieval"), question="which hotel")
    assert sum(line.startswith("[") for line in found.exhibits["own_page"].text.split("\n")) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [("Nothing here", "no documents"), ("## A\nOne.", "1 document,"), ("## A\nOne.\n## B\nTwo.", "2 documents,")],
)
def test_fewer_than_three_documents_give_one_message(tmp_path, text, said):
    (tmp_path / "library.md").write_text(text)
    with pytest.raises(WorkshopError, match=f"the library has {said}") as caught:
        Documents.load(tmp_path / "library.md")
    assert len(caught.value.problems) == 1
    assert "at least 3 are needed" in caught.value.problems[0].message


def test_a_question_in_both_files_is_named_at_both_places():
    again = Questions((*STRANGERS.items, replace(QUESTIONS.items[0], at=At("mine.yaml", 9))), STRANGERS.at)
    with pytest.raises(Problems) as raised:
        retrieval.function(
            world=WORLD, library=LIBRARY, questions=QUESTIONS, independent=again, rng=generator(0, "retrieval")
        )
    assert [str(problem.at) for problem in raised.value.problems] == ["mine.yaml:9", str(QUESTIONS.items[0].at)]
    assert all(QUESTIONS.items[0].text in problem.message for problem in raised.value.problems)


def test_the_first_place_is_counted_by_itself(found):
    for way in found.facts["recall"].values():
        for recall in way.values():
            assert 0 <= recall["first"] <= recall["hits"] <= recall["n"]
    assert found.facts["recall"]["hybrid"]["every"]["first"] == sum(
        found.facts["recall"]["hybrid"][kind]["first"] for kind in ("paraphrase", "shared")
    )
