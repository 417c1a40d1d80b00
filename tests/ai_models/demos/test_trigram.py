"""Compares the next-word model with nltk, the rounds with the held-out sentences, and the sheet with the table."""

from fractions import Fraction
from itertools import product
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.lm import Lidstone
from nltk.lm.preprocessing import padded_everygram_pipeline

from tests.ai_models.garden import WORLD
from workshop.ai_models.demos.trigram import trigram
from workshop.ai_models.toys.trigram import Trigram, guesses
from workshop.errors import WorkshopError
from workshop.inputs.spelling import words
from workshop.inputs.texts import Rounds, Sentences
from workshop.model.exhibits import Chart

TEXT, HELD_OUT = WORLD.rounds(), WORLD.held_out()
SENTENCE = st.lists(st.sampled_from(["spade", "rake", "stood", "lay"]), min_size=1, max_size=5).map(" ".join)


@pytest.fixture(scope="module")
def found():
    return run()


def run(text=TEXT, held_out=HELD_OUT, **knobs):
    return trigram.function(world=WORLD, text=text, held_out=held_out, rng=np.random.default_rng(0), **knobs)


def test_surprise_by_round_is_what_the_garden_sentences_give(found):
    assert found.facts["bits"]["rounds"] == pytest.approx((4, 2.657, 1.919, 1.830, 1.675), abs=0.0005)
    assert found.facts["vocabulary"]["size"] == 16


def test_no_held_out_sentence_is_read():
    assert not {words(s) for part in TEXT.items for s in part} & {words(s) for s in HELD_OUT.items}


def test_the_held_out_sentences_are_all_that_no_round_has():
    """They weren't hand-picked: every tool, with every verb, by every place, except those that are read."""
    read = {sentence for part in TEXT.items for sentence in part}
    parts = [sentence.split(" by the ") for sentence in read]
    tools, verbs = zip(*(left.rsplit(" ", 1) for left, _ in parts), strict=True)
    form = {f"{t} {v} by the {p}" for t, v, p in product(set(tools), set(verbs), {place for _, place in parts})}
    assert read < form
    assert set(HELD_OUT.items) == form - read
    assert len(HELD_OUT.items) == len(form - read)


@given(st.lists(SENTENCE, min_size=1, max_size=6), SENTENCE)
def test_probabilities_equal_lidstone_smoothing_with_one_phantom_example(read, asked):
    grams, vocabulary = padded_everygram_pipeline(3, [s.split() for s in read])
    oracle = Lidstone(1, 3)
    oracle.fit(grams, vocabulary)
    ours = Trigram(tuple(oracle.vocab))  # its vocabulary counts the start mark and the unknown word as well
    oracle.gamma = 1 / len(ours.vocabulary)
    for sentence in read:
        ours.read(sentence)
    names = {"<start>": "<s>", "<end>": "</s>"}
    for (a, b), word in guesses(asked):
        theirs = oracle.score(names.get(word, word), (names.get(a, a), names.get(b, b)))
        in_vocabulary = names.get(word, word) in oracle.vocab
        assert ours.probability((a, b), word) == pytest.approx(theirs) or not in_vocabulary


@given(st.lists(SENTENCE, max_size=6))
def test_the_probabilities_of_all_words_add_up_to_one(read):
    model = Trigram.untrained([*read, "spade rake stood lay"])
    for sentence in read:
        model.read(sentence)
    assert sum(model.probability(("spade", "stood"), w) for w in model.vocabulary) == pytest.approx(1)


def test_rounds_share_their_axes_and_only_equal_bars_have_an_axis_of_their_own(found):
    first, *charts = [found.exhibits[f"next_word_{n}"] for n in range(5)]
    assert all(isinstance(c, Chart) for c in (first, *charts))
    assert first.series[0].values == (1 / 16,) * 5
    assert 0.6 < first.series[0].values[0] / first.y_max < 0.9
    assert (first.y_min, first.references) == (0, ())
    assert len({(c.categories, c.y_min, c.y_max, c.references) for c in charts}) == 1
    assert max(v for c in charts for v in c.series[0].values) <= charts[0].y_max


def test_the_counts_table_is_the_first_round_by_hand(found):
    assert found.exhibits["counts"].rows[0] == ("fence", 2, 0.4125, pytest.approx(1.27753, abs=1e-5))
    assert found.facts["top"]["rounds"][4] == pytest.approx((8 + 1 / 16) / 17)
    assert found.facts["first"]["unseen"] + len(found.facts["first"]["words"]) == 16


def test_the_votes_table_says_who_voted(found):
    votes = found.exhibits["votes"]
    assert [row[1] for row in votes.rows].count("fence") == found.facts["first"]["counts"][0] == 2
    assert votes.finding.startswith("2 of 4 sentences voted for 'fence'")


def test_of_many_sentences_that_voted_six_are_shown_and_the_others_counted(tmp_path):
    lines = [f"{name} goes to {town}" for name in "abcdefgh" for town in ("Zürich", "Basel")]
    (tmp_path / "r.txt").write_text("\n".join(lines) + "\n\n" + "\n".join(f"now {line}" for line in lines))
    (tmp_path / "h.txt").write_text("i goes to Zürich\nj goes to Basel\nk goes to Basel\n")
    own = run(Rounds.load(tmp_path / "r.txt"), Sentences.load(tmp_path / "h.txt"))
    rows = own.exhibits["votes"].rows
    assert (len(rows), rows[-1], own.facts["first"]["cast"]) == (7, ("and 10 more", ""), 16)
    assert own.facts["first"]["words"] == ("Zürich", "Basel")


def test_words_keep_the_capitals_that_they_have_inside_a_sentence(tmp_path):
    lines = [f"The {thing} in Zürich {does}" for thing in ("gate", "shed", "pond") for does in ("opens", "closes")]
    (tmp_path / "r.txt").write_text("\n".join(lines) + "\n\n" + "\n".join(f"{line} at 09:05" for line in lines))
    (tmp_path / "h.txt").write_text("The tap in Zürich opens\nThe tap in Zürich closes\nThe tap in Zürich opens now\n")
    own = run(Rounds.load(tmp_path / "r.txt"), Sentences.load(tmp_path / "h.txt"))
    assert own.facts["stem"]["text"] == "in Zürich"
    assert own.facts["stem"]["begins"] == "The gate in Zürich"
    assert "“in Zürich …”" in own.exhibits["votes"].measure


def test_fewer_rounds_are_a_beginning_of_the_same_curve(found):
    short = run(rounds=2)
    assert short.facts["bits"]["rounds"] == found.facts["bits"]["rounds"][:3]
    assert "next_word_3" not in short.exhibits


def test_a_sentence_both_read_and_held_out_is_refused(tmp_path):
    (tmp_path / "held.txt").write_text("The spade stood by the fence.\na b c\nd e f\n")
    with pytest.raises(WorkshopError, match="reads the held-out sentence 'The spade"):
        run(held_out=Sentences.load(tmp_path / "held.txt"))


def test_a_text_where_nothing_repeats_makes_no_false_claim(tmp_path):
    (tmp_path / "r.txt").write_text("a b c d\ne f g h\ni j k l\nm n o p\n\nq r s t\nu v w x\ny z aa bb\ncc dd ee ff\n")
    (tmp_path / "h.txt").write_text("a z\nb y\nc x\n")
    own = run(Rounds.load(tmp_path / "r.txt"), Sentences.load(tmp_path / "h.txt"))
    assert "falls" not in own.exhibits["surprise"].finding


@pytest.mark.parametrize("number", range(5))
def test_surprise_after_each_round_is_that_of_counting_by_hand_in_fractions(found, number):
    read = [[*"ss", *s.split(), "end"] for part in TEXT.items[:number] for s in part]
    total, words_asked = 0.0, 0
    for sentence in HELD_OUT.items:
        tokens = [*"ss", *sentence.split(), "end"]
        for at in range(2, len(tokens)):
            follows = [text[i] for text in read for i in range(2, len(text)) if text[i - 2 : i] == tokens[at - 2 : at]]
            p = (follows.count(tokens[at]) + Fraction(1, 16)) / (len(follows) + 1)
            total -= log2(p)
            words_asked += 1
    assert found.facts["bits"]["rounds"][number] == pytest.approx(total / words_asked)


def by_hand(read, share):
    """Return every sentence that counts by hand allow, with its probability, where a share is a function of (votes, all votes)."""

    def on(words_so_far, p):
        tail = words_so_far[-2:]
        follows = [row[i + 2] for row in read for i in range(len(row) - 2) if row[i : i + 2] == tail]
        for word in set(follows):
            q = p * share(follows.count(word), len(follows))
            if word == ".":
                yield " ".join(words_so_far[2:]), q
            else:
                yield from on([*words_so_far, word], q)

    return dict(on(["^", "^"], Fraction(1)))


def test_round_one_can_be_mixed_into_twelve_sentences_and_five_in_eight_of_what_is_written_were_never_read(found):
    round_one = TEXT.items[0]
    read = [["^", "^", *sentence.split(), "."] for sentence in round_one]
    as_counted = by_hand(read, Fraction)
    new = sum(p for s, p in as_counted.items() if s not in round_one)
    assert (len(as_counted), new) == (12, Fraction(5, 8))
    facts = found.facts["written"]
    assert facts == {"different": 12, "read": 4, "counted": float(new), "new": "5 in 8"}


@pytest.mark.parametrize(
    "round_one",
    [
        ["a b c d", "e f g h", "i j k l", "m n o p"],  # nothing can be mixed
        ["the cat saw the cat", "the cat sat", "a dog ran off", "a dog sat down"],  # round and round
        ["the cat saw", "the cat sat", "the dog ran", "the dog lay", "a cow ran", "a cow lay"] * 2,  # too many votes
    ],
)
def test_a_round_that_nobody_could_write_with_by_hand_is_not_offered_for_it(tmp_path, round_one):
    others = "\n".join(f"w{k} x{k} y{k} z{k}" for k in range(4))
    (tmp_path / "r.txt").write_text("\n".join(round_one) + f"\n\n{others}\n")
    (tmp_path / "h.txt").write_text("w0 x1 y2\nw1 x2 y3\nw2 x3 y0\n")
    own = run(Rounds.load(tmp_path / "r.txt"), Sentences.load(tmp_path / "h.txt"))
    assert not own.facts["first"]["mixes"]
