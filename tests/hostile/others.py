"""Hostile files other than sources: templates, finished decks, users' documents, ballots, lists, and stray files."""

import base64
import io
import os
import zipfile
import zlib
from collections.abc import Sequence

from docx import Document

from tests.hostile.case import BROAD, BUILT, NAMED, SLOW, WITHOUT, Row
from tests.hostile.kits import (
    BUILD,
    DECK,
    KIT,
    ROOM,
    SECRETS,
    TALK,
    corporate,
    data,
    files,
    link,
    many_layouts,
    one_page,
    pipe,
    same_page,
    template,
    votes,
    write,
)
from tests.templates.bad import BAD, LAYOUT, MAIN, MASTER
from tests.templates.maker import MADE

HEAD = "round,first,second,first_votes,second_votes\n"
BATCH = ("batch", "--out", "out")
TALLY = ("demo", "votes", "--data", "ballots=votes.csv")
PLACEHOLDER = (
    b'<p:sp><p:nvSpPr><p:cNvPr id="9" name="a"/><p:cNvSpPr/><p:nvPr><p:ph idx="7"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
)
WIDE = b'<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%b" cy="9"/></a:xfrm></p:spPr>'
GROUP = (
    b'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="8" name="g"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>%b</p:grpSpPr>'
)
FLAT = b'<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm>'
UNSAID = (
    "names of people who commented",
    "names of people who commented, in the newer form",
    "data of other programs",
    "a photo with a camera's data",
    "a photo with a ZIP behind it",
    "an unknown program's extension of a layout",
    "an unknown program's words on a master",
)  # left out with advice, which --quiet hides
NAMED_IN_DECKS = {
    "a picture on another computer": "it fetches its image from elsewhere when it is opened",
    "an object on another computer": "it fetches its oleObject from elsewhere when it is opened",
    "an object of another program": "it has an object of another program",
    "an embedded workbook": "it has an embedded file",
    "a link to another template": "it fetches its attachedTemplate from elsewhere when it is opened",
    "a film on another computer": "it fetches its video from elsewhere when it is opened",
    "a link to a file": "a link opens a file, not a web page",
    "a link that is a script": "a link opens a file, not a web page",
    "a click that starts a program": "it has a click that starts a program",
    "a pointer over a shape that starts a macro": "it has a click that starts a macro",
    "macros under another name": "it has macros",
    "a control that runs code": "it has a control that runs code",
}


def tier(place):
    """Return the tier of a row that differs from others only in what the template holds: one in four is tried while working."""
    return (BROAD,) if place % 4 else ()


def odd_folder(folder):
    write(folder, {"own/a.txt": "One sentence is here. Another one is there.\n"})
    os.mkfifo(folder / "own" / "pipe.txt")
    (folder / "own" / "zero.txt").symlink_to("/dev/zero")
    return ("demo", "retrieval", "--data", "library=own")


def layouts_pipe(folder):
    write(folder, {"talk.md": TALK.format("Text"), "corp.pptx": MADE["corporate"]()})
    os.mkfifo(folder / "corp.layouts.yaml")
    return (*BUILD, "--template", "corp.pptx")


def in_layout(extra):
    """Return a template whose layout has additional content in its shape tree."""
    return template(corporate({LAYOUT: lambda old: old.replace(b"</p:spTree>", extra + b"</p:spTree>")}))


def own_master():
    """Return a template with a layout that says that it is its own master."""
    folder, _, file = LAYOUT.rpartition("/")
    return template(
        corporate(
            {f"{folder}/_rels/{file}.rels": lambda old: old.replace(b"../slideMasters/slideMaster1.xml", file.encode())}
        )
    )


def crowded_template(folder):
    shape = b'<p:sp><p:nvSpPr><p:cNvPr id="9" name="a"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/></p:sp>'
    return template(many_layouts(11, shape * 1_900))(folder)


def in_main(before, new):
    return template(corporate({MAIN: lambda old: old.replace(before, new, 1)}))


def flate_bomb():
    return {"own/a.pdf": one_page(zlib.compress(b"BT (a) Tj ET " * 40_000_000, 9), "/Filter /FlateDecode")}


def ascii85():
    return {"own/a.pdf": one_page(base64.a85encode(b"BT (a) Tj ET " * 550_000) + b"~>", "/Filter /ASCII85Decode")}


def word_bomb():
    """Return a Word document whose text unpacks to 180 MB."""
    plain, packed = io.BytesIO(), io.BytesIO()
    Document().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            many = b"<w:p/>" * 30_000_000 if name == "word/document.xml" else b""
            new.writestr(name, old.read(name).replace(b"<w:sectPr", many + b"<w:sectPr"))
    return {"own/a.docx": packed.getvalue()}


def word_outside():
    """Return a Word document one of whose parts is a file of this machine."""
    plain = io.BytesIO()
    document = Document()
    document.add_paragraph("A text is here.")
    document.part.relate_to(
        "file:///etc/passwd",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image",
        is_external=True,
    )
    document.save(plain)
    return {"own/a.docx": plain.getvalue()}


def round_pages():
    pages = same_page(3).replace(b"/Kids [3 0 R 3 0 R 3 0 R ]", b"/Kids [2 0 R 2 0 R 3 0 R ]")
    return {"own/a.pdf": pages}


def lying_about(name, content, target=""):
    """Return a setup that builds a talk into a folder that already contains a file, a link or a pipe."""

    def given(folder):
        write(folder, {"talk.md": TALK.format("Text"), "out/there": ""})
        if target:
            (folder / name).symlink_to(target)
        elif content is None:
            os.mkfifo(folder / name)
        else:
            write(folder, {name: content})
        return BUILD

    return given


def checked(blob):
    return files(lambda: {"corp.pptx": blob() if callable(blob) else blob}, ("check", "corp.pptx"))


def handed(blob, *command):
    """Return a setup of a command that reads a deck."""
    return files(lambda: {"corp.pptx": blob() if callable(blob) else blob}, command)


def crowded(extra, layouts):
    """Return a setup that checks a template, some of whose layouts have additional content in their shape trees."""
    parts = [f"ppt/slideLayouts/slideLayout{number}.xml" for number in range(1, layouts + 1)]
    return checked(corporate(dict.fromkeys(parts, lambda old: old.replace(b"</p:spTree>", extra + b"</p:spTree>"))))


def in_talk(edit):
    """Return a setup that checks the deck of a talk after ``edit(entries)``, a dict of names to bytes."""

    def made():
        from tests.check.mutants import talk
        from tests.check.test_package import rezipped

        return rezipped(edit, talk())

    return checked(made)


def in_pieces(entries):
    logo = "ppt/media/image1.png"
    entries[logo] = entries[logo][:33] + (bytes(4) + b"tEXt" + bytes(4)) * 1_400_000 + entries[logo][33:]


def big_workbook(entries):
    book = "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(14):
            archive.writestr(f"xl/{number}.bin", bytes(16_900_000))
    entries[book] = out.getvalue()


def announcing(old):
    names = [f"n{number}" for number in range(60_000)]
    declared = " ".join(f'xmlns:{name}="urn:{name}"' for name in names)
    markup = f'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="{" ".join(names)}"'
    return old.replace(b"<p:sldLayout ", f"<p:sldLayout {declared} {markup} ".encode(), 1)


def rows(text, name="rows.csv"):
    """Return a setup with a table in a folder of its own, beside secrets and with a link to them."""

    def given(folder):
        inside = folder / "table"
        write(folder, SECRETS)
        write(folder, {"other/kit.yaml": "title: A kit\n"})
        write(inside, {name: text})
        (inside / "link.pptx").symlink_to(folder / "secret.txt")
        return (*BATCH, f"table/{name}")

    return given


def listed(text, option):
    """Return a setup that passes a list to the build of a kit."""
    return files(lambda: {**KIT, "list.csv": text}, (*DECK, option, "list.csv"))


# fmt: off
TEMPLATES: Sequence[Row] = (
    ("11 layouts of 1,900 shapes each", crowded_template, "more than 20,000 shapes", BROAD),
    ("a pipe", pipe("corp.pptx", (*BUILD, "--template", "corp.pptx")), "it is a pipe", BROAD),
    ("`corp.layouts.yaml` as a pipe", layouts_pipe, "it is a pipe"),
    ("plain text", template(b"just words"), "not a zip file"),
    ("one master, listed 5,000 times", in_main(b"<p:sldMasterId ", b'<p:sldMasterId id="2147483648" r:id="rIdM1"/>' * 5000 + b"<p:sldMasterId "), "", BUILT, BROAD),
    ("5,000 masters", in_main(b"<p:sldMasterId ", b"".join(b'<p:sldMasterId id="9" r:id="r%d"/>' % k for k in range(5000)) + b"<p:sldMasterId "), "the limit is 20 masters"),
    ("slides of a width of 5,000 digits", in_main(b'cx="12192000"', b'cx="' + b"9" * 5000 + b'"'), "in ppt/presentation.xml, sldSz has cx=999"),
    ("a placeholder of a width of 20 digits", in_layout(PLACEHOLDER.replace(b"<p:spPr/>", WIDE % (b"9" * 20))), "has cx=99999999999999999999, which is too far"),
    ("a placeholder far from any slide", in_layout(PLACEHOLDER.replace(b"<p:spPr/>", WIDE % b"4000000000")), "has cx=4000000000, which is too far for any slide"),
    ('a placeholder with `idx="4294967296"`', in_layout(PLACEHOLDER.replace(b'idx="', b'idx="4294967296" name="')), "ph has idx=4294967296"),
    ("a group of scale 0", in_layout(GROUP % FLAT + PLACEHOLDER.replace(b"<p:spPr/>", WIDE % b"900000").replace(b'<p:ph idx="7"/>', b"") + b"</p:grpSp>"), "", BUILT, BROAD),
    ("a layout that is its own master", own_master(), "", BUILT, BROAD),
    ("a layout with 12 MB of comments", in_layout(b"<!--" + b"a" * 12_000_000 + b"-->"), "the limit is 8 MB"),
    ("a layout with a million empty shapes", in_layout(b"<p:sp/>" * 1_000_000), "the limit is 2,000 shapes", BROAD),
    ("a layout with 60,000 placeholders", in_layout(PLACEHOLDER * 60_000), "the limit is 2,000 shapes", SLOW),
    ("a layout with 1,900 placeholders", in_layout(PLACEHOLDER * 1_900), "", BUILT, BROAD),
    ("a layout with 900,000 empty elements", in_layout(b"<a:p/>" * 900_000), "the limit is 100,000 elements", SLOW),
    ("shapes nested 200 deep", in_layout(GROUP % b"" * 200 + b"</p:grpSp>" * 200), "", BUILT, BROAD),
    ("entities that multiply", template(corporate({MASTER: lambda old: old.replace(b"<p:sldMaster", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><p:sldMaster', 1)})), "document type"),
    ("an entry that unpacks to 64 MB", template(corporate({"ppt/media/big.bin": bytes(64 << 20)})), "unpacks to 67 MB", BROAD),
    *((name, template(make), "" if name in UNSAID else said, WITHOUT, *tier(k)) for k, (name, (make, said, _)) in enumerate(BAD.items())),
)

DECKS: Sequence[Row] = (
    *((name, checked(BAD[name][0]), said, NAMED, *tier(k)) for k, (name, said) in enumerate(NAMED_IN_DECKS.items())),
    ("a pipe", pipe("corp.pptx", ("check", "corp.pptx")), "it is a pipe", BROAD),
    ("plain text", checked(b"just words"), "it is not a zip file"),
    ("an entry that unpacks to 64 MB", checked(corporate({"ppt/media/big.bin": bytes(64 << 20)})), "unpacks to 67 MB", BROAD),
    ("a layout of 500,000 elements", crowded(b"<a:p/>" * 500_000, 1), "the limit is 400,000 elements"),
    ("layouts of 1.6 million elements", crowded(b"<a:p/>" * 200_000, 8), "the limit is 1,500,000 elements"),
    ("layouts of 1.2 million elements in the wrong place", crowded(b"<a:p/>" * 150_000, 8), "p is in the wrong place", NAMED, SLOW),
    ("200,000 shapes without what shapes need", crowded(b"<p:sp/>" * 200_000, 1), "sp is incomplete", NAMED, BROAD),
    ("an element of 150,000 attributes", checked(corporate({LAYOUT: lambda old: old.replace(b"<p:cSld ", b"<p:cSld " + b"".join(b'a%d="" ' % k for k in range(150_000)), 1)})), "has an element of more than 200 attributes", NAMED),
    ("60,000 namespaces for newer programs", checked(corporate({LAYOUT: announcing})), "", NAMED, BROAD),
    ("a picture of a million pieces", in_talk(in_pieces), "contains more than its picture", NAMED, BROAD),
    ("a workbook that unpacks to 237 MB", in_talk(big_workbook), "can't be opened: its 14 entries unpack to 237 MB", NAMED, BROAD),
)

BACK: Sequence[Row] = (
    ("plain text, compared", handed(b"just words", "compare", "corp.pptx", "corp.pptx"), "it is not a zip file"),
    ("a pipe, adopted", pipe("corp.pptx", ("adopt", "corp.pptx", "--overlay", "client")), "it is a pipe", BROAD),
    ("an entry that unpacks to 64 MB, made into a talk", handed(corporate({"ppt/media/big.bin": bytes(64 << 20)}), "new", "out.md", "--from", "corp.pptx"), "unpacks to 67 MB", BROAD),
    ("a layout of 500,000 elements, compared", handed(corporate({LAYOUT: lambda old: old.replace(b"</p:spTree>", b"<a:p/>" * 500_000 + b"</p:spTree>")}), "compare", "corp.pptx", "corp.pptx"), "the limit is 400,000 elements"),
    ("entities that multiply, compared", handed(corporate({MASTER: lambda old: old.replace(b"<p:sldMaster", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><p:sldMaster', 1)}), "compare", "corp.pptx", "corp.pptx"), "document type"),
    ("a deck of somebody else, adopted", handed(corporate({}), "adopt", "corp.pptx", "--overlay", "client"), "this deck was built elsewhere"),
)

DATA: Sequence[Row] = (
    ("a PDF that names one page 20,000 times", data(lambda: {"own/a.pdf": same_page(20_000)}, "retrieval.library=own"), "the limit is 1,000 pages", BROAD),
    ("a PDF that names one page 900 times, each of 1 MB", data(lambda: {"own/a.pdf": same_page(900, 1_000_000)}, "retrieval.library=own"), "takes too long", SLOW),
    ("a PDF of 9 MB in ASCII85", data(ascii85, "retrieval.library=own"), "takes too long", SLOW),
    ("a PDF that unpacks to 500 MB", data(flate_bomb, "retrieval.library=own"), "this PDF cannot be read", SLOW),
    ("a PDF whose pages contain themselves", data(round_pages, "retrieval.library=own"), "this PDF cannot be read", SLOW),
    ("a Word document that unpacks to 180 MB", data(word_bomb, "retrieval.library=own"), "takes too long", SLOW),
    ("a Word document with a link to a file for a part", data(word_outside, "retrieval.library=own"), "the library has 1 document", BROAD),
    ("a text of 25 MB", data(lambda: {"own/a.txt": b"a word. " * 3_200_000}, "retrieval.library=own"), "the limit is 15 MB", SLOW),
    ("a text of 14 MB", data(lambda: {"own/a.txt": b"A short sentence is here. " * 540_000}, "retrieval.library=own"), "the library has 1 document", SLOW),
    ("30,000 files", data(lambda: {f"own/{k}.txt": b"a" for k in range(30_000)}, "retrieval.library=own"), "more than 10,000 files", SLOW),
    ("a folder with a pipe and a link to a device", odd_folder, "the library has 1 document", BROAD),
    ("a library in YAML nested 5,000 deep", data({"own.yaml": "[" * 5000 + "]" * 5000}, "retrieval.library=own.yaml"), "exceeded maximum nesting depth", BROAD),
    ("rounds of ballots in YAML nested 5,000 deep", data({"own.yaml": "[" * 5000 + "]" * 5000}, "votes.rounds=own.yaml"), "which answers met", SLOW),
    ("2 million brackets", data(lambda: {"own/a.txt": "[" * 2_000_000}, "retrieval.library=own"), "has a heading and no text", BROAD),
    ("half a million links that are never closed", data(lambda: {"own/a.txt": "[a](" * 500_000}, "retrieval.library=own"), "the library has 1 document", SLOW),
    ("2 million empty lines", data(lambda: {"own/a.txt": "a" + "\n" * 2_000_000 + "b"}, "retrieval.library=own"), "the library has 1 document", BROAD),
    ("one sentence of 14 MB", data(lambda: {"own.txt": b"ab" * 7_000_000}, "tokenizer.text=own.txt"), "only 1 sentence", SLOW),
    ("a table with a cell of 2 MB", data(lambda: {"own.csv": b"question,document\n" + b"x" * 2_000_000 + b",y\n"}, "retrieval.questions=own.csv"), "isn't a table", BROAD),
)

BALLOTS: Sequence[Row] = (
    ("a vote of 5,000 digits", votes(HEAD + f"1,a,b,{'9' * 5000},1\n"), "not a whole number", BROAD),
    ("a vote of a trillion", votes(HEAD + "1,a,b,1000000000000,1\n"), "not a whole number", BROAD),
    ("negative votes", votes(HEAD + "1,a,b,-5,1\n"), "not a whole number", SLOW),
    ("400,000 ballots", votes("AAAA\n" * 400_000), "the limit is 20,000 lines", BROAD),
    ("400,000 rounds", votes(lambda: HEAD + "".join(f"{k},a,b,1,1\n" for k in range(400_000))), "the limit is 20,000 lines", SLOW),
    ("19,000 rounds", votes(HEAD + "".join(f"{k},a,b,1,1\n" for k in range(19_000))), "the limit is 200 rounds", SLOW),
    ("19,000 ballots that are wrong", votes("01A QQ\n" * 19_000), "more problems", SLOW),
    ("a quote that is never closed", votes(HEAD + '1,"a,b,3,1\n' * 1000), "the limit is 200 rounds", BROAD),
    ("a cell of 200,000 characters", votes(HEAD + f"1,a,{'b' * 200_000},3,1\n"), "can't be read", BROAD),
    ("NUL characters", votes(b"1,a,b\0,3,1\n"), "not a text file", BROAD),
    ("a formula for a spreadsheet", votes(HEAD + '1,"=cmd|\' /C calc\'!A0",b,3,1\n'), "begins like a spreadsheet formula", BROAD),
    ("a pipe", pipe("votes.csv", TALLY), "it is a pipe", BROAD),
    ("a link to a device", link("votes.csv", "/dev/zero", TALLY, {}), "it is a device", BROAD),
    ("19,000 wrong ballots through a whole build", votes("01A QQ\n" * 19_000, ROOM), "more problems", SLOW),
    ("400,000 ballots through a whole build", votes("AAAA\n" * 400_000, ROOM), "the limit is 20,000 lines", SLOW),
)

LISTS: Sequence[Row] = (
    ("minutes of 5,000 digits in `--actual`", listed(f"slide,minutes\none,{'9' * 5000}\n", "--actual"), "isn't a number of minutes"),
    ("400,000 lines in `--actual`", listed("slide,minutes\n" + "one,3\n" * 400_000, "--actual"), "the limit is 2 MB"),
    ("100,000 wrong lines in `--actual`", listed("slide,minutes\n" + "one,x\n" * 100_000, "--actual"), "more problems", SLOW),
    ("counts of 5,000 digits in `--bets`", listed(f"bet,A,B\none,{'9' * 5000},1\n", "--bets"), "isn't a number of people"),
    ("400,000 lines in `--bets`", listed("bet,A,B\n" + "one,3,1\n" * 400_000, "--bets"), "the limit is 2 MB"),
    ("a pipe as `--actual`", pipe("list.csv", (*DECK, "--actual", "list.csv"), KIT), "it is a pipe", BROAD),
    ("a link to a device as `--actual`", link("list.csv", "/dev/zero", (*DECK, "--actual", "list.csv"), KIT), "it is a device", BROAD),
    ("3,000 names", listed("Ann Bo\n" * 3000, "--names"), "from 1 to 2000 can be printed"),
    ("a pipe as `--names`", pipe("list.csv", (*DECK, "--names", "list.csv"), KIT), "it is a pipe", BROAD),
    ("a pipe as `--font-file`", pipe("a.ttf", (*BUILD, "--font-file", "X=a.ttf")), "it is a pipe", BROAD),
    ("a font file that isn't a font", files({"talk.md": TALK.format("a"), "a.ttf": b"words"}, (*BUILD, "--font-file", "X=a.ttf")), "isn't a TrueType or OpenType font"),
    ("a pipe of answers to the quiz", pipe("list.csv", ("quiz", "list.csv")), "it is a pipe", SLOW),
    ("60,000 wrong answers to the quiz", files(lambda: {"list.csv": "participant,when,1,2\n" + "a,befor,Q,Z\n" * 60_000}, ("quiz", "list.csv")), "more problems", SLOW),
)

BATCHES: Sequence[Row] = (
    ("`out` of `../../elsewhere`", rows("out\n../../elsewhere\n"), "begins with something other than a letter or a digit"),
    ("`out` of `/etc/cron.d`", rows("out\n/etc/cron.d\n"), "begins with something other than a letter or a digit"),
    ("data in another folder", rows("data.text\n../secret.txt\n"), "is outside of the folder of the table"),
    ("a template through a link out of the folder", rows("template\nlink.pptx\n"), "is outside of the folder of the table"),
    ("a theme in another folder", rows("theme\n../secret.yaml\n"), "is outside of the folder of the table"),
    ("a kit in another folder", rows("kit\n../other\n"), "is outside of the folder of the table"),
    ("a column `trust`", rows("trust\nyes\n"), "a table can't decide that"),
    ("a cell that looks like an option", rows('minutes\n"45 --trust"\n'), "isn't a number of minutes"),
    ("a list inside a list", rows('{"overlay": [["a"]]}\n', "rows.jsonl"), "lists or objects inside others"),
    ("100,000 brackets in one line", rows("[" * 100_000 + "\n", "rows.jsonl"), "this line can't be used"),
    ("6,000 rows", rows("seed\n" + "1\n" * 6_000), "the limit is 5,000 rows"),
    ("5,000 rows, each wrong in six ways", rows("minutes,seed,theme,only,people,out\n" + "a,b,c,d,e,../f\n" * 5_000), "more problems", SLOW),
    ("a table of 12 MB", rows("seed\n" + "1" * 12_000_000), "the limit is 10 MB"),
    ("a pipe", pipe("rows.csv", (*BATCH, "rows.csv")), "it is a pipe", BROAD),
    ("a link to a device", link("rows.csv", "/dev/zero", (*BATCH, "rows.csv"), {}), "it is a device", BROAD),
)

MANIFEST = "out/manifest.json"
FOUND: Sequence[Row] = (
    ("`manifest.json` of 100,000 brackets", lying_about(MANIFEST, "[" * 100_000), "", BUILT),
    ("`manifest.json` that names files of other folders", lying_about(MANIFEST, '{"files": {"../talk.md": "x", "/etc/passwd": "y"}}'), "", BUILT),
    ("`manifest.json` of odd values", lying_about(MANIFEST, '{"files": {"deck.pptx": 5, "a\\u0000": []}}'), "", BUILT),
    ("`manifest.json` as a pipe", lying_about(MANIFEST, None), "", BUILT),
    ("`manifest.json` as a link to a device", lying_about(MANIFEST, "", "/dev/zero"), "", BUILT),
    ("`deck.pptx` as a pipe", lying_about("out/deck.pptx", None), "", BUILT),
    ("`deck.pptx` as a link to a device", lying_about("out/deck.pptx", "", "/dev/zero"), "", BUILT),
)
# fmt: on
