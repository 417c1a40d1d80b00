"""The declaration of a layout: everything that the program knows about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from msgspec import Struct, field

from workshop.layouts.bench import Bench, Used
from workshop.layouts.draft import Arranging, Draft, Slots
from workshop.model.blocks import Block
from workshop.model.kit import Slide
from workshop.model.theme import LayoutSpec

Trait = Literal[
    "acts",  # participants do something together
    "apart",  # it answers no slide before it
    "asks",  # it asks for a bet
    "awaits",  # the slide after it answers it, so nothing on it may give the answer away
    "bare",  # its words come from the engine; nobody takes notes on it
    "beside",  # it shows an exhibit and a text
    "by-hand",  # “New slide” offers it in every deck, for somebody who adds one
    "checks",  # it asks whether the room has understood
    "closes",  # it ends the deck
    "corrects",  # it answers a wrong claim
    "covers",  # it begins the deck
    "divides",  # it begins a section
    "flows",  # its main text may go on on further slides
    "frames",  # it is in exactly if its section is
    "hands-on",  # participants do something, for as long as it says
    "large-title",  # its title has a size of its own
    "lists",  # it shows nothing but text
    "maps",  # it shows all sections
    "polls",  # it asks what the room finds, and no answer is right
    "rows-flow",  # its table may go on on further slides
    "shrinks",  # in a talk, its text becomes smaller before it is put together freely
    "shares",  # it has looks that draw a share
    "stops",  # it says where the toy stops
    "unsourced",  # it has no source line
    "wide",  # without a text beside it, its exhibit takes the whole width
    "works",  # its task is on paper, too
]
Look = Callable[[LayoutSpec], LayoutSpec]


def no_look(_: Slide) -> tuple[str, ...]:
    """Return no look: every slide is on the plain layout."""
    return ()


class Layout(Struct, frozen=True, kw_only=True):
    """A layout.

    Attributes:
        name: what the author writes after ``layout=``; ``other_names`` mean the same.
        example: the slide under its title, for the test that builds every layout everywhere.
        arrange: puts the blocks of a draft into slots; ``None`` if what is on a slide decides which layout it gets.
        own: the layout of our themes; ``looks`` are further ones, made from it, by name.
        suits: returns the names of the looks that a slide should be tried with before the plain layout, the best one first.
        raised: returns a layout or look for a title of one line; ``kept`` are the looks that are the same under such a title.
        composed: layouts for a talk on a user's template, the simplest first, or ``None`` if templates have nothing like it;
            ``optional`` are the places that may be missing.
        made_on: kind of a template's layout that an override is based on, and our slot -> that kind's slot.
        shows: the type of exhibit that a slide gets the layout for.
        title_lines: most lines of a title, the first choice first; empty for the usual ones.
        weight: value of such a slide in a slot, in percent; 0 if what it shows decides that.
        traits: what else the program asks about it.
    """

    name: str
    example: str
    arrange: Callable[[Draft, Arranging], Slots] | None
    own: Callable[[], LayoutSpec]
    composed: Callable[[Bench, Used], Iterable[LayoutSpec]] | None = None
    other_names: tuple[str, ...] = ()
    looks: Mapping[str, Look] = field(default_factory=dict)
    suits: Callable[[Slide], Iterable[str]] = no_look
    raised: Look | None = None
    kept: tuple[str, ...] = ()
    optional: tuple[str, ...] = ("source",)
    made_on: tuple[str, Mapping[str, str]] = ("content", {"main": "main"})
    shows: type[Block] | None = None
    title_lines: tuple[int, ...] = ()
    weight: int = 0
    traits: frozenset[Trait] = frozenset()
