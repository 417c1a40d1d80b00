"""Our own layouts in the look of a client's template: its colours, typefaces, bands, lines and logo, cover and page."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from workshop.files.color_arithmetic import apart
from workshop.layouts import all_layouts, traits
from workshop.layouts.grid import HEIGHT, WIDTH
from workshop.layouts.own import own_layouts
from workshop.model.theme import Box, Decor, Dress, LayoutSpec, Paint, Placeholder, Theme, inches
from workshop.templates.backdrop import ALIKE, Backdrop
from workshop.templates.brand import Brand, brand_of, brand_paints
from workshop.templates.builder import Bench
from workshop.templates.edges import Page, foot_of, with_edges
from workshop.templates.file import TemplateFile, as_presentation, layout_parts, scaled
from workshop.templates.look import Width, faces, whole_family, width_of
from workshop.templates.matching import Pick
from workshop.templates.overrides import Overrides
from workshop.templates.user_layouts import TemplateLayout

MONO, OTHERWISE = "Courier New", "Arial"
ALIKE_PAGES = 0.005  # difference of two pages' proportions, up to which they are the same
BARE = 0.67  # share of a cover that has our ground, from which it has no art
TEXT = 4.5  # contrast of text, by WCAG 2.2
TITLES = ("title", "ctrTitle")
# The words on a client's cover
COVER_MARGIN = inches(0.5)
COVER_WIDTHS, COVER_HEIGHTS = (inches(6.5), inches(4.6)), (inches(2.4), inches(1.5))  # of the title, at least
HIGHEST = inches(3.0)
UNDER, SUBTITLE, OCCASION = inches(0.1), inches(1.0), inches(0.5)
BELOW = UNDER + SUBTITLE + OCCASION
PAD = (inches(0.25), inches(0.2))  # of a block under them
COVER_SIZES: Mapping[str, tuple[float, ...]] = {
    "title": (80, 72, 66, 60, 54, 48, 44, 40, 36, 32, 28),
    "subtitle": (28, 26, 24, 22, 20, 18),
    "occasion": (20, 18, 16),
}


class Worn(Struct, frozen=True, kw_only=True):
    """A template on a page as wide and as high as ours, or higher or wider.

    Attributes:
        main: the layout that most slides are on; ``cover`` that of the cover, ``None`` without one.
    """

    file: TemplateFile
    layouts: tuple[TemplateLayout, ...]
    main: Pick
    cover: Pick | None
    own: Overrides
    fonts: Mapping[tuple[str, bool], Path]

    @property
    def page(self) -> Page:
        """Its page."""
        return Page(self.file.width, self.file.height)


def on_our_page(file: TemplateFile) -> TemplateFile:
    """Return a template scaled so that its page has the width of ours and at least its height, or the other way round."""
    like = abs(file.width * HEIGHT / (file.height * WIDTH) - 1) <= ALIKE_PAGES
    by = max(WIDTH / file.width, HEIGHT / file.height)
    size = (WIDTH, HEIGHT) if like else (max(WIDTH, round(file.width * by)), max(HEIGHT, round(file.height * by)))
    if (file.width, file.height) == size:
        return file
    package = file.package
    drawn = [file.main, *file.masters, *(part for master in file.masters for part in layout_parts(package, master))]
    made = scaled(package, dict.fromkeys(drawn), by)
    return replace(file, package=made, width=size[0], height=size[1], by=file.by * by)


def dressed(name: str, worn: Worn) -> Theme:
    """Return our own layouts in the look of a template."""
    main, page = worn.main.layout, worn.page
    brand, paints = _colors(worn)
    colors = {role: brand.hex(paint) for role, paint in paints.items()}
    title, text = _family(main.title.look.family if main.title else "", worn), _family(_text_of(worn.main), worn)
    art, why = _art(worn, brand)
    mapping = _mapping(brand)
    edges = with_edges(
        worn.file.package, worn.file.main, main, art.layout if art else None, page, (title, text), mapping, brand.bg
    )
    widths = {family: width_of(family, worn.fonts) for family in (title, text)}
    told = [
        *_unknown(worn, (title, text)),
        why,
        "the art in the middle of its slides is left out" if edges.lost else "",
        "the picture behind its slides is left out" if 0 in main.backdrop.bitmaps else "",
    ]
    layouts = _layouts(title if title != text else "")
    theme = Theme(
        name=name,
        dark=brand.dark,
        colors={role: color for role, color in colors.items() if "/" not in role},
        font=text,
        heading=title,
        mono=MONO,
        measure_fonts={key: path for family in widths for key, path in faces((family,), worn.fonts).files.items()},
        measure_scale=_scales(widths),
        width=WIDTH,
        height=HEIGHT,
        layouts=_with_cover(layouts, art, colors, page) if art else layouts,
        foot=foot_of(edges.boxes, page),
    )
    dress = Dress(
        package=as_presentation(edges.package),
        master=edges.master,
        edges=edges.layout,
        cover=edges.cover,
        paints=paints,
        mapping=mapping,
        narrowing={family: width.factor for family, width in widths.items()},
        pitch={family: width.pitch for family, width in widths.items()},
        variants=_named(worn, theme),
        around=page.around,
        footer=worn.own.footer if worn.own.footer is not None else _own_words(main),
        told=tuple(filter(None, told)),
    )
    return replace(theme, dress=dress)


# ---------------------------------------------------------------- colours and typefaces
def _colors(worn: Worn) -> tuple[Brand, dict[str, Paint]]:
    """Return the brand of a template, and the paints of all roles; those that the user decided are as they are."""
    main, page = worn.main.layout, worn.page
    whole = Box(page.width // 25, page.height // 20, page.width * 23 // 25, page.height * 9 // 10)
    given = {role: Paint(main.scheme.mapping.get(p.slot, p.slot), p.steps) for role, p in worn.own.colors.items()}
    named = {role: main.scheme.hex(given[role]) for role in ("bg", "ink") if role in given}
    brand = replace(brand_of(worn.layouts, main, whole), **named)
    return brand, brand_paints(brand, given)


def _mapping(brand: Brand) -> dict[str, str]:
    """Return which slots of the theme stand for grounds and texts: those nearest to ours."""
    hexes = brand.scheme.hexes
    pairs = permutations(("lt1", "dk1", "lt2", "dk2"), 2)
    ground, text = min(pairs, key=lambda two: apart(hexes[two[0]], brand.bg) + apart(hexes[two[1]], brand.ink))
    rest = [slot for slot in ("lt2", "dk2", "lt1", "dk1") if slot not in (ground, text)]
    return {"bg1": ground, "tx1": text, "bg2": rest[0], "tx2": rest[1]}


def _text_of(pick: Pick) -> str:
    return pick.slots["main"].look.family if "main" in pick.slots else pick.layout.prose.family


def _family(named: str, worn: Worn) -> str:
    """Return a typeface if its widths are known, and instead of one of its weights the whole family; else Arial."""
    found = whole_family(named, worn.fonts)
    return found if width_of(found, worn.fonts).known else OTHERWISE


def _unknown(worn: Worn, used: tuple[str, str]) -> list[str]:
    """Return what is said about typefaces that aren't used."""
    title = worn.main.layout.title
    asked = dict.fromkeys((title.look.family if title else "", _text_of(worn.main)))
    lost = [family for family in asked if family and whole_family(family, worn.fonts) not in used]
    names = " and ".join(lost)
    hint = f'--font-file "{lost[0]}=FILE.ttf"' if lost else ""
    return [f"{OTHERWISE} instead of {names}, whose widths aren't known ({hint})"] if lost else []


def _scales(widths: Mapping[str, Width]) -> dict[str, float]:
    """Return how much wider text is than with the file that measures it, at the size at which it is written."""
    return {family: width.measured for family, width in widths.items()}


def _layouts(heading: str) -> dict[str, LayoutSpec]:
    """Return our own layouts, titles in their own typeface."""
    if not heading:
        return own_layouts()

    def titled(place: Placeholder) -> Placeholder:
        return replace(place, family=heading) if place.type in TITLES else place

    return {
        key: replace(spec, placeholders=tuple(map(titled, spec.placeholders))) for key, spec in own_layouts().items()
    }


def _named(worn: Worn, theme: Theme) -> dict[str, tuple[LayoutSpec, ...]]:
    """Return the template's layouts for the roles for which somebody named one."""
    if not worn.own.picks:
        return {}
    families = tuple({h.look.family for layout in worn.layouts for h in layout.holders})
    bench = Bench(
        picks={},
        faces=faces((*families, theme.font), worn.fonts),
        width=worn.file.width,
        height=worn.file.height,
        colors=theme.colors,
        font=theme.font,
    )
    usual = {"title-only": worn.main, "content": worn.main}
    found = {}
    for role, picks in worn.own.picks.items():
        found[role] = replace(bench, picks={**usual, **picks}).variants(all_layouts()[role])
    return found


def _own_words(layout: TemplateLayout) -> str:
    """Return the words of a layout's own footer."""
    words = (holder.text for holder in layout.foot if holder.type == "ftr")
    return next((text for text in words if text and not text.startswith("<")), "")


# ---------------------------------------------------------------- the cover
def _art(worn: Worn, brand: Brand) -> tuple[Pick | None, str]:
    """Return the cover whose art stays, or ``None`` for our own cover, and what is said about it."""
    cover = worn.cover
    if cover is None or cover.layout.title is None:
        return None, ""
    back = cover.layout.backdrop
    bare = sum(apart(shade, brand.bg) <= ALIKE for shade in back.shades) / len(back.shades)
    if bare >= BARE:
        return None, ""
    if back.unknown:
        return None, f"our cover, since '{cover.layout.name}' has a picture in a vector format of Windows"
    return cover, ""


def _with_cover(
    layouts: Mapping[str, LayoutSpec], art: Pick, colors: Mapping[str, str], page: Page
) -> dict[str, LayoutSpec]:
    """Return layouts whose cover has a client's art, and our words in its title's place, in a colour that reads there."""
    boxes = _cover_boxes(art, colors, page)
    back = art.layout.backdrop
    role, reads = _inked(back, boxes, colors)
    decor: tuple[Decor, ...] = ()
    dx, dy = page.around.side, page.around.above
    calm = _is_clear(back, boxes) and all(map(back.is_calm, boxes.values()))
    if not reads or not calm:
        top, last = boxes["title"], boxes["occasion"]
        around = Box(top.x - PAD[0] - dx, top.y - PAD[1] - dy, top.w + 2 * PAD[0], last.bottom - top.y + 2 * PAD[1])
        decor, role = (Decor("rect", around, "field"),), "on_field"
    title = art.layout.title
    align = title.look.align if title is not None and title.look.align in ("l", "ctr", "r") else "l"
    found = dict(layouts)
    for key, spec in layouts.items():
        if "covers" not in traits(spec.role):
            continue
        places = [
            replace(
                place,
                box=replace(boxes[place.role], x=boxes[place.role].x - dx, y=boxes[place.role].y - dy),
                color=role,
                align=align,
                sizes=COVER_SIZES[place.role],
                anchor="b" if place.role == "title" else "t",
                line=max(place.line, 92),
            )
            for place in spec.placeholders
            if place.role in boxes
        ]
        found[key] = replace(spec, placeholders=tuple(places), decor=decor, picture=None)
    return found


def _inked(back: Backdrop, boxes: Mapping[str, Box], colors: Mapping[str, str]) -> tuple[str, bool]:
    """Return whichever of ink and ground is read better in all of some places, and whether it can be read."""
    least = {role: min(back.least_contrast(box, colors[role]) for box in boxes.values()) for role in ("ink", "bg")}
    role = max(least, key=lambda one: least[one])
    return role, least[role] >= TEXT


def _cover_boxes(art: Pick, colors: Mapping[str, str], page: Page) -> dict[str, Box]:
    """Return the places of the words on a client's cover, in its own coordinates: title, subtitle and occasion, from top to bottom.

    They are as large as they can be without anything of the client's art in them; if that is over its title, they move away.
    """
    back = art.layout.backdrop
    tries = [_at_title(art, page, wide, high) for wide in COVER_WIDTHS for high in COVER_HEIGHTS]
    w, h = page.width - 2 * COVER_MARGIN, page.height - 2 * COVER_MARGIN
    part = back.free(Box(COVER_MARGIN, COVER_MARGIN, w, h), lines=True)
    if part.w >= COVER_WIDTHS[-1] and part.h >= COVER_HEIGHTS[-1] + BELOW:
        tries.append(_in_part(art, part))
    clear = [boxes for boxes in tries if _is_clear(back, boxes)] or [tries[1]]
    return next((boxes for boxes in clear if _inked(back, boxes, colors)[1]), clear[0])


def _is_clear(back: Backdrop, boxes: Mapping[str, Box]) -> bool:
    """Whether nothing of a client's art is in places for words."""
    return all(back.free(box, lines=True) == box for box in boxes.values())


def _in_part(art: Pick, part: Box) -> dict[str, Box]:
    """Return places in a part of a cover, as near to the height of its title as they can be."""
    title = art.layout.title
    assert title is not None
    high = min(part.h - BELOW, HIGHEST)
    y = min(max(title.box.bottom - high, part.y), part.bottom - high - BELOW)
    return _stacked(Box(part.x, y, part.w, high))


def _stacked(head: Box) -> dict[str, Box]:
    """Return the places of title, subtitle and occasion, one under the other."""
    under = Box(head.x, head.bottom + UNDER, head.w, SUBTITLE)
    return {"title": head, "subtitle": under, "occasion": Box(head.x, under.bottom, head.w, OCCASION)}


def _at_title(art: Pick, page: Page, wide: int, high: int) -> dict[str, Box]:
    """Return places at a client's title, which is at least so wide and so high."""
    title = art.layout.title
    assert title is not None
    at = title.box
    w = min(max(at.w, wide), page.width - 2 * COVER_MARGIN)
    x = at.x if title.look.align == "l" else at.right - w if title.look.align == "r" else at.x + (at.w - w) // 2
    x = min(max(x, COVER_MARGIN), page.width - COVER_MARGIN - w)
    high = min(max(at.h, high), HIGHEST)
    y = min(max(at.bottom - high, COVER_MARGIN), page.height - COVER_MARGIN - high - BELOW)
    return _stacked(Box(x, y, w, high))
