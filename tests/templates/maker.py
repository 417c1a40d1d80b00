"""Makes templates of different origin as a designer would: masters, layouts, decoration, names in any language."""

import io
import zipfile
import zlib
from dataclasses import dataclass, field

from tests.png import png_of

NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
PML = "application/vnd.openxmlformats-officedocument.presentationml."
INCH = 914_400
WIDE, NARROW = (12_192_000, 6_858_000), (9_144_000, 6_858_000)
BLUES = ("1F2A44", "FFFFFF", "0B3C5D", "EEF2F6", "0B5CAB", "E07A1F", "5B6B7B", "C0392B", "2E8B57", "F2B134")


def png(width=60, height=24, rgb=b"\x0b\x5c\xab"):
    return png_of(width, height, zlib.compress((b"\x00" + rgb * width) * height))


@dataclass(frozen=True)
class Ph:
    """Return a placeholder; ``box`` is in inches, or ``None`` to inherit the master's."""

    kind: str
    idx: int = 0
    name: str = ""
    box: tuple | None = None
    size: float = 0
    bold: bool | None = None
    color: str = ""
    anchor: str = ""
    bullet: bool | None = None
    text: str = ""
    align: str = ""


@dataclass(frozen=True)
class Block:
    """Return a filled rectangle; ``color`` is a slot or six hex digits. ``picture`` puts the logo there."""

    box: tuple
    color: str = "accent1"
    picture: bool = False


@dataclass(frozen=True)
class Layout:
    name: str
    holders: tuple
    kind: str = ""
    blocks: tuple = ()
    ground: str = ""
    master_shapes: bool = True


@dataclass(frozen=True)
class Master:
    holders: tuple
    layouts: tuple
    colors: tuple = BLUES
    fonts: tuple = ("Arial", "Arial")
    dark: bool = False
    blocks: tuple = ()
    title: tuple = (36, False, "tx1")  # points, bold, colour
    body: tuple = (28, 24, 20)
    bullet: str = "•"
    extra: dict = field(default_factory=dict)


def paint(color):
    if len(color) == 6 and color[0] in "0123456789ABCDEF":
        return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'
    return f'<a:solidFill><a:schemeClr val="{color}"/></a:solidFill>'


def xfrm(box):
    x, y, w, h = (round(v * INCH) for v in box)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'


def level(number, size, color, *, bold=False, bullet="", indent=0, font="+mn-lt", align="l", before=6):
    mark = f'<a:buFont typeface="Arial"/><a:buChar char="{bullet}"/>' if bullet else "<a:buNone/>"
    hang = -228_600 if bullet else 0
    return (
        f'<a:lvl{number}pPr marL="{indent}" indent="{hang}" algn="{align}"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{before * 100}"/></a:spcBef>{mark}'
        f'<a:defRPr sz="{round(size * 100)}" b="{int(bold)}">{paint(color)}<a:latin typeface="{font}"/></a:defRPr></a:lvl{number}pPr>'
    )


def holder(number, ph, *, master=False):
    mark = f'type="{ph.kind}" ' if ph.kind != "obj" else ""
    if ph.kind not in ("title", "ctrTitle"):
        mark += f'idx="{ph.idx}"'
    place = xfrm(ph.box) + ('<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' if master else "") if ph.box else ""
    look = ""
    if ph.size or ph.color or ph.bold is not None:
        bold = f' b="{int(ph.bold)}"' if ph.bold is not None else ""
        size = f' sz="{round(ph.size * 100)}"' if ph.size else ""
        look = f"<a:defRPr{size}{bold}>{paint(ph.color) if ph.color else ''}</a:defRPr>"
    plain = ' marL="0" indent="0"' if ph.bullet is False else ""
    align = f' algn="{ph.align}"' if ph.align else ""
    none = "<a:buNone/>" if ph.bullet is False else ""
    styles = (
        f"<a:lstStyle><a:lvl1pPr{plain}{align}>{none}{look}</a:lvl1pPr></a:lstStyle>"
        if look or none or align
        else "<a:lstStyle/>"
    )
    anchor = f' anchor="{ph.anchor}"' if ph.anchor else ""
    if ph.kind == "sldNum":
        words = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-GB"/><a:t>‹#›</a:t></a:fld>'
    elif ph.text or ph.kind not in ("ftr", "dt"):
        words = f'<a:r><a:rPr lang="en-GB"/><a:t>{ph.text or "Click to edit"}</a:t></a:r>'
    else:
        words = '<a:endParaRPr lang="en-GB"/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{ph.name or ph.kind}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {mark}/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>"
        f"<p:txBody><a:bodyPr{anchor}/>{styles}<a:p>{words}</a:p></p:txBody></p:sp>"
    )


def block(number, shape):
    if shape.picture:
        return (
            f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="Logo" descr="Logo"/><p:cNvPicPr/><p:nvPr userDrawn="1"/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="rIdLogo"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f'<p:spPr>{xfrm(shape.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Shape {number}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{xfrm(shape.box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{paint(shape.color)}<a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def tree(blocks, holders, *, master=False):
    shapes = [block(2 + k, shape) for k, shape in enumerate(blocks)]
    shapes += [holder(2 + len(blocks) + k, ph, master=master) for k, ph in enumerate(holders)]
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>{"".join(shapes)}</p:spTree>'
    )


def ground(color):
    return f"<p:bg><p:bgPr>{paint(color)}<a:effectLst/></p:bgPr></p:bg>" if color else ""


def theme_xml(master):
    names = ("dk1", "lt1", "dk2", "lt2", *(f"accent{k}" for k in range(1, 7)))
    colors = "".join(f'<a:{n}><a:srgbClr val="{c}"/></a:{n}>' for n, c in zip(names, master.colors, strict=True))
    colors += f'<a:hlink><a:srgbClr val="{master.colors[4]}"/></a:hlink><a:folHlink><a:srgbClr val="{master.colors[6]}"/></a:folHlink>'
    faces = "".join(
        f'<a:{tag}><a:latin typeface="{face}"/><a:ea typeface=""/><a:cs typeface=""/></a:{tag}>'
        for tag, face in zip(("majorFont", "minorFont"), master.fonts, strict=True)
    )
    flat = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{w}">{flat}</a:ln>' for w in (6350, 12700, 19050))
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'{HEAD}<a:theme {NS} name="Made"><a:themeElements><a:clrScheme name="Made">{colors}</a:clrScheme><a:fontScheme name="Made">{faces}</a:fontScheme>'
        f'<a:fmtScheme name="Made"><a:fillStyleLst>{flat * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effects}</a:effectStyleLst>'
        f"<a:bgFillStyleLst>{flat * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


def master_xml(master, ids):
    title, bold, color = master.title
    turned = ("dk1", "lt1", "dk2", "lt2") if master.dark else ("lt1", "dk1", "lt2", "dk2")
    slots = " ".join(f'{name}="{slot}"' for name, slot in zip(("bg1", "tx1", "bg2", "tx2"), turned, strict=True))
    slots += "".join(f' accent{k}="accent{k}"' for k in range(1, 7)) + ' hlink="hlink" folHlink="folHlink"'
    listed = "".join(f'<p:sldLayoutId id="{number}" r:id="{rel}"/>' for number, rel in ids)
    sizes = (*master.body, *[master.body[-1]] * 6)
    body = "".join(
        level(k + 1, size, "tx1", bullet=master.bullet, indent=228_600 * (k + 1) + 57_150 * k)
        for k, size in enumerate(sizes)
    )
    other = "".join(level(k + 1, 18, "tx1", before=0) for k in range(9))
    return (
        f"{HEAD}<p:sldMaster {NS}><p:cSld>{ground('bg1')}{tree(master.blocks, master.holders, master=True)}</p:cSld><p:clrMap {slots}/>"
        f"<p:sldLayoutIdLst>{listed}</p:sldLayoutIdLst><p:txStyles><p:titleStyle>{level(1, title, color, bold=bold, font='+mj-lt', before=0)}</p:titleStyle>"
        f"<p:bodyStyle>{body}</p:bodyStyle><p:otherStyle>{other}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def layout_xml(layout):
    kind = f' type="{layout.kind}"' if layout.kind else ""
    shown = "" if layout.master_shapes else ' showMasterSp="0"'
    return (
        f'{HEAD}<p:sldLayout {NS}{shown}{kind} preserve="1"><p:cSld name="{layout.name}">{ground(layout.ground)}'
        f"{tree(layout.blocks, layout.holders)}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def rels(*targets):
    entries = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE if "/" not in kind else PACKAGE + "relationships/"}{kind}" Target="{target}"/>'
        for key, kind, target in targets
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}relationships">{entries}</Relationships>'


def pptx(*masters, size=WIDE, template=False, slides=1):
    """Return a package; ``template`` makes it a .potx, ``slides`` is the number of example slides."""
    parts, types = {}, []
    main = PML + ("template" if template else "presentation") + ".main+xml"
    numbers, made, slide_targets = 2_147_483_648, 0, []
    listed, main_rels = [], []
    for m, master in enumerate(masters, 1):
        master_number, ids, own = numbers, [], []
        numbers += 1
        for layout in master.layouts:
            made += 1
            path = f"ppt/slideLayouts/slideLayout{made}.xml"
            ids.append((numbers, f"rId{len(ids) + 1}"))
            numbers += 1
            own.append((ids[-1][1], "slideLayout", f"../slideLayouts/slideLayout{made}.xml"))
            parts[path] = layout_xml(layout)
            logo = [("rIdLogo", "image", "../media/logo.png")] if any(b.picture for b in layout.blocks) else []
            parts[f"ppt/slideLayouts/_rels/slideLayout{made}.xml.rels"] = rels(
                ("rId1", "slideMaster", f"../slideMasters/slideMaster{m}.xml"), *logo
            )
            types.append((path, PML + "slideLayout+xml"))
        logo = [("rIdLogo", "image", "../media/logo.png")] if any(b.picture for b in master.blocks) else []
        parts[f"ppt/slideMasters/slideMaster{m}.xml"] = master_xml(master, ids)
        parts[f"ppt/slideMasters/_rels/slideMaster{m}.xml.rels"] = rels(
            *own, ("rIdTheme", "theme", f"../theme/theme{m}.xml"), *logo
        )
        parts[f"ppt/theme/theme{m}.xml"] = theme_xml(master)
        types += [
            (f"ppt/slideMasters/slideMaster{m}.xml", PML + "slideMaster+xml"),
            (f"ppt/theme/theme{m}.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
        ]
        listed.append(f'<p:sldMasterId id="{master_number}" r:id="rIdM{m}"/>')
        main_rels.append((f"rIdM{m}", "slideMaster", f"slideMasters/slideMaster{m}.xml"))
    for s in range(1, slides + 1):
        parts[f"ppt/slides/slide{s}.xml"] = (
            f"{HEAD}<p:sld {NS}><p:cSld>{tree((), (Ph('title', text=f'Example {s}', name='Title'),))}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        )
        parts[f"ppt/slides/_rels/slide{s}.xml.rels"] = rels(("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"))
        types.append((f"ppt/slides/slide{s}.xml", PML + "slide+xml"))
        main_rels.append((f"rIdS{s}", "slide", f"slides/slide{s}.xml"))
        slide_targets.append(f'<p:sldId id="{255 + s}" r:id="rIdS{s}"/>')
    main_rels += [("rIdTh", "theme", "theme/theme1.xml"), ("rIdPr", "presProps", "presProps.xml")]
    main_rels.append(("rIdVi", "viewProps", "viewProps.xml"))
    parts["ppt/presProps.xml"] = f"{HEAD}<p:presentationPr {NS}/>"
    parts["ppt/viewProps.xml"] = f"{HEAD}<p:viewPr {NS}/>"
    types += [("ppt/presProps.xml", PML + "presProps+xml"), ("ppt/viewProps.xml", PML + "viewProps+xml")]
    shown = f"<p:sldIdLst>{''.join(slide_targets)}</p:sldIdLst>" if slides else ""
    parts["ppt/presentation.xml"] = (
        f"{HEAD}<p:presentation {NS}><p:sldMasterIdLst>{''.join(listed)}</p:sldMasterIdLst>{shown}"
        f'<p:sldSz cx="{size[0]}" cy="{size[1]}"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )
    parts["ppt/_rels/presentation.xml.rels"] = rels(*main_rels)
    parts["_rels/.rels"] = rels(("rId1", "officeDocument", "ppt/presentation.xml"))
    types.append(("ppt/presentation.xml", main))
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types)
    parts["[Content_Types].xml"] = (
        f'{HEAD}<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{overrides}</Types>'
    )
    if any("rIdLogo" in text for text in parts.values()):
        parts["ppt/media/logo.png"] = png()
    return zipped(parts)


def zipped(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # all of the same time
    return buffer.getvalue()


def unzipped(blob):
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# ---------------------------------------------------------------- six templates
def foot(width, y=6.95, text="", size=12):
    return (
        Ph("ftr", 11, "Footer", (0.6, y, width * 0.5, 0.35), size, text=text, color="tx2"),
        Ph("sldNum", 12, "Number", (width - 1.4, y, 0.8, 0.35), size, align="r", color="tx2"),
    )


def corporate():
    """16:9, the usual layouts in English, a bar on the left, a logo, a footer with words."""
    title = Ph("title", 0, "Title", (0.75, 0.45, 11.8, 1.1), anchor="b")
    body = Ph("body", 1, "Body", (0.75, 1.75, 11.8, 4.85))
    end = foot(13.333, text="Acme Learning")
    logo = Block((11.3, 6.85, 0.9, 0.36), picture=True)
    half = (0.75, 1.75, 5.8, 4.85), (6.75, 1.75, 5.8, 4.85)
    heads = (
        Ph("body", 1, "Head left", (0.75, 1.7, 5.8, 0.6), 24, True, bullet=False, anchor="b"),
        Ph("body", 3, "Head right", (6.75, 1.7, 5.8, 0.6), 24, True, bullet=False, anchor="b"),
    )
    low = Ph("obj", 2, "Left", (0.75, 2.35, 5.8, 4.25), 24), Ph("obj", 4, "Right", (6.75, 2.35, 5.8, 4.25), 24)
    layouts = (
        Layout("Title Slide", (Ph("ctrTitle", 0, "Title", (1.2, 2.0, 9.5, 1.9), 54, True, "bg1", "b"), Ph("subTitle", 1, "Subtitle", (1.2, 4.1, 9.5, 1.4), 24, color="bg1", bullet=False)), "title", (Block((0, 0, 13.333, 7.5), "tx2"), Block((1.2, 3.98, 3, 0.06), "accent2")), master_shapes=False),
        Layout("Title and Content", (Ph("title", 0, "Title"), Ph("obj", 1, "Content"), *end), "obj"),
        Layout("Section Header", (Ph("title", 0, "Title", (0.75, 1.4, 11, 1.4), 44, True, "accent1", "b"), Ph("body", 1, "Text", (0.75, 3.0, 11, 2.6), 24, bullet=False), *end), "secHead"),
        Layout("Two Content", (Ph("title", 0, "Title"), Ph("obj", 1, "Left", half[0]), Ph("obj", 2, "Right", half[1]), *end), "twoObj"),
        Layout("Comparison", (Ph("title", 0, "Title"), heads[0], low[0], heads[1], low[1], *end), "twoTxTwoObj"),
        Layout("Title Only", (Ph("title", 0, "Title"), *end), "titleOnly"),
        Layout("Blank", end, "blank"),
        Layout("Picture", (Ph("title", 0, "Title"), Ph("pic", 13, "Picture", (0.75, 1.75, 7.6, 4.85)), Ph("body", 14, "Text", (8.6, 1.75, 3.95, 4.85), 20, bullet=False), *end)),
    )  # fmt: skip
    return pptx(
        Master(
            (title, body, *end), layouts, blocks=(Block((0, 0, 0.22, 7.5), "accent1"), logo), title=(32, True, "tx2")
        )
    )


def german():
    """16:9, German names and no types: a dark band with the title, squares as bullets, odd idx."""
    title = Ph("title", 0, "Titelplatzhalter", (0.6, 0.15, 12.1, 1.05), anchor="ctr")
    body = Ph("body", 1, "Textplatzhalter", (0.6, 1.55, 12.1, 5.1))
    end = foot(13.333, 7.0, "Vertraulich")
    layouts = (
        Layout("Inhalt einspaltig", (Ph("title", 0, "Titel"), Ph("obj", 17, "Inhalt", (0.6, 1.55, 12.1, 5.1)), *end)),
        Layout("Kapitel", (Ph("title", 0, "Titel", (0.6, 2.2, 12.1, 1.6), 44, True, "bg1", "b"), Ph("body", 21, "Kapiteltext", (0.6, 4.0, 12.1, 2.4), 24, color="bg1", bullet=False), *end), blocks=(Block((0, 0, 13.333, 7.5), "accent1"),), master_shapes=False),
        Layout("Titelfolie", (Ph("ctrTitle", 0, "Titel", (0.6, 1.5, 12.1, 2.0), 48, True, "tx2", "b"), Ph("subTitle", 1, "Untertitel", (0.6, 3.7, 12.1, 1.0), 24, bullet=False), Ph("body", 22, "Datum und Ort", (0.6, 5.6, 12.1, 0.6), 18, bullet=False)), master_shapes=False),
        Layout("Inhalt zweispaltig", (Ph("title", 0, "Titel"), Ph("obj", 18, "Inhalt links", (0.6, 1.55, 5.9, 5.1), 24), Ph("obj", 19, "Inhalt rechts", (6.8, 1.55, 5.9, 5.1), 24), *end)),
        Layout("Nur Titel", (Ph("title", 0, "Titel"), *end)),
    )  # fmt: skip
    colors = ("000000", "FFFFFF", "002B49", "E8EEF2", "00607A", "7AB800", "F39200", "8C8C8C", "A3195B", "4F2D7F")
    return pptx(
        Master(
            (title, body, *end),
            layouts,
            colors,
            ("Arial", "Arial"),
            blocks=(Block((0, 0, 13.333, 1.3), "tx2"),),
            title=(30, True, "bg1"),
            body=(26, 22, 20),
            bullet="▪",
        )
    )


def dark():
    """16:9 on a dark background, with few layouts, all with meaningless names."""
    title = Ph("title", 0, "T", (0.8, 0.5, 11.7, 1.2), anchor="t")
    body = Ph("body", 1, "B", (0.8, 1.9, 11.7, 4.6))
    end = foot(13.333, 6.9)
    layouts = (
        Layout("A1", (Ph("ctrTitle", 0, "T", (0.8, 2.4, 11.7, 1.8), 60, True, anchor="b"), Ph("subTitle", 10, "S", (0.8, 4.4, 11.7, 1.5), 24, bullet=False))),
        Layout("A2", (Ph("title", 0, "T"), Ph("obj", 10, "O"), *end)),
        Layout("A3", (Ph("title", 0, "T"), Ph("obj", 20, "L", (0.8, 1.9, 5.7, 4.6)), Ph("obj", 21, "R", (6.8, 1.9, 5.7, 4.6)), *end)),
        Layout("A4", (Ph("title", 0, "T"), *end)),
    )  # fmt: skip
    colors = ("101820", "F4F4F4", "1E2A36", "B8C4CE", "35C4B5", "F2AA4C", "E4572E", "7A9CC6", "C3A6FF", "9BD770")
    return pptx(
        Master((title, body, *end), layouts, colors, ("Georgia", "Arial"), dark=True, title=(34, False, "tx1")),
        slides=2,
    )


def two_masters():
    """16:9: one master for covers and chapters, another with its own colours for the slides between them."""
    front = Master(
        (Ph("title", 0, "Title", (1, 2.5, 11.3, 1.6), anchor="b"), Ph("body", 1, "Body", (1, 4.3, 11.3, 1.6))),
        (
            Layout("Opening", (Ph("ctrTitle", 0, "Title", (1, 2.5, 11.3, 1.6), 54, True, "bg1"), Ph("subTitle", 1, "Subtitle", (1, 4.3, 11.3, 1.2), 24, color="bg1", bullet=False)), "title", ground="accent1"),
            Layout("Chapter", (Ph("title", 0, "Title", (1, 1.4, 11.3, 1.5), 44, True, "bg1"), Ph("body", 1, "Text", (1, 3.1, 11.3, 2.9), 22, color="bg1", bullet=False)), "secHead", ground="tx2"),
        ),
        ("222222", "FFFFFF", "3B1F4E", "F3EEF7", "6A2C91", "E8A33D", "008C95", "D1495B", "66A182", "2E4057"),
    )  # fmt: skip
    end = foot(13.333, 6.95)
    head = Ph("title", 0, "Title", (0.7, 0.4, 10.4, 1.1), anchor="ctr")
    inner = Master(
        (head, Ph("body", 1, "Body", (0.7, 1.7, 11.9, 4.9)), *end),
        (
            Layout("Text", (Ph("title", 0, "Title"), Ph("body", 1, "Text"), *end), "tx"),
            Layout("One thing", (Ph("title", 0, "Title"), Ph("obj", 1, "Thing"), *end), "obj"),
            Layout("Two things", (Ph("title", 0, "Title"), Ph("obj", 1, "Left", (0.7, 1.7, 5.8, 4.9)), Ph("obj", 2, "Right", (6.8, 1.7, 5.8, 4.9)), *end), "twoObj"),
            Layout("Free", (Ph("title", 0, "Title"), *end), "titleOnly"),
        ),
        ("222222", "FFFFFF", "3B1F4E", "F3EEF7", "6A2C91", "E8A33D", "008C95", "D1495B", "66A182", "2E4057"),
        title=(30, True, "accent1"),
        blocks=(Block((0, 7.38, 13.333, 0.12), "accent1"), Block((11.6, 0.5, 1.1, 0.44), picture=True)),
    )  # fmt: skip
    return pptx(front, inner)


def bare():
    """4:3, a .potx with only a cover and a slide for text."""
    title = Ph("title", 0, "Title", (0.5, 0.4, 9, 1.2), anchor="ctr")
    body = Ph("body", 1, "Body", (0.5, 1.75, 9, 5.0))
    end = foot(10, 6.95)
    layouts = (
        Layout("Start", (Ph("ctrTitle", 0, "Title", (0.5, 2.2, 9, 1.6), 44), Ph("subTitle", 1, "Subtitle", (0.5, 4.0, 9, 1.2), 24, bullet=False)), "title"),
        Layout("Text", (Ph("title", 0, "Title"), Ph("body", 1, "Text"), *end), "tx"),
    )  # fmt: skip
    colors = ("1A1A1A", "FFFFFF", "5A3A22", "F6EFE6", "8A4B08", "C98B2B", "3F5B4B", "9B2226", "7A6C5D", "BB3E03")
    return pptx(
        Master((title, body, *end), layouts, colors, title=(34, True, "accent1")), size=NARROW, template=True, slides=0
    )


def narrow():
    """16:9, a dark panel on the left third, beside which there is room for titles and contents."""
    title = Ph("title", 0, "Title", (4.5, 0.45, 8.3, 1.1), anchor="b")
    body = Ph("body", 1, "Body", (4.5, 1.75, 8.3, 4.8))
    end = (Ph("ftr", 11, "Footer", (4.5, 6.95, 5, 0.35), 12), Ph("sldNum", 12, "Number", (12, 6.95, 0.8, 0.35), 12))
    layouts = (
        Layout("Start", (Ph("ctrTitle", 0, "Title", (4.5, 2.0, 8.3, 1.9), 44, True, anchor="b"), Ph("subTitle", 1, "Subtitle", (4.5, 4.1, 8.3, 1.4), 22, bullet=False)), "title"),
        Layout("Text", (Ph("title", 0, "Title"), Ph("obj", 1, "Text"), *end), "obj"),
        Layout("Part", (Ph("title", 0, "Title", (4.5, 1.6, 8.3, 1.4), 40, True, anchor="b"), Ph("body", 1, "Text", (4.5, 3.2, 8.3, 3.2), 22, bullet=False), *end), "secHead"),
        Layout("Free", (Ph("title", 0, "Title"), *end), "titleOnly"),
    )  # fmt: skip
    colors = ("22223B", "FFFFFF", "1B3A4B", "F2F4F3", "145C9E", "FFB400", "6B7A8F", "B3261E", "3E8E7E", "8E5AA8")
    return pptx(
        Master((title, body, *end), layouts, colors, ("Arial", "Arial"), blocks=(Block((0, 0, 4.1, 7.5), "tx2"),)),
        slides=1,
    )


MADE = {"corporate": corporate, "german": german, "dark": dark, "two-masters": two_masters, "bare": bare}
