"""A model that counts which word followed each pair of words.

All V words of the vocabulary share one phantom example, so that nothing is impossible:
P(word | pair) = (count + 1/V) / (total + 1). Untrained, every word is as likely as any other, and the surprise
-log2 P is log2 V bits.

    >>> model = Trigram.untrained(["the spade stood"])
    >>> model.surprise("the spade stood")       # three words and the end mark: log2 of 4
    2.0
    >>> model.read("the spade stood")
    >>> model.probability(("the", "spade"), "stood")
    0.625
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log2

from msgspec import Struct, field

from workshop.inputs.texts import words

START, END = "<start>", "<end>"
FEW = 6  # most votes in a round that can be counted by hand
# Short names keep the loop narrow enough for a slide
Text = Sequence[str]
Bits = list[float]
Pair = tuple[str, str]


class Trigram(Struct):
    """Counts of the words that followed each pair of words."""

    vocabulary: tuple[str, ...]
    votes: defaultdict[Pair, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @classmethod
    def untrained(cls, sentences: Iterable[str]) -> Trigram:
        """Return a model with words but no counts."""
        return cls(tuple(sorted({word for sentence in sentences for word in words(sentence)} | {END})))

    def read(self, sentence: str) -> None:
        """Count each word of a sentence as one vote after the pair before it."""
        for pair, word in guesses(sentence):
            self.votes[pair][word] += 1

    def probability(self, pair: Pair, word: str) -> float:
        """Return the share of votes for a word, including a phantom vote that all words share."""
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


def common_stem(model: Trigram, first: Trigram | None = None) -> Pair:
    """Return the pair of words with the most votes for more than one next word.

    Args:
        first: the same model after one round; pairs that a person can count there take precedence.
    """

    def rank(pair: Pair) -> tuple[bool, bool, bool, bool, int, Pair]:
        early = first.votes[pair] if first else Counter[str]()
        votes = model.votes[pair]
        changes = early and model.favourites(pair)[0] != max(sorted(early), key=lambda word: early[word])
        return (END in votes, len(early) < 2, not 2 <= early.total() <= FEW, bool(changes), -votes.total(), pair)

    contested = [pair for pair, votes in model.votes.items() if START not in pair and len(votes) > 1]
    return min(contested, key=rank, default=(START, START))


def mixes(sentences: Iterable[str]) -> bool:
    """Whether two sentences continue differently after the same pair, so that counts alone can produce a new sentence."""
    model = Trigram.untrained(())
    for sentence in sentences:
        model.read(sentence)
    return any(len(votes) > 1 for pair, votes in model.votes.items() if START not in pair)


def beginning(sentences: Iterable[str], stem: Pair, most: int = 7) -> str:
    """Return the beginning of the first sentence with the stem, up to and including it; just the stem if there is none.

    >>> beginning(["a bucket hung", "the spade stood by the shed"], ("by", "the"))
    'The spade stood by the'
    """
    for sentence in sentences:
        row = words(sentence)
        for place in range(len(row) - 1):
            if row[place : place + 2] == stem:
                text = " ".join(row[: place + 2][-most:])
                return text[:1].upper() + text[1:] if place + 2 <= most else f"… {text}"
    return " ".join(word for word in stem if word != START)
