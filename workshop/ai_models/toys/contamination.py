"""Leaked questions measure memory: the same test, with and without questions that are in the training text.

It shows pure recall, without any skill: the model continues a prompt with whatever most often followed the longest end of it that it
has read, and a detector flags test sums that share a run of words with the text. It leaves out paraphrases, which such a detector
misses. Source: the n-gram overlap of Brown et al. 2020, appendix C; Zhang et al. 2024, arXiv 2405.00332, for what leaks are worth.

    >>> read = followers(["two and two make four"])
    >>> answer("two and two make".split(), read), answer("one and two make".split(), read)
    ('four', 'four')
    >>> flag(["two and two make four"], ["two and two make four"], ["two and two make four"], 4)
    {'flagged': 1, 'found': 1.0, 'true': 1.0}
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from workshop.ai_models.toys.mixture import sums

SUMS = sums("{} and {} make {}")
Followers = Mapping[tuple[str, ...], Counter[str]]


def followers(text: Iterable[str]) -> Followers:
    """Train: count which last word followed each run of words before it."""
    followed: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for sentence in text:
        words = sentence.split()
        for start in range(len(words) - 1):
            followed[tuple(words[start:-1])][words[-1]] += 1
    return followed


def runs(sentence: str, n: int) -> set[tuple[str, ...]]:
    """Return all stretches of ``n`` words."""
    words = sentence.split()
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def answer(prompt: list[str], followed: Followers) -> str:
    """Return what most often followed the longest known end of the prompt; ties go by the alphabet."""
    for start in range(len(prompt)):
        if found := followed.get(tuple(prompt[start:])):
            return max(sorted(found), key=found.__getitem__)
    return ""


def flag(test: list[str], known: list[str], text: list[str], n: int) -> dict[str, float]:
    """Flag every test sum that shares a run of ``n`` words with the text."""
    read = set().union(*(runs(sentence, n) for sentence in text))
    flagged = [sentence for sentence in test if runs(sentence, n) & read]
    hits = sum(sentence in known for sentence in flagged)
    return {"flagged": len(flagged), "found": hits / len(known), "true": hits / len(flagged) if flagged else 0.0}
