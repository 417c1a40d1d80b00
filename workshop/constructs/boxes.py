"""Text in a box: hints, material, given texts, misconceptions, quotes."""

from __future__ import annotations

from msgspec.structs import replace

from workshop.constructs.construct import Construct, Lines, Slot, TextOf, framed, titled
from workshop.model.blocks import Panel


class Misconception(Panel, frozen=True):
    """A wrong claim, as a quote, and the reply to it."""


class Hint(Panel, frozen=True):
    """Help with a task."""


class Materials(Panel, frozen=True):
    """What an activity needs."""


class Offline(Panel, frozen=True):
    """What people without a phone or a network do while the others open the companion page."""


class ExitTicket(Panel, frozen=True):
    """What participants write down before they leave."""


class Given(Panel, frozen=True):
    """A printed text to work on."""


class ToyNote(Panel, frozen=True):
    """Where the toy stops and a large model does more."""


class Quoted(Panel, frozen=True):
    """What somebody says: ``> …``."""


def emphasised(panel: Panel, text_of: TextOf) -> Lines:
    """Return the text inside in italics."""
    lines = titled(panel, text_of)
    return tuple(replace(line, runs=tuple(replace(run, emphasis=True) for run in line.runs)) for line in lines)


PANELS = (
    Construct(
        name="misconception",
        meaning="a wrong claim, as a quote, and the reply to it",
        example="> It looks the sentence up.\n\nIt keeps counts, not sentences.",
        keys=("title",),
        block=Misconception,
        layout="misconception",
        slide=titled,
        paper=framed(),
    ),
    Construct(
        name="hint",
        meaning="help with a task",
        example="Count the word pairs that both have.",
        keys=("title",),
        block=Hint,
        slot=Slot("exercise", "hint", "hint"),
        slide=titled,
        paper=framed(style="tint", icon="bulb", heading="hint"),
    ),
    Construct(
        name="materials",
        meaning="what an activity needs",
        example="Pencils and dice.",
        keys=("title",),
        block=Materials,
        slot=Slot("activity", "materials", "materials"),
        slide=titled,
        paper=framed(heading="materials"),
    ),
    Construct(
        name="offline",
        meaning="what people without a phone or a network do while the others open the companion page",
        example="Look on with a neighbour.",
        keys=("title",),
        block=Offline,
        slot=Slot("activity", "materials", "offline"),
        slide=titled,
        paper=framed(heading="offline"),
    ),
    Construct(
        name="exit-ticket",
        meaning="what participants write down before they leave",
        example="Write one thing that surprised you.",
        keys=("title",),
        block=ExitTicket,
        slot=Slot("closing", "exit-ticket"),
        slide=titled,
        paper=framed(heading="exit-ticket"),
    ),
    Construct(
        name="given",
        meaning="a text to work on, in a tinted box",
        example="The cat sat on the mat.",
        keys=("title",),
        block=Given,
        quoted=True,
        slide=titled,
        paper=framed(style="given"),
    ),
    Construct(
        name="toy",
        meaning="where the toy stops and the real thing does more, in a dashed box",
        example="Ours looks back two words.",
        keys=("title",),
        block=ToyNote,
        slide=titled,
        paper=framed(style="dash", icon="fence", heading="print-toy"),
    ),
    Construct(
        name="quote",
        example="It looks the sentence up.",
        fenced=False,
        block=Quoted,
        quoted=True,
        slide=emphasised,
        paper=framed(style="bar"),
    ),
)
