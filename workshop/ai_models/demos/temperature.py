"""One knob for writing text: a low temperature picks the favourite, a high one gives the others a chance.

Each word's probability is raised to the power of one over the temperature, and all are scaled to add up to one.

    >>> [round(p, 3) for p in sharpened([0.5, 0.3, 0.15, 0.05], 0.5)]
    [0.685, 0.247, 0.062, 0.007]
    >>> round(entropy([0.25] * 4), 3)
    2.0
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from workshop.ai_models.parts.choices import Choice
from workshop.ai_models.parts.words import NEXT_WORDS_END as END
from workshop.ai_models.parts.words import NEXT_WORDS_START as START
from workshop.ai_models.parts.words import Trigram, common_stem
from workshop.inputs.texts import Rounds, words
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Knob, Reference, Series, Table, demo
from workshop.model.frozen import Frozen
from workshop.model.pokes import Read, Sweep
from workshop.wording.formats import bits, number, percent, ratio

# ---------------------------------------------------------------- temperature exhibits
# Charts of the temperature demo: the next word at three temperatures, and the sentences written at each.
FAVOURITES = 4
POKES = (
    Sweep(
        "temperature",
        (0.2, 0.3, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0, 5.0),
        label="Temperature",
        unit="number",
        start=1.0,
        shows=(
            Read("bits: how open the choice is", "turned.entropy | bits"),
            Read("of 100 sentences are ones it has read", "turned.copied | percent"),
            Read("One sentence that it wrote", "turned.sentence", quoted=True),
            "turned",
        ),
        finding="At temperature {{ temperature | number }}, “{{ word }}” gets {{ turned.top | ratio }}, and {{ turned.copied | percent }} of what it "
        "writes are sentences that it has read.",
        lead="The counts stay as they are; only the choosing changes. Cold keeps to the favourite, hot lets everything in.",
    ),
)


def turned_chart(stem: str, names: Sequence[str], shares: Sequence[float], temperature: float, basis: str) -> Chart:
    """Draw the favourites' shares at one temperature, and what each other word gets on average."""
    rest = shares[FAVOURITES:]
    shown = [*shares[:FAVOURITES], *([sum(rest) / len(rest)] if rest else [])]
    words = ["(end)" if name == END else name for name in names[:FAVOURITES]] + (["each other word"] if rest else [])
    return Chart(
        ChartKind.COLUMN,
        title="Next word at one temperature",
        measure=f"Probability of the next word after “{stem} …”; for the other words, the mean",
        finding=f"At temperature {number(temperature)}, “{names[0]}” has {ratio(shares[0])}",
        series=(Series("probability", tuple(shown)),),
        categories=tuple(words),
        highlight=(words[0],),
        basis=basis,
        y_min=0,
        y_max=1,
    )


def next_word_chart(
    stem: str, names: Sequence[str], heats: Mapping[str, float], shares: Mapping[str, Sequence[float]], basis: str
) -> Chart:
    """Draw the favourites' shares at each temperature."""
    roles = {"low": "accent", "read": "", "high": "context"}
    first = {name: ratio(row[0]) for name, row in shares.items()}
    return Chart(
        ChartKind.COLUMN,
        title="Next word by temperature",
        measure=f"Probability of the next word after “{stem} …”, by temperature",
        finding=f"“{names[0]}” has {first['read']} as read, {first['low']} at temperature {number(heats['low'])} "
        f"and {first['high']} at {number(heats['high'])}",
        series=tuple(
            Series(f"at {number(heats[name])}", tuple(row[: len(names)]), role=roles[name])
            for name, row in shares.items()
        ),
        categories=tuple("(end)" if name == END else name for name in names),
        references=(Reference("every word alike", 1 / len(shares["read"])),),
        unit="ratio",
        basis=basis,
        y_min=0,
    )


def sentences_table(rows: Sequence[tuple[float, float, float, str]], written: int, basis: str) -> Table:
    """List what is written at each temperature, side by side."""
    return Table(
        title="What is written",
        columns=(
            Column("Temperature", "number"),
            Column("Next word (bits)", "bits"),
            Column("Was read", "percent"),
            Column("First sentence written"),
        ),
        rows=tuple(rows),
        finding=f"From temperature {number(rows[0][0])} to {number(rows[-1][0])} the choice of the next word opens from "
        f"{bits(rows[0][1])} to {bits(rows[-1][1])} bits, and {percent(rows[0][2])} to {percent(rows[-1][2])} of what is written was read so",
        measure=f"{written} sentences at each temperature: how many occur in the text",
        basis=basis,
    )


# ---------------------------------------------------------------- temperature
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
