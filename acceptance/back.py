"""Seeded edits of decks, made by python-pptx, and what ``workshop adopt`` makes of each: its outcome is written down beforehand.

python acceptance/back.py [SEED] [KIT or TALK] [--minutes N] …: options as for a build. Prints a table by kind of edit, and each edit that went wrong.
"""

from __future__ import annotations

import io
import random
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Pt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from workshop.addons.back import adopt, command
from workshop.addons.back.compare import differences
from workshop.addons.back.draft import Draft, Outcome
from workshop.addons.back.source_lines import plain
from workshop.cli.app import main
from workshop.files.bases import BASE, read_base
from workshop.files.deck_file import read_deck

WORDS = ["bright", "early", "honest", "patient", "quiet", "second", "useful", "warm"]
ABOUT = ("deleted", "hidden", "moved")  # not taken over for slides that the program makes: cover, dividers
TEXT, KEPT, EITHER = "Markdown", "kept", "Markdown or kept"


def runs_of(frame: Any) -> list[Any]:
    """Return the runs of a frame that have a word of four letters."""
    return [r for p in frame.paragraphs for r in p.runs if any(len(w) > 3 and w.isalpha() for w in r.text.split())]


def reword(run: Any, chance: random.Random) -> None:
    """Replace one word, but not the first one, which may be the label of a note."""
    words = run.text.split(" ")
    usable = [k for k, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    place = chance.choice([k for k in usable if k] or usable)
    words[place] = chance.choice(WORDS)
    run.text = " ".join(words)


def title(slide: Any, chance: random.Random) -> bool:
    """Change a word of the title."""
    runs = runs_of(slide.shapes.title.text_frame) if slide.shapes.title is not None else []
    if runs:
        reword(chance.choice(runs), chance)
    return bool(runs)


def note(slide: Any, chance: random.Random) -> bool:
    """Change a word of the notes."""
    runs = runs_of(slide.notes_slide.notes_text_frame) if slide.has_notes_slide else []
    runs = [run for run in runs if len(run.text.split()) > 2]  # no label, and no clock
    if runs:
        reword(chance.choice(runs), chance)
    return bool(runs)


def added_note(slide: Any, _: random.Random) -> bool:
    """Add a paragraph to the notes."""
    if not slide.has_notes_slide:
        return False
    slide.notes_slide.notes_text_frame.add_paragraph().text = "Leave time for questions."
    return True


def text(slide: Any, chance: random.Random) -> bool:
    """Change a word of a paragraph or point in a placeholder."""
    frames = [p.text_frame for p in slide.placeholders if p.has_text_frame and p.placeholder_format.type not in (1, 3, 13, 15, 16)]  # fmt: skip
    runs = [run for frame in frames for run in runs_of(frame)]
    if runs:
        reword(chance.choice(runs), chance)
    return bool(runs)


def cell(slide: Any, chance: random.Random) -> bool:
    """Change a cell."""
    tables = [s.table for s in slide.shapes if s.has_table]
    runs = [run for table in tables for c in table.iter_cells() for run in runs_of(c.text_frame)]
    if runs:
        reword(chance.choice(runs), chance)
    return bool(runs)


def box(slide: Any, _: random.Random) -> bool:
    """Move a shape."""
    shape = next(iter(slide.shapes), None)
    if shape is None:
        return False
    left, top, width, height = shape.left, shape.top, shape.width, shape.height
    shape.left, shape.top, shape.width, shape.height = left + Pt(15), top, width, height
    return True


def color(slide: Any, _: random.Random) -> bool:
    """Colour a run."""
    if slide.shapes.title is None or not runs_of(slide.shapes.title.text_frame):
        return False
    runs_of(slide.shapes.title.text_frame)[0].font.color.rgb = RGBColor(180, 20, 60)
    return True


def box_added(slide: Any, _: random.Random) -> bool:
    """Add a text box."""
    slide.shapes.add_textbox(Pt(20), Pt(20), Pt(90), Pt(40)).text_frame.text = "Ask me"
    return True


def value(slide: Any, _: random.Random) -> bool:
    """Change a value of a chart, as it is cached."""
    charts = [s.chart for s in slide.shapes if s.has_chart]
    values = [v for chart in charts for v in chart._chartSpace.iterfind(".//{*}val//{*}v")]
    if values:
        values[-1].text = str(float(values[-1].text) + 7)
    return bool(values)


def hidden(slide: Any, _: random.Random) -> bool:
    """Hide or show the slide."""
    shown = slide._element.get("show") != "0"
    slide._element.set("show", "0" if shown else "1")
    return True


EDITS: dict[str, tuple[Callable[[Any, random.Random], bool], str]] = {
    "title": (title, EITHER),
    "note": (note, EITHER),
    "note added": (added_note, EITHER),
    "text": (text, EITHER),
    "cell": (cell, EITHER),
    "box": (box, KEPT),
    "colour": (color, KEPT),
    "box added": (box_added, KEPT),
    "value": (value, KEPT),
    "hidden": (hidden, EITHER),
    "deleted": (lambda *_: True, TEXT),
    "moved": (lambda *_: True, TEXT),
}


def edit(deck: Path, to: Path, seed: int) -> dict[str, str]:
    """Edit each third slide of a deck, and return the id of the slide -> the kind of edit."""
    presentation, chance = Presentation(str(deck)), random.Random(seed)
    listed, done = presentation.slides._sldIdLst, dict[str, str]()
    by_name = {slide._element.cSld.get("name"): (slide, entry) for slide, entry in zip(presentation.slides, list(listed), strict=True)}  # fmt: skip
    for place, (name, (slide, entry)) in enumerate(by_name.items()):
        if place % 2:
            continue
        kinds = chance.sample(list(EDITS), len(EDITS))
        kind = next(kind for kind in kinds if EDITS[kind][0](slide, chance))
        done[name] = kind
        if kind == "deleted":
            presentation.part.drop_rel(entry.rId)
            listed.remove(entry)
        elif kind == "moved":
            listed.remove(entry)
            listed.insert(chance.randrange(1, len(listed)), entry)
    presentation.save(str(to))
    return done


def fate(outcome: Outcome) -> str:
    """Return what became of an edit."""
    return "not taken over" if outcome.is_lost else KEPT if outcome.kept else TEXT


def adopted(deck: Path, into: Path) -> Draft:
    """Adopt a deck, and return the draft that was written."""
    base = read_base(
        next(path for path in deck.parent.iterdir() if BASE.fullmatch(path.name) and path.suffix == ".pptx")
    )
    source, why = command._source(base.record, None)
    assert not why, why
    new = read_deck(deck)
    old, found = adopt.compared(deck, new, base)
    edits = adopt.edits_of(deck, new, base, old, found, adopt.content_of(source))
    draft = adopt.drafted(edits, adopt.overlay_for(source, base, into), source, lambda _: None)
    adopt.write(draft, [])
    return draft


def judge(options: list[str], seed: int) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Build, edit, adopt, and build again twice; return how many edits of each kind had each outcome, and what went wrong."""
    out = Path("out")
    main(["build", *options, "--only", "deck", "--out", str(out), "--quiet"])
    done = edit(out / "deck.pptx", out / "deck.pptx", seed)
    draft = adopted(out / "deck.pptx", Path("client").absolute())
    outcomes = {outcome.change.id: outcome for outcome in draft.outcomes}
    counted = Counter((kind, fate(outcomes[name])) for name, kind in done.items() if name in outcomes)
    changes = {name: outcome.change for name, outcome in outcomes.items()}
    lone = {name for name, change in changes.items() if change.old and not draft.edits.unit(change.old)}
    wrong = [f"{name}: {kind} wasn't seen" for name, kind in done.items() if name not in outcomes]
    wrong += [
        f"{name}: nothing was done, and {o.change.kinds} is told" for name, o in outcomes.items() if name not in done
    ]
    for name, kind in done.items():
        if name in outcomes and fate(outcomes[name]) not in EDITS[kind][1] and (name not in lone or kind not in ABOUT):
            wrong.append(f"{name}: {kind} became {fate(outcomes[name])}: {outcomes[name].told}")
    for name, outcome in outcomes.items():
        if outcome.kept or outcome.is_lost:
            print(f"    {name:24} {done.get(name, '?'):10} {fate(outcome):14} {outcome.told}")
    wrong += [
        f"same options: {what}" for what in built_again([*options, "--overlay", "client"], draft, "same", strict=True)
    ]
    other = [
        *(word for word in options if word != "--minutes" and not word.isdigit()),
        "--minutes",
        "90",
        "--seed",
        "3",
    ]
    wrong += [
        f"90 minutes, seed 3: {what}"
        for what in built_again([*other, "--overlay", "client"], draft, "other", strict=False)
    ]
    return counted, wrong


def built_again(options: list[str], draft: Draft, out: str, *, strict: bool) -> list[str]:
    """Build with the overlay, and return which edits the deck doesn't have; with ``strict``, kept slides must look the same."""
    printed = io.StringIO()
    try:
        with redirect_stderr(printed), redirect_stdout(printed):
            main(["build", *options, "--only", "deck", "--out", out])
    except SystemExit as ended:
        if ended.code:
            return [f"the build stops: {printed.getvalue()}"]
    slides = {slide.id: slide for slide in read_deck(Path(out) / "deck.pptx").slides}
    wrong = []
    for outcome in draft.outcomes:
        new = outcome.change.new
        name = outcome.change.id or outcome.key.partition("@")[0]
        if outcome.is_lost or (new is None and name not in slides):
            continue
        if new is None:
            wrong.append(f"{name}: it is there again")
        elif name not in slides:
            wrong += [] if name in printed.getvalue() else [f"{name}: it has no room, and nobody says so"]
        elif outcome.kept and strict:
            other = {*differences(new, slides[name])} - {"notes", "links", "footer"}
            wrong += [f"{name}: kept, and differs in {', '.join(sorted(other))}"] if other else []
        elif outcome.kept and slides[name].title != new.title:
            wrong.append(f"{name}: kept, with the title {slides[name].title!r} instead of {new.title!r}")
        elif (
            not outcome.kept and outcome.change.old is not None and plain(new.title) != plain(outcome.change.old.title)
        ):
            wrong += [f"{name}: its title is {slides[name].title!r}"] * (plain(slides[name].title) != plain(new.title))
    return wrong


if __name__ == "__main__":
    given = [str(Path(word).absolute()) if Path(word).exists() else word for word in sys.argv[1:]]
    seed = int(given.pop(0)) if given and given[0].isdigit() else 1
    with TemporaryDirectory() as folder, chdir(folder):
        counted, wrong = judge(given, seed)
    for (kind, became), times in sorted(counted.items()):
        print(f"{kind:12} {became:16} {times}")
    print(f"{counted.total()} edits, {len(wrong)} wrong", *wrong, sep="\n")
