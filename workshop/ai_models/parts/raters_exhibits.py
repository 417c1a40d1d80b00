"""Charts of the raters demo: how far each kind of rater agrees with people, and the weights of its reward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop.model.exhibits import Chart, ChartKind, Column, Honesty, Reference, Series, Table
from workshop.wording.formats import number, percent

BASIS = "answers, people and raters written by us"


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
