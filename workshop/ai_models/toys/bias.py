"""Bias in, more bias out: the lower the temperature, the more a model exaggerates the skew of its text.

It shows two steps: a count model repeats the skew of what it read, and a temperature below 1 sharpens it, since chances are
p^(1/T), scaled to add up to one. It leaves out where a skew comes from and what it does to people, and all biases that aren't a
share of words. Source: Zhao et al. 2017, arXiv 1707.09457, for the effect in trained models.

    >>> share(written(she=8, he=7), "nurse", "she")
    0.8
    >>> round(sharpened(0.8, 0.5), 3)
    0.941
"""

from __future__ import annotations

from collections.abc import Sequence


def written(she: int, he: int) -> list[str]:
    """Return ten sentences about nurses, ``she`` of them about women, and ten about pilots, ``he`` of them about men."""
    text = ["the nurse said she"] * she + ["the nurse said he"] * (10 - she)
    return text + ["the pilot said he"] * he + ["the pilot said she"] * (10 - he)


def share(text: Sequence[str], who: str, word: str) -> float:
    """Return the share of the sentences about somebody that end with a word."""
    ends = [sentence.split()[-1] for sentence in text if sentence.split()[1] == who]
    return ends.count(word) / len(ends)


def sharpened(p: float, temperature: float) -> float:
    """Return the chance of the first of two words at a temperature."""
    a, b = p ** (1 / temperature), (1 - p) ** (1 / temperature)
    return float(a / (a + b))
