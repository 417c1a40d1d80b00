"""Slides, exercises and kits of a few words, for tests of the style check."""

from workshop.errors import At
from workshop.model import blocks, kit
from workshop.model.meta import Term

FILE = "01-dough.md"


def prose(*lines, first=1, **look):
    """Return lines of text, each on its own line of the file."""
    return blocks.Prose(
        tuple(blocks.Line((blocks.Run(text, **look),), at=At(FILE, first + n)) for n, text in enumerate(lines))
    )


def note(kind, text, line=9):
    return kit.Note(kind, prose(text, first=line))


def slide(*lines, name="rise", title="Warm dough rises", notes=(), layout="content", slot="main", stage="one", line=2):
    """Return a slide whose text begins on the line after its title's."""
    slots = ((slot, (prose(*lines, first=line + 1),)),) if lines else ()
    return kit.Slide(
        id=name,
        layout=layout,
        title=(blocks.Run(title),),
        slots=slots,
        notes=tuple(notes),
        source=None,
        stage=stage,
        minutes=1,
        at=At(FILE, line),
    )


def exercise(*task, line=5):
    return kit.Exercise(
        id="weigh",
        title="Weigh it",
        minutes=3,
        level=1,
        calculator=False,
        task=(prose(*task, first=line),),
        hint=(),
        solution=(),
        at=At(FILE, line),
    )


def sheet(*exercises, stage="one"):
    return kit.Sheet(id="S1", stage=stage, number=1, title="Flour", aim="", exercises=exercises)


def stage(name, *slides):
    return kit.Stage(id=name, title=name, slides=slides)


def term(text, stage="two", **more):
    return Term(id="a-term", term=text, definition="what it means", stage=stage, at=At("glossary.yaml", 1), **more)


def said(problems):
    """Return (line, message) of each problem, all of which are warnings with a place and a hint."""
    found = list(problems)
    assert all(p.severity.name == "WARNING" and p.hint and p.code != "content" and p.at.path == FILE for p in found)
    return [(p.at.line, p.message) for p in found]
