import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import MultinomialNB

from tests.ai_models.garden import WORLD
from workshop.ai_models.parts.handed_in import Suites
from workshop.ai_models.toys.release_gate import split
from workshop.ai_models.toys.word_votes import WordVotes
from workshop.errors import WorkshopError

SUITES = Suites(WORLD.suites())


def test_every_answer_is_that_of_scikit_learns_naive_bayes():
    rng = np.random.default_rng(0)
    pool, held_out = split(SUITES.items, rng, 0.5)
    items = [item for rows in pool.values() for item in rows]
    ours = WordVotes.trained(items, k=0.05)
    vectorizer = CountVectorizer(token_pattern=r"\S+")
    theirs = MultinomialNB(alpha=0.05).fit(vectorizer.fit_transform([p for p, _ in items]), [a for _, a in items])
    known = set(vectorizer.vocabulary_)
    prompts = [p for rows in held_out.values() for p, _ in rows if set(p.split()) <= known]
    agree = np.mean(
        [ours.answer(p) == t for p, t in zip(prompts, theirs.predict(vectorizer.transform(prompts)), strict=True)]
    )
    assert agree > 0.99  # a tie may fall either way


def test_it_answers_prompts_that_it_never_saw():
    model = WordVotes.trained([("a red tag", "wren"), ("a blue tag", "robin"), ("a red rope", "wren")])
    assert model.right([("a blue rope", "robin")]) == [True]


def test_a_split_shares_no_item():
    train, held_out = split(SUITES.items, np.random.default_rng(1), 0.5)
    for name, items in held_out.items():
        assert not set(items) & set(train[name])
        assert len(items) + len(train[name]) == len(SUITES.items[name])


def test_a_table_without_a_column_names_it(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("suite,prompt,anser\na,b,c\n")
    with pytest.raises(WorkshopError, match="answer"):
        Suites.load(path)


def test_a_table_without_rows_says_so(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("suite,prompt,answer\n")
    with pytest.raises(WorkshopError, match="no row"):
        Suites.load(path)
