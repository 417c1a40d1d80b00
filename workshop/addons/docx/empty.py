"""An empty document with our styles, fonts and lists, which python-docx then opens."""

from __future__ import annotations

import hashlib
import io
import uuid
import zipfile
from collections.abc import Mapping
from typing import Any

from workshop.addons.docx.measures import Element, Measures, el, half_points, name, to_bytes, twips
from workshop.model.theme import Theme
from workshop.render.office_xml import parsed, theme_xml

# ---------------------------------------------------------------- styles
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


# ---------------------------------------------------------------- base
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
FONT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
BULLETS = 1  # the list that all bullets share; lists with numbers follow
LEVELS = 4
PARTS = {
    "word/document.xml": WML + "document.main+xml",
    "word/styles.xml": WML + "styles+xml",
    "word/settings.xml": WML + "settings+xml",
    "word/numbering.xml": WML + "numbering+xml",
    "word/fontTable.xml": WML + "fontTable+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
}


def base_document(data: dict[str, Any], theme: Theme, measures: Measures, *, facing: bool) -> bytes:
    """Return a document without content.

    No date is written: the real one would change the bytes of each build.

    Args:
        data: the front of a printed document: title, author, language, colours.
        theme: whose colours Word offers.
        measures: sizes.
        facing: whether left and right pages have headers and footers of their own.
    """
    region = data["region"]
    language = f"{data['language']}-{region}" if region else data["language"]
    fonts = [file.read_bytes() for file in measures.files]
    keys = [_font_key(font) for font in fonts]
    trees = {
        "word/document.xml": el("w:document", el("w:body"), mc_Ignorable="w14"),
        "word/styles.xml": styles_xml(measures, data["colors"], language),
        "word/settings.xml": _settings(language, facing=facing),
        "word/numbering.xml": _numbering(measures, data["colors"]["accent"]),
        "word/fontTable.xml": _font_table(measures, keys),
        "word/theme/theme1.xml": parsed(theme_xml(theme)),
        "docProps/core.xml": _core(data, language),
    }
    blobs = {part: to_bytes(tree) for part, tree in trees.items()}
    for number, (font, key) in enumerate(zip(fonts, keys, strict=True), start=1):
        blobs[f"word/fonts/font{number}.odttf"] = _obfuscated(font, key)
    links = [(TYPES + "officeDocument", "word/document.xml"), (CORE, "docProps/core.xml")]
    own = [(TYPES + kind, f"{kind}.xml") for kind in ("styles", "settings", "numbering", "fontTable")]
    own.append((TYPES + "theme", "theme/theme1.xml"))
    blobs["_rels/.rels"] = _relationships(links)
    blobs["word/_rels/document.xml.rels"] = _relationships(own)
    blobs["word/_rels/fontTable.xml.rels"] = _relationships([(TYPES + "font", f"fonts/font{n}.odttf") for n in (1, 2)])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        package.writestr("[Content_Types].xml", to_bytes(_content_types()))
        for part, blob in blobs.items():
            package.writestr(part, blob)
    return buffer.getvalue()


def _font_key(font: bytes) -> str:
    return str(uuid.UUID(bytes=hashlib.sha256(font).digest()[:16])).upper()


def _obfuscated(font: bytes, key: str) -> bytes:
    """Return a font as the standard embeds it: its first 32 bytes are changed by its key, read backwards.

    >>> _obfuscated(bytes(33), "00112233-4455-6677-8899-AABBCCDDEEFF")[:2].hex()
    'ffee'
    """
    mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    return bytes(a ^ b for a, b in zip(font[:32], mask, strict=True)) + font[32:]


def _font_table(measures: Measures, keys: list[str]) -> Element:
    """Return the fonts: ours is inside the file, and who can't use it gets Arial."""
    embedded = [
        el(f"w:embed{look}", r_id=f"rId{number}", w_fontKey=f"{{{key}}}")
        for number, (look, key) in enumerate(zip(("Regular", "Bold"), keys, strict=True), start=1)
    ]
    return el(
        "w:fonts",
        el(
            "w:font",
            el("w:altName", w_val="Arial"),
            el("w:charset", w_val="00"),
            el("w:family", w_val="swiss"),
            el("w:pitch", w_val="variable"),
            *embedded,
            w_name=measures.face,
        ),
    )


def _settings(language: str, *, facing: bool) -> Element:
    compatible = "http://schemas.microsoft.com/office/word"
    return el(
        "w:settings",
        el("w:embedTrueTypeFonts"),
        el("w:evenAndOddHeaders") if facing else None,
        el("w:characterSpacingControl", w_val="doNotCompress"),
        el("w:compat", el("w:compatSetting", w_name="compatibilityMode", w_uri=compatible, w_val="15")),
        el("w:themeFontLang", w_val=language),
        el("w:decimalSymbol", w_val="."),
        el("w:listSeparator", w_val=","),
    )


def _numbering(measures: Measures, color: str) -> Element:
    """Return the two kinds of list: squares, and bold numbers; each list with numbers is added when it is written."""
    kinds = (("bullet", "\u25aa"), ("decimal", "%{level}"))
    return el(
        "w:numbering",
        *(
            el(
                "w:abstractNum",
                el("w:multiLevelType", w_val="hybridMultilevel"),
                *(_level(kind, sign, level, measures, color) for level in range(LEVELS)),
                w_abstractNumId=number,
            )
            for number, (kind, sign) in enumerate(kinds)
        ),
        el("w:num", el("w:abstractNumId", w_val=0), w_numId=BULLETS),
    )


def _level(kind: str, sign: str, level: int, measures: Measures, color: str) -> Element:
    left = measures.rail + 5 * (level + 1)
    return el(
        "w:lvl",
        el("w:start", w_val=1),
        el("w:numFmt", w_val=kind),
        el("w:lvlText", w_val=sign.format(level=level + 1)),
        el("w:lvlJc", w_val="left"),
        el("w:pPr", el("w:ind", w_left=twips(left), w_hanging=twips(5))),
        el("w:rPr", el("w:b"), el("w:color", w_val=hexed(color))),
        w_ilvl=level,
    )


def new_list(numbering: Element, start: int) -> int:
    """Add a list with numbers of its own, beginning with ``start``, and return its id."""
    number = len(numbering.findall(name("w:num"))) + 1
    numbering.append(
        el(
            "w:num",
            el("w:abstractNumId", w_val=1),
            el("w:lvlOverride", el("w:startOverride", w_val=start), w_ilvl=0),
            w_numId=number,
        )
    )
    return number


def _core(data: dict[str, Any], language: str) -> Element:
    return el(
        "cp:coreProperties",
        el("dc:title", text=data["document"]),
        el("dc:creator", text=data["kit"]["author"]),
        el("dc:language", text=language),
    )


def _relationships(links: list[tuple[str, str]]) -> bytes:
    return to_bytes(
        el(
            "pr:Relationships",
            *(
                el("pr:Relationship", Id=f"rId{number}", Type=kind, Target=target)
                for number, (kind, target) in enumerate(links, start=1)
            ),
        )
    )


def _content_types() -> Element:
    return el(
        "ct:Types",
        el("ct:Default", Extension="rels", ContentType="application/vnd.openxmlformats-package.relationships+xml"),
        el("ct:Default", Extension="xml", ContentType="application/xml"),
        el("ct:Default", Extension="odttf", ContentType=FONT),
        *(el("ct:Override", PartName=f"/{part}", ContentType=kind) for part, kind in PARTS.items()),
    )
