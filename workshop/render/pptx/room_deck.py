"""The deck of a room's own data: the slides that refer to a run on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from workshop.layout.laid import LaidOut, LaidSlide
from workshop.model.kit import Kit, Note, Slide
from workshop.render.writing import Writer

if TYPE_CHECKING:
    pass
from workshop.render.pptx.deck import write_deck


# A deck of only the slides that the room's own data changed, to show in the middle of a workshop.
def room_slides(laid: LaidOut) -> tuple[LaidSlide, ...]:
    """Return the slides that refer to a run on the user's data: those of the plan, and the core ones of the appendix.

    None of them is hidden. Slides that show the room's votes come first, in order: the count, the rewards, the policy.
    """
    own = set(laid.kit.own)
    every = [slide for slide in laid.slides if own & set(slide.slide.runs)]
    kept = [slide for slide in every if not slide.slide.hidden or slide.slide.priority == "core"] or every
    kept.sort(key=lambda slide: not slide.slide.counts)
    return tuple(
        replace(slide, number=number, slide=replace(slide.slide, hidden=False, notes=_spoken(slide.slide)))
        for number, slide in enumerate(kept, 1)
    )


def _spoken(slide: Slide) -> tuple[Note, ...]:
    """Return a slide's notes, except those that lead to slides of the main deck."""
    return tuple(note for note in slide.notes if note.kind not in ("asked", "next"))


def write_room(laid: LaidOut) -> bytes:
    """Return a deck of those slides; the same ``laid`` gives the same bytes."""
    kit = replace(
        laid.kit, appendix=(), run_sheet=(), clocks={}
    )  # it is shown whenever there is time, so its notes have no clock times
    return write_deck(replace(laid, kit=kit, slides=room_slides(laid)))


def has_own(kit: Kit) -> bool:
    """Whether any slide refers to a run on the user's data."""
    own = set(kit.own)
    return any(own & set(slide.runs) for slide in kit.slides)


ROOM = Writer(
    filename="room.pptx",
    render=write_room,
    meaning="only the slides that your votes or your data change (with --votes or --data)",
    whom="the room",
    default=False,
    has_any=has_own,
    needs="votes or data of your own",
)
