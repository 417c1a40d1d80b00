"""Small kits, talks and files from strangers, with setups that write them into a folder and return the command to run.

What writes a case returns the arguments of the command; after "env" come settings of the environment, NAME=VALUE.
"""

import io
import os
import zipfile
import zlib

from PIL import Image

from tests.png import png_of
from tests.templates.bad import LAYOUT, MASTER
from tests.templates.maker import MADE

TALK = "---\ntitle: A talk\n---\n\n## One\n\n{}\n"
BUILD = ("build", "talk.md", "--out", "out", "--quiet")
DECK = ("build", "kit", "--out", "out", "--quiet", "--only", "deck")
ROOM = ("build", "--out", "out", "--quiet", "--only", "room", "--votes", "votes.csv")
KIT = {
    "kit/kit.yaml": "title: A kit\nsections: [01-a]\n",
    "kit/01-a.md": "---\nnumber: 1\ntitle: A\n---\n\n## One {#one}\n\nText.\n",
}
SECRETS = {"secret.txt": "hunter2", "secret.yaml": "password: hunter2\n", "secret.py": "", "secret/01.md": "hunter2"}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{}</svg>'


def write(folder, files):
    """Write files below a folder; text as UTF-8."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def talk(body, **files):
    """Return a setup that writes a talk with this body, and files next to it."""

    def given(folder):
        write(folder, {"talk.md": TALK.format(body) if not body.startswith("---") else body})
        write(folder, {name.replace("__", "."): content for name, content in files.items()})
        return BUILD

    return given


def kit(yaml="", section="## One {#one}\n\nText.\n", files=None, more=(), setup=None):
    """Return a setup that writes a kit: additional lines in kit.yaml, the text of its one section, other files."""

    def given(folder):
        write(
            folder / "kit",
            {
                "kit.yaml": f"title: A kit\nsections: [01-a]\n{yaml}",
                "01-a.md": f"---\nnumber: 1\ntitle: A\n---\n\n{section}",
            },
        )
        write(folder / "kit", dict(files or {}))
        if setup:
            setup(folder)
        return (*DECK, *more)

    return given


def template(blob, name="corp.pptx"):
    """Return a setup that writes a talk and a template, and builds the talk in the template."""

    def given(folder):
        write(folder, {"talk.md": TALK.format("- a\n- b"), name: blob() if callable(blob) else blob})
        return (*BUILD, "--template", name)

    return given


def picture(blob, name="p.png"):
    """Return a setup that shows a picture in a talk."""

    def given(folder):
        write(folder, {"talk.md": TALK.format(f"![a picture]({name})"), name: blob() if callable(blob) else blob})
        return BUILD

    return given


def files(content, arguments):
    """Return a setup that writes files and returns these arguments."""

    def given(folder):
        write(folder, content() if callable(content) else content)
        return arguments

    return given


def data(content, slot):
    """Return a setup that passes files to a demo of the built-in kit: ``slot`` is "demo.slot=path"."""
    demo, _, binding = slot.partition(".")
    return files(content, ("demo", demo, "--data", binding))


def votes(text, arguments=("demo", "votes", "--data", "ballots=votes.csv")):
    """Return a setup that passes ballots."""
    return files(lambda: {"votes.csv": text() if callable(text) else text}, arguments)


def logo(blob):
    text = TALK.format("Text")
    return files(lambda: {"talk.md": text, "l.png": blob() if callable(blob) else blob}, (*BUILD, "--logo", "l.png"))


def pipe(name, arguments, content=None):
    """Return a setup that makes a pipe that nobody writes to."""

    def given(folder):
        write(folder, content or {"talk.md": TALK.format("Text")})
        (folder / name).parent.mkdir(exist_ok=True)
        os.mkfifo(folder / name)
        return arguments

    return given


def link(name, target, arguments, content):
    """Return a setup that makes a link to a secret, or to a device."""

    def given(folder):
        write(folder, {**SECRETS, **content})
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(target if target.startswith("/") else folder / target)
        return arguments

    return given


def flat_png(width, height):
    """Return a complete PNG of one colour, a few kilobytes for any size."""
    packer = zlib.compressobj(9)
    row = bytes(1 + width * 3)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return png_of(width, height, data)


def flat_webp(width, height):
    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, "WEBP", method=0)
    return out.getvalue()


def corporate(change):
    """Return a function that makes the corporate template with some parts changed: name -> content, or a function of the old content."""

    def made():
        with zipfile.ZipFile(io.BytesIO(MADE["corporate"]())) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        for name, content in change.items():
            parts[name] = content(parts[name]) if callable(content) else content
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return out.getvalue()

    return made


TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slideLayout"
LAYOUT_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml"


def many_layouts(number, extra=b""):
    """Return the corporate template with so many layouts more."""

    def made():
        with zipfile.ZipFile(io.BytesIO(MADE["corporate"]())) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        rels_of_master = MASTER.replace("slideMasters/", "slideMasters/_rels/") + ".rels"
        rels = parts[LAYOUT.replace("slideLayouts/", "slideLayouts/_rels/") + ".rels"]
        layout = parts[LAYOUT].replace(b"</p:spTree>", extra + b"</p:spTree>")
        added = {MASTER: "", rels_of_master: "", TYPES: ""}
        for k in range(100, 100 + number):
            name = f"ppt/slideLayouts/slideLayout{k}.xml"
            parts |= {name: layout, f"ppt/slideLayouts/_rels/slideLayout{k}.xml.rels": rels}
            added[MASTER] += f'<p:sldLayoutId id="{2147490000 + k}" r:id="rIdX{k}"/>'
            added[rels_of_master] += f'<Relationship Id="rIdX{k}" Type="{OFFICE}" Target="/{name}"/>'
            added[TYPES] += f'<Override PartName="/{name}" ContentType="{LAYOUT_TYPE}"/>'
        for part, end in ((MASTER, "</p:sldLayoutIdLst>"), (rels_of_master, "</Relationships>"), (TYPES, "</Types>")):
            parts[part] = parts[part].replace(end.encode(), (added[part] + end).encode())
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return out.getvalue()

    return made


PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf(objects, root=1):
    """Return a PDF of these objects (number -> body), with a cross-reference table."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (max(places) + 1)
    for number in range(1, max(places) + 1):
        out += b"%010d 00000 n \n" % places.get(number, 0)
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, root, start)
    return bytes(out)


def stream(data, filters=""):
    return b"<< /Length %d %s >>\nstream\n" % (len(data), filters.encode()) + data + b"\nendstream"


def same_page(times, length=600):
    """Return a PDF whose page list names one page over and over, with the given number of bytes of text."""
    words = b"BT /F1 12 Tf 72 720 Td " + b"(one page of words) Tj " * (length // 23) + b"ET"
    return pdf(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: f"<< /Type /Pages /Count {times} /Kids [{'3 0 R ' * times}] >>",
            3: PAGE,
            4: stream(words),
            5: FONT,
        }
    )


def one_page(contents, filters=""):
    """Return a one-page PDF with these contents, packed as the filters say."""
    kids = "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    return pdf({1: "<< /Type /Catalog /Pages 2 0 R >>", 2: kids, 3: PAGE, 4: stream(contents, filters), 5: FONT})


EXERCISE = """---
stage: a
title: A sheet
---

## Do it {{#do {}}}

::: task
Do it.

::: {{.lines count={}}}
:::
:::

::: hint
Try.
:::

::: solution
Done.
:::
"""


def sheet(attributes, lines="2"):
    """Return a setup that builds the sheets of a kit with one exercise."""
    exercise = EXERCISE.format(attributes, lines)
    return files(
        {**KIT, "kit/exercises/01-a.md": exercise}, ("build", "kit", "--out", "out", "--quiet", "--only", "sheets")
    )
