"""Guess the next word by counting which word followed each pair of words, round by round.

One phantom example is shared by all V words of the vocabulary, so that nothing is impossible:
P(word | pair) = (count + 1/V) / (total + 1). Untrained, every word is as likely as any other, and the surprise
-log2 P is log2 V bits.

    >>> model = Trigram.untrained(["the spade stood"])
    >>> model.surprise("the spade stood")       # three words and the end mark: log2 of 4
    2.0
    >>> model.read("the spade stood")
    >>> model.probability(("the", "spade"), "stood")
    0.625

Facts: ``rounds``, ``sentences`` (read in all), ``vocabulary.size``, ``held_out.size``; ``bits.first``,
``bits.last``, ``bits.rounds[0…]`` (mean surprise a word), ``saved.first``, ``saved.last`` (by one round); ``stem.text``, ``stem.pair[0…1]``; ``top.word``,
``top.rounds[0…]`` (its probability); ``chance`` (1/V); ``votes.words``, ``votes.counts``, ``votes.total`` after
all rounds; ``first.words``, ``first.counts``, ``first.total``, ``first.unseen``, ``first.sentences``,
``first.shown[0…2]`` (three words for a table) after one.
"""

from __future__ import annotations

import inspect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log2

from workshop.demos.data import Rounds, Sentences
from workshop.demos.text import words
from workshop.demos.trigram_exhibits import (
    counts_table,
    next_word_charts,
    rounds_table,
    surprise_chart,
    votes_table,
)
from workshop.errors import Problem, WorkshopError
from workshop.model.exhibits import Code, Exhibit, Findings, Frozen, Knob, demo

START, END, UNSEEN = "<start>", "<end>", ""
SHOWN = 3
# Short names keep the loop narrow enough for a slide
Text = Sequence[str]
Bits = list[float]
Pair = tuple[str, str]


@dataclass(slots=True)
class Trigram:
    """Counts of the words that followed each pair of words."""

    vocabulary: tuple[str, ...]
    votes: defaultdict[Pair, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @classmethod
    def untrained(cls, sentences: Iterable[str]) -> Trigram:
        """Return a model that has words and no counts."""
        return cls(tuple(sorted({word for sentence in sentences for word in words(sentence)} | {END})))

    def read(self, sentence: str) -> None:
        """Count each word of a sentence as one vote after the pair before it."""
        for pair, word in guesses(sentence):
            self.votes[pair][word] += 1

    def probability(self, pair: Pair, word: str) -> float:
        """Return the share of votes for a word, one phantom vote being shared by all words."""
        votes = self.votes[pair]
        return (votes[word] + 1 / len(self.vocabulary)) / (votes.total() + 1)

    def surprise(self, *sentences: str) -> float:
        """Return the mean of -log2 P over all words and end marks, in bits."""
        bits = [-log2(self.probability(pair, word)) for s in sentences for pair, word in guesses(s)]
        return sum(bits) / len(bits)

    def favourites(self, pair: Pair) -> list[str]:
        """Return the words that have votes after a pair, most votes first."""
        votes = self.votes[pair]
        return sorted(votes, key=lambda word: (-votes[word], word))


def guesses(sentence: str) -> list[tuple[Pair, str]]:
    """Return every word of a sentence, and its end, with the pair before it."""
    row = (START, START, *words(sentence), END)
    return [((row[i - 2], row[i - 1]), row[i]) for i in range(2, len(row))]


def learn(model: Trigram, rounds: Iterable[Text], held_out: Text) -> Bits:
    """Return the held-out surprise before round one and after each."""
    bits = [model.surprise(*held_out)]
    for sentences in rounds:
        for sentence in sentences:
            model.read(sentence)
        bits.append(model.surprise(*held_out))
    return bits


@demo(
    "trigram",
    title="Guess the next word",
    knobs={"rounds": Knob(1, 4, "how many rounds of sentences the model reads")},
    claims={
        "surprise is lower at the end than at the start": "bits.last < bits.first",
        "untrained, every word is as likely as any other": "near(top.rounds[0], chance, .000001)",
    },
    seeds=range(1),
)
def trigram(*, text: Rounds, held_out: Sentences, rounds: int = 4) -> Findings:
    """Read the rounds one by one; before and after each, ask for the word that follows the stem."""
    refuse_seen(text, held_out)
    read = text.items[:rounds]
    vocabulary = Trigram.untrained(s for part in (*text.items, held_out.items) for s in part).vocabulary
    models = [Trigram(vocabulary) for _ in range(len(read) + 1)]
    curves = [learn(model, read[:number], held_out.items) for number, model in enumerate(models)]
    first, last, bits = models[1], models[-1], curves[-1]
    stem = common_stem(last)
    favourites, favourites_first = last.favourites(stem), first.favourites(stem)
    chance = 1 / len(vocabulary)
    facts = {
        "rounds": len(read),
        "sentences": sum(map(len, read)),
        "vocabulary": {"size": len(vocabulary)},
        "held_out": {"size": len(held_out.items)},
        "bits": {"first": bits[0], "last": bits[-1], "rounds": bits},
        "saved": {"first": bits[0] - bits[1], "last": bits[-2] - bits[-1]},
        "stem": {"text": " ".join(stem), "pair": stem},
        "top": {"word": favourites[0], "rounds": [model.probability(stem, favourites[0]) for model in models]},
        "chance": chance,
        "votes": _votes(last, stem),
        "first": _votes(first, stem)
        | {
            "unseen": len(vocabulary) - len(favourites_first),
            "sentences": read[0],
            "shown": [*favourites_first, *["–"] * SHOWN][:SHOWN],
        },
    }
    exhibits: dict[str, Exhibit] = {
        "surprise": surprise_chart(bits, sum(map(len, read)), len(held_out.items)),
        "rounds": rounds_table(bits),
        "votes": votes_table(stem, [(s, [w for pair, w in guesses(s) if pair == stem]) for s in read[0]]),
        "counts": counts_table(stem, first.votes[stem], [*favourites_first, UNSEEN], chance),
        "loop": Code("The training loop", inspect.getsource(learn), "Read a round, measure the surprise, repeat"),
    }
    shares = [{word: model.probability(stem, word) for word in favourites} for model in models]
    others = [model.probability(stem, UNSEEN) for model in models]
    exhibits |= next_word_charts(stem, shares, others, chance)
    return Findings(Frozen(facts), exhibits)


def common_stem(model: Trigram) -> Pair:
    """Return the pair of words with the most votes for more than one next word."""
    contested = [pair for pair, votes in model.votes.items() if START not in pair and len(votes) > 1]
    return min(contested, key=lambda pair: (-model.votes[pair].total(), pair), default=(START, START))


def refuse_seen(text: Rounds, held_out: Sentences) -> None:
    """Refuse held-out sentences that are read as well: they would measure memory, not learning.

    Raises:
        WorkshopError: names the first such sentence.
    """
    seen = {words(sentence) for sentences in text.items for sentence in sentences}
    for sentence in held_out.items:
        if words(sentence) in seen:
            hint = f"take it out of {text.at.path}, or hold out another"
            raise WorkshopError(
                Problem(f"the model reads the held-out sentence {sentence!r}", held_out.at, hint, "bad-data")
            )


def _votes(model: Trigram, stem: Pair) -> dict[str, object]:
    names, votes = model.favourites(stem), model.votes[stem]
    return {"words": names, "counts": [votes[name] for name in names], "total": votes.total()}
