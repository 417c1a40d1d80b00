"""One stage of the guide: aim, material, script from the notes, questions, misconceptions, limits, slides."""

from __future__ import annotations

from workshop import formats
from workshop.layout.laid import LaidOut
from workshop.model.kit import Note, Slide, Stage
from workshop.render.print.blocks import Data, Galley
from workshop.render.print.document import stage_place
from workshop.render.print.run_sheet import clock_after, stage_clock

SAID = ("say", "next")
DONE = ("do", "")
ASKED = ("ask", "expect", "wrong", "reply")


def stage_data(laid: LaidOut, stage: Stage, galley: Galley) -> Data:
    """Return everything the facilitator needs for one stage."""
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
        "script": _script(shown, clock, numbers, galley),
        "short": _short(shown, numbers, galley),
        "asks": [ask for slide in shown for ask in _asks(slide, numbers, galley)],
        "misconceptions": [
            _misconception(slide, numbers, galley) for slide in shown if slide.layout == "misconception"
        ],
        "toy": _toy(laid, stage, shown, galley),
        "slides": [_listed(slide, numbers, galley) for slide in shown if slide.title_text],
    }


def slide_numbers(laid: LaidOut) -> dict[str, str]:
    """Return the printed number of each slide: "14", or "14–15" for one that was split."""
    ids = {slide.id for slide in laid.kit.slides}
    found: dict[str, list[int]] = {}
    for slide in laid.slides:
        name = slide.slide.id if slide.slide.id in ids else slide.id.rpartition("-")[0]
        found.setdefault(name, []).append(slide.number)
    return {name: str(n[0]) if len(n) == 1 else f"{n[0]}–{n[-1]}" for name, n in found.items()}


def _notes(slide: Slide, kinds: tuple[str, ...], galley: Galley) -> list[Data]:
    labels = {"next": galley.word("print-next")}
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


def _script(slides: tuple[Slide, ...], clock: str, numbers: dict[str, str], galley: Galley) -> list[Data]:
    rows, passed = [], 0.0
    for slide in slides:
        said, done = _notes(slide, SAID, galley), _notes(slide, DONE, galley)
        if said or done or slide.minutes:
            rows.append(
                {
                    "clock": clock_after(clock, passed),
                    "minutes": formats.number(slide.minutes) if slide.minutes else "",
                    "number": numbers.get(slide.id, ""),
                    "title": galley.text(slide.title_text, slide.at),
                    "optional": slide.priority != "core",
                    "say": said,
                    "do": done,
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


def _asks(slide: Slide, numbers: dict[str, str], galley: Galley) -> list[Data]:
    """Return questions with what follows each: expected answer, wrong one, reply."""
    labels = {"wrong": galley.word("print-wrong-answer"), "reply": galley.word("print-reply")}
    rows: list[Data] = []
    for note in slide.notes:
        if note.kind not in ASKED:
            continue
        if not rows or note.kind == "ask" or (rows[-1][note.kind] and not _repeats(rows[-1], note)):
            rows.append({"number": numbers.get(slide.id, "")} | {kind: [] for kind in ASKED})
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


def _listed(slide: Slide, numbers: dict[str, str], galley: Galley) -> Data:
    return {
        "number": numbers.get(slide.id, ""),
        "title": galley.text(slide.title_text, slide.at),
        "minutes": formats.number(slide.minutes) if slide.minutes else "",
        "continued": slide.continued,
    }
