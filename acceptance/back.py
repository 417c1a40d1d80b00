"""Seeded edits of decks, made by python-pptx, and what ``workshop adopt`` makes of each: its outcome is written down beforehand.

python acceptance/back.py general|executives|talk [SEED …] [--resave | --impress]: each slide of the deck gets one edit, whose words are in no
other, so that they are found again without the comparison that is tried here. ``--resave``: LibreOffice saves the edited deck.
``--impress``: Impress itself makes 30 edits.
"""

from __future__ import annotations

import io
import json
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Pt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from workshop.addons.back import adopt, command
from workshop.addons.back.compare import differences, out_of_order
from workshop.addons.back.draft import Draft, Outcome
from workshop.addons.back.source_lines import plain
from workshop.cli.app import main
from workshop.files.bases import BASE, Base, read_base
from workshop.files.deck_file import Deck, DeckSlide, read_deck
from workshop.render.office import resaved

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE.parent / "tests" / "fixtures" / "templates" / "libreoffice.pptx"
# Name -> options of the build whose deck is edited, and of another one
CASES = {
    "general": (["--minutes", "180"], ["--minutes", "120", "--seed", "3"]),
    "executives": (
        ["--audience", "executives", "--minutes", "45", "--template", str(TEMPLATE)],
        ["--audience", "executives", "--minutes", "60", "--seed", "3", "--template", str(TEMPLATE)],
    ),
    "talk": ([], ["--theme", "dark"]),
}
TEXT, LINE, WHOLE, LOST = "Markdown", "a line", "a shape as a whole", "not taken over"
EITHER, LINES = (TEXT, LINE), (LINE, WHOLE)
MADE = (
    "deleted",
    "hidden",
    "moved",
)  # not taken over for slides that the program makes: cover, dividers, parts of slides
FAR = 4  # places that a slide is moved by, at least
SYLLABLES = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru"]
BESIDE = (1, 3, 13, 15, 16)  # kinds of placeholders that are neither lists nor text
SHOWN = {"boxes", "picture", "chart", "table"}  # kinds of difference that a slide with lines has in no build
SAID = ("title", "note", "note added", "text", "item added", "cell")


class Edit(Struct, kw_only=True):
    """One edit of a slide.

    Attributes:
        word: a word that is nowhere else; "" if the edit has none.
        was: the words that it stands for, with the one before.
        where: "title", "notes", "face", or "next": the line of the notes on the next slide, which another plan may say otherwise.
        number, name: of the edited slide; a deleted one has only a name.
    """

    kind: str
    word: str = ""
    was: str = ""
    where: str = ""
    number: int = 0
    name: str = ""


Found = tuple[Edit, Outcome]


class Hand:
    """Somebody who edits: a deck, and the words that nobody used so far."""

    def __init__(self, presentation: Any, seed: int) -> None:
        self.presentation, self.chance, self.used = presentation, random.Random(seed), 0

    def word(self) -> str:
        """Return a word that is in no deck."""
        self.used += 1
        return "z" + "".join(SYLLABLES[int(digit)] for digit in f"{self.used:03}")

    def reword(self, edit: Edit, frames: Sequence[Any], where: str) -> bool:
        """Replace one word, but not the first one, which may be the label of a note."""
        runs = [r for f in frames for p in f.paragraphs for r in p.runs if list(usable(r))]
        runs = [r for r in runs if where != "notes" or len(r.text.split()) > 2]  # no label, and no clock
        if not runs:
            return False
        run = self.chance.choice(runs)
        words, places = run.text.split(" "), list(usable(run))
        place = self.chance.choice([k for k in places if k] or places)
        edit.was, edit.word, edit.where = " ".join(words[max(0, place - 1) : place + 1]), self.word(), where
        words[place] = edit.word
        run.text = " ".join(words)
        return True


def usable(run: Any) -> Iterator[int]:
    """Yield the places of words of four letters."""
    yield from (k for k, word in enumerate(run.text.split(" ")) if len(word) > 3 and word.isalpha())


def bodies(slide: Any) -> list[Any]:
    """Return the text frames of lists and text."""
    own = [p for p in slide.placeholders if p.placeholder_format.type not in BESIDE and not p.name.startswith("Source")]
    return [p.text_frame for p in own if p.has_text_frame]  # the program itself says where figures come from


def notes(slide: Any) -> list[Any]:
    """Return the text frame of the notes; none if there are no notes."""
    return [slide.notes_slide.notes_text_frame] if slide.has_notes_slide else []


# ---------------------------------------------------------------- edits
def title(hand: Hand, slide: Any, edit: Edit) -> bool:
    """Change a word of the title."""
    return slide.shapes.title is not None and hand.reword(edit, [slide.shapes.title.text_frame], "title")


def note(hand: Hand, slide: Any, edit: Edit) -> bool:
    """Change a word of the notes."""
    said = hand.reword(edit, notes(slide), "notes")
    if said and any(p.text.startswith("Next") and edit.word in p.text for f in notes(slide) for p in f.paragraphs):
        edit.where = "next"
    return said


def note_added(hand: Hand, slide: Any, edit: Edit) -> bool:
    """Add a paragraph to the notes."""
    for frame in notes(slide):
        edit.word, edit.where = hand.word(), "notes"
        frame.add_paragraph().text = f"Leave time for {edit.word}."
        return True
    return False


def text(hand: Hand, slide: Any, edit: Edit) -> bool:
    """Change a word of a point or a paragraph."""
    return hand.reword(edit, bodies(slide), "face")


def item_added(hand: Hand, slide: Any, edit: Edit) -> bool:
    """Press Enter after a point or a paragraph, and type another one."""
    said = [p for f in bodies(slide) for p in f.paragraphs if p.runs and p.text.strip() and any(len(w) > 3 for w in p.text.split())]  # fmt: skip
    if not said:
        return False
    one = hand.chance.choice(said)
    new = deepcopy(one._p)
    one._p.addnext(new)
    for run in new.r_lst[1:]:
        new.remove(run)
    edit.was, edit.word, edit.where = " ".join(one.text.split()[:2]), hand.word(), "face"
    new.r_lst[0].text = f"One more {edit.word}"
    return True


def cell(hand: Hand, slide: Any, edit: Edit) -> bool:
    """Change a word of a table."""
    frames = [c.text_frame for s in slide.shapes if s.has_table for c in s.table.iter_cells()]
    return hand.reword(edit, frames, "face")


def box(_: Hand, slide: Any, edit: Edit) -> bool:
    """Move a shape."""
    shape = next(iter(slide.shapes), None)
    if shape is None:
        return False
    left, top, width, height = shape.left, shape.top, shape.width, shape.height
    shape.left, shape.top, shape.width, shape.height = left + Pt(15), top, width, height
    return True


def colour(_: Hand, slide: Any, edit: Edit) -> bool:
    """Colour a run."""
    runs = (
        [r for p in slide.shapes.title.text_frame.paragraphs for r in p.runs] if slide.shapes.title is not None else []
    )
    if runs:
        runs[0].font.color.rgb = RGBColor(180, 20, 60)
    return bool(runs)


def box_added(hand: Hand, slide: Any, edit: Edit) -> bool:
    """Add a text box."""
    edit.word, edit.where = hand.word(), "face"
    slide.shapes.add_textbox(Pt(20), Pt(20), Pt(90), Pt(40)).text_frame.text = edit.word
    return True


def picture(hand: Hand, slide: Any, edit: Edit) -> bool:
    """Replace the slide's picture, or add one."""
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), tuple(hand.chance.randrange(256) for _ in range(3))).save(drawn, "PNG")
    mine = next((s for s in slide.shapes if hasattr(s, "image")), None)
    if mine is None:
        slide.shapes.add_picture(drawn, Pt(30), Pt(30), Pt(80))
    else:
        blip = mine._element.find(".//{*}blip")
        blip.set(next(key for key in blip.attrib if key.endswith("}embed")), slide.part.get_or_add_image_part(drawn)[1])
    return True


def value(_: Hand, slide: Any, edit: Edit) -> bool:
    """Change a value of a chart, as it is cached."""
    values = [v for s in slide.shapes if s.has_chart for v in s.chart._chartSpace.iterfind(".//{*}val//{*}v")]
    if values:
        values[-1].text = str(float(values[-1].text) + 7)
    return bool(values)


def hidden(_: Hand, slide: Any, edit: Edit) -> bool:
    """Hide or show the slide."""
    slide._element.set("show", "0" if slide._element.get("show") != "0" else "1")
    return True


def two(hand: Hand, slide: Any, edit: Edit) -> bool:
    """Change a word of the notes or of the title, and something else, too."""
    other = hand.chance.choice([box, colour, hidden, item_added])
    return other(hand, slide, Edit(kind="")) and (note(hand, slide, edit) or title(hand, slide, edit))


def anything(*_: Any) -> bool:
    """The slide's place in the list is changed afterwards."""
    return True


EDITS: dict[str, tuple[Callable[[Hand, Any, Edit], bool], tuple[str, ...]]] = {
    "title": (title, EITHER),
    "note": (note, EITHER),
    "note added": (note_added, EITHER),
    "text": (text, EITHER),
    "item added": (item_added, EITHER),
    "cell": (cell, EITHER),
    "box": (box, LINES),
    "colour": (colour, LINES),
    "box added": (box_added, LINES),
    "picture": (picture, LINES),
    "value": (value, LINES),
    "two": (two, EITHER),
    "hidden": (hidden, (TEXT,)),
    "deleted": (anything, (TEXT,)),
    "moved": (anything, (TEXT, LOST)),  # not into the appendix, nor a bet after its answer
    "new": (anything, EITHER),
    "copied": (anything, EITHER),
}


def plain_layout(presentation: Any) -> Any:
    """Return a layout of the deck with a title and one place for text."""
    for slide in presentation.slides:
        kinds = [p.placeholder_format.type for p in slide.slide_layout.placeholders]
        if (
            sum(kind in (2, 7) for kind in kinds) == 1
            and kinds.count(1) == 1
            and all(k in (1, 2, 7, 13, 15, 16) for k in kinds)
        ):
            return slide.slide_layout
    return presentation.slide_layouts[1]


def copy_of(presentation: Any, slide: Any) -> None:
    """Add a copy of a slide at the end, with its name and its number, as programs do."""
    made = presentation.slides.add_slide(slide.slide_layout)
    own = deepcopy(slide._element.cSld)
    made._element.replace(made._element.cSld, own)
    for key, rel in slide.part.rels.items():
        if rel.reltype in (RT.SLIDE_LAYOUT, RT.NOTES_SLIDE):
            continue
        new = made.part.relate_to(rel._target, rel.reltype, rel.is_external)
        for node in own.iter():
            for name in [name for name, given in node.attrib.items() if given == key and "relationships}" in name]:
                node.set(name, f"={new}")
    for node in own.iter():
        for name, given in node.attrib.items():
            node.set(name, given.removeprefix("=") if "relationships}" in name else given)


def edited(deck: Path, seed: int) -> list[Edit]:
    """Give each slide of a deck one edit, all kinds about as often."""
    presentation = Presentation(str(deck))
    hand, listed, times = Hand(presentation, seed), presentation.slides._sldIdLst, Counter[str]()
    layout, done = plain_layout(presentation), dict[str, Edit]()
    entries = list(zip(list(presentation.slides), list(listed), strict=True))
    for slide, entry in entries:
        name = slide._element.cSld.get("name")
        for kind in sorted(EDITS, key=lambda kind: (times[kind], hand.chance.random())):
            edit = Edit(kind=kind, name=name)
            if EDITS[kind][0](hand, slide, edit):
                break
        times[kind] += 1
        mark = entry
        if kind == "moved":
            place = listed.index(entry)
            listed.remove(entry)
            listed.insert(hand.chance.choice([k for k in range(1, len(listed)) if abs(k - place) > FAR]), entry)
        elif kind in ("new", "copied"):
            edit.word, edit.name = hand.word() if kind == "new" else "", ""
            if kind == "new":
                made = presentation.slides.add_slide(layout)
                made.shapes.title.text = f"What about {edit.word}"
                body = next(p for p in made.placeholders if p.placeholder_format.type in (2, 7))
                body.text_frame.text = f"It begins with {edit.word}"
                edit.where = "title"
            else:
                copy_of(presentation, slide)
            mark = listed[-1]
            listed.remove(mark)
            entry.addnext(mark)
        done[mark.get("id")] = edit
    for entry in [entry for entry in listed if entry.get("id") in done and done[entry.get("id")].kind == "deleted"]:
        presentation.part.drop_rel(entry.rId)
        listed.remove(entry)
    presentation.save(str(deck))
    for number, entry in enumerate(listed, 1):
        if entry.get("id") in done:
            done[entry.get("id")].number = number
    return list(done.values())


def edited_by_impress(deck: Path) -> list[Edit]:
    """Let Impress edit some slides of a deck."""
    names = {slide.number: slide.id for slide in read_deck(deck).slides}
    command = ["/usr/bin/python3", str(HERE / "impress.py"), str(deck), str(deck)]  # LibreOffice's own Python has UNO
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return [Edit(kind=kind, word=word, was=was, where=where, number=now, name="" if kind in ("new", "copied") else names[before]) for before, now, kind, word, was, where in told]  # fmt: skip


# ---------------------------------------------------------------- judgement
def fate(outcome: Outcome) -> str:
    """Return what became of an edit."""
    return (
        LOST if outcome.is_lost else WHOLE if outcome.repeated.whole else LINE if outcome.repeated.operations else TEXT
    )


def base_of(folder: Path) -> Base:
    """Return the deck as it was built that a build left in a folder."""
    return read_base(next(p for p in folder.iterdir() if BASE.fullmatch(p.name) and p.suffix == ".pptx"))


def adopted(deck: Path, into: Path) -> Draft:
    """Adopt a deck, and return the draft that was written."""
    base = base_of(deck.parent)
    source, why = command._source(base.record, None)
    assert not why, why
    new = read_deck(deck)
    old, found, everything = adopt.compared(deck, new, base)
    edits = adopt.edits_of(deck, new, base, old, found, everything, source)
    draft = adopt.drafted(edits, adopt.overlay_for(source, base, into), source, lambda _: None)
    adopt.write(draft, [])
    return draft


def said(slide: DeckSlide, where: str) -> str:
    """Return the words in a part of a slide."""
    face = (slide.title, *slide.paragraphs, *slide.cells, *(word for chart in slide.charts for word in chart))
    return " ".join({"title": (slide.title,), "notes": slide.notes, "next": slide.notes}.get(where, face))


def written(source: str, edit: Edit) -> bool:
    """Whether an author wrote what an edit changed: the words stand in the slide's source, and not in braces."""
    return plain(edit.was) in plain(re.sub(r"\{[^{}]*\}", "", source)) if edit.was else bool(source)


def judge(case: str, seed: int, *, resave: bool) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Build, edit, adopt, and build again twice; return how many edits of each kind had each outcome, and what went wrong."""
    options, other = CASES[case]
    shutil.copytree(HERE / "rides", "rides")
    first = ["rides/rides.md"] if case == "talk" else []
    later = ["rides/rides.md"] if case == "talk" else ["--overlay", "client"]
    deck = Path("out", "deck.pptx")
    built([*first, *options], deck)
    done = edited_by_impress(deck) if "--impress" in sys.argv else edited(deck, seed)
    if resave:
        deck.write_bytes(resaved(deck.read_bytes()))
    draft = adopted(deck, Path("client").absolute())
    counted, found, wrong = outcomes(draft, done, base_of(deck.parent))
    mine = read_deck(deck)
    for what, own, judged in (("same", options, same), ("other", other, others)):
        try:
            told = built([*later, *own], made := Path(what, "deck.pptx"))
            wrong += [f"{what} options: {fault}" for fault in judged(mine, read_deck(made), found, told)]
        except RuntimeError as error:
            wrong.append(f"{what} options: the build stops: {error}")
    if KEEP:
        here = KEEP / f"{case}-{seed}{''.join(word for word in sys.argv if word in ('--resave', '--impress'))}"
        shutil.copytree(".", here, dirs_exist_ok=True)
    return counted, wrong


def built(options: list[str], deck: Path) -> str:
    """Build a deck, and return what was printed."""
    printed = io.StringIO()
    try:
        with redirect_stderr(printed), redirect_stdout(printed):
            main(["build", *options, "--only", "deck", "--out", str(deck.parent)])
    except SystemExit as ended:
        if ended.code:
            raise RuntimeError(printed.getvalue()) from None
    return printed.getvalue()


def outcomes(draft: Draft, done: Sequence[Edit], base: Base) -> tuple[Counter[tuple[str, str]], list[Found], list[str]]:
    """Return how many edits of each kind had each outcome, each edit with its own, and what is wrong with them."""
    by_number = {o.change.new.number: o for o in draft.outcomes if o.change.new}
    by_name = {o.change.id: o for o in draft.outcomes if o.change.new is None}
    counted, found, wrong = Counter[tuple[str, str]](), list[Found](), list[str]()
    sources = base.record.slides if base.record else {}
    for edit in done:
        outcome = by_number.pop(edit.number, None) if edit.number else by_name.pop(edit.name, None)
        if outcome is None:
            wrong.append(f"{edit.name}: {edit.kind} wasn't seen")
            counted[edit.kind, "not seen"] += 1
            continue
        found.append((edit, outcome))
        became, old = fate(outcome), outcome.change.old
        mine = edit.kind in SAID and old is not None and written(sources[edit.name].text, edit)
        counted[edit.kind + " of an author" * mine, became] += 1
        made = old is not None and (not draft.edits.unit(old) or sources[old.id].text.startswith("# "))
        if became not in EDITS[edit.kind][1] and not (became == LOST and made and edit.kind in MADE):
            wrong.append(f"{edit.name or edit.word}: {edit.kind} became {became}: {outcome.told}")
        if became != TEXT:
            print(f"    {edit.name:24} {edit.kind:10} {'author' * mine:6} {became:14} {outcome.told}")
    rest = (*by_number.values(), *by_name.values())
    return counted, found, wrong + [f"{o.change.id}: nothing was done, and {o.change.kinds} is told" for o in rest]


def name_of(outcome: Outcome) -> str:
    """Return the id of the slide that an edit is on in later decks."""
    return outcome.change.id or outcome.key.partition("@")[0]


def same(mine: Deck, made: Deck, found: Sequence[Found], told: str) -> Iterator[str]:
    """Yield what differs between an edited deck and one that is built with its overlay; a plan may choose other slides beside them."""
    slides = {slide.id: slide for slide in made.slides}
    names = {slide.number: slide.id for slide in mine.slides} | {o.change.new.number: name_of(o) for _, o in found if o.change.new}  # fmt: skip
    lost = {name_of(o) for _, o in found if o.is_lost}
    lost |= {name_of(o) for _, o in found if {"shown", "hidden"} & {*o.change.kinds}}  # in or out of the appendix
    lost |= {
        names[slide.number] for slide in mine.slides if slides.get(names[slide.number], slide).hidden != slide.hidden
    }
    for edit, outcome in found:
        name, new = name_of(outcome), outcome.change.new
        if outcome.is_lost or (
            edit.kind == "moved" and name not in slides
        ):  # without words of its own, and without room
            continue
        if (new is None) == (name in slides):
            yield f"{name}: {edit.kind}, and it is {'there' if name in slides else 'gone'}"
        elif new is not None:
            if edit.word and said(new, edit.where).count(edit.word) != said(slides[name], edit.where).count(edit.word):
                yield f"{name}: {edit.kind}, and {edit.word} isn't where it was"
            if edit.kind in ("hidden", "two") and slides[name].hidden != new.hidden and name not in told:
                yield f"{name}: it isn't {'hidden' if new.hidden else 'shown'}"
            if outcome.repeated.operations and (kinds := {*differences(new, slides[name])} & SHOWN):
                yield f"{name}: repeated, and differs in {', '.join(kinds)}"
    both = {*names.values()} & slides.keys() - lost - {*re.findall(r"[\w-]+", told)}
    theirs, ours = [n for n in names.values() if n in both], [slide.id for slide in made.slides if slide.id in both]
    yield from (f"{ours[k]}: it is in another place" for k in out_of_order([theirs.index(name) for name in ours]))


def others(mine: Deck, made: Deck, found: Sequence[Found], told: str) -> Iterator[str]:
    """Yield which edits another deck lacks, and which are in the appendix, and nobody says so."""
    slides = {slide.id: slide for slide in made.slides}
    for edit, outcome in found:
        name, new = name_of(outcome), outcome.change.new
        if outcome.is_lost or (edit.kind == "moved" and name not in slides):
            continue
        if new is None:
            if name in slides:
                yield f"{name}: it is there again"
        elif name not in slides:
            yield f"{name}: {edit.kind}, and it isn't there{'' if name in told else ', and nobody says so'}"
        else:
            if slides[name].hidden and not new.hidden and name not in told:
                yield f"{name}: it is in the appendix, and nobody says so"
            if edit.word not in said(slides[name], edit.where) and edit.where != "next":
                yield f"{name}: {edit.kind}, and {edit.word} isn't on it"
            if edit.kind == "hidden" and new.hidden and not slides[name].hidden:
                yield f"{name}: it isn't {'hidden' if new.hidden else 'shown'}"
            if outcome.repeated.operations and (kinds := {*differences(new, slides[name])} & SHOWN):
                yield f"{name}: repeated, and differs in {', '.join(kinds)}"


if __name__ == "__main__":
    case, *seeds = [word for word in sys.argv[1:] if not word.startswith("--")]
    KEEP = next((Path(word.partition("=")[2]).absolute() for word in sys.argv if word.startswith("--keep=")), None)
    total, wrong = Counter[tuple[str, str]](), list[str]()
    for seed in map(int, seeds or ["1"]):
        with TemporaryDirectory() as folder, chdir(folder):
            counted, faults = judge(case, seed, resave="--resave" in sys.argv)
        total += counted
        wrong += [f"seed {seed}: {fault}" for fault in faults]
    for (kind, became), times in sorted(total.items()):
        print(f"{kind:22} {became:16} {times}")
    print(f"{total.total()} edits, {len(wrong)} wrong", *wrong, sep="\n")
