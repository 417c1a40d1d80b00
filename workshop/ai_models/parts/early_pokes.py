"""What people can poke in the demos of stage 1, training data."""

from __future__ import annotations

from itertools import permutations

from workshop.model.pokes import Choice, Dial, Guess, Read, Sort, Sweep

# ---------------------------------------------------------------- pokes of data
CLEANING = (
    Sort(
        "Four ways to clean {{ pages.raw | count }} crawled pages. Which removes the most?",
        cards="steps.names",
        by="steps.dropped",
        unit="count",
        finding="Exact copies alone are {{ dropped.exact | count }} of {{ pages.raw | count }} pages. The forbidden word would "
        "remove {{ blocked.dropped | count }}, and {{ blocked.genuine | count }} of these are genuine sentences.",
        lead="Put the four ways into order, then check. After that, set how alike two pages may be before one of them goes.",
    ),
    Dial(
        "alike",
        "thresholds.at",
        unit="number",
        start="3",
        marks=True,
        label="Two pages are near-copies from this similarity",
        shows=(
            Read("pages dropped", "thresholds.dropped[{alike}] | count"),
            Read("genuine ones lost", "thresholds.lost[{alike}] | count"),
            "thresholds",
        ),
        finding="From a similarity of {{ thresholds.at[{alike}] | number }} up, {{ thresholds.dropped[{alike}] | count }} pages "
        "are dropped, and {{ thresholds.lost[{alike}] | count }} of {{ pages.genuine | count }} genuine sentences are lost.",
    ),
)

DUPLICATES = (
    Guess(
        "“{{ sentence }}” is pasted until it is on the board {{ copies | count }} times; “opens at nine” is there twice. How likely is "
        "“eight” after “opens at”?",
        {"less": "Less than 50%", "more": "From 50% to 90%", "most": "More than 90%"},
        truth="'less' if eight.last < 0.5 else ('more' if eight.last < 0.9 else 'most')",
        then=Dial(
            "times",
            "steps.copies",
            unit="count",
            marks=True,
            label="Times that the sentence is on the board",
            shows=(
                Read("“eight”", "steps.eight[{times}] | ratio"),
                Read("“nine”", "steps.nine[{times}] | ratio"),
                "tilt",
            ),
            finding="Copies on the board: {{ steps.copies[{times}] | count }}. “eight” has a probability of "
            "{{ steps.eight[{times}] | ratio }} and “nine” of {{ steps.nine[{times}] | ratio }}.",
        ),
        comment="A model can’t tell a copy from a second witness.",
        lead="Place your bet. Then paste more copies of one sentence, and watch the next word tilt.",
    ),
)

COLLAPSE = (
    Guess(
        "The real text has {{ own.first | count }} different sentences. Each of {{ generations | count }} models in a row reads only what the "
        "one before it wrote, and prefers likely words (temperature {{ temperature | number }}). How many are left?",
        {"most": "80 or more", "half": "From 40 to 79", "few": "From 10 to 39", "none": "Fewer than 10"},
        truth="'most' if sharp.last >= 80 else ('half' if sharp.last >= 40 else ('few' if sharp.last >= 10 else 'none'))",
        then=Sweep(
            "kept",
            (0.05, 0.1, 0.2, 0.3),
            label="Real text in each reading",
            unit="percent",
            shows=(
                Read("left with real text", "mixed.last | count"),
                Read("left on own text", "own.last | count"),
                "distinct",
            ),
            finding="Different sentences left after {{ generations | count }} models in a row: {{ sharp.last | count }} if they prefer likely "
            "words, {{ own.last | count }} if not, and {{ mixed.last | count }} with {{ kept | percent }} of real text in each reading.",
        ),
        comment="What one model happens not to write, the next one can’t read. Without that preference (temperature 1), "
        "{{ own.last | count }} are left on own text alone.",
        lead="Bet first. Then mix some of the real text back into what each model reads.",
    ),
)

MIXTURE = (
    Guess(
        "A model may read {{ budget | count }} words: garden prose, sums, or some of both. It is tested on both. Which share of sums "
        "leaves it least surprised on average?",
        {share: f"{share} sums" for share in ("10%", "25%", "50%", "75%", "90%")},
        truth="best.share | percent",
        then=Dial(
            "share",
            "shares",
            unit="percent",
            start="3",
            marks=True,
            label="Share of sums in what it reads",
            shows=(
                Read("bits on prose", "prose_bits[{share}] | bits"),
                Read("bits on sums", "sums_bits[{share}] | bits"),
                Read("bits on average", "mean_bits[{share}] | bits"),
                "bits",
            ),
            finding="With {{ shares[{share}] | percent }} sums, surprise is {{ prose_bits[{share}] | bits }} bits per word on unseen prose "
            "and {{ sums_bits[{share}] | bits }} on unseen sums.",
        ),
        comment="Whatever it reads of one kind takes the place of the other, and it is tested on both.",
        lead="Bet first. Then move the share, and watch what the model is bad at: one bit of surprise more means half the probability for "
        "the words that come.",
    ),
)


# ---------------------------------------------------------------- pokes of pretraining
# What people can poke in the demos of stage 2, pretraining.
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


# ---------------------------------------------------------------- pokes of tuning
# What people can poke in the demos of stages 3 and 4, fine-tuning and alignment.
FORGETTING = (
    Guess(
        "A model knows a diary: {{ general.before | bits }} bits of surprise per word. Now it is tuned on {{ dialogues | count }} dialogues "
        "and nothing else. How surprising is the diary afterwards?",
        {
            "same": "Within half a bit of before",
            "more": "Up by half a bit to two bits",
            "most": "Up by more than two bits",
        },
        truth="'most' if general.after - general.before > 2 else ('more' if general.after - general.before > 0.5 else 'same')",
        then=Dial(
            "step",
            "steps",
            unit="count",
            start="6",
            marks=True,
            label="Steps of tuning",
            shows=(
                Read("bits on dialogues", "dialogue.all[{step}] | bits"),
                Read("bits on the diary", "general.all[{step}] | bits"),
                Read("bits on the diary, with old text mixed in", "replay.general.all[{step}] | bits"),
                "curves",
            ),
            finding="After {{ steps[{step}] | count }} steps the diary’s surprise is {{ general.all[{step}] | bits }} bits per word; with old "
            "text mixed in it is {{ replay.general.all[{step}] | bits }}.",
        ),
        comment="Tuning moves the same weights that hold the diary, and no dialogue gives it a reason to keep them.",
        lead="Bet first. Then go through the tuning step by step: the dialogues get better quickly, and the diary pays.",
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
            start="1",
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
        lead="Bet first, then turn both knobs of the reward: too little caution and too much are both wrong, and confidence invites "
        "bluffing.",
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
    Guess(
        "A reward says: the more polish, the better. The answers are pushed further and further in that direction. Where are they "
        "really worth most?",
        {"start": "At the start", "inside": "On the way", "end": "At the end, where the reward is highest"},
        truth="'inside' if peak.inside else ('start' if peak.distance < 0.1 else 'end')",
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
        lead="Bet first. Then push, and compare what the reward says with what the answers are worth.",
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
        then=Choice(
            "order",
            {
                ",".join(names): ", ".join(names)
                for names in sorted(permutations(("helpful", "honest", "cautious")), reverse=True)
            },
            label="The principles are asked in this order",
            shows=(
                Read("by principles", "principles.agreement | percent"),
                Read("by a model’s picks", "model.agreement | percent"),
                Read("by people’s picks", "people.agreement | percent"),
                "weights",
            ),
            finding="Asked in the order {{ orders.used }}, the principles teach a reward that orders {{ principles.agreement | percent }} of "
            "the pairs as people would. Its favourite answer: “{{ principles.best }}”.",
        ),
        comment="A later principle decides only what the earlier ones leave open. From {{ orders.worst.agreement | percent }} ({{ orders.worst.order }}) to {{ orders.best.agreement | percent }} "
        "({{ orders.best.order }}) of the pairs come out as people would order them.",
        lead="Bet first. Then change the order, and see what the reward learns.",
    ),
)
