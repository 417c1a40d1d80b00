"""One knob for writing text: a low temperature picks the favourite, a high one gives the others a chance.

Each word's probability is raised to the power of one over the temperature, and all are scaled to add up to one.

    >>> [round(p, 3) for p in sharpened([0.5, 0.3, 0.15, 0.05], 0.5)]
    [0.685, 0.247, 0.062, 0.007]
    >>> round(entropy([0.25] * 4), 3)
    2.0
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

from workshop.ai_models.parts.choosing import Choice
from workshop.ai_models.parts.next_words import END, START, Trigram, common_stem
from workshop.ai_models.parts.temperature_exhibits import POKES, next_word_chart, sentences_table, turned_chart
from workshop.inputs.texts import Rounds, words
from workshop.model.exhibits import Findings, Frozen, Knob, demo

LOW, AS_READ, HIGH = 0.5, 1.0, 2.0
WRITTEN = 100  # sentences per temperature
LONGEST = 8
SHOWN = 4


def sharpened(shares: Sequence[float], temperature: float) -> list[float]:
    """Return shares to the power of 1 / temperature, adding up to one."""
    raised = (np.asarray(shares) / max(shares)) ** (1 / temperature)
    return [float(share) for share in raised / raised.sum()]


def entropy(shares: Sequence[float]) -> float:
    """Return the entropy of a choice in bits: 0 if it is certain, log2 of n for n equal shares."""
    return -sum(share * math.log2(share) for share in shares if share > 0)


def choices(model: Trigram, temperature: float) -> Callable[[tuple[str, str]], Choice[str]]:
    """Return a function from the two words before to the choice of the next one; what it returned before, it knows."""

    @cache
    def after(pair: tuple[str, str]) -> Choice[str]:
        votes = model.votes[pair]
        shares = sharpened([votes[word] + 1 / len(model.vocabulary) for word in model.vocabulary], temperature)
        return Choice.of(model.vocabulary, np.array(shares))

    return after


def write(after: Callable[[tuple[str, str]], Choice[str]], rng: Any) -> str:
    """Draw a sentence word by word."""
    pair, written = (START, START), list[str]()
    while len(written) < LONGEST:
        word = after(pair).draw(rng)
        if word == END:
            break
        written.append(word)
        pair = (pair[1], word)
    return " ".join(written)


@demo(
    "temperature",
    title="One knob when text is written",
    claims={
        "The choice opens as the temperature rises": "entropy.low < entropy.read and entropy.read < entropy.high",
        "The favourite loses as it rises": "top.low > top.read and top.read > top.high",
        "At a low temperature more of what is written was read": "copied.low > copied.high",
    },
    knobs={"temperature": Knob(0.1, 5, "the temperature to compare with 1")},
    pokes=POKES,
)
def temperature(*, text: Rounds, rng: Any, temperature: float = LOW) -> Findings:
    """Read all rounds, then choose the next word and write sentences at three temperatures.

    Facts:
        temperature (the one turned to), low, high: the lower and the higher of three; stem: the words before the guess.
        entropy, top (share of the favourite), copied (share of sentences that were read): each ``low``, ``read`` (at 1), ``high``.
        turned: at that temperature: ``top``, ``entropy``, ``copied`` and the first ``sentence`` written.
        word: the favourite; chance: one over the number of words; written: sentences per temperature.

    Exhibits: ``next_word`` (grouped bars), ``turned`` (columns at that temperature alone), ``sentences`` (table).
    """
    model = Trigram.untrained(sentence for part in text.items for sentence in part)
    read = {" ".join(words(sentence)) for part in text.items for sentence in part}
    for part in text.items:
        for sentence in part:
            model.read(sentence)
    stem = common_stem(model)
    names = sorted(model.vocabulary, key=lambda word: (-model.votes[stem][word], word))
    as_read = [model.probability(stem, word) for word in names]
    low, high = min(temperature, LOW), max(temperature, HIGH)
    if LOW < temperature < HIGH and temperature != AS_READ:
        low, high = (temperature, HIGH) if temperature < AS_READ else (LOW, temperature)
    heats = {"low": low, "read": AS_READ, "high": high}
    shares = {name: sharpened(as_read, heat) for name, heat in heats.items()}
    after = {name: choices(model, heat) for name, heat in heats.items()}
    texts = {name: [write(after[name], rng) for _ in range(WRITTEN)] for name in heats}
    copied = {name: sum(sentence in read for sentence in made) / WRITTEN for name, made in texts.items()}
    opened = {name: entropy(row) for name, row in shares.items()}
    at = next(name for name, heat in heats.items() if heat == temperature)
    facts = {
        "temperature": temperature,
        "low": low,
        "high": high,
        "stem": " ".join(stem),
        "word": names[0],
        "chance": 1 / len(names),
        "written": WRITTEN,
        "entropy": opened,
        "top": {name: row[0] for name, row in shares.items()},
        "copied": copied,
        "turned": {"top": shares[at][0], "entropy": opened[at], "copied": copied[at], "sentence": texts[at][0] or "–"},
    }
    rows = [(heats[n], opened[n], copied[n], texts[n][0] or "–") for n in heats]
    basis = f"counts of {sum(map(len, text.items))} sentences"
    return Findings(
        Frozen(facts),
        {
            "next_word": next_word_chart(" ".join(stem), names[:SHOWN], heats, shares, basis),
            "sentences": sentences_table(rows, WRITTEN, basis),
            "turned": turned_chart(" ".join(stem), names, shares[at], temperature, basis),
        },
    )
