"""Look inside a model: find the direction that stands for "more than one", and reverse it.

A tiny neural model reads "the cups near the door stand" and learns to make the verb agree. From four nouns and their
plurals a direction is read off their embeddings. If the model uses that direction, then flattening it for all
nouns must spoil the agreement, reversing it must reverse the verb, and flattening any other direction must do nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from workshop.ai_models.parts.pokes_of_use import PROBE
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.probe import Nouns, agreement, continued, moved, number_direction, trained
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Reference, Series, Table, demo
from workshop.wording.formats import percent

OTHERS = 20


@demo(
    "probe",
    title="Where a network keeps the plural",
    toy_of="looking inside a network for what it knows",
    claims={
        "Turning the direction round reverses the verb": "flipped < 0.05",
        "Flattening other directions does nothing": "other > 0.95",
        "As trained, the verb agrees": "intact > 0.95",
    },
    pokes=PROBE,
)
def probe(*, rng: Any, world: World) -> Findings:
    """Train, probe, and change the model by hand.

    Facts:
        intact, other, flattened, flipped (percent): sentences whose verb agrees: as trained; with another direction
            flattened, with this one flattened, with this one reversed
        said.{intact,other,flattened,flipped} (text): how two sentences go on then; with the last of the other directions
        probed (percent): nouns that the direction sorts correctly, among those that it wasn't read from
        others (count): random directions that were flattened
        weights (count): weights of the model
        sentences (count): test sentences
    """
    words = Nouns(world.things[: len(world.many)], world.many, world.near)
    begun = (["the", words.many[0], "near", "the", words.near[2]], ["the", words.one[6], "near", "the", words.near[5]])
    model = trained(words, rng)
    embed, (direction, middle, probed) = model.weights["embed"], number_direction(model, words)
    nouns = model.encode(words.one + words.many)
    others, changes = [], {"intact": embed}
    for _ in range(OTHERS):
        other = rng.normal(size=len(direction))
        other -= other @ direction * direction  # orthogonal to the direction
        other /= np.linalg.norm(other)
        changes["other"] = moved(embed, nouns, other, float((embed[nouns] @ other).mean()), 1)
        others.append(agreement(model, changes["other"], words))
    changes |= {
        "flattened": moved(embed, nouns, direction, middle, 1),
        "flipped": moved(embed, nouns, direction, middle, 2),
    }
    shares = {name: agreement(model, changed, words) for name, changed in changes.items()} | {
        "other": float(np.mean(others))
    }
    said = {name: ", ".join(continued(model, changed, text) for text in begun) for name, changed in changes.items()}
    return Findings(
        {**shares, "said": said, "probed": probed, "others": OTHERS, "weights": model.size,
                "sentences": len(nouns) * len(words.near)},
        exhibits(shares, model.size),
    )  # fmt: skip


def exhibits(shares: dict[str, float], weights: int) -> dict[str, Chart | Table]:
    """Return the chart and the table."""
    names = {
        "intact": "as trained", "other": "another flattened", "flattened": "this flattened", "flipped": "this turned round",
    }  # fmt: skip
    finding = "The verb agrees in " + ", ".join(f"{percent(shares[key])} ({name})" for key, name in names.items()) + "."
    basis = f"one model of {weights:,} weights; {OTHERS} random directions"
    chart = Chart(
        ChartKind.COLUMN,
        title="Agreement after changing one direction",
        measure="Share of sentences in which the verb agrees, by what was done to the nouns’ embeddings",
        finding=finding,
        categories=tuple(names.values()),
        series=(Series("agrees", tuple(shares[key] for key in names)),),
        references=(Reference("chance", 0.5),),
        unit="percent",
        highlight=(names["intact"],),
        basis=basis,
        y_min=0.0,
        y_max=1.0,
    )
    table = Table(
        "Agreement after changing one direction",
        (Column("The direction for “more than one”"), Column("Verb agrees", "percent")),
        tuple((name, shares[key]) for key, name in names.items()),
        finding=finding,
        measure="Share of sentences in which the verb agrees",
        basis=basis,
    )
    return {"agreement": chart, "table": table}
