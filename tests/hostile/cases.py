"""What strangers' files may do, and what becomes of them: one table."""

import base64
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.kits import (
    BUILD,
    MADE,
    SVG,
    TALK,
    corporate,
    flat_png,
    kit,
    one_page,
    picture,
    png,
    same_page,
    talk,
    template,
    write,
)

REFUSED, BUILT = "refused", "built"
MASTER, LAYOUT = "ppt/slideMasters/slideMaster1.xml", "ppt/slideLayouts/slideLayout2.xml"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One file or kit.

    Attributes:
        of: what kind of file it is: a heading of the page.
        what: it, in words.
        given: writes it into an empty folder and returns the arguments of the command.
        fate: whether it is refused, or built without what no deck should hold.
        says: what the message must hold.
        seconds, megabytes: processor time and memory that it may take; of what is built, memory only.
    """

    of: str
    what: str
    given: Callable[[Path], Sequence[str]]
    says: str = ""
    fate: str = REFUSED
    seconds: float = 10
    megabytes: float = 400


def data(files, option, *more):
    """Return what hands files in as data of the built-in kit."""

    def given(folder):
        write(folder, files() if callable(files) else files)
        return ("build", "--out", "out", "--quiet", "--only", "deck", "--data", option, *more)

    return given


def votes(text, *more):
    def given(folder):
        write(folder, {"votes.csv": text() if callable(text) else text})
        return ("build", "--out", "out", "--quiet", "--only", "room", "--votes", "votes.csv", *more)

    return given


def pipe(name, arguments, files=None):
    """Return what makes a pipe that nobody writes to."""

    def given(folder):
        write(folder, files or {"talk.md": TALK.format("Text")})
        (folder / name).parent.mkdir(exist_ok=True)
        os.mkfifo(folder / name)
        return arguments

    return given


def link(name, target, arguments, files=None):
    def given(folder):
        write(
            folder,
            {
                "secret.txt": "hunter2",
                "secret.yaml": "password: hunter2\n",
                "secret.md": "## hunter2\n\nhunter2\n",
                **(files or {}),
            },
        )
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(target if target.startswith("/") else folder / target)
        return arguments

    return given


KIT = {
    "kit/kit.yaml": "title: A kit\nsections: [01-a]\n",
    "kit/01-a.md": "---\nnumber: 1\ntitle: A\n---\n\n## One {#one}\n\nText.\n",
}
DECK = ("build", "kit", "--out", "out", "--quiet", "--only", "deck")


def _pictures():
    of = "Pictures"
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n(%pipe%touch ran) (w) file\nshowpage\n"
    yield Case(
        of=of, what="PostScript that is named `p.png`", given=picture(eps), says="isn't PNG, JPEG, GIF, WebP or SVG"
    )
    yield Case(of=of, what="PostScript as a logo", given=logo(eps), says="isn't PNG or JPEG")
    yield Case(
        of=of,
        what="a PNG of 170 megapixels",
        given=picture(lambda: flat_png(13_100, 13_000)),
        says="25,000,000 pixels are the most",
    )
    yield Case(
        of=of,
        what="a logo of 170 megapixels",
        given=logo(lambda: flat_png(13_100, 13_000)),
        says="25,000,000 pixels are the most",
    )
    yield Case(of=of, what="a PNG of 24 megapixels", given=picture(lambda: flat_png(6_000, 4_000)), fate=BUILT)
    yield Case(of=of, what="a picture that is cut off", given=picture(png(600, 400)[:-200]), says="damaged")
    yield Case(
        of=of, what="a picture of 60 MB", given=picture(lambda: png() + bytes(60_000_000)), says="20 MB is the most"
    )
    yield Case(
        of=of,
        what="an SVG with a script and a picture from the web",
        given=picture(
            SVG.format('<script>a()</script><image href="https://spy.example/p.png"/><rect width="9" height="9"/>')
        ),
        says="is shown without <script>, a link",
        fate=BUILT,
    )
    tenfold = "".join(f'<g id="a{k}">' + f'<use href="#a{k + 1}"/>' * 10 + "</g>" for k in range(9)) + '<rect id="a9"/>'
    yield Case(
        of=of,
        what="an SVG that draws a billion squares",
        given=picture(SVG.format(tenfold)),
        says="more than 20,000 shapes",
    )
    yield Case(
        of=of,
        what="an SVG with entities that multiply",
        given=picture(
            '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + SVG.format("<text>&b;</text>")
        ),
        says="entities",
    )
    yield Case(
        of=of,
        what="an SVG of endless dashes",
        given=picture(SVG.format('<path d="M0 0H1e9" stroke="red" stroke-dasharray="0.0001"/>' * 500)),
        fate=BUILT,
    )
    yield Case(
        of=of,
        what="an SVG of 2,000 masks over each other",
        given=picture(
            SVG.format(
                "".join(
                    f'<mask id="m{k}"><rect width="40" height="20" fill="white" mask="url(#m{k - 1})"/></mask>'
                    for k in range(90)
                )
                + '<rect width="40" height="20" mask="url(#m89)"/>' * 20
            )
        ),
        fate=BUILT,
    )
    yield Case(
        of=of,
        what="a PNG with `<svg` in its description",
        given=picture(png()[:33] + chunk_of(b"Comment\0<svg xmlns=''>") + png()[33:]),
        fate=BUILT,
    )
    yield Case(of=of, what="a picture of another folder", given=talk("![x](../p.png)"), says="outside of the kit")
    yield Case(
        of=of,
        what="a picture that is a link to a device",
        given=link("p.png", "/dev/zero", BUILD, {"talk.md": TALK.format("![x](p.png)")}),
        says="isn't a regular file",
    )


def chunk_of(text):
    from tests.hostile.kits import chunk

    return chunk(b"tEXt", text)


def logo(blob):
    def given(folder):
        write(folder, {"talk.md": TALK.format("Text"), "logo.png": blob() if callable(blob) else blob})
        return (*BUILD, "--logo", "logo.png")

    return given


def _kits():
    of = "Kits and talks"
    for key in (
        "theme: ../secret.yaml",
        "theme: link.yaml",
        "quiz: ../secret.yaml",
        "ballots: ../secret.yaml",
        "cards: [../secret.yaml]",
        "demos: [../secret.py]",
        "data: {a: {b: ../secret.txt}}",
        "exercises: ../secret",
    ):
        yield Case(
            of=of,
            what=f"`{key}`",
            given=link(
                "kit/link.yaml",
                "secret.yaml",
                DECK,
                {**KIT, "kit/kit.yaml": KIT["kit/kit.yaml"] + key + "\n", "secret.py": "", "secret/01.md": "hunter2"},
            ),
            says="outside of the kit",
        )
    yield Case(
        of=of,
        what="`sections: [../secret]`",
        given=link("kit/x", "secret.yaml", DECK, {**KIT, "kit/kit.yaml": "title: A\nsections: [../secret]\n"}),
        says="outside of the kit",
    )
    for name in ("kit/kit.yaml", "kit/glossary.yaml", "kit/sources.yaml", "kit/audiences/general.yaml"):
        yield Case(
            of=of,
            what=f"a link out of the kit as `{name.removeprefix('kit/')}`",
            given=link(name, "secret.yaml", DECK, {k: v for k, v in KIT.items() if k != name}),
            says="link out of the kit" if "yaml" in name else "",
        )
        yield Case(
            of=of,
            what=f"a pipe as `{name.removeprefix('kit/')}`",
            given=pipe(name, DECK, {k: v for k, v in KIT.items() if k != name}),
            says="pipe",
        )
    yield Case(
        of=of,
        what="a pipe as a section",
        given=pipe("kit/02-b.md", DECK, {**KIT, "kit/kit.yaml": "title: A\nsections: [01-a, 02-b]\n"}),
        says="isn't a regular file",
    )
    yield Case(of=of, what="a pipe as a talk", given=pipe("pipe.md", ("build", "pipe.md", "--out", "out")), says="")
    yield Case(of=of, what="`theme: /dev/zero`", given=kit("theme: /dev/zero.yaml\n"), says="outside of the kit")
    yield Case(
        of=of,
        what="a theme of 60 MB",
        given=kit("theme: t.yaml\n", files={"t.yaml": b"#" * 60_000_000}),
        says="1 MB is the most",
    )
    yield Case(
        of=of,
        what="Python that nobody trusted",
        given=kit("demos: [d.py]\n", files={"d.py": "open('ran', 'w')\n"}),
        says="--trust",
    )
    yield Case(
        of=of,
        what="an escaped line separator in a name of Python",
        given=kit('demos: ["d\\u2028.py"]\n', files={"d\u2028.py": "x"}),
        says="U+2028",
    )
    yield Case(of=of, what="a section of 9 MB", given=kit(section="a\n\n" * 3_000_000), says="is the most")
    yield Case(
        of=of, what="YAML nested 5,000 deep", given=kit(f"vars: {'[' * 5000}{']' * 5000}\n"), says="nested too deep"
    )
    yield Case(
        of=of, what="aliases that multiply in YAML", given=kit("vars: {a: &a [x, x], b: [*a, *a]}\n"), says="alias"
    )
    yield Case(
        of=of,
        what="a tag that makes objects in YAML",
        given=kit("author: !!python/object/apply:os.system [touch ran]\n"),
        says="",
    )
    yield Case(
        of=of,
        what="a title of 98,000 characters",
        given=talk("---\ntitle: T\n---\n\n## " + "long " * 19_600 + "\n\ntext"),
        says="is the most",
    )
    yield Case(of=of, what="a word of 98,000 characters", given=talk("x" * 98_000), says="")
    yield Case(of=of, what="a paragraph of 7 MB", given=talk(("word " * 15_000 + "\n") * 90), says="is the most")
    yield Case(of=of, what="300,000 list entries", given=talk("- a\n" * 300_000), says="")
    yield Case(
        of=of, what="lists nested 2,000 deep", given=talk("".join("  " * k + "- a\n" for k in range(300))), says=""
    )
    yield Case(of=of, what="quotes nested 10,000 deep", given=talk(">" * 10_000 + " a"), says="")
    yield Case(of=of, what="50,000 brackets", given=talk("[" * 50_000), fate=BUILT, says="")
    yield Case(of=of, what="50,000 stars and underscores", given=talk("*a_" * 30_000), fate=BUILT, says="")
    yield Case(
        of=of,
        what="50,000 backticks",
        given=talk("".join("`" * (k % 300) + "a" for k in range(600))),
        fate=BUILT,
        says="",
    )
    yield Case(
        of=of, what="a table of 20,000 rows", given=talk("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 20_000), says="rows"
    )
    yield Case(
        of=of,
        what="a CSV table of 20,000 rows",
        given=talk("![t](table:t.csv)", t__csv="a,b\n" + "1,2\n" * 20_000),
        says="rows",
    )
    yield Case(
        of=of,
        what="a CSV chart of 20,000 points",
        given=talk("![t](chart:t.csv)", t__csv="a,b\n" + "1,2\n" * 20_000),
        says="rows",
    )
    yield Case(
        of=of,
        what="a CSV table of 2,000 columns",
        given=talk("![t](table:t.csv)", t__csv=",".join(map(str, range(2000))) + "\n" + "1," * 1999 + "1\n"),
        says="columns",
    )
    yield Case(
        of=of,
        what="a CSV chart in a unit of words",
        given=talk("![t](chart:t.csv){unit=listed}", t__csv="a,b\nx,1\ny,2\n"),
        says="unit",
    )
    yield Case(of=of, what="an address that is none", given=talk("[x](http://[::1)"), says="")
    yield Case(of=of, what="`javascript:` as a link", given=talk("[x](javascript:alert(1))"), says="")
    yield Case(of=of, what="`file:` as a link", given=talk("[x](file:///etc/passwd)"), says="")
    yield Case(
        of=of,
        what="5,000 wrong lines",
        given=talk("".join(f"[x{k}](#no{k})\n\n" for k in range(5000))),
        says="more problems",
    )
    yield Case(
        of=of,
        what="Typst and HTML in the text",
        given=talk('#read("/etc/passwd") <script>alert(1)</script>'),
        says="",
        fate=REFUSED,
    )


def _expressions():
    of = "Values in `{{ }}`"
    for expression, says in (
        ("round(1, -1000000000)", "computed"),
        ("9" * 990, "digits"),
        ("9" * 200 + " * " + "9" * 200, "digits"),
        ("'a' * 1000000000", "computed"),
        ("1e308 * 10", "beyond"),
        ("2 ** 9999999", "not allowed"),
        ("((" * 200 + "1" + "))" * 200, ""),
        ("''.__class__.__mro__", ""),
        ("1 | percent(100000000)", ""),
        ("1 | number(-100000000)", ""),
        ("1 | bits('x')", ""),
        ("[1] | listed", ""),
        ("lipsum.__globals__", ""),
        ("1 if 1", ""),
    ):
        shown = expression if len(expression) < 60 else f"{expression[:20]}… ({len(expression)} characters)"
        yield Case(of=of, what=f"`{shown}`", given=talk("{{ " + expression + " }}"), says=says)


def _templates():
    of = "Templates"
    yield Case(of=of, what="a pipe", given=pipe("corp.pptx", (*BUILD, "--template", "corp.pptx")), says="pipe")
    yield Case(of=of, what="words", given=template(b"just words"), says="zip")
    yield Case(
        of=of,
        what="5,000 `sldMasterId`",
        given=template(
            corporate(
                {
                    "ppt/presentation.xml": lambda x: x.replace(
                        b"<p:sldMasterId ", b'<p:sldMasterId id="9" r:id="rIdM1"/>' * 5000 + b"<p:sldMasterId "
                    )
                }
            )
        ),
        fate=BUILT,
    )
    yield Case(
        of=of,
        what="5,000 `sldMasterId` of different masters",
        given=template(
            corporate(
                {
                    "ppt/presentation.xml": lambda x: x.replace(
                        b"<p:sldMasterId ",
                        b"".join(b'<p:sldMasterId id="9" r:id="r%d"/>' % k for k in range(5000)) + b"<p:sldMasterId ",
                    )
                }
            )
        ),
        says="masters",
    )
    yield Case(
        of=of,
        what="a layout with 12 MB of comments",
        given=template(
            corporate({LAYOUT: lambda x: x.replace(b"<p:cSld", b"<!--" + b"a" * 12_000_000 + b"--><p:cSld")})
        ),
        says="8 MB is the most",
    )
    yield Case(
        of=of,
        what="a layout with 7 MB of empty shapes",
        given=template(
            corporate({LAYOUT: lambda x: x.replace(b"</p:spTree>", b"<p:sp/>" * 1_000_000 + b"</p:spTree>")})
        ),
        says="",
    )
    yield Case(
        of=of,
        what="a layout with 100,000 placeholders",
        given=template(
            corporate(
                {
                    LAYOUT: lambda x: x.replace(
                        b"</p:spTree>",
                        b'<p:sp><p:nvSpPr><p:cNvPr id="9" name="a"/><p:cNvSpPr/><p:nvPr><p:ph idx="7"/></p:nvPr></p:nvSpPr></p:sp>'
                        * 60_000
                        + b"</p:spTree>",
                    )
                }
            )
        ),
        says="",
    )
    yield Case(
        of=of,
        what="shapes nested 200 deep",
        given=template(
            corporate(
                {LAYOUT: lambda x: x.replace(b"</p:spTree>", b"<p:grpSp>" * 200 + b"</p:grpSp>" * 200 + b"</p:spTree>")}
            )
        ),
        fate=BUILT,
    )
    yield Case(
        of=of,
        what="entities that multiply",
        given=template(
            corporate(
                {MASTER: lambda x: x.replace(b"<p:sldMaster", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><p:sldMaster', 1)}
            )
        ),
        says="document type",
    )
    yield Case(
        of=of,
        what="an entry that unpacks to 64 MB",
        given=template(corporate({"ppt/media/big.bin": bytes(64 << 20)})),
        says="unpacks to",
    )
    yield Case(
        of=of,
        what="a picture on another computer",
        given=template(with_external),
        says="a picture on another computer",
        fate=BUILT,
    )
    yield Case(
        of=of,
        what="numbers that are none",
        given=template(
            corporate({"ppt/presentation.xml": lambda x: x.replace(b'cx="12192000"', b'cx="' + b"9" * 5000 + b'"')})
        ),
        says="",
    )
    yield Case(of=of, what="`corp.layouts.yaml` as a pipe", given=with_pipe, says="pipe")


def with_external():
    rels = "ppt/slideLayouts/_rels/slideLayout2.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    entry = (
        f'<Relationship Id="x" Type="{kind}" Target="https://spy.example/p.png" TargetMode="External"/></Relationships>'
    )
    return corporate({rels: lambda x: x.replace(b"</Relationships>", entry.encode())})()


def with_pipe(folder):
    write(folder, {"talk.md": TALK.format("Text"), "corp.pptx": MADE["corporate"]()})
    os.mkfifo(folder / "corp.layouts.yaml")
    return (*BUILD, "--template", "corp.pptx")


def _data():
    of = "Own data"
    library = "retrieval.library=own"
    yield Case(
        of=of,
        what="a PDF that names one page 20,000 times",
        given=data(lambda: {"own/a.pdf": same_page(20_000)}, library),
        says="pages",
    )
    yield Case(
        of=of,
        what="a PDF of 9 MB in ASCII85",
        given=data(
            lambda: {
                "own/a.pdf": one_page(base64.a85encode(b"BT (a) Tj ET " * 550_000) + b"~>", "/Filter /ASCII85Decode")
            },
            library,
        ),
        says="",
    )
    yield Case(of=of, what="a PDF that unpacks to 500 MB", given=data(bomb_pdf, library), says="")
    yield Case(
        of=of,
        what="a PDF whose pages contain themselves",
        given=data(
            lambda: {"own/a.pdf": same_page(3).replace(b"/Kids [3 0 R 3 0 R 3 0 R ]", b"/Kids [2 0 R 2 0 R 3 0 R ]")},
            library,
        ),
        says="",
    )
    yield Case(
        of=of, what="a text of 25 MB", given=data(lambda: {"own/a.txt": b"a word. " * 3_200_000}, library), says="MB"
    )
    yield Case(
        of=of,
        what="a text of 19 MB",
        given=data(lambda: {"own/a.txt": b"A short sentence is here. " * 730_000}, library),
        says="",
    )
    yield Case(
        of=of,
        what="30,000 small files",
        given=data(lambda: {f"own/{k}.txt": b"a" for k in range(30_000)}, library),
        says="files",
    )
    yield Case(of=of, what="a folder with a pipe and a link to a device", given=odd_folder, says="")
    yield Case(
        of=of,
        what="a library in YAML nested 5,000 deep",
        given=data({"own.yaml": "[" * 5000 + "]" * 5000}, "retrieval.library=own.yaml"),
        says="",
    )
    yield Case(
        of=of,
        what="ballot rounds in YAML nested 5,000 deep",
        given=data({"own.yaml": "[" * 5000 + "]" * 5000}, "votes.rounds=own.yaml"),
        says="",
    )
    yield Case(
        of=of,
        what="a sentence of 19 MB for the tokenizer",
        given=data(lambda: {"own.txt": b"ab" * 9_500_000}, "tokenizer.text=own.txt"),
        says="",
    )
    yield Case(
        of=of,
        what="questions of 20,000 rows",
        given=data(
            lambda: {"own.csv": "question,answer\n" + "what is it?,a thing\n" * 20_000}, "retrieval.questions=own.csv"
        ),
        says="",
    )


def bomb_pdf():
    import zlib

    return {"own/a.pdf": one_page(zlib.compress(b"BT (a) Tj ET " * 40_000_000, 9), "/Filter /FlateDecode")}


def odd_folder(folder):
    write(folder, {"own/a.txt": "One sentence is here. Another one is there.\n"})
    os.mkfifo(folder / "own" / "pipe.txt")
    (folder / "own" / "zero.txt").symlink_to("/dev/zero")
    return ("build", "--out", "out", "--quiet", "--only", "deck", "--data", "retrieval.library=own")


def _votes():
    of = "Votes and answers"
    head = "round,first,second,first_votes,second_votes\n"
    yield Case(of=of, what="a vote of 5,000 digits", given=votes(head + f"1,a,b,{'9' * 5000},1\n"), says="")
    yield Case(of=of, what="a vote of a trillion", given=votes(head + "1,a,b,1000000000000,1\n"), says="")
    yield Case(of=of, what="votes below zero", given=votes(head + "1,a,b,-5,1\n"), says="")
    yield Case(of=of, what="400,000 ballot lines", given=votes("AAAA\n" * 400_000), says="lines")
    yield Case(
        of=of,
        what="400,000 rounds",
        given=votes(head + "".join(f"{k},a,b,1,1\n" for k in range(400_000))),
        says="lines",
    )
    yield Case(of=of, what="19,000 wrong ballots", given=votes("ZZZZ-Q\n" * 19_000), says="more problems")
    yield Case(of=of, what="a quote that is never closed", given=votes(head + '1,"a,b,3,1\n' * 1000), says="")
    yield Case(of=of, what="NUL characters", given=votes(b"1,a,b\0,3,1\n"), says="")
    yield Case(
        of=of, what="a formula for a spreadsheet", given=votes(head + "1,\"=cmd|' /C calc'!A0\",b,3,1\n"), says=""
    )
    yield Case(
        of=of,
        what="a pipe",
        given=pipe("votes.csv", ("build", "--out", "out", "--quiet", "--only", "room", "--votes", "votes.csv")),
        says="pipe",
    )
    yield Case(
        of=of,
        what="another link to a device",
        given=link(
            "votes.csv", "/dev/zero", ("build", "--out", "out", "--quiet", "--only", "room", "--votes", "votes.csv")
        ),
        says="device",
    )


def _places():
    of = "What is found in the output folder and the cache"
    yield Case(of=of, what="`manifest.json` of 100,000 brackets", given=manifest("[" * 100_000), fate=BUILT)
    yield Case(
        of=of,
        what="`manifest.json` that names files of other folders",
        given=manifest('{"files": {"../talk.md": "x", "/etc/passwd": "y"}}'),
        fate=BUILT,
    )


def manifest(text):
    def given(folder):
        write(folder, {"talk.md": TALK.format("Text"), "out/manifest.json": text})
        return BUILD

    return given


CASES = tuple(case for some in (_pictures, _kits, _expressions, _templates, _data, _votes, _places) for case in some())
