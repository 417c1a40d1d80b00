"""Tune a base model on dialogues: the same loop of training, continued on a few texts of the behaviour that is wanted.

It shows that tuning changes what a model does with a question, from continuing to answering, and that a model whose pages never
had the facts answers just as readily. It leaves out size, and methods that train a few weights only, such as LoRA. Source: the
supervised step of Ouyang et al. 2022, arXiv 2203.02155.

    >>> rng = np.random.default_rng(1)
    >>> shed = Shed.arranged(("cup", "key", "pen", "hat", "map", "fan", "jug"), ("hall", "yard"), rng)
    >>> untrained = TinyLM.untrained(shed.vocabulary, WINDOW, rng, hidden=4)
    >>> again, answers, right, firsts = examined(untrained, shed, rng)
    >>> right, len(firsts)
    (0.0, 6)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workshop.ai_models.toys.neural import END, START, TinyLM
from workshop.ai_models.toys.tool_shed import Shed, Tokens, question
from workshop.ai_models.toys.training import train, windows

WINDOW = 5
PAGES = 3000
HIDDEN = 64
BASE_STEPS, TUNING_STEPS = 900, 80
ASKED = 25  # times each question is asked, since the model draws its words
LONGEST = 8


def pretrained(shed: Shed, rng: np.random.Generator, silent_on: tuple[str, ...] = ()) -> tuple[TinyLM, tuple[int, ...]]:
    """Return a base model that has read a world's pages, none of which states a fact about ``silent_on``.

    Also return how often its pages state the place of each thing that no dialogue mentions.
    """
    model = TinyLM.untrained(shed.vocabulary, WINDOW, rng, hidden=HIDDEN)
    pages = shed.pages(rng, PAGES, silent_on=silent_on)
    inputs, targets = windows(pages, model)
    train(model, inputs, targets, steps=BASE_STEPS, rate=0.02, batch=128, rng=rng)
    text = " . ".join(" ".join(page) for page in pages)
    return model, tuple(text.count(" ".join(shed.statement(thing))) for thing in shed.held_out)


def tuned(base: TinyLM, dialogues: list[Tokens], rng: np.random.Generator) -> TinyLM:
    """Return a copy of ``base``, trained further with the same loop, only on ``dialogues``."""
    model = base.copy()
    inputs, targets = windows(dialogues, model)
    train(model, inputs, targets, steps=TUNING_STEPS, rate=0.01, batch=64, rng=rng)
    return model


def continue_text(
    model: TinyLM, prompt: Sequence[str], times: int, longest: int, rng: np.random.Generator
) -> list[list[str]]:
    """Continue ``prompt`` ``times`` times up to the end mark, drawing each word with the model's probabilities."""
    start = ([model.vocabulary.index(START)] * model.window + model.encode(prompt))[-model.window :]
    tokens = np.tile(np.array(start), (times, 1))
    drawn = []
    for _ in range(longest):
        chances, _, _ = model.forward(tokens[:, -model.window :])
        picked = (chances.cumsum(axis=1) < rng.random((times, 1))).sum(axis=1)
        picked = np.minimum(picked, len(model.vocabulary) - 1)
        drawn.append(picked)
        tokens = np.column_stack([tokens[:, 1:], picked])
    texts = [[model.vocabulary[i] for i in row] for row in np.array(drawn).T]
    return [text[: text.index(END)] if END in text else text for text in texts]


def examined(model: TinyLM, shed: Shed, rng: np.random.Generator) -> tuple[float, float, float, list[Tokens]]:
    """Ask each held-out question ``ASKED`` times; return the shares that ask again, answer, and are right, and first replies."""
    again = answers = right = 0
    firsts = []
    for thing in shed.held_out:
        texts = continue_text(model, question(thing), ASKED, LONGEST, rng)
        again += sum(text[:1] == ["where"] for text in texts)
        answers += sum(text[:2] == ["in", "the"] and text[2:3] != [] and text[2] in shed.places for text in texts)
        right += sum(text == shed.answer(thing) for text in texts)
        firsts.append(texts[0])
    asked = ASKED * len(shed.held_out)
    return again / asked, answers / asked, right / asked, firsts
