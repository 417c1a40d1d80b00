"""The beginning of the guide: checklists, the sentences to remember, and what to do in three emergencies."""

from __future__ import annotations

from workshop.layout.laid import LaidOut
from workshop.render.print.block_data import Data, Galley
from workshop.render.print.document import (
    stage_place,
)
from workshop.render.print.print_list import has_prints, print_rows
from workshop.render.print.run_sheet_data import typing_row
from workshop.wording import formats
from workshop.wording.messages import messages

# Page one of the guide: what to do a week, a day and ten minutes before, what to remember, what to do if something fails.
WHEN = ("week", "day", "minutes-before")


def start_data(laid: LaidOut, galley: Galley) -> Data:
    """Return the checklists, the sentences to remember of each stage, and the three emergencies."""
    kit = laid.kit
    fixed = messages(kit.language, kit.here)

    def filled(key: str, **values: object) -> list[str]:
        return [galley.text(str(text).format(**values)) for text in fixed[key]]

    rest = next((row.clock for row in kit.run_sheet if row.kind == "break"), "")
    pause = galley.word("print-minutes-before-pause", clock=rest) if rest else ""
    lists = [{"title": fixed[f"print-before-{when}"], "items": filled(f"print-{when}", pause=pause)} for when in WHEN]
    week, day, just_before = (entry["items"] for entry in lists)
    if has_prints(kit):
        printed, cut = _printing(laid, galley)
        week += filled("print-week-prints" if printed["each"] else "print-week-print-list", **printed)
        week += filled("print-week-cut", cut=cut) if cut else []
    if any(stage.material for stage in kit.stages):
        week += filled("print-week-material")
    if kit.ballots is not None and (place := typing_row(kit)) is not None:
        number = stage_place(laid, kit.ballots.stage)["label"]
        day += filled("print-day-votes", clock=kit.run_sheet[place].clock, number=number)
    if kit.sheets:
        day += filled("print-day-sheets")
        just_before += filled("print-minutes-before-sheets")
    if size := galley.word("print-room-size"):
        just_before.append(galley.text(size))
    if hidden := [slide.number for slide in laid.slides if slide.slide.hidden]:
        just_before += filled(f"print-hidden{'-one' if len(hidden) == 1 else ''}", first=hidden[0], last=hidden[-1])
    return {
        "lists": lists,
        "remember": [
            {
                "stage": stage_place(laid, stage.id),
                "title": galley.text(stage.title),
                "sentences": [whole(text) for text in galley.texts_of(stage.remember)],
            }
            for stage in kit.stages
            if stage.remember
        ],
        "fails": [{"title": galley.text(what), "text": galley.text(reply)} for what, reply in fixed["print-fails"]],
    }


def whole(sentence: str) -> str:
    """Return a sentence, with a full stop added if it has no end mark.

    >>> whole("Likely is not guaranteed"), whole("Who asks?")
    ('Likely is not guaranteed.', 'Who asks?')
    """
    return sentence if sentence.endswith((".", "?", "!", "…", ":")) else f"{sentence}."


def _printing(laid: LaidOut, galley: Galley) -> tuple[dict[str, object], str]:
    """Return the print list in a sentence, and the names of things to cut."""
    rows, _ = print_rows(laid, galley)
    copies = formats.count(laid.kit.people)  # a file that has a leaf for each person is printed once
    each = dict.fromkeys(row["file"] for row in rows if row["person"] and row["copies"] == copies)
    values: dict[str, object] = {
        "each": formats.listed(each),
        "people": laid.kit.people,
        "total": formats.count(sum(row["total"] for row in rows)),
    }
    return values, formats.listed(dict.fromkeys(row["file"] for row in rows if row["cut"]))
