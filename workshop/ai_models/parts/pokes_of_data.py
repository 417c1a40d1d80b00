"""What people can poke in the demos of stage 1, training data."""

from __future__ import annotations

from workshop.model.pokes import Dial, Dots, Draw, Guess, Part, Read, Sort, Sweep

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
            Dots(
                "Each square is one of {{ pages.raw | count }} crawled pages",
                "pages.raw",
                (
                    Part("copies, dropped", "accent", "thresholds.dropped[{alike}] - thresholds.lost[{alike}]"),
                    Part("genuine, but dropped", "stop", "thresholds.lost[{alike}]"),
                    Part("kept", "context"),
                ),
            ),
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
            start="6",
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
        lead="Bet first. Then take copies of one sentence away again, and watch the next word tilt.",
    ),
)

COLLAPSE = (
    Guess(
        "The real text has {{ own.first | count }} different sentences. Each of {{ generations | count }} models in a row reads only what the "
        "one before it wrote, and prefers likely words (temperature {{ temperature | number }}). How many are left?",
        {"most": "60 or more", "half": "From 30 to 59", "few": "From 5 to 29", "none": "Fewer than 5"},
        truth="'most' if sharp.last >= 60 else ('half' if sharp.last >= 30 else ('few' if sharp.last >= 5 else 'none'))",
        then=Sweep(
            "kept",
            (0.05, 0.1, 0.3, 0.5),
            label="Real text in each reading",
            unit="percent",
            shows=(
                Read("left if each prefers likely words", "sharp.last | count"),
                Read("left without that preference", "own.last | count"),
                Read("and with real text mixed in", "mixed.last | count"),
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
    Draw(
        "A model may read {{ budget | count }} words: prose, sums, or some of both. How surprised is it by new sums, if more and "
        "more of what it reads are sums?",
        exhibit="bits",
        series="sums",
        then=Dial(
            "share",
            "shares",
            unit="percent",
            start="3",
            marks=True,
            label="Share of sums in what it reads",
            shows=(
                Read("surprise at prose, in bits", "prose_bits[{share}] | bits"),
                Read("surprise at sums, in bits", "sums_bits[{share}] | bits"),
                Read("average of both", "mean_bits[{share}] | bits"),
                "bits",
            ),
            finding="With {{ shares[{share}] | percent }} sums, surprise is {{ prose_bits[{share}] | bits }} bits per word on unseen prose "
            "and {{ sums_bits[{share}] | bits }} on unseen sums.",
        ),
        comment="The first few sums help most. But each takes the place of prose: averaged over both, the model is least surprised with "
        "{{ best.share | percent }} sums.",
        lead="Draw first. Then move the share, and watch what that does to prose. Surprise is counted in bits: 0 if it was certain of "
        "the word that came, and one more each time its probability halves.",
    ),
)
