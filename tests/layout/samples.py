"""A kit with a slide of every layout, as ``plan`` would hand it over."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from tests.blank import kit_with
from workshop.errors import At
from workshop.model.blocks import (
    Block,
    Diagram,
    Line,
    Map,
    Phase,
    Prose,
    Run,
    Runs,
    ShownChart,
    ShownCode,
    ShownPicture,
    ShownTable,
    Step,
)
from workshop.model.exhibits import Chart, ChartKind, Honesty, Reference, Series
from workshop.model.kit import Kit, Slide, SourceLine, Stage, StageMark
from workshop.model.policy import TALK

AT = At("kit/02.md", 7)
STAGES = (
    ("Training data", "What does it read?"),
    ("Pretraining", "What comes next?"),
    ("Fine-tuning", "How does it answer?"),
    ("Alignment", "Which is better?"),
    ("Evals", "Is it good enough?"),
    ("Deployment", "What is around it?"),
    ("Retrieval", "What can it look up?"),
    ("Limits", "What stays open?"),
)


def runs(text: str) -> Runs:
    """Return runs, every second part between asterisks being strong."""
    return tuple(Run(part, strong=k % 2 == 1) for k, part in enumerate(text.split("*")) if part)


def prose(*texts: str, marker: str = "none") -> Prose:
    """Return prose; a leading "- " puts a line on the second level."""
    lines = []
    for number, text in enumerate(texts, 1):
        level = int(text.startswith("- "))
        lines.append(
            Line(runs(text.removeprefix("- ")), level=level, marker="bullet" if level else marker, number=number, at=AT)
        )
    return Prose(tuple(lines))


def bullets(*texts: str) -> Prose:
    return prose(*texts, marker="bullet")


def numbers(*texts: str) -> Prose:
    return prose(*texts, marker="number")


def table(*rows: str, aligns: str = "", highlight: int = -1) -> ShownTable:
    """Return a table from rows of cells separated by bars, the first being the header; "?" is a blank."""
    cells = [tuple((Run("", blank=True),) if c.strip() == "?" else runs(c.strip()) for c in r.split("|")) for r in rows]
    sides = {"l": "left", "r": "right", "c": "center"}
    given = tuple(sides[a] for a in aligns) or ("left",) * len(cells[0])
    return ShownTable(header=cells[0], rows=tuple(cells[1:]), aligns=given, alt="a table", highlight=highlight, at=AT)


def chart() -> ShownChart:
    drawn = Chart(
        ChartKind.LINE,
        "Surprise",
        measure="Surprise on held-out sentences, bits a word",
        finding="Surprise falls from 4.00 bits to 0.98",
        series=(Series("surprise", (4.0, 1.93, 1.26, 1.01, 0.98)),),
        categories=("Untrained", "Round 1", "Round 2", "Round 3", "Round 4"),
        references=(Reference("pure guessing", 4.0),),
        unit="bits",
    )
    return ShownChart("trigram.surprise", drawn, "Line chart: surprise falls from 4.00 bits to 0.98", AT)


def bars() -> ShownChart:
    drawn = Chart(
        ChartKind.COLUMN,
        "Next word",
        measure="Probability of the next word",
        finding="mat leads with 0.47",
        series=(Series("probability", (0.47, 0.24, 0.12, 0.12, 0.004)),),
        categories=("mat", "rug", "fence", "roof", "others"),
        references=(Reference("chance", 0.06),),
        highlight=("mat",),
    )
    return ShownChart("trigram.next", drawn, "Column chart: mat leads", AT)


TURN = (("mode", (prose("Activity"),)), ("minutes", (prose("12"),)), ("unit", (prose("minutes, in pairs"),)))
REAL = SourceLine(Honesty.REAL, "16 words in the vocabulary, four sentences a round, held-out sentences never read")
CODE = """model = Trigram.untrained(words)
for sentences in rounds:
    model.feed(sentences)
    bits.append(model.surprise(held_out))"""


def slide(
    layout: str, title: str, slots: tuple[tuple[str, tuple[Block, ...]], ...] = (), *, name: str = "", **more: object
) -> Slide:
    return Slide(id=name or layout, layout=layout, title=runs(title), slots=slots, at=AT, **more)  # type: ignore[arg-type]


def map_slide(count: int = 8, phases: tuple[int, ...] = (2, 2, 3, 1)) -> Slide:
    pairs = [STAGES[k % len(STAGES)] for k in range(count)]
    tiles = [
        Step(name, gloss, "open" if k == count - 1 else "accent", link=f"#{name.lower()}")
        for k, (name, gloss) in enumerate(pairs)
    ]
    parts, start = [], 0
    heads = (
        "A base model: it continues text",
        "An assistant: it answers",
        "A product: checked, wrapped",
        "Open questions",
    )
    for head, size in zip(heads, phases, strict=False):
        parts.append(Phase(head, tuple(tiles[start : start + size])))
        start += size
    if start < count:
        parts.append(Phase("", tuple(tiles[start:])))
    return slide(
        "map", "Eight stages take raw text to a product with limits", (("main", (Map(tuple(parts), "the map"),)),)
    )


def all_slides() -> tuple[Slide, ...]:
    """Return one slide per layout, in the order of a deck."""
    return (
        slide(
            "cover",
            "How AI models are made",
            (
                ("subtitle", (prose("Train, tune, judge, gate, wrap and ground a small model with your own hands"),)),
                ("occasion", (prose("Workshop for everyone, 90 minutes"),)),
            ),
        ),
        map_slide(),
        slide(
            "section",
            "Pretraining",
            (
                ("numeral", (prose("2"),)),
                ("question", (prose("How can guessing the next word teach a machine anything at all?"),)),
                ("label", (prose("After this stage you can"),)),
                (
                    "main",
                    (
                        bullets(
                            "fill a count table from four sentences",
                            "compute a probability and its surprise in bits",
                            "say what the toy leaves out",
                        ),
                    ),
                ),
            ),
        ),
        slide(
            "content",
            "Pretraining is one game, played again and again",
            (
                (
                    "main",
                    (
                        bullets(
                            "*Hide* the next word of a sentence",
                            "*Guess*: give every word a probability",
                            "*Measure* the surprise when the word is shown",
                            "*Correct* the model a little, and guess again",
                            "- The toy corrects counts, a real model billions of weights",
                        ),
                    ),
                ),
            ),
        ),
        slide(
            "two-content",
            "Search when the answer is in a document; tune when it is in the manner",
            (
                ("left-heading", (prose("Retrieval"),)),
                ("left", (bullets("Facts that change", "Answers that name their source", "Many documents, at once"),)),
                ("right-heading", (prose("Fine-tuning"),)),
                ("right", (bullets("Style, format and skill", "A behaviour, shown by examples", "*Fails* at facts"),)),
            ),
        ),
        Slide(
            id="statement",
            layout="statement",
            title=(Run("A base model does not answer. It "), Run(" continues. ", mark=True)),
            slots=(("aside", (prose("Asked a question, it may go on with three more questions."),)),),
            at=AT,
        ),
        slide(
            "big-number",
            "Of the messages a good filter flags, few are really harmful",
            (
                ("number", (prose("16%"),)),
                ("unit", (prose("of the flagged messages are harmful"),)),
                ("main", (prose("1,000 messages, 10 harmful", "59 flagged, *9.5 harmful*"),)),
            ),
            source=SourceLine(Honesty.ILLUSTRATIVE, "1,000 messages, 1% harmful"),
        ),
        slide(
            "chart",
            "Surprise falls from 4 bits to under 1 in four rounds of reading",
            (("measure", (prose("Surprise on six held-out sentences, bits a word"),)), ("main", (chart(),))),
            source=REAL,
        ),
        slide(
            "chart-and-text",
            "“mat” leads after four rounds; no word is impossible",
            (
                ("measure", (prose("Probability of the next word after “on the”"),)),
                ("main", (bars(),)),
                (
                    "reading",
                    (
                        prose(
                            "*8 of 16* sentences ended on mat, so it gets 0.47",
                            "Every word keeps a crumb of probability: a share of one phantom example",
                        ),
                    ),
                ),
            ),
            source=REAL,
        ),
        slide(
            "table",
            "Embeddings find what keywords miss; together they miss least",
            (
                ("measure", (prose("Share of questions whose document is among the first three (recall@3)"),)),
                (
                    "main",
                    (
                        table(
                            "Search by|No word shared|A word shared|All questions",
                            "Keyword|0.00|1.00|0.39",
                            "Embedding|0.89|0.83|0.87",
                            "Hybrid of both|0.89|1.00|0.94",
                            aligns="lrrr",
                            highlight=2,
                        ),
                    ),
                ),
            ),
            source=REAL,
        ),
        slide(
            "table-and-text",
            "Four rounds are enough for the toy",
            (
                ("measure", (prose("Bits a word"),)),
                ("main", (table("Round|Bits", "1|1.93", "2|1.26", "3|1.01", "4|0.98", aligns="lr"),)),
                ("reading", (prose("Each round adds *four sentences*"),)),
            ),
            source=REAL,
        ),
        slide(
            "diagram",
            "Picks become a reward, and the reward moves the policy",
            (
                ("measure", (prose("One pair of answers, followed through the chain"),)),
                (
                    "main",
                    (
                        Diagram(
                            steps=(
                                Step("Picks", "which answer is better?", "open"),
                                Step("Reward model", "one score an answer"),
                                Step("Policy", "how often each is given", "accent"),
                            ),
                            alt="Picks lead to a reward model, that to the policy, and back",
                            back="new answers to compare",
                            figures=(
                                "9 : 3 | the room prefers answer A",
                                "1.10 | reward gap, ln 3",
                                "0.50 → 0.75 | chance of A",
                            ),
                        ),
                    ),
                ),
            ),
            source=SourceLine(Honesty.SIMULATED, "9 of 12 picks"),
        ),
        slide(
            "poll",
            "Your own assistant: does it doubt what you invented?",
            (
                ("mode", (prose("Try"),)),
                ("minutes", (prose("4"),)),
                ("unit", (prose("minutes, in pairs"),)),
                ("main", (numbers("Invent a thing", "Ask your assistant about it"),)),
                ("options", (prose("It answered", "It doubted", "It searched first"),)),
                ("materials", (prose("a phone for two"),)),
            ),
        ),
        slide(
            "predict",
            "Four sentences in, what does the model say comes after “on the”?",
            (
                ("mode", (prose("Bet"),)),
                ("minutes", (prose("1"),)),
                ("unit", (prose("minute, then a show of hands"),)),
                (
                    "options",
                    (
                        prose(
                            "Always *mat*: it was the most common ending",
                            "*mat* a bit under half of the time",
                            "Any of the 16 words, equally likely",
                        ),
                    ),
                ),
            ),
        ),
        slide(
            "activity",
            "Be the model: count, guess, be surprised",
            (
                *TURN,
                (
                    "main",
                    (
                        numbers(
                            "Read your four sentences and fill the count table",
                            "Give each next word its probability",
                            "Turn the hidden sentence, look up the surprise",
                            "Add it to the table and play again",
                        ),
                    ),
                ),
                ("materials", (prose("*You need * sheet 2.1, one die a pair, pencil"),)),
            ),
        ),
        slide(
            "exercise",
            "How likely is “mat” after round 1, and how many bits is that?",
            (
                *TURN,
                ("main", (prose("Four sentences, 16 words, one phantom example:"),)),
                (
                    "data",
                    (
                        table(
                            "after “on the”|mat|rug|fence|others|total",
                            "times seen|2|1|1|0|4",
                            "probability|?|?|?|?|1",
                            aligns="lrrrrr",
                        ),
                    ),
                ),
                ("hint", (prose("*Hint * P = (count + 1/16) ÷ (total + 1); bits = –log2 P"),)),
            ),
        ),
        slide(
            "misconception",
            "It learns patterns, it does not keep pages",
            (
                ("claim-label", (prose("You may hear"),)),
                ("claim", (prose("“It looks the answer up in the sentences it has stored.”"),)),
                ("reply-label", (prose("Reply"),)),
                (
                    "reply",
                    (
                        prose(
                            "After training the sentences are gone: what stays is counts, or weights.",
                            "*Test it.* Words it never saw there still get 0.004. A lookup would give nothing.",
                        ),
                    ),
                ),
            ),
        ),
        slide(
            "toy-stops",
            "Where the toy stops: same loop, another scale",
            (
                (
                    "main",
                    (
                        table(
                            "|Our toy|A large model",
                            "Reads|16 sentences|15 trillion tokens in one open set",
                            "Looks back|2 words|thousands of tokens",
                            "Stores|counts in a table|billions of weights, no table",
                            "Corrects|adds one to a count|backpropagation, every weight",
                            "Takes|a moment on one laptop|months on thousands of chips",
                        ),
                    ),
                ),
            ),
            source=SourceLine(None, "FineWeb, 96 crawls of the web: Penedo et al. 2024, arXiv 2406.17557"),
        ),
        slide(
            "code",
            "The whole loop: guess, be surprised, count",
            (
                ("measure", (prose("Four lines of the toy that ran for this slide"),)),
                ("main", (ShownCode(CODE, "python", "four lines", AT),)),
                ("reading", (prose("*feed* adds one to a count", "*surprise* is –log2 P, averaged over new words"),)),
            ),
            source=REAL,
        ),
        slide(
            "picture",
            "A garden bed",
            (
                ("measure", (prose("Eight beds"),)),
                (
                    "main",
                    (
                        ShownPicture(
                            path=Path("beds.png"), alt="eight beds", caption="", width_px=600, height_px=400, at=AT
                        ),
                    ),
                ),
                ("reading", (prose("The last bed is *open*"),)),
            ),
        ),
        slide(
            "source",
            "Repeated text wastes training",
            (
                (
                    "finding",
                    (prose("One sentence of 61 words stood in a cleaned web corpus more than 60,000 times"),),
                ),
                ("who", (prose("*Lee et al. 2021*", "Deduplicating training data makes language models better"),)),
                ("version", (prose("*arXiv 2107.06499*", "figure as given in the abstract"),)),
                ("scope", (prose("*Measured on C4*", "English web text, 2019"),)),
            ),
        ),
        slide(
            "closing",
            "You trained, tuned, judged, gated, wrapped and grounded a model",
            (
                (
                    "left",
                    (
                        numbers(
                            "Only what is in the text comes out",
                            "Guess, be surprised, correct",
                            "Tuning shapes manner, not facts",
                            "Picks become rewards, not truth",
                        ),
                    ),
                ),
                (
                    "right",
                    (
                        numbers(
                            "One suite worse: do not release",
                            "You talk to a product",
                            "Wrong document, wrong answer",
                            "Likely is not guaranteed",
                        ),
                    ),
                ),
                ("exit-ticket", (prose("Exit ticket: answer the same three questions as this morning"),)),
            ),
        ),
    )


def talk(*slides: Slide) -> Kit:
    """Return a talk of these slides."""
    return replace(kit(*slides), policy=TALK)


def kit(*slides: Slide) -> Kit:
    """Return a kit of these slides, or of one slide per layout."""
    marks = tuple(
        StageMark(id=name.lower(), number=k, title=name, short=name, question=gloss)
        for k, (name, gloss) in enumerate(STAGES, 1)
    )
    stage = Stage(id="pretraining", title="Pretraining", slides=slides or all_slides(), number=2, short="Pretraining")
    return kit_with(
        title="A kit",
        audience_title="Everybody",
        people=20,
        stages=(stage,),
        marks=marks,
    )
