"""The layouts of a template as data: placeholders with inherited properties, decoration, background, foot.

Templates that LibreOffice saved are repaired before: it puts the look of a placeholder into its prompt, where no slide inherits it; it
is moved into the placeholder's list style, where PowerPoint looks for it. Several placeholders of a layout have the same idx, or none;
each gets its own.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from workshop.files.package_file import NAMESPACES, Node, PackageFile, whole
from workshop.files.presentation_colors import Scheme, paint_of, scheme_of
from workshop.files.slide_frames import box_of
from workshop.model.theme import Box, Paint
from workshop.templates.backdrop import LEAST_KEPT, Backdrop, Pictures, drawn
from workshop.templates.file import TemplateFile, layout_parts
from workshop.templates.look import TextLook, fonts_of, text_look

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
