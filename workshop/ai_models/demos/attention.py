"""One attention head learns to look back at the word that decides the verb, and not at the nearest one.

A flat average gives every word the same weight. Only sentences in which the nearest noun misleads are counted, and none of
their pairs of nouns was in training.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.attention import OPENINGS, PREPOSITIONS, Attention, pairs, phrase
from workshop.ai_models.toys.training import train
from workshop.model.exhibits import Chart, ChartKind, Findings, Honesty, Knob, Series, demo
from workshop.model.pokes import Arcs, Choice, Dial, Read
from workshop.wording.formats import percent, ratio

READ, ASKED, BATCH, RATE = 4000, 1500, 48, 0.05
SHOWN = 6  # things that are the nouns
HELD = 4  # one pair of nouns of so many is kept for the test
Sentence = tuple[str, ...]


class Nouns(Struct, frozen=True):
    """Six nouns and their plurals."""

    one: tuple[str, ...]
    many: tuple[str, ...]

    @property
    def cases(self) -> tuple[Sentence, ...]:
        """Three sentences of one length; the first is on the slide, and in the last the phrase stands in front."""
        a, b, c, d = self.one[0], self.many[3], self.many[4], self.one[2]
        said = (f"the {a} near the {b}", f"the {c} by the {d}", f"near the {b} the {a}")
        return tuple(tuple(text.split()) for text in said)

    def places(self, sentence: Sentence) -> list[int]:
        """Return the places of the nouns in a sentence."""
        return [place for place, word in enumerate(sentence) if word in self.one or word in self.many]

    def subject(self, sentence: Sentence) -> int:
        """Return the place of the subject: the first noun, or the last one if a phrase stands in front."""
        return self.places(sentence)[-1 if sentence[0] in PREPOSITIONS else 0]

    def fronted(self, sentence: Sentence) -> Sentence:
        """Return the sentence with its phrase in front of the subject: "near the cups the key"."""
        subject = self.places(sentence)[0]
        return (*sentence[subject + 1 :], *sentence[: subject + 1])

    def plural(self, sentences: Sequence[Sentence]) -> np.ndarray:
        """Return 1 for each sentence with a plural subject, which is its first noun, else 0."""
        return np.array([int(sentence[self.places(sentence)[0]] in self.many) for sentence in sentences])


def drawn(
    pool: Sequence[tuple[str, str]], every: Sequence[str], how_many: int, rng: np.random.Generator
) -> list[Sentence]:
    """Return sentences up to the verb, each with a subject and its nearest noun from a pair of the pool."""
    found = []
    for _ in range(how_many):
        subject, nearest = pool[int(rng.integers(len(pool)))]
        more = (every[int(rng.integers(len(every)))],) * int(rng.integers(2))
        nouns = (subject, *more, nearest)
        prepositions = tuple(PREPOSITIONS[k] for k in rng.integers(len(PREPOSITIONS), size=len(nouns) - 1))
        found.append((*OPENINGS[int(rng.integers(len(OPENINGS)))], *phrase(nouns, prepositions)))
    return found


@demo(
    "attention",
    title="Where it looks back",
    toy_of="one attention head of a transformer, which has hundreds",
    claims={
        "Attention finds the subject where the nearest noun misleads": "right > 0.95",
        "Most of the weight is on the subject": "weight > 0.5",
        "A flat average finds it much less often": "right - flat > 0.2",
        "With the phrase in front, it looks at the wrong noun": "front < 0.5",
    },
    knobs={"updates": Knob(0, 200, "updates of the weights")},
    pokes=(
        Dial(
            "updates",
            {key: key for key in ("0", "20", "100")},
            label="Updates of the weights",
            start="0",
            by=Choice("case", "cases.words", label="Which sentence?", start="2"),
            shows=(
                Read("weight on the subject", "cases.subject[{case}] | percent"),
                Read("right, of all with the place in front", "front | percent"),
                Arcs(
                    "The thicker its arc, the more a word counts for the verb",
                    "cases.words[{case}]",
                    "cases.weights[{case}]",
                    "cases.verb[{case}]",
                ),
            ),
            finding="“{{ cases.words[{case}] }} …”: after {{ updates | count('update') }} it writes “{{ cases.verb[{case}] }}”, which is "
            "{{ 'right' if cases.hit[{case}] else 'wrong' }}; the most weight is on “{{ cases.most[{case}] }}”.",
            lead="In all that it read, the thing came before the place. Which word counts if the place comes first?",
        ),
    ),
)
def attention(*, rng: Any, world: World, updates: int = 100) -> Findings:
    """Train one head, and ask it about sentences whose nearest noun misleads.

    Facts:
        updates (count): updates of the weights
        asked (count): sentences whose nearest noun misleads
        right, flat, front (percent): share of right verbs: with attention, with a flat average, with the phrase in front
        weight (percent): mean weight on the subject
        sentence (text): that of the chart
        cases.{words,verb,most} (text): the sentences to choose from, what is written after each, its word with most weight
        cases.weights (ratio): the weight of each word of each sentence
        cases.subject (percent): the weight on its subject
        cases.hit (yes or no): whether the verb is right

    Exhibits: ``weights`` (columns).
    """
    nouns = Nouns(world.things[:SHOWN], world.many[:SHOWN])
    every, pool = (*nouns.one, *nouns.many), pairs(nouns.one, nouns.many)
    order = rng.permutation(len(pool))
    held, read = order[: len(pool) // HELD], order[len(pool) // HELD :]
    texts = drawn([pool[k] for k in read], every, READ, rng)
    model = Attention.untrained(every, rng)
    train(model, model.encoded(texts), nouns.plural(texts), steps=updates, rate=RATE, rng=rng, batch=BATCH)
    tests = drawn([pool[k] for k in held], every, ASKED, rng)
    tests = [s for s in tests if (s[-1] in nouns.many) != (s[nouns.subject(s)] in nouns.many)]
    truth = nouns.plural(tests)
    looks = model.looks(tests)
    facts = {
        "updates": updates,
        "asked": len(tests),
        "right": right(model, tests, truth),
        "flat": right(model, tests, truth, flat=True),
        "front": right(model, [nouns.fronted(s) for s in tests], truth),
        "weight": float(np.mean([row[nouns.subject(s)] for row, s in zip(looks, tests, strict=True)])),
        "sentence": " ".join(nouns.cases[0]),
        "cases": told(model, nouns),
    }
    return Findings(facts, {"weights": weights_chart(nouns.cases[0], model.looks(nouns.cases[:1])[0], updates)})


def told(model: Attention, nouns: Nouns) -> dict[str, Any]:
    """Return what the model writes after each sentence to choose from, and where it looks."""
    cases = nouns.cases
    chances, weights = model.forward(model.encoded(cases))[0], model.looks(cases)
    verbs = ["stand" if row[1] > row[0] else "stands" for row in chances]
    subjects = [nouns.subject(case) for case in cases]
    return {
        "words": [" ".join(case) for case in cases],
        "verb": verbs,
        "most": [case[int(row.argmax())] for case, row in zip(cases, weights, strict=True)],
        "weights": [row.tolist() for row in weights],
        "subject": [float(row[place]) for row, place in zip(weights, subjects, strict=True)],
        "hit": [
            (verb == "stand") == (case[place] in nouns.many)
            for verb, case, place in zip(verbs, cases, subjects, strict=True)
        ],
    }


def right(model: Attention, sentences: Sequence[Sentence], truth: np.ndarray, *, flat: bool = False) -> float:
    """Return the share of the sentences for which the likelier verb is right."""
    return float((model.forward(model.encoded(sentences), flat=flat)[0].argmax(axis=1) == truth).mean())


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
        f"where looking at all words equally gives each {ratio(1 / len(sentence))}",
        categories=tuple(names),
        series=(Series("weight", tuple(map(float, weights))),),
        highlight=(names[place],),
        honesty=Honesty.REAL,
        basis=f"one attention head, made-up sentences, {updates} updates with Adam at a rate of {RATE}",
        y_min=0,
    )
