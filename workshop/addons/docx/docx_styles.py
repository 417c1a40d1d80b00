"""The styles of an editable document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.addons.docx.measures import Measures
from workshop.addons.docx.word_xml import Element, el, half_points, twips

# The styles of an editable document: whoever changes a style changes every sheet.
MONO = "Courier New"
SPACE = 9  # points between a border and its text, left and right
INSET = SPACE * 25.4 / 72 + 0.2  # mm
Styles = list[Element]


def rule(side: str, points: float, color: str, *, style: str = "single", space: int = 0) -> Element:
    """Return one side of a border."""
    return el(f"w:{side}", w_val=style, w_sz=round(8 * points), w_space=space, w_color=hexed(color))


def hexed(color: str) -> str:
    """Return a colour as Word writes it."""
    return color.lstrip("#").upper()


def shade(color: str) -> Element:
    """Return a solid background."""
    return el("w:shd", w_val="clear", w_color="auto", w_fill=hexed(color))


def look(
    *, size: float = 0, bold: bool | None = None, color: str = "", font: str = "", caps: bool = False, fill: str = ""
) -> Element:
    """Return character properties, in the order of the schema."""
    return el(
        "w:rPr",
        el("w:rFonts", w_ascii=font, w_hAnsi=font, w_cs=font, w_eastAsia=font) if font else None,
        None if bold is None else el("w:b", w_val=bold),
        el("w:caps") if caps else None,
        el("w:color", w_val=hexed(color)) if color else None,
        el("w:spacing", w_val=10) if caps else None,
        el("w:sz", w_val=half_points(size)) if size else None,
        el("w:szCs", w_val=half_points(size)) if size else None,
        shade(fill) if fill else None,
    )


def tab_stops(tabs: tuple[tuple[float, str, str], ...]) -> Element | None:
    """Return the place in mm, the alignment and the leader of each tab."""
    made = [el("w:tab", w_val=kind, w_leader=leader or None, w_pos=twips(at)) for at, kind, leader in tabs]
    return el("w:tabs", *made) if made else None


def setting(
    *,
    before: float = 0,
    after: float = 0,
    lead: float = 0,
    exact: bool = False,
    left: float = 0,
    hanging: float = 0,
    right: float = 0,
    keep_next: bool = False,
    borders: tuple[Element, ...] = (),
    fill: str = "",
    tabs: tuple[tuple[float, str, str], ...] = (),
    outline: int | None = None,
) -> Element:
    """Return paragraph properties, in the order of the schema.

    Args:
        before, after, left, right: spaces in mm.
        hanging: how far the first line begins to the left of the others, in mm.
        lead: line height in points; 0 for that of the font.
        exact: whether higher content is cut off; otherwise it makes its line higher.
        keep_next: whether it stays on the page of the next paragraph.
        borders: sides of a border.
        fill: background.
        tabs: place in mm, alignment, leader.
        outline: level in the outline, from 0.
    """
    line: dict[str, Any] = {"w_line": round(20 * lead), "w_lineRule": "exact" if exact else "atLeast"} if lead else {}
    indented = left or hanging or right
    return el(
        "w:pPr",
        el("w:keepNext") if keep_next else None,
        el("w:keepLines") if keep_next else None,
        el("w:pBdr", *borders) if borders else None,
        shade(fill) if fill else None,
        tab_stops(tabs),
        el("w:spacing", w_before=twips(before), w_after=twips(after), **line),
        el("w:ind", w_left=twips(left), w_right=twips(right), w_hanging=twips(hanging) if hanging else None)
        if indented
        else None,
        None if outline is None else el("w:outlineLvl", w_val=outline),
    )


def styles_xml(measures: Measures, colors: Mapping[str, str], language: str) -> Element:
    """Return all styles; their ids are their names without spaces."""
    m = measures
    defaults = el(
        "w:docDefaults",
        el("w:rPrDefault", _default_look(m, colors, language)),
        el("w:pPrDefault", setting(lead=m.lead)),
    )
    return el(
        "w:styles",
        defaults,
        *_basic(m),
        *_headings(m, colors),
        *_text(m, colors),
        *_panels(m, colors),
        *_in_tables(m, colors),
        *_at_the_edge(m, colors),
        *_characters(m, colors),
    )


def _default_look(m: Measures, colors: Mapping[str, str], language: str) -> Element:
    found = look(size=m.body, color=colors["ink"], font=m.face)
    found.append(el("w:lang", w_val=language, w_eastAsia=language))
    return found


def style(
    name: str, *properties: Element, kind: str = "paragraph", based: str = "Normal", then: str = "", quick: bool = True
) -> Element:
    """Return a style."""
    own = name.replace(" ", "")
    is_default = own in ("Normal", "TableNormal", "DefaultParagraphFont")
    parent = "" if is_default else based if kind == "paragraph" else ""
    written = name.lower() if name.startswith(("Heading", "header", "footer")) else name
    return el(
        "w:style",
        el("w:name", w_val=written),
        el("w:basedOn", w_val=parent) if parent else None,
        el("w:next", w_val=then) if then else None,
        el("w:uiPriority", w_val=1),
        el("w:qFormat") if quick and kind != "table" else None,
        *properties,
        w_type=kind,
        w_default=True if is_default else None,
        w_styleId=own,
    )


def _basic(m: Measures) -> Styles:
    around = {"top": m.pad, "left": 2.0, "bottom": m.pad, "right": 2.0}
    cells = [el(f"w:{side}", w_w=twips(width), w_type="dxa") for side, width in around.items()]
    return [
        style("Normal"),
        style("Default Paragraph Font", kind="character", quick=False),
        style("Table Normal", el("w:tblPr", el("w:tblInd", w_w=0, w_type="dxa")), kind="table"),
        _table_style("Sheet Table", cells),
    ]


def _table_style(name: str, cells: Styles) -> Element:
    head = el("w:tblStylePr", el("w:rPr", el("w:b")), el("w:tblPr"), w_type="firstRow")
    return style(name, el("w:tblPr", el("w:tblCellMar", *cells)), head, kind="table")


def _headings(m: Measures, colors: Mapping[str, str]) -> Styles:
    first = setting(after=1.6, lead=m.h1 * 1.1, keep_next=True, outline=0)
    second = setting(before=m.asked, after=1.5, lead=m.h2 * 1.2, left=m.rail, hanging=m.rail, keep_next=True, outline=1)
    third = setting(before=2.6, after=1, lead=m.small_lead, keep_next=True, outline=2)
    return [
        style("Heading 1", first, look(size=m.h1, bold=True), then="Lead"),
        style("Heading 2", second, look(size=m.h2, bold=True), then="Normal"),
        style("Heading 3", third, look(size=m.small + 0.5, bold=True), then="Normal"),
        style("Kicker", setting(after=1, lead=m.small_lead, tabs=((m.text, "right", ""),)), _kicker(m, colors)),
        style("Lead", setting(after=2.4)),
    ]


def _kicker(m: Measures, colors: Mapping[str, str]) -> Element:
    return look(size=m.caption, bold=True, color=colors["muted"], caps=m.capitals)


def _text(m: Measures, colors: Mapping[str, str]) -> Styles:
    line_end = ((m.text, "right", "underscore"),)
    return [
        style("Body Text", setting(after=1.4, left=m.rail)),
        style("List Bullet", setting(after=1, left=m.rail), based="BodyText"),
        style("List Number", setting(after=1.0, left=m.rail), based="BodyText"),
        style(
            "Answer Line",
            setting(lead=m.pitch / 25.4 * 72, exact=True, left=m.rail, tabs=line_end),
            look(color=colors["muted"]),
            based="BodyText",
        ),
        style("Choices", setting(after=m.asked * 0.2, left=m.rail + 7, hanging=7), based="BodyText"),
        style(
            "Caption",
            setting(after=1.6, left=m.rail, lead=m.caption * 1.3),
            look(size=m.caption, color=colors["muted"]),
        ),
        style("Facts", setting(after=1.4), look(size=m.caption, color=colors["muted"])),
        style("Fields", setting(before=2, after=2), based="Normal"),
        style("Picture", setting(before=1.4, after=1, left=m.rail, keep_next=True)),
        style("Command", setting(after=1, left=m.rail, right=1), look(size=m.caption, font=MONO)),
    ]


def _panels(m: Measures, colors: Mapping[str, str]) -> Styles:
    """Return texts on a tint, in a box, or beside a bar; inside, one style goes on as long as the panel does."""
    tint, ink = colors["tint"], colors["ink"]

    def framed(line: str, color: str, width: float) -> tuple[Element, ...]:
        spaces = {"top": 3, "left": SPACE, "bottom": 3, "right": SPACE}
        return tuple(rule(side, width, color, style=line, space=space) for side, space in spaces.items())

    small = look(size=m.small)
    edge = INSET + m.rail
    return [
        style("Given", setting(lead=m.lead, left=edge, right=INSET, borders=framed("single", tint, 1), fill=tint)),
        style("Hint", setting(lead=m.small_lead, left=edge, right=INSET, borders=framed("single", tint, 1), fill=tint), small),
        style("Boxed", setting(lead=m.small_lead, left=edge, right=INSET, borders=framed("single", ink, 0.75)), small),
        style("Bet", setting(after=0.6, left=INSET, right=INSET, borders=framed("single", ink, 1.6),
                             tabs=((m.text - INSET, "right", "underscore"),))),
        style("Where It Stops", setting(lead=m.small_lead, left=INSET, right=INSET, borders=framed("dashed", ink, 0.75)), small),
        style(
            "Quoted",
            setting(after=1.6, left=edge + 2, borders=(rule("left", 2.25, colors["accent"], space=8),)),
        ),
        style("Aim", setting(before=1, after=3, lead=17, left=INSET, right=INSET, borders=framed("single", ink, 3), fill=ink),
              look(size=12, color="#ffffff")),
        style("After Panel", setting(lead=4, exact=True)),
    ]  # fmt: skip


def _in_tables(m: Measures, colors: Mapping[str, str]) -> Styles:
    return [
        style("Table Text", setting(lead=m.lead * 0.92)),
        style("Table Head", setting(lead=m.small_lead, keep_next=True), look(size=m.small, bold=True), based="TableText"),
        style("Table Small", setting(lead=m.small_lead, after=0.4), look(size=m.small), based="TableText"),
        style("Table Note", setting(lead=m.small_lead), look(size=m.small - 0.5, color=colors["muted"]), based="TableText"),
        style("Table Ask", setting(lead=m.small_lead, left=2, after=0.4, fill=colors["tint"]), look(size=m.small),
              based="TableText"),
        style("Table List", setting(lead=m.small_lead, left=4, hanging=4), look(size=m.small), based="TableText"),
        style("Check List", setting(lead=m.small_lead, left=6, hanging=6, after=0.8), look(size=m.small)),
    ]  # fmt: skip


def _at_the_edge(m: Measures, colors: Mapping[str, str]) -> Styles:
    places = ((m.text / 2, "center", ""), (m.text, "right", ""))
    muted = look(size=m.caption, color=colors["muted"])
    ink = colors["ink"]
    wide = (rule("top", 6, ink, space=1), rule("bottom", 6, ink, space=1))
    return [
        style("header", setting(lead=m.small_lead)),
        style("footer", setting(lead=m.small_lead, tabs=places), muted),
        style(
            "Key Band",
            setting(lead=20, borders=wide, fill=ink, tabs=((m.text, "right", ""),)),
            look(size=15, bold=True, color="#ffffff"),
            based="header",
        ),
    ]


def _characters(m: Measures, colors: Mapping[str, str]) -> Styles:
    ink, white = colors["ink"], "#ffffff"

    def named(name: str, own: Element) -> Element:
        return style(name, own, kind="character")

    return [
        named("Strong", look(bold=True)),
        named("Muted", look(size=m.caption, bold=False, color=colors["muted"])),
        named("Marked", look(fill=colors["tint2"])),
        named("Code", look(size=m.small, font=MONO, fill=colors["tint2"])),
        named("Answer", look(bold=True, color=white, fill=colors["accent"])),
        named("Number", look(size=m.h2 - 1.5, bold=True, color=white, fill=ink)),
        named("Slide Number", look(bold=True, color=colors["accent"])),
        named("Blank", _underlined(ink)),
        named("Hyperlink", _underlined(colors["accent"])),
    ]


def _underlined(color: str) -> Element:
    found = look(color=color)
    found.append(el("w:u", w_val="single"))
    return found
