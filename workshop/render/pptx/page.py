"""A slide while it is filled: its part, its shapes in reading order, its links and clicks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part

from workshop.layout.laid import LaidItem, LaidPicture, LaidShapes, LaidSlide, LaidTable, LaidText, Shape
from workshop.layout.scene import AS_TEXT
from workshop.layouts import traits
from workshop.model.theme import Decor, LayoutSpec, Placeholder, Theme
from workshop.render.formulas import Drawings, is_formula
from workshop.render.office_xml import Element, clean, el, to_bytes
from workshop.render.pptx.carrier import OpenDeck
from workshop.render.pptx.color import fill
from workshop.render.pptx.color import line as stroke
from workshop.render.pptx.drawing import drawn
from workshop.render.pptx.layouts import TITLES, placeholder_mark
from workshop.render.pptx.picture_equations import in_lines, in_table, known_or, picture_of, twice
from workshop.render.pptx.picture_shapes import LINK, Media, background, picture, scrim
from workshop.render.pptx.shapes import block, geometry, named, rule, same_name, transform
from workshop.render.pptx.table_frame import table_frame
from workshop.render.pptx.text import Look, list_style, look_in, paragraphs, type_of
from workshop.render.pptx.timing import Appear, Drain, Effect, Leave, Show, morph, timing_xml

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
JUMP = "ppaction://hlinksldjump"
CREATION = "{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}"


def empty_slide() -> Element:
    """Return a slide without shapes, which inherits everything from its layout."""
    group = el("p:nvGrpSpPr", el("p:cNvPr", id=1, name=""), el("p:cNvGrpSpPr"), el("p:nvPr"))
    content = el("p:cSld", el("p:spTree", group, el("p:grpSpPr")))
    return el("p:sld", content, el("p:clrMapOvr", el("a:masterClrMapping")))


ARIAL = "Arial"  # it has squares and other shapes among its letters


class Page(Struct, kw_only=True):
    """A slide's part and what was added to it so far.

    Attributes:
        root: the root of its XML.
        name: id of the laid slide, which is the slide's name in the file.
        creation: the number by which PowerPoint knows it again.
        others: slide id -> part, for links inside the deck.
        drawings: the formulas as pictures.
        clicks: effects of each click, in order, with the step of the slide that it shows; 0 for one of a drawing's own.
        timers: effects that wait for a click on a specific shape.
        moves: whether anything in the deck moves.
        grows: whether its charts grow on clicks.
        turns: whether the slide before it turns into it.
    """

    part: Part
    deck: OpenDeck
    theme: Theme
    language: str
    rtl: bool
    media: Media
    name: str
    creation: int
    others: Mapping[str, Part]
    drawings: Drawings
    root: Element = field(default_factory=empty_slide)
    clicks: list[tuple[int, list[Effect]]] = field(default_factory=list)
    timers: list[Drain] = field(default_factory=list)
    last_id: int = 1
    moves: bool = False
    grows: bool = False
    turns: bool = False

    @property
    def look(self) -> Look:
        """The look of text that this slide inherits from the deck."""
        source = self.theme.template or self.theme.dress
        links = source is not None and source.paints.get("link", LINK) != LINK
        narrowing, tight = type_of(self.theme, self.theme.font)
        return Look(
            language=self.language, mono=self.theme.mono, dark=self.theme.dark, rtl=self.rtl, link=self.link,
            link_color="link" if links else "", narrowing=narrowing, tight=tight,
            squares=ARIAL if self.theme.dress is not None and self.theme.font != ARIAL else "",
        )  # fmt: skip

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
            return el("a:hlinkClick", r_id=self.part.relate_to(other, RT.SLIDE), action=JUMP)
        address = quote(target, safe="%/:=&?~#+!$,;'@()*[]")
        try:
            safe = urlsplit(address).scheme.lower() in SAFE_SCHEMES
        except ValueError:  # an unmatched bracket in a host name
            safe = False
        if not safe:
            return None
        return el("a:hlinkClick", r_id=self.part.relate_to(address, RT.HYPERLINK, is_external=True))

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
        """Write the animations, and give the part its content; nothing may be added after this."""
        _numbered_among_likes(self.tree)
        content = self.root.children[0]
        content.attributes["name"] = clean(self.name)
        mark = el("p14:creationId", val=self.creation)
        content.children.append(el("p:extLst", el("p:ext", mark, uri=CREATION)))
        if self.turns:
            self.root.children.append(morph())
        if self.clicks or self.timers:
            self.root.children.append(timing_xml([effects for _, effects in self.clicks], self.timers))
        self.part.blob = to_bytes(self.root)  # it is made before, since links may lead anywhere


def _numbered_among_likes(tree: Element) -> None:
    """Number the shapes of one name among themselves: another shape before them doesn't change what they are called."""
    counted, called = Counter[str](), dict[str, str]()
    for own in tree.iter("p:cNvPr"):
        name, _, number = str(own.attributes["name"]).rpartition(" ")
        if number and number == str(own.attributes["id"]):
            if number not in called:
                counted[name] += 1
                called[number] = f"{name} {counted[name]}"
            own.attributes["name"] = called[number]


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
    if laid.layout.part:
        page.add(*(_decor(decor, page.next_id()) for decor in laid.layout.decor))
    for item in laid.items:
        _add(page, item, laid)


def _add(page: Page, item: LaidItem, laid: LaidSlide) -> None:
    if isinstance(item, LaidText):
        _add_text(page, item, laid.layout)
    elif isinstance(item, LaidTable):
        contrasted = "stops" in traits(laid.layout.role)
        number = page.next_id()

        def frame(look: Look) -> Element:
            return table_frame(item, number, look, contrasted=contrasted)

        page.add(twice(frame, page.look) if in_table(item) else frame(page.look))
        page.appear(item.table.step, Show(number, text=False))
    elif isinstance(item, LaidPicture):
        link = page.link(item.picture.link) if item.picture.link else None
        number = page.next_id()
        page.add(picture(item, number, page.part, page.media, link))
        page.appear(item.picture.step, Show(number, text=False))
    elif isinstance(item, LaidShapes):
        elements = drawn(item, page.next_id, page.look)
        page.add(*elements)
        page.clicks += [(0, effects) for effects in _clicks(item, elements, moves=page.moves)]
        shapes = item.shapes if len(elements) == len(item.shapes) else (None,) * len(elements)
        page.appear(item.step, *(_shown(*pair, moves=page.moves) for pair in zip(shapes, elements, strict=True)))
        page.appear(item.leaves, *(Leave(_id_of(element), upwards=page.moves) for element in elements))
    else:
        from workshop.render.pptx.chart import chart_frame, growth

        number = page.next_id()
        page.add(chart_frame(item, number, page.part, page.deck, page.language, page.look.narrowing))
        page.appear(item.shown.step, Show(number, text=False))
        if page.grows and not item.shown.step and (parts := growth(item.resolved, number)):
            page.clicks.insert(0, (0, list(parts)))


def _shown(shape: Shape | None, element: Element, *, moves: bool) -> Show:
    """Return how a shape, or a group, appears: a picture or a group is wiped in, if anything moves."""
    return Show(
        _id_of(element),
        text=shape is not None and bool(shape.lines),
        wiped=moves and (shape is None or shape.kind == "picture"),
    )


def _clicks(shown: LaidShapes, elements: list[Element], *, moves: bool) -> list[list[Effect]]:
    """Return the shapes that appear on each click."""
    steps = sorted({shape.step for shape in shown.shapes if shape.step})
    if not steps:
        return []
    pairs = list(zip(shown.shapes, elements, strict=True))
    return [[_shown(*pair, moves=moves) for pair in pairs if pair[0].step == step] for step in steps]


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
    inherited = next((p for p in layout.placeholders if p.role == place.role), place)
    look = look_in(inherited, page.look, item.size)
    if place.mono or layout.part:
        look = replace(look, narrowing=1.0, tight=0)
    elif place.idx >= 0:
        look = replace(look, narrowing=type_of(page.theme, place.family or page.theme.font)[0], tight=0)

    def shape(look: Look) -> Element:
        return _text_shape(number, item, inherited, look)

    if in_lines(item.lines) and place.role not in AS_TEXT:
        page.add(
            _formula(page, item, number, shape(replace(look, equations=True)))
            if is_formula(item)
            else twice(shape, look)
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
    drawn = picture_of(item, number, page.drawings.of(item), page.part, page.media)
    return known_or(known, drawn)


def _text_shape(number: int, item: LaidText, inherited: Placeholder, look: Look) -> Element:
    place = item.placeholder
    boxed = place.idx < 0
    if not place.mono:
        face = place.family or ("+mj-lt" if place.type in TITLES else "+mn-lt")
        look = look.beside_code((run for line in item.lines for run in line.runs), face)
    alt = item.lines[0].text if look.equations and is_formula(item) else None
    return el(
        "p:sp",
        el(
            "p:nvSpPr",
            named(number, same_name(place.same) or f"{place.name} {number}", alt),
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
