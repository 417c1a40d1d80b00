"""A real neural network plays the guessing game, with loss and backpropagation, down to the floor.

It reads sentences of a grammar in which every probability is known, so the least possible surprise on the held-out
sentences is known too. Nothing is counted: after each batch of guesses, all weights are moved a little against their
blame, which is the slope of the loss.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Sequence

import numpy as np

from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.grammar import grammar
from workshop.ai_models.toys.neural import TinyLM
from workshop.ai_models.toys.training import nudged, train, windows
from workshop.inputs.spelling import words
from workshop.model.exhibits import Chart, ChartKind, Code, Column, Findings, Knob, Reference, Series, Table, demo
from workshop.wording.formats import bits, number

WINDOW = 3
SENTENCES, TRIED = 6000, 600
HELD_OUT = 0.1  # share of all sentences of the grammar, which are never drawn for training
STEPS, BATCH = 700, 128
LOOKS = (0, 10, 20, 40, 80, 150, 300, 500, 700)

BASIS = "tiny neural model on a grammar with known probabilities"


@demo(
    "neural",
    title="A network that learns by backpropagation",
    toy_of="the training of a large network, by the same rule",
    claims={
        "Untrained, it is within a third of a bit of pure guessing": "near(held.first, uniform, 0.333)",
        "It ends within a tenth of a bit of the floor": "gap < 0.1",
        "Blame is what nudging a weight shows": "blame.off < 0.000001",
    },
    knobs={
        "width": Knob(2, 96, "units in the middle of the network"),
        "rate": Knob(0.001, 0.1, "how far each step moves the weights"),
    },
)
def neural(*, rng: np.random.Generator, world: World, width: int = 32, rate: float = 0.02) -> Findings:
    """Train, and test on sentences that it read and on others.

    Facts:
        weights, vocabulary, sentences, steps (count): weights, words, sentences read and steps of training
        width (count): units in the middle of the network
        rate (number): how far each step moves the weights
        uniform (bits): surprise if any word is equally likely
        {train,held}.{first,last,all} (bits): surprise per word on read and on held-out sentences
        floor (bits): surprise of someone who knows the grammar, on the held-out sentences
        gap (bits): how far above the floor it ends
        blame.off (number): largest difference between backpropagation and nudging one weight

    Exhibits: ``loss`` (lines by step, the floor dashed), ``blame`` (table), ``loop`` (code).
    """
    place = grammar(world.grammar())
    apart = set(rng.choice(place.sentences, round(HELD_OUT * len(place.sentences)), replace=False).tolist())
    drawn = place.sample(rng, 2 * SENTENCES)
    read = [sentence for sentence in drawn if sentence not in apart][:SENTENCES]
    held = [sentence for sentence in drawn if sentence in apart][:TRIED]
    model = TinyLM.untrained((word for s in place.sentences for word in words(s)), WINDOW, rng, hidden=width)
    texts, seen, tests = (windows([words(s) for s in part], model) for part in (read, read[:TRIED], held))
    blamed = nudged(model, seen[0][:64], seen[1][:64])
    curve: list[tuple[float, float]] = []

    def look(step: int) -> None:
        if step in LOOKS:
            curve.append((model.bits(*seen), model.bits(*tests)))

    train(model, *texts, steps=STEPS, rate=rate, rng=rng, batch=BATCH, watch=look)
    floor = place.bits_per_word(held)
    read_bits, held_bits = ([pair[i] for pair in curve] for i in (0, 1))
    facts = {
        "weights": model.size,
        "vocabulary": len(model.vocabulary),
        "sentences": SENTENCES,
        "steps": STEPS,
        "width": width,
        "rate": rate,
        "uniform": math.log2(len(model.vocabulary)),
        "train": {"first": read_bits[0], "last": read_bits[-1], "all": read_bits},
        "held": {"first": held_bits[0], "last": held_bits[-1], "all": held_bits},
        "floor": floor,
        "gap": held_bits[-1] - floor,
        "blame": {"off": max(abs(blame - seen) for _, _, blame, seen in blamed)},
    }
    loop = Code(
        "Blame, layer by layer", inspect.getsource(TinyLM.gradients), "The slope of the loss, worked out backwards"
    )
    return Findings(facts, {"loss": loss_chart(LOOKS, curve, floor), "blame": blame_table(blamed), "loop": loop})


def loss_chart(looks: Sequence[int], curve: Sequence[tuple[float, float]], floor: float) -> Chart:
    """Draw the surprise on read and on held-out sentences over the steps."""
    return Chart(
        ChartKind.LINE,
        title="Loss while training",
        measure="Surprise in bits per word (0: it knew each word), by training step",
        finding=f"Surprise on held-out sentences falls from {bits(curve[0][1])} to {bits(curve[-1][1])} bits per word; "
        f"the floor is {bits(floor)}",
        series=(
            Series("read", tuple(a for a, _ in curve), role="context"),
            Series("held out", tuple(b for _, b in curve), role="accent"),
        ),
        categories=tuple(f"{step:,}" for step in looks),
        references=(Reference("floor", floor),),
        x_label="steps of training, wider apart as it goes on",
        unit="bits",
        basis=BASIS,
        y_min=0,
    )


def blame_table(blamed: Sequence[tuple[str, float, float, float]]) -> Table:
    """Compare backpropagation with nudging each weight."""
    return Table(
        title="Blame of five weights",
        columns=(Column("Weight in"), Column("Value"), Column("Backpropagation"), Column("By nudging it")),
        rows=tuple((name, *(number(value, 4) for value in values)) for name, *values in blamed),
        finding=f"For each of {len(blamed)} weights backpropagation and nudging give the same slope",
        measure="How much the loss grows as the weight grows, before training",
        basis=BASIS,
    )
