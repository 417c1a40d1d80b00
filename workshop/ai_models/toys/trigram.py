"""Guess the next word by counting which word followed each pair of words.

It shows the game that every language model is trained on: guess, measure the surprise, learn, guess again. All V words share one
phantom vote, so that nothing is impossible: P(word | pair) = (votes + 1/V) / (total + 1), and the surprise is -log2 P. It
leaves out the neural network, which also learns from pairs that are only alike, and everything further back than two words.
Source: Shannon 1948, section 3, with additive smoothing.

    >>> model = Trigram.untrained(["the clock stood"])
    >>> model.surprise("the clock stood")       # untrained, its three words and the end mark are alike: log2 of 4
    2.0
    >>> model.read("the clock stood")
    >>> model.probability(("the", "clock"), "stood")
    0.625
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log2

from workshop.ai_models.toys.words import words

START, END = "<start>", "<end>"
# Short names, so that the loop fits on the slide that shows it
Text = Sequence[str]  # sentences
Bits = list[float]
Pair = tuple[str, str]


@dataclass(slots=True)
class Trigram:
    """Counts of the words that followed each pair of words."""

    vocabulary: tuple[str, ...]
    votes: defaultdict[Pair, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @classmethod
    def untrained(cls, sentences: Iterable[str]) -> Trigram:
        """Return a model with words, in the order in which they first occur, but no counts."""
        return cls(tuple(dict.fromkeys([*(word for sentence in sentences for word in words(sentence)), END])))

    def read(self, sentence: str) -> None:
        """Count each word of a sentence as one vote after the pair before it."""
        for pair, word in guesses(sentence):
            self.votes[pair][word] += 1

    def probability(self, pair: Pair, word: str) -> float:
        """Return the share of votes for a word of the vocabulary, including a phantom vote that all words share."""
        votes = self.votes[pair]
        return (votes[word] + 1 / len(self.vocabulary)) / (votes.total() + 1)

    def surprise(self, *sentences: str) -> float:
        """Return the mean of -log2 P over all words and end marks, in bits."""
        bits = [-log2(self.probability(pair, word)) for s in sentences for pair, word in guesses(s)]
        return sum(bits) / len(bits)

    def favourites(self, pair: Pair) -> list[str]:
        """Return the words that have votes after a pair, most votes first; in a tie, the one read first."""
        votes = self.votes[pair]
        return sorted(votes, key=lambda word: -votes[word])


def guesses(sentence: str) -> list[tuple[Pair, str]]:
    """Return every word of a sentence, and its end, with the pair before it."""
    row = (START, START, *words(sentence), END)
    return [((row[i - 2], row[i - 1]), row[i]) for i in range(2, len(row))]


def learn(model: Trigram, rounds: Iterable[Text], held_out: Text) -> Bits:
    """Read the rounds; return held-out surprise before and after each."""
    bits = [model.surprise(*held_out)]
    for sentences in rounds:
        for sentence in sentences:
            model.read(sentence)
        bits.append(model.surprise(*held_out))
    return bits
