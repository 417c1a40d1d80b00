"""Hostile sources: pictures, kits, talks, expressions and numbers."""

import hashlib
import json
from collections.abc import Sequence

from tests.hostile.case import BROAD, BUILT, SLOW, WITHOUT, Row
from tests.hostile.kits import (
    BUILD,
    DECK,
    KIT,
    SECRETS,
    SVG,
    TALK,
    files,
    flat_png,
    flat_webp,
    kit,
    link,
    logo,
    picture,
    pipe,
    sheet,
    talk,
    write,
)
from tests.png import chunk
from tests.templates.maker import png


def many_sections(folder):
    names = [f"{k:03d}-a" for k in range(200)]
    write(folder / "kit", {"kit.yaml": f"title: A kit\nsections: [{', '.join(names)}]\n"})
    for name in names:
        text = "".join(f"## S {{#s{name}-{k}}}\n\n" + "a\n" * 900 for k in range(16))
        write(folder / "kit", {f"{name}.md": f"---\ntitle: A\n---\n\n{text}"})
    return DECK


def many_runs(folder):
    runs = "".join(f"  r{k}: {{demo: never_zero, n: {k + 10}}}\n" for k in range(150))
    shown = "".join(f"## S {{#s{k}}}\n\n{{{{ r{k}.n }}}}\n\n" for k in range(150))
    write(folder, {**KIT, "kit/01-a.md": f"---\nnumber: 1\ntitle: A\nruns:\n{runs}---\n\n{shown}"})
    return DECK


def shared_kit(folder):
    kit("demos: [d.py]\n", files={"d.py": "open('ran', 'w')\n"})(folder)
    (folder / "kit").chmod(0o777)
    return (*DECK, "--trust-folder")


def shared_cache(folder):
    write(folder, KIT)
    (folder / "cache").mkdir()
    (folder / "cache").chmod(0o777)
    return ("env", f"WORKSHOP_CACHE={folder / 'cache'}", *DECK)


def own_office(folder):
    program = "#!/bin/sh\ntouch ran\n"
    write(
        folder, {**KIT, **{f"{place}{name}": program for place in ("", "kit/") for name in ("soffice", "libreoffice")}}
    )
    for name in ("soffice", "libreoffice"):
        (folder / name).chmod(0o755)
        (folder / "kit" / name).chmod(0o755)
    return ("env", "PATH=/nowhere", *DECK, "--pdf")


def trusted_folder(folder):
    own_trust()(folder)
    listed = json.dumps({"folders": [(folder / "kit").resolve().as_posix(), "kit", "."]})
    for found in folder.rglob("trusted-demos.json"):
        found.write_text(listed, "utf-8")
    return ("env", "XDG_CONFIG_HOME=.", "WORKSHOP_CONFIG=", *DECK)


def own_trust(*settings):
    """Return a setup that writes a kit with its own Python file, and next to it a file that trusts it."""
    code = "open('ran', 'w')\n"
    trusted = json.dumps({"trusted": {hashlib.sha256(code.encode()).hexdigest(): "kit/d.py"}})
    places = ("", "workshop/", ".config/workshop/", "kit/", "kit/workshop/")
    beside = {f"{place}trusted-demos.json": trusted for place in places}
    kit_files = {**KIT, "kit/kit.yaml": KIT["kit/kit.yaml"] + "demos: [d.py]\n", "kit/d.py": code}
    return files({**beside, **kit_files}, ("env", *settings, *DECK))


def overlay(content):
    """Return a setup that lays files over a kit."""
    return files({**SECRETS, **KIT, **{f"over/{name}": text for name, text in content.items()}}, OVER)


# fmt: off
OVER = (*DECK, "--overlay", "over")
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n(%pipe%touch ran) (w) file\nshowpage\n"
TENFOLD = "".join(f'<g id="a{k}">' + f'<use href="#a{k + 1}"/>' * 10 + "</g>" for k in range(9)) + '<rect id="a9"/>'
MASK = '<mask id="m{}"><rect width="40" height="20" fill="white" mask="url(#m{})"/></mask>'
MASKS = "".join(MASK.format(k, k - 1) for k in range(90)) + '<rect width="40" height="20" mask="url(#m89)"/>' * 20
FETCHING = '<script>a()</script><image href="https://spy.example/p.png"/><rect width="9" height="9"/>'
ENTITIES = '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
DASHES = '<path d="M0 0H1e9" stroke="red" stroke-dasharray="0.0001"/>' * 500
CARDS = "title: C\nstage: a\ncards:\n" + "- {head: h, front: f, back: b}\n" * 100
QUESTION = "- {id: a, stage: a, question: q, options: [{text: a, right: yes}]}\n"
LARGE = "the limit is 25,000,000 pixels"

PICTURES: Sequence[Row] = (
    ("PostScript named `p.png`", picture(EPS), "isn't PNG, JPEG, GIF, WebP or SVG", WITHOUT, BROAD),
    ("PostScript as a logo", logo(EPS), "isn't PNG or JPEG"),
    ("a PNG of 170 megapixels", picture(lambda: flat_png(13_100, 13_000)), LARGE, WITHOUT, BROAD),
    ("a logo of 170 megapixels", logo(lambda: flat_png(13_100, 13_000)), LARGE, SLOW),
    ("a PNG of 24 megapixels", picture(lambda: flat_png(6_000, 4_000)), "", BUILT, BROAD),
    ("a WebP of 25 megapixels", picture(lambda: flat_webp(5_000, 5_000)), "the limit is 15,000,000 pixels", WITHOUT, BROAD),
    ("a WebP of 15 megapixels", picture(lambda: flat_webp(4_000, 3_750)), "", BUILT, SLOW),
    ("a truncated picture", picture(png(600, 400)[:-200]), "it is damaged", WITHOUT),
    ("a picture of 60 MB", picture(lambda: png() + bytes(60_000_000)), "the limit is 20 MB", WITHOUT, BROAD),
    ("an SVG with a script and a picture from the web", picture(SVG.format(FETCHING)), "is shown without <script>, a link", WITHOUT, BROAD),
    ("an SVG that draws a billion squares", picture(SVG.format(TENFOLD)), "more than 20,000 shapes", WITHOUT),
    ("an SVG with entities that multiply", picture(ENTITIES + SVG.format("<text>&b;</text>")), "this SVG declares entities", WITHOUT),
    ("an SVG of endless dashes", picture(SVG.format(DASHES)), "", BUILT),
    ("an SVG of masks over masks", picture(SVG.format(MASKS)), "takes too long, or too much memory, to draw", WITHOUT),
    ("an SVG of one path of 300,000 corners", picture(SVG.format(f'<path d="M0 0{" L9 9 L0 0" * 150_000}" stroke="red"/>')), "takes too long, or too much memory, to draw", WITHOUT, SLOW),
    ("an SVG whose width is written with 1.5 million spaces", picture(SVG.replace('"40"', '"5' + " " * 1_500_000 + 'x"').format('<rect width="9" height="9"/>')), "no sensible width", WITHOUT),
    ("a PNG with `<svg` in its description", picture(png()[:33] + chunk(b"tEXt", b"Comment\0<svg xmlns=''>") + png()[33:]), "", BUILT),
    ("a picture in another folder", files({"talk.md": TALK.format("![x](../p.png)"), "../p.png": png()}, BUILD), "outside of the file's folder", WITHOUT),
    ("a picture that is a link to a device", link("p.png", "/dev/zero", BUILD, {"talk.md": TALK.format("![x](p.png)")}), "isn't a regular file", WITHOUT),
    ("PostScript as the logo of a theme", kit("theme: t.yaml\n", files={"t.yaml": "logo: l.png\n", "l.png": EPS}), "isn't PNG or JPEG"),
)

OUT_OF_THE_KIT = ("theme: ../secret.yaml", "theme: link.yaml", "quiz: ../secret.yaml", "ballots: ../secret.yaml", "cards: [../secret.yaml]", "demos: [../secret.py]", "data: {a: {b: ../secret.txt}}", "exercises: ../secret", "style: ../secret.yaml")
KIT_FILES = ("kit.yaml", "glossary.yaml", "sources.yaml", "points.yaml", "frameworks.yaml", "audiences/general.yaml")
KITS: Sequence[Row] = (
    *((f"`{key}`", link("kit/link.yaml", "secret.yaml", DECK, {**KIT, "kit/kit.yaml": f"{KIT['kit/kit.yaml']}{key}\n"}), "is outside of the kit") for key in OUT_OF_THE_KIT),
    *((f"a link out of the kit as `{name}`", link(f"kit/{name}", "secret.yaml", DECK, {k: v for k, v in KIT.items() if k != f"kit/{name}"}), "this file is a link that leads out of the kit") for name in KIT_FILES),
    *((f"a pipe as `{name}`", pipe(f"kit/{name}", DECK, {k: v for k, v in KIT.items() if k != f"kit/{name}"}), "it is a pipe") for name in KIT_FILES),
    ("`sections: [../secret]`", files({**SECRETS, "secret.md": "hunter2", "kit/kit.yaml": "title: A\nsections: [../secret]\n"}, DECK), "is outside of the kit"),
    ("a pipe as a section", pipe("kit/02-b.md", DECK, {**KIT, "kit/kit.yaml": "title: A\nsections: [01-a, 02-b]\n"}), "isn't a regular file", BROAD),
    ("a pipe as a theme", pipe("kit/t.yaml", DECK, {**KIT, "kit/kit.yaml": KIT["kit/kit.yaml"] + "theme: t.yaml\n"}), "isn't a regular file", BROAD),
    ("`theme: /dev/zero`", kit("theme: /dev/zero.yaml\n"), "is outside of the kit"),
    ("a theme of 60 MB", kit("theme: t.yaml\n", files={"t.yaml": b"#" * 60_000_000}), "the limit is 1 MB"),
    ("a theme with a logo in another folder", kit("theme: t.yaml\n", files={"t.yaml": "logo: ../../secret.png\n"}), "is outside of the kit"),
    ("untrusted Python", kit("demos: [d.py]\n", files={"d.py": "open('ran', 'w')\n"}), "this kit would run Python of its own"),
    ("an escaped line separator in the name of a Python file", kit('demos: ["d\\u2028.py"]\n', files={"d\u2028.py": "x"}), "there is a character U+2028 in this text"),
    ("a section of 9 MB", kit(section="a\n\n" * 3_000_000), "the limit is 2 MB"),
    ("200 sections of 15,000 lines each", many_sections, "200 sections; the limit is 100 sections"),
    ("a kit of 120 sections", files({"kit/kit.yaml": f"title: A kit\nsections: [{', '.join(f'a{k}' for k in range(120))}]\n"}, DECK), "120 sections; the limit is 100 sections"),
    ("a kit that shows 150 runs of a demo", many_runs, "150 runs of demos; the limit is 100 runs"),
    ("ten files of 100 cards", kit(f"cards: [{', '.join(f'c{k}.yaml' for k in range(10))}]\n", files={f"c{k}.yaml": CARDS for k in range(10)}), "cards, ballots and questions up to here have more than 500 entries", BROAD),
    ("YAML nested 5,000 deep", kit(f"vars: {'[' * 5000}{']' * 5000}\n"), "exceeded maximum nesting depth"),
    ("aliases that multiply in YAML", kit("vars: {a: &a [x, x], b: [*a, *a]}\n"), "aliases (*) aren't supported here"),
    ("a tag that makes objects in YAML", kit("author: !!python/object/apply:os.system [touch ran]\n"), "must be text"),
    ("a quiz of 2,000 questions", kit("quiz: q.yaml\n", files={"q.yaml": QUESTION * 2000}), "more than 500 entries"),
    ("a vertical tab in the name of a Python file", kit('demos: ["d\\x0b.py"]\n', files={"d\x0b.py": "x"}), "there is a character U+000B in this text"),
    ("a file that trusts the kit's Python, with `XDG_CONFIG_HOME` set to `.`", own_trust("XDG_CONFIG_HOME=.", "WORKSHOP_CONFIG="), "this kit would run Python of its own"),
    ("a file that trusts the kit's folder (`--trust-folder`), with `XDG_CONFIG_HOME` set to `.`", trusted_folder, "this kit would run Python of its own"),
    ("`--trust-folder` for a kit that others can write to", shared_kit, "others can write to"),
    ("`--pdf`, with programs called `soffice` and `libreoffice` in the kit and beside it", own_office, "LibreOffice isn't installed here", BUILT),
    ("the same, with an empty `XDG_CONFIG_HOME`", own_trust("XDG_CONFIG_HOME=", "WORKSHOP_CONFIG=", "HOME=."), "this kit would run Python of its own"),
    ("the same, with `WORKSHOP_CONFIG` set to `kit`", own_trust("WORKSHOP_CONFIG=kit"), "isn't an absolute path"),
    ("a cache inside the kit, with `WORKSHOP_CACHE` set to `kit`", files(KIT, ("env", "WORKSHOP_CACHE=kit", *DECK)), "isn't an absolute path"),
    ("a cache that others can write to", shared_cache, "nothing is kept from build to build … others can write to", BUILT),
    ("an overlay with a picture in another folder", overlay({"01-a.md": "## One {#one}\n\n![x](../secret.txt)\n"}), "is outside of the kit"),
    ("an overlay with a link out of it as a section", link("over/01-a.md", "secret/01.md", OVER, KIT), "this file is a link that leads out of the kit"),
    ("an overlay with a pipe as a section", pipe("over/01-a.md", OVER, KIT), "it is a pipe"),
    ("impossible sizes in a theme", kit("theme: t.yaml\n", files={"t.yaml": "sizes: {title: [1e300, 28]}\n"}), "isn't a size"),
    ("a colour of a theme of 5,000 digits", kit("theme: t.yaml\n", files={"t.yaml": f"colors: {{bg: '#{'f' * 5000}'}}\n"}), "isn't a colour"),
    ("mistakes of all kinds in one file", kit(section="## One {#one minutes=abc}\n\n{{ no.fact }} [x](#no)\n\n## Two {#two}\n\n![x](chart:no.chart)\n\n## Three {#three}\n\n![x](no.png)\n"), "minutes=abc … no slide is named … no run or name … no run or demo … no file 'no.png'"),
)

TALKS: Sequence[Row] = (
    ("a pipe as a talk", pipe("pipe.md", ("build", "pipe.md", "--out", "out")), "there is no such file", BROAD),
    ("a title of 98,000 characters", talk("---\ntitle: T\n---\n\n## " + "long " * 19_600 + "\n\ntext"), "97,999 characters"),
    ("a formula in which each letter is a fraction", talk("$$" + "\\frac{a}{b}" * 180 + "$$"), "", BUILT, BROAD),
    ("900 formulas", talk("$$x$$\n\n" * 300 + "$\\sqrt{y}$ " * 600), "", BUILT, BROAD),
    ("a formula nested 900 deep", talk("$$" + "{" * 900 + "}" * 900 + "$$"), "more than 20 levels", BUILT),
    ("a formula with Typst's own commands", talk('$$\\text{#read("/etc/passwd") $sys$}$$'), "", BUILT, BROAD),
    ("a flowchart with an arrow of 4,800 dashes", talk("```mermaid\nflowchart LR\nA " + "-" * 4_800 + "> B\n```"), "an arrow of more than five lengths", WITHOUT),
    ("a flowchart of 600 boxes that each lead to 600", talk("```mermaid\nflowchart LR\n" + " & ".join("A" * 600) + " --> " + " & ".join("B" * 600) + "\n```"), "it has 2 boxes and 360000 arrows", WITHOUT, BROAD),
    ("a flowchart with HTML, links and styles", talk('```mermaid\nflowchart LR\nA[<img src=x onerror=evil()>a] --> B\nclick A "javascript:evil()"\nstyle A fill:url(https://spy.example)\n```'), "", BUILT),
    ("a word of 98,000 characters", talk("x" * 98_000), "98,000 characters"),
    ("a paragraph of 7 MB", talk(("word " * 15_000 + "\n") * 90), "the limit is 2 MB"),
    ("300,000 list entries", talk("- a\n" * 300_000), "the limit is 20,000 lines"),
    ("19,000 lines on one slide", talk("a\n" * 19_000), "the limit is 1,000 lines", SLOW),
    ("900 list entries on one slide", talk("- a\n" * 900), "", BUILT, BROAD),
    ("a table of 19,000 rows", talk("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 19_000), "more than 100,000 elements", SLOW),
    ("lists nested 300 deep", talk("".join("  " * k + "- a\n" for k in range(300))), "nested too deep"),
    ("quotes nested 10,000 deep", talk(">" * 10_000 + " a"), "nested too deep"),
    ("50,000 brackets", talk("[" * 50_000), "one paragraph has 50,000 characters"),
    ("19,000 brackets, stars and backticks", talk("[*a_`" * 3_800), "", BUILT, BROAD),
    ("runs of backticks of every length", talk("".join("`" * (k % 180) + "a" for k in range(200))), "", BUILT, BROAD),
    ("a CSV table of 20,000 rows", talk("![t](table:t.csv)", t__csv="a,b\n" + "1,2\n" * 20_000), "the limit is 2,000 rows", WITHOUT),
    ("a CSV chart of 20,000 points", talk("![t](chart:t.csv)", t__csv="a,b\n" + "1,2\n" * 20_000), "the limit is 2,000 rows", WITHOUT),
    ("a CSV table of 2,000 columns", talk("![t](table:t.csv)", t__csv=",".join(map(str, range(2000))) + "\n" + "1," * 1999 + "1\n"), "2,000 columns; the limit is 200 columns", WITHOUT),
    ("a CSV table of 100 columns", talk("![t](table:t.csv)", t__csv=(",".join(f"c{k}" for k in range(100)) + "\n") * 100), "100 columns; 27 fit on a slide at a legible size", BROAD),
    ("a CSV table of cells of 190 words", talk("![t](table:t.csv)", t__csv="a,b\n" + ("word " * 190 + ",x\n") * 90), "", BUILT, SLOW),
    ("a table of 2,500 columns", talk(("|1" * 2_500 + "|\n|" + "-|" * 2_500 + "\n") + ("|1" * 2_500 + "|\n") * 7), "2,500 columns; 35 fit on a slide", BROAD),
    ("100,000 words in italics", talk(("*a* " * 4_900 + "\n\n") * 21), "more than 100,000 elements", BROAD),
    ("a CSV table of 400,000 cells", talk("![t](table:t.csv)", t__csv=(",".join(["1"] * 400) + "\n") * 1000), "the limit is 20,000 cells", WITHOUT),
    ("a CSV chart in a unit for lists", talk("![t](chart:t.csv){unit=listed}", t__csv="a,b\nx,1\ny,2\n"), "", BUILT),
    ("a CSV table in an unknown unit", talk("![t](table:t.csv){unit=foo}", t__csv="a,b\nx,1\ny,2\n"), "no unit is named", WITHOUT),
    ("a CSV chart of a column without numbers", talk("![t](chart:t.csv)", t__csv="a,b\nx,\ny,\n"), "has no numbers", WITHOUT),
    ("a CSV chart that names a column twice", talk("![t](chart:t.csv){y=b,b}", t__csv="a,b\nx,1\ny,2\n"), "", BUILT),
    ("an address with half a bracket", talk("[x](http://[::1)"), "isn't the address of a web page", WITHOUT),
    ("`javascript:` as a link", talk("[x](javascript:alert(1))"), "a link cannot go to", WITHOUT),
    ("`file:` as a link", talk("[x](file:///etc/passwd)"), "a link cannot go to", WITHOUT),
    ("2,900 links to slides that don't exist", talk("".join(f"## S{k} {{#s{k}}}\n\n[x](#no{k})\n\n" for k in range(2900))), "more problems", BUILT, SLOW),
    ("a talk of 4,900 slides", talk("## S\n\ntext\n\n" * 4900), "more than 3,000 slides", SLOW),
    ("a kit of 4,900 slides", kit(section="".join(f"## S {{#s{k}}}\n\ntext\n\n" for k in range(4900))), "more than 3,000 slides", BROAD),
    ("a kit of 2,900 slides", kit(section="".join(f"## S {{#s{k}}}\n\ntext\n\n" for k in range(2900))), "", BUILT, SLOW),
    ("450,000 values that are never closed", talk(("{{" * 9_000 + "\n\n") * 50), "more than 100,000 elements", SLOW),
    ("a line of 49,000 values that are never closed", talk("{{" * 49_000), "98,000 characters"),
    ("a cell of 98,000 digits", talk("| a | b |\n|---|---|\n| " + "1" * 98_000 + "x | 2 |\n"), "98,001 characters"),
    ("90,000 spaces in a heading", talk("[a]\n\n## a" + " " * 90_000 + "b\n\ntext\n"), "one paragraph has 90,002 characters"),
    ("90,000 spaces in a line of verse", talk("| a\n|  " + " " * 90_000 + "b\n"), "one paragraph has 90,005 characters"),
    ("90,000 spaces in an objective", talk("---\ntitle: T\nobjectives: ['" + " " * 90_000 + "x']\n---\n\n## One\n\ntext\n"), "", BUILT),
    ("Typst's and HTML's own words in the text", talk('#read("/etc/passwd") <script>alert(1)</script> $x$'), "", BUILT),
)

VALUES: Sequence[Row] = tuple(
    (f"`{expression if len(expression) < 60 else f'{expression[:20]}… ({len(expression)} characters)'}`", talk("{{ " + expression + " }}"), says, WITHOUT)
    for expression, says in (
        ("round(1, -1000000000)", "takes digits from"),
        ("9" * 990, "more than 300 digits"),
        ("9" * 200 + " * " + "9" * 200, "more than 300 digits"),
        ("'a' * 1000000000", "multiplies text"),
        ("'1e999999999' | fraction", "text, not a number"),
        ("1e308 * 10", "too large a number"),
        ("2 ** 9999999", "is not allowed here"),
        ("((" * 200 + "1" + "))" * 200, "is too deep or too large"),
        ("''.__class__.__mro__", "cannot be computed"),
        ("lipsum.__globals__", "no run or name"),
        ("1 | percent(100000000)", "decimals go from"),
        ("1 | number(-100000000)", "decimals go from"),
        ("1 | bits('x')", "cannot be computed"),
        ("[1] | listed", "is not allowed here"),
        ("1 if 1", "is not allowed here"),
    )
)

def cited(bib, csl="", front=""):
    """Return a setup that writes a talk which cites the work "a" of a bibliography, with a style of its own."""
    front += "csl: s.csl\n" if csl else ""
    body = f"---\ntitle: T\nbibliography: w.bib\n{front}---\n\n## One\n\nAs [@a, p. #panic()] says.\n"
    return talk(body, w__bib=bib, **({"s__csl": csl} if csl else {}))


def csl(macros, value="text macro='m0'"):
    """Return a style that cites with some macros."""
    info = "<info><title>x</title><id>x</id><updated>2020-01-01T00:00:00+00:00</updated></info>"
    layout = f"<citation><layout><{value}/></layout></citation><bibliography><layout><text variable='title'/></layout>"
    start = "<style xmlns='http://purl.org/net/xbiblio/csl' class='in-text' version='1.0'>"
    return f"{start}{info}{macros}{layout}</bibliography></style>"


def doubling(count):
    """Return macros of which each uses the next one twice."""
    macros = (f"<macro name='m{k}'><text macro='m{k + 1}'/><text macro='m{k + 1}'/></macro>" for k in range(count))
    return "".join(macros) + f"<macro name='m{count}'><text value='x'/></macro>"


BOOK, FULL = "@book{a, title = {A book}, year = 2019}\n", "too long, or too much memory"
BIBLIOGRAPHIES: Sequence[Row] = (
    ("Typst's own commands in a title, an author and a page", cited('@book{a, title = {$#read("/etc/passwd")$ #panic()}, author = {$#sys$}, year = 2019}'), "", BUILT, BROAD),
    ("a style outside of the folder", cited(BOOK, front="csl: ../s.csl\n"), "outside of its folder", WITHOUT, BROAD),
    ("a bibliography that is a link to a device", link("w.bib", "/dev/zero", BUILD, {"talk.md": "---\ntitle: T\nbibliography: w.bib\n---\n\n## One\n\n[@a]\n"}), "isn't a regular file", WITHOUT),
    ("a bibliography of 6 MB", cited(BOOK * 150_000), "the limit is 5 MB"),
    ("an entry whose braces aren't closed", cited("@book{a, title = {A {book}, year = 2019\n"), "the braces of the entry 'a' aren't closed", WITHOUT),
    ("an entry that takes its fields from itself", cited("@book{a, title = {A}, crossref = {b}}\n@book{b, crossref = {a}}\n"), FULL, WITHOUT, BROAD),
    ("texts with names that double 40 times", cited('@string{s0 = "xxxxxxxx"}\n' + "".join(f"@string{{s{k + 1} = s{k} # s{k}}}\n" for k in range(40)) + "@book{a, title = s40}\n"), FULL, WITHOUT, SLOW),
    ("a link of a work that isn't an address", cited('@misc{a, title = {x}, url = {javascript:alert(1)}, doi = {"><script>x</script>}, year = 2019}'), "", BUILT, BROAD),
    ("a style whose macros call themselves", cited(BOOK, csl("<macro name='m0'><text macro='m0'/></macro>")), FULL, WITHOUT, BROAD),
    ("a style whose macros double 40 times", cited(BOOK, csl(doubling(40))), FULL, WITHOUT, BROAD),
    ("a style with a file as an entity", cited(BOOK, "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + csl("<macro name='m0'><text value='&a;'/></macro>")), "failed to load CSL style", WITHOUT, BROAD),
    ("a style that isn't XML", cited(BOOK, "<style"), "failed to load CSL style", WITHOUT),
)

LONG, HUGE = "9" * 400, "1000000000"
COLUMN = ':::: columns\n::: {{.column width="{}"}}\none\n:::\n::: {{.column width="40%"}}\ntwo\n:::\n::::\n'
SIZED = "![a](p.png){{{}={}}}\n\ntext"
NUMBERS: Sequence[Row] = (
    (f"`people: {HUGE}`", kit(f"people: {HUGE}\n"), "more than 10,000"),
    ("`people:` with 5,000 digits", kit(f"people: {'9' * 5000}\n"), "not a whole number"),
    ("`minutes: 1e308`", kit("minutes: 1e308\n"), "more than 100,000"),
    ("`minutes: nan`", kit("minutes: nan\n"), "not a number"),
    ("a block of 1e300 minutes", kit("blocks: [{title: Lunch, minutes: 1e300}]\n"), "more than 100,000"),
    ("`weight: 1e300` of a section", talk("---\ntitle: T\nweight: 1e300\n---\n\n## One\n\ntext\n"), "more than 100,000 … it is ignored", WITHOUT),
    ("a slide of 400 digits of minutes", kit("minutes: 60\n", f"## One {{#one minutes={LONG}}}\n\nText.\n"), "is not a number of minutes"),
    (f"`minutes={HUGE}` of a slide", kit("minutes: 60\n", f"## One {{#one minutes={HUGE}}}\n\nText.\n"), "more than 2,000"),
    (f"`level={HUGE}` of an exercise", sheet(f"level={HUGE}"), "more than 2,000"),
    ("an exercise of a level of 400 digits", sheet(f"level={LONG}"), "is not a whole number"),
    (f"{HUGE} lines to write on", sheet("minutes=5", HUGE), "more than 20 lines"),
    ("a list that begins with 999,999,999", talk("999999999. a\n1000000000. b\n"), "counts to more than 32,767", WITHOUT),
    ("a list that begins with 40,000, in a kit", kit("minutes: 60\n", "## One {#one minutes=5}\n\n40000. a\n"), "counts to more than 32,767"),
    ('`{.column width="nan%"}`', talk(COLUMN.format("nan%")), "width=nan% is not a width", WITHOUT),
    ("a column whose width has 400 digits", talk(COLUMN.format(LONG)), "is not a width", WITHOUT),
    ("a picture `{width=1e308%}`", talk(SIZED.format("width", "1e308%"), p__png=png()), "width=1e308% is not a width", WITHOUT),
    ("a picture whose width has 400 digits", talk(SIZED.format("width", LONG), p__png=png()), "is not a width", WITHOUT),
    ("a picture whose height is `inf`", talk(SIZED.format("height", "inf"), p__png=png()), "height=inf is not a height", WITHOUT),
    ("character references without a character", talk("&#99999999999999999999999; &#x110000; &#xd800; &#0; &#7;"), "", BUILT),
    ("numbers that are too large in a CSV chart", talk("![t](chart:t.csv)", t__csv="a,b\nx,1e308\ny,inf\nz,nan\n"), "'1e308' where a number is needed … 'inf' … 'nan'", WITHOUT),
    ("a number of 5,000 digits in a CSV chart", talk("![t](chart:t.csv)", t__csv=f"a,b\nx,{'9' * 5000}\ny,2\n"), "a cell of this row has more than 1,000 characters", WITHOUT),
)
# fmt: on
