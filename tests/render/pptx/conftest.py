"""Small hand-made decks: one slide for each layout of the default theme."""

import io
import zlib

import pytest
from msgspec.structs import replace
from pptx import Presentation

from tests.png import png_of
from workshop.layout.laid import LaidOut, LaidPicture, LaidShapes, LaidSlide, LaidTable, LaidText, Shape
from workshop.model.blocks import Line, Prose, Run, ShownPicture, ShownTable
from workshop.model.exhibits import Honesty
from workshop.model.kit import Kit, Note, Slide, SourceLine, Stage, StageMark
from workshop.model.run_sheet import RunRow
from workshop.model.theme import Box, inches
from workshop.render.pptx.deck import write_deck
from workshop.themes.beds import dark, light


def png(width=4, height=3):
    return png_of(width, height, zlib.compress((b"\x00" + b"\x33\x66\x99" * width) * height))


def lines(*texts, marker="none", level=0, step=0):
    out = []
    for k, text in enumerate(texts, 1):
        runs = text if isinstance(text, tuple) else (Run(text),)
        out.append(Line(runs, level=level, marker=marker, number=k if marker == "number" else 0, step=step))
    return tuple(out)


def runs(*texts):
    return tuple((Run(text),) if isinstance(text, str) else text for text in texts)


class Maker:
    """Makes laid-out slides of one theme by layout role; numbers them as they come."""

    def __init__(self, theme):
        self.theme = theme
        self.slides = []

    png = staticmethod(png)

    def place(self, layout, role):
        found = self.theme.layouts[layout].find(role)
        assert found is not None, (layout, role)
        return found

    def text(self, layout, role, *texts, size=None, **how):
        placeholder = self.place(layout, role)
        content = texts if texts and isinstance(texts[0], Line) else lines(*texts, **how)
        return LaidText(placeholder, content, size or placeholder.sizes[0], inches(0.5))

    def table(self, layout, role, header, rows, *, highlight=-1, aligns=None, alt="What the table says"):
        placeholder = self.place(layout, role)
        shown = ShownTable(
            header=runs(*header),
            rows=tuple(runs(*row) for row in rows),
            aligns=aligns or ("left",) * len(header),
            alt=alt,
            highlight=highlight,
        )
        width = placeholder.box.w // len(header)
        heights = (inches(0.5), *[inches(0.62)] * len(rows))
        return LaidTable(
            placeholder=placeholder,
            table=shown,
            size=placeholder.sizes[0],
            header_size=18,
            widths=(width,) * len(header),
            heights=heights,
        )

    def slide(self, layout, title, *items, name="", stage="one", **facts):
        spec = self.theme.layouts[layout]
        number = len(self.slides) + 1
        laid = [self.text(layout, "title", title)] if title else []
        slide = Slide(id=name or f"slide-{number}", layout=layout, title=(Run(title),), slots=(), stage=stage, **facts)
        made = LaidSlide(id=name or f"slide-{number}", number=number, slide=slide, layout=spec, items=(*laid, *items))
        self.slides.append(made)
        return made

    def deck(self, **facts):
        marks = (
            StageMark(id="one", number=1, title="The first stage", short="First", question="What is it?"),
            StageMark(id="two", number=2, title="The second stage", short="Second", question="What else?"),
        )
        stages = tuple(
            Stage(
                id=mark.id,
                title=mark.title,
                slides=tuple(s.slide for s in self.slides if s.slide.stage == mark.id),
                number=mark.number,
            )
            for mark in marks
        )
        kit = Kit(
            title="A small kit", subtitle="With two stages", occasion="A rainy day", author="The garden", licence="CC BY 4.0", language="en-GB", audience="general", audience_title="Everybody",
            seed=0, people=12, paper="a4", stages=stages, marks=marks,
        )  # fmt: skip
        return LaidOut(kit=replace(kit, **facts), theme=self.theme, slides=tuple(self.slides))


def every_layout(make, folder):
    """Put one slide of each layout, except those with charts, into ``make``."""
    source = SourceLine(Honesty.REAL, "six runs", 0)
    tile = Shape(kind="rect", box=Box(inches(1), inches(2), inches(3), inches(2)), fill="accent", color="on_accent", lines=lines("1", "First"), sizes=(36, 24), link="#first", alt="Go to stage 1")  # fmt: skip
    picture_file = folder / "bed.png"
    picture_file.write_bytes(png())
    t = make.text
    make.slide(
        "cover",
        "A small kit",
        t("cover", "subtitle", "With two stages"),
        t("cover", "occasion", "Today"),
        stage="",
        name="cover",
    )
    make.slide("map", "Two stages", LaidShapes((tile,)), stage="", name="map")
    make.slide(
        "section",
        "The first stage",
        t("section", "numeral", "1"),
        t("section", "question", "What is it?"),
        t("section", "main", "see", "say", marker="bullet"),
        name="first",
    )
    mixed = (
        *lines((Run("Guess", strong=True), Run(" the "), Run("next", mark=True), Run(" word"))),
        *lines("one", "two", marker="bullet"),
        *lines("below", marker="bullet", level=1),
        *lines(
            (Run("see the map", link="#map"),), (Run("see outside", link="https://example.org/a b"),), marker="number"
        ),
        *lines((Run("", blank=True), Run(" of "), Run("x = 1", code=True), Run(" all", accent=True, strike=True))),
    )
    make.slide("content", "Text of every kind", t("content", "main", *mixed, size=26), t("content", "source", "six runs"), notes=(Note("say", Prose(lines("Read it aloud.", "Then wait."))), Note("next", Prose(lines("a", "b", marker="bullet")))), minutes=3, source=source)  # fmt: skip
    make.slide("two-content", "Two columns", t("two-content", "left-heading", "Left"), t("two-content", "left", "a", marker="bullet"), t("two-content", "right-heading", "Right"), make.table("two-content", "right", ("a", "b"), [("1", "2")]))  # fmt: skip
    make.slide("statement", "A base model continues", t("statement", "aside", "Really"))
    make.slide("big-number", "Few are harmful", t("big-number", "number", "16%"), t("big-number", "unit", "of all"))
    make.slide("table", "A table", make.table("table", "main", ("Search by", "Recall"), [("words", "0.39"), ("both", "0.94")], highlight=1, aligns=("left", "right")))  # fmt: skip
    make.slide("toy-stops", "Where the toy stops", make.table("toy-stops", "main", ("", "Our toy", "A large model"), [("Reads", "16", "billions")]))  # fmt: skip
    make.slide("code", "The whole loop", t("code", "main", "for x in y:", "    feed(x)"), t("code", "reading", "feed counts"))  # fmt: skip
    shown = ShownPicture(path=picture_file, alt="A bed of beans", width_px=4, height_px=3)
    make.slide(
        "picture", "A picture", LaidPicture(make.place("picture", "main"), shown, make.place("picture", "main").box)
    )
    boxes = tuple(
        Shape(
            kind="rect",
            box=Box(inches(1 + 4 * k), inches(3), inches(3), inches(1.4)),
            fill=role,
            lines=lines(name),
            sizes=(28,),
        )
        for k, (name, role) in enumerate((("Picks", "open"), ("Reward", "panel"), ("Policy", "accent")))
    )
    arrows = (Shape(kind="arrow", box=Box(0, 0, 0, 0), ends=(0, 1)), Shape(kind="arrow", box=Box(0, 0, 0, 0), ends=(1, 2)), Shape(kind="arrow-back", box=Box(0, 0, 0, 0), ends=(2, 0)))  # fmt: skip
    make.slide(
        "diagram",
        "Picks become a reward",
        LaidShapes((*boxes, *arrows), "Picks, reward, policy, and back"),
        stage="two",
    )
    turn = [t("predict", "mode", "Bet"), t("predict", "minutes", "1"), t("predict", "unit", "minute")]
    make.slide("predict", "What comes next?", *turn, t("predict", "letter-a", "A"), t("predict", "option-a", "mat"), minutes=1, stage="two")  # fmt: skip
    make.slide("activity", "Be the model", t("activity", "main", "Read", "Count", marker="number"), t("activity", "minutes", "12"), minutes=12, stage="two")  # fmt: skip
    make.slide("exercise", "How likely?", t("exercise", "main", "Count it"), make.table("exercise", "data", ("word", "times"), [("mat", (Run("", blank=True),))]), stage="two")  # fmt: skip
    make.slide("misconception", "No pages", t("misconception", "claim", "It looks it up"), t("misconception", "reply", (Run("It does not, ", accent=True), Run("look", link="#map"))), stage="two")  # fmt: skip
    make.slide(
        "source", "Repeats waste", t("source", "finding", "60,000 times"), t("source", "who", "Lee et al."), stage="two"
    )
    steps = tuple(replace(line, step=k) for k, line in enumerate(lines("one", "two", marker="number"), 1))
    make.slide("closing", "You made one", t("closing", "left", *steps), stage="two", hidden=True)


@pytest.fixture(scope="session", params=["light", "dark"])
def full(request, tmp_path_factory):
    """Return a laid-out deck with a slide of each layout, in both themes."""
    make = Maker({"light": light, "dark": dark}[request.param]())
    every_layout(make, tmp_path_factory.mktemp("pictures"))
    rows = (
        RunRow(kind="stage", clock="09:30", minutes=3, what="The first stage"),
        RunRow(kind="stage", clock="09:40", minutes=13, what="The second stage"),
    )
    deck = make.deck(run_sheet=rows)
    first = next(s.id for s in deck.kit.slides if s.minutes)
    return replace(deck, kit=replace(deck.kit, clocks={first: "09:30"}))


@pytest.fixture(scope="session")
def full_bytes(full):
    return write_deck(full)


@pytest.fixture(scope="session")
def opened(full_bytes):
    return Presentation(io.BytesIO(full_bytes))


@pytest.fixture
def theme():
    return light()


@pytest.fixture
def make(theme):
    return Maker(theme)


@pytest.fixture
def open_deck():
    """Return a function that writes a laid-out deck and opens it again."""
    return lambda laid: Presentation(io.BytesIO(write_deck(laid)))
