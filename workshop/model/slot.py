"""The report on a slot: what is in, what is out, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from workshop.model.meta import TimeBlock


# ---------------------------------------------------------------- slot
class Pace(Struct, frozen=True):
    """How a day goes in a kind of room, in minutes.

    Attributes:
        sitting: most minutes without a break.
        pause: minutes of a break.
        twice: minutes of a bet that is placed again after talk; of these ``apart`` go by without speech.
    """

    sitting: float = 90  # the usual advice is a break every 60 to 90
    pause: float = 15
    twice: float = 3
    apart: float = 2.5


IN_ROOM, IN_CALL = Pace(), Pace(sitting=60, pause=10, twice=4, apart=3.2)


# The reasons why a slide isn't in a plan, as people read them
LATER, EARLIER, NO_ROOM, STAGE, NEEDS = "later", "earlier", "no-room", "stage", "needs"
MADE_ROOM, NEVER = "made-room", "never"
REASONS: Mapping[str, str] = {
    LATER: "comes in from {} minutes",
    EARLIER: "only in plans of up to {} minutes",
    NO_ROOM: "there was no room for it",
    STAGE: "its stage is left out",
    NEEDS: "needs “{}”, which isn't in",
    MADE_ROOM: "made room for what was added",
    NEVER: "in no plan for this audience",
}


class PlanLine(Struct, frozen=True, kw_only=True):
    """One slide of the plan.

    Attributes:
        shown: whether it is in.
        why: why it is in, in a few words; of a slide that isn't, the moment that it belongs to.
        reason: why it isn't in, one of ``REASONS``; "" if it is.
        told: the same as a sentence without its subject.
    """

    slide: str
    title: str
    stage: str
    minutes: float
    priority: str
    shown: bool
    why: str
    reason: str = ""
    told: str = ""

    @property
    def because(self) -> str:
        """Why it is in; or why it isn't, with its moment."""
        return self.why if self.shown else f"{self.told} ({self.why})" if self.why else self.told

    def out(self, reason: str, value: str = "") -> PlanLine:
        """Return the line of a slide that isn't in for a reason of ``REASONS``."""
        return replace(self, reason=reason, told=REASONS[reason].format(value))


class RuleReport(Struct, frozen=True, kw_only=True):
    """The findings of one of the rules for a plan.

    Attributes:
        rule: its number, "P1".
        says: what it asks for.
        found: what it counted or measured in this plan.
        broken: a message for each place where the plan breaks it.
    """

    rule: str
    says: str
    found: str
    broken: tuple[str, ...] = ()


class PlanReport(Struct, frozen=True, kw_only=True):
    """The plan of a slot, all times in minutes.

    Attributes:
        slot: what was asked for; 0 for everything.
        slides, buffer: minutes of each, in addition to those of ``blocks``.
        pauses: the minutes of each break.
        blocks: the blocks that are in.
        stretch: the longest time without a break.
        order: ids of all stages, cut ones too.
        cut: titles of the stages that are left out.
        lines: every slide that could be in, in order.
        added: ids of the slides of an overlay that are in because they must be.
        gone: ids of the slides that had to go for them.
        pace: that of the room.
        rules: what the rules for plans found; empty without a slot, and for a kit without moments.
    """

    slot: float = 0
    slides: float = 0
    pauses: tuple[float, ...] = ()
    buffer: float = 0
    blocks: tuple[TimeBlock, ...] = ()
    stretch: float = 0
    order: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    lines: tuple[PlanLine, ...] = ()
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    pace: Pace = IN_ROOM
    rules: tuple[RuleReport, ...] = ()

    @property
    def breaks(self) -> float:
        """The minutes of all breaks together."""
        return sum(self.pauses)

    @property
    def total(self) -> float:
        """All minutes planned."""
        return self.slides + self.breaks + self.buffer + sum(block.minutes for block in self.blocks)


WHOLE = PlanReport()  # no slot, nothing cut


# ---------------------------------------------------------------- run sheet
# The run sheet as data: its rows, and what to leave out if one of them begins late.
class RunRow(Struct, frozen=True, kw_only=True):
    """A line of the run sheet.

    Attributes:
        kind: "stage", "break", "block" or "buffer".
        clock: "09:30", "" without a start.
        slides: ids of the slides that are shown in it.
    """

    kind: str
    clock: str
    minutes: float
    what: str
    note: str = ""
    material: str = ""
    who: str = ""
    number: int | None = None
    slides: tuple[str, ...] = ()


class Piece(Struct, frozen=True):
    """Slides that are left out together if the room is behind, the minutes that they save, and the cost of losing them."""

    slides: tuple[str, ...]
    minutes: float
    cost: float


class Shortcut(Struct, frozen=True, kw_only=True):
    """What to leave out if a row of the run sheet begins late.

    Attributes:
        row: its place in the run sheet.
        late: minutes.
        slides: ids, in order.
        saves: minutes that they would have taken.
    """

    row: int
    late: int
    slides: tuple[str, ...]
    saves: float
