"""Content of slides, sheets and notes once everything is decided: runs of text, lines, exhibits, boxes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import At
from workshop.model.exhibits import Chart
from workshop.model.formula import Formula
from workshop.model.stage_picture import StagePicture

NOWHERE = At("", 0, 0)
PHOTOS = frozenset({".jpg", ".jpeg", ".webp"})  # ends of names of photos; a PNG may be a screenshot or a plot
GREY_SIDE = 64  # of the grey copy of a photo
# the classes of the characters of code
PLAIN, KEYWORD, STRING, NUMBER, COMMENT, DEFINED = (b" ", b"k", b"s", b"n", b"c", b"d")


class Run(Struct, frozen=True):
    """Characters with one look.

    Attributes:
        mark: highlighted (marigold behind ink); never carries meaning alone.
        link: URL, or ``#slide-id`` for a slide of the same deck; "" for none.
        blank: a place to write in; ``text`` is then "" on sheets and "?" on slides.
        answer: what belongs in a blank, for the key; "" if there is no single answer.
        accent: the one thing that matters, in the accent colour (on sheets: bold).
        needs: ids of slides that must be in the plan for it to be said (with a minus: must not be); empty once the plan is made.
        kept_by: ids of slides that keep what it promises; it is said only if they are in the plan.
        script: 1 above the line, -1 below it.
        color: colour role; "" for that of the text around it.
        formula: the formula of which it is a part, as text; runs with the same one are a whole.
        tile: colour role of the tile that a scene shows each of its words on; "" for none.
        picture: the drawing that covers its tile.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    mark: bool = False
    strike: bool = False
    accent: bool = False
    blank: bool = False
    answer: str = ""
    link: str = ""
    needs: tuple[str, ...] = ()
    kept_by: tuple[str, ...] = ()
    fraction: bool = False
    script: int = 0
    underline: bool = False
    color: str = ""
    formula: Formula | None = None
    tile: str = ""
    picture: StagePicture | None = None


Runs = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """Return the characters of ``runs`` without their look."""
    return "".join(run.text for run in runs)


class Line(Struct, frozen=True):
    """One paragraph of text.

    Attributes:
        level: 0 for the first level of a list or plain text, 1 for the next.
        marker: "none", "bullet" or "number".
        number: the number, if ``marker`` is "number".
        step: 0 if visible at once, else the click on which it appears.
        right: whether the run bears this option of a bet out; ``None`` if its author didn't say when it is right.
        style: how a number is written: "a.", "(i)"; "" for the deck's own way.
        picture: the drawing over a list item.
        toy: share of the toy's answers, 0 to 1, that this option of a poll has; ``None`` if its author didn't say.
    """

    runs: Runs
    level: int = 0
    marker: str = "none"
    number: int = 0
    step: int = 0
    right: bool | None = None
    style: str = ""
    picture: StagePicture | None = None
    toy: float | None = None
    at: At = NOWHERE

    @property
    def text(self) -> str:
        """The text without its look."""
        return plain(self.runs)

    @property
    def displayed(self) -> Formula | None:
        """The formula that stands in this line by itself; ``None`` for any other line."""
        first = self.runs[0].formula if self.runs else None
        alone = first is not None and first.display and all(run.formula is first for run in self.runs)
        return first if alone else None


class Prose(Struct, frozen=True):
    """Paragraphs and list items, in order."""

    lines: tuple[Line, ...]

    @property
    def words(self) -> int:
        """The number of words."""
        return sum(len(line.text.split()) for line in self.lines)


class ShownChart(Struct, frozen=True):
    """A chart with the name that the source uses for it, its alternative text and its place in the source.

    ``step`` is the click on which it appears; 0 if it is visible at once. So it is with the other exhibits.
    """

    name: str
    chart: Chart
    alt: str
    at: At = NOWHERE
    step: int = 0


class ShownTable(Struct, frozen=True, kw_only=True):
    """A table of text.

    Attributes:
        header: one tuple of runs per column; a table without a header has a tuple without runs for each column.
        aligns: "left", "right" or "center", one per column.
        highlight: index of the row to highlight, or -1.
        name: the reference ("trigram.votes"); "" for a table written in Markdown.
        lanes: whether slides draw each row as a lane, if they can.
    """

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    aligns: tuple[str, ...]
    alt: str
    name: str = ""
    caption: str = ""
    highlight: int = -1
    lanes: bool = False
    at: At = NOWHERE
    step: int = 0

    @property
    def headless(self) -> bool:
        """Whether it has no header."""
        return not any(plain(cell).strip() or any(run.blank for run in cell) for cell in self.header)


class ShownCode(Struct, frozen=True):
    """Lines of code in a fixed-width face; ``classes`` has one byte per character, or none if the code is plain."""

    text: str
    language: str
    alt: str
    at: At = NOWHERE
    classes: bytes = b""
    step: int = 0

    def lines(self) -> list[tuple[str, bytes]]:
        """Return each line with the classes of its characters; without any, they are all plain."""
        found, start = [], 0
        classes = self.classes or PLAIN * len(self.text)
        for line in self.text.split("\n"):
            found.append((line, classes[start : start + len(line)]))
            start += len(line) + 1
        return found

    def part(self, start: int, end: int) -> ShownCode:
        """Return the lines from ``start`` to before ``end``, without empty lines around them."""
        lines = self.lines()[start:end]
        while lines and not lines[0][0]:
            lines = lines[1:]
        while lines and not lines[-1][0]:
            lines = lines[:-1]
        classes = PLAIN.join(kinds for _, kinds in lines) if self.classes else b""
        return replace(self, text="\n".join(line for line, _ in lines), classes=classes)


def pieces_of(line: str, classes: bytes) -> list[tuple[str, bytes]]:
    """Return a line of code in pieces of one class; white space has that of the character before it.

    >>> pieces_of("def f()", b"kkk d  ")
    [('def ', b'k'), ('f', b'd'), ('()', b' ')]
    """
    starts: list[int] = []
    for k, character in enumerate(line):
        if not starts or not (classes[k : k + 1] == classes[starts[-1] : starts[-1] + 1] or character.isspace()):
            starts.append(k)
    return [(line[a:b], classes[a : a + 1]) for a, b in pairwise((*starts, len(line)))]


class ShownPicture(Struct, frozen=True, kw_only=True):
    """A picture file, checked to exist and to be PNG, JPEG, GIF or SVG, or a drawing; ``alt`` is "" only if decorative.

    Attributes:
        size: the width and height that its author wants: "30%", "300px", "4cm"; "" for none.
        focus: the point that is seen if it is cropped, in shares of its width and height; ``None`` if its author doesn't say.
        grey: of a photo of a talk, a copy of 64 by 64 greys, row by row, each as light as what it stands for; else empty.
    """

    path: Path
    alt: str
    caption: str = ""
    width_px: int = 0
    height_px: int = 0
    link: str = ""
    size: tuple[str, str] = ("", "")
    at: At = NOWHERE
    step: int = 0
    drawing: StagePicture | None = None
    focus: tuple[float, float] | None = None
    grey: bytes = b""


class Choices(Struct, frozen=True):
    """Boxes to tick; ``right`` has the indices that the key marks."""

    options: tuple[Runs, ...]
    right: tuple[int, ...] = ()
    at: At = NOWHERE


class AnswerLines(Struct, frozen=True):
    """``count`` ruled lines to write on (sheets only)."""

    count: int


class Panel(Struct, frozen=True):
    """Blocks that belong together. Each div that makes a box has its own type in ``workshop.constructs``."""

    title: str
    blocks: tuple[Block, ...]
    at: At = NOWHERE


class Drawn(Struct, frozen=True):
    """Something drawn with native shapes over the whole body of a slide; layouts have no placeholder for it."""


class Step(Struct, frozen=True):
    """One box of a diagram or tile of the map: its name and a gloss.

    Attributes:
        role: "", "open", "accent", "field" or "panel".
        stage: id of the stage that a tile shows, whether or not it leads there.
        picture: the drawing over it.
        tiles: words that a scene shows on tiles.
        shown: the exhibit that a scene shows under its name.
    """

    name: str
    gloss: str = ""
    role: str = ""
    link: str = ""
    stage: str = ""
    picture: StagePicture | None = None
    tiles: Runs = ()
    shown: Block | None = None

    @property
    def words(self) -> str:
        """The gloss, or else the words on its tiles."""
        return self.gloss or " ".join(plain(self.tiles).split())


class Diagram(Drawn, frozen=True, kw_only=True):
    """Boxes in a row joined by arrows; ``back`` names an arrow from the last to the first, "" for none.

    ``figures`` are under the boxes, each "figure" or "figure | note"; empty, or one per box. ``stepwise``: whether the boxes
    after the first appear click by click; if not, all of it appears on the click ``step``.
    """

    steps: tuple[Step, ...]
    alt: str
    back: str = ""
    figures: tuple[str, ...] = ()
    stepwise: bool = False
    at: At = NOWHERE
    step: int = 0


class Graph(Drawn, frozen=True, kw_only=True):
    """A flowchart in Mermaid, with the code that it is shown as where it can't be drawn."""

    code: ShownCode
    alt: str
    at: At = NOWHERE
    step: int = 0


class Phase(Struct, frozen=True):
    """Consecutive map tiles under one heading."""

    title: str
    tiles: tuple[Step, ...]


class Map(Drawn, frozen=True):
    """The stages as tiles that link to their sections, phase by phase; ``today`` says how many of them are in."""

    phases: tuple[Phase, ...]
    alt: str
    today: str = ""


Block = Prose | ShownChart | ShownTable | ShownCode | ShownPicture | Choices | AnswerLines | Panel | Drawn


def last_step(block: Block) -> int:
    """Return the last click on which something in a block appears; 0 if all of it is visible at once."""
    if isinstance(block, Prose):
        return max((line.step for line in block.lines), default=0)
    if isinstance(block, Panel):
        return max(map(last_step, block.blocks), default=0)
    return getattr(block, "step", 0)


def later(block: Block, step: int, *, hidden: bool = False) -> Block:
    """Return a block of which everything appears so many clicks later; with ``hidden``, only what isn't visible at once."""

    def moved(own: int) -> int:
        return own + step if own or not hidden else own

    if not step:
        return block
    if isinstance(block, Prose):
        return Prose(tuple(replace(line, step=moved(line.step)) for line in block.lines))
    if isinstance(block, Panel):
        return replace(block, blocks=tuple(later(inner, step, hidden=hidden) for inner in block.blocks))
    if isinstance(block, ShownChart | ShownTable | ShownCode | ShownPicture | Diagram):
        return replace(block, step=moved(block.step))
    return block
