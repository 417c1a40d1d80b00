"""A slide while it is filled: its part, its shapes in reading order, its links and clicks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.layout.laid import LaidItem, LaidPicture, LaidShapes, LaidSlide, LaidTable, LaidText
from workshop.layout.scene import AS_TEXT
from workshop.layouts import traits
from workshop.model.theme import Decor, LayoutSpec, Placeholder, Theme
from workshop.render.formulas import Drawings, is_formula
from workshop.render.pptx import equations
from workshop.render.pptx.color import fill
from workshop.render.pptx.color import line as stroke
from workshop.render.pptx.drawing import drawn
from workshop.render.pptx.layouts import placeholder_mark
from workshop.render.pptx.package import LINK, SLIDE, Package, Part
from workshop.render.pptx.picture import Media, background, picture, scrim
from workshop.render.pptx.shapes import block, geometry, named, rule, transform
from workshop.render.pptx.table import table_frame
from workshop.render.pptx.text import Look, list_style, look_in, paragraphs
from workshop.render.pptx.timing import Appear, Drain, Effect, Show, timing_xml
from workshop.render.xml import Element, el

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
JUMP = "ppaction://hlinksldjump"


class Page(Struct, kw_only=True):
    """A slide's part and what was added to it so far.

    Attributes:
        others: slide id -> part, for links inside the deck.
        drawings: the formulas as pictures.
        clicks: effects of each click, in order, with the step of the slide that it shows; 0 for one of a drawing's own.
        timers: effects that wait for a click on a specific shape.
    """

    part: Part
    package: Package
    theme: Theme
    language: str
    rtl: bool
    media: Media
    others: Mapping[str, Part]
    drawings: Drawings
    clicks: list[tuple[int, list[Effect]]] = field(default_factory=list)
    timers: list[Drain] = field(default_factory=list)
    last_id: int = 1

    @property
    def look(self) -> Look:
        """The look of text that this slide inherits from the deck."""
        return Look(language=self.language, mono=self.theme.mono, dark=self.theme.dark, rtl=self.rtl, link=self.link)

    @property
    def root(self) -> Element:
        """The root of its XML."""
        assert isinstance(self.part.content, Element)
        return self.part.content

    @property
    def tree(self) -> Element:
        """The element that has the slide's shapes."""
        return next(self.root.iter("p:spTree"))

    def next_id(self) -> int:
        """Return an unused shape id."""
        self.last_id += 1
        return self.last_id

    def add(self, *shapes: Element) -> None:
        """Add shapes after the existing ones: later in reading order, and in front."""
        self.tree.children.extend(shapes)

    def link(self, target: str) -> Element | None:
        """Return ``a:hlinkClick`` to a URL or ``#slide-id``; ``None`` for a slide that isn't in this deck, or an unsafe URL."""
        if target.startswith("#"):
            other = self.others.get(target[1:])
            if other is None:
                return None
            return el("a:hlinkClick", r_id=self.part.relate(SLIDE, other), action=JUMP)
        address = quote(target, safe="%/:=&?~#+!$,;'@()*[]")
        try:
            safe = urlsplit(address).scheme.lower() in SAFE_SCHEMES
        except ValueError:  # an unmatched bracket in a host name
            safe = False
        if not safe:
            return None
        return el("a:hlinkClick", r_id=self.part.relate(LINK, address))

    def appear(self, step: int, *effects: Effect) -> None:
        """Let things appear on the click for a step of the slide; at once for step 0."""
        if not step:
            return
        same = next((shown for number, shown in self.clicks if number == step), None)
        if same is not None:
            same.extend(effects)
            return
        place = next((k for k, (number, _) in enumerate(self.clicks) if number > step), len(self.clicks))
        self.clicks.insert(place, (step, list(effects)))

    def finish(self) -> None:
        """Write the animations; nothing may be added after this."""
        if self.clicks or self.timers:
            self.root.children.append(timing_xml([effects for _, effects in self.clicks], self.timers))


def empty_slide() -> Element:
    """Return a slide without shapes, which inherits everything from its layout."""
    group = el("p:nvGrpSpPr", el("p:cNvPr", id=1, name=""), el("p:cNvGrpSpPr"), el("p:nvPr"))
    content = el("p:cSld", el("p:spTree", group, el("p:grpSpPr")))
    return el("p:sld", content, el("p:clrMapOvr", el("a:masterClrMapping")))


def fill_page(page: Page, laid: LaidSlide) -> None:
    """Put all items of a laid-out slide on its page, in reading order."""
    slide = laid.slide
    if slide.hidden:
        page.root.attributes["show"] = "0"
    if slide.background is not None:
        ground = background(slide.background, slide.at, page.part, page.media, page.theme)
        page.root.children[0].children.insert(0, ground)
        if any(not isinstance(item, LaidText) or item.placeholder.box.bottom > 0 for item in laid.items):
            page.add(scrim(page.next_id(), page.theme))
    if page.theme.template is not None:
        page.add(*(_decor(decor, page.next_id()) for decor in laid.layout.decor))
    for item in laid.items:
        _add(page, item, laid)


def _add(page: Page, item: LaidItem, laid: LaidSlide) -> None:
    if isinstance(item, LaidText):
        _add_text(page, item, laid.layout)
    elif isinstance(item, LaidTable):
        toy = "stops" in traits(laid.layout.role)
        number = page.next_id()

        def frame(look: Look) -> Element:
            return table_frame(item, number, look, toy=toy)

        page.add(equations.twice(frame, page.look) if equations.in_table(item) else frame(page.look))
        page.appear(item.table.step, Show(number, text=False))
    elif isinstance(item, LaidPicture):
        link = page.link(item.picture.link) if item.picture.link else None
        number = page.next_id()
        page.add(picture(item, number, page.part, page.media, link))
        page.appear(item.picture.step, Show(number, text=False))
    elif isinstance(item, LaidShapes):
        elements = drawn(item, page.next_id, page.look)
        page.add(*elements)
        page.clicks += [(0, effects) for effects in _clicks(item, elements)]
        page.appear(item.step, *(Show(_id_of(element), text=False) for element in elements))
    else:
        from workshop.render.pptx.chart import chart_frame

        number = page.next_id()
        page.add(chart_frame(item, number, page.part, page.package, page.language))
        page.appear(item.shown.step, Show(number, text=False))


def _clicks(shown: LaidShapes, elements: list[Element]) -> list[list[Effect]]:
    """Return the shapes that appear on each click."""
    steps = sorted({shape.step for shape in shown.shapes if shape.step})
    if not steps:
        return []
    pairs = list(zip(shown.shapes, elements, strict=True))
    return [
        [Show(_id_of(element), text=bool(shape.lines)) for shape, element in pairs if shape.step == step]
        for step in steps
    ]


def _id_of(element: Element) -> int:
    return int(next(element.iter("p:cNvPr")).attributes["id"])


def _decor(decor: Decor, number: int) -> Element:
    """Return a decorative shape, for a template's layout, which we don't change."""
    if decor.kind == "rect":
        return block(number, f"Card {number}", decor.box, decor.color)
    return rule(number, f"Rule {number}", decor.box, stroke(decor.color, decor.weight or 1))


def _add_text(page: Page, item: LaidText, layout: LayoutSpec) -> None:
    number = page.next_id()
    place = item.placeholder
    inherited = next(p for p in layout.placeholders if p.role == place.role)
    look = look_in(inherited, page.look, item.size)

    def shape(look: Look) -> Element:
        return _text_shape(number, item, inherited, look)

    if equations.in_lines(item.lines) and place.role not in AS_TEXT:
        page.add(
            _formula(page, item, number, shape(replace(look, equations=True)))
            if is_formula(item)
            else equations.twice(shape, look)
        )
    else:
        page.add(shape(look))
    steps = {line.step for line in item.lines}
    if len(steps) == 1 and (place.fill or place.mono or is_formula(item)):
        page.appear(steps.pop(), Show(number, text=True))
        return
    for step in sorted(steps):
        page.appear(step, *(Appear(number, k) for k, line in enumerate(item.lines) if line.step == step))


def _formula(page: Page, item: LaidText, number: int, known: Element) -> Element:
    """Return a formula in a line of its own: as an equation, and as a picture of it."""
    drawn = equations.picture_of(item, number, page.drawings.of(item), page.part, page.media)
    return equations.known_or(known, drawn)


def _text_shape(number: int, item: LaidText, inherited: Placeholder, look: Look) -> Element:
    place = item.placeholder
    boxed = place.idx < 0
    alt = item.lines[0].text if look.equations and is_formula(item) else None
    return el(
        "p:sp",
        el(
            "p:nvSpPr",
            named(number, f"{place.name} {number}", alt),
            el("p:cNvSpPr", None if boxed else el("a:spLocks", noGrp=True), txBox=True if boxed else None),
            el("p:nvPr", placeholder_mark(place)),
        ),
        el("p:spPr", *_place_of(place, inherited)),
        el(
            "p:txBody",
            _frame_of(place),
            list_style(item.lines, look),
            *paragraphs(item.lines, place, look),
        ),
    )


def _place_of(place: Placeholder, inherited: Placeholder) -> list[Element]:
    """Return the place and background of a text, as far as they differ from the layout's."""
    if place.idx < 0:
        return [transform(place.box), geometry("rect"), fill(place.fill)]
    own = inherited.home.box if inherited.home is not None else inherited.box
    found = [transform(place.box)] if place.box != own else []
    return [*found, fill(place.fill)] if inherited.home is not None and place.fill else found


def _frame_of(place: Placeholder) -> Element:
    """Return ``a:bodyPr``: complete for a text box; for a template's placeholder, only what differs."""
    home = place.home
    if place.idx >= 0 and home is None:
        return el("a:bodyPr")
    anchor = place.anchor if home is None or place.anchor != home.anchor else None
    if home is None:
        inset: dict[str, Any] = {"lIns": place.inset, "tIns": place.inset_y, "rIns": place.inset, "bIns": place.inset_y}
        return el("a:bodyPr", el("a:noAutofit"), wrap="square", **inset, anchor=anchor)
    return el("a:bodyPr", anchor=anchor)
