"""One attention head learns to look back at the word that decides the verb, and not at the nearest one.

A flat average gives every word the same weight. Only sentences in which the nearest noun misleads are counted, and none of
their pairs of nouns was in training.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from workshop.ai_models.toys.attention import NOUNS, OPENINGS, PLURALS, PREPOSITIONS, Attention, encoded, pairs, phrase
from workshop.ai_models.toys.training import train
from workshop.model.exhibits import Chart, ChartKind, Findings, Honesty, Knob, Series, demo
from workshop.model.pokes import Choice, Read, Sweep
from workshop.wording.formats import percent, ratio

READ, ASKED, BATCH, RATE = 4000, 1500, 48, 0.05
HELD = 4  # one pair of nouns of so many is kept for the test
CASES = (  # the first is on the slide; in the last, the phrase stands in front
    "the spade near the pots",
    "today the benches by the hose",
    "again today the rake behind the cans under the hoses",
    "the pots near the rake",
    "today the can under the benches",
    "near the pots the spade",
)
Sentence = tuple[str, ...]


def drawn(pool: Sequence[tuple[str, str]], how_many: int, rng: np.random.Generator) -> list[Sentence]:
    """Return sentences up to the verb, each with a subject and its nearest noun from a pair of the pool."""
    every, found = (*NOUNS, *PLURALS), []
    for _ in range(how_many):
        subject, nearest = pool[int(rng.integers(len(pool)))]
        more = (every[int(rng.integers(len(every)))],) * int(rng.integers(2))
        nouns = (subject, *more, nearest)
        prepositions = tuple(PREPOSITIONS[k] for k in rng.integers(len(PREPOSITIONS), size=len(nouns) - 1))
        found.append((*OPENINGS[int(rng.integers(len(OPENINGS)))], *phrase(nouns, prepositions)))
    return found


def nouns_in(sentence: Sentence) -> list[int]:
    """Return the places of the nouns."""
    return [place for place, word in enumerate(sentence) if word in NOUNS or word in PLURALS]


def fronted(sentence: Sentence) -> Sentence:
    """Return the sentence with its phrase in front of the subject: "near the pots the spade"."""
    subject = nouns_in(sentence)[0]
    return (*sentence[subject + 1 :], *sentence[: subject + 1])


@demo(
    "attention",
    title="It looks back at the right word",
    claims={
        "Attention finds the subject where the nearest noun misleads": "right > 0.95",
        "Most of the weight is on the subject": "weight > 0.5",
        "A flat average finds it much less often": "right - flat > 0.2",
        "With the phrase in front, it looks at the wrong noun": "front < 0.5",
    },
    knobs={"updates": Knob(0, 200, "how often the weights are corrected")},
    pokes=(
        Sweep(
            "updates",
            (0, 20, 50, 100, 200),
            label="Corrections of the weights",
            unit="count",
            shows=(
                Read("right where the nearest noun misleads", "right | percent"),
                Read("weight on the subject", "weight | percent"),
                "weights",
            ),
            finding="After {{ updates | count('update') }}, {{ right | percent }} are right, and {{ weight | percent }} of the weight is "
            "on the subject. A flat average gets {{ flat | percent }}.",
            lead="At first every word counts about the same. Correct the weights, and watch where the model looks.",
        ),
        Choice(
            "case",
            "cases.words",
            label="Which sentence?",
            shows=(
                Read("it writes", "cases.verb[{case}]"),
                Read("weight on the first noun", "cases.first[{case}] | percent"),
            ),
            finding="“{{ cases.words[{case}] }} …”: the most weight is on “{{ cases.most[{case}] }}”, and the model writes "
            "“{{ cases.verb[{case}] }}”.",
            lead="Bet first: stands or stand? In the last sentence the phrase stands in front, which the model has never seen.",
        ),
    ),
)
def attention(*, rng: Any, updates: int = 100) -> Findings:
    """Train one head, and ask it about sentences whose nearest noun misleads.

    Facts:
        updates (count): how often the weights were corrected
        asked (count): sentences whose nearest noun misleads
        right, flat, front (percent): share of right verbs: with attention, with a flat average, with the phrase in front
        weight (percent): mean weight on the subject
        sentence (text): that of the chart
        cases.{words,verb,most} (text): the sentences to choose from, what is written after each, its word with most weight
        cases.first (percent): the weight on its first noun

    Exhibits: ``weights`` (columns).
    """
    pool = pairs()
    order = rng.permutation(len(pool))
    held, read = order[: len(pool) // HELD], order[len(pool) // HELD :]
    texts = drawn([pool[k] for k in read], READ, rng)
    model = Attention.untrained(rng)
    train(model, encoded(texts), many(texts), steps=updates, rate=RATE, rng=rng, batch=BATCH)
    tests = [
        s for s in drawn([pool[k] for k in held], ASKED, rng) if (s[-1] in PLURALS) != (s[nouns_in(s)[0]] in PLURALS)
    ]
    looks = model.looks(tests)
    facts = {
        "updates": updates,
        "asked": len(tests),
        "right": right(model, tests, many(tests)),
        "flat": right(model, tests, many(tests), flat=True),
        "front": right(model, [fronted(s) for s in tests], many(tests)),
        "weight": float(np.mean([row[nouns_in(s)[0]] for row, s in zip(looks, tests, strict=True)])),
        "sentence": CASES[0],
        "cases": told(model),
    }
    return Findings(
        facts, {"weights": weights_chart(tuple(CASES[0].split()), model.looks([CASES[0].split()])[0], updates)}
    )


def told(model: Attention) -> dict[str, Any]:
    """Return what the model writes after each sentence to choose from, and where it looks."""
    cases = [tuple(case.split()) for case in CASES]
    chances, weights = model.forward(encoded(cases))[0], model.looks(cases)
    return {
        "words": list(CASES),
        "verb": ["stand" if row[1] > row[0] else "stands" for row in chances],
        "most": [case[int(row.argmax())] for case, row in zip(cases, weights, strict=True)],
        "first": [float(row[nouns_in(case)[0]]) for case, row in zip(cases, weights, strict=True)],
    }


def many(sentences: Sequence[Sentence]) -> np.ndarray:
    """Return 1 for each sentence with a plural subject, which is its first noun, else 0."""
    return np.array([int(sentence[nouns_in(sentence)[0]] in PLURALS) for sentence in sentences])


def right(model: Attention, sentences: Sequence[Sentence], truth: np.ndarray, *, flat: bool = False) -> float:
    """Return the share of the sentences for which the likelier verb is right."""
    return float((model.forward(encoded(sentences), flat=flat)[0].argmax(axis=1) == truth).mean())


def weights_chart(sentence: Sentence, weights: np.ndarray, updates: int) -> Chart:
    """Draw how much each word of a sentence counts for the verb."""
    seen: dict[str, int] = {}
    names = []
    for word in sentence:
        seen[word] = seen.get(word, 0) + 1
        names.append(word if seen[word] == 1 else f"{word} ({seen[word]})")
    place = int(weights.argmax())
    return Chart(
        ChartKind.COLUMN,
        title="How much each word counts for the verb",
        measure="Attention weight of each word for the verb, 0 to 1",
        finding=f"In “{' '.join(sentence)}”, the word “{names[place]}” has {percent(weights[place])} of the weight, "
        f"where a flat average gives each word {ratio(1 / len(sentence))}",
        categories=tuple(names),
        series=(Series("weight", tuple(map(float, weights))),),
        highlight=(names[place],),
        honesty=Honesty.REAL,
        basis=f"one attention head, made-up sentences, {updates} updates with Adam at a rate of {RATE}",
        y_min=0,
    )
