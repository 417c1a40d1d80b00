"""What people can poke in the demos of stage 8, limits."""

from __future__ import annotations

from workshop.model.pokes import Choice, Dial, Dots, Draw, Guess, Part, Read, Sweep

BIAS = (
    Guess(
        "In the text, the nurse is “she” in {{ she | percent }} of the sentences. The model writes at temperature {{ temperatures[4] | number }}: it "
        "prefers what is likely. How often does it say “she”?",
        {"less": "Less than 85%", "more": "From 85% to 97%", "most": "More than 97%"},
        truth="'less' if cold < 0.85 else ('more' if cold <= 0.97 else 'most')",
        then=Sweep(
            "she",
            (6, 7, 8, 9),
            label="Of ten sentences, those in which the nurse is “she”",
            unit="count",
            shows=(Read("in the text", "she | percent"), Read("the model says “she”", "cold | percent(2)"), "skew"),
            finding="The text says “she” {{ she | percent }} of the time; at temperature {{ temperatures[4] | number }} the model says it "
            "{{ cold | percent(2) }} of the time.",
        ),
        comment="Below temperature 1, the likelier of two words gets more than its share.",
        lead="Bet first. Then write another text, and compare its skew with the model’s.",
    ),
)

CALIBRATION = (
    Guess(
        "A model has read {{ notes | count }} notes on where things were found, and guesses in which of twelve rooms they will be next. Of "
        "{{ top.n | count }} guesses it says that it is at least 90% sure. How many of these are right?",
        {"most": "90% or more", "many": "From 80% to 90%", "some": "From 70% to 80%", "half": "Less than 70%"},
        truth="'most' if top.right >= 0.9 else ('many' if top.right >= 0.8 else ('some' if top.right >= 0.7 else 'half'))",
        then=Sweep(
            "k",
            (0.01, 0.02, 0.05, 0.1, 0.2, 1),
            label="Head start of every room, in notes: a larger one makes it modest",
            unit="number",
            shows=(
                Read("it says, on average", "sure | percent"),
                Read("it is right", "right | percent"),
                Read("right when it says 90%", "(top.right | percent) if top.n > 0 else '–'"),
                "reliability",
            ),
            finding="It says {{ sure | percent }} on average and is right in {{ right | percent }} of {{ fresh | count }} guesses. "
            "{{ 'It never says 90% or more.' if top.n == 0 else "
            "((top.n | count) + ' times it says 90% or more, and is right in ' + (top.right | percent) + ' of these.') }}",
        ),
        yours="reliability",
        comment="{{ unanimous | count }} notes that all name one room are enough for 90%. Yet even someone who knows where everything belongs is "
        "right in only {{ ceiling | percent }} of cases.",
        lead="Bet first. Then change the head start that every room has, so that none is impossible, and compare how sure the model is with how often it is right.",
    ),
)

EMERGENCE = (
    Draw(
        "Models of the same kind, from small to large. How does the score grow with their size, if {{ length | count }} words in a row "
        "must all be right?",
        exhibit="scores",
        series="{{ length }} in a row",
        then=Dial(
            "model",
            "sizes",
            unit="count",
            start="6",
            marks=True,
            label="Weights of the model",
            shows=(
                Read("each word right", "token[{model}] | percent"),
                Read("a whole row right", "exact[{model}] | percent"),
                "scores",
            ),
            finding="The model with {{ sizes[{model}] | count }} weights gets {{ token[{model}] | percent }} of the words right, and "
            "{{ exact[{model}] | percent }} of the rows of {{ length | count }}.",
        ),
        comment="At one step, rows gain {{ (100 * jump.exact) | count }} points. One wrong word spoils a whole row; counted word by word, it is "
        "a single mistake.",
        lead="Draw first. Then go from model to model, and count the same answers word by word.",
    ),
)

CERTAIN = "'over 99.9%' if at_least_one > 0.999 else (at_least_one | percent(1))"  # a chance of less than 1 isn't 100%

NEVER_ZERO = (
    Guess(
        "One conversation in {{ (1 / p) | count }} goes wrong. How likely is it that at least one of {{ n | count }} does?",
        {
            "rare": "Less than 40%",
            "half": "From 40% to 60%",
            "more": "From 60% to 80%",
            "sure": "More than 80%",
        },
        truth="'rare' if at_least_one < 0.4 else ('half' if at_least_one < 0.6 else ('more' if at_least_one <= 0.8 else 'sure'))",
        then=Dial(
            "n",
            {"1": "1", "10": "10", "100": "100", "1000": "1,000", "10000": "10,000", "100000": "100,000"},
            marks=True,
            label="Conversations",
            by=Choice(
                "p",
                {"0.01": "1 in 100", "0.001": "1 in 1,000", "0.0001": "1 in 10,000"},
                label="Chance that one goes wrong",
                start="0.001",
            ),
            shows=(
                Read("at least one goes wrong", CERTAIN),
                Read("go wrong on average", "expected | number"),
                "many",
                Dots(
                    "Each square is one of 1,000 days with so many conversations, on average",
                    "1000",
                    (Part("at least one goes wrong", "stop", "1000 * at_least_one"), Part("none does", "context")),
                ),
            ),
            finding="In {{ n | count }} {{ 'conversation' if n == 1 else 'conversations' }}, at least one goes wrong with a probability of "
            "{{ " + CERTAIN + " }}. The average number is {{ expected | number }}.",
        ),
        comment="None goes wrong only if every one of {{ n | count }} goes well, and that has a probability of "
        "{{ (1 - at_least_one) | ratio }}.",
        lead="Bet first. Then let more people talk to it, or make the failure rarer.",
    ),
)

PROBE = (
    Guess(
        "Inside a tiny network, one direction stands for “more than one”. We turn it round for every noun and change nothing else. How "
        "often does the verb still agree, as in “{{ said.intact }}”?",
        {"always": "More than 90%", "half": "From 10% to 90%", "never": "Less than 10%"},
        truth="'always' if flipped > 0.9 else ('half' if flipped >= 0.1 else 'never')",
        then=Choice(
            "change",
            {
                "intact": "nothing",
                "other": "flatten another direction",
                "flattened": "flatten this one",
                "flipped": "turn this one round",
            },
            start="intact",
            marks=True,
            label="What we do to the network",
            shows=(
                Read("of the verbs agree", "{change} | percent"),
                Read("It writes", "said.{change}", quoted=True),
                "agreement",
            ),
            finding="As trained, {{ intact | percent }} of the verbs agree. With another direction flattened it is {{ other | percent }}, with "
            "this one flattened {{ flattened | percent }}, with this one turned round {{ flipped | percent }}.",
        ),
        comment="{{ 'Turned round, “one” looks like “more than one”, and the verb follows.' if flipped < 0.1 else 'Turning it round isn’t enough to turn every verb.' }}",
        lead="Bet first. Then operate on the network: move it along this direction, and along another one.",
    ),
)
