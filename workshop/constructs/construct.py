"""Declaration of a div or a span: its name and attributes, where it is allowed, and what it looks like."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, NamedTuple, Protocol, TypeVar

from msgspec import Struct

from workshop.errors import At
from workshop.model import markup
from workshop.model.blocks import Block, Line, Panel, Prose, Run, Runs
from workshop.model.theme import StagePicture

Data = dict[str, Any]  # data for the paper templates
Lines = tuple[Line, ...]
PLAIN = Run("")
T = TypeVar("T")


class Resolving(Protocol):
    """What a construct may ask of the plan: fill in values, and leave out what an audience doesn't see."""

    def runs(self, inlines: tuple[markup.Inline, ...], look: Run = PLAIN) -> Runs:
        """Return text with its values filled in."""

    def blocks(self, blocks: tuple[markup.Block, ...], step: int = 0) -> tuple[Block, ...]:
        """Return blocks resolved; ``step`` is the click on which the content before them appears."""

    def first_line(self, item: markup.Item) -> Runs:
        """Return the first paragraph of a list item."""

    def fill(self, text: str, at: At) -> str:
        """Return the text of an attribute with its values filled in."""

    def sees(self, attrs: markup.Attrs) -> bool:
        """Whether the audience sees an element with these attributes."""

    def drawing(self, name: str, at: At) -> StagePicture | None:
        """Return a drawing of the kit; ``None`` for no name, or after reporting one that there isn't."""

    def scale(self, name: str, kind: type[T], at: At) -> T | None:
        """Return a scale that a plugin registered, or ``None`` after reporting that there is none of that kind."""

    def error(self, message: str, at: At, hint: str = "") -> None:
        """Report a mistake; in a talk, which is shown as well as possible, with a warning."""

    @property
    def talk(self) -> bool:
        """Whether what is resolved is a talk."""


class Paper(Protocol):
    """What a construct may ask of a document on paper: ``key`` says whether it shows the answers."""

    language: str
    key: bool

    def word(self, key: str, **values: object) -> str:
        """Return a fixed text in the language of the kit."""

    def text(self, text: str, at: At) -> str:
        """Return plain text, cleaned."""

    def blocks(self, blocks: Iterable[Block], at: At) -> list[Data]:
        """Return blocks as data for the templates."""


class Place(Enum):
    """Where a div is allowed."""

    ANYWHERE = "on slides and in exercises, also inside other divs"
    NOTES = "on a slide, outside of other divs: what is inside becomes its notes"
    EXERCISE = "a part of an exercise"


class Slot(NamedTuple):
    """A layout's place for a construct: the layout, its slot, and the name of the fixed text that labels it there."""

    layout: str
    name: str
    label: str = ""


Resolve = Callable[[markup.Div, Resolving, int], tuple[Block, ...]]
TextOf = Callable[[Iterable[Block]], Lines]


class Construct(Struct, frozen=True, kw_only=True):
    """A div, or another construct that becomes a block.

    Attributes:
        name: what the author writes after ``:::``.
        meaning: one phrase for the table of divs.
        example: Markdown to put inside, for the test that builds every construct on a slide and on paper.
        keys: attributes besides ``claim``, ``else`` and ``for``.
        classes: classes that list items in it may have.
        looks: classes that it may have itself, besides its name.
        place: where it is allowed.
        within: names of the only divs that may contain it.
        holds: name of the only div that it may contain.
        fenced: whether it is written as a div.
        block: the type it becomes; ``None`` if it is replaced by its content.
        resolve: makes the blocks; by default a panel with ``title=``, or its content.
        layout: the layout of a slide that has it.
        slot: the place for it on a layout.
        quoted: whether its words aren't the author's, so that the style check skips them.
        slide: its text on a slide: ``titled``, ``drawn`` (shapes, see ``workshop.layout.diagrams``), ``unseen``.
        paper: its data for the templates: see ``framed``.
    """

    name: str
    example: str
    meaning: str = ""
    keys: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    place: Place = Place.ANYWHERE
    within: tuple[str, ...] = ()
    holds: str = ""
    fenced: bool = True
    block: type[Block] | None = None
    resolve: Resolve | None = None
    layout: str = ""
    slot: Slot | None = None
    quoted: bool = False
    slide: Callable[[Any, TextOf], Lines] | None = None
    paper: Callable[[Any, Paper, At], list[Data]] | None = None

    def __post_init__(self) -> None:
        """Refuse a block that a slide or a sheet wouldn't know how to show."""
        for medium in ("slide", "paper"):
            if self.block is not None and getattr(self, medium) is None:
                raise TypeError(f"the construct '{self.name}' has a block and doesn't say what {medium} makes of it")

    def resolved(self, div: markup.Div, resolving: Resolving, step: int) -> tuple[Block, ...]:
        """Return what the div becomes; ``step`` is the click on which the content before it appears."""
        if self.resolve is not None:
            return self.resolve(div, resolving, step)
        inside = resolving.blocks(div.blocks)
        if self.block is None:
            return inside
        assert issubclass(self.block, Panel)
        return (self.block(resolving.fill(div.attrs.get("title"), div.at), inside, div.at),)


def titled(panel: Panel, text_of: TextOf) -> Lines:
    """Return the title in bold and the text inside."""
    lines = text_of(panel.blocks)
    step = min((line.step for line in lines), default=0)
    head = (Line((Run(panel.title, strong=True),), step=step, at=panel.at),) if panel.title else ()
    return (*head, *lines)


def unseen(_block: Block, _text_of: TextOf) -> Lines:
    """Return nothing: it is only for paper."""
    return ()


def drawn(_block: Block, _text_of: TextOf) -> Lines:
    """Return no text: the layout draws it."""
    return ()


def framed(*, style: str = "box", icon: str = "", heading: str = "") -> Callable[[Panel, Paper, At], list[Data]]:
    """Return a function that puts a panel into a frame.

    Args:
        style: "box", "tint", "dash", "bar" or "given", as ``templates/blocks.typ`` has them.
        icon: name of the picture beside it.
        heading: name of the fixed text to use as a title if the author gives none.
    """

    def paper(panel: Panel, page: Paper, at: At) -> list[Data]:
        title = panel.title or (page.word(heading) if heading else "")
        return [
            {
                "type": "panel",
                "style": style,
                "icon": icon,
                "title": page.text(title, at),
                "blocks": page.blocks(panel.blocks, at),
            }
        ]

    return paper


def inline(panel: Panel, page: Paper, at: At) -> list[Data]:
    """Return the title in bold and the content, without a frame."""
    head = (Prose((Line((Run(panel.title, strong=True),), at=at),)),) if panel.title else ()
    return page.blocks((*head, *panel.blocks), at)


class SpanClass(Struct, frozen=True, kw_only=True):
    """A class of ``[text]{.name}``.

    Attributes:
        name: the class.
        example: text inside the brackets, for the test that builds every class on a slide and on paper.
        look: function that changes how the text looks.
        fixed: whether its digits may come without a value or a source.
        asks: whether the text in the brackets is what the reader is to write.
    """

    name: str
    example: str
    look: Callable[[Run], Run]
    fixed: bool = False
    asks: bool = False
