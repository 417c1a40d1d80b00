"""Three kinds of rater (people, a model, written principles), and what a reward learns from each.

Six answers have ratings that we wrote. People want them helpful and honest; the model wants the same, but also likes
confidence and is less noisy; the principles are asked in order, and the first one that clearly separates two answers decides.
Each kind of rater picks between the same answers, a reward is fitted to the picks, and we count how often the reward
orders two answers as people would. Every order of the principles is tried, since the result depends on it: some orders
do better than the model, and some worse than a coin. Sources of the settings: Bai et al. 2022; Lee et al. 2023.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from workshop.ai_models.parts.pokes_of_training import RATERS
from workshop.ai_models.toys.raters import ANSWERS, ORDERS, PEOPLE, PICKS, agreement, by_principles, by_weights, taught
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Honesty, Knob, Reference, Series, Table, demo
from workshop.wording.formats import number, percent

BASIS = "answers, people and raters written by us"
ROOMS = 20  # repetitions
NAMES = {"people": "People", "model": "A model", "principles": "Principles"}


@demo(
    "raters",
    title="Who does the picking",
    toy_of="feedback from written principles instead of people",
    claims={
        "People's own picks teach their order best": "people.agreement > max(model.agreement, orders.best.agreement)",
        "Some order of the principles comes before the model": "orders.best.agreement > model.agreement",
        "Some order comes after it": "orders.worst.agreement < model.agreement",
    },
    knobs={
        "bias": Knob(0, 5, "how much the model likes confidence beyond what people do"),
        "noise": Knob(0.1, 3, "how noisy the model's picks are; people's noise is 1"),
        "order": Knob(0, 0, "the principles in the order in which they are asked: helpful, honest, cautious"),
    },
    pokes=RATERS,
)
def raters(
    *,
    rng: np.random.Generator,
    bias: float = 2.0,
    noise: float = 0.5,
    order: tuple[Literal["helpful", "honest", "cautious"], ...] = ("honest", "cautious", "helpful"),
) -> Findings:
    """Pick, fit and compare.

    Facts:
        {people,model,principles}.agreement (percent): pairs of answers that the reward learnt from these raters orders as
            people would
        {people,model,principles}.confident (number): weight of confidence in that reward
        {people,model,principles}.best (text): the answer with the highest reward
        orders.{best,worst}.order (text): the orders of the principles that agree most and least
        orders.{best,worst}.agreement (percent): pairs ordered as people would, in these orders
        orders.used (text): the order of the knob
        off (number): largest difference between a weight of people and the one learnt from their picks
        answers, pairs, picks, rooms (count): answers, pairs of them, picks of one rater, and repeats
        bias (number): how much the model likes confidence beyond what people do
        noise (number): how noisy the model's picks are; people's noise is 1

    Exhibits: ``agreement`` (bars), ``now`` (bars of the three kinds of rater), ``weights`` (table: what each reward weighs).
    """
    raters_ = {
        "people": by_weights(PEOPLE),
        "model": by_weights(PEOPLE + np.array([0, 0, 0, bias]), noise),
        "principles": by_principles(order),
    }
    weights = {name: np.array([taught(r, rng) for _ in range(ROOMS)]) for name, r in raters_.items()}
    agreed = {name: float(np.mean([agreement(row) for row in rows])) for name, rows in weights.items()}
    mean = {name: rows.mean(axis=0) for name, rows in weights.items()}
    rewards = {name: np.array(list(ANSWERS.values())) @ row for name, row in mean.items()}
    every = {", ".join(names): by_principles(names) for names in ORDERS}
    orders = {
        name: float(np.mean([agreement(taught(rater, rng)) for _ in range(ROOMS)])) for name, rater in every.items()
    }
    best, worst = max(orders, key=orders.__getitem__), min(orders, key=orders.__getitem__)
    learnt = {
        name: {"confident": float(mean[name][3]), "best": list(ANSWERS)[int(rewards[name].argmax())]} for name in NAMES
    }
    facts = {
        **{name: {"agreement": agreed[name], **learnt[name]} for name in NAMES},
        "orders": {
            "best": {"order": best, "agreement": orders[best]},
            "worst": {"order": worst, "agreement": orders[worst]},
            "used": ", ".join(order),
        },
        "off": float(np.abs(mean["people"] - PEOPLE).max()),
        "answers": len(ANSWERS),
        "pairs": len(ANSWERS) * (len(ANSWERS) - 1) // 2,
        "picks": PICKS,
        "rooms": ROOMS,
        "bias": bias,
        "noise": noise,
    }
    return Findings(
        facts,
        {
            "agreement": agreement_chart(agreed["people"], agreed["model"], orders, ROOMS, PICKS),
            "now": now_chart(agreed),
            "weights": weights_table(NAMES, mean, PEOPLE.tolist()),
        },
    )


def agreement_chart(people: float, model: float, orders: Mapping[str, float], rooms: int, picks: int) -> Chart:
    """Draw how often each reward orders two answers as people would; ``orders``: principles in order -> share."""
    ranked = sorted(orders, key=lambda name: -orders[name])
    bars = {"people": people, "a model": model, **{name: orders[name] for name in ranked}}
    return Chart(
        ChartKind.BAR,
        title="Agreement with people",
        measure=f"Share of pairs ordered as people would; principles named in their order, mean of {rooms} repeats",
        finding=f"Fitted to people's picks the reward orders {percent(people)} of pairs as people would, fitted to a model's "
        f"{percent(model)}, and fitted to principles from {percent(orders[ranked[-1]])} to {percent(orders[ranked[0]])}, "
        "by the order in which they are asked",
        series=(Series("agreement", tuple(bars.values()), role="accent"),),
        categories=tuple(bars),
        references=(Reference("a coin", 0.5),),
        highlight=("people", "a model"),
        unit="percent",
        honesty=Honesty.SIMULATED,
        basis=f"{picks} picks each; {BASIS}",
        y_min=0,
        y_max=1,
    )


def now_chart(agreed: Mapping[str, float]) -> Chart:
    """Draw how often the three rewards order two answers as people would, the principles in their present order."""
    names = {"people": "people’s picks", "model": "a model’s picks", "principles": "these principles"}
    return Chart(
        ChartKind.BAR,
        title="Agreement with people",
        measure="Share of pairs that the reward orders as people would",
        finding=f"In this order, the principles teach a reward that orders {percent(agreed['principles'])} of the pairs as people would",
        series=(Series("agreement", tuple(agreed[name] for name in names)),),
        categories=tuple(names.values()),
        references=(Reference("a coin", 0.5),),
        highlight=(names["principles"],),
        unit="percent",
        honesty=Honesty.SIMULATED,
        basis=f"{PICKS} picks each; {BASIS}",
        y_min=0,
        y_max=1,
    )


def weights_table(names: Mapping[str, str], mean: Mapping[str, Sequence[float]], people: Sequence[float]) -> Table:
    """List the weights of each fitted reward beside the true weights of people."""
    given = ("People, as we wrote them", *(number(weight, 1) for weight in people))
    rows = [(f"Learnt: {names[name].lower()}", *(number(weight, 1) for weight in mean[name])) for name in names]
    return Table(
        title="What each reward weighs",
        columns=tuple(Column(name) for name in ("Reward", "Helpful", "Honest", "Cautious", "Confident")),
        rows=(given, *rows),
        finding=f"The reward that a model's picks teach weighs confidence {rows[1][4]}, the one of people's picks {rows[0][4]}",
        measure="Weight of each rating in the reward, mean over the repeats",
        highlight=2,
        honesty=Honesty.SIMULATED,
        basis=BASIS,
    )
