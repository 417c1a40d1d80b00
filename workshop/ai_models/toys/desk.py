"""A tiny model that has learnt to read a system prompt and a card, and says where a thing is.

It shows that a system prompt and a card are only more text, which the weights have learnt to follow: a prompt begins with a style
("polite", "short", or "-" for none) and the place on a card ("-" for none), then comes the question. In training, one thing that has
moved since and six others occur only without style and without card, so if the model follows those for it, it learnt that from other
things. It leaves out language: every answer has one form. Source: the loop of the toy ``training``, on dialogues of our own.

    >>> reply("hall", "polite")
    ['in', 'the', 'hall', ',', 'friend', '.']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from workshop.ai_models.toys.neural import END, START, TinyLM
from workshop.ai_models.toys.tool_shed import Shed, Tokens, question
from workshop.ai_models.toys.training import train, windows

NONE = "-"
STYLES = ("polite", "short")
WINDOW = 11  # style, card and question (7 words) and an answer of four words must all be in view
LONGEST = 8


def reply(place: str, style: str) -> Tokens:
    """Return the answer in training for a place and a style."""
    return ["in", "the", place, *([",", "friend"] if style == "polite" else []), "."]


@dataclass(frozen=True)
class Desk:
    """The trained model, and where each thing was at training time."""

    model: TinyLM
    places: tuple[str, ...]
    place: Mapping[str, str]
    unpractised: tuple[str, ...]

    def answer(self, words: Sequence[str], style: str = NONE, card: str = NONE) -> Tokens:
        """Continue a prompt with the likeliest word each time; an unknown word counts as "-"."""
        known = [word if word in self.model.vocabulary else NONE for word in words]
        tokens, written = [START] * WINDOW + [style, card, *known], list[str]()
        while len(written) < LONGEST:
            chances, _, _ = self.model.forward(np.array([self.model.encode(tokens[-WINDOW:])]))
            word = self.model.vocabulary[int(chances[0].argmax())]
            if word == END:
                break
            tokens.append(word)
            written.append(word)
        return written


def lessons(shed: Shed, practised: Sequence[str], rng: np.random.Generator, count: int) -> list[Tokens]:
    """Return dialogues: a third, about all things, have neither style nor card; the rest are about practised things."""
    things, texts = list(shed.place), []
    for _ in range(count):
        style, card, pool = NONE, NONE, things
        if rng.random() < 2 / 3:
            pool = list(practised)
            style = str(rng.choice((NONE, *STYLES)))
            card = str(rng.choice(shed.places)) if rng.random() < 0.6 else NONE
        thing = pool[int(rng.integers(len(pool)))]
        told = shed.place[thing] if card == NONE else card
        texts.append([style, card, *question(thing), *reply(told, style)])
    return texts


def trained_desk(shed: Shed, moved: tuple[str, str], locked: tuple[str, str], rng: np.random.Generator) -> Desk:
    """Train the model once, with backpropagation; ``moved`` and ``locked`` are two more things, each with its place."""
    whole = Shed(shed.things, shed.places, {**shed.place, locked[0]: locked[1], moved[0]: moved[1]})
    texts = lessons(whole, (*shed.practised, locked[0]), rng, 1200)
    model = TinyLM.untrained((word for text in texts for word in text), WINDOW, rng, embedding=8, hidden=48)
    inputs, targets = windows(texts, model)
    train(model, inputs, targets, steps=600, rate=0.03, rng=rng)
    return Desk(model, shed.places, whole.place, (*shed.held_out, moved[0]))


def learnt(desk: Desk) -> tuple[float, float, float]:
    """Return shares right: style without card, card with every style (unpractised things), and memory (all things)."""
    things = desk.unpractised
    style = [desk.answer(question(t), m) == reply(desk.place[t], m) for t in things for m in STYLES]
    every = [(t, m, c) for t in things for m in (NONE, *STYLES) for c in desk.places]
    card = [desk.answer(question(t), m, c) == reply(c, m) for t, m, c in every]
    memory = [desk.answer(question(t)) == reply(place, NONE) for t, place in desk.place.items()]
    return float(np.mean(style)), float(np.mean(card)), float(np.mean(memory))
