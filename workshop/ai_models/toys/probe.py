"""Look inside a model: find the direction that stands for "more than one", and reverse it.

It shows the three tests of interpretability: a probe reads a direction off the embeddings of a few nouns and their plurals, an ablation
flattens it, and a flip reverses it, so that the verb follows. It leaves out large models, where one direction seldom has one
meaning. Source: the agreement test of Linzen et al. 2016; probing and ablation as in Elazar et al. 2021 (amnesic probing).

    >>> nouns = Nouns(("cup", "key"), ("cups", "keys"), ("door", "doors"))
    >>> " ".join(sentences(nouns, np.random.default_rng(0), 1)[0])
    'the cup near the door stands'
    >>> moved(np.array([[3.0, 1.0]]), [0], np.array([1.0, 0.0]), middle=1, times=2).tolist()     # reversed at 1
    [[-1.0, 1.0]]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workshop.ai_models.toys.neural import TinyLM
from workshop.ai_models.toys.training import train, windows

STANDS, STAND = ("stands", "rests", "lies", "leans"), ("stand", "rest", "lie", "lean")
READ_FROM = 4  # pairs of nouns that the direction is read from; the others test it
WINDOW = 5
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Nouns:
    """Nouns, their plurals, and what they may be near."""

    one: tuple[str, ...]
    many: tuple[str, ...]
    near: tuple[str, ...]


def sentences(nouns: Nouns, rng: Any, count: int) -> list[list[str]]:
    """Return sentences such as "the key near the doors leans"; in half of them nothing is in between."""
    texts = []
    for _ in range(count):
        many = rng.random() < 0.5
        between = ["near", "the", str(rng.choice(nouns.near))] if rng.random() < 0.5 else []
        noun, verb = (nouns.many, STAND) if many else (nouns.one, STANDS)
        texts.append(["the", str(rng.choice(noun)), *between, str(rng.choice(verb))])
    return texts


def trained(nouns: Nouns, rng: Any) -> TinyLM:
    """Return a model that has learnt to make the verb agree."""
    words = (*nouns.one, *nouns.many, *nouns.near, *STANDS, *STAND, "the", "near")
    model = TinyLM.untrained(words, WINDOW, rng, embedding=6, hidden=16)
    inputs, targets = windows(sentences(nouns, rng, 1500), model)
    train(model, inputs, targets, steps=600, rate=0.02, rng=rng)
    return model


def number_direction(model: TinyLM, nouns: Nouns) -> tuple[Vector, float, float]:
    """Return the direction from one to many, its middle, and the share of the other nouns that it classifies correctly."""
    embed = model.weights["embed"]
    one, many = embed[model.encode(nouns.one)], embed[model.encode(nouns.many)]
    direction = (many[:READ_FROM] - one[:READ_FROM]).mean(axis=0)
    direction /= np.linalg.norm(direction)
    middle = float(np.concatenate([one[:READ_FROM], many[:READ_FROM]]).mean(axis=0) @ direction)
    sorted_right = np.concatenate([many[READ_FROM:] @ direction > middle, one[READ_FROM:] @ direction < middle])
    return direction, middle, float(sorted_right.mean())


def agreement(model: TinyLM, embed: Vector, nouns: Nouns) -> float:
    """Return the share of all "the … near the …" after which the right form of the verb is the likelier one."""
    changed = TinyLM(model.vocabulary, model.window, {**model.weights, "embed": embed})
    every = nouns.one + nouns.many
    tests = [(["the", noun, "near", "the", near], noun in nouns.many) for noun in every for near in nouns.near]
    chances, _, _ = changed.forward(np.array([model.encode(words) for words, _ in tests]))
    plural = chances[:, model.encode(STAND)].sum(axis=1) > chances[:, model.encode(STANDS)].sum(axis=1)
    return float((plural == np.array([many for _, many in tests])).mean())


def continued(model: TinyLM, embed: Vector, words: Sequence[str]) -> str:
    """Return the beginning of a sentence with the verb that is likeliest with these embeddings."""
    changed = TinyLM(model.vocabulary, model.window, {**model.weights, "embed": embed})
    chances, _, _ = changed.forward(np.array([model.encode(words)]))
    return " ".join([*words, max(STANDS + STAND, key=lambda verb: chances[0, model.encode([verb])[0]])])


def moved(embed: Vector, rows: list[int], direction: Vector, middle: float, times: float) -> Vector:
    """Return embeddings moved along a direction: moving once flattens it at ``middle``, moving twice reverses it."""
    changed = embed.copy()
    changed[rows] -= times * np.outer(embed[rows] @ direction - middle, direction)
    return changed
