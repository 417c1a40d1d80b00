"""A model that can be followed on paper: every word of the prompt votes for an answer.

It shows what can be learnt by counting alone: how often did each word occur in a prompt with this answer? It multiplies those shares
(naive Bayes, add-``k``), so it can answer an unknown prompt if it has seen the words. It leaves out the order of the words. Source:
the textbook naive Bayes classifier.

    >>> model = WordVotes.trained([("a red tag", "wren"), ("a blue tag", "robin")], k=0.1)
    >>> model.answer("a red hook")
    'wren'
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

Item = tuple[str, str]  # prompt, right answer


@dataclass(frozen=True, kw_only=True)
class WordVotes:
    """Counts of (prompt word, answer) pairs, and methods that use them.

    Attributes:
        answers: answer -> number of training prompts with it.
        pairs: (word, answer) -> number of times.
        lengths: answer -> number of prompt words seen with it.
        vocabulary: number of different prompt words.
        k: phantom count of every pair, so that no answer is impossible.
    """

    answers: Counter[str]
    pairs: Counter[tuple[str, str]]
    lengths: Counter[str]
    vocabulary: int
    k: float

    @classmethod
    def trained(cls, items: Iterable[Item], k: float = 0.05) -> WordVotes:
        """Count the items once."""
        answers: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        lengths: Counter[str] = Counter()
        for prompt, right in items:
            words = prompt.split()
            answers[right] += 1
            lengths[right] += len(words)
            pairs.update((word, right) for word in words)
        return cls(answers=answers, pairs=pairs, lengths=lengths, vocabulary=len({word for word, _ in pairs}), k=k)

    def score(self, prompt: str, answer: str) -> float:
        """Return the log of (share of the answer times the share of each word under it)."""
        total = self.lengths[answer] + self.k * self.vocabulary
        votes = sum(log((self.pairs.get((word, answer), 0) + self.k) / total) for word in prompt.split())
        return log(self.answers[answer]) + votes

    def answer(self, prompt: str) -> str:
        """Return the answer with the highest score; ties go by the alphabet."""
        return max(sorted(self.answers), key=lambda answer: self.score(prompt, answer))

    def right(self, items: Sequence[Item]) -> list[bool]:
        """Return for every item whether the model's answer was right."""
        return [self.answer(prompt) == right for prompt, right in items]
