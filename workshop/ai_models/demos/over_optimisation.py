"""A reward pushed too far: the proxy keeps rising while the true value falls.

Answers differ in polish. Among ordinary answers more polish is better, and that is all the reward says; beyond them, polish
becomes slick: the true value, which we wrote too, is polish minus ``curvature`` times its square. No votes are cast here: a
reward with one weight can only say "more" or "less", so the number of picks behind it would make no difference. The policy
is pulled further and further away from ordinary answers. The curve of the true value has the form that Gao et al. (2022)
fitted to best-of-n sampling; it isn't their reinforcement-learning result.
"""

from __future__ import annotations

from itertools import pairwise

from workshop.ai_models.parts.pokes_of_training import OVER_OPTIMISATION
from workshop.ai_models.toys.over_optimisation import pushed
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Honesty, Knob, Reference, Series, Table, demo
from workshop.wording.formats import number

QUESTION = "How do I get a new password?"
ANSWERS = (  # each half a unit more polished than the one before; from the sixth on it becomes slick
    "Settings.",
    "It’s in Settings.",
    "Open Settings and choose Reset.",
    "Open Settings and choose Reset. A link comes by mail.",
    "Open Settings, choose Reset. A link comes by mail, good for an hour.",
    "Happy to help! Settings, then Reset: a link comes by mail.",
    "Great question! Open Settings, choose Reset, and a link flies into your mail.",
    "What a great question! One click on Reset, and you’re safer than ever!",
    "What a wonderful question! Your security means so much to us.",
    "What a brilliant question! You care deeply, and so do we!",
)
DISTANCES = (0.0, 0.25, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)  # distances from the ordinary answers in nats
BASIS = "reward and true value written by us"


@demo(
    "over_optimisation",
    title="Push a reward harder and harder",
    toy_of="a reward that is pushed too far (reward hacking)",
    claims={
        "The reward rises at every step away from ordinary answers": "proxy.rising",
        "The true value peaks on the way": "peak.inside",
        "At the end it is worth less than at the peak": "value.last < peak.value",
    },
    knobs={"curvature": Knob(0.12, 0.5, "how soon polish becomes slick")},
    pokes=OVER_OPTIMISATION,
)
def over_optimisation(*, curvature: float = 0.2) -> Findings:
    """Pull the policy, and compute both.

    Facts:
        curvature (number): how soon polish becomes slick
        distances (nats): distances from ordinary answers at which everything is computed
        {proxy,value}.{first,last,all} (ratio): gain over ordinary answers, of the reward and of the true value
        {proxy,value}.rising (yes or no): whether it rises at every step
        asked (text): a question, with answers that we wrote
        favourite (text): the answer to it that is as polished as the mean at each distance
        peak.{distance,exact} (nats): where the true value is highest, among the distances tried and exactly
        peak.value (ratio): its height there
        peak.inside (yes or no): whether that is neither at the first nor at the last distance

    Exhibits: ``curves`` (lines over distance), ``table``.
    """
    rows = [pushed(wanted, curvature) for wanted in DISTANCES]
    peak = max(range(len(rows)), key=lambda i: rows[i][2])
    facts = {
        "curvature": curvature,
        "distances": DISTANCES,
        "proxy": followed([row[1] for row in rows]),
        "value": followed([row[2] for row in rows]),
        "asked": QUESTION,
        "favourite": [ANSWERS[favourite(row[1])] for row in rows],
        "peak": {
            "distance": DISTANCES[peak],
            "value": rows[peak][2],
            "inside": 0 < peak < len(rows) - 1,
            "exact": 1 / (8 * curvature**2),
        },
    }
    return Findings(facts, {"curves": chart(rows, peak), "table": table(rows, peak)})


def favourite(polish: float) -> int:
    """Return the place of the answer whose polish is nearest."""
    return min(range(len(ANSWERS)), key=lambda place: abs(place / 2 - polish))


def followed(values: list[float]) -> dict[str, float | bool | list[float]]:
    """Return the first, the last and all values, and whether each is larger than the one before."""
    rising = all(a < b for a, b in pairwise(values))
    return {"first": values[0], "last": values[-1], "all": values, "rising": rising}


Rows = list[tuple[float, float, float]]


def chart(rows: Rows, peak: int) -> Chart:
    """Draw reward and true value over the distance."""
    return Chart(
        ChartKind.LINE,
        title="Reward and true value",
        measure="Gain over ordinary answers, by distance from them (0: unchanged)",
        finding=f"The reward rises to {number(rows[-1][1], 1)}; the true value peaks at {number(rows[peak][2], 2)} "
        f"at distance {number(DISTANCES[peak])} and ends at {number(rows[-1][2], 2)}",
        series=(
            Series("reward", tuple(row[1] for row in rows), x=DISTANCES, role="context"),
            Series("true value", tuple(row[2] for row in rows), x=DISTANCES, role="accent"),
        ),
        references=(Reference("true value peaks", DISTANCES[peak], axis="x", label="true value peaks at {}"),),
        x_label="distance from ordinary answers",
        unit="ratio",
        honesty=Honesty.SIMULATED,
        basis=BASIS,
    )


def table(rows: Rows, peak: int) -> Table:
    """List both gains."""
    return Table(
        title="Reward and true value",
        columns=(Column("Distance (nats)", "number"), Column("Reward", "ratio"), Column("True value", "ratio")),
        rows=tuple((wanted, proxy, value) for wanted, (_, proxy, value) in zip(DISTANCES, rows, strict=True)),
        finding=f"The true value is highest at distance {number(DISTANCES[peak])}, the reward at the end",
        measure="Gain over ordinary answers",
        highlight=peak,
        honesty=Honesty.SIMULATED,
        basis=BASIS,
    )
