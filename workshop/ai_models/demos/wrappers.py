"""One model in three wrappers: the same weights, three products.

The model is trained once, and has actually learnt to read a system prompt and a card. Rate limit, moderation, the search
for a card and the tools are plain code around it; the trace table shows what each layer did.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from workshop.ai_models.parts.handed_in import Rules
from workshop.ai_models.parts.pokes_of_use import WRAPPERS
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.desk import learnt, trained_desk
from workshop.ai_models.toys.rate_limit import Bucket
from workshop.ai_models.toys.tool_shed import Shed
from workshop.ai_models.toys.wrappers import LAYERS, Wrapper
from workshop.model.exhibits import Column, Findings, Knob, Table, demo

ASK, REMOVE = "where is the {} ?", "remove the {} card ."


@demo(
    "wrappers",
    title="One model, three products",
    toy_of="products that are built around one and the same model",
    claims={
        "Same weights, three answers": "different == 3",
        "The model reads a card about things that it never saw on a card": "learnt.card > 0.5",
        "The model takes on a style for things that it never saw with one": "learnt.style > 0.9",
        "Without a card the bare model answers from memory, and the thing has moved": "memory > 0.9",
    },
    knobs={
        "threshold": Knob(-6, 12, "points from which moderation blocks"),
        "capacity": Knob(1, 20, "requests that the helper takes at once"),
    },
    pokes=WRAPPERS,
)
def wrappers(
    *, rng: np.random.Generator, world: World, rules: Rules, threshold: int = 2, capacity: int = 3
) -> Findings:
    """Train once, wrap three times, and ask each product the same things.

    Facts:
        weights (count): trained weights, the same behind every product
        thing (text): what has moved since the training
        asked, harmful (text): the question of the trace, and a harmful one
        was, card (text): where the thing was at training time, and where the card says it is
        bare, helper, agent (text): what each product answers
        different (count): different answers among these
        learnt.{style,card} (percent): share right for things that training never showed with a style or with a card
        memory (percent): share right without a card, for where things were at training time
        threshold, points (number): points from which moderation blocks, and points of the harmful question
        refused, told (text): what the helper and the bare model answer to it
        fourth (text): the helper's answer to a request too many in the same second
        removed (count): products that carried out the request to remove a card
        layered.requests (text): the three requests
        layered.{bare,card,polite,short,filter,tools} (text): the answer to each, with these layers around the model
    """
    moved, locked = world.words["moved"], world.words["locked"]
    shed = Shed.arranged(world.things, world.places, rng)
    desk = trained_desk(shed, (moved["thing"], moved["was"]), (locked["thing"], locked["place"]), rng)
    cards = {moved["thing"]: moved["now"]}
    asked, harmful, remove = ASK.format(moved["thing"]), ASK.format(locked["thing"]), REMOVE.format(moved["thing"])
    bare = Wrapper(name="Bare")
    helper = Wrapper(
        name="Helper",
        style="polite",
        cards=cards,
        rules=rules.points,
        threshold=threshold,
        bucket=Bucket(capacity, 0.5, capacity),
    )
    agent = Wrapper(name="Agent", style="short", cards=cards, tools=("remove",))
    products = (bare, helper, agent)

    traces = {product.name: product.ask(desk, asked) for product in products}
    # Each question gets a fresh bucket; the last one is asked until the bucket is empty.
    full = {
        request: [replace(p, bucket=p.bucket and Bucket(capacity, 0.5, capacity)).ask(desk, request) for p in products]
        for request in (asked, harmful, remove)
    }
    again = [[product.ask(desk, asked)[0] for product in products] for _ in range(capacity)][-1]
    answers = [traces[product.name][0] for product in products]
    style, card, memory = learnt(desk)
    facts = {
            "weights": desk.model.size, "thing": moved["thing"], "asked": asked, "was": moved["was"], "card": moved["now"],
            "bare": answers[0], "helper": answers[1], "agent": answers[2], "different": len(set(answers)),
            "learnt": {"style": style, "card": card}, "memory": memory, "threshold": threshold,
            "points": rules.score(harmful), "harmful": harmful, "refused": full[harmful][1][0], "told": full[harmful][0][0],
            "fourth": again[1], "removed": sum(did.get("Tool") == "remove" for _, did in full[remove]),
            "layered": {"requests": [asked_for(request) for request in full]} | {
                name: [product.ask(desk, request)[0] for request in full] for name, product in layered(cards, rules, threshold).items()
            },
        }  # fmt: skip
    return Findings(facts, {"trace": trace(asked, traces), "answers": answers_table(products, full, again)})


def layered(cards: dict[str, str], rules: Rules, threshold: int) -> dict[str, Wrapper]:
    """Return one model with more and more around it, and two ways to go on from a card."""
    card = Wrapper(name="card", cards=cards)
    polite = replace(card, style="polite")
    return {
        "bare": Wrapper(name="bare"),
        "card": card,
        "polite": polite,
        "short": replace(card, style="short"),
        "filter": replace(polite, rules=rules.points, threshold=threshold),
        "tools": replace(card, style="short", tools=("remove",)),
    }


def asked_for(request: str) -> str:
    """Return a request as people write it."""
    return request.replace(" ?", "?").replace(" .", "").capitalize()


BASIS = "one trained model; rate limit, moderation, card search and tools are plain code"


def trace(asked: str, traces: dict[str, tuple[str, dict[str, str]]]) -> Table:
    """Show, layer by layer, what happened to one question; layers that no product has are left out."""
    used = [layer for layer in LAYERS if any(layer in did for _, did in traces.values())]
    rows = [(name, *(did.get(layer, "–") for layer in used), answer) for name, (answer, did) in traces.items()]
    said = "; ".join(f"{name}: “{answer}”" for name, (answer, _) in traces.items())
    return Table(
        "Trace of one question",
        (Column("Product"), *(Column(layer) for layer in used), Column("Answer")),
        tuple(rows),
        finding=f"“{asked.replace(' ?', '?')}” gets {len({a for a, _ in traces.values()})} answers. {said}.",
        measure=f"“{asked_for(asked)}” on its way through each product; – means no such layer",
        neutral="The path of one question through three products.",
        highlight=0,
        basis=BASIS,
    )


def answers_table(
    products: tuple[Wrapper, ...], full: dict[str, list[tuple[str, dict[str, str]]]], again: list[str]
) -> Table:
    """Show each product's answer to each request."""
    names = [asked_for(request) for request in full]
    rows = [(name, *(answer for answer, _ in got)) for name, got in zip(names, full.values(), strict=True)]
    rows.append((f"{names[0]} (again within a second)", *again))
    return Table(
        "Answers of three products",
        (Column("Request"), *(Column(product.name) for product in products)),
        tuple(rows),
        finding=f"Four requests, {len({cell for row in rows for cell in row[1:]})} different answers, one set of weights.",
        measure="Four requests to three products built on the same weights",
        basis=BASIS,
    )
