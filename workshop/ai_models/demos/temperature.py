"""One knob for writing text: a low temperature picks the favourite, a high one gives the others a chance.

Each word's probability is raised to the power of one over the temperature, and all are scaled to add up to one.
"""

from __future__ import annotations

from typing import Any

from workshop.ai_models.parts.next_words import common_stem
from workshop.ai_models.parts.temperature_exhibits import POKES, next_word_chart, sentences_table, turned_chart
from workshop.ai_models.toys.temperature import choices, entropy, sharpened, write
from workshop.ai_models.toys.trigram import Trigram
from workshop.inputs.texts import Rounds, words
from workshop.model.exhibits import Findings, Frozen, Knob, demo

LOW, AS_READ, HIGH = 0.5, 1.0, 2.0
WRITTEN = 100  # sentences per temperature
SHOWN = 4


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
