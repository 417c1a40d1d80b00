"""Templates with content that no deck should have: the corporate one with an additional relationship, shape or part."""

from functools import partial

from tests.photo import photo
from tests.templates.maker import MADE, OFFICE, png, unzipped, zipped

MASTER, LAYOUT, MAIN = "ppt/slideMasters/slideMaster1.xml", "ppt/slideLayouts/slideLayout2.xml", "ppt/presentation.xml"
MICROSOFT = "http://schemas.microsoft.com/office/"
OWN = (
    'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
PIC = (
    '<p:pic><p:nvPicPr><p:cNvPr id="77" name="Bad"{link}/><p:cNvPicPr/><p:nvPr>{media}</p:nvPr></p:nvPicPr>'
    "<p:blipFill><a:blip {blip}/><a:stretch><a:fillRect/></a:stretch></p:blipFill>"
    '<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
)
OLE = (
    '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="78" name="Bad"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
    '<p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData '
    'uri="http://schemas.openxmlformats.org/presentationml/2006/ole"><p:oleObj r:id="rIdBad" progId="Package" imgW="9" imgH="9">'
    "{kind}</p:oleObj></a:graphicData></a:graphic></p:graphicFrame>"
)
CLICK = '<p:sp><p:nvSpPr><p:cNvPr id="79" name="Bad">{click}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/></p:sp>'


def with_bad(owner, kind, target, *, shape="", external=True, before="", more=()):
    """Return the corporate template with one more relationship, a shape that uses it, and perhaps its part, as bytes or a function."""
    parts = unzipped(MADE["corporate"]())
    folder, _, file = owner.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    mode = ' TargetMode="External"' if external else ""
    kind = kind if "://" in kind else OFFICE + kind
    entry = f'<Relationship Id="rIdBad" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", entry.encode())
    if shape:
        parts[owner] = (
            parts[owner]
            .replace(b"</p:spTree>", f"{shape}</p:spTree>".encode())
            .replace(b" xmlns:p=", f" {OWN} xmlns:p=".encode(), 1)
        )
    if before:
        old, new = before
        assert old.encode() in parts[owner]
        parts[owner] = parts[owner].replace(old.encode(), new.encode(), 1)
    return zipped(parts | {name: made() if callable(made) else made for name, made in more})


# name -> (function that makes the template, text of the warning, text that must not be anywhere in the deck)
BAD = {
    "a picture on another computer": (
        partial(with_bad, LAYOUT, "image", "https://spy.example/p.png", shape=PIC.format(link="", media="", blip='r:link="rIdBad"')),
        "a picture on another computer",
        b"spy.example",
    ),
    "a picture on another computer as the background": (
        partial(with_bad, MASTER, "image", r"\\spy\share\p.png", before=('<p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill>', '<p:bgPr><a:blipFill><a:blip r:link="rIdBad"/><a:stretch/></a:blipFill>')),
        "a picture on another computer",
        b"spy",
    ),
    "an object on another computer": (
        partial(with_bad, LAYOUT, "oleObject", "file:///C:/Windows/x.doc", shape=OLE.format(kind="<p:link/>")),
        "a file on another computer",
        b"x.doc",
    ),
    "an object of another program": (
        partial(with_bad, LAYOUT, "oleObject", "../embeddings/o.bin", shape=OLE.format(kind="<p:embed/>"), external=False, more={"ppt/embeddings/o.bin": b"MZ evil"}.items()),
        "an object of another program",
        b"MZ evil",
    ),
    "an embedded workbook": (
        partial(with_bad, LAYOUT, "package", "../embeddings/o.xlsx", shape=OLE.format(kind="<p:embed/>"), external=False, more={"ppt/embeddings/o.xlsx": b"PK evil"}.items()),
        "an embedded file",
        b"PK evil",
    ),
    "a link to another template": (
        partial(with_bad, MAIN, "attachedTemplate", "https://spy.example/t.potm"),
        "a link to another template",
        b"spy.example",
    ),
    "a film on another computer": (
        partial(with_bad, LAYOUT, "video", r"\\spy\share\v.mp4", shape=PIC.format(link="", media='<a:videoFile r:link="rIdBad"/>', blip="")),
        "a file on another computer",
        b"spy",
    ),
    "an embedded film": (
        partial(with_bad, LAYOUT, MICROSOFT + "2007/relationships/media", "../media/v.mp4", shape=PIC.format(link="", media='<p:extLst><p:ext uri="{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}"><p14:media r:embed="rIdBad"/></p:ext></p:extLst>', blip=""), external=False, more={"ppt/media/v.mp4": b"ftypevil"}.items()),
        "sound or film",
        b"ftypevil",
    ),
    "a link to a file": (
        partial(with_bad, MASTER, "hyperlink", "file:///etc/passwd", shape=CLICK.format(click='<a:hlinkClick r:id="rIdBad"/>')),
        "a link that opens neither a web page nor a mail",
        b"passwd",
    ),
    "a link that is a script": (
        partial(with_bad, MASTER, "hyperlink", "javascript:alert(1)", shape=CLICK.format(click='<a:hlinkClick r:id="rIdBad"/>')),
        "a link that opens neither a web page nor a mail",
        b"alert(1)",
    ),
    "a click that starts a program": (
        partial(with_bad, MASTER, "hyperlink", "https://example.org", shape=CLICK.format(click='<a:hlinkClick r:id="rIdBad" action="ppaction://program"/>')),
        "an action that starts a program",
        b"ppaction",
    ),
    "a pointer over a shape that starts a macro": (
        partial(with_bad, MASTER, "hyperlink", "https://example.org", shape=CLICK.format(click='<a:hlinkHover r:id="" action="ppaction://macro?name=Evil"/>')),
        "an action that starts a program",
        b"Evil",
    ),
    "macros under another name": (
        partial(with_bad, MAIN, MICROSOFT + "2006/relationships/vbaProject", "media/notes.txt", external=False, more={"ppt/media/notes.txt": b"Attribut evil"}.items()),
        "macros",
        b"evil",
    ),
    "a control that runs code": (
        partial(with_bad, LAYOUT, "control", "../activeX/a.xml", external=False, more={"ppt/activeX/a.xml": b"<evil/>"}.items(), before=("</p:cSld>", '<p:controls><p:control spid="1" r:id="rIdBad"/></p:controls></p:cSld>')),
        "a control that runs code",
        b"evil",
    ),
    "PostScript named as a picture": (
        partial(with_bad, LAYOUT, "image", "../media/evil.png", external=False, shape=PIC.format(link="", media="", blip='r:embed="rIdBad"'), more={"ppt/media/evil.png": b"%!PS evil"}.items()),
        "a picture that is damaged or of an odd format",
        b"%!PS evil",
    ),
    "a picture of 81 megapixels": (
        partial(with_bad, LAYOUT, "image", "../media/evil.png", external=False, shape=PIC.format(link="", media="", blip='r:embed="rIdBad"'), more={"ppt/media/evil.png": partial(png, 9000, 9000)}.items()),
        "a picture that is damaged or of an odd format",
        b"evil.png",
    ),
    "an SVG with a script": (
        partial(with_bad, LAYOUT, "image", "../media/evil.svg", external=False, shape=PIC.format(link="", media="", blip='r:embed="rIdBad"'), more={"ppt/media/evil.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><script>evil()</script></svg>'}.items()),
        "",
        b"evil()",
    ),
    "a photo with a camera's data": (
        partial(with_bad, LAYOUT, "image", "../media/photo.jpg", external=False, shape=PIC.format(link="", media="", blip='r:embed="rIdBad"'), more={"ppt/media/photo.jpg": partial(photo, "JPEG", hidden=False)}.items()),
        "data about camera, place, author or program in a picture",
        b"Jane Roe",
    ),
    "a photo with a ZIP behind it": (
        partial(with_bad, LAYOUT, "image", "../media/photo.png", external=False, shape=PIC.format(link="", media="", blip='r:embed="rIdBad"'), more={"ppt/media/photo.png": lambda: png() + b"PK hunter2"}.items()),
        "bytes behind the end in a picture",
        b"hunter2",
    ),
    "an unknown program's extension of a layout": (
        partial(with_bad, LAYOUT, "hyperlink", "https://example.org", before=("</p:sldLayout>", '<p:extLst><p:ext uri="{01234567-89AB-CDEF-0123-456789ABCDEF}"><x:by xmlns:x="urn:agency">Jane Roe</x:by></p:ext></p:extLst></p:sldLayout>')),
        "data of other programs",
        b"Jane Roe",
    ),
    "an unknown program's words on a master": (
        partial(with_bad, MASTER, "hyperlink", "https://example.org", before=("</p:cSld>", '<x:by xmlns:x="urn:agency">Jane Roe</x:by></p:cSld>')),
        "data of other programs",
        b"Jane Roe",
    ),
    "names of people who commented": (
        partial(with_bad, MAIN, "commentAuthors", "commentAuthors.xml", external=False, more={"ppt/commentAuthors.xml": b"<x>Jane Roe</x>"}.items()),
        "names and notes of people",
        b"Jane Roe",
    ),
    "names of people who commented, in the newer form": (
        partial(with_bad, MAIN, MICROSOFT + "2018/10/relationships/authors", "authors.xml", external=False, more={"ppt/authors.xml": b"<x>Jane Roe</x>"}.items()),
        "names and notes of people",
        b"Jane Roe",
    ),
    "data of other programs": (
        partial(with_bad, MAIN, "customXml", "../customXml/item1.xml", external=False, more={"customXml/item1.xml": b"<x>Jane Roe</x>"}.items()),
        "data of other programs",
        b"Jane Roe",
    ),
    "a picture on another computer, as a relationship of an unknown kind": (
        partial(with_bad, MAIN, "https://evil.example/relationships/image", "https://spy.example/a.png"),
        "a picture on another computer",
        b"spy.example",
    ),
}  # fmt: skip
