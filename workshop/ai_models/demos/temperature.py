"""One knob for writing text: a low temperature picks the favourite, a high one gives the others a chance.

Each word's probability is raised to the power of one over the temperature, and all are scaled to add up to one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.ai_models.parts.next_words import common_stem
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.temperature import choices, entropy, sharpened, write
from workshop.ai_models.toys.trigram import END, Trigram
from workshop.inputs.spelling import spelling, words
from workshop.inputs.texts import Rounds
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Knob, Reference, Series, Table, demo
from workshop.model.pokes import Sweep
from workshop.wording.formats import bits, number, percent, ratio

LOW, AS_READ, HIGH = 0.5, 1.0, 2.0
WRITTEN = 100  # sentences per temperature
SHOWN = 4

FAVOURITES = 4
POKES = (
    Sweep(
        "temperature",
        (0.2, 0.3, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0, 5.0),
        label="Temperature",
        unit="number",
        start=1.0,
        shows=(
            "turned",
            "five",
        ),
        finding="At temperature {{ temperature | number }}, “{{ word }}” gets {{ turned.top | ratio }}, and {{ turned.copied | percent }} of what it "
        "writes are sentences that it has read.",
        lead="Turn the temperature, and read what it writes.",
    ),
)


@demo(
    "temperature",
    title="One knob when text is written",
    toy_of="the setting “temperature” of a chat model",
    claims={
        "The choice opens as the temperature rises": "entropy.low < entropy.read and entropy.read < entropy.high",
        "The favourite loses as it rises": "top.low > top.read and top.read > top.high",
        "At a low temperature more of what is written was read": "copied.low > copied.high",
    },
    knobs={"temperature": Knob(0.1, 5, "the temperature to compare with 1")},
    pokes=POKES,
)
def temperature(*, world: World, text: Rounds | None = None, rng: Any, temperature: float = LOW) -> Findings:
    """Read all rounds, then choose the next word and write sentences at three temperatures.

    Facts:
        temperature, low, high (number): the temperature turned to, and the lower and the higher of three
        stem, word (text): the words before the guess, and the favourite after them
        chance (ratio): one over the number of words
        written (count): sentences written at each temperature
        entropy.{low,read,high} (bits): how open the choice is, at the lower, at 1 and at the higher temperature
        top.{low,read,high} (ratio): probability of the favourite
        copied.{low,read,high} (percent): sentences written that were read
        turned.top (ratio): probability of the favourite at the temperature turned to
        turned.entropy (bits): how open the choice is there
        turned.copied (percent): sentences written there that were read
        turned.sentence (text): the first sentence written there
        riddle.text (text): three sentences written at one temperature
        riddle.heat (number): this temperature

    Exhibits: ``next_word`` (grouped bars), ``turned`` (columns at that temperature alone), ``sentences`` (table), ``five``
    (table of sentences written at that temperature).
    """
    text = text or world.rounds()
    model = Trigram.untrained(sentence for part in text.items for sentence in part)
    read = {" ".join(words(sentence)) for part in text.items for sentence in part}
    for part in text.items:
        for sentence in part:
            model.read(sentence)
    pair = common_stem(model)
    names = sorted(model.vocabulary, key=lambda word: -model.votes[pair][word])
    as_read = [model.probability(pair, word) for word in names]
    spelt = spelling(sentence for part in text.items for sentence in part)
    stem = " ".join(spelt.get(word, word) for word in pair)
    names = [spelt.get(name, name) for name in names]
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
        "stem": stem,
        "word": names[0],
        "chance": 1 / len(names),
        "written": WRITTEN,
        "entropy": opened,
        "top": {name: row[0] for name, row in shares.items()},
        "copied": copied,
        "turned": {"top": shares[at][0], "entropy": opened[at], "copied": copied[at], "sentence": texts[at][0] or "–"},
        "riddle": {"text": ", ".join(f"“{text}”" for text in texts["low"][1:4]), "heat": heats["low"]},
    }
    rows = [(heats[n], opened[n], copied[n], texts[n][0] or "–") for n in heats]
    basis = f"counts of {sum(map(len, text.items))} sentences"
    return Findings(
        facts,
        {
            "next_word": next_word_chart(stem, names[:SHOWN], heats, shares, basis),
            "sentences": sentences_table(rows, WRITTEN, basis),
            "turned": turned_chart(stem, names, shares[at], temperature, basis),
            "five": five_table([(text or "–", text in read) for text in texts[at][:5]], temperature, basis),
        },
    )


def five_table(written: Sequence[tuple[str, bool]], temperature: float, basis: str) -> Table:
    """List sentences written at one temperature, and say which of them were read so."""
    return Table(
        title="Five sentences",
        columns=(Column("Sentence"), Column("Was read so")),
        rows=tuple((text, "yes" if known else "no") for text, known in written),
        finding=f"Of {len(written)} sentences, {sum(known for _, known in written)} were read so",
        measure=f"The first sentences written at temperature {number(temperature)}",
        basis=basis,
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
