"""An empty document with our fonts and lists, which python-docx then opens."""

from __future__ import annotations

import hashlib
import io
import uuid
import zipfile
from typing import Any

from workshop.addons.docx.docx_styles import hexed, styles_xml
from workshop.addons.docx.measures import Measures
from workshop.addons.docx.word_xml import Element, el, name, to_bytes, twips
from workshop.model.theme import Theme
from workshop.render.office_xml import parsed
from workshop.render.theme_part import theme_xml

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
