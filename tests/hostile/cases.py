"""What strangers' files may try, and what becomes of them: one table."""

import base64
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.kits import (
    BUILD,
    SVG,
    TALK,
    chunk,
    corporate,
    flat_png,
    kit,
    one_page,
    picture,
    same_page,
    talk,
    template,
    write,
)
from tests.templates.maker import MADE, png

REFUSED, BUILT = "refused", "built"
MASTER, LAYOUT, MAIN = "ppt/slideMasters/slideMaster1.xml", "ppt/slideLayouts/slideLayout2.xml", "ppt/presentation.xml"
DECK = ("build", "kit", "--out", "out", "--quiet", "--only", "deck")
OWN_DATA = ("build", "--out", "out", "--quiet", "--only", "deck", "--data")
VOTES = ("build", "--out", "out", "--quiet", "--only", "room", "--votes", "votes.csv")
KIT = {
    "kit/kit.yaml": "title: A kit\nsections: [01-a]\n",
    "kit/01-a.md": "---\nnumber: 1\ntitle: A\n---\n\n## One {#one}\n\nText.\n",
}
SECRETS = {"secret.txt": "hunter2", "secret.yaml": "password: hunter2\n", "secret.py": "", "secret/01.md": "hunter2"}
HEAD = "round,first,second,first_votes,second_votes\n"
Given = Callable[[Path], Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One file or kit from a stranger.

    Attributes:
        of: what kind of file it is, a heading of the page in the docs.
        what: it, in words.
        given: writes it into an empty folder and returns the arguments of the command.
        says: what the message holds.
        fate: whether it is refused, or built without what no deck should hold.
        seconds: of the processor, that refusing it may take.
        megabytes: of memory, that either may take.
    """

    of: str
    what: str
    given: Given
    says: str
    fate: str = REFUSED
    seconds: float = 10
    megabytes: float = 400


# ---------------------------------------------------------------- what writes a case
def files(content, arguments):
    """Return what writes files and gives these arguments."""

    def given(folder):
        write(folder, content() if callable(content) else content)
        return arguments

    return given


def data(content, option):
    return files(content, (*OWN_DATA, option))


def votes(text):
    return files(lambda: {"votes.csv": text() if callable(text) else text}, VOTES)


def logo(blob):
    text = TALK.format("Text")
    return files(lambda: {"talk.md": text, "l.png": blob() if callable(blob) else blob}, (*BUILD, "--logo", "l.png"))


def pipe(name, arguments, content=None):
    """Return what makes a pipe that nobody writes to."""

    def given(folder):
        write(folder, content or {"talk.md": TALK.format("Text")})
        (folder / name).parent.mkdir(exist_ok=True)
        os.mkfifo(folder / name)
        return arguments

    return given


def link(name, target, arguments, content):
    """Return what makes a link to a secret, or to a device."""

    def given(folder):
        write(folder, {**SECRETS, **content})
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(target if target.startswith("/") else folder / target)
        return arguments

    return given


def odd_folder(folder):
    write(folder, {"own/a.txt": "One sentence is here. Another one is there.\n"})
    os.mkfifo(folder / "own" / "pipe.txt")
    (folder / "own" / "zero.txt").symlink_to("/dev/zero")
    return (*OWN_DATA, "retrieval.library=own")


def many_sections(folder):
    names = [f"{k:03d}-a" for k in range(200)]
    write(folder / "kit", {"kit.yaml": f"title: A kit\nsections: [{', '.join(names)}]\n"})
    for name in names:
        text = "".join(f"## S {{#s{name}-{k}}}\n\n" + "a\n" * 900 for k in range(16))
        write(folder / "kit", {f"{name}.md": f"---\ntitle: A\n---\n\n{text}"})
    return DECK


def layouts_pipe(folder):
    write(folder, {"talk.md": TALK.format("Text"), "corp.pptx": MADE["corporate"]()})
    os.mkfifo(folder / "corp.layouts.yaml")
    return (*BUILD, "--template", "corp.pptx")


def external_picture():
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    entry = f'<Relationship Id="x" Type="{kind}" Target="https://spy.example/p.png" TargetMode="External"/>'
    rels = "ppt/slideLayouts/_rels/slideLayout2.xml.rels"
    return corporate({rels: lambda old: old.replace(b"</Relationships>", entry.encode() + b"</Relationships>")})()


def in_layout(extra):
    """Return a template whose layout has more in its tree of shapes."""
    return template(corporate({LAYOUT: lambda old: old.replace(b"</p:spTree>", extra + b"</p:spTree>")}))


def in_main(before, new):
    return template(corporate({MAIN: lambda old: old.replace(before, new, 1)}))


def flate_bomb():
    return {"own/a.pdf": one_page(zlib.compress(b"BT (a) Tj ET " * 40_000_000, 9), "/Filter /FlateDecode")}


def ascii85():
    return {"own/a.pdf": one_page(base64.a85encode(b"BT (a) Tj ET " * 550_000) + b"~>", "/Filter /ASCII85Decode")}


def round_pages():
    pages = same_page(3).replace(b"/Kids [3 0 R 3 0 R 3 0 R ]", b"/Kids [2 0 R 2 0 R 3 0 R ]")
    return {"own/a.pdf": pages}


# ---------------------------------------------------------------- the table
# fmt: off
Rows = Sequence[tuple[str, Given, str] | tuple[str, Given, str, str]]

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n(%pipe%touch ran) (w) file\nshowpage\n"
TENFOLD = "".join(f'<g id="a{k}">' + f'<use href="#a{k + 1}"/>' * 10 + "</g>" for k in range(9)) + '<rect id="a9"/>'
MASK = '<mask id="m{}"><rect width="40" height="20" fill="white" mask="url(#m{})"/></mask>'
MASKS = "".join(MASK.format(k, k - 1) for k in range(90)) + '<rect width="40" height="20" mask="url(#m89)"/>' * 20
FETCHING = '<script>a()</script><image href="https://spy.example/p.png"/><rect width="9" height="9"/>'
ENTITIES = '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
DASHES = '<path d="M0 0H1e9" stroke="red" stroke-dasharray="0.0001"/>' * 500
PLACEHOLDER = b'<p:sp><p:nvSpPr><p:cNvPr id="9" name="a"/><p:cNvSpPr/><p:nvPr><p:ph idx="7"/></p:nvPr></p:nvSpPr></p:sp>'
QUESTION = "- {id: a, stage: a, question: q, options: [{text: a, right: yes}]}\n"
LARGE = "the limit is 25,000,000 pixels"

PICTURES: Rows = (
    ("PostScript that is named `p.png`", picture(EPS), "isn't PNG, JPEG, GIF, WebP or SVG"),
    ("PostScript as a logo", logo(EPS), "isn't PNG or JPEG"),
    ("a PNG of 170 megapixels", picture(lambda: flat_png(13_100, 13_000)), LARGE),
    ("a logo of 170 megapixels", logo(lambda: flat_png(13_100, 13_000)), LARGE),
    ("a PNG of 24 megapixels", picture(lambda: flat_png(6_000, 4_000)), "", BUILT),
    ("a picture that is cut off", picture(png(600, 400)[:-200]), "damaged"),
    ("a picture of 60 MB", picture(lambda: png() + bytes(60_000_000)), "the limit is 20 MB"),
    ("an SVG with a script and a picture from the web", picture(SVG.format(FETCHING)), "is shown without <script>, a link", BUILT),
    ("an SVG that draws a billion squares", picture(SVG.format(TENFOLD)), "more than 20,000 shapes"),
    ("an SVG with entities that multiply", picture(ENTITIES + SVG.format("<text>&b;</text>")), "entities"),
    ("an SVG of endless dashes", picture(SVG.format(DASHES)), "", BUILT),
    ("an SVG of masks over masks", picture(SVG.format(MASKS)), "takes too long, or too much memory, to draw"),
    ("an SVG of one path of 300,000 corners", picture(SVG.format(f'<path d="M0 0{" L9 9 L0 0" * 150_000}" stroke="red"/>')), "to draw"),
    ("a PNG with `<svg` in its description", picture(png()[:33] + chunk(b"tEXt", b"Comment\0<svg xmlns=''>") + png()[33:]), "", BUILT),
    ("a picture of another folder", talk("![x](../p.png)"), "is outside of the file's folder"),
    ("a picture that is a link to a device", link("p.png", "/dev/zero", BUILD, {"talk.md": TALK.format("![x](p.png)")}), "isn't a regular file"),
)

OUT_OF_THE_KIT = ("theme: ../secret.yaml", "theme: link.yaml", "quiz: ../secret.yaml", "ballots: ../secret.yaml", "cards: [../secret.yaml]", "demos: [../secret.py]", "data: {a: {b: ../secret.txt}}", "exercises: ../secret", "style: ../secret.yaml")
KIT_FILES = ("kit.yaml", "glossary.yaml", "sources.yaml", "points.yaml", "audiences/general.yaml")
KITS: Rows = (
    *((f"`{key}`", link("kit/link.yaml", "secret.yaml", DECK, {**KIT, "kit/kit.yaml": f"{KIT['kit/kit.yaml']}{key}\n"}), "is outside of the kit") for key in OUT_OF_THE_KIT),
    *((f"a link out of the kit as `{name}`", link(f"kit/{name}", "secret.yaml", DECK, {k: v for k, v in KIT.items() if k != f"kit/{name}"}), "link that leads out of the kit") for name in KIT_FILES),
    *((f"a pipe as `{name}`", pipe(f"kit/{name}", DECK, {k: v for k, v in KIT.items() if k != f"kit/{name}"}), "it is a pipe") for name in KIT_FILES),
    ("`sections: [../secret]`", files({**SECRETS, "secret.md": "hunter2", "kit/kit.yaml": "title: A\nsections: [../secret]\n"}, DECK), "is outside of the kit"),
    ("a pipe as a section", pipe("kit/02-b.md", DECK, {**KIT, "kit/kit.yaml": "title: A\nsections: [01-a, 02-b]\n"}), "isn't a regular file"),
    ("a pipe as a theme", pipe("kit/t.yaml", DECK, {**KIT, "kit/kit.yaml": KIT["kit/kit.yaml"] + "theme: t.yaml\n"}), "isn't a regular file"),
    ("`theme: /dev/zero`", kit("theme: /dev/zero.yaml\n"), "is outside of the kit"),
    ("a theme of 60 MB", kit("theme: t.yaml\n", files={"t.yaml": b"#" * 60_000_000}), "the limit is 1 MB"),
    ("a theme with a logo of another folder", kit("theme: t.yaml\n", files={"t.yaml": "logo: ../../secret.png\n"}), "is outside of the kit"),
    ("Python that nobody trusted", kit("demos: [d.py]\n", files={"d.py": "open('ran', 'w')\n"}), "--trust"),
    ("an escaped line separator in the name of a Python file", kit('demos: ["d\\u2028.py"]\n', files={"d\u2028.py": "x"}), "U+2028"),
    ("a section of 9 MB", kit(section="a\n\n" * 3_000_000), "the limit is 2 MB"),
    ("200 sections of 15,000 lines each", many_sections, "more than 40,000 lines"),
    ("YAML nested 5,000 deep", kit(f"vars: {'[' * 5000}{']' * 5000}\n"), "nesting depth"),
    ("aliases that multiply in YAML", kit("vars: {a: &a [x, x], b: [*a, *a]}\n"), "alias"),
    ("a tag that makes objects in YAML", kit("author: !!python/object/apply:os.system [touch ran]\n"), "must be text"),
    ("a quiz of 4,000 questions", kit("quiz: q.yaml\n", files={"q.yaml": QUESTION * 4000}), "the limit is 500 entries"),
)

TALKS: Rows = (
    ("a pipe as a talk", pipe("pipe.md", ("build", "pipe.md", "--out", "out")), "there is no such file"),
    ("a title of 98,000 characters", talk("---\ntitle: T\n---\n\n## " + "long " * 19_600 + "\n\ntext"), "97,999 characters"),
    ("a word of 98,000 characters", talk("x" * 98_000), "98,000 characters"),
    ("a paragraph of 7 MB", talk(("word " * 15_000 + "\n") * 90), "the limit is 2 MB"),
    ("300,000 list entries", talk("- a\n" * 300_000), "the limit is 20,000 lines"),
    ("19,000 list entries on one slide", talk("- a\n" * 19_000), "the limit is 1,000 lines"),
    ("900 list entries on one slide", talk("- a\n" * 900), "", BUILT),
    ("a table of 19,000 rows", talk("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 19_000), "the limit is 1,000 lines"),
    ("lists nested 300 deep", talk("".join("  " * k + "- a\n" for k in range(300))), "nested too deep"),
    ("quotes nested 10,000 deep", talk(">" * 10_000 + " a"), "nested too deep"),
    ("50,000 brackets", talk("[" * 50_000), "one paragraph has 50,000 characters"),
    ("19,000 brackets, stars and backticks", talk("[*a_`" * 3_800), "words over in"),
    ("runs of backticks of every length", talk("".join("`" * (k % 180) + "a" for k in range(200))), "words over in"),
    ("a CSV table of 20,000 rows", talk("![t](table:t.csv)", t__csv="a,b\n" + "1,2\n" * 20_000), "the limit is 2,000 rows"),
    ("a CSV chart of 20,000 points", talk("![t](chart:t.csv)", t__csv="a,b\n" + "1,2\n" * 20_000), "the limit is 2,000 rows"),
    ("a CSV table of 2,000 columns", talk("![t](table:t.csv)", t__csv=",".join(map(str, range(2000))) + "\n" + "1," * 1999 + "1\n"), "columns do not fit"),
    ("a CSV table of 400,000 cells", talk("![t](table:t.csv)", t__csv=(",".join(["1"] * 400) + "\n") * 1000), "the limit is 20,000 cells"),
    ("a CSV chart in a unit for lists", talk("![t](chart:t.csv){unit=listed}", t__csv="a,b\nx,1\ny,2\n"), "", BUILT),
    ("a CSV table in a unit that is none", talk("![t](table:t.csv){unit=foo}", t__csv="a,b\nx,1\ny,2\n"), "no unit named"),
    ("a CSV chart of a column without numbers", talk("![t](chart:t.csv)", t__csv="a,b\nx,\ny,\n"), "has no number"),
    ("a CSV chart that names a column twice", talk("![t](chart:t.csv){y=b,b}", t__csv="a,b\nx,1\ny,2\n"), "", BUILT),
    ("an address with half a bracket", talk("[x](http://[::1)"), "isn't the address"),
    ("`javascript:` as a link", talk("[x](javascript:alert(1))"), "a link cannot go to"),
    ("`file:` as a link", talk("[x](file:///etc/passwd)"), "a link cannot go to"),
    ("5,000 links to slides that are not there", talk("".join(f"## S{k} {{#s{k}}}\n\n[x](#no{k})\n\n" for k in range(4900))), "more problem"),
    ("Typst's and HTML's own words in the text", talk('#read("/etc/passwd") <script>alert(1)</script> $x$'), "", BUILT),
)

VALUES: Rows = tuple(
    (f"`{expression if len(expression) < 60 else f'{expression[:20]}… ({len(expression)} characters)'}`", talk("{{ " + expression + " }}"), says)
    for expression, says in (
        ("round(1, -1000000000)", "takes digits from"),
        ("9" * 990, "more than 300 digits"),
        ("9" * 200 + " * " + "9" * 200, "more than 300 digits"),
        ("'a' * 1000000000", "multiplies text"),
        ("'1e999999999' | fraction", "text, not a number"),
        ("1e308 * 10", "too large a number"),
        ("2 ** 9999999", "not allowed"),
        ("((" * 200 + "1" + "))" * 200, "too deep"),
        ("''.__class__.__mro__", "cannot be computed"),
        ("lipsum.__globals__", "no run or name"),
        ("1 | percent(100000000)", "decimals go from"),
        ("1 | number(-100000000)", "decimals go from"),
        ("1 | bits('x')", "cannot be computed"),
        ("[1] | listed", "not allowed"),
        ("1 if 1", "not allowed"),
    )
)

TEMPLATES: Rows = (
    ("a pipe", pipe("corp.pptx", (*BUILD, "--template", "corp.pptx")), "pipe"),
    ("`corp.layouts.yaml` as a pipe", layouts_pipe, "pipe"),
    ("words", template(b"just words"), "not a zip file"),
    ("one master, listed 5,000 times", in_main(b"<p:sldMasterId ", b'<p:sldMasterId id="9" r:id="rIdM1"/>' * 5000 + b"<p:sldMasterId "), "", BUILT),
    ("5,000 masters", in_main(b"<p:sldMasterId ", b"".join(b'<p:sldMasterId id="9" r:id="r%d"/>' % k for k in range(5000)) + b"<p:sldMasterId "), "the limit is 20 masters"),
    ("slides of a width of 5,000 digits", in_main(b'cx="12192000"', b'cx="' + b"9" * 5000 + b'"'), "", BUILT),
    ("a layout with 12 MB of comments", in_layout(b"<!--" + b"a" * 12_000_000 + b"-->"), "the limit is 8 MB"),
    ("a layout with a million empty shapes", in_layout(b"<p:sp/>" * 1_000_000), "the limit is 2,000 shapes"),
    ("a layout with 60,000 placeholders", in_layout(PLACEHOLDER * 60_000), "the limit is 2,000 shapes"),
    ("a layout with 1,900 placeholders", in_layout(PLACEHOLDER * 1_900), "", BUILT),
    ("a layout with 900,000 empty elements", in_layout(b"<a:p/>" * 900_000), "the limit is 100,000 elements"),
    ("shapes nested 200 deep", in_layout(b"<p:grpSp>" * 200 + b"</p:grpSp>" * 200), "", BUILT),
    ("entities that multiply", template(corporate({MASTER: lambda old: old.replace(b"<p:sldMaster", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><p:sldMaster', 1)})), "document type"),
    ("an entry that unpacks to 64 MB", template(corporate({"ppt/media/big.bin": bytes(64 << 20)})), "unpacks to"),
    ("a picture on another computer", template(external_picture), "a picture on another computer", BUILT),
)

DATA: Rows = (
    ("a PDF that names one page 20,000 times", data(lambda: {"own/a.pdf": same_page(20_000)}, "retrieval.library=own"), "the limit is 1,000 pages"),
    ("a PDF that names one page 900 times, each of 1 MB", data(lambda: {"own/a.pdf": same_page(900, 1_000_000)}, "retrieval.library=own"), "takes too long"),
    ("a PDF of 9 MB in ASCII85", data(ascii85, "retrieval.library=own"), "takes too long"),
    ("a PDF that unpacks to 500 MB", data(flate_bomb, "retrieval.library=own"), "this PDF"),
    ("a PDF whose pages contain themselves", data(round_pages, "retrieval.library=own"), "this PDF"),
    ("a text of 25 MB", data(lambda: {"own/a.txt": b"a word. " * 3_200_000}, "retrieval.library=own"), "the limit is 20 MB"),
    ("a text of 19 MB", data(lambda: {"own/a.txt": b"A short sentence is here. " * 730_000}, "retrieval.library=own"), "the library has 1 document"),
    ("30,000 files", data(lambda: {f"own/{k}.txt": b"a" for k in range(30_000)}, "retrieval.library=own"), "more than 20,000 files"),
    ("a folder with a pipe and a link to a device", odd_folder, "the library has 1 document"),
    ("a library in YAML nested 5,000 deep", data({"own.yaml": "[" * 5000 + "]" * 5000}, "retrieval.library=own.yaml"), "nesting depth"),
    ("rounds of ballots in YAML nested 5,000 deep", data({"own.yaml": "[" * 5000 + "]" * 5000}, "votes.rounds=own.yaml"), "which answers met"),
    ("one sentence of 19 MB", data(lambda: {"own.txt": b"ab" * 9_500_000}, "tokenizer.text=own.txt"), "only 1 sentence"),
    ("a table with a cell of 2 MB", data(lambda: {"own.csv": b"question,document\n" + b"x" * 2_000_000 + b",y\n"}, "retrieval.questions=own.csv"), "this is no table"),
)

BALLOTS: Rows = (
    ("a vote of 5,000 digits", votes(HEAD + f"1,a,b,{'9' * 5000},1\n"), "not a whole number"),
    ("a vote of a trillion", votes(HEAD + "1,a,b,1000000000000,1\n"), "not a whole number"),
    ("votes below zero", votes(HEAD + "1,a,b,-5,1\n"), "not a whole number"),
    ("400,000 ballots", votes("AAAA\n" * 400_000), "the limit is 20,000 lines"),
    ("400,000 rounds", votes(HEAD + "".join(f"{k},a,b,1,1\n" for k in range(400_000))), "the limit is 20,000 lines"),
    ("19,000 rounds", votes(HEAD + "".join(f"{k},a,b,1,1\n" for k in range(19_000))), "the limit is 200 rounds"),
    ("19,000 ballots that are wrong", votes("01A QQ\n" * 19_000), "more problem"),
    ("a quote that is never closed", votes(HEAD + '1,"a,b,3,1\n' * 1000), "the limit is 200 rounds"),
    ("a cell of 200,000 characters", votes(HEAD + f"1,a,{'b' * 200_000},3,1\n"), "can't be read"),
    ("NUL characters", votes(b"1,a,b\0,3,1\n"), "not a text file"),
    ("a formula for a spreadsheet", votes(HEAD + '1,"=cmd|\' /C calc\'!A0",b,3,1\n'), "begins like a spreadsheet formula"),
    ("a pipe", pipe("votes.csv", VOTES), "pipe"),
    ("a link to a device", link("votes.csv", "/dev/zero", VOTES, {}), "device"),
)

MANIFEST = "out/manifest.json"
FOUND: Rows = (
    ("`manifest.json` of 100,000 brackets", files({"talk.md": TALK.format("Text"), MANIFEST: "[" * 100_000}, BUILD), "", BUILT),
    ("`manifest.json` that names files of other folders", files({"talk.md": TALK.format("Text"), MANIFEST: '{"files": {"../talk.md": "x", "/etc/passwd": "y"}}'}, BUILD), "", BUILT),
    ("`manifest.json` of odd values", files({"talk.md": TALK.format("Text"), MANIFEST: '{"files": {"deck.pptx": 5, "a\\u0000": []}}'}, BUILD), "", BUILT),
)
# fmt: on

GROUPS = {
    "Pictures": PICTURES,
    "Kits": KITS,
    "Talks": TALKS,
    "Values in `{{ }}`": VALUES,
    "Templates": TEMPLATES,
    "Own documents": DATA,
    "Votes": BALLOTS,
    "What is in the output folder": FOUND,
}


def _cases() -> Iterator[Case]:
    for of, rows in GROUPS.items():
        for what, given, says, *fate in rows:
            yield Case(of=of, what=what, given=given, says=says, fate=fate[0] if fate else REFUSED)


CASES = tuple(_cases())
