"""What the guide says about the companion page."""

from __future__ import annotations

from collections.abc import Mapping

from workshop.addons.explore.picks import COUNT
from workshop.layout.laid import LaidOut
from workshop.model.kit import Stage
from workshop.render.print.added import Paper
from workshop.render.print.block_data import Data, Galley


def poked(laid: LaidOut, stage: Stage, numbers: Mapping[str, str], galley: Galley) -> list[str]:
    """Return a line for each demo of the companion page in a stage: what people do there, and after which slide it fits."""
    explored = laid.kit.extra.get("explore")
    lines = []
    for demo in explored.sections if explored is not None and stage.number else ():
        if demo.stage != stage.number:
            continue
        after = [numbers[slide.id] for slide in stage.slides if demo.id in slide.runs and slide.id in numbers]
        when = galley.word("print-poke-after", slide=after[-1]) if after else galley.word("print-poke-free")
        kinds = [galley.word(f"print-poke-{kind}") for kind in dict.fromkeys(demo.kinds)]
        does = galley.word("print-poke-and").join(kinds)
        lines.append(galley.word("print-poke", title=demo.title, does=does, when=when))
    return galley.texts_of(tuple(lines))


def counted(laid: LaidOut, total: str, galley: Galley) -> list[Data]:
    """Return how to see on the companion page what the room's totals lead to, if a demo there can be told them."""
    explored = laid.kit.extra.get("explore")
    titles = [demo.title for demo in (explored.sections if explored is not None else ()) if COUNT in demo.kinds]
    head = galley.word("print-poke-votes-head")
    return [{"head": head, "text": galley.word("print-poke-votes", title=title, total=total)} for title in titles]


PAPER = Paper(material=poked, votes=counted)
