from collections import defaultdict
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ai_models.garden import WORLD
from workshop.ai_models.demos.hallucination import hallucination
from workshop.ai_models.parts.handed_in import Facts
from workshop.ai_models.toys.hallucination import chance_true, count, write
from workshop.errors import WorkshopError

FACTS = Facts(WORLD.facts())


@pytest.mark.parametrize(("context", "false"), [(2, "7/8"), (3, "21/32"), (4, "7/16"), (5, "0")])
def test_the_false_shares_are_exact_fractions(context, false):
    assert 1 - chance_true(FACTS.sentences, context) == Fraction(false)


def every_sentence(counts, context):
    """Enumerate what the model can write, with exact chances; an oracle that shares no code with the product."""
    done, open_ = defaultdict(Fraction), [(("<s>",) * context, (), Fraction(1))]
    while open_:
        view, words, chance = open_.pop()
        total = sum(counts[view].values())
        for word, n in counts[view].items():
            if word == "</s>":
                done[" ".join(words)] += chance * Fraction(n, total)
            else:
                open_.append(((*view, word)[-context:], (*words, word), chance * Fraction(n, total)))
    return done


@pytest.mark.parametrize("context", [2, 3, 4, 5])
def test_listing_all_that_it_can_write_gives_the_same_share(context):
    written = every_sentence(count(FACTS.sentences, context), context)
    assert sum(written.values()) == 1
    assert sum(p for s, p in written.items() if s in FACTS.sentences) == chance_true(FACTS.sentences, context)


def test_what_it_writes_is_false_about_as_often_as_worked_out():
    counts, rng = count(FACTS.sentences, 2), np.random.default_rng(0)
    false = np.mean([write(counts, 2, rng) not in FACTS.sentences for _ in range(2000)])
    assert false == pytest.approx(7 / 8, abs=0.03)


def test_every_false_example_begins_like_a_true_sentence(run):
    for said, ending in run(hallucination).exhibits["written"].rows:
        assert said not in FACTS.sentences
        true = [s for s in FACTS.sentences if s.split()[0] == said.split()[0] and s.endswith(ending.removeprefix("… "))]
        assert true
        assert not said.endswith(ending.removeprefix("… "))


@given(
    st.lists(st.text("abc ", min_size=1, max_size=12).map(str.strip).filter(bool), min_size=1, max_size=8, unique=True)
)
def test_a_longer_context_is_never_more_often_wrong_than_a_whole_sentence(lines):
    facts = tuple(dict.fromkeys(" ".join(line.split()) for line in lines))
    longest = max(len(s.split()) for s in facts) + 1
    assert chance_true(facts, longest) == 1
    assert 0 < chance_true(facts, 1) <= 1


def test_an_empty_file_says_so(tmp_path):
    path = tmp_path / "own.txt"
    path.write_text("\n")
    with pytest.raises(WorkshopError) as caught:
        Facts.load(path)
    assert caught.value.problem.at.path.endswith("own.txt")
    assert "empty" in caught.value.problem.message
