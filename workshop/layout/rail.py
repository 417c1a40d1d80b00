"""The foot of a slide: a rail with a mark for each stage, the words and the number below it, and the bar of a timer."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from workshop.layout.laid import LaidSlide, LaidText
from workshop.layout.measure import Ruler, Style
from workshop.layouts import traits
from workshop.layouts.parts import over_minutes
from workshop.model.kit import Kit, StageMark
from workshop.model.theme import EMU_PER_POINT, Box, Foot, Placeholder, Theme, inches

# On the rail, the mark of the current stage is in the accent colour, with its name below.
GAP, HEIGHT = inches(0.08), inches(0.075)
RAISED = inches(0.03)  # the current mark is taller by this much above and below
MOST_MARKS = 12  # with more stages the rail is one bar
NAME_DOWN, NAME_WIDTH, NAME_HEIGHT = inches(0.12), inches(1.6), inches(0.32)
MOST_OF_NAME = inches(2.6)
MOST_LETTERS = 200  # of which some may fit under the rail
NUMBER_WIDTH = inches(0.6)

FOOTER = Placeholder(
    idx=11,
    type="ftr",
    name="Stage",
    role="footer",
    box=Box(Foot().left, Foot().top + NAME_DOWN, inches(4), NAME_HEIGHT),
    sizes=(18,),
    bold=True,
    color="ink",
)
NUMBER = Placeholder(
    idx=12,
    type="sldNum",
    name="Slide number",
    role="number",
    box=Box(Foot().number, Foot().top + NAME_DOWN, NUMBER_WIDTH, NAME_HEIGHT),
    sizes=(14,),
    color="muted",
    align="r",
)


def at_foot(foot: Foot) -> tuple[Placeholder, ...]:
    """Return the places at the foot of a slide: of the stage's name, and of the number, as far as there is room for them."""
    y = foot.top + NAME_DOWN
    name = replace(FOOTER, box=Box(foot.left, y, min(FOOTER.box.w, foot.width), NAME_HEIGHT))
    number = replace(NUMBER, box=Box(foot.number, y, NUMBER_WIDTH, NAME_HEIGHT))
    return (*([name] if foot.rail else []), *([number] if foot.numbered else []))


def marks(count: int, foot: Foot) -> tuple[Box, ...]:
    """Return the boxes of the rail's marks: one per stage, or a single bar for more than twelve."""
    if not count or not foot.rail:
        return ()
    if count > MOST_MARKS:
        return (Box(foot.left, foot.top, foot.width, HEIGHT),)
    width = (foot.width - GAP * (count - 1)) // count
    return tuple(Box(foot.left + k * (width + GAP), foot.top, width, HEIGHT) for k in range(count))


def current(place: int, count: int, foot: Foot) -> Box:
    """Return the box of the accent block of a stage; ``place`` counts from 0."""
    if count > MOST_MARKS:
        left, width = foot.left + foot.width * place // count, foot.width // count
    else:
        mark = marks(count, foot)[place]
        left, width = mark.x, mark.w
    return Box(left, foot.top - RAISED, width, HEIGHT + 2 * RAISED)


def name_box(place: int, count: int, foot: Foot) -> Box:
    """Return the place of the stage's name: below its mark, but never over the slide number."""
    end = foot.number if foot.numbered else foot.left + foot.width
    left = min(current(place, count, foot).x, end - NAME_WIDTH)
    return Box(left, foot.top + NAME_DOWN, min(MOST_OF_NAME, end - left), NAME_HEIGHT)


def words_box(foot: Foot) -> Box:
    """Return the place of words that are the same on every slide: all that the number leaves."""
    end = foot.number - GAP if foot.numbered else foot.left + foot.width
    return Box(foot.left, foot.top + NAME_DOWN, end - foot.left, NAME_HEIGHT)


def words_under_rail(theme: Theme, kit: Kit) -> str:
    """Return the words under the rail of every slide, in place of the stage's name; "" for none."""
    return kit.footer or (theme.dress.footer if theme.dress is not None else "") or ""


def on_one_line(words: str, ruler: Ruler, foot: Foot) -> str:
    """Return words as they are if they have room under the rail, else as many as have, and "…"."""
    style, size, room = Style.of(FOOTER), FOOTER.sizes[0], words_box(foot).w / EMU_PER_POINT
    if not words or ruler.width(words, size, style) <= room:
        return words
    fit = max(
        (k for k in range(min(len(words), MOST_LETTERS)) if ruler.width(words[:k] + "…", size, style) <= room),
        default=0,
    )
    return (words[:fit].rpartition(" ")[0] or words[:fit]).rstrip() + "…"


def stage_name(mark: StageMark) -> str:
    """Return number and name of a stage as they stand at the foot."""
    return f"{mark.number}  {mark.short or mark.title}"


def words_at_foot(theme: Theme, kit: Kit, slide: LaidSlide) -> Iterator[tuple[str, int, str]]:
    """Yield kind, idx and words of the number and the footer that a slide has in a template; its sample words and dates are left out."""
    source = theme.template or theme.dress
    own = kit.footer or (source.footer if source is not None else "")
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
    if laid.layout.timer is not None:
        return laid.layout.timer, minutes
    return over_minutes(minutes.placeholder.box), minutes
