"""Talks, kits, pictures and packages that can be made as large as a limit allows, and the setups that write them into a folder."""

import io
import os
import zipfile

from PIL import Image

from tests.hostile.kits import BUILD, EXERCISE, corporate, files, write
from tests.templates.bad import MASTER
from tests.templates.maker import MADE

KIT = ("build", "kit", "--out", "out", "--quiet")
DECK = (*KIT, "--only", "deck")
SENTENCE = "The garden asks how a model guesses the next word of a sentence. "
TEXTS = "The garden opens at nine. Members bring their own tools. Nobody waters at noon in summer. "
SHAPE = (
    b'<p:sp><p:nvSpPr><p:cNvPr id="%d" name="a"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
    b'<a:ext cx="9000" cy="9000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:sp>'
)
GROUP = b'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="8" name="g"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
NOISE = os.urandom(1 << 20)


def of(made):
    """Return what a function makes, or the thing itself: large files are made only when they are needed."""
    return made() if callable(made) else made


# ---------------------------------------------------------------- text
def words(letters):
    return (SENTENCE * (letters // len(SENTENCE) + 1))[:letters]


def slides(number, body="text\n"):
    return "".join(f"## Slide {k}\n\n{body}\n" for k in range(number))


def named(number, body="text\n", more="", section=1):
    """Return slides of a kit's section; {k} in their text or attributes is the number of the slide."""
    return "".join(
        f"## Slide {{#s{section}x{k}{more}}}\n\n{body}\n".replace("{k}", str(k)).replace("{last}", str(k - 1))
        for k in range(number)
    )


def exercises(number, lines=2, task="Do it."):
    one = "## " + EXERCISE.partition("## ")[2].format("", lines).replace("Do it.", task, 1)
    return "---\nstage: a1\ntitle: A sheet\n---\n\n" + "".join(
        one.replace("#do", f"#do{k}", 1) + "\n" for k in range(number)
    )


def table(rows, columns, cell="1"):
    line = "|" + f"{cell}|" * columns + "\n"
    return line + "|" + "-|" * columns + "\n" + line * rows


def csv(rows, columns, cell="1"):
    head = ",".join(f"c{k}" for k in range(columns)) + "\n"
    return head + "".join(",".join([f"r{k}", *[cell] * (columns - 1)]) + "\n" for k in range(rows))


def cloud(points):
    """Return a CSV of named points that are far from each other."""
    return "c0,c1,c2\n" + "".join(f"a{k},{k * 7919 % 1999},{k * 104729 % 1999}\n" for k in range(points))


def talk(text, *more, **beside):
    """Return a setup for a talk of some slides, with more arguments, and with files beside it: t__csv is t.csv."""

    def given(folder):
        body = of(text)
        write(folder, {"talk.md": body if body.startswith("---") else f"---\ntitle: A talk\n---\n\n{body}"})
        write(folder, {name.replace("__", "."): of(made) for name, made in beside.items()})
        return (*BUILD, *more)

    return given


def in_template(text, blob=MADE["corporate"], **beside):
    """Return a setup for a talk in a user's template."""
    return talk(text, "--template", "corp.pptx", corp__pptx=blob, **beside)


def kit(yaml="", sections=("## One {#one}\n\nText.\n",), command=DECK, heads=(), **beside):
    """Return a setup for a kit.

    Args:
        yaml: more of kit.yaml.
        sections: the text of each section, whose ids are a1, a2, …; or a function that makes them.
        command: what is run.
        heads: more of the front matter of each section.
        beside: other files: data___t__csv is data/t.csv.
    """

    def given(folder):
        texts = of(sections)
        names = [f"{k:02d}-a{k}" for k in range(1, len(texts) + 1)]
        files = {"kit.yaml": f"title: A kit\nsections: [{', '.join(names)}]\n{of(yaml)}"}
        for k, (name, text) in enumerate(zip(names, texts, strict=True)):
            more = of(heads[k]) if k < len(heads) else ""
            files[f"{name}.md"] = f"---\nnumber: {k + 1}\ntitle: A{k}\n{more}---\n\n{text}"
        for name, made in beside.items():
            files[name.replace("___", "/").replace("__", ".")] = of(made)
        write(folder / "kit", files)
        return command

    return given


def repeating(number):
    """Return a setup for a kit with an overlay that repeats so many edits on its first slide."""

    def given(folder):
        line = '- {shape: "Title 1", at: "spPr/xfrm/off/@x", was: "1", now: "%d"}\n'
        write(folder / "over" / "edits", {"one.yaml": "".join(line % k for k in range(number))})
        return kit(command=(*DECK, "--overlay", "over"))(folder)

    return given


def sheets(number, lines=2, task="Do it.", command=(*KIT, "--only", "sheets"), **beside):
    """Return a setup for the sheets of a kit with so many exercises."""
    return kit(command=command, **{"exercises___01-a1__md": lambda: exercises(number, lines, task)}, **beside)


def runs(number, demo):
    """Return a setup for a kit that shows so many runs; {k} in ``demo`` is the number of the run."""
    head = "runs:\n" + "".join(f"  r{k}: {{demo: {demo.replace('{k}', str(k))}}}\n" for k in range(number))
    return kit(sections=[named(number, "{{ r{k}.n }}\n")], heads=[head])


# ---------------------------------------------------------------- users' data
def demo(name, slot, made, place="own.txt"):
    """Return a setup that gives a demo one file."""
    return files(lambda: {place: made()}, ("demo", name, "--data", f"{slot}={place.partition('/')[0]}"))


def library(documents, *more):
    """Return a setup that searches documents; ``documents`` makes them: name -> content."""
    return files(documents, ("demo", "retrieval", "--data", "library=own", *more))


def different(sentences):
    """Return sentences of words that hardly ever come up twice."""
    return "".join(f"W{k:x} q{k * 7919 % 99991:x} a. " for k in range(sentences))


# ---------------------------------------------------------------- pictures
def pictured(number, made, name="p{}.png", text="", **beside):
    """Return a setup for a talk of so many pictures; ``made(k)`` is one of them, ``text`` is what follows on other slides."""

    def given(folder):
        write(folder, {name.format(k): made(k) for k in range(number)})
        shown = "".join(f"## Picture {k}\n\n![a]({name.format(k)})\n\n" for k in range(number))
        return talk(shown + text, **beside)(folder)

    return given


def drawing(body):
    """Return a setup for a talk of one SVG picture."""
    return pictured(1, lambda _: svg(of(body)), "p{}.svg")


def svg(body):
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{body}</svg>'


def rectangles(number, more=""):
    return "".join(f'<rect x="{k % 40}" y="{k % 20}" width="9" height="9" {more}/>' for k in range(number))


def saved(image, kind, **how):
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def noisy(width, height, kind="PNG", **how):
    size = width * height * 3
    return saved(Image.frombytes("RGB", (width, height), (NOISE * (size // len(NOISE) + 1))[:size]), kind, **how)


def turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def jpeg(width, height, more=0):
    """Return a progressive JPEG that lies on its side, with more scans than it needs."""
    blob = saved(Image.new("RGB", (width, height), (9, 99, 9)), "JPEG", progressive=True, exif=turned())
    last = blob.rindex(b"\xff\xda")
    return blob[:-2] + blob[last:-2] * more + blob[-2:]


# ---------------------------------------------------------------- packages
def checked(blob):
    """Return a setup that checks a finished deck."""
    return files(lambda: {"corp.pptx": blob()}, ("check", "corp.pptx"))


def shapes(number):
    return b"".join(SHAPE % (k + 100) for k in range(number))


def groups(levels):
    return GROUP * levels + SHAPE % 9 + b"</p:grpSp>" * levels


def paragraphs(number):
    text = b"<p:txBody><a:bodyPr/>" + b"<a:p><a:r><a:t>a</a:t></a:r></a:p>" * number + b"</p:txBody></p:sp>"
    return (SHAPE % 9).replace(b"</p:sp>", text)


def filled(extra, layouts=1, master=False):
    """Return the corporate template with additional content in the shape trees of some layouts, or of its master."""
    parts = [MASTER] if master else [f"ppt/slideLayouts/slideLayout{k}.xml" for k in range(1, layouts + 1)]
    return corporate(dict.fromkeys(parts, lambda old: old.replace(b"</p:spTree>", extra() + b"</p:spTree>")))


def with_more(entries):
    """Return the corporate template with more entries: ``entries`` yields names and contents."""

    def made():
        blob = io.BytesIO(MADE["corporate"]())
        with zipfile.ZipFile(blob, "a", zipfile.ZIP_DEFLATED) as archive:
            for name, content in entries():
                archive.writestr(name, content)
        return blob.getvalue()

    return made
