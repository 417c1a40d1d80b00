"""What people can poke in the demos of stages 6 and 7, deployment and retrieval."""

from __future__ import annotations

from workshop.model.pokes import Choice, Dial, Dots, Guess, Part, Press, Read, Sweep

AGENT = (
    Guess(
        "At each step an agent proposes something forbidden with a chance of {{ slip | percent }}. It may take {{ last.budget | count }} steps "
        "for its task, and nobody stops it. In how many runs does it do harm?",
        {"few": "Less than 10%", "some": "From 10% to 50%", "most": "More than 50%"},
        truth="'few' if last.harm < 0.1 else ('some' if last.harm < 0.5 else 'most')",
        then=Sweep(
            "slip",
            (0, 0.01, 0.02, 0.05, 0.1),
            label="Chance of a forbidden proposal, each step",
            unit="percent(1)",
            shows=(
                Read("runs with harm, without a gate", "last.harm | percent"),
                Read("with the gate", "last.gated_harm | percent"),
                "budget",
            ),
            finding="Within {{ last.budget | count }} steps {{ last.done | percent }} of the runs get their task done. Without a gate "
            "{{ last.harm | percent }} do harm; with a gate that misses {{ missed | percent }} of what is forbidden, {{ last.gated_harm | percent }}.",
        ),
        comment="A small chance adds up over many steps: if all {{ last.budget | count }} were taken, it would be "
        "{{ at_least_one | percent }}. A run that ends sooner has fewer chances to slip.",
        lead="Bet first. Then make the agent more or less careful, and compare it with and without a permission gate.",
    ),
)

MODERATION = (
    Guess(
        "A filter flags {{ rare.caught | percent }} of all harmful messages and {{ rare.false | percent }} of the fine ones. "
        "{{ rare.harmful | percent }} of all messages are harmful. How many of the flagged ones really are?",
        {"most": "More than 75%", "half": "From 25% to 75%", "some": "From 10% to 25%", "few": "Less than 10%"},
        truth="'most' if rare.right > 0.75 else ('half' if rare.right >= 0.25 else ('some' if rare.right >= 0.1 else 'few'))",
        then=Sweep(
            "harmful",
            (0.001, 0.01, 0.05, 0.1, 0.5),
            label="Share of harmful messages",
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
        ),
        comment="{{ 'There are so many more fine messages that the few false alarms among them outnumber the hits.' if rare.right < 0.5 else 'Here there are at least as many hits as false alarms.' }}",
        lead="Bet first. Then try another moderator, which adds up points for words, and blocks from a bar up.",
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

RATE_LIMIT = (
    Guess(
        "A bucket holds {{ capacity | count }} tokens and is full; {{ rate | number }} come in per second. Each request takes one token or is "
        "turned away. Eight come, at {{ times | listed }} seconds. How many get through?",
        {"few": "3 or fewer", "4": "4", "5": "5", "6": "6", "7": "7", "8": "All 8"},
        truth="'few' if passed < 4 else (passed | count)",
        then=Press(
            "sent",
            {str(sent): str(sent) for sent in range(9)},
            label="Send the next request",
            shows=(
                Dots(
                    "Tokens in the bucket, which holds {{ capacity | count }}",
                    "capacity",
                    (Part("there", "accent", "played.left[{sent}]"), Part("used up", "context")),
                ),
                Dots(
                    "Requests",
                    "requests",
                    (
                        Part("got through", "accent", "played.passed[{sent}]"),
                        Part("turned away", "stop", "played.away[{sent}]"),
                        Part("still to come", "context"),
                    ),
                ),
            ),
            finding="{{ played.news[{sent}] }}",
        ),
        comment="A burst can use up all that the bucket holds. After that, a request has to find a token that has come in since.",
        lead="A token here is a ticket for one request, not a piece of a word. Work it out by hand and bet. Then send the requests, and try other buckets.",
    ),
    Choice(
        "capacity",
        {"1": "1", "3": "3", "5": "5"},
        start="1",
        label="Tokens that the bucket holds",
        by=Choice(
            "rate",
            {"0": "0", "0.25": "0.25", "0.5": "0.5", "1": "1"},
            label="Tokens that come in per second",
            start="0.5",
        ),
        shows=(
            Dots(
                "The same {{ requests | count }} requests with another bucket",
                "requests",
                (Part("get through", "accent", "passed"), Part("are turned away", "stop")),
            ),
        ),
        finding="If the bucket holds {{ capacity | count }} and gets {{ rate | number }} per second, it lets {{ passed | count }} of "
        "{{ requests | count }} requests through.",
    ),
)

WRAPPERS = (
    Guess(
        "One model, trained once, is in three products. All three are asked “{{ layered.requests[0] }}”, and the {{ thing }} has moved since the "
        "training. How many different answers do they give?",
        {"1": "1: it is the same model", "2": "2", "3": "3"},
        truth="different | count",
        then=Choice(
            "layers",
            {
                "bare": "nothing",
                "card": "a card",
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
            finding="Whatever is around it, the model has the same {{ weights | count }} weights. The {{ thing }} was in the {{ was }} when it was trained, and the "
            "card says {{ card }}.",
        ),
        comment="The weights are the same. What differs is whether a product is given the card, and how it is told to answer.",
        lead="Bet first. Then put one layer after another around the same model, and see which of three answers changes.",
    ),
)

CHUNKS = (
    Guess(
        "A handbook has three sentences about each thing, and only the first names it. Cut into single sentences, how many of "
        "{{ questions | count }} questions find a chunk with the thing’s name and the answer?",
        {"most": "More than 75%", "half": "From 40% to 75%", "few": "Less than 40%"},
        truth="'most' if single.hit > 0.75 else ('half' if single.hit >= 0.4 else 'few')",
        then=Dial(
            "cut",
            "sizes.sentences",
            unit="count",
            marks=True,
            label="Sentences in a chunk",
            shows=(
                Read("questions served", "sizes.hit[{cut}] | percent"),
                Read("words of context", "sizes.words[{cut}] | count"),
                "hits",
            ),
            finding="Sentences in a chunk: {{ sizes.sentences[{cut}] | count }}. The best chunk serves {{ sizes.hit[{cut}] | percent }} of "
            "the questions and brings {{ sizes.words[{cut}] | count }} words along.",
        ),
        comment="If the answer is in the second or third sentence, a chunk of one sentence can’t have the name as well.",
        lead="Bet first. Then make the chunks longer, and count what is found.",
    ),
)
