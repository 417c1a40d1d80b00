"""What people can poke in the demos of stages 3 and 4, fine-tuning and alignment."""

from __future__ import annotations

from itertools import permutations

from workshop.model.pokes import Dial, Draw, Guess, Order, Read

FORGETTING = (
    Draw(
        "A model knows a diary: {{ general.before | bits }} bits of surprise per word. Now it is tuned on {{ dialogues | count }} dialogues "
        "and nothing else. How surprising is the diary, step by step?",
        exhibit="curves",
        series="diary, alone",
        given=1,
        then=Dial(
            "step",
            "steps",
            unit="count",
            marks=True,
            label="Steps of tuning",
            shows=(
                Read("surprise at dialogues, in bits", "dialogue.all[{step}] | bits"),
                Read("surprise at the diary", "general.all[{step}] | bits"),
                Read("at the diary, with old text mixed in", "replay.general.all[{step}] | bits"),
                "curves",
            ),
            finding="After {{ steps[{step}] | count }} steps the diary’s surprise is {{ general.all[{step}] | bits }} bits per word; with old "
            "text mixed in it is {{ replay.general.all[{step}] | bits }}.",
        ),
        comment="Tuning moves the same weights that hold the diary, and no dialogue gives it a reason to keep them.",
        lead="Draw first: 0 bits means that it was certain of each word. Then go through the tuning step by step, and see what old text mixed "
        "in changes.",
    ),
)

BALANCE = (
    Guess(
        "Caution counts more and more in the reward. From which weight on are more than a tenth of the harmless requests refused?",
        {"early": "From 2 or less", "middle": "From 3 or 4", "late": "From 5 or more", "never": "Not up to 8"},
        truth="'never' if limit < 0 else ('early' if limit < 2.5 else ('middle' if limit < 4.5 else 'late'))",
        then=Dial(
            "caution",
            {str(weight): str(weight) for weight in range(9)},
            marks=True,
            label="Weight on caution",
            shows=(
                Read("harmless refused", "caution.benign.all[{caution}] | percent"),
                Read("harmful answered", "caution.harmful.all[{caution}] | percent"),
                "caution",
            ),
            finding="With {caution} on caution, {{ caution.benign.all[{caution}] | percent }} of the harmless requests are refused and "
            "{{ caution.harmful.all[{caution}] | percent }} of the harmful ones answered.",
        ),
        comment="A refusal is the most cautious answer, so it gains most when caution counts for more.",
        lead="Bet first. Then turn both knobs of the reward, caution and confidence, and see what the assistant does.",
    ),
    Dial(
        "confidence",
        {str(weight): str(weight) for weight in range(7)},
        start="0",
        marks=True,
        label="Weight on confidence",
        shows=(
            Read("bluffs", "confidence.bluff.all[{confidence}] | percent(1)"),
            Read("harmful answered", "confidence.harmful.all[{confidence}] | percent"),
            "confidence",
        ),
        finding="With {confidence} on confidence, {{ confidence.bluff.all[{confidence}] | percent(1) }} of the questions that nobody can "
        "answer are answered all the same.",
    ),
)

OVER_OPTIMISATION = (
    Draw(
        "A reward says: the more polish, the better. The answers are pushed further and further in that direction, and the reward rises "
        "all the way. What are they really worth?",
        exhibit="curves",
        series="true value",
        given=1,
        then=Dial(
            "push",
            "distances",
            unit="number",
            marks=True,
            label="Pushed this far from ordinary answers",
            shows=(
                Read("reward", "proxy.all[{push}] | ratio"),
                Read("true value", "value.all[{push}] | ratio"),
                "curves",
            ),
            finding="At a distance of {{ distances[{push}] | number }}, the reward says {{ proxy.all[{push}] | ratio }}, and the answers are "
            "worth {{ value.all[{push}] | ratio }} more than ordinary ones. The most that they are worth is {{ peak.value | ratio }}, at "
            "{{ peak.distance | number }}.",
        ),
        comment="Polish helps at first, but its cost grows faster than its use, and the reward never sees the cost.",
        lead="Draw first. Then push, and compare what the answers are worth with what the reward says.",
    ),
)

RATERS = (
    Guess(
        "Instead of people, three principles pick the better answer. They are asked one after the other; the first one that clearly "
        "separates two answers decides. Does it matter in which order they are asked?",
        {
            "no": "Hardly: the best and the worst order are within ten points",
            "yes": "Yes: they are more than ten points apart",
        },
        truth="'yes' if orders.best.agreement - orders.worst.agreement > 0.1 else 'no'",
        then=Order(
            "order",
            {
                ",".join(names): ", ".join(names)
                for names in sorted(permutations(("helpful", "honest", "cautious")), reverse=True)
            },
            label="The principles are asked in this order",
            keeps="principles.agreement",
            keeps_unit="percent",
            shows=("now",),
            finding="Asked in the order {{ orders.used }}, the principles teach a reward that orders {{ principles.agreement | percent }} of "
            "the pairs as people would. Its favourite answer: “{{ principles.best }}”.",
        ),
        comment="A later principle decides only what the earlier ones leave open: from {{ orders.worst.agreement | percent }} to "
        "{{ orders.best.agreement | percent }} of the pairs come out as people would order them.",
        lead="Bet first. Then move the cards, and look for the best and the worst order.",
    ),
)
