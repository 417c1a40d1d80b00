"""One stage of the guide: aim, material, a script with every slide and its questions, misconceptions, limits."""

from __future__ import annotations

from workshop import formats
from workshop.layout.laid import LaidOut
from workshop.model.kit import Note, Slide, Stage
from workshop.render.print.blocks import Data, Galley
from workshop.render.print.document import own_id, slide_numbers, stage_place
from workshop.render.print.run_sheet import clock_after, stage_clock
from workshop.render.print.thumbnails import Thumbnails

SAID = ("say", "next")
DONE = ("do", "")
ASKED = ("ask", "expect", "wrong", "reply")


def stage_data(laid: LaidOut, stage: Stage, small: dict[str, list[Data]], galley: Galley) -> Data:
    """Return everything the facilitator needs for one stage.

    Args:
        small: slide id -> the marks of its thumbnail.
    """
    numbers = slide_numbers(laid)
    clock = stage_clock(laid, stage)
    shown = tuple(slide for slide in stage.slides if not slide.hidden)
    return {
        "stage": stage_place(laid, stage.id),
        "title": galley.text(stage.title),
        "clock": clock,
        "end": clock_after(clock, stage.minutes),
        "minutes": formats.number(stage.minutes) if stage.minutes else "",
        "aim": galley.text(stage.aim or stage.question),
        "objectives": galley.texts_of(stage.objectives),
        "material": galley.texts_of(stage.material),
        "room": galley.text(stage.room),
        "script": _script(shown, clock, numbers, small, galley),
        "short": _short(shown, numbers, galley),
        "misconceptions": [
            _misconception(slide, numbers, galley) for slide in shown if slide.layout == "misconception"
        ],
        "toy": _toy(laid, stage, shown, galley),
    }


def thumbnails(laid: LaidOut, galley: Galley) -> dict[str, list[Data]]:
    """Return slide id -> marks of its thumbnail; of a split slide the first part."""
    maker = Thumbnails(laid.theme, galley.texts)
    ids = {slide.id for slide in laid.kit.slides}
    found: dict[str, list[Data]] = {}
    for slide in laid.slides:
        found.setdefault(own_id(slide, ids), maker.of(slide))
    return found


def _notes(slide: Slide, kinds: tuple[str, ...], galley: Galley) -> list[Data]:
    labels = {"next": galley.word("print-next"), "do": galley.word("print-do")}
    return [
        {"kind": note.kind, "blocks": labelled(galley.prose(note.prose.lines, slide.at), labels.get(note.kind, ""))}
        for note in slide.notes
        if note.kind in kinds
    ]


def labelled(blocks: list[Data], label: str) -> list[Data]:
    """Return blocks with a bold label at the beginning of their first paragraph."""
    if not label or not blocks:
        return blocks
    head = {"t": f"{label} ", "is": ["strong"]}
    first, *rest = blocks
    if first["type"] != "para":
        return [{"type": "para", "runs": [head]}, *blocks]
    return [first | {"runs": [head, *first["runs"]]}, *rest]


def _script(
    slides: tuple[Slide, ...], clock: str, numbers: dict[str, str], small: dict[str, list[Data]], galley: Galley
) -> list[Data]:
    """Return a row for every slide that something is said, done or asked on."""
    rows, passed = [], 0.0
    for slide in slides:
        said, done, asks = _notes(slide, SAID, galley), _notes(slide, DONE, galley), _asks(slide, galley)
        if said or done or asks or slide.minutes:
            rows.append(
                {
                    "clock": clock_after(clock, passed),
                    "minutes": formats.number(slide.minutes) if slide.minutes else "",
                    "number": numbers.get(slide.id, ""),
                    "title": galley.text(slide.title_text, slide.at),
                    "optional": slide.spare,
                    "thumb": small.get(slide.id, []),
                    "say": said,
                    "do": done,
                    "asks": asks,
                }
            )
        passed += slide.minutes
    return rows


def _short(slides: tuple[Slide, ...], numbers: dict[str, str], galley: Galley) -> list[Data]:
    return [
        {"blocks": labelled(note["blocks"], numbers.get(slide.id, ""))}
        for slide in slides
        for note in _notes(slide, ("skip",), galley)
    ]


def _asks(slide: Slide, galley: Galley) -> list[Data]:
    """Return questions with what follows each: expected answer, wrong one, reply."""
    labels = {"wrong": galley.word("print-wrong-answer"), "reply": galley.word("print-reply")}
    rows: list[Data] = []
    for note in slide.notes:
        if note.kind not in ASKED:
            continue
        if not rows or note.kind == "ask" or (rows[-1][note.kind] and not _repeats(rows[-1], note)):
            rows.append({kind: [] for kind in ASKED})
        blocks = galley.prose(note.prose.lines, slide.at)
        rows[-1][note.kind] += labelled(blocks, labels.get(note.kind, ""))
    return rows


def _repeats(row: Data, note: Note) -> bool:
    """Whether a second part of the same kind still belongs to the same question."""
    return note.kind == "expect" and not row["wrong"] and not row["reply"]


def _misconception(slide: Slide, numbers: dict[str, str], galley: Galley) -> Data:
    slots = dict(slide.slots)
    claim = slots.get("claim") or slots.get("main", ())
    return {
        "number": numbers.get(slide.id, ""),
        "title": galley.text(slide.title_text, slide.at),
        "claim": galley.blocks(claim, slide.at),
        "reply": labelled(galley.blocks(slots.get("reply", ()), slide.at), galley.word("print-reply")),
    }


def _toy(laid: LaidOut, stage: Stage, slides: tuple[Slide, ...], galley: Galley) -> Data:
    tables = [
        galley.blocks(blocks, slide.at)
        for slide in slides
        if slide.layout == "toy-stops"
        for name, blocks in slide.slots
        if name == "main"
    ]
    texts = galley.texts_of(sheet.toy for sheet in laid.kit.sheets if sheet.stage == stage.id)
    return {"texts": texts, "tables": tables}
