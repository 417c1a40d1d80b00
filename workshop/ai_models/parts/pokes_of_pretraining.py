"""What people can poke in the demos of stage 2, pretraining."""

from __future__ import annotations

from workshop.model.pokes import Guess, Read, Sweep

NEURAL = (
    Sweep(
        "width",
        (2, 4, 8, 32),
        label="Units in the middle of the network",
        shows=(
            Read("weights", "weights | count"),
            Read("bits on unread sentences", "held.last | bits"),
            Read("bits at the floor", "floor | bits"),
            "loss",
        ),
        finding="With {{ width | count }} units, surprise on unread sentences goes from {{ held.first | bits }} to "
        "{{ held.last | bits }} bits per word. The floor is {{ floor | bits }}: someone who knows how the sentences are made can’t do "
        "better.",
        lead="This network counts nothing: each step moves its weights a little, so that the words that came would have "
        "surprised it less. Make it smaller or larger, and see how near it comes to the floor.",
    ),
)

SCALING = (
    Guess(
        "The more a model reads, the less is left to surprise it. A straight line through five small models, with "
        "{{ sizes.first | count }} to {{ sizes.all[4] | count }} examples, predicts one with {{ sizes.last | count }}. How far off is it?",
        {"near": "Less than 5%", "some": "From 5% to 25%", "far": "More than 25%"},
        truth="'near' if abs(errors[2]) < 0.05 else ('some' if abs(errors[2]) < 0.25 else 'far')",
        then=Sweep(
            "zipf",
            (1.3, 1.4, 1.5, 1.6, 1.75),
            label="How lopsided the world is (Zipf’s exponent)",
            unit="number",
            shows=(
                Read("slope", "(-exponent) | number(2)"),
                Read("error at the largest size", "abs(errors[2]) | percent"),
                "law",
            ),
            finding="The line says {{ predicted[2] | bits }} bits above the floor at {{ sizes.last | count }} examples; the run measured "
            "{{ measured[2] | bits }}. By the line, ten times as many examples take away {{ tenfold | percent }} of the excess.",
        ),
        comment="The line knows the five small models only. Whether it goes on, only a larger run can tell.",
        lead="Bet first. Then change the world that is read: the larger the number, the more often the commonest questions come up.",
    ),
)

TOKENIZER = (
    Sweep(
        "merges",
        (10, 25, 50, 100, 200, 400),
        label="Pairs that are joined",
        unit="count",
        shows=(
            Read("letters per token", "letters.last | number(1)"),
            Read("tokens for the whole text", "tokens.last | count"),
            "words",
        ),
        finding="Tokens after {{ merges | count }} merges: {{ pieces.common | count }} for “{{ common }}”, {{ pieces.rare | count }} for "
        "“{{ rare }}”, which the text doesn’t have. A token holds {{ letters.last | number(1) }} letters on average.",
        lead="The most frequent pair of pieces becomes one piece, again and again. Join more pairs, and watch how words come together.",
    ),
)
