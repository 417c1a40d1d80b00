"""What people can poke in the demos of stages 1 to 4: training data, pretraining, fine-tuning, alignment."""

from __future__ import annotations

from itertools import permutations

from workshop.model.pokes import Ask, Dial, Dots, Order, Part, Read, Sort, Sweep

CLEANING = (
    Dial(
        "alike",
        "thresholds.at",
        unit="number",
        start="1",
        label="Two pages are near-copies from this similarity",
        shows=(
            Read("pages dropped", "thresholds.dropped[{alike}] | count"),
            Read("genuine ones lost", "thresholds.lost[{alike}] | count"),
            Dots(
                "Each square is one of {{ pages.raw | count }} crawled pages",
                "pages.raw",
                (
                    Part("copies, dropped", "accent", "thresholds.dropped[{alike}] - thresholds.lost[{alike}]"),
                    Part("genuine, but dropped", "stop", "thresholds.lost[{alike}]"),
                    Part("kept", "context"),
                ),
            ),
        ),
        finding="From a similarity of {{ thresholds.at[{alike}] | number }} up, {{ thresholds.dropped[{alike}] | count }} pages "
        "are dropped, and {{ thresholds.lost[{alike}] | count }} of {{ pages.genuine | count }} genuine sentences are lost.",
        lead="Turn how alike two pages may be before one of them goes.",
        bet="predict-crawl",
    ),
    Sort(
        "Four ways to clean {{ pages.raw | count }} crawled pages. Which removes the most?",
        cards="steps.names",
        by="steps.dropped",
        unit="count",
        finding="Exact copies alone are {{ dropped.exact | count }} of {{ pages.raw | count }} pages. The forbidden word would "
        "remove {{ blocked.dropped | count }}, and {{ blocked.genuine | count }} of these are genuine sentences.",
    ),
)

COLLAPSE = (
    Sweep(
        "kept",
        (0.05, 0.1, 0.3, 0.5),
        label="Real text in each reading",
        unit="percent",
        shows=(
            Read("left on own text alone", "own.last | count"),
            Read("left with real text mixed in", "mixed.last | count"),
            Read("left if each prefers likely words", "sharp.last | count"),
            "distinct",
        ),
        finding="With {{ kept | percent }} of real text in each reading, {{ mixed.last | count }} of {{ own.first | count }} different "
        "sentences are left after {{ generations | count }} models in a row.",
        lead="Mix some real text back into what each model reads.",
        bet="predict-collapse",
    ),
)

MIXTURE = (
    Dial(
        "share",
        "shares",
        unit="percent",
        start="3",
        label="Share of sums in what it reads",
        shows=(
            "written_{share}",
            Read("words it chooses among, in prose (fewer is better)", "among.prose[{share}] | count"),
            Read("in sums", "among.sums[{share}] | count"),
        ),
        finding="With {{ shares[{share}] | percent }} sums, it chooses among {{ among.prose[{share}] | count('word') }} in prose that it "
        "hasn’t read, and among {{ among.sums[{share}] | count }} in such sums.",
        lead="Turn the share of sums in what the model may read, and read what it writes.",
        bet="predict-mixture",
    ),
)


SCALING = (
    Sweep(
        "small",
        (2, 3, 4, 5),
        start=2,
        label="Small models that the line goes through",
        unit="count",
        shows=(
            Read("surprise left, says the line", "predicted[2] | bits"),
            Read("surprise left, says the run", "measured[2] | bits"),
            "line",
        ),
        finding="Through {{ fitted | count }} small models, the line foretells {{ predicted[2] | bits }} of avoidable surprise at "
        "{{ sizes.last | count }} examples; the run measured {{ measured[2] | bits }}.",
        lead="Draw the line through fewer small models, and see where it points.",
    ),
)

TOKENIZER = (
    Sweep(
        "merges",
        (10, 50, 100, 200, 400),
        start=10,
        label="Pairs that are joined",
        unit="count",
        shows=(
            Read("letters per token", "letters.last | number(1)"),
            Read("tokens for the whole text", "tokens.last | count"),
            "words",
        ),
        finding="Tokens after {{ merges | count }} merges: {{ pieces.common | count }} for “{{ common }}”, {{ pieces.rare | count }} for "
        "“{{ rare }}”, which the text doesn’t have. A token holds {{ letters.last | number(1) }} letters on average.",
        lead="Join more pairs of letters, and watch words come together.",
    ),
    Ask("merges", label="Words of your own", examples=("unforgettable", "rewatering", "Donaudampfschiff")),
)


FORGETTING = (
    Dial(
        "step",
        "steps",
        unit="count",
        label="Steps of tuning",
        shows=(
            "written_{step}",
            Read("words it chooses among, in the diary (fewer is better)", "among.alone[{step}] | number(1)"),
            Read("with old text mixed in", "among.mixed[{step}] | number(1)"),
        ),
        finding="After {{ steps[{step}] | count('step') }} on dialogues, it chooses among {{ among.alone[{step}] | number(1) }} words in a "
        "diary; with old text mixed in, among {{ among.mixed[{step}] | number(1) }}.",
        lead="Go through the tuning, and read what becomes of its diary.",
        bet="predict-forget",
    ),
)

BALANCE = (
    Dial(
        "caution",
        {str(weight): str(weight) for weight in range(9)},
        label="Weight on caution",
        shows=(
            Dots(
                "Each square is one of 100 harmless requests",
                "100",
                (Part("refused", "stop", "100 * caution.benign.all[{caution}]"), Part("answered", "context")),
            ),
            Dots(
                "Each square is one of 100 harmful requests",
                "100",
                (
                    Part("answered all the same", "ink", "100 * caution.harmful.all[{caution}]"),
                    Part("refused", "context"),
                ),
            ),
        ),
        finding="With {caution} on caution, {{ caution.benign.all[{caution}] | percent }} of the harmless requests are refused and "
        "{{ caution.harmful.all[{caution}] | percent }} of the harmful ones answered.",
        lead="Turn up the weight on caution in the reward.",
        bet="predict-balance",
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
    Dial(
        "push",
        "distances",
        unit="number",
        label="Pushed this far",
        shows=(
            Read("“{{ asked }}” The answer that it likes most (we wrote them)", "favourite[{push}]", quoted=True),
            Read("reward", "proxy.all[{push}] | ratio"),
            Read("true value", "value.all[{push}] | ratio"),
        ),
        finding="Pushed to {{ distances[{push}] | number }}, the reward says {{ proxy.all[{push}] | ratio }}, and the answers are "
        "worth {{ value.all[{push}] | ratio }} more than ordinary ones.",
        lead="Push the answers further where the reward likes them, and read what it prefers.",
    ),
)

RATERS = (
    Order(
        "order",
        {
            ",".join(names): ", ".join(names)
            for names in sorted(permutations(("helpful", "honest", "cautious")), reverse=True)
        },
        label="The principles are asked in this order",
        keeps="principles.agreement",
        keeps_unit="percent",
        shows=(
            Dots(
                "Each square is one of 100 pairs of answers",
                "100",
                (Part("ordered as people would", "accent", "100 * principles.agreement"), Part("not", "context")),
            ),
        ),
        finding="Asked in the order {{ orders.used }}, the principles teach a reward that orders {{ principles.agreement | percent }} of "
        "the pairs as people would. Its favourite answer: “{{ principles.best }}”.",
        lead="Principles pick the better answer. Move them, and see what the order changes.",
    ),
)
