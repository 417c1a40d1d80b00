"""Hand-made kits for the tests of printed files."""

from __future__ import annotations

from msgspec.structs import replace

from workshop.ai_models.parts.scales import ruler
from workshop.constructs.answer_divs import Ruler, Wrong
from workshop.constructs.boxes import Given, Quoted
from workshop.errors import At
from workshop.fonts import ARIMO
from workshop.layout.laid import LaidOut, LaidSlide
from workshop.model.blocks import AnswerLines, Choices, Line, Prose, Run, ShownChart, ShownTable
from workshop.model.exhibits import Chart, ChartKind, Series
from workshop.model.kit import Exercise, GlossaryEntry, Kit, Note, Reference, Sheet, Slide, Stage, StageMark
from workshop.model.run_sheet import RunRow
from workshop.model.theme import LayoutSpec, Theme
from workshop.render.print.block_data import Galley
from workshop.render.print.figures import drawer

AT = At("exercises/02.md", 20)
COLORS = {
    "bg": "FFFFFF",
    "ink": "10211C",
    "muted": "55635E",
    "panel": "EDF3F0",
    "accent": "0B5144",
    "c2": "B0740E",
    "c3": "266DBB",
    "stop": "A62C18",
    "c5": "3A0932",
    "open": "F6B92F",
}
DARK = COLORS | {"bg": "0E1B17", "ink": "F1F5F3", "muted": "A9B8B1", "panel": "1D2F29", "accent": "60CFAE"}
TITLES = ("Training data", "Pretraining", "Fine-tuning", "Alignment", "Evals", "Deployment", "Retrieval", "Limits")


def theme(*, dark: bool = False, size: tuple[int, int] = (12_192_000, 6_858_000)) -> Theme:
    return Theme(
        name="dark" if dark else "light",
        dark=dark,
        colors=DARK if dark else COLORS,
        font="Arial",
        mono="Courier New",
        measure_fonts={("Arial", bold): ARIMO for bold in (False, True)},
        width=size[0],
        height=size[1],
        layouts={},
    )


def say(text: str, **looks: bool) -> Prose:
    return Prose((Line((Run(text, **looks),)),))


def numbered(*texts: str) -> Prose:
    return Prose(tuple(Line((Run(t),), level=0, marker="number", number=n) for n, t in enumerate(texts, start=1)))


def table(*rows: tuple[str, ...], head: tuple[str, ...]) -> ShownTable:
    cells = tuple(tuple((Run("", blank=True),) if c == "?" else (Run(c),) for c in row) for row in rows)
    return ShownTable(
        header=tuple((Run(h),) for h in head), rows=cells, aligns=("left",) * len(head), alt="Counts to fill in", at=AT
    )


def line_chart() -> Chart:
    return Chart(
        ChartKind.LINE,
        "Surprise",
        measure="Surprise a word on six held-out sentences",
        finding="Surprise falls from 4.00 to 0.98 bits",
        series=(Series("our model", (4.0, 1.93, 1.26, 1.01, 0.98)),),
        categories=("before", "1", "2", "3", "4"),
        unit="bits",
    )


def count_exercise() -> Exercise:
    task = (
        Prose((Line((Run("Tally every word that follows "), Run("on the", mark=True), Run(" in the log."))),)),
        Given(
            "Round 1 of the log",
            (
                numbered(
                    "the cat sat on the mat",
                    "the dog sat on the rug",
                    "the cat slept on the mat",
                    "a bird sat on the fence",
                ),
            ),
        ),
        table(
            ("mat", "?", "?"),
            ("rug", "?", "?"),
            ("fence", "?", "?"),
            ("roof", "?", "?"),
            head=("Next word", "Tally", "Count"),
        ),
    )
    solution = (
        Prose((Line((Run("mat "), Run("27", accent=True), Run(", all others one or none: working 13 + 14"))),)),
        Wrong("31 for mat", (say("counted every “the”"), say("Point at the word before “the”."))),
    )
    return Exercise(
        id="count",
        title="Count",
        minutes=5,
        level=1,
        calculator=False,
        task=task,
        hint=(say("No tally? Write 0."),),
        solution=solution,
        at=At("exercises/02.md", 12),
    )


def bet_exercise() -> Exercise:
    options = tuple((Run(word),) for word in ("mat", "rug", "fence", "roof"))
    task = (say("Do not count yet. Which word comes next?"), Choices(options))
    solution = (Choices(options, (0,)), say("Any bet is fine; mat is the best one."))
    return Exercise(
        id="bet", title="Bet first", minutes=1, level=1, calculator=False, task=task, hint=(), solution=solution
    )


def bits_exercise() -> Exercise:
    task = (
        say("One extra example is shared by all 16 words. Write the chance and read the surprise off the ruler."),
        table(
            ("mat", "?", "?", "?"),
            ("roof", "?", "?", "?"),
            head=("Word", "(count + 1/16) / (total + 1)", "Chance", "Bits"),
        ),
        Ruler("", (), scale=ruler()),
    )
    solution = (Prose((Line((Run("−log₂ 0.4125 = "), Run("1.28 bits", accent=True), Run("; accept 1.2 to 1.4"))),)),)
    return Exercise(
        id="bits",
        title="From counts to a guess",
        minutes=6,
        level=1,
        calculator=False,
        task=task,
        hint=(),
        solution=solution,
    )


def chart_exercise() -> Exercise:
    task = (
        ShownChart("trigram.surprise", line_chart(), "Surprise falls round by round"),
        say("Which round helped most, and by how many bits?"),
        AnswerLines(2),
    )
    return Exercise(
        id="read",
        title="Read the chart",
        minutes=4,
        level=1,
        calculator=False,
        task=task,
        hint=(),
        solution=(say("Round 1: 2.07 bits", accent=True),),
    )


def explain_exercise() -> Exercise:
    task = (say("A friend says: “The model looks the sentence up.” What would you answer?"), AnswerLines(4))
    return Exercise(
        id="explain",
        title="Say it in your own words",
        minutes=4,
        level=1,
        calculator=False,
        task=task,
        hint=(),
        solution=(say("It keeps counts, not sentences."),),
    )


def sheet(number: int = 2, *exercises: Exercise, **changes: object) -> Sheet:
    settings: dict[str, object] = {
        "title": "Guess the next word",
        "aim": "You are the model. Count what follows, turn the counts into a guess, and measure how surprised the guess is.",
        "toy": "Our model looks back two words and counts. A real one looks back thousands and has no table.",
        "at": At("exercises/02-pretraining.md", 1),
    } | changes
    default = (bet_exercise(), count_exercise(), bits_exercise(), chart_exercise(), explain_exercise())
    return Sheet(
        id=f"S{number}-07Y",
        stage=f"stage-{number}",
        number=number,
        exercises=exercises or default,
        **settings,  # type: ignore[arg-type]
    )


def slide(number: int, stage: int, title: str, *notes: Note, layout: str = "content", **slots: tuple) -> Slide:
    return Slide(
        id=f"slide-{stage}-{number}",
        layout=layout,
        title=(Run(title),),
        slots=tuple(slots.items()),
        notes=notes,
        stage=f"stage-{stage}",
        minutes=3,
    )


def stage(number: int, title: str) -> Stage:
    notes = (
        Note("say", say("Let us play a game that a model plays a trillion times.")),
        Note("do", say("Cover the last word with your hand, then show it.")),
        Note("ask", say("What is the chance of a word that it has never seen?")),
        Note("expect", say("Small, but not zero.")),
        Note("wrong", say("Zero, because it is not in the log.")),
        Note("reply", say("One sixteenth of an example is shared by all.")),
        Note("skip", say("Leave out the second question.")),
        Note("next", say("So far it continues text.")),
    )
    claim = (
        Quoted("", (say("It looks the sentence up."),)),
        say("Ask them to find the sentence. It is not there."),
    )
    slides = (
        slide(1, number, f"{title}: finish this sentence", *notes),
        slide(2, number, f"{title}: each count is a vote", *notes[:2]),
        slide(3, number, "It keeps counts, not sentences", *notes[:1], layout="misconception", main=claim),
    )
    return Stage(
        id=f"stage-{number}",
        title=title,
        slides=slides,
        number=number,
        short=title[:14],
        question="How can guessing teach anything?",
        objectives=("compute the surprise of a guess in bits",),
        aim="Participants can compute the surprise of a guess in bits and say why a lower number is better",
        material=("pencils", f"sheet S{number}"),
        room="Tables of three",
        learnt="Guess, be surprised, correct",
        remember=("A model guesses.", "Surprise is the score.", "Lower is better."),
    )


def opening(whole: Kit, page: str) -> Kit:
    """Return a kit in which the first slide of each stage opens a demo of its own on a page, "" for one that isn't published."""

    def opened(one: Stage) -> Line:
        link = f"{page}#{one.id}?log=F" if page else ""
        return Line((Run(page.partition("://")[2] or "explore.html", link=link), Run(f", “{one.title}”")))

    return replace(
        whole,
        stages=tuple(
            replace(one, slides=(replace(one.slides[0], opened=opened(one)), *one.slides[1:])) for one in whole.stages
        ),
    )


def kit(titles: tuple[str, ...] = TITLES, sheets: tuple[Sheet, ...] | None = None, **changes: object) -> Kit:
    stages = tuple(stage(n, t) for n, t in enumerate(titles, start=1))
    rows = []
    for n, title in enumerate(titles, start=1):
        rows.append(
            RunRow(
                kind="stage",
                clock=f"{9 + (30 + 9 * (n - 1)) // 60:02d}:{(30 + 9 * (n - 1)) % 60:02d}",
                minutes=9,
                what=title,
                note="Sheet 5 min",
                material=f"sheet S{n}",
                who="lead",
                number=n,
            )
        )
        if n == 4:
            rows.append(RunRow(kind="break", clock="10:06", minutes=0, what="Break"))
    settings: dict[str, object] = {
        "title": "How AI models are made",
        "subtitle": "Train one by hand",
        "occasion": "Workshop for everyone",
        "author": "The community garden",
        "licence": "CC BY 4.0",
        "language": "en-GB",
        "audience": "general",
        "audience_title": "Everybody",
        "seed": 1,
        "people": 24,
        "paper": "a4",
        "stages": stages,
        "marks": tuple(
            StageMark(id=s.id, number=s.number or 0, title=s.title, short=s.short, question=s.question) for s in stages
        ),
        "sheets": tuple(sheet(n) for n in range(1, len(titles) + 1)) if sheets is None else sheets,
        "run_sheet": tuple(rows),
        "glossary": (GlossaryEntry("held-out text", "text that the model has never been trained on"),),
        "references": (
            Reference(
                who="Lee et al. 2021",
                work="Deduplicating training data",
                version="arXiv 2107.06499 v2",
                scope="C4, English",
                caveat="one data set",
            ),
        ),
    } | changes
    return Kit(**settings)  # type: ignore[arg-type]


def laid(made: Kit, *, dark: bool = False) -> LaidOut:
    layout = LayoutSpec(role="content", name="Content", type="obj", placeholders=())
    slides = tuple(
        LaidSlide(id=s.id, number=n, slide=s, layout=layout, items=()) for n, s in enumerate(made.slides, start=1)
    )
    return LaidOut(kit=made, theme=theme(dark=dark), slides=slides)


def galley(*, key: bool = False, seed: int = 0) -> Galley:
    return Galley(language="en", draw=drawer(theme()), key=key, seed=seed)
