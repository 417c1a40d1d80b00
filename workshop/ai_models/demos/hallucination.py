"""Compute how often a fluent model is wrong, in exact fractions.

The model reads only true sentences and then writes by itself, looking back at a few words. A
sentence that it writes is false if it isn't among those it read. Nothing is sampled: the
chance of each true sentence is a product of fractions, and the rest is false.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop.ai_models.parts.handed_in import Facts
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.hallucination import END, START, chance_true, count, ending, false_examples, write
from workshop.model.exhibits import Chart, ChartKind, Column, Exhibit, Findings, Series, Table, demo
from workshop.model.poke_tables import Lookup
from workshop.model.pokes import Choice, Dots, Part, Write

# What people can do with the model that has read only true sentences: bet how often it is wrong, and write a line with it.
POKES = (
    Choice(
        "context",
        {"two": "2", "three": "3", "four": "4", "five": "5"},
        label="Words that it looks back at",
        shows=(
            Dots(
                "Each square is one of 100 sentences that it writes, on average",
                "100",
                (Part("false", "stop", "100 * wrong.{context}"), Part("true", "context")),
            ),
        ),
        finding="Looking back at {context} words, exactly {{ wrong.{context} | fraction }} of the sentences that it writes are false.",
        lead="It has read true sentences only. See what it writes.",
        bet="false-predict",
    ),
    Write(
        "next",
        label="Write a sentence with the words that it offers",
        key="last_two_words",
        value="count / total",
        unit="ratio",
        examples="begun",
    ),
)


def lookup(facts: Facts, context: int = 2) -> Lookup:
    """Return what the model counted with two words in view, for a line that people write on."""
    counts = count(facts.sentences, context)
    rows = {" ".join(view): {word: (times,) for word, times in sorted(row.items())} for view, row in counts.items()}
    following = {word for row in counts.values() for word in row}
    proofs = [
        (" ".join(view), word, 0, times / row.total())
        for view, row in list(counts.items())[:12]
        for word, times in row.items()
    ]
    known, read = tuple(sorted(following - {END})), facts.sentences
    return Lookup(rows=rows, size=len(following), start=START, end=END, words=known, read=read, proofs=tuple(proofs))


SAID = 16  # sentences that it wrote, for people to check


def said_with(sentences: Sequence[str], context: int, rng: Any) -> list[str]:
    """Return different sentences in the order in which the model wrote them."""
    counts, found = count(sentences, context), dict[str, None]()
    while len(found) < SAID:
        found[write(counts, context, rng)] = None
    return list(found)


CONTEXTS = {"two": 2, "three": 3, "four": 4, "five": 5}


@demo(
    "hallucination",
    title="Trained on truths only, how often does it say something false?",
    toy_of="why chat models make things up",
    claims={
        "Less context, more false sentences":
            "wrong.two > wrong.three and "
            "wrong.three > wrong.four and "
            "wrong.four > wrong.five",
        "With five words of context it only recites": "recites",
    },
    pokes=POKES,
)  # fmt: skip
def hallucination(*, rng: Any, world: World, facts: Facts | None = None) -> Findings:
    """Compute the share for each length of context, and let the shortest write a few sentences.

    Facts:
        sentences (count): true sentences that it read
        wrong.{two,three,four,five} (fraction): share of false sentences that it writes, by words of context
        example, truth (text): a false sentence that it wrote, and a true one with the same beginning
        said (text): sixteen different sentences that it wrote with two words in view
        read, begun (text): the true sentences, and beginnings to go on with
        kinds (text): a sentence of each of the four kinds that the world has
        context (count): words that it looked back at when it wrote the example
        recites (yes or no): whether it writes only sentences that it read at the longest context
    """
    facts = facts or Facts(world.facts())
    wrong = {name: 1 - chance_true(facts.sentences, context) for name, context in CONTEXTS.items()}
    shares = {name: float(share) for name, share in wrong.items()}
    examples = false_examples(facts.sentences, CONTEXTS["two"], rng)
    said, true = examples[0] if examples else ("", "")
    basis = f"{len(facts.sentences)} true sentences, next word by count; exact fractions, nothing sampled"
    falling = all(a > b for a, b in zip(wrong.values(), list(wrong.values())[1:], strict=False))
    finding = "The share of false sentences is " + ", ".join(
        f"{share} with {name} words of context" for name, share in wrong.items()
    )
    finding += ": it falls with every word." if falling else "."
    chart = Chart(
        ChartKind.COLUMN,
        title="False sentences by length of context",
        measure="Share of the sentences it writes that are false, by words of context it looks back at",
        finding=finding,
        categories=tuple(f"{name} words" for name in wrong),
        series=(Series("false", tuple(shares.values())),),
        unit="percent",
        highlight=("two words",),
        basis=basis,
        y_min=0.0,
        y_max=1.0,
    )
    table = Table(
        "False shares as fractions",
        (Column("Words it looks back at", "count"), Column("True", "fraction"), Column("False", "fraction"),
         Column("False", "percent")),
        tuple((CONTEXTS[name], 1 - share, share, share) for name, share in shares.items()),
        finding=finding,
        measure="Share of the sentences it writes, exact",
        basis=basis,
    )  # fmt: skip
    written = Table(
        "What it wrote",
        (Column("It wrote"), Column("True ending")),
        tuple((said, f"… {ending(said, true)}") for said, true in examples),
        finding=f"{len(examples)} false sentences that it wrote with two words in view, each beside the true ending.",
        measure="False sentences written with two words of context, beside the true ending",
        basis=f"{len(facts.sentences)} true sentences, next word drawn by count",
    )
    known = {
        "sentences": len(facts.sentences), "wrong": shares, "example": said, "truth": true,
        "said": said_with(facts.sentences, CONTEXTS["two"], rng),
        "context": CONTEXTS["two"], "recites": wrong["five"] == 0, "read": facts.sentences, "kinds": world.facts()[::8],
        "begun": ["", *(" ".join(s.split()[:-2]) or s for s in (facts.sentences[len(facts.sentences) // 3], facts.sentences[-1]))],
    }  # fmt: skip
    exhibits: dict[str, Exhibit] = {"by_context": chart, "fractions": table, "written": written}
    return Findings(known, exhibits, tables={"next": lookup(facts, CONTEXTS["two"])})
