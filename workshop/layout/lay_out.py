"""Lays out a kit: each slide on the first layout in which it fits."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.charts.kind import BUILT_IN, Kinds
from workshop.constructs.table import text_of
from workshop.errors import Problem, Report, did_you_mean
from workshop.kept import kept
from workshop.layout.addresses import with_breaks
from workshop.layout.client_page import in_dress, on_page
from workshop.layout.context import Desk, Names
from workshop.layout.exercise import lay_exercise
from workshop.layout.extras import Extra, Put, gathered, items_of, reveals, source_of, takes_band, with_room
from workshop.layout.fit import common_size, fit_text, fit_title, moved, split_lines
from workshop.layout.free import ROLE as FREE
from workshop.layout.free import as_free, lay_free
from workshop.layout.ladder import (
    PAIR,
    TitleSizes,
    adapted,
    candidates,
    joined,
    roomy,
    shrunk,
    title_sizes,
)
from workshop.layout.laid import (
    LaidItem,
    LaidOut,
    LaidShapes,
    LaidSlide,
    LaidTable,
    LaidText,
    with_numbers,
)
from workshop.layout.lanes import not_as_lanes
from workshop.layout.measure import Ruler
from workshop.layout.motion import with_moves
from workshop.layout.options import SLOT as OPTIONS
from workshop.layout.options import lay_options
from workshop.layout.overlap import overlaps_on
from workshop.layout.rail import on_one_line
from workshop.layout.slots import SLOT as GIVEN
from workshop.layout.slots import exhibits_of, fill_slot, without_twice_said
from workshop.layout.source_line import fit_source
from workshop.layout.sparse import lay_sparse
from workshop.layout.statement_tiles import (
    lay_fields,
    lay_learnt,
    lay_pictures,
    lay_shares,
    lay_tiles,
    lay_units,
    share_of,
)
from workshop.layout.steps import lay_scene
from workshop.layout.strip import lay_strip, under_strip, with_strip
from workshop.layout.suiting import (
    figure_of,
    lay_drawn,
    lay_figure,
    lay_said,
    looks_of,
)
from workshop.layout.tables import fit_table, is_readable
from workshop.layout.written import columns_of, lay_drawings, lay_written
from workshop.layouts import all_layouts, traits
from workshop.layouts.bench import LEAST
from workshop.layouts.content import CONTENT
from workshop.limits import TooMuchWorkError, counted_work
from workshop.model.blocks import Block, Drawn, Prose, ShownTable
from workshop.model.kit import Kit, Slide
from workshop.model.theme import Box, LayoutSpec, Placeholder, Theme, inches
from workshop.wording.languages import is_rtl
from workshop.wording.messages import messages
from workshop.wording.typography import opening_of


# ---------------------------------------------------------------- again
# Slides that a process that builds again and again, such as the preview, laid out before.
class Memory(Struct):
    """The slides of the last deck that are laid out in the same way for as long as nothing around them changes.

    Attributes:
        around: everything besides a slide that its layout depends on.
        made: id -> the slide as it is in the kit, laid out, and what the extras know of it.
    """

    around: Any = None
    made: dict[str, tuple[Slide, LaidSlide, Any]] = field(default_factory=dict)

    def find(self, slide: Slide, known: Any) -> LaidSlide | None:
        """Return a slide's layout, if exactly this slide was laid out before, and the extras know the same of it."""
        before, found, then = self.made.get(slide.id, (None, None, None))
        return found if (before, then) == (slide, known) else None

    def keep(self, slide: Slide, laid: LaidSlide, known: Any) -> None:
        """Remember a slide, unless it shows files, which may change although the slide doesn't."""
        if not laid.has_files:
            self.made[slide.id] = (slide, laid, known)


def memory(around: Any) -> Memory:
    """Return what is remembered from the build before, if everything around its slides is the same; else nothing."""
    found = kept(("laid slides",), Memory)
    if found.around != around:
        found.around, found.made = around, {}
    return found


# ---------------------------------------------------------------- slides
# Laying out a kit in a theme: the result is slides with every box and size decided.
SECTION_TITLE = inches(1.15)  # height of two lines; content below the title moves down by the difference
UNDER_TITLE = ("question",)  # slots that move
FEW = 2  # slides on which one may go on in a template before a smaller size is better
SMALL = ("source",)  # slots whose text is small everywhere
MOST_QUOTED = 30  # letters of a footer's end in a message
SHALLOW = (1, 2, 3)  # steps by which the text of some layouts becomes smaller first in a talk


def lay_out(
    kit: Kit, theme: Theme, kinds: Kinds = BUILT_IN, extras: tuple[Extra, ...] = ()
) -> tuple[LaidOut, tuple[Problem, ...]]:
    """Lay out every slide; content that doesn't fit is reported, and laid out anyway so that all problems are found at once.

    With a user's template, a talk is on the template's layouts if every slide fits one of them as usual. Otherwise, and in a kit,
    all slides are on our own layouts in its look.

    Args:
        kinds: the kinds of chart that exist.
        extras: what layers above add to slides, in the order in which they are asked.
    """
    unfit: tuple[int, ...] = ()
    if theme.template is not None and (ours := theme.template.dressed) is not None:
        if kit.policy.overfull == "freely":
            laid, problems, unfit = _laid_out(kit, theme, kinds, extras)
            if not unfit:
                return laid, (*problems, *theme.template.told)
        theme = ours
    laid, problems, _ = _laid_out(kit, theme, kinds, extras)
    return on_page(laid), (*problems, *in_dress(theme, unfit, talk=kit.policy.overfull == "freely"))


@counted_work()
def _laid_out(
    kit: Kit, theme: Theme, kinds: Kinds, extras: tuple[Extra, ...]
) -> tuple[LaidOut, tuple[Problem, ...], tuple[int, ...]]:
    """Return a deck, its problems, and the numbers of slides that don't fit a layout of a user's template as usual."""
    report = Report()
    targets = frozenset(slide.id for slide in kit.slides)
    marks = {mark.id: mark for mark in kit.marks}
    desk = Desk(
        theme=theme,
        ruler=Ruler(theme),
        words=messages(kit.language, kit.here),
        report=report,
        marks=marks,
        targets=targets,
        kinds=kinds,
        extras=extras,
        gathered=gathered(kit, extras, report),
        talk=kit.policy.overfull == "freely",
        opening=opening_of(kit.language),
        rtl=is_rtl(kit.language),
    )
    kit = _footed(desk, kit)
    names = Names((slide.title_text for slide in kit.slides), targets)
    sizes = title_sizes(desk, kit.slides)
    slides: list[LaidSlide] = []
    unfit: list[int] = []
    before = memory((theme, marks, targets, kit.language, extras, sizes))
    for slide in kit.slides:
        if (again := before.find(slide, _known(desk, slide))) is not None:
            slides.append(replace(again, number=len(slides) + 1))
            continue
        told = len(report.found)
        try:
            made, found = _made(desk, slide, names, sizes)
        except TooMuchWorkError:
            hint = "make two talks of it, or show fewer words, cells, points and names"
            report.error("laying out the slides up to here takes too long", slide.at, hint, "too-large")
            break
        if theme.template is not None and (found or not made or len(made) > FEW or any(map(_is_small, made))):
            unfit.append(len(slides) + 1)
        if len(made) == 1 and not found and len(report.found) == told:
            before.keep(slide, made[0], _known(desk, slide))
        report.extend(found)
        slides += [replace(laid, number=len(slides) + place) for place, laid in enumerate(made, 1)]
    revealing = {laid.id for laid in slides if kit.motion and reveals(desk, laid.id)}
    laid_out = LaidOut(kit=kit, theme=theme, slides=tuple(with_moves(slides, revealing)), kinds=kinds)
    return with_numbers(laid_out), (*report.found, *not_as_lanes(laid_out)), tuple(unfit)


def _footed(desk: Desk, kit: Kit) -> Kit:
    """Return the kit with a footer that has room on one line."""
    shown = on_one_line(kit.footer, desk.ruler, desk.theme.foot)
    if shown != kit.footer:
        end = shown[-MOST_QUOTED:]
        desk.report.warn(f"the footer is too long for one line: it ends with “{end}”", None, "shorten it", "footer")
    return replace(kit, footer=shown)


def _is_small(laid: LaidSlide) -> bool:
    """Whether a slide has text that is smaller than on a template's layouts as usual."""
    texts = (item for item in laid.items if isinstance(item, LaidText) and item.placeholder.role not in SMALL)
    return not laid.slide.hidden and any(item.size < LEAST for item in texts)


_Made = tuple[list[LaidSlide], tuple[Problem, ...]]


def _made(desk: Desk, slide: Slide, names: Names, sizes: TitleSizes) -> _Made:
    """Return a slide laid out on the first layout that it fits; if none, on the plainest of ours, with its problems."""
    template, dress = desk.theme.template, desk.theme.dress
    if not is_readable(desk, slide):
        return [], ()
    slide = with_breaks(slide) if desk.talk else slide
    if desk.talk and (found := lay_sparse(desk, slide, as_free(slide).slot("main"))) is not None:
        return [_with_puts(desk, found)], ()
    if slide.layout == FREE:
        return _freely(desk, slide, names)
    slide = without_twice_said(slide)
    if template is not None:
        return _on_theirs(desk, slide, template.variants, names, sizes, (0,))
    if dress is not None and slide.layout in dress.variants:
        more = dress.around
        page = replace(desk.theme, width=desk.theme.width + more.wide, height=desk.theme.height + more.high)
        return _on_theirs(replace(desk, theme=page), slide, dress.variants, names, sizes, (0, *SHALLOW))
    slide = with_strip(slide)
    specs = _own_specs(desk, slide)
    first: tuple[_Made, Names] | None = None
    tries = [(spec, band) for band in ((True, False) if takes_band(desk, slide) else (False,)) for spec in specs]
    for spec, band in tries:
        trial = names.attempt()
        made = _attempt(replace(desk, band=band), spec, slide, trial, sizes)
        plainest = spec is specs[-1] and not band
        if not made[1] and (len(made[0]) == 1 or plainest):  # only the plainest look continues
            names.take(trial)
            return _composed(desk, made) if desk.talk and len(made[0]) > 1 else made
        first = (made, trial)
    assert first is not None
    if desk.talk and first[0][1]:
        for depth in SHALLOW if "shrinks" in traits(slide.layout) else ():
            trial = names.attempt()
            made = _attempt(desk, specs[-1], slide, trial, sizes, depth)
            if not made[1]:
                names.take(trial)
                return made
        if slide.chosen:
            why = first[0][1][0].message
            hint = "say less on it, or take layout= out"
            desk.report.warn(f"the layout '{slide.layout}' is left out here: {why}", slide.at, hint, "layout-left-out")
        return _freely(desk, as_free(slide), names)
    names.take(first[1])
    return first[0]


def _composed(desk: Desk, made: _Made) -> _Made:
    """Return the parts of a slide that goes on composed as slides with little on them are, if all of them can be."""
    found = [lay_sparse(desk, laid.slide, as_free(laid.slide).slot("main")) for laid in made[0]]
    parts = [_with_puts(desk, one) for one in found if one is not None]
    return (parts, made[1]) if len(parts) == len(made[0]) and len({one.layout.name for one in parts}) == 1 else made


def _freely(desk: Desk, slide: Slide, names: Names) -> _Made:
    """Return a slide of a talk put together freely, over as many slides as it needs."""
    parts = lay_free(desk, slide, lambda place: _continuation(desk, slide, names, place))
    made = [LaidSlide(id=p.slide.id, number=0, slide=p.slide, layout=p.layout, items=p.items) for p in parts]
    return [_with_puts(desk, laid) for laid in made], ()


def _with_puts(desk: Desk, laid: LaidSlide) -> LaidSlide:
    """Return a slide that wasn't laid out place by place with what its extras put on it."""
    puts = items_of(desk, laid.layout, laid.slide)
    taken = {put.role: put.item for put in puts if put.role}
    rest = [put for put in puts if not put.role]
    roles = ["" if isinstance(item, LaidShapes) else item.placeholder.role for item in laid.items]
    items = list[LaidItem | None]()
    for role, item in zip(roles, laid.items, strict=True):
        items += [put.item for put in rest if role and put.before == role]
        items.append(taken.get(role, item))
    items += [put.item for put in rest if put.before not in roles or not put.before]
    return replace(laid, items=tuple(item for item in items if item is not None)) if puts else laid


def _on_theirs(
    desk: Desk,
    slide: Slide,
    variants: Mapping[str, tuple[LayoutSpec, ...]],
    names: Names,
    sizes: TitleSizes,
    depths: tuple[int, ...],
) -> _Made:
    """Return a slide on the first layout of a user's template that it fits; if none, with its problems on the last.

    Args:
        depths: by how many steps its text may be smaller.
    """
    made: _Made = [], (Problem(f"the template has no layout for '{slide.layout}'", slide.at),)
    for depth, spec in product(depths, candidates(variants, slide)):
        trial = names.attempt()
        made = _attempt(desk, spec, slide, trial, sizes, depth)
        if not made[1]:
            names.take(trial)
            break
    return made


def _attempt(desk: Desk, spec: LayoutSpec, slide: Slide, names: Names, sizes: TitleSizes, depth: int = 0) -> _Made:
    """Return a slide on one layout, with text smaller by ``depth`` steps, and its problems there."""
    own = replace(desk, report=Report())
    title = spec.find("title")
    if title is not None:
        capped = sizes.capped(title, spec.role)
        spec = replace(spec, placeholders=tuple(capped if p is title else p for p in spec.placeholders))
    spec = shrunk(spec, depth)
    used = under_strip(adapted(spec, slide, desk.theme.width), slide)
    used = roomy(own, with_room(own, used, slide), slide)
    made = [
        LaidSlide(id=part.id, number=0, slide=part, layout=replace(spec, decor=used.decor), items=items)
        for part, items in _lay_slide(own, used, slide, names)
    ]
    if not own.report.found:  # too much text was reported already
        own.report.extend(problem for laid in made for problem in overlaps_on(laid, desk.theme))
    return made, tuple(own.report.found)


def _own_specs(desk: Desk, slide: Slide) -> tuple[LayoutSpec, ...]:
    """Return the looks of a layout of our own, the plainest last; a layout that there isn't is noted."""
    specs = tuple(looks_of(desk, slide))
    if specs:
        return specs
    layouts = desk.theme.layouts
    known = [key for key in layouts if "/" not in key]
    desk.report.error(
        f"there is no layout '{slide.layout}'", slide.at, did_you_mean(slide.layout, known), "unknown-layout"
    )
    return (layouts[CONTENT.name],)


def _lay_slide(
    desk: Desk, spec: LayoutSpec, slide: Slide, names: Names
) -> Iterator[tuple[Slide, tuple[LaidItem, ...]]]:
    """Yield the slide and, if its main element continues, its continuations."""
    flow = _flow(desk, spec, slide)
    for place, main in enumerate(flow or [None], 1):
        part = slide
        if place > 1:
            part = _continuation(desk, slide, names, place)
        if main is not None and len(flow) > 1:
            part = replace(part, slots=_with_main(part, main))
        yield part, _items(desk, spec, part, main)


def _continuation(desk: Desk, slide: Slide, names: Names, place: int) -> Slide:
    return replace(
        slide,
        id=names.id(slide.id, place),
        title=names.title(slide, str(desk.words["continued"])),
        slots=tuple((role, blocks) for role, blocks in slide.slots if role not in ("minutes", "unit")),
        notes=(),
        minutes=0,
        continued=True,
    )


def _with_main(slide: Slide, main: LaidItem) -> tuple[tuple[str, tuple[Block, ...]], ...]:
    block = main.table if isinstance(main, LaidTable) else Prose(main.lines) if isinstance(main, LaidText) else None
    return tuple((role, (block,) if role == "main" and block else blocks) for role, blocks in slide.slots)


def _flow(desk: Desk, spec: LayoutSpec, slide: Slide) -> list[LaidItem]:
    """Return the parts of a main element that may continue on further slides; none if it may not."""
    main, placeholder = slide.slot("main"), spec.find("main")
    if placeholder is None or spec.code is not None:
        return []
    exhibits = exhibits_of(main)
    if "rows-flow" in traits(spec.role) and len(exhibits) == 1 and isinstance(exhibits[0], ShownTable):
        strong = "stops" in traits(spec.role) and not placeholder.fence
        return list(fit_table(desk, placeholder, exhibits[0], slide.at, strong_first=strong))
    lines = text_of(main)
    if "flows" in traits(spec.role) and lines and not exhibits:
        parts = split_lines(desk.ruler, placeholder, lines)
        cap = common_size(desk.ruler, placeholder, parts)
        return [fit_text(desk, placeholder, part, slide.at, cap) for part in parts]
    return []


def _items(desk: Desk, spec: LayoutSpec, slide: Slide, main: LaidItem | None) -> tuple[LaidItem, ...]:
    """Return the items of one slide in reading order: that of the layout, with drawings before the source."""
    slide = joined(slide, spec)
    title, spec = _title(desk, spec, slide)
    own: dict[str, LaidItem | None] = {"title": title, "source": _source(desk, spec, slide)}
    own |= (
        lay_tiles(desk, spec, slide)
        | lay_learnt(desk, spec, slide)
        | lay_figure(desk, spec, slide)
        | lay_shares(desk, spec, slide)
        | lay_said(desk, spec, slide)
        | lay_strip(desk, spec, slide)
        | lay_written(desk, spec, slide)
    )
    more = items_of(desk, spec, slide)
    own |= {put.role: put.item for put in more if put.role}
    own |= lay_options(desk, spec, slide) if OPTIONS not in own else {}
    own |= lay_exercise(desk, spec, slide) if "works" in traits(spec.role) else {}
    own |= {"main": main} if main is not None else {}
    sizes = dict.fromkeys(PAIR, _pair_size(desk, spec, slide))
    items = [
        own[place.role]
        if place.role in own
        else fill_slot(desk, place, slide.slot(place.role), spec.role, slide.at, sizes.get(place.role, math.inf))
        for place in spec.placeholders
    ]
    puts = [Put(item, before="source") for item in _drawn(desk, spec, slide)]
    puts += [Put(own.get(GIVEN), before="hint")] if "works" in traits(spec.role) else []
    puts += [put for put in more if not put.role]
    ordered = (*_pictures(desk, spec, slide), *_in_order(spec, items, puts))
    return tuple(item for item in ordered if item is not None)


def _in_order(spec: LayoutSpec, items: Sequence[LaidItem | None], puts: Iterable[Put]) -> Iterator[LaidItem | None]:
    """Yield the items of a layout's places, each after what is put before it, and last what is before none of them."""
    waiting = defaultdict[str, list[LaidItem | None]](list)
    for put in puts:
        waiting[put.before if spec.find(put.before) is not None else ""].append(put.item)
    for place, item in zip(spec.placeholders, items, strict=True):
        yield from waiting.pop(place.role, ())
        yield item
    yield from waiting.pop("", ())


def _known(desk: Desk, slide: Slide) -> tuple[Any, ...]:
    return tuple(known.get(slide.id) for known in desk.gathered.values())


def _pair_size(desk: Desk, spec: LayoutSpec, slide: Slide) -> float:
    """Return the size at which both columns of text fit: side by side, two sizes look like a mistake."""
    sizes = []
    for role in PAIR:
        placeholder, lines = spec.find(role), text_of(slide.slot(role))
        if placeholder is not None and lines and not exhibits_of(slide.slot(role)):
            sizes.append(common_size(desk.ruler, placeholder, [lines]))
    return min(sizes, default=math.inf)


def _title(desk: Desk, spec: LayoutSpec, slide: Slide) -> tuple[LaidText | None, LayoutSpec]:
    """Return the title, and the layout with the content below it moved down if it needs more lines."""
    placeholder = spec.find("title")
    if placeholder is None or not slide.title_text.strip():
        return None, spec
    usual = (2,) if placeholder.home is None else (2, 3, 0)
    tries = [(placeholder, most) for most in _title_lines(spec.role) or usual]
    if "divides" in traits(spec.role) and placeholder.home is None:
        box = placeholder.box
        tries = [(placeholder, 1), (moved(placeholder, Box(box.x, box.y, box.w, SECTION_TITLE)), 2)]
    for place, most in tries[:-1]:
        quiet = replace(desk, report=Report())
        laid = fit_title(quiet, place, slide.title, slide.at, most)
        if not quiet.report.found:
            return laid, spec
    place, most = tries[-1]
    down = place.box.h - placeholder.box.h
    return fit_title(desk, place, slide.title, slide.at, most), _moved_down(spec, down) if down else spec


def _title_lines(role: str) -> tuple[int, ...]:
    layout = all_layouts().get(role)
    return layout.title_lines if layout is not None else ()


def _moved_down(spec: LayoutSpec, down: int) -> LayoutSpec:
    def lower(place: Placeholder) -> Placeholder:
        box = place.box
        return moved(place, Box(box.x, box.y + down, box.w, box.h)) if place.role in UNDER_TITLE else place

    return replace(spec, placeholders=tuple(map(lower, spec.placeholders)))


def _source(desk: Desk, spec: LayoutSpec, slide: Slide) -> LaidText | None:
    place = spec.find("source")
    source = source_of(desk, spec, slide)
    return fit_source(desk, place, source, slide.at) if place is not None and source is not None else None


def _pictures(desk: Desk, spec: LayoutSpec, slide: Slide) -> list[LaidItem]:
    """Return the pictures of a slide's tiles."""
    if spec.pictures and columns_of(slide):
        return lay_drawings(spec, slide)
    if spec.pictures and {"lists", "closes"} & traits(spec.role):
        return lay_pictures(desk, spec, slide)
    return []


def _drawn(desk: Desk, spec: LayoutSpec, slide: Slide) -> list[LaidItem | None]:
    """Return the shapes of a layout whose main element has no placeholder."""
    if "shares" in traits(spec.role):
        if spec.pictures:
            return lay_fields(desk, spec, slide)
        return [lay_units(desk, spec, share_of(slide, figure_of(slide)))]
    if spec.scene:
        return lay_scene(desk, spec, slide)
    if (drawn := lay_drawn(desk, spec, slide)) is not None:
        return [drawn]
    shown = tuple(block for block in slide.slot("main") if isinstance(block, Drawn))
    return [fill_slot(desk, spec.placeholders[0], shown, spec.role, slide.at, area=spec.area)] if shown else []
