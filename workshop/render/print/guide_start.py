"""Page one of the guide: what to do a week, a day and ten minutes before, what to remember, what if something fails."""

from __future__ import annotations

from workshop.layout.laid import LaidOut
from workshop.messages import messages
from workshop.render.print.blocks import Data, Galley
from workshop.render.print.document import stage_place

WHEN = ("week", "day", "minutes-before")


def start_data(laid: LaidOut, galley: Galley) -> Data:
    """Return the checklists, the sentences to remember of each stage, and the three emergencies."""
    kit = laid.kit
    fixed = messages(kit.language)
    values = {
        "people": kit.people,
        "leaves": len(kit.sheets),
        "total": kit.people * len(kit.sheets),
    }

    def filled(key: str) -> list[str]:
        return [galley.text(str(text).format(**values)) for text in fixed[key]]

    lists = [{"title": fixed[f"print-before-{when}"], "items": filled(f"print-{when}")} for when in WHEN]
    if kit.sheets:
        for entry, when in zip(lists, WHEN, strict=True):
            entry["items"] += filled(f"print-{when}-sheets")
    if any(stage.material for stage in kit.stages):
        lists[0]["items"] += filled("print-week-material")
    return {
        "lists": lists,
        "remember": [
            {
                "stage": stage_place(laid, stage.id),
                "title": galley.text(stage.title),
                "sentences": galley.texts_of(stage.remember),
            }
            for stage in kit.stages
            if stage.remember
        ],
        "fails": [{"title": galley.text(what), "text": galley.text(reply)} for what, reply in fixed["print-fails"]],
    }
