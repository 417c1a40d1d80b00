"""Slides, exercises and kits of a few words, for tests of the style check."""

from workshop.errors import At
from workshop.model import kit
from workshop.model.source import Term

FILE = "01-dough.md"


def prose(*lines, first=1, **look):
    """Return lines of text, each on a line of the file of its own."""
    return kit.Prose(tuple(kit.Line((kit.Run(text, **look),), at=At(FILE, first + n)) for n, text in enumerate(lines)))


def note(kind, text, line=9):
    return kit.Note(kind, prose(text, first=line))


def slide(*lines, name="rise", title="Warm dough rises", notes=(), layout="content", slot="main", stage="one", line=2):
    """Return a slide whose text begins on the line after its title's."""
    slots = ((slot, (prose(*lines, first=line + 1),)),) if lines else ()
    return kit.Slide(name, layout, (kit.Run(title),), slots, tuple(notes), None, stage, 1, at=At(FILE, line))


def exercise(*task, line=5):
    return kit.Exercise("weigh", "Weigh it", 3, 1, False, (prose(*task, first=line),), (), (), At(FILE, line))


def sheet(*exercises, stage="one"):
    return kit.Sheet("S1", stage, 1, "Flour", "", exercises)


def stage(name, *slides):
    return kit.Stage(name, name, slides)


def term(text, stage="two", **more):
    return Term(text, text, "what it means", stage, At("glossary.yaml", 1), **more)


def said(problems):
    """Return (line, message) of each problem, all of which are warnings with a place and a hint."""
    found = list(problems)
    assert all(p.severity.name == "WARNING" and p.hint and p.code != "content" and p.at.path == FILE for p in found)
    return [(p.at.line, p.message) for p in found]
