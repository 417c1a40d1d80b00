"""A stage in the guide: its slides, notes, votes and misconceptions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from workshop.constructs.table import text_of
from workshop.layout.laid import LaidOut
from workshop.layout.motion import clicks_told
from workshop.layouts import traits
from workshop.model.blocks import Line, Prose, Run, plain
from workshop.model.kit import Kit, Note, Slide, Stage
from workshop.model.prints import LETTERS
from workshop.model.run_sheet import RunRow
from workshop.render.print.added import papers
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.charts_in_words import on_slide
from workshop.render.print.document import (
    VOTES_FILE,
    example_ticks,
    slide_numbers,
    stage_place,
    title_of,
    total_line,
    votes_are_shown,
    votes_command,
)
from workshop.render.print.on_paper import Thumbnails
from workshop.render.print.run_sheet_data import clock_after, stage_clock, with_helper
from workshop.render.print.sheets import tag_of
from workshop.wording import formats
from workshop.wording.messages import messages

# A stage in the guide: aim, material, a script with every slide and its questions, misconceptions, limits.
SAID = ("say", "do", "show", "", "hint", "asked", "next")
FEW, MANY = 35, 70  # per cent of right letters: under the one, talk can't help yet; over the other, it needn't
BALLOTS_A_MINUTE = 6  # if one person reads aloud and another types
ASKED = ("ask", "expect", "wrong", "reply")


def stage_data(laid: LaidOut, stage: Stage, small: Thumbnails, galley: Galley) -> Data:
    """Return everything that the facilitator needs for one stage.

    Args:
        small: the pictures of the slides.
    """
    numbers = slide_numbers(laid)
    clock = stage_clock(laid, stage)
    shown = tuple(slide for slide in stage.slides if not slide.hidden)
    return {
        "stage": stage_place(laid, stage.id),
        "title": galley.text(stage.title or title_of(laid.kit)),
        "clock": clock,
        "end": _ends(shown, laid.kit.clocks) or clock_after(clock, stage.minutes),
        "minutes": formats.number(stage.minutes) if stage.minutes else "",
        "aim": galley.text(stage.aim or stage.question),
        "objectives": galley.texts_of(stage.objectives),
        "material": [*galley.texts_of(stage.material), *_from_addons(laid, stage, numbers, galley)],
        "room": galley.text(stage.room),
        "script": _with_blocks(laid, _script(shown, laid, numbers, small, galley), galley),
        "short": _short(shown, numbers, galley),
        "vote": vote_data(laid, galley) if laid.kit.ballots and laid.kit.ballots.stage == stage.id else None,
        "toy": _toy(laid, stage, shown, galley),
        "step": 0,
    }


def _from_addons(laid: LaidOut, stage: Stage, numbers: Mapping[str, str], galley: Galley) -> list[str]:
    return [line for paper in papers() for line in paper.material(laid, stage, numbers, galley)]


def _notes(slide: Slide, kinds: tuple[str, ...], galley: Galley) -> list[Data]:
    labels = {kind: galley.word(f"print-{kind}") for kind in ("do", "show", "hint", "asked", "next")}
    return [
        {"kind": note.kind, "blocks": labelled(galley.prose(note.prose.lines, slide.at), labels.get(note.kind, ""))}
        for note in slide.notes
        if note.kind in kinds
    ]


def _twice(slide: Slide, kit: Kit, galley: Galley) -> list[Data]:
    """Return how to lead a bet that is placed again after talk: what to do for how many right letters, and a line for both counts."""
    if not slide.twice:
        return []
    letters = LETTERS[: len(text_of(slide.slot("options")))]
    blanks = "  ".join(f"{letter} ____" for letter in letters)
    values = {"low": -(-FEW * kit.people // 100), "high": MANY * kit.people // 100, "blanks": blanks}
    told = messages(kit.language, kit.here)["print-again"]
    lines = tuple(
        Line((Run(f"{head.format(**values)}: ", strong=True), Run(text.format(**values)))) for head, text in told
    )
    return [{"kind": "do", "blocks": galley.prose(lines, slide.at)}]


def _counted(slide: Slide, galley: Galley) -> list[Data]:
    """Return what the room counted in a poll; nothing if nobody did."""
    if not slide.counted:
        return []
    head = Run(f"{galley.word('print-counted')}: ", strong=True)
    return [{"kind": "do", "blocks": galley.prose((Line((head, Run(slide.counted))),), slide.at)}]


def _clicks(laid: LaidOut, galley: Galley) -> dict[str, list[Data]]:
    """Return for each slide whose clicks tell something what they do, as a note."""
    found = dict[str, list[Data]]()
    for one in laid.slides:
        told = [galley.word(key) if key else name for key, name in clicks_told(one)]
        if told:
            blocks = galley.prose((Line((Run("   ".join(told)),)),), one.slide.at)
            found.setdefault(one.slide.id, [{"kind": "do", "blocks": labelled(blocks, galley.word("print-click"))}])
    return found


def labelled(blocks: list[Data], label: str) -> list[Data]:
    """Return blocks with a bold label at the beginning of their first paragraph."""
    if not label or not blocks:
        return blocks
    head = {"t": f"{label} ", "is": ["strong"]}
    first, *rest = blocks
    if first["type"] != "para":
        return [{"type": "para", "runs": [head]}, *blocks]
    return [first | {"runs": [head, *first["runs"]]}, *rest]


def _ends(slides: tuple[Slide, ...], clocks: Mapping[str, str]) -> str:
    """Return the time when a stage ends, including interruptions; "" without a clock."""
    last = slides[-1] if slides else None
    return clock_after(clocks.get(last.id, ""), last.minutes) if last else ""


def _script(
    slides: tuple[Slide, ...],
    laid: LaidOut,
    numbers: dict[str, str],
    small: Thumbnails,
    galley: Galley,
) -> list[Data]:
    """Return a row for every slide on which something is said, done or asked, and for every divider with objectives."""
    rows, clicks = [], _clicks(laid, galley)
    for slide in slides:
        said = [*_twice(slide, laid.kit, galley), *_notes(slide, SAID, galley)]
        after = next((k for k, note in enumerate(said, 1) if note["kind"] == "say"), 0)
        said[after:after] = clicks.get(slide.id, [])
        said += _counted(slide, galley)
        asks = _asks(slide, galley)
        if "divides" in traits(slide.layout):
            said = _opened(slide, galley)
        if said or asks or slide.minutes:
            rows.append(
                {
                    "id": slide.id,
                    "clock": laid.kit.clocks.get(slide.id, ""),
                    "task": galley.text(_task(laid, slide, numbers, galley)),
                    "rest": False,
                    "minutes": formats.number(slide.minutes) if slide.minutes else "",
                    "number": numbers.get(slide.id, ""),
                    "title": galley.text(slide.title_text, slide.at),
                    "optional": slide.spare,
                    "thumb": small.of(slide.id) if "divides" not in traits(slide.layout) else "",
                    "shows": on_slide(slide, galley),
                    "say": said,
                    "asks": asks,
                }
            )
    return rows


def _slides(numbers: Sequence[str], galley: Galley) -> str:
    """Return "slide 4", or "slides 4 and 7"; a slide that was split has several numbers, "4–5"."""
    one = len(numbers) == 1 and numbers[0].isdigit()
    return galley.word(f"print-slides-{'one' if one else 'many'}", what=formats.listed(numbers))


def _task(laid: LaidOut, slide: Slide, numbers: Mapping[str, str], galley: Galley) -> str:
    """Return the name of a slide's bet, or where on paper its task is, and on which slides the answer; "" without one."""
    if slide.bet and not slide.quiz:
        return galley.word("print-bet-named", name=slide.bet)
    for sheet in laid.kit.sheets:
        for number, exercise in sheet.numbered:
            if exercise.id == slide.task:
                told = [
                    numbers[s.id] for s in laid.kit.slides if slide.id in s.answers and not s.hidden and s.id in numbers
                ]
                if number:
                    text = galley.word("print-task-at", sheet=sheet.id, task=number)
                else:
                    text = galley.word("print-task-in-booklet", tag=tag_of(laid, sheet, exercise, galley))
                return f"{text} {galley.word('print-task-answer', slides=_slides(told, galley))}" if told else text
    return ""


def _with_blocks(laid: LaidOut, script: list[Data], galley: Galley) -> list[Data]:
    """Return the script with a row for each block or break that comes inside its stage, or between it and the next."""
    mine = {row["id"] for row in script}
    found, begun = list(script), False
    for row in with_helper(laid, galley):
        if row.slides:
            begun = bool(mine & set(row.slides))
            last = next((k for k, r in reversed(list(enumerate(found))) if r["id"] in row.slides), -1)
        elif begun and last >= 0:
            last += 1
            found.insert(last, _block(row, galley))
    return found


def _block(row: RunRow, galley: Galley) -> Data:
    note = [{"kind": "do", "blocks": galley.prose((Line((Run(row.note),)),))}] if row.note else []
    return {
        "id": "",
        "clock": row.clock,
        "task": "",
        "rest": True,
        "minutes": formats.number(row.minutes),
        "number": "",
        "title": galley.text(row.what),
        "optional": False,
        "thumb": "",
        "shows": "",
        "say": note,
        "asks": [],
    }


def _opened(slide: Slide, galley: Galley) -> list[Data]:
    """Return the words for a divider: what participants can do afterwards."""
    lines = [line.text for block in slide.slot("main") if isinstance(block, Prose) for line in block.lines]
    text = f"{galley.word('after-this-stage')} {formats.listed(lines)}." if lines else ""
    return [{"kind": "say", "blocks": galley.prose((Line((Run(text),)),), slide.at)}] if text else []


def _short(slides: tuple[Slide, ...], numbers: dict[str, str], galley: Galley) -> list[Data]:
    """Return what can be dropped within a slide, without notes that drop the whole slide."""
    whole = tuple(messages(galley.language)["print-whole-slide"])
    return [
        {"blocks": labelled(galley.prose(note.prose.lines, slide.at), numbers.get(slide.id, ""))}
        for slide in slides
        for note in slide.notes
        if note.kind == "skip" and not plain(note.prose.lines[0].runs).startswith(whole)
    ]


def vote_data(laid: LaidOut, galley: Galley) -> Data:
    """Return how to put the room's own votes onto slides: who counts, what to type where, and the resulting file."""
    kit = laid.kit
    assert kit.ballots is not None
    letters = example_ticks(kit.ballots, galley)
    numbers, total = slide_numbers(laid), total_line(kit.people)
    votes = [s for s in kit.slides if s.counts and not s.hidden and s.id in numbers]
    counted, answered = [numbers[s.id] for s in votes], {name for s in votes for name in s.answers}
    bets = [slide.bet for slide in kit.slides if slide.id in answered and slide.bet and slide.id in numbers]

    values = {
        "line": f"{kit.ballots.codes[0]} {letters}" if kit.ballots.codes else letters,
        "a": total.split()[1],
        "b": total.split()[2],
        "total": total,
        "file": VOTES_FILE,
        "people": kit.people,
        "minutes": math.ceil(kit.people / BALLOTS_A_MINUTE),
        "slides": _slides(counted, galley),
        "bet": galley.word("print-vote-bet", bets=formats.listed(bets)) if bets else "",
    }
    fixed = messages(kit.language, kit.here)

    def filled(key: str) -> list[Data]:
        return [{"head": galley.text(head), "text": galley.text(text.format(**values))} for head, text in fixed[key]]

    return {
        "before": [row for paper in papers() for row in paper.votes(laid, total, galley)] + filled("print-vote-before"),
        "command": galley.text(votes_command(laid)),
        "after": [
            *filled("print-vote-after" if votes_are_shown(laid) and counted else "print-vote-added"),
            *filled("print-vote-more"),
        ],
    }


def _asks(slide: Slide, galley: Galley) -> list[Data]:
    """Return questions with their expected answers, wrong answers and replies."""
    labels = {
        "ask": galley.word("print-ask"),
        "expect": galley.word("print-expect"),
        "wrong": galley.word("print-wrong-answer"),
        "reply": galley.word("print-reply"),
    }
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


def misconceptions(laid: LaidOut, stage: Stage, galley: Galley) -> list[Data]:
    """Return the misconceptions about a stage with their replies, including those on hidden slides."""
    numbers = slide_numbers(laid)
    shown = (slide for slide in stage.slides if not slide.hidden)
    return [
        _misconception(slide, numbers, galley)
        for slide in (*shown, *(slide for slide in laid.kit.appendix if slide.stage == stage.id))
        if "corrects" in traits(slide.layout)
    ]


def _misconception(slide: Slide, numbers: dict[str, str], galley: Galley) -> Data:
    slots = dict(slide.slots)
    claim = slots.get("claim") or slots.get("main", ())
    return {
        "number": numbers.get(slide.id, ""),
        "hidden": slide.hidden,
        "title": galley.text(slide.title_text, slide.at),
        "claim": galley.blocks(claim, slide.at),
        "reply": labelled(galley.blocks(slots.get("reply", ()), slide.at), galley.word("print-reply")),
    }


def _toy(laid: LaidOut, stage: Stage, slides: tuple[Slide, ...], galley: Galley) -> Data:
    tables = [
        galley.blocks(blocks, slide.at)
        for slide in slides
        if "stops" in traits(slide.layout)
        for name, blocks in slide.slots
        if name == "main"
    ]
    texts = galley.texts_of(sheet.toy for sheet in laid.kit.sheets if sheet.stage == stage.id)
    return {"texts": texts, "tables": tables}
