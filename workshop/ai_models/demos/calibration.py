"""Confident isn't correct: how often a model is right, compared with how sure it is.

Each of twelve things belongs in one of twelve rooms, in a different one on each of twelve days. Seven times in ten a thing is
where it belongs, otherwise it is anywhere. The model counts notes (thing, day, room), guesses the likeliest room for new ones
and says how sure it is. It can't be right more often than the world allows, yet if its few notes agree it is surer than
that; if they disagree it is too modest. How sure it can be depends on ``k``, a number that somebody chooses.
"""

from __future__ import annotations

from math import ceil
from typing import Any

from workshop.ai_models.parts.pokes_of_use import CALIBRATION
from workshop.ai_models.toys.calibration import BINS, ROOMS, calibration_error, chances, reliability, write_notes
from workshop.model.exhibits import Chart, ChartKind, Column, Exhibit, Findings, Knob, Series, Table, demo
from workshop.wording.formats import number, percent

FRESH = 4000
FEWEST = 100  # bins with fewer guesses aren't drawn
OTHERS = (0.01, 0.05, 0.2, 1.0)  # values of k to compare
HIGH = 0.9


@demo(
    "calibration",
    title="How often is it right when it is sure?",
    toy_of="whether “I’m 90% sure” can be trusted",
    claims={
        "When at least 90% sure it is right less than 80% of the time": "top.n > 0 and top.said >= 0.9 and top.right < 0.8",
        "Over all guesses together it is too modest": "sure < right",
        "Even the best guesser has a ceiling": "right <= ceiling + 0.03",
        "With a larger k it is never 90% sure": "tried.top[2] == 0 and tried.top[3] == 0",
    },
    knobs={
        "notes": Knob(300, 2000, "notes that the model reads; with many more it is hardly ever that sure"),
        "tidy": Knob(0.3, 0.9, "how often a thing is where it belongs"),
        "k": Knob(0.01, 5, "phantom notes that every room gets: with more of them the model is less sure"),
    },
    pokes=CALIBRATION,
)
def calibration(*, rng: Any, notes: int = 1000, tidy: float = 0.7, k: float = 0.05) -> Findings:
    """Count, guess, and compare confidence with results.

    Facts:
        notes, fresh (count): notes that the model reads, and notes that it guesses
        ceiling (percent): share right for someone who knows where everything belongs
        right, sure (percent): share right and mean confidence on fresh notes
        error (ratio): expected calibration error over ten bins
        {top,bottom}.n (count): guesses of which it is at least 90% sure, and those in the lowest bin drawn
        {top,bottom}.said (percent): their mean confidence
        {top,bottom}.right (percent): how many of them are right
        k (number): phantom notes that every room starts with
        unanimous (count): notes, all naming one room, that make it 90% sure
        tried.k (number): other values of k
        tried.sure (percent): mean confidence at each of them
        tried.top (count): guesses of which it is at least 90% sure, at each of them
    """
    home = rng.integers(0, ROOMS, (ROOMS, ROOMS))
    read = write_notes(home, notes, tidy, rng)
    thing, day, found = write_notes(home, FRESH, tidy, rng)
    guessed = chances(read, k)[thing, day]
    sure, right = guessed.max(axis=1), guessed.argmax(axis=1) == found
    rows = reliability(sure, right)
    error = calibration_error(rows)
    top = sure >= HIGH
    said, hit = (float(sure[top].mean()), float(right[top].mean())) if top.any() else (0.0, 0.0)
    shown = [row for row in rows if row[1] >= FEWEST]
    others = {value: chances(read, value)[thing, day].max(axis=1) for value in OTHERS}
    facts = {
        "notes": notes, "fresh": FRESH, "ceiling": tidy + (1 - tidy) / ROOMS, "right": float(right.mean()),
        "sure": float(sure.mean()), "error": error, "top": {"said": said, "right": hit, "n": int(top.sum())},
        "bottom": dict(zip(("n", "said", "right"), shown[0][1:] if shown else (0, 0.0, 0.0), strict=True)),
        "k": k, "unanimous": ceil(k * (HIGH * ROOMS - 1) / (1 - HIGH) - 1e-9),
        "tried": {
            "k": OTHERS, "sure": [float(s.mean()) for s in others.values()],
            "top": [int((s >= HIGH).sum()) for s in others.values()],
        },
    }  # fmt: skip
    finding = (
        f"Of {int(top.sum())} guesses of which it is at least 90% sure, {percent(hit)} are right; over all {FRESH:,} it "
        f"says {percent(float(sure.mean()))} and is right {percent(float(right.mean()))} of the time."
    )
    basis = f"{notes:,} notes counted with a phantom count of {number(k)}, {FRESH:,} fresh ones guessed"
    return Findings(facts, exhibits(shown, finding, basis))


def exhibits(shown: list[tuple[int, int, float, float]], finding: str, basis: str) -> dict[str, Exhibit]:
    """Draw and list confidence and share right, bin by bin."""
    chart = Chart(
        ChartKind.LINE,
        title="Said and right",
        measure="Share right among guesses by how sure the model said it was",
        finding=finding,
        series=(
            Series("well calibrated", (0.0, 1.0), x=(0.0, 1.0), role="context"),
            Series("the model", tuple(row[3] for row in shown), x=tuple(row[2] for row in shown), role="accent"),
        ),
        x_label="how sure it said it was",
        y_label="right",
        unit="percent",
        x_unit="percent",
        basis=basis,
        y_min=0.0,
        y_max=1.0,
    )
    table = Table(
        "Reliability",
        (Column("Said, from"), Column("Guesses", "count"), Column("Said, mean", "percent"), Column("Right", "percent")),
        tuple((percent(b / BINS), n, mean, share) for b, n, mean, share in shown),
        finding=finding,
        measure="Guesses by how sure the model said it was",
        highlight=len(shown) - 1,
        basis=basis,
    )
    return {"reliability": chart, "rows": table}
