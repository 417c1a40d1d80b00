"""A count model that guesses from two words and backs off to one, to none, and finally to "any word".

It shows how a model uses the little that it has read: each shorter context lends its guess to the longer one. It leaves out
everything that a neural network does: words have no likeness, and nothing before the last two counts. Source: the
interpolation of Witten and Bell 1991, with a fixed weight.

>>> model = WordCounts(["the", "cook", "sings"])
>>> round(model.perplexity(["the cook"]), 9)       # untrained: like picking one of 4 at random
4.0
>>> model.feed("the cook sings")
>>> model.probability(("the", "cook"), "sings") > 0.5
True
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from workshop.ai_models.toys.words import words

START, END = "<s>", "</s>"


class WordCounts:
    """Interpolated counts of one, two and three words (Witten and Bell's idea with a fixed weight).

    Args:
        vocabulary: all words that can be guessed; the end mark is added.
        prior: weight of the shorter context's guess, as a number of imagined words.
    """

    def __init__(self, vocabulary: Iterable[str], prior: float = 2.0) -> None:
        self.vocabulary = list(dict.fromkeys((*vocabulary, END)))
        self.prior = prior
        self.counts: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        self.totals: Counter[tuple[str, ...]] = Counter()

    def feed(self, text: str) -> None:
        """Count which word follows none, one and two words."""
        marked = [START, START, *words(text), END]
        for first, second, word in zip(marked, marked[1:], marked[2:], strict=False):
            for context in ((), (second,), (first, second)):
                self.counts[context][word] += 1
                self.totals[context] += 1

    def probability(self, context: tuple[str, str], word: str) -> float:
        """Return P(word | two words before it)."""
        guess = 1 / len(self.vocabulary)
        for before in ((), context[1:], context):
            read = self.totals.get(before, 0)
            seen = self.counts[before].get(word, 0) if read else 0
            guess = (seen + self.prior * guess) / (read + self.prior)
        return guess

    def bits_per_word(self, texts: Sequence[str]) -> float:
        """Return the mean surprise in bits per word; the end mark counts as a word."""
        surprises: list[float] = []
        known: dict[tuple[str, str, str], float] = {}  # most texts say the same again
        for text in texts:
            marked = [START, START, *words(text), END]
            for three in zip(marked, marked[1:], marked[2:], strict=False):
                if three not in known:
                    known[three] = -math.log2(self.probability(three[:2], three[2]))
                surprises.append(known[three])
        return sum(surprises) / len(surprises)

    def perplexity(self, texts: Sequence[str]) -> float:
        """Return 2 to the power of the bits per word: the number of equally likely words with the same surprise."""
        return float(2 ** self.bits_per_word(texts))
