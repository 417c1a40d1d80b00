"""The rail at the foot: a mark for each stage; the current one is in the accent colour, with its name below."""

from __future__ import annotations

from workshop.model.theme import Box, Placeholder, inches

LEFT, TOP, WIDTH, GAP, HEIGHT = inches(2 / 3), inches(6.93), inches(10.96), inches(0.08), inches(0.075)
RAISED = inches(0.03)  # the current mark is taller by this much above and below
MOST_MARKS = 12  # with more stages the rail is one bar
NAME_TOP, NAME_WIDTH, NAME_HEIGHT = inches(7.06), inches(1.6), inches(0.28)
NUMBER_LEFT, NUMBER_WIDTH = inches(12.07), inches(0.6)

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
