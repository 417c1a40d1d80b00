"""What people can do with the model that has read only true sentences: bet how often it is wrong, and write a line with it."""

from __future__ import annotations

from workshop.ai_models.parts.recitation import END, START, Facts, count
from workshop.model.pokes import Choice, Guess, Lookup, Read, Write

POKES = (
    Guess(
        "A model has read {{ sentences | count }} sentences, all of them true. It writes word by word and looks back at two words only. How "
        "many of its sentences are false?",
        {"none": "Less than 10%", "some": "From 10% to 40%", "half": "From 40% to 75%", "most": "More than 75%"},
        truth="'none' if wrong.two < 0.1 else ('some' if wrong.two < 0.4 else ('half' if wrong.two <= 0.75 else 'most'))",
        then=Choice(
            "context",
            {"two": "2", "three": "3", "four": "4", "five": "5"},
            label="Words that it looks back at",
            shows=(Read("of its sentences are false", "wrong.{context} | percent"),),
            finding="Looking back at {context} words, exactly {{ wrong.{context} | fraction }} of the sentences that it writes are false.",
        ),
        comment="Where two true sentences share the words that it looks back at, it can begin with one and end with the other.",
        lead="Bet first. Then be the model yourself: press one offered word after the other, and see whether the sentence is true.",
    ),
    Write(
        "next",
        label="Write a sentence with the words that it offers",
        key="last_two_words",
        value="count / total",
        unit="ratio",
        examples=("", "kale grows", "ana was praised for"),
    ),
)


def lookup(facts: Facts, context: int = 2) -> Lookup:
    """Return what the model counted with two words in view, for a line that people write on."""
    counts = count(facts, context)
    rows = {" ".join(view): {word: (times,) for word, times in sorted(row.items())} for view, row in counts.items()}
    following = {word for row in counts.values() for word in row}
    proofs = [
        (" ".join(view), word, 0, times / row.total())
        for view, row in list(counts.items())[:12]
        for word, times in row.items()
    ]
    known, read = tuple(sorted(following - {END})), facts.sentences
    return Lookup(rows=rows, size=len(following), start=START, end=END, words=known, read=read, proofs=tuple(proofs))
