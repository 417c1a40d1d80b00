"""The colours of a client's brand as colour roles of our own layouts, each with enough contrast on whatever is behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from workshop.files.color_arithmetic import apart, contrast, hexed, hue, luminance, rgb
from workshop.files.presentation_colors import SLOTS, Scheme
from workshop.model.theme import TINT, Box, Paint
from workshop.templates.user_layouts import TemplateLayout

TEXT, MARK = 4.5, 3.0  # WCAG 2.2 AA: text; large text and parts of charts
ACCENTS = tuple(f"accent{k}" for k in range(1, 7))
WARM, RED = (18.0, 62.0), (345.0, 15.0)  # hues in degrees
# Suffixes of a role's colour for all areas, or those of charts, which need less contrast than text
AREA, IN_CHARTS = "/area", "/chart"
SEEN = 1.8  # contrast of an area with its background

# The accents of LibreOffice and of three versions of Office, which nobody chose
PROGRAMS = tuple(
    frozenset(digits.split())
    for digits in (
        "18A303 0369A3 A33E03 8E03A3 C99C00 C9211E",
        "4F81BD C0504D 9BBB59 8064A2 4BACC6 F79646",
        "4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47",
        "156082 E97132 196B24 0F9ED5 A02B93 4EA72E",
    )
)
MOST_ALIKE = 5  # accents that a program's set has, too
LIGHT, DARK, NORMAL = 0.6, 0.1, 7.0  # luminance of a ground, and contrast of black or white on it
STRONG = 10.0  # contrast of text
COLOURFUL, PALE = 0.25, 0.2  # saturation of an area, and of an accent, that is a colour of the brand
USED = (0.02, 0.75)  # luminance of such an area
LEAST_AREA = 0.004  # share of all that the layouts show
ONE_COLOUR, ANOTHER, OWN = 22.0, 15.0, 40.0  # ΔE within an area, between colours, and from the accent to what is open
SLOT_LIKE = 20.0  # ΔE from the mean of a picture to a slot that is taken for it
SERIES = 20.0  # ΔE between two series
BREATH, QUIET = 9, 68  # percent of the accent in a panel, and of the ink in muted text
DEEP = 0.03  # luminance of a dark ground up to which panels are lighter than it; on others they are darker
GLOW = 40  # percent of rust behind what is wrong, on a dark ground, which it makes no lighter
ALARM = 30.0  # ΔE from the accent to what is wrong
MARIGOLD, RUST, VIOLET = "F6B92F", "B3261E", "6A2C91"
CORAL, ORCHID = "FF5A36", "C04BE0"  # instead of rust and violet on a dark ground
SPARE = ("CA8510", "266DBB", "7A2E6E", "3A7D44")  # for series, if the brand has too few colours
BLOCKS_ON_DARK = (18, 14, 10, 6)  # percent of the ink in a block on a panel of a dark theme


def is_dark(color: str) -> bool:
    """Whether light text is easier to read on a colour."""
    return luminance(color) < 0.18


class Brand(Struct, frozen=True, kw_only=True):
    """The colours of a client: the strongest first, of the template's own accents those that somebody chose, and its ground."""

    scheme: Scheme
    colors: tuple[str, ...]
    accents: tuple[str, ...]
    bg: str
    ink: str

    @property
    def dark(self) -> bool:
        """Whether its text is light."""
        return is_dark(self.bg)

    def paint(self, color: str) -> Paint:
        """Return a colour as the slot of the theme that has it, accents first; else as digits."""
        slots = (*ACCENTS, *SLOTS)
        return next((Paint(slot) for slot in slots if self.scheme.hexes.get(slot) == color), Paint(color))

    def hex(self, paint: Paint) -> str:
        """Return the six hex digits of a paint; opacity isn't in them."""
        return self.scheme.hex(Paint(paint.slot, tuple(step for step in paint.steps if step[0] != "alpha")))

    def until(self, color: str, grounds: Iterable[str], least: float, *, tint: int = 0) -> Paint:
        """Return the step nearest to a colour that has a contrast on all of some grounds; black or white if none has.

        Args:
            tint: percent of that step in one more ground, which is otherwise the first one.
        """
        behind, own = tuple(grounds), self.paint(color)
        darker = luminance(behind[0]) > 0.18
        for k in range(0, 100, 2):
            more = () if darker or not k else (("lumOff", 1000 * k),)
            found = Paint(own.slot, (("lumMod", 1000 * (100 - k)), *more) if k else ())
            shade = self.hex(found)
            if all(
                contrast(shade, ground) >= least
                for ground in (*behind, *([_over(shade, behind[0], tint)] if tint else []))
            ):
                return found
        return Paint("000000" if darker else "FFFFFF")


def brand_of(layouts: Sequence[TemplateLayout], main: TemplateLayout, whole: Box) -> Brand:
    """Return the brand of a template.

    Args:
        main: the layout that most slides are on.
        whole: the part of its slide that text may be on.
    """
    scheme = main.scheme
    accents = tuple(scheme.hexes[slot] for slot in ACCENTS)
    default = any(len(set(accents) & known) >= MOST_ALIKE for known in PROGRAMS)
    areas = tuple(_areas(layouts))
    heads = [h.look.color for h in main.holders if hue(h.look.color)[1] >= 0.3 and luminance(h.look.color) < 0.5]
    own = [] if default and (areas or heads) else [color for color in accents if hue(color)[1] >= PALE]
    found: list[str] = []
    for color in (*own[:1], *areas, *heads, *own[1:]):
        if all(apart(color, other) > ANOTHER for other in found):
            found.append(color)
    bg = _ground(main, whole)
    texts = [h.look.color for h in main.contents] + [scheme.hexes[slot] for slot in ("dk1", "lt1", "dk2", "lt2")]
    ink = next((color for color in texts if contrast(color, bg) >= STRONG), "FFFFFF" if is_dark(bg) else "1A1A1A")
    return Brand(
        scheme=scheme, colors=tuple(found) or accents, accents=() if default and found else accents, bg=bg, ink=ink
    )


def _ground(main: TemplateLayout, whole: Box) -> str:
    """Return the ground of a layout if it is light or dark enough for text; else white. Of a picture it is the mean, or a slot like that."""
    found = main.backdrop.ground(whole)
    if not main.backdrop.is_even(whole):
        slots = [main.scheme.hexes[slot] for slot in ("lt1", "dk1", "lt2", "dk2")]
        found = next((color for color in slots if apart(color, found) <= SLOT_LIKE), found)
    reads = max(contrast(found, text) for text in ("000000", "FFFFFF")) >= NORMAL
    return found if reads and not DARK <= luminance(found) <= LIGHT else "FFFFFF"


def _areas(layouts: Sequence[TemplateLayout]) -> Iterator[str]:
    """Yield the colours of what layouts show, the largest area first."""
    cells = Counter(shade for layout in layouts for shade in layout.backdrop.shades)
    groups: dict[str, int] = {}
    for shade, times in cells.most_common(400):
        if hue(shade)[1] < COLOURFUL or not USED[0] < luminance(shade) < USED[1]:
            continue
        like = next((color for color in groups if apart(color, shade) < ONE_COLOUR), shade)
        groups[like] = groups.get(like, 0) + times
    for color, times in sorted(groups.items(), key=lambda group: -group[1]):
        if times > LEAST_AREA * cells.total():
            yield color


def brand_paints(brand: Brand, given: Mapping[str, Paint]) -> dict[str, Paint]:
    """Return a paint for every colour role.

    Args:
        given: roles that the user decided, as in a template's file of overrides.
    """
    bg, ink, first = brand.bg, brand.ink, _accent(brand, given)
    panel = _panel(brand, first)
    grounds = (bg, brand.hex(panel))
    found = {"bg": brand.paint(bg), "ink": brand.paint(ink), "panel": panel}
    found["muted"] = _muted(brand, (*grounds, _over(ink, bg, TINT["faint"][1])))
    found["accent"] = brand.until(first, grounds, TEXT, tint=TINT["accent_soft"][1])
    found["stop"] = _stop(brand, first, found["accent"], grounds)
    found |= _series(brand, first, brand.hex(found["stop"]))
    found["open"] = _open(brand, first, brand.hex(found["stop"]))
    found["mark"] = brand.until(brand.hex(found["open"]), (ink,), TEXT)
    found["link"] = found["accent"]
    found |= {role: paint for role, paint in given.items() if role not in ("bg", "ink", "context")}
    found |= _fields(brand, first, found["accent"])
    sides = [brand.paint(color) for color in dict.fromkeys((bg, ink, "000000", "FFFFFF"))]
    found.setdefault("on_open", _strongest(brand, sides, found["open"]))
    deep = {"stop_soft": Paint(RUST, (("alpha", 1000 * GLOW),))} if brand.dark else {}
    return found | _tints(found) | deep


def _accent(brand: Brand, given: Mapping[str, Paint]) -> str:
    """Return the colour that is the brand's."""
    if "accent" in given:
        return brand.scheme.hex(given["accent"])
    return next((color for color in brand.colors if 0.02 < luminance(color) < LIGHT), brand.colors[0])


def _panel(brand: Brand, accent: str) -> Paint:
    """Return the quiet ground of boxes: the ground with a breath of the accent; a dark one a step lighter, or darker if it is a colour."""
    if not brand.dark:
        return Paint(_over(accent, brand.bg, BREATH))
    own = brand.paint(brand.bg).slot
    return Paint(own, (("lumMod", 91_000), ("lumOff", 9000)) if luminance(brand.bg) <= DEEP else (("lumMod", 80_000),))


def _over(color: str, ground: str, percent: int) -> str:
    """Return what a colour that lets light through looks like on a ground."""
    r, g, b = ((percent * a + (100 - percent) * b) / 100 for a, b in zip(rgb(color), rgb(ground), strict=True))
    return hexed((r, g, b))


def _muted(brand: Brand, grounds: tuple[str, ...]) -> Paint:
    """Return the ink of what is less important."""
    own = brand.paint(brand.ink).slot
    quiet = (QUIET, QUIET + 8, QUIET + 16, 92)
    more = (() if brand.dark else (("lumOff", 1000 * (100 - k)),) for k in quiet)
    tries = [Paint(own, (("lumMod", 1000 * k), *off)) for k, off in zip(quiet, more, strict=True)]
    reads = (paint for paint in tries if all(contrast(brand.hex(paint), ground) >= TEXT for ground in grounds))
    return next(reads, Paint(own))


def _stop(brand: Brand, first: str, accent: Paint, grounds: tuple[str, ...]) -> Paint:
    """Return the colour of what is wrong or blocked: a red, unless the accent is so like it that they can't be told apart."""
    red = [c for c in (*brand.colors, *brand.accents) if not RED[1] < hue(c)[0] < RED[0] and hue(c)[1] >= 0.5]
    spare = (CORAL, ORCHID) if brand.dark else (RUST, VIOLET)
    tint = 0 if brand.dark else TINT["stop_soft"][1]
    tries = (brand.until(c, grounds, TEXT, tint=tint) for c in (*red, *spare))
    known = (brand.hex(accent), first)
    told = (paint for paint in tries if all(apart(brand.hex(paint), other) >= ALARM for other in known))
    return next(told, brand.paint(brand.ink))


def _series(brand: Brand, accent: str, stop: str) -> dict[str, Paint]:
    """Return the colours of further series, each distinct from those before it."""
    taken, found = [brand.hex(brand.until(accent, (brand.bg,), TEXT)), stop], []
    for color in (*brand.colors, *brand.accents, *SPARE):
        paint = brand.until(color, (brand.bg,), MARK)
        if all(apart(brand.hex(paint), other) >= SERIES for other in taken):
            taken.append(brand.hex(paint))
            found.append(paint)
    spare = [brand.until(color, (brand.bg,), MARK) for color in SPARE]
    return dict(zip(("c2", "c3", "c5"), (*found, *spare), strict=False))


def _open(brand: Brand, accent: str, stop: str) -> Paint:
    """Return the fill of what is open: a warm colour of the brand, else one unlike its accent, else marigold; never like what is wrong."""
    colors = (*brand.colors, *brand.accents)
    warm = [c for c in colors if WARM[0] <= hue(c)[0] <= WARM[1] and hue(c)[1] >= 0.5 and luminance(c) > 0.25]
    others = [c for c in brand.colors if hue(c)[1] >= 0.3]
    told = [c for c in (*warm, *others) if apart(c, accent) >= OWN and apart(c, stop) >= ALARM]
    color = next((c for c in told if luminance(c) >= 0.22 and contrast(c, brand.bg) >= 1.25), MARIGOLD)
    return brand.paint(color)


def _fields(brand: Brand, color: str, accent: Paint) -> dict[str, Paint]:
    """Return large areas in the brand's colour, and what is written on them.

    A bright brand fills areas as it is, under dark text; in a dark theme areas are a deep shade under light text.
    """
    ink, bg, own = brand.paint(brand.ink), brand.paint(brand.bg), brand.paint(color)
    if brand.dark:
        panel = brand.hex(_panel(brand, color))
        reads = (k for k in BLOCKS_ON_DARK if contrast(brand.ink, _over(brand.ink, panel, k)) >= TEXT)
        found = {"on_accent": bg, "block": Paint(ink.slot, (("alpha", 1000 * next(reads, BLOCKS_ON_DARK[-1])),))}
        shades = [Paint(own.slot, (("lumMod", 1000 * k),)) for k in range(100, 10, -5)]
        seen = [p for p in (*shades, brand.until(color, (brand.bg,), MARK)) if contrast(brand.hex(p), brand.bg) >= MARK]
        for least in (NORMAL, TEXT):
            for shade in seen:
                if contrast(brand.hex(shade), brand.ink) >= least:
                    return {"field": shade, "on_field": ink, **found}
        return {"field": accent, "on_field": bg, "on_accent": bg, "block": accent}
    if SEEN <= contrast(color, brand.bg) < MARK and contrast(color, brand.ink) >= TEXT:
        bright = dict.fromkeys(("field", "block", f"accent{AREA}", f"accent{IN_CHARTS}"), own)
        return {**bright, "on_field": ink, "on_accent": ink}
    return {"field": accent, "on_field": bg, "on_accent": bg, "block": ink}


def _strongest(brand: Brand, paints: Sequence[Paint], ground: Paint) -> Paint:
    """Return the first colour that can be read on a ground; else the one that is read best."""
    behind = brand.hex(ground)
    reads = (paint for paint in paints[:2] if contrast(brand.hex(paint), behind) >= TEXT)
    return next(reads, max(paints, key=lambda paint: contrast(brand.hex(paint), behind)))


def _tints(found: Mapping[str, Paint]) -> dict[str, Paint]:
    """Return the roles that let light through."""
    return {
        role: Paint(found[of].slot, (*found[of].steps, ("alpha", 1000 * percent)))
        for role, (of, percent) in TINT.items()
    }
