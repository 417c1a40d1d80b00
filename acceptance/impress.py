"""Thirty edits of a deck by Impress itself, through UNO; run by ``back.py --impress`` with the Python that LibreOffice brings.

impress.py DECK NEW.pptx: prints a list of [number of the slide before, its number now or 0, kind, new word, old word, where].
"""

import json
import subprocess
import sys
import time
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import uno
from com.sun.star.awt import Point, Size
from com.sun.star.beans import PropertyValue

EDITS = 30
KINDS = ["title", "text", "note", "box", "cell", "colour", "box added", "hidden", "copied", "new", "deleted"]
TITLE, NOTES = "com.sun.star.presentation.TitleTextShape", "com.sun.star.presentation.NotesShape"
OUTLINE, TABLE = "com.sun.star.presentation.OutlinerShape", "com.sun.star.drawing.TableShape"


def shapes(page, kind):
    return [shape for shape in (page.getByIndex(k) for k in range(page.Count)) if shape.ShapeType == kind]


def enumerated(text):
    walk = text.createEnumeration()
    while walk.hasMoreElements():
        yield walk.nextElement()


def reword(texts, word):
    """Replace a word, but not the first one, and return the old one."""
    for text in texts:
        for paragraph in enumerated(text):
            for portion in enumerated(paragraph):
                words = portion.String.split(" ")
                places = [k for k, one in enumerate(words) if k and len(one) > 3 and one.isalpha()]
                if portion.TextPortionType == "Text" and places:
                    old, words[places[-1]] = words[places[-1]], word
                    portion.String = " ".join(words)
                    return old
    return ""


def edit(document, page, kind, word):
    """Edit a page in one way; return the old word, where the new one is, and the page that is new; None if it can't be done."""
    pages = document.DrawPages
    if kind == "hidden":
        page.Visible = not page.Visible
    elif kind == "deleted":
        pages.remove(page)
    elif kind == "copied":
        return "", "", document.duplicate(page)
    elif kind == "new":
        made = pages.insertNewByIndex(page.Number - 1)
        made.Layout = 1
        shapes(made, TITLE)[0].String = f"What about {word}"
        shapes(made, OUTLINE)[0].String = f"It begins with {word}"
        return "", "title", made
    elif kind == "box added":
        box = document.createInstance("com.sun.star.drawing.TextShape")
        page.add(box)
        box.Position, box.Size, box.String = Point(500, 500), Size(4000, 1200), word
        return "", "face", page
    elif kind in ("box", "colour"):
        for title in shapes(page, TITLE):
            if kind == "box":
                title.Position = Point(title.Position.X + 700, title.Position.Y + 300)
            else:
                for portion in (one for paragraph in enumerated(title) for one in enumerated(paragraph)):
                    portion.CharColor = 0xB4143C
            return "", "", page
        return None
    else:
        where = {"title": "title", "note": "notes"}.get(kind, "face")
        texts = {
            "title": shapes(page, TITLE),
            "text": shapes(page, OUTLINE),
            "note": shapes(page.NotesPage, NOTES),
        }.get(kind)
        if texts is None:
            models = [table.Model for table in shapes(page, TABLE)]
            texts = [m.getCellByPosition(c, r) for m in models for r in range(m.RowCount) for c in range(m.ColumnCount)]
        old = reword(texts, word)
        return (old, where, page) if old else None
    return "", "", page


def connected(port):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:socket,host=localhost,port={port};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 - it isn't there yet
            time.sleep(0.5)
    raise SystemExit("LibreOffice didn't start")


def main(deck, new, port=28437):
    hidden = PropertyValue("Hidden", 0, True, 0)
    with TemporaryDirectory() as profile:
        office = subprocess.Popen(
            [
                "soffice",
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--norestore",
                f"--accept=socket,host=localhost,port={port};urp;",
            ]
        )
        try:
            context = connected(port)
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            document = desktop.loadComponentFromURL(Path(deck).absolute().as_uri(), "_blank", 0, (hidden,))
            pages = [document.DrawPages.getByIndex(k) for k in range(document.DrawPages.Count)]
            kinds, done = cycle(KINDS), []
            for number, page in list(enumerate(pages, 1))[1 :: max(1, len(pages) // EDITS)]:
                word = f"z{'bdfgklmnpr'[len(done) // 10]}e{'bdfgklmnpr'[len(done) % 10]}o"
                kind, made = next((k, found) for k in kinds if (found := edit(document, page, k, word)) is not None)
                done.append((number, made[2], kind, word if made[1] else "", *made[:2]))
                if len(done) == EDITS:
                    break
            told = [
                (number, 0 if kind == "deleted" else page.Number, kind, *more) for number, page, kind, *more in done
            ]
            document.storeToURL(
                Path(new).absolute().as_uri(), (PropertyValue("FilterName", 0, "Impress MS PowerPoint 2007 XML", 0),)
            )
            print(json.dumps(told))
            document.close(True)
        finally:
            office.terminate()
            office.wait()


main(*sys.argv[1:])
