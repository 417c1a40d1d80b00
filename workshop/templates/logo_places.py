"""Places for a logo in a user's template, where it never covers a placeholder, a drawn object or our texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import product
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import At, Problem, Severity
from workshop.files.color_arithmetic import contrast
from workshop.inputs.pictures import JPEG, PNG, read_picture
from workshop.layout.laid import LaidOut
from workshop.layouts import frames
from workshop.model.theme import Box, LayoutSpec, Logo, Theme, inches
from workshop.templates.user_layouts import Holder, TemplateLayout

USUAL, COVER = (inches(1.9), inches(0.5)), (inches(3.0), inches(0.9))  # largest width and height
ROOMY, CLOSE = (1.0, 0.85, 0.7), (0.6, 0.5, 0.42)  # relative to the largest size
AIR, EDGE = inches(0.08), inches(0.2)  # around it, and from the slide's edge
NUMBER_WIDTH = inches(0.6)  # width of a slide number, however wide its box is
FOOTER_LETTERS = 30  # length of a footer that names the stage
GROUND = 0.12  # share of a slide: anything larger is a background, not an object to avoid
SEEN = 1.7  # contrast with the background
LEAST_SEEN, LEAST_ON_OWN = (
    0.5,
    0.05,
)  # share of the picture's area that must have it; likewise for a picture with its own background

Seen = Callable[[str], bool]


class _Room(Struct, frozen=True, kw_only=True):
    """The occupied places of one layout; ``grounds`` are large areas that a logo must be completely on or off."""

    layout: TemplateLayout
    taken: tuple[Box, ...]
    grounds: tuple[Box, ...]
    seen: Seen
    slide: Box

    def is_free(self, box: Box) -> bool:
        """Whether a box keeps its distance from everything and the logo can be seen there."""
        if box.x < EDGE // 2 or box.y < EDGE // 2 or box.right > self.slide.w or box.bottom > self.slide.h:
            return False
        wide = Box(box.x - AIR, box.y - AIR, box.w + 2 * AIR, box.h + 2 * AIR)
        if any(wide.overlaps(other) for other in self.taken):
            return False
        if any(wide.overlaps(ground) and not _inside(wide, ground) for ground in self.grounds):
            return False
        return self.seen(self.layout.backdrop.ground(box))


def logos_of(theme: Theme, layouts: Sequence[TemplateLayout], path: Path, size: tuple[int, int]) -> Theme:
    """Return a template's theme with a logo on each layout that has a free place, if possible the same place on all.

    Args:
        theme: the theme with every role composed.
        layouts: all layouts of the template.
        path: the picture; ``size`` is in pixels.
    """
    template = theme.template
    assert template is not None
    slide, seen = Box(0, 0, theme.width, theme.height), seen_on(path)
    used: dict[str, list[LayoutSpec]] = {}
    for specs in template.variants.values():
        for spec in specs:
            used.setdefault(spec.part, []).append(spec)
    covers = {spec.part for spec in template.variants.get(frames.COVER.name, ())}
    rest = [layout for layout in layouts if layout.part in used]
    tries = [
        (scales, [_room(layout, used[layout.part], seen, slide, spare) for layout in rest])
        for scales, spare in product((ROOMY, CLOSE), (False, True))
    ]
    found: dict[str, Box] = {}
    for scales, rooms in tries:
        shared = _shared([room for room in rooms if room.layout.part not in covers], size, scales)
        found = shared if len(shared) > len(found) else found
    for scales, rooms in tries:
        for room in (room for room in rooms if room.layout.part not in found):
            most = COVER if room.layout.part in covers else USUAL
            box = next((b for b in _boxes(room, size, most, scales) if room.is_free(b)), None)
            found |= {room.layout.part: box} if box is not None else {}
    logos = {part: Logo(path, box) for part, box in found.items()}
    usual = Logo(path, Box(0, 0, size[0], size[1]))
    return replace(theme, template=replace(template, logos=logos), logo=usual)


def without_logo(laid: LaidOut) -> tuple[Problem, ...]:
    """Return a problem if slides are on layouts without a place for the logo, or if it can't be seen."""
    theme = laid.theme
    if theme.logo is None:
        return ()
    at = At(theme.logo.path.as_posix())
    if theme.template is None:
        if seen_on(theme.logo.path)(theme.colors["bg"]):
            return ()
        message = f"the logo can hardly be seen on the background of the theme {theme.name!r}"
        return (
            Problem(
                message,
                at,
                hint="give a version made for such a background, or choose another theme",
                code="logo",
                severity=Severity.WARNING,
            ),
        )
    shown = [slide for slide in laid.slides if not slide.slide.hidden]
    bare = [slide for slide in shown if slide.layout.part not in theme.template.logos]
    if not bare:
        return ()
    names = ", ".join(f"'{name}'" for name in dict.fromkeys(slide.layout.name for slide in bare))
    message = f"the logo has no free place on {len(bare)} of {len(shown)} slides, those on the layouts {names}"
    hint = "make room in a corner of these layouts, or give a logo that can be seen on their background"
    return (Problem(message, at, hint=hint, code="logo", severity=Severity.WARNING),)


def _shared(rooms: Sequence[_Room], size: tuple[int, int], scales: tuple[float, ...]) -> dict[str, Box]:
    """Return for each layout the box that is free on most of these layouts."""
    best: dict[str, Box] = {}
    for box in dict.fromkeys(box for room in rooms for box in _boxes(room, size, USUAL, scales)):
        free = [room.layout.part for room in rooms if room.is_free(box)]
        if len(free) > len(best):
            best = dict.fromkeys(free, box)
    return best


def _boxes(room: _Room, size: tuple[int, int], most: tuple[int, int], scales: tuple[float, ...]) -> Iterator[Box]:
    """Yield places, the best first: large before small, and top right before the foot before top left."""
    layout, slide = room.layout, room.slide
    title = layout.title
    content = [h.box for h in layout.holders if h.box.w > 0]
    left, right = min((b.x for b in content), default=EDGE), max((b.right for b in content), default=slide.w - EDGE)
    line = title.box.y + title.box.h // 2 if title is not None else slide.h
    line = line if line < slide.h // 4 else inches(0.8)
    foot = [h.box.y + h.box.h // 2 for h in layout.foot if h.box.y > slide.h // 2]
    low = max(foot, default=slide.h - inches(0.35))
    for scale in scales:
        by = min(most[0] * scale / size[0], most[1] * scale / size[1])
        w, h = round(size[0] * by), round(size[1] * by)
        rights = (min(right, slide.w - EDGE) - w, slide.w - EDGE - w)
        lefts = (max(left, EDGE), EDGE)
        tops = (max(line - h // 2, 2 * EDGE), 2 * EDGE, EDGE)
        lows = (min(low - h // 2, slide.h - EDGE // 2 - h), slide.h - EDGE - h)
        beside = [x for b in room.taken if b.y > slide.h * 3 // 4 for x in (b.x - 2 * AIR - w, b.right + 2 * AIR)]
        yield from (Box(x, y, w, h) for x, y in product(rights, tops))
        yield from (Box(x, y, w, h) for x, y in product((*rights, *sorted(beside, reverse=True)), lows))
        yield from (Box(x, y, w, h) for x, y in product(lefts, (*lows, *tops)))


def _room(layout: TemplateLayout, specs: Sequence[LayoutSpec], seen: Seen, slide: Box, spare: bool) -> _Room:
    """Return the occupied places of a layout.

    Args:
        spare: whether the place for the date, which our slides don't have, and the parts of footer and number without words
        count as free.
    """
    large = GROUND * slide.w * slide.h
    drawn = layout.backdrop.objects
    taken = [h.box for h in layout.holders] + [box for box in drawn if box.w * box.h < large]
    for holder in layout.foot:
        box = _words(holder) if spare else holder.box
        taken += [box] if box is not None else []
    for spec in specs:
        taken += [place.box for place in spec.placeholders] + [decor.box for decor in spec.decor]
        taken += [spec.area] if spec.area is not None else []
    grounds = tuple(box for box in drawn if box.w * box.h >= large)
    return _Room(layout=layout, taken=_outermost(taken), grounds=grounds, seen=seen, slide=slide)


def _outermost(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Return the boxes that aren't inside another one; the others make no difference."""
    once = sorted(dict.fromkeys(boxes), key=lambda b: (-b.w * b.h, b.x, b.y))
    return tuple(b for k, b in enumerate(once) if not any(_inside(b, other) for other in once[:k]))


def _words(holder: Holder) -> Box | None:
    """Return the part of a foot's placeholder that its words occupy, or ``None`` for the date."""
    if holder.type == "dt":
        return None
    box, look = holder.box, holder.look
    letters = FOOTER_LETTERS if not holder.text or holder.text.startswith("<") else len(holder.text)
    need = NUMBER_WIDTH if holder.type == "sldNum" else round(letters * look.sizes[0] * 0.6 * 12_700) + 2 * look.inset
    if need >= box.w:
        return box
    start = {"r": box.w - need, "ctr": (box.w - need) // 2}.get(look.align, 0)
    return Box(box.x + start, box.y, need, box.h)


def _inside(box: Box, other: Box) -> bool:
    return box.x >= other.x and box.y >= other.y and box.right <= other.right and box.bottom <= other.bottom


def seen_on(path: Path) -> Seen:
    """Return whether a picture can be seen on a background, given as six hex digits; a white one can't be seen on white."""
    small = read_picture(path, (PNG, JPEG), again=True).opened().convert("RGBA").resize((48, 48))
    flat = small.tobytes()
    shades = [flat[k : k + 3].hex() for k in range(0, len(flat), 4) if flat[k + 3] > 127]
    least = LEAST_ON_OWN if 4 * len(shades) == len(flat) else LEAST_SEEN

    @cache
    def seen(ground: str) -> bool:
        standing_out = sum(contrast(shade, ground) >= SEEN for shade in shades)
        return standing_out >= max(1, least * len(shades))

    return seen
