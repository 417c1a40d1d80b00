"""Makes templates that give trouble: each as clients really have them, and with one thing that a deck can stumble over."""

from tests.templates.maker import (
    NARROW,
    OFFICE,
    PML,
    Block,
    Layout,
    Master,
    Ph,
    foot,
    pptx,
    unzipped,
    zipped,
)

A4_UPRIGHT = (6_858_000, 9_906_000)


def usual(end, *, blocks=(), half=((0.75, 1.75, 5.8, 4.8), (6.75, 1.75, 5.8, 4.8))):
    """Return the four layouts that nearly every template has."""
    return (
        Layout("Title Slide", (Ph("ctrTitle", 0, "Title", (1.2, 2.0, 10.9, 1.9), 54, anchor="b"), Ph("subTitle", 1, "Subtitle", (1.2, 4.1, 10.9, 1.4), 24, bullet=False)), "title", blocks),
        Layout("Title and Content", (Ph("title", 0, "Title"), Ph("obj", 1, "Content"), *end), "obj", blocks),
        Layout("Two Content", (Ph("title", 0, "Title"), Ph("obj", 1, "Left", half[0]), Ph("obj", 2, "Right", half[1]), *end), "twoObj", blocks),
        Layout("Title Only", (Ph("title", 0, "Title"), *end), "titleOnly", blocks),
    )  # fmt: skip


HEAD, TEXT = (
    Ph("title", 0, "Title", (0.75, 0.45, 11.8, 1.1), anchor="b"),
    Ph("body", 1, "Text", (0.75, 1.75, 11.8, 4.8)),
)


def office_2023():
    """Office's theme since 2023: Aptos, titles of 44 points, three places at the foot."""
    end = (
        Ph("dt", 10, "Date", (0.917, 6.951, 3, 0.4), 12),
        Ph("ftr", 11, "Footer", (4.417, 6.951, 4.5, 0.4), 12, align="ctr"),
        Ph("sldNum", 12, "Number", (9.417, 6.951, 3, 0.4), 12, align="r"),
    )
    head, text = (
        Ph("title", 0, "Title", (0.917, 0.399, 11.5, 1.45), anchor="ctr"),
        Ph("body", 1, "Text", (0.917, 1.997, 11.5, 4.759)),
    )
    halves = (0.917, 1.997, 5.667, 4.759), (6.75, 1.997, 5.667, 4.759)
    heads = (
        Ph("body", 1, "Text", (0.918, 1.839, 5.64, 0.901), 24, True, bullet=False, anchor="b"),
        Ph("body", 3, "Text", (6.75, 1.839, 5.668, 0.901), 24, True, bullet=False, anchor="b"),
    )
    pair = Ph("obj", 2, "Content", (0.918, 2.739, 5.64, 4.03)), Ph("obj", 4, "Content", (6.75, 2.739, 5.668, 4.03))
    layouts = (
        Layout("Title Slide", (Ph("ctrTitle", 0, "Title", (1.667, 1.227, 10, 2.611), 60, anchor="b", align="ctr"), Ph("subTitle", 1, "Subtitle", (1.667, 3.939, 10, 1.811), 24, bullet=False, align="ctr"), *end), "title"),
        Layout("Title and Content", (Ph("title", 0, "Title"), Ph("obj", 1, "Content"), *end), "obj"),
        Layout("Section Header", (Ph("title", 0, "Title", (0.91, 1.87, 11.5, 3.12), 60, anchor="b"), Ph("body", 1, "Text", (0.91, 5.02, 11.5, 1.64), 24, bullet=False), *end), "secHead"),
        Layout("Two Content", (Ph("title", 0, "Title"), Ph("obj", 1, "Content", halves[0]), Ph("obj", 2, "Content", halves[1]), *end), "twoObj"),
        Layout("Comparison", (Ph("title", 0, "Title", (0.918, 0.399, 11.5, 1.45)), heads[0], pair[0], heads[1], pair[1], *end), "twoTxTwoObj"),
        Layout("Title Only", (Ph("title", 0, "Title"), *end), "titleOnly"),
        Layout("Blank", end, "blank"),
        Layout("Content with Caption", (Ph("title", 0, "Title", (0.918, 0.5, 4.3, 1.75), 32, anchor="b"), Ph("obj", 1, "Content", (5.668, 1.08, 6.75, 5.33), 32), Ph("body", 2, "Text", (0.918, 2.25, 4.3, 4.168), 16, bullet=False), *end), "objTx"),
    )  # fmt: skip
    colors = ("000000", "FFFFFF", "0E2841", "E8E8E8", "156082", "E97132", "196B24", "0F9ED5", "A02B93", "4EA72E")
    return pptx(Master((head, text, *end), layouts, colors, ("Aptos Display", "Aptos"), title=(44, False, "tx1")))


def sidebar():
    """A dark bar over the left 30% with the title in it, the text beside it."""
    end = (Ph("sldNum", 12, "Number", (12.2, 6.95, 0.6, 0.35), 12, align="r"),)
    head, text = Ph("title", 0, "Title", (0.3, 0.6, 3.4, 3.2), anchor="t"), Ph("body", 1, "Text", (4.5, 0.7, 8.3, 5.9))
    halves = (4.5, 0.7, 4.0, 5.9), (8.8, 0.7, 4.0, 5.9)
    made = Master(
        (head, text, *end),
        usual(end, half=halves),
        blocks=(Block((0, 0, 4.0, 7.5), "tx2"),),
        title=(32, True, "bg1"),
        body=(24, 20, 18),
    )
    return pptx(made)


def photo():
    """A dark photograph behind everything, white text on it."""
    end = foot(13.333)
    made = Master(
        (HEAD, TEXT, *end),
        usual(end),
        ("10182B", "FFFFFF", "0B3C5D", "EEF2F6", "4FA3FF", "E07A1F", "8FA3B8", "FF6B5B", "5BD69A", "F2B134"),
        dark=True,
        blocks=(Block((0, 0, 13.333, 7.5), picture=True),),
    )
    return pptx(made)


def picture_beside():
    """A picture over the right third of every slide, below placeholders of the whole width."""
    end = foot(8.6)
    return pptx(
        Master((HEAD, TEXT, *end), usual(end), blocks=(Block((8.9, 0, 4.433, 7.5), picture=True),), body=(24, 20, 18))
    )


def panel_behind():
    """A dark panel of the master behind the text, whose placeholder is white, on a white slide."""
    end = foot(13.333, 7.0)
    text = Ph("body", 1, "Text", (0.75, 1.75, 11.8, 4.8), color="bg1")
    return pptx(Master((HEAD, text, *end), usual(end), blocks=(Block((0.4, 1.6, 12.5, 5.1), "tx2"),)))


def low_title():
    """The title at the bottom, the text above it."""
    end = (Ph("sldNum", 12, "Number", (12.3, 6.95, 0.6, 0.35), 12, align="r"),)
    head, text = (
        Ph("title", 0, "Title", (0.75, 5.7, 11.4, 1.2), anchor="ctr"),
        Ph("body", 1, "Text", (0.75, 0.6, 11.8, 4.8)),
    )
    halves = (0.75, 0.6, 5.8, 4.8), (6.75, 0.6, 5.8, 4.8)
    return pptx(Master((head, text, *end), usual(end, half=halves), blocks=(Block((0, 5.6, 13.333, 0.05), "accent1"),)))


def upright():
    """A4 upright, for reading on paper."""
    end = foot(7.5, 10.3)
    head, text = Ph("title", 0, "Title", (0.6, 0.5, 6.3, 1.3), anchor="b"), Ph("body", 1, "Text", (0.6, 2.0, 6.3, 8.0))
    layouts = (
        Layout("Cover", (Ph("ctrTitle", 0, "Title", (0.6, 3.0, 6.3, 2.0), 44, anchor="b"), Ph("subTitle", 1, "Subtitle", (0.6, 5.2, 6.3, 1.4), 20, bullet=False)), "title"),
        Layout("Text", (Ph("title", 0, "Title"), Ph("obj", 1, "Text"), *end), "obj"),
        Layout("Title Only", (Ph("title", 0, "Title"), *end), "titleOnly"),
    )  # fmt: skip
    return pptx(Master((head, text, *end), layouts, title=(30, True, "accent1"), body=(22, 20, 18)), size=A4_UPRIGHT)


def right_to_left():
    """For Hebrew: everything begins at the right, the number is at the left."""
    end = (
        Ph("ftr", 11, "כותרת תחתונה", (6.0, 6.95, 6.6, 0.35), 12, align="r"),
        Ph("sldNum", 12, "מספר", (0.6, 6.95, 0.8, 0.35), 12),
    )
    parts = unzipped(pptx(Master((HEAD, TEXT, *end), usual(end), fonts=("David", "David"))))
    name = "ppt/slideMasters/slideMaster1.xml"
    parts[name] = parts[name].replace(b' algn="l"', b' algn="r" rtl="1"')
    return zipped(parts)


def one_layout():
    """4:3 with a single layout, for a title and a subtitle."""
    holders = (
        Ph("ctrTitle", 0, "Title", (0.75, 2.3, 8.5, 1.6), anchor="ctr", align="ctr"),
        Ph("subTitle", 1, "Subtitle", (1.5, 4.25, 7, 1.9), bullet=False, align="ctr"),
    )
    text = Ph("body", 1, "Text", (0.5, 1.75, 9, 4.95))
    return pptx(
        Master((Ph("title", 0, "Title", (0.5, 0.3, 9, 1.25), anchor="ctr"), text), (Layout("Title Slide", holders, "title"),)),
        size=NARROW,
    )  # fmt: skip


def blank():
    """A single layout without any placeholder, a bar at the top."""
    return pptx(Master((HEAD, TEXT), (Layout("Blank", (), "blank"),), blocks=(Block((0, 0, 13.333, 0.3), "accent1"),)))


def orange():
    """A bright orange as the first colour, with white titles on a band of it."""
    end = foot(13.333)
    colors = ("222222", "FFFFFF", "FF7A00", "FFF1E3", "FF7A00", "FFB066", "666666", "B3261E", "00838F", "5E35B1")
    head = Ph("title", 0, "Title", (0.75, 0.2, 11.8, 1.0), anchor="ctr")
    made = Master((head, TEXT, *end), usual(end), colors, blocks=(Block((0, 0, 13.333, 1.35), "accent1"),), title=(32, True, "bg1"))  # fmt: skip
    return pptx(made)


def samples():
    """An agency's sample words at the foot and an old date; names of people; the list of notes masters in a wrong place."""
    end = (
        Ph("dt", 10, "Date", (0.6, 6.95, 2.2, 0.35), 12, text="12 March 2019"),
        Ph("ftr", 11, "Footer", (3.2, 6.95, 6.5, 0.35), 12, text="Client name | Confidential draft"),
        Ph("sldNum", 12, "Number", (11.9, 6.95, 0.8, 0.35), 12, align="r"),
    )
    parts = unzipped(pptx(Master((HEAD, TEXT, *end), usual(end))))
    authors = b'<?xml version="1.0"?><p:cmAuthorLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cmAuthor id="0" name="Jane Roe" initials="JR" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>'
    parts["ppt/commentAuthors.xml"] = authors
    listed = b'<Override PartName="/ppt/commentAuthors.xml" ContentType="%scommentAuthors+xml"/></Types>' % PML.encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", listed)
    rels = "ppt/_rels/presentation.xml.rels"
    relation = f'<Relationship Id="rIdCA" Type="{OFFICE}commentAuthors" Target="commentAuthors.xml"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", relation.encode())
    return zipped(parts)


ODD = {
    "office-2023": office_2023,
    "sidebar": sidebar,
    "photo": photo,
    "picture-beside": picture_beside,
    "panel-behind": panel_behind,
    "low-title": low_title,
    "upright": upright,
    "right-to-left": right_to_left,
    "one-layout": one_layout,
    "blank": blank,
    "orange": orange,
    "samples": samples,
}
