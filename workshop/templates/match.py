"""Matching a template's layouts to ours by the types, number and places of their placeholders, in any language."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.files.presentation import Scheme, box_of, paint_of, scheme_of
from workshop.model.theme import Box, Paint, inches
from workshop.templates.backdrop import LEAST_KEPT, Backdrop, Pictures, drawn
from workshop.templates.look import TextLook, fonts_of, text_look
from workshop.templates.opening import TemplateFile, layout_parts

# ---------------------------------------------------------------- layouts
# The layouts of a template as data: placeholders with inherited properties, decoration, background, foot.
TITLES = frozenset({"title", "ctrTitle"})
FOOT = ("ftr", "sldNum", "dt")
LOST = 4_294_967_295  # idx of a placeholder that no longer belongs to a layout


class Holder(Struct, frozen=True, kw_only=True):
    """A placeholder of a layout with its inherited properties.

    Attributes:
        type: as in ``p:ph``: "title", "ctrTitle", "subTitle", "body", "obj", "chart", "tbl", "pic", "ftr", …
        box: its place, or the part of it that no object of the layout crosses.
        text: its own words (a footer's are meant to be on slides).
        given: its place in the file; ``None`` for a title that the layout doesn't have.
    """

    type: str
    idx: int
    name: str
    box: Box
    look: TextLook
    fill: Paint | None = None
    text: str = ""
    upright: bool = True
    given: Box | None = None

    @property
    def area(self) -> int:
        """Its area in square EMU."""
        return self.box.w * self.box.h


class TemplateLayout(Struct, frozen=True, kw_only=True):
    """One layout of a template.

    Attributes:
        number: its position among all layouts of the file, from 1.
        kind: the file's own ``type``, which doesn't depend on the language; "" if it has none.
        holders: placeholders that slides fill; ``foot`` has those for date, footer and number.
        heading, prose: the look of titles and of text on the master.
        minor: typeface of the theme's texts, which text boxes have.
        backdrop: what is behind the placeholders.
    """

    number: int
    name: str
    part: str
    master: str
    kind: str
    scheme: Scheme
    holders: tuple[Holder, ...]
    foot: tuple[Holder, ...]
    heading: TextLook
    prose: TextLook
    minor: str
    backdrop: Backdrop

    @property
    def title(self) -> Holder | None:
        """The title's placeholder."""
        return next((h for h in self.holders if h.type in TITLES), None)

    @property
    def contents(self) -> tuple[Holder, ...]:
        """All placeholders except the title, from the top left."""
        return tuple(h for h in self.holders if h.type not in TITLES)


def read_layouts(file: TemplateFile) -> tuple[TemplateLayout, ...]:
    """Return all layouts of all masters, in order."""
    found: list[TemplateLayout] = []
    pictures = Pictures(file.package)
    for master in file.masters:
        for part in layout_parts(file.package, master):
            found.append(_layout(file, pictures, master, part, len(found) + 1))
    return tuple(found)


def _layout(file: TemplateFile, pictures: Pictures, master: str, part: str, number: int) -> TemplateLayout:
    package = file.package
    root, above = package.tree(part), package.tree(master)
    theme_part = package.related(master, "theme")
    theme = package.tree(theme_part) if theme_part else None
    override = package.related(part, "themeOverride")
    own_map = root.find("p:clrMapOvr/a:overrideClrMapping", NAMESPACES)
    colors = package.tree(override) if override else theme
    scheme = scheme_of(colors, own_map if own_map is not None else above.find("p:clrMap", NAMESPACES))
    fonts, styles = fonts_of(theme), above.find("p:txStyles", NAMESPACES)
    marked = {_key(ph): shape for ph, shape in placeholders_of(above)}

    def look(kind: str, *chain: Node, wide: bool = True) -> TextLook:
        return text_look(chain, styles, style_of(kind), scheme, fonts, wide=wide)

    slide = Box(0, 0, file.width, file.height)
    holders = tuple(_holders(root, marked, look, slide))
    backdrop = drawn(
        pictures, (file.width, file.height), scheme, (theme_part or "", theme), (master, above), (part, root)
    )
    foot = tuple(h for h in holders if h.type in FOOT and within(h.box, slide))
    content = root.find("p:cSld", NAMESPACES)
    name = str(content.get("name", "")) if content is not None else ""
    return TemplateLayout(
        number=number,
        name=name or f"layout {number}",
        part=part,
        master=master,
        kind=str(root.get("type", "")),
        scheme=scheme,
        holders=apart([_cleared(h, backdrop) for h in holders if h.type not in FOOT], foot),
        foot=foot,
        heading=look("title", *(marked[k] for k in ("title",) if k in marked)),
        prose=look("body", *(marked[k] for k in ("body",) if k in marked)),
        minor=fonts.minor,
        backdrop=backdrop,
    )


def _holders(root: Node, marked: Mapping[str, Node], look: Callable[..., TextLook], slide: Box) -> Iterator[Holder]:
    """Yield the placeholders of a layout that are near the slide; ``marked`` has those of its master by family."""
    around = Box(-slide.w, -slide.h, 3 * slide.w, 3 * slide.h)
    for ph, shape in placeholders_of(root):
        kind, idx = str(ph.get("type", "obj")), whole(ph, "idx")
        behind = marked.get(_family(kind))
        box = box_of(shape) or (box_of(behind) if behind is not None else None)
        if box is None or idx == LOST or min(box.w, box.h) <= 0 or not within(box, around):
            continue
        chain = [shape] if behind is None else [shape, behind]
        upright = ph.get("orient") != "vert"
        yield Holder(
            type=kind,
            idx=idx,
            name=_name(shape),
            box=box,
            look=look(kind, *chain, wide=upright),
            fill=_own_fill(chain),
            text=_text(shape) or (_text(behind) if behind is not None and kind in FOOT else ""),
            upright=upright,
            given=box,
        )


def _cleared(holder: Holder, backdrop: Backdrop) -> Holder:
    """Return a placeholder where nothing crosses it: cut, or, if it is a title, moved onto the band behind it."""
    box = backdrop.onto_band(holder.box) if holder.type in TITLES else holder.box
    return replace(holder, box=backdrop.clear(box))


def within(box: Box, slide: Box) -> bool:
    """Whether a box is on the slide, or in another box, as a whole."""
    return box.x >= slide.x and box.y >= slide.y and box.right <= slide.right and box.bottom <= slide.bottom


def apart(holders: Sequence[Holder], foot: Sequence[Holder]) -> tuple[Holder, ...]:
    """Return placeholders in reading order, the title first, without the strips by which they overlap a title above or a foot below."""
    found = sorted(holders, key=lambda h: (h.type not in TITLES, h.box.y // 400_000, h.box.x))
    if not found or found[0].type not in TITLES:
        return tuple(found)
    title = found[0].box
    made = found[:1]
    for holder in found[1:]:
        box = holder.box
        low = [h.box.y for h in foot if box.overlaps(h.box) and h.box.y > box.y + box.h // 2]
        top, bottom = box.y, min([box.bottom, *low])
        if box.overlaps(title) and box.y >= title.y + title.h // 2:
            top = title.bottom
        if bottom - top >= LEAST_KEPT * box.h:
            box = Box(box.x, top, box.w, bottom - top)
        made.append(replace(holder, box=box))
    return tuple(made)


def placeholders_of(root: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the mark and the shape of each placeholder of a layout or master."""
    for shape in root.iterfind("p:cSld/p:spTree//p:sp", NAMESPACES):
        mark = shape.find("p:nvSpPr/p:nvPr/p:ph", NAMESPACES)
        if mark is not None:
            yield mark, shape


def _key(ph: Node) -> str:
    return _family(str(ph.get("type", "obj")))


def _family(kind: str) -> str:
    """Return the master's placeholder that a layout's inherits from."""
    if kind in TITLES:
        return "title"
    return kind if kind in FOOT else "body"


def style_of(kind: str) -> str:
    """Return the name of the master's text style that applies."""
    return "titleStyle" if kind in TITLES else "otherStyle" if kind in FOOT else "bodyStyle"


def _name(shape: Node) -> str:
    node = shape.find("p:nvSpPr/p:cNvPr", NAMESPACES)
    return str(node.get("name", "")) if node is not None else ""


def _text(shape: Node) -> str:
    runs = shape.iterfind("p:txBody/a:p/a:r/a:t", NAMESPACES)
    return "".join(node.text or "" for node in runs).strip()


def _own_fill(chain: list[Node]) -> Paint | None:
    for shape in chain:
        properties = shape.find("p:spPr", NAMESPACES)
        if properties is None:
            continue
        if properties.find("a:noFill", NAMESPACES) is not None:
            return None
        paint = paint_of(properties.find("a:solidFill", NAMESPACES))
        if paint is not None:
            return paint
    return None


# ---------------------------------------------------------------- match
HOSTS = frozenset({"obj", "chart", "tbl", "pic"})
COVERS = ("cover", "section")  # kinds whose text may be on a picture
FREE_MARGIN, FREE_TITLE = inches(0.5), inches(1.15)  # on the roomiest layout
ROWS = 400_000  # EMU: largest distance between the tops of two columns


class Pick(Struct, frozen=True):
    """A layout chosen for a kind.

    Attributes:
        slots: our name for a place -> the placeholder.
        why: the reason, in one phrase.
    """

    layout: TemplateLayout
    slots: Mapping[str, Holder]
    why: str


class _Scored(Struct, frozen=True):
    score: float
    pick: Pick


Size = tuple[int, int]
Judge = Callable[[TemplateLayout, Size], _Scored | None]


def usable(layout: TemplateLayout, size: Size) -> bool:
    """Whether a layout has a horizontal title and no vertical text."""
    title = layout.title
    if title is None or not all(h.upright for h in layout.holders):
        return False
    return title.box.w >= 0.2 * size[0] and title.box.h < 0.9 * size[1]


def match_layouts(layouts: Sequence[TemplateLayout], size: Size) -> dict[str, Pick]:
    """Return the best layout of each kind that the template has; those for body text all come from one master."""
    fine = [layout for layout in layouts if usable(layout, size)]
    masters = list(dict.fromkeys(layout.master for layout in fine))
    by_master = {m: _within([layout for layout in fine if layout.master == m], size) for m in masters}
    if not by_master:
        return {}
    best = max(masters, key=lambda m: (_worth(by_master[m]), -masters.index(m)))
    found = dict(by_master[best])
    for kind in COVERS:
        if kind not in found:
            other = next((by_master[m][kind] for m in masters if kind in by_master[m]), None)
            if other is not None:
                found[kind] = other
    return found


def roomiest(layouts: Sequence[TemplateLayout], size: Size) -> Pick:
    """Return the layout with the largest free place under a title; the title is moved to its top if it isn't above it."""
    with_title = [layout for layout in layouts if layout.title is not None and layout.title.upright] or list(layouts)
    found = [_freed(layout, size) for layout in with_title]
    area, pick = max(found, key=lambda one: (one[0], -one[1].layout.number))
    del area
    return pick


def _freed(layout: TemplateLayout, size: Size) -> tuple[int, Pick]:
    """Return the free area of a layout under its title, and the layout with nothing but the title."""
    width, height = size
    low = [h.box.y for h in layout.foot if h.box.y > height * 0.78] + [height - FREE_MARGIN]
    slide = Box(FREE_MARGIN, FREE_MARGIN, width - 2 * FREE_MARGIN, min(low) - FREE_MARGIN)
    title = layout.title
    above = (
        title is not None and title.box.w > width * 0.4 and title.box.bottom < height * 0.35 and title.type == "title"
    )
    if title is not None and above:
        under = Box(slide.x, title.box.bottom, slide.w, slide.bottom - title.box.bottom)
        free = layout.backdrop.free(under)
        head = title
    else:
        free = layout.backdrop.free(slide)
        place = Box(free.x, free.y, free.w, min(free.h // 4, FREE_TITLE))
        head = replace(title, box=place) if title is not None else _untitled(layout, place)
        free = Box(free.x, place.bottom, free.w, free.h - place.h)
    bare = replace(layout, holders=(head,))
    return free.w * free.h, Pick(bare, {"title": head}, "the most free room under a title")


def _untitled(layout: TemplateLayout, place: Box) -> Holder:
    """Return a title for a layout that has none, with the master's look."""
    return Holder(type="title", idx=0, name="Title", box=place, look=layout.heading)


def _worth(found: Mapping[str, Pick]) -> int:
    weights = {"content": 8, "two": 4, "title-only": 3, "comparison": 2, "cover": 1, "section": 1}
    return sum(weight for kind, weight in weights.items() if kind in found)


def _within(layouts: Sequence[TemplateLayout], size: Size) -> dict[str, Pick]:
    found: dict[str, Pick] = {}
    clear = [x for x in layouts if not any(x.backdrop.is_picture(h.box) for h in x.holders)]
    for kind, judge in JUDGES:
        fine = layouts if kind in COVERS else clear
        scored = [s for layout in fine if (s := judge(layout, size)) is not None]
        if scored:
            found[kind] = max(scored, key=lambda s: (s.score, -s.pick.layout.number)).pick
    if "section" in found and "cover" in found and found["section"].layout.part == found["cover"].layout.part:
        del found["section"]
    return found


def _scored(score: float, layout: TemplateLayout, why: str, **slots: Holder | None) -> _Scored:
    kept = {name.replace("_", "-"): holder for name, holder in slots.items() if holder is not None}
    hint = f", type {layout.kind}" if layout.kind else ""
    return _Scored(score, Pick(layout, kept, why + hint))


# ---------------------------------------------------------------- one judge per kind
def _cover(layout: TemplateLayout, size: Size) -> _Scored | None:
    title, rest = layout.title, layout.contents
    assert title is not None
    if any(h.type in HOSTS and h.area > 0.12 * size[0] * size[1] for h in rest if h.type != "pic"):
        return None
    below = [h for h in rest if h.type in ("subTitle", "body")]
    subtitle = next((h for h in below if h.type == "subTitle"), max(below, key=lambda h: h.area, default=None))
    score = 5.0 * (layout.kind == "title") + 4 * (title.type == "ctrTitle")
    score += 3 * any(h.type == "subTitle" for h in rest)
    if score < 3:
        return None
    others = [h for h in below if h is not subtitle]
    occasion = max(others, key=lambda h: h.area, default=None)
    why = "a title" + (" and a subtitle" if subtitle else "")
    return _scored(score, layout, why, title=title, subtitle=subtitle, occasion=occasion)


def _section(layout: TemplateLayout, size: Size) -> _Scored | None:
    title, rest = layout.title, layout.contents
    assert title is not None
    texts = [h for h in rest if h.type == "body"]
    if len(texts) != len(rest) or len(texts) > 2 or title.type == "ctrTitle":
        return None
    main = max(texts, key=lambda h: h.area, default=None)
    low = main is not None and main.box.h <= 0.42 * size[1] and not main.look.bullet
    score = (
        6.0 * (layout.kind == "secHead")
        + 2 * low
        + 1.5 * (title.box.h > 0.2 * size[1])
        + 1 * (title.look.sizes[0] >= 36)
    )
    if score < 3 or (main is None and layout.kind != "secHead"):
        return None
    return _scored(score, layout, "a large title and a short text", title=title, main=main)


def _content(layout: TemplateLayout, size: Size) -> _Scored | None:
    title = layout.title
    assert title is not None
    large = [h for h in layout.contents if h.type in ("obj", "body") and h.area >= 0.27 * size[0] * size[1]]
    small = [h for h in layout.contents if h not in large]
    if len(large) != 1 or any(h.type not in ("body", "subTitle") or h.box.h > 0.15 * size[1] for h in small):
        return None
    main = large[0]
    beside = main.box.y < title.box.y + 0.4 * title.box.h
    if title.type == "ctrTitle" or (beside and main.box.overlaps(title.box, round(0.02 * size[0]))):
        return None
    score = (
        -4.0 * beside
        + 3.0 * (main.type == "obj")
        + 3 * (layout.kind in ("obj", "tx"))
        + 2 * main.box.w / size[0]
        - len(small)
    )
    what = "object" if main.type == "obj" else "text"
    why = f"a title and one {what}, {round(100 * main.box.w / size[0])}% wide"
    return _scored(score, layout, why, title=title, main=main)


def _columns(holders: Iterable[Holder], size: Size) -> tuple[Holder, Holder] | None:
    """Return two holders side by side, of about the same height."""
    pair = sorted(holders, key=lambda h: h.box.x)
    if len(pair) != 2:
        return None
    left, right = pair
    level = abs(left.box.y - right.box.y) < ROWS
    beside = left.box.right <= right.box.x + 0.02 * size[0]
    alike = 0.35 <= left.box.w / max(1, right.box.w) <= 2.9 and 0.5 <= left.box.h / max(1, right.box.h) <= 2
    return (left, right) if level and beside and alike else None


def _two(layout: TemplateLayout, size: Size) -> _Scored | None:
    title = layout.title
    assert title is not None
    large = [h for h in layout.contents if h.type in ("obj", "body") and h.box.h >= 0.3 * size[1]]
    pair = _columns(large, size)
    if pair is None or len(large) != len(layout.contents) or title.box.bottom > pair[0].box.y + 0.05 * size[1]:
        return None
    even = min(pair[0].box.w, pair[1].box.w) / max(pair[0].box.w, pair[1].box.w)
    score = 3.0 * (layout.kind in ("twoObj", "twoColTx")) + sum(h.type == "obj" for h in pair) + 3 * even
    return _scored(score, layout, "a title and two columns", title=title, left=pair[0], right=pair[1])


def _comparison(layout: TemplateLayout, size: Size) -> _Scored | None:
    title = layout.title
    assert title is not None
    large = [h for h in layout.contents if h.type in ("obj", "body") and h.box.h >= 0.25 * size[1]]
    heads = [h for h in layout.contents if h.type == "body" and h not in large and h.box.h < 0.2 * size[1]]
    pair, over = _columns(large, size), _columns(heads, size)
    if pair is None or over is None or len(layout.contents) != 4 or over[0].box.y > pair[0].box.y:
        return None
    score = 3.0 * (layout.kind == "twoTxTwoObj") + 1
    slots = {"left_heading": over[0], "left": pair[0], "right_heading": over[1], "right": pair[1]}
    return _scored(score, layout, "a title and two columns with headings", title=title, **slots)


def _title_only(layout: TemplateLayout, size: Size) -> _Scored | None:
    title = layout.title
    assert title is not None
    if layout.contents or title.box.y > 0.35 * size[1] or title.box.h > 0.35 * size[1]:
        return None
    return _scored(3.0 * (layout.kind == "titleOnly") + 1, layout, "a title and nothing else", title=title)


def _single(kind: str, least: float) -> Judge:
    def judge(layout: TemplateLayout, size: Size) -> _Scored | None:
        title = layout.title
        assert title is not None
        found = [h for h in layout.contents if h.type == kind]
        rest = [h for h in layout.contents if h.type != kind]
        if len(found) != 1 or len(rest) > 1 or found[0].area < least * size[0] * size[1]:
            return None
        main = found[0]
        if main.box.y < title.box.y + 0.4 * title.box.h or any(h.type != "body" for h in rest):
            return None
        beside = [h for h in rest if h.box.h >= 0.25 * size[1] and not h.box.overlaps(main.box)]
        if rest and not beside:
            return None
        what = {"pic": "a picture", "chart": "a chart", "tbl": "a table"}[kind]
        return _scored(1.0 + main.area / (size[0] * size[1]), layout, f"a title and {what}", title=title, main=main, reading=next(iter(beside), None))  # fmt: skip

    return judge


JUDGES: tuple[tuple[str, Judge], ...] = (
    ("cover", _cover),
    ("section", _section),
    ("content", _content),
    ("two", _two),
    ("comparison", _comparison),
    ("title-only", _title_only),
    ("picture", _single("pic", 0.2)),
    ("chart", _single("chart", 0.27)),
    ("table", _single("tbl", 0.27)),
)


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest box around some boxes."""
    left, top = min(b.x for b in boxes), min(b.y for b in boxes)
    return Box(left, top, max(b.right for b in boxes) - left, max(b.bottom for b in boxes) - top)


# ---------------------------------------------------------------- prompts
# Repairing templates that LibreOffice saved, before anything else reads them.
#
# LibreOffice puts the look of a placeholder into its prompt, where no slide inherits it; it is moved into the placeholder's
# list style, where PowerPoint looks for it. Several placeholders of a layout have the same idx, or none; each gets its own.
_A = f"{{{NAMESPACES['a']}}}"
KEPT = ("sz", "b", "i", "cap", "spc")
LOOKS = ("solidFill", "latin", "ea", "cs")
FIRST_OWN = 30


def completed(package: PackageFile, masters: Iterable[tuple[str, tuple[str, ...]]]) -> PackageFile:
    """Return the package with an idx for each placeholder, and a list style for each that neither has nor inherits one.

    Args:
        masters: name of each master's part, with the names of its layouts' parts.
    """
    blobs = dict(package.blobs)
    for master, layouts in masters:
        styles = package.tree(master).find("p:txStyles", NAMESPACES)
        styled = styles is not None and styles.find("p:bodyStyle/a:lvl1pPr/a:defRPr[@sz]", NAMESPACES) is not None
        for name in (master, *layouts):
            root = copy.deepcopy(package.tree(name))
            done = [] if styled else [_complete(shape) for _, shape in placeholders_of(root)]
            if name != master:
                done.append(_number(root))
            if any(done):
                blobs[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return replace(package, blobs=blobs, _trees={}, _relations={})


def _number(root: Node) -> bool:
    """Give each placeholder with a shared idx, or the title's, its own one; return whether that was needed."""
    marks = [ph for ph, _ in placeholders_of(root) if ph.get("type") not in TITLES]
    free = max([FIRST_OWN, *(whole(ph, "idx") + 1 for ph in marks if whole(ph, "idx") < LOST // 2)])
    seen = {0}
    changed = False
    for ph in marks:
        if whole(ph, "idx") in seen:
            ph.set("idx", str(free))
            free, changed = free + 1, True
        seen.add(whole(ph, "idx"))
    return changed


def _complete(shape: Node) -> bool:
    """Give a placeholder the style of its prompt's paragraphs, level by level; return whether that was needed."""
    body = shape.find("p:txBody", NAMESPACES)
    frame = body.find("a:bodyPr", NAMESPACES) if body is not None else None
    if body is None or frame is None or body.find("a:lstStyle/a:lvl1pPr/a:defRPr[@sz]", NAMESPACES) is not None:
        return False
    levels: dict[int, Node] = {}
    for paragraph in body.iterfind("a:p", NAMESPACES):
        look = paragraph.find("a:r/a:rPr", NAMESPACES)
        own = paragraph.find("a:pPr", NAMESPACES)
        level = whole(own, "lvl")
        if look is not None:
            levels.setdefault(level, _style(own, look, level))
    if not levels:
        return False
    old = body.find("a:lstStyle", NAMESPACES)
    if old is not None:
        body.remove(old)
    made = etree.Element(f"{_A}lstStyle")
    made.extend(levels[level] for level in sorted(levels))
    frame.addnext(made)
    return True


def _style(own: Node | None, look: Node, level: int) -> Node:
    made = etree.Element(f"{_A}lvl{level + 1}pPr")
    if own is not None:
        for key, value in own.attrib.items():
            if key != "lvl":
                made.set(key, value)
        made.extend(copy.deepcopy(child) for child in own)
    run = etree.SubElement(made, f"{_A}defRPr")
    for key in KEPT:
        if look.get(key):
            run.set(key, str(look.get(key)))
    for name in LOOKS:
        child = look.find(f"a:{name}", NAMESPACES)
        if child is not None:
            run.append(copy.deepcopy(child))
    return made
