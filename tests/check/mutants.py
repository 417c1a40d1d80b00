"""A talk with a bit of everything, as we build it, and the kinds of fault that a deck can have, each seeded into it once."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from tests.check.test_package import rezipped
from tests.png import png_of
from workshop.build import build
from workshop.model.request import Request
from workshop.plugins.registry import standard_registry

TALK = """---
title: A talk about bread
author: Us
---

# The dough

## Time does the work {#work layout=content}

::: incremental
- Flour and water, mixed the evening before
- Salt on the next morning
- An hour of rest in a warm place
:::

::: notes
**Say** Let everyone smell it.
:::

## Warm dough rises sooner

![How high the dough is after each hour](chart:dough.csv){kind=bar x=hour y=warm,cold unit=count}

## How much goes into it

| Part  | Grams |
|-------|-------|
| Flour | 500   |
| Water | 350   |

## What it should look like

![A loaf with a dark crust](loaf.png)

## Heat goes as the fourth power

$$P = \\sigma A T^4$$

Read [more about it](https://example.org/heat), or go back [to the dough](#work).
"""
TYPES, MAIN, MASTER = "[Content_Types].xml", "ppt/presentation.xml", "ppt/slideMasters/slideMaster1.xml"
LIST, CHART, TABLE, PICTURE, FORMULA = (f"ppt/slides/slide{n}.xml" for n in (3, 4, 5, 6, 7))
NUMBERS, BOOK = "ppt/charts/chart1.xml", "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx"
NOTES, MEDIA, THEME = "ppt/notesSlides/notesSlide1.xml", "ppt/media/image1.png", "ppt/theme/theme1.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
Edit = Callable[[dict[str, bytes]], object]


def rels(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


@cache
def talk() -> bytes:
    """Return the deck of the talk: a list with clicks and notes, a chart, a table, a picture, a formula, links."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "talk.md").write_text(TALK, "utf-8")
        (folder / "dough.csv").write_text("hour,warm,cold\n1,3,1\n2,5,2\n3,9,3\n", "utf-8")
        (folder / "loaf.png").write_bytes(png_of(60, 40, zlib.compress((b"\0" + b"\x80\x40\x20" * 60) * 40)))
        build(folder / "talk.md", Request(), standard_registry(), base=None, out=folder / "out")
        return (folder / "out" / "deck.pptx").read_bytes()


@dataclass(frozen=True)
class Mutant:
    """A deck with one fault.

    Attributes:
        kind: the fault in words.
        make: returns the deck.
        says: what the message that names it contains: its part, and what is wrong.
    """

    kind: str
    make: Callable[[], bytes]
    says: tuple[str, ...]


MUTANTS: list[Mutant] = []


def mutant(kind: str, edit: Edit, *says: str) -> None:
    MUTANTS.append(Mutant(kind, lambda: rezipped(edit, talk()), says))


def changed(part: str, *pairs: tuple[str, str]) -> Edit:
    """Return an edit that replaces the first occurrence of texts in a part."""

    def edit(entries: dict[str, bytes]) -> None:
        for old, new in pairs:
            assert old.encode() in entries[part], old
            entries[part] = entries[part].replace(old.encode(), new.encode(), 1)

    return edit


def both(*edits: Edit) -> Edit:
    return lambda entries: [edit(entries) for edit in edits]


def swapped(part: str, first: str, second: str) -> Edit:
    """Return an edit that exchanges two neighbouring pieces of a part."""
    return changed(part, (first + second, second + first))


def unrelated(part: str, kind: str) -> Edit:
    """Return an edit that takes a part's relationship of a kind away."""

    def edit(entries: dict[str, bytes]) -> None:
        text = entries[rels(part)]
        end = text.index(b"/>", text.index(f'relationships/{kind}"'.encode())) + 2
        entries[rels(part)] = text[: text.rindex(b"<Relationship ", 0, end)] + text[end:]

    return edit


def related(part: str, kind: str, target: str, *, outside: bool = False) -> Edit:
    mode = ' TargetMode="External"' if outside else ""
    link = f'<Relationship Id="rIdX" Type="{OFFICE}{kind}" Target="{target}"{mode}/></Relationships>'
    return changed(rels(part), ("</Relationships>", link))


def added(part: str, content: bytes, content_type: str) -> Edit:
    override = f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    return both(lambda entries: entries.update({part: content}), changed(TYPES, ("</Types>", override)))


def pictured(change: Callable[[bytes], bytes], kind: str = "") -> Edit:
    """Return an edit of the bytes of the picture, and of its content type."""

    def edit(entries: dict[str, bytes]) -> None:
        entries[MEDIA] = change(entries[MEDIA])

    return both(edit, changed(TYPES, ("</Types>", f'<Override PartName="/{MEDIA}" ContentType="{kind}"/></Types>'))) if kind else edit  # fmt: skip


def with_chunk(kind: bytes, content: bytes) -> Callable[[bytes], bytes]:
    """Return a function that puts a chunk before the end of a PNG."""
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return lambda blob: blob[:-12] + chunk + blob[-12:]


def photo(blob: bytes, **more: bytes) -> bytes:
    """Return a picture as a JPEG that names its camera and its place, unless something else is given."""
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    out = io.BytesIO()
    Image.open(io.BytesIO(blob)).save(out, "JPEG", **(more or {"exif": exif}))
    return out.getvalue()


def in_book(part: str, old: bytes, new: bytes) -> Edit:
    """Return an edit of a part of the workbook."""

    def edit(entries: dict[str, bytes]) -> None:
        assert old in zipfile.ZipFile(io.BytesIO(entries[BOOK])).read(part)
        entries[BOOK] = rezipped(lambda own: own.update({part: own[part].replace(old, new, 1)}), entries[BOOK])

    return edit


def zipped(name: str, content: bytes = b"<x/>") -> Callable[[], bytes]:
    def make() -> bytes:
        out = io.BytesIO(talk())
        with zipfile.ZipFile(out, "a") as archive:
            archive.NameToInfo.pop(name, None)  # or it warns
            archive.writestr(zipfile.ZipInfo(name), content)
        return out.getvalue()

    return make


def encrypted() -> bytes:
    blob = bytearray(talk())
    blob[zipfile.ZipFile(io.BytesIO(blob)).start_dir + 8] |= 1  # a flag of the first entry
    return bytes(blob)


PH, EXT, RPR = '<p:ph type="body" idx="1"/>', '<a:ext cx="10972800"', '<a:rPr lang="en-GB" sz="4000"/>'
TITLE = '<p:cNvPr id="2" name="Title 1"/>'


def low_chart(entries: dict[str, bytes]) -> None:
    """Make the frame of the chart 1.2 inches high."""
    head, frame = entries[CHART].split(b"<p:graphicFrame>", 1)
    entries[CHART] = head + b"<p:graphicFrame>" + re.sub(rb'cy="\d+"', b'cy="1097280"', frame, count=1)


WRAPPED = f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:p14="urn:new" Requires="{{}}">{TITLE}</mc:Choice>{{}}</mc:AlternateContent>'

# fmt: off
# ---------------------------------------------------------------- the package
MUTANTS += [Mutant("two entries of one name", zipped(LIST), ("two parts are named", LIST)), Mutant("an entry outside of the package", zipped("/etc/evil.xml"), ("/etc/evil.xml", "isn't a name for a part")), Mutant("an encrypted entry", encrypted, ("it is encrypted",))]
mutant("a part without content type", changed(TYPES, ('<Default Extension="png" ContentType="image/png"/>', "")), MEDIA, "has no content type")
mutant("the content type of another kind of part", changed(TYPES, ("presentationml.slide+xml", "presentationml.tags+xml")), "ppt/slides/slide1.xml is a slide", "tags+xml")
mutant("two content types for a part", changed(TYPES, ("</Types>", f'<Override PartName="/{LIST}" ContentType="application/xml"/></Types>')), LIST, "two content types")
mutant("two content types for an ending", changed(TYPES, ("<Override", '<Default Extension="PNG" ContentType="image/x"/><Override')), "*.png", "two content types")
mutant("a content type for a part that is missing", changed(TYPES, ("</Types>", '<Override PartName="/ppt/gone.xml" ContentType="application/xml"/></Types>')), "ppt/gone.xml", "missing")
mutant("a part that is missing", lambda entries: entries.pop(MEDIA), f"{PICTURE} refers to {MEDIA}, which is missing")
mutant("a part that nothing refers to", added("ppt/media/more.png", png_of(1, 1, zlib.compress(b"\x00abc")), "image/png"), "nothing refers to ppt/media/more.png")
mutant("XML that ends too early", lambda entries: entries.update({LIST: entries[LIST][:-9]}), f"{LIST} is not valid XML")
mutant("a document type", changed(LIST, ("<p:sld ", '<!DOCTYPE p [<!ENTITY e "x">]><p:sld ')), f"{LIST} declares a document type")
mutant("a character that XML forbids", changed(LIST, ("Salt", "Sa&#1;lt")), f"{LIST} is not valid XML")

# ---------------------------------------------------------------- relationships
mutant("a relationship that is missing", changed(PICTURE, ('r:embed="rId2"', 'r:embed="rId77"')), f"{PICTURE} uses a relationship rId77")
mutant("two relationships of one name", changed(rels(PICTURE), ('Id="rId2"', 'Id="rId1"')), f"{PICTURE} has two relationships rId1")
mutant("a slide without a layout", unrelated(LIST, "slideLayout"), f"{LIST} has no relationship to a slideLayout")
mutant("a layout without a master", unrelated("ppt/slideLayouts/slideLayout1.xml", "slideMaster"), "slideLayout1.xml has no relationship to a slideMaster")
mutant("a master without a theme", unrelated(MASTER, "theme"), f"{MASTER} has no relationship to a theme")
mutant("notes without a notes master", unrelated(NOTES, "notesMaster"), f"{NOTES} has no relationship to a notesMaster")
mutant("notes without a slide", unrelated(NOTES, "slide"), f"{NOTES} has no relationship to a slide")
mutant("a chart without its workbook", unrelated(NUMBERS, "package"), f"{NUMBERS} uses a relationship rId1 that it does not have")
mutant("a slide with two layouts", related(LIST, "slideLayout", "../slideLayouts/slideLayout2.xml"), f"{LIST} has several relationships to a slideLayout")
mutant("a relationship to another kind of part", changed(rels(LIST), ("../slideLayouts/slideLayout", "../theme/theme1.xml#")), f"{LIST} has {THEME} as its slideLayout, but that holds a:theme")
mutant("a picture that is a layout", changed(PICTURE, ('r:embed="rId2"', 'r:embed="rId1"')), f"{PICTURE} names rId1 as its image, but that is its slideLayout")
mutant("a relationship without type", changed(rels(LIST), (' Type="', ' Kind="')), rels(LIST), "Relationship has an attribute Kind")
mutant("a notes master that isn't listed", changed(MAIN, ("notesMasterIdLst>", "custShowLst>"), ("notesMasterIdLst>", "custShowLst>")), "has a notesMaster that ppt/presentation.xml does not list")
mutant("a picture on another computer", related(LIST, "image", "https://example.org/pixel.png", outside=True), "fetches its image from elsewhere", "pixel.png")
mutant("a link to a file", related(LIST, "hyperlink", "file:///C:/budget.xlsx", outside=True), "a link opens a file", "budget.xlsx")
mutant("macros", both(added("ppt/vbaProject.bin", b"x", "application/vnd.ms-office.vbaProject"), related(MAIN, "vbaProject", "vbaProject.bin")), "it has macros", "ppt/vbaProject.bin")
mutant("an ActiveX control", both(added("ppt/activeX/activeX1.xml", b"<x/>", "application/vnd.ms-office.activeX+xml"), related(LIST, "control", "../activeX/activeX1.xml")), "a control that runs code", "activeX1.xml")
mutant("an object of another program", both(added("ppt/embeddings/oleObject1.bin", b"x", "application/vnd.openxmlformats-officedocument.oleObject"), related(LIST, "oleObject", "../embeddings/oleObject1.bin")), "an object of another program", "oleObject1.bin")

# ---------------------------------------------------------------- elements and their order
mutant("a shape's properties after its text", swapped(LIST, "<p:spPr/>", '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="en-GB"/><a:t>Time does the work</a:t></a:r></a:p></p:txBody>'), LIST, "'Title 1', txBody is in the wrong place")
mutant("a text's style before its body", swapped(LIST, "<a:bodyPr/>", "<a:lstStyle/>"), LIST, "lstStyle is in the wrong place")
mutant("a cell's properties before its text", changed(TABLE, ("<a:tc><a:txBody>", "<a:tc><a:tcPr/><a:txBody>")), TABLE, "txBody is in the wrong place")
mutant("the series of a chart in disorder", swapped(NUMBERS, '<c:idx val="0"/>', '<c:order val="0"/>'), NUMBERS, "order is in the wrong place")
mutant("the builds before the time line", changed(LIST, ("<p:timing>", '<p:timing><p:bldLst><p:bldP spid="3" grpId="0"/></p:bldLst>')), LIST, "tnLst is in the wrong place")
mutant("the lists of the presentation in disorder", swapped(MAIN, '<p:sldSz cx="12192000" cy="6858000"/>', '<p:notesSz cx="6858000" cy="9144000"/>'), MAIN, "sldSz is in the wrong place")
mutant("an element that doesn't exist", changed(LIST, ("</p:spTree>", "<p:shape/></p:spTree>")), LIST, "shape is in the wrong place")
mutant("an element that lacks a child", changed(THEME, ('<a:folHlink><a:srgbClr val="4D5B56"/></a:folHlink>', "")), THEME, "clrScheme is incomplete")
mutant("text between shapes", changed(LIST, ("</p:spTree>", "text</p:spTree>")), LIST, "spTree is not valid: Character content")
mutant("a root of another kind", changed(LIST, ("<p:sld ", "<p:sldLayout "), ("</p:sld>", "</p:sldLayout>")), LIST, "holds p:sldLayout, not p:sld")
mutant("an attribute that is missing", changed(LIST, (TITLE, '<p:cNvPr id="2"/>')), LIST, "cNvPr lacks the attribute name")
mutant("an attribute that doesn't exist", changed(LIST, (RPR, '<a:rPr lang="en-GB" size="4000"/>')), LIST, "rPr has an attribute size")
mutant("spaces that are to be kept", changed(LIST, ("<a:t>Salt", '<a:t xml:space="preserve">Salt')), LIST, "t has an attribute space")
mutant("an equation without an exponent", changed(FORMULA, ('<m:sup><m:r><m:rPr><m:sty m:val="p"/></m:rPr><m:t>4</m:t></m:r></m:sup>', "")), "slide 7 has an equation whose sSup holds e")

# ---------------------------------------------------------------- looks
mutant("a chart that is too low", low_chart, "slide 4: a chart is 1.20 inches high")
mutant("letters too close together", changed(LIST, (RPR, '<a:rPr lang="en-GB" sz="4000" spc="-300"/>')), "slide 3: the letters of 'Flour and water", "7.5% of their size")
mutant("a link that can't be read on its ground", changed(FORMULA, ("<p:spTree>", '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="hlink"/></a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree>')), "slide 7: the link 'more about it' has a contrast of 1.0:1")
mutant("a link on a panel in its own colour", lambda entries: entries.update({FORMULA: entries[FORMULA].replace(b"<a:noFill/></p:spPr>", b'<a:solidFill><a:schemeClr val="hlink"/></a:solidFill></p:spPr>')}), "slide 7: the link 'more about it' has a contrast of 1.0:1")

# ---------------------------------------------------------------- ranges
mutant("a negative width", changed(CHART, (EXT, '<a:ext cx="-5"')), CHART, "ext has cx=-5", "less than the minimum")
mutant("a font of half a point", changed(LIST, ('sz="4000"', 'sz="50"')), LIST, "rPr has sz=50")
mutant("a number of a placeholder beyond 32 bits", changed(LIST, (PH, '<p:ph type="body" idx="4294967296"/>')), LIST, "ph has idx=4294967296")
mutant("a list that begins at 40,000", changed(LIST, (f"<a:p><a:r>{RPR}", f'<a:p><a:pPr><a:buAutoNum type="arabicPeriod" startAt="40000"/></a:pPr><a:r>{RPR}')), LIST, "buAutoNum has startAt=40000")
mutant("a percentage that isn't a number", changed(TABLE, ('<a:schemeClr val="tx2"/>', '<a:schemeClr val="tx2"><a:alpha val="nan%"/></a:schemeClr>')), TABLE, "alpha has val=nan%")
mutant("an angle beyond 32 bits", changed(PICTURE, ("<p:spPr><a:xfrm>", '<p:spPr><a:xfrm rot="21600000000000">')), PICTURE, "xfrm has rot=21600000000000")
mutant("a place beyond 64 bits", changed(CHART, ('<a:off x="', '<a:off x="99999999999999999999')), CHART, "off has x=99999999999999999999")
mutant("a colour of five digits", changed(THEME, ('srgbClr val="10211C"', 'srgbClr val="1021C"')), THEME, "srgbClr has val=1021C")
mutant("a colour that isn't hexadecimal", changed(THEME, ('srgbClr val="10211C"', 'srgbClr val="GGGGGG"')), THEME, "srgbClr has val=GGGGGG")
mutant("a word that isn't among those allowed", changed(LIST, ('nodeType="clickEffect"', 'nodeType="click"')), LIST, "cTn has nodeType=click")
mutant("a slide number below 256", changed(MAIN, ('id="256"', 'id="255"')), MAIN, "sldId has id=255")
mutant("a master's number below 2^31", changed(MAIN, ('id="2147483648"', 'id="5"')), MAIN, "sldMasterId has id=5")
mutant("a presentation without size", changed(MAIN, ('<p:sldSz cx="12192000" cy="6858000"/>', "")), MAIN, "no size of the slides")

# ---------------------------------------------------------------- what names something else
mutant("two slides of one number", changed(MAIN, ('id="257"', 'id="256"')), MAIN, "the slide number 256 twice")
mutant("a slide that is listed twice", changed(MAIN, ('r:id="rId8"', 'r:id="rId7"')), MAIN, "the slide rId7 twice")
mutant("a layout with the number of its master", changed(MASTER, ('id="2147483649"', 'id="2147483648"')), "two masters or layouts have the number 2147483648")
mutant("a section with a slide that is missing", changed(MAIN, ("</p:presentation>", '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section name="One" id="{6CCB5E4E-67B5-4C6A-B8A1-2C2D5C4C9C5F}"><p14:sldIdLst><p14:sldId id="999"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst></p:presentation>')), MAIN, "a section with a slide 999")
mutant("two shapes of one number", changed(LIST, ('<p:cNvPr id="3"', '<p:cNvPr id="2"')), "slide 3 has two shapes with the id 2")
mutant("an animation of a shape that is missing", changed(LIST, ('<p:bldP spid="3"', '<p:bldP spid="33"')), "slide 3 has an animation of the shape 33")
mutant("a placeholder that the layout lacks", changed(LIST, (PH, '<p:ph type="body" idx="77"/>')), "slide 3: the placeholder 'Content 1' has idx=77")
mutant("a row of a table that lacks a cell", changed(TABLE, ("<a:gridCol ", '<a:gridCol w="5"/><a:gridCol ')), "slide 5: a table of 3 columns has 2 cells in row 1")
mutant("a link to a slide that isn't listed", changed(MAIN, ('id="258" r:id="rId9"', 'id="258" r:id="rId8"')), "has a link that leads nowhere")
mutant("an axis that is missing", changed(NUMBERS, ('<c:axId val="111"/>', '<c:axId val="5"/>')), NUMBERS, "names an axis 5")
mutant("two series of one number", changed(NUMBERS, ('<c:ser><c:idx val="1"/>', '<c:ser><c:idx val="0"/>')), NUMBERS, "two series with the number 0")
mutant("newer content without an older form", changed(LIST, (TITLE, WRAPPED.format("p14", ""))), "slide 3 has mc:AlternateContent without mc:Fallback")
mutant("newer content of an unknown prefix", changed(LIST, (TITLE, WRAPPED.format("p15", f"<mc:Fallback>{TITLE}</mc:Fallback>"))), LIST, "the prefix p15, which is not declared")
mutant("newer content that isn't announced", changed(LIST, ("</p:spTree>", '<n:new xmlns:n="urn:new"/></p:spTree>')), LIST, "new is of a newer standard")

# ---------------------------------------------------------------- workbooks and pictures
mutant("a workbook that doesn't open", lambda entries: entries.update({BOOK: b"not a zip"}), NUMBERS, BOOK, "can't be opened: it is not a zip file")
mutant("a workbook whose sheet is damaged", in_book("xl/worksheets/sheet1.xml", b"</worksheet>", b""), NUMBERS, BOOK, "is not valid XML")
mutant("a workbook with another sheet", in_book("xl/workbook.xml", b"Sheet1", b"Data"), NUMBERS, "names the sheet Sheet1, which is missing")
mutant("a workbook without the chart's cells", in_book("xl/worksheets/sheet1.xml", b'r="B3"', b'r="Z9"'), NUMBERS, "Sheet1!$B$2:$B$4, number 2, whose cell is empty")
mutant("a chart without a workbook", changed(NUMBERS, ("externalData", "extra"), ("externalData", "extra")), NUMBERS, "has no workbook")
mutant("a JPEG that is called PNG", pictured(photo), MEDIA, "is not image/png, as it is called")
mutant("a photo that names camera and place", pictured(photo, "image/jpeg"), MEDIA, "data about camera, place, author")
mutant("a photo with a comment", pictured(lambda blob: photo(blob, comment=b"Aunt May"), "image/jpeg"), MEDIA, "data about camera, place, author")
mutant("a PNG with text in it", pictured(with_chunk(b"tEXt", b"Author\x00Aunt May")), MEDIA, "more than its picture: data about")
mutant("a PNG with EXIF data", pictured(with_chunk(b"eXIf", b"MM\x00*\x00\x00\x00\x08")), MEDIA, "data about camera, place, author")
mutant("bytes after the end of a PNG", pictured(lambda blob: blob + b"PK more"), MEDIA, "bytes behind the end")
mutant("bytes after the end of a JPEG", pictured(lambda blob: photo(blob) + b"PK more", "image/jpeg"), MEDIA, "bytes behind the end")
