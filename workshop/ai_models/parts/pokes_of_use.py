"""What people can poke in the demos of stages 5 to 8: evals, deployment, retrieval, limits."""

from __future__ import annotations

from workshop.model.pokes import Answers, Choice, Dial, Dots, Part, Read, Sort, Sweep

RED_TEAM = (
    Sweep(
        "threshold",
        (0, 1, 2, 3, 4, 5),
        label="Points from which a request is blocked",
        unit="number",
        shows=("rates",),
        finding="With the bar at {{ threshold | number }}, {{ plain.through | count }} of {{ tried | count }} harmful requests got through "
        "unchanged, and {{ best.through | count }} with “{{ best.name }}”: “{{ example.before }}” had {{ example.points.before | number }} "
        "points, and has {{ example.points.after | number }} then.",
        lead="The moderator adds up points for words. Move the bar from which it blocks.",
    ),
    Sort(
        "The same {{ tried | count }} harmful requests in disguise. Which disguise gets past the moderator most often?",
        cards="attacks.names",
        by="attacks.through",
        unit="count",
        finding="As they are, {{ plain.through | count }} of {{ tried | count }} get through. With “{{ best.name }}”, {{ best.through | count }} do: "
        "the moderator reads “{{ example.after }}”.",
    ),
)

AGENT = (
    Sweep(
        "slip",
        (0, 0.01, 0.02, 0.05, 0.1),
        label="Chance of a forbidden proposal, each step",
        unit="percent(1)",
        shows=(
            Read("runs with harm, without a gate", "last.harm | percent"),
            Read("with the gate", "last.gated_harm | percent"),
            "budget",
        ),
        finding="If {{ slip | percent }} of the steps propose what is forbidden, {{ last.harm | percent }} of the runs do harm in "
        "{{ last.budget | count }} steps without a gate, and {{ last.gated_harm | percent }} with a gate that misses {{ missed | percent }} of these proposals.",
        lead="Raise the chance that a step proposes something forbidden.",
    ),
)

MODERATION = (
    Sweep(
        "harmful",
        (0.001, 0.01, 0.05, 0.1, 0.5),
        label="Harmful, of all messages",
        unit="percent(1)",
        shows=(
            Read("flagged of 1,000", "rare.flagged | number(1)"),
            Read("really harmful", "rare.hits | number(1)"),
            Read("share", "rare.right | percent"),
            Dots(
                "Each square is one of {{ rare.messages | count }} messages, on average",
                "rare.messages",
                (
                    Part("harmful, flagged", "stop", "rare.hits"),
                    Part("harmful, missed", "ink", "rare.messages * rare.harmful - rare.hits"),
                    Part("fine, but flagged", "c2", "rare.flagged - rare.hits"),
                    Part("fine", "context"),
                ),
            ),
        ),
        finding="Of {{ rare.messages | count }} messages, {{ rare.flagged | number(1) }} are flagged on average and {{ rare.hits | number(1) }} of "
        "these are harmful: {{ rare.right | percent }}.",
        lead="Make harmful messages rarer or more frequent.",
        bet="bet-alarms",
    ),
    Sweep(
        "threshold",
        (0, 1, 2, 3, 4, 5),
        label="Points from which a request is blocked",
        unit="number",
        shows=("compared",),
        finding="compared",
    ),
)

WRAPPERS = (
    Choice(
        "layers",
        {
            "bare": "nothing",
            "card": "a card with the answer",
            "polite": "card, polite style",
            "short": "card, short style",
            "filter": "card, style, moderation",
            "tools": "card, style, a tool",
        },
        label="What is around the model?",
        shows=(
            Read("“{{ layered.requests[0] }}”", "layered.{layers}[0]", quoted=True),
            Read("“{{ layered.requests[1] }}”", "layered.{layers}[1]", quoted=True),
            Read("“{{ layered.requests[2] }}”", "layered.{layers}[2]", quoted=True),
        ),
        finding="{{ 'With nothing around them' if '{layers}' == 'bare' else 'Given a card that says where things are' }}{{ ' and a polite style' if '{layers}' == 'polite' "
        "else (' and a short style' if '{layers}' == 'short' else (', a style and moderation' if '{layers}' == 'filter' else "
        "(', a style and a tool' if '{layers}' == 'tools' else ''))) }}, the same {{ weights | count }} weights answer “{{ layered.{layers}[0] }}”, “{{ layered.{layers}[1] }}” and "
        "“{{ layered.{layers}[2] }}”.",
        lead="Put another layer around the same model. The card says where things are now.",
        bet="wrap-predict",
    ),
)

CALIBRATION = (
    Sweep(
        "k",
        (0.01, 0.02, 0.05, 0.1, 0.2, 1),
        label="Phantom note for every room",
        unit="number",
        start=0.2,
        shows=(
            Read("it says, on average", "sure | percent"),
            Read("it is right", "right | percent"),
            Read("right when it says 90%", "(top.right | percent) if top.n > 0 else '–'"),
            "reliability",
        ),
        finding="With a phantom note of {{ k | number }} for every room, it says {{ sure | percent }} on average and is right in {{ right | percent }} of {{ fresh | count }} guesses. "
        "{{ 'It never says 90% or more.' if top.n == 0 else "
        "((top.n | count) + ' times it says 90% or more, and is right in ' + (top.right | percent) + ' of these.') }}",
        lead="It guesses rooms from notes. Phantom notes, which nobody wrote, count for every room.",
    ),
)

EMERGENCE = (
    Dial(
        "model",
        "sizes",
        unit="count",
        start="6",
        label="Weights of the model",
        shows=(
            Answers(
                "The same {{ shown | count }} rows for every model; counted by row, all {{ length | count('word') }} must be right",
                "answers[{model}]",
                "right words",
                "wrong words",
            ),
        ),
        finding="Of all that was asked, the model with {{ sizes[{model}] | count }} weights gets {{ token[{model}] | percent }} of the "
        "words right, and {{ exact[{model}] | percent }} of the rows of {{ length | count }}.",
        lead="Go from model to model, and count the same answers in two ways.",
    ),
)

CERTAIN = "'over 99.9%' if at_least_one > 0.999 else (at_least_one | percent(1))"  # a chance of less than 1 isn't 100%

NEVER_ZERO = (
    Dial(
        "n",
        {"1": "1", "10": "10", "100": "100", "1000": "1,000", "10000": "10,000", "100000": "100,000"},
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
            Dots(
                "Each square is one of 1,000 days with so many conversations, on average",
                "1000",
                (Part("at least one goes wrong", "stop", "1000 * at_least_one"), Part("none does", "context")),
            ),
        ),
        finding="In {{ n | count }} {{ 'conversation' if n == 1 else 'conversations' }}, at least one goes wrong with a probability of "
        "{{ " + CERTAIN + " }}. The average number is {{ expected | number }}.",
        lead="Let more people talk to it.",
        bet="bet-thousand",
    ),
)

PROBE = (
    Choice(
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
        finding="{{ 'As trained' if '{change}' == 'intact' else ('With another direction flattened' if '{change}' == 'other' else "
        "('With this direction flattened' if '{change}' == 'flattened' else 'With this direction turned round')) }}, {{ {change} | percent }} of "
        "the verbs agree.",
        lead="One direction inside tells one thing from several. Flatten it, or another.",
    ),
)
