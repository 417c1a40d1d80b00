"""What the raters demo shows: how far each kind of rater agrees with people, and what its reward weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop.model.exhibits import Chart, ChartKind, Column, Honesty, Reference, Series, Table
from workshop.wording.formats import number, percent

BASIS = "answers, people and raters written by us"


def agreement_chart(names: Mapping[str, str], agreed: Mapping[str, float], rooms: int, picks: int) -> Chart:
    """Draw how often each reward orders two answers as people would."""
    said = "; ".join(f"{names[name].lower()} {percent(agreed[name])}" for name in names)
    return Chart(
        ChartKind.COLUMN,
        title="Agreement with people",
        measure=f"Share of pairs that the reward orders as people would, mean of {rooms} repeats",
        finding=f"Fitted to the picks of each, the reward orders two answers as people would this often: {said}",
        series=(Series("agreement", tuple(agreed[name] for name in names), role="accent"),),
        categories=tuple(names.values()),
        references=(Reference("a coin", 0.5),),
        highlight=(next(iter(names.values())),),
        unit="percent",
        honesty=Honesty.SIMULATED,
        basis=f"{picks} picks each; {BASIS}",
        y_min=0,
        y_max=1,
    )


def weights_table(names: Mapping[str, str], mean: Mapping[str, Sequence[float]], people: Sequence[float]) -> Table:
    """List what each fitted reward weighs, beside what people were given."""
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
