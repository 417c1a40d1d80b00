"""What people can poke in the demos of stage 5, evals."""

from __future__ import annotations

from workshop.model.pokes import Dial, Dots, Guess, Part, Read, Sort, Sweep

CONTAMINATION = (
    Guess(
        "This model can’t add: it only continues what it has read. {{ leaked | count }} of the {{ test | count }} sums of its test were in its "
        "training text. What does it score on the whole test?",
        {"none": "Less than 10%", "some": "From 10% to 30%", "half": "From 30% to 60%", "most": "More than 60%"},
        truth="'none' if all < 0.1 else ('some' if all < 0.3 else ('half' if all < 0.6 else 'most'))",
        then=Sweep(
            "leaked",
            (1, 5, 10, 15, 20),
            label="Test sums that leaked into the text",
            unit="count",
            shows=(
                Read("score on the test", "all | percent"),
                Read("on sums it never read", "clean | percent"),
                "scores",
            ),
            finding="With {{ leaked | count }} of {{ test | count }} sums leaked, the test says {{ all | percent }}. On sums that it never read, "
            "the model gets {{ clean | percent }} right.",
        ),
        comment="It can repeat a sum that it has read. To any other it gives the answer of a sum that looks alike"
        "{{ ', and each of these answers was wrong.' if clean == 0 else ', which was right in ' + (clean | percent) + ' of them.' }}",
        lead="Bet first. Then let more of the test leak, and compare the score with what the model can do.",
    ),
)

RED_TEAM = (
    Sort(
        "The same {{ tried | count }} harmful requests in disguise. Which disguise gets past the moderator most often?",
        cards="attacks.names",
        by="attacks.through",
        unit="count",
        finding="As they are, {{ plain.through | count }} of {{ tried | count }} get through. With “{{ best.name }}”, {{ best.through | count }} do: "
        "the moderator reads “{{ example.after }}”.",
        lead="Put the disguises into order, then check. After that, move the bar: the moderator adds up points for "
        "words, and blocks from there.",
    ),
    Sweep(
        "threshold",
        (0, 1, 2, 3, 4, 5),
        label="Points from which a request is blocked",
        unit="number",
        shows=("rates",),
        finding="With the bar at {{ threshold | number }}, {{ plain.through | count }} of {{ tried | count }} harmful requests got through "
        "unchanged, and {{ best.through | count }} with “{{ best.name }}”.",
    ),
)

SATURATION = (
    Guess(
        "A new model makes half as many mistakes as the old one. If the old one is {{ first.score | percent }} right, it takes "
        "{{ first.separate | count }} questions for each model to notice that. And if it is {{ last.score | percent }} right?",
        {"same": "Up to twice as many", "ten": "About ten times as many", "more": "More than thirty times as many"},
        truth="'same' if last.separate <= 2 * first.separate else ('ten' if last.separate <= 30 * first.separate else 'more')",
        then=Dial(
            "score",
            "scores",
            unit="percent",
            marks=True,
            label="The old model’s score",
            shows=(
                Read("different questions", "separate[{score}] | count"),
                Read("the same questions", "same[{score}] | count"),
                "needed",
            ),
            finding="At {{ scores[{score}] | percent }} it takes {{ separate[{score}] | count }} questions for each model to notice that half of "
            "the mistakes are gone, or {{ same[{score}] | count }} if both get the same ones.",
        ),
        comment="The fewer mistakes are left, the fewer questions show a difference.",
        lead="Bet first. Then let the old model get better. Finally, choose how many questions you ask before you say “better”.",
    ),
    Sweep(
        "asked",
        (25, 50, 100, 200, 400, 800),
        label="Questions that each model gets before you may say “better”",
        unit="count",
        shows=tuple(
            Dots(text, "tests", (Part("“better”", role, f"noticed.{name}"), Part("“can’t tell”", "context")))
            for name, role, text in (
                (
                    "better",
                    "accent",
                    "{{ tests | count }} tests of a model with {{ better | percent }} against one with {{ old | percent }}",
                ),
                (
                    "same",
                    "stop",
                    "{{ tests | count }} tests of two models with {{ old | percent }}: here “better” is a false alarm",
                ),
            )
        ),
        finding="With {{ asked | count }} questions for each model, {{ noticed.better | count }} of {{ tests | count }} tests notice that the mistakes "
        "were halved, and {{ noticed.same | count }} of {{ tests | count }} say “better” of a model that isn’t.",
    ),
)
