"""The foot of a slide: a rail with a mark for each stage, the words and the number below it, and the bar of a timer.

On the rail, the mark of the current stage is in the accent colour, with its name below.
"""

from __future__ import annotations

from collections.abc import Iterator

from workshop.layout.laid import LaidSlide, LaidText
from workshop.layouts import traits
from workshop.model.kit import Kit, StageMark
from workshop.model.theme import Box, Placeholder, Theme, inches

LEFT, TOP, WIDTH, GAP, HEIGHT = inches(2 / 3), inches(6.93), inches(10.96), inches(0.08), inches(0.075)
RAISED = inches(0.03)  # the current mark is taller by this much above and below
MOST_MARKS = 12  # with more stages the rail is one bar
NAME_TOP, NAME_WIDTH, NAME_HEIGHT = inches(7.06), inches(1.6), inches(0.28)
NUMBER_LEFT, NUMBER_WIDTH = inches(12.07), inches(0.6)
TIMER_WIDTH, TIMER_HEIGHT, TIMER_ABOVE = inches(2.0), inches(0.1), inches(0.28)

FOOTER = Placeholder(
    idx=11,
    type="ftr",
    name="Stage",
    role="footer",
    box=Box(LEFT, NAME_TOP, inches(4), NAME_HEIGHT),
    sizes=(14,),
    bold=True,
    color="ink",
)
NUMBER = Placeholder(
    idx=12,
    type="sldNum",
    name="Slide number",
    role="number",
    box=Box(NUMBER_LEFT, NAME_TOP, NUMBER_WIDTH, NAME_HEIGHT),
    sizes=(14,),
    color="muted",
    align="r",
)


def marks(count: int) -> tuple[Box, ...]:
    """Return the boxes of the rail's marks: one per stage, or a single bar for more than twelve."""
    if count > MOST_MARKS:
        return (Box(LEFT, TOP, WIDTH, HEIGHT),)
    if not count:
        return ()
    width = (WIDTH - GAP * (count - 1)) // count
    return tuple(Box(LEFT + k * (width + GAP), TOP, width, HEIGHT) for k in range(count))


def current(place: int, count: int) -> Box:
    """Return the box of the accent block of a stage; ``place`` counts from 0."""
    if count > MOST_MARKS:
        left, width = LEFT + WIDTH * place // count, WIDTH // count
    else:
        left, width = marks(count)[place].x, marks(count)[place].w
    return Box(left, TOP - RAISED, width, HEIGHT + 2 * RAISED)


def name_box(place: int, count: int) -> Box:
    """Return the place of the stage's name: below its mark, but never over the slide number."""
    left = min(current(place, count).x, NUMBER_LEFT - NAME_WIDTH)
    return Box(left, NAME_TOP, NAME_WIDTH, NAME_HEIGHT)


def stage_name(mark: StageMark) -> str:
    """Return number and name of a stage as they stand at the foot."""
    return f"{mark.number}  {mark.short or mark.title}"


def words_at_foot(theme: Theme, kit: Kit, slide: LaidSlide) -> Iterator[tuple[str, int, str]]:
    """Yield kind, idx and words of the number and the footer that a slide has in a template; its sample words and dates are left out."""
    own = theme.template.footer if theme.template is not None else ""
    mark = next((mark for mark in kit.marks if mark.id == slide.slide.stage), None)
    stage = stage_name(mark) if mark is not None else ""
    title = kit.title if "covers" not in traits(slide.layout.role) else ""
    for kind, idx, words in slide.layout.foot:
        if kind == "sldNum":
            yield kind, idx, str(slide.number)
        elif own is None and words:
            yield kind, idx, words
        elif kind == "ftr" and (own or stage or title):
            yield kind, idx, own or stage or title


def timer(laid: LaidSlide) -> tuple[Box, LaidText] | None:
    """Return the bar over the minutes of a your-turn slide, and those minutes; ``None`` for other slides."""
    minutes = next((i for i in laid.items if isinstance(i, LaidText) and i.placeholder.role == "minutes"), None)
    if "hands-on" not in traits(laid.layout.role) or minutes is None or laid.slide.minutes <= 0:
        return None
    above = minutes.placeholder.box
    return Box(above.x, above.y - TIMER_ABOVE, min(TIMER_WIDTH, above.w), TIMER_HEIGHT), minutes
