"""Leaked questions measure memory: the same test, with and without questions that are in the training text.

The model continues a prompt with whatever most often followed the longest end of it that it has read. Some of the test
sums are leaked into the training text. It gets the others wrong by construction: every sum that it has read and that ends
in the same way has a different answer. (If no sum ends in the same way, it gives the commonest answer, which may be right by
luck.) So the demo shows pure recall, without any skill. A detector flags test sums that share a run of words with that text.
"""

from __future__ import annotations

from typing import Any

from workshop.ai_models.toys.contamination import SUMS, answer, flag, followers
from workshop.ai_models.toys.mixture import NUMBERS
from workshop.model.exhibits import Chart, ChartKind, Column, Findings, Knob, Reference, Series, Table, demo
from workshop.wording.formats import percent

TESTED = 25
RUNS = {"two": 2, "three": 3, "four": 4, "five": 5}


@demo(
    "contamination",
    title="Test questions in the training text",
    toy_of="test sets that leaked into the training text",
    claims={
        "Leaked questions lift the score": "clean < all and all < recited",
        "It gets at most one of the sums right that it never read": "clean * (test - leaked) < 1.5",
    },
    knobs={"leaked": Knob(1, 20, "test sums that are also in the training text")},
)
def contamination(*, rng: Any, leaked: int = 10) -> Findings:
    """Train on other sums and the leaked ones, then test all.

    Facts:
        test, leaked (count): sums of the test, and those of them that are in the training text
        all, clean, recited (percent): shares right on all sums, on unleaked and on leaked ones
        chance (percent): share right of a random guess among the answers
        detector.{two,three,four,five}.flagged (count): test sums that share a run of so many words with the training text
        detector.{two,three,four,five}.found (percent): share of the leaked sums that are flagged
        detector.{two,three,four,five}.true (percent): share of the flagged sums that leaked
    """
    order = [SUMS[i] for i in rng.permutation(len(SUMS))]
    test, other = order[:TESTED], order[TESTED:]
    known = test[:leaked]
    text = [*other, *known]
    followed = followers(text)
    right = [answer(sentence.split()[:-1], followed) == sentence.split()[-1] for sentence in test]
    every, recited, clean = (sum(part) / len(part) for part in (right, right[:leaked], right[leaked:]))
    chance = 1 / len(NUMBERS)
    finding = (
        f"The model is right on {percent(every)} of the test, on {percent(recited)} of the leaked sums and on "
        f"{percent(clean)} of those that it never read."
    )
    basis = f"{len(text)} sums read, {leaked} of the {TESTED} test sums among them"
    chart = Chart(
        ChartKind.COLUMN,
        title="One test, three scores",
        measure="Share of test sums answered right",
        finding=finding,
        categories=("all test sums", "never read", "leaked"),
        series=(Series("right", (every, clean, recited)),),
        references=(Reference("guessing", chance),),
        unit="percent",
        highlight=("all test sums",),
        basis=basis,
        y_min=0.0,
        y_max=1.0,
    )
    detector = {name: flag(test, known, text, n) for name, n in RUNS.items()}
    table = Table(
        "A detector of leaked questions",
        (Column("Words in a run", "count"), Column("Flagged", "count"), Column("Leaked ones found", "percent"),
         Column("Flags that are right", "percent")),
        tuple((n, *detector[name].values()) for name, n in RUNS.items()),
        finding=f"Runs of four words flag {detector['four']['flagged']} of {TESTED} sums; {leaked} are leaked.",
        measure="Test sums that share a run of words with the training text",
        highlight=2,
        basis=basis,
    )  # fmt: skip
    facts = {
        "test": TESTED, "leaked": leaked, "all": every, "clean": clean, "recited": recited, "chance": chance,
        "detector": detector,
    }  # fmt: skip
    return Findings(facts, {"scores": chart, "detector": table})
