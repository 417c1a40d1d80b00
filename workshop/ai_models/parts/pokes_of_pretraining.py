"""What people can poke in the demos of stage 2, pretraining."""

from __future__ import annotations

from workshop.model.pokes import Ask, Draw, Guess, Read, Sweep

NEURAL = (
    Draw(
        "This network guesses the next word with {{ weights | count }} weights, which are random at first. After each look at the text it moves "
        "them a little. How surprised is it by unread sentences, step by step?",
        exhibit="loss",
        series="held out",
        given=1,
        then=Sweep(
            "width",
            (2, 4, 8, 32),
            label="Units in the middle of the network",
            shows=(
                Read("weights", "weights | count"),
                Read("surprise at unread sentences, in bits", "held.last | bits"),
                Read("the floor: the least possible", "floor | bits"),
                "loss",
            ),
            finding="With {{ width | count }} units, surprise on unread sentences goes from {{ held.first | bits }} to "
            "{{ held.last | bits }} bits per word. The floor is {{ floor | bits }}: someone who knows how the sentences are made can’t do "
            "better.",
        ),
        comment="Most is learnt in the first few steps. What is left then is mostly chance, which nobody can learn.",
        lead="This network counts nothing: each step moves its weights a little, so that the words that came would have "
        "surprised it less (0 bits: not at all). Draw first. Then make it smaller.",
    ),
)

SCALING = (
    Draw(
        "Here are five small models, with {{ sizes.first | count }} to {{ sizes.all[4] | count }} examples. The more a model reads, the "
        "less is left to surprise it, beyond what chance leaves to anyone (the floor). Where does one with {{ sizes.last | count }} examples land?",
        exhibit="line",
        series="three more",
        points=(7,),
        shown=("five sizes",),
        then=Sweep(
            "small",
            (2, 3, 4, 5),
            label="Small models that the line goes through",
            unit="count",
            shows=(
                Read("surprise left, says the line", "predicted[2] | bits"),
                Read("surprise left, says the run", "measured[2] | bits"),
                "line",
            ),
            finding="Through {{ fitted | count }} small models, the line says {{ predicted[2] | bits }} bits above the floor at "
            "{{ sizes.last | count }} examples; the run measured {{ measured[2] | bits }}.",
        ),
        comment="The line knows small models only. Whether it goes on, only a larger run can tell.",
        lead="Bet on the large run. Then draw the line through fewer of the small ones, and see where it points.",
    ),
)

TOKENIZER = (
    Guess(
        "The most frequent pair of pieces becomes one piece, {{ merges | count }} times. The text often has “{{ common }}”, which is "
        "{{ pieces.common | count }} {{ 'piece' if pieces.common == 1 else 'pieces' }} by then. Backwards it is “{{ rare }}”. How many pieces is that?",
        {"same": "As many", "some": "Up to three times as many", "more": "More than three times as many"},
        truth="'same' if pieces.rare <= pieces.common else ('some' if pieces.rare <= 3 * pieces.common else 'more')",
        then=Sweep(
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
        ),
        comment="The same letters: but only what the text often has side by side becomes one piece.",
        lead="Bet first. Then join more pairs, watch how words come together, and try words of your own.",
    ),
    Ask("merges", label="Words of your own", examples=("unforgettable", "rewatering", "Donaudampfschiff")),
)
