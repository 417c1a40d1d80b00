"""The leaf for short slots, instead of booklet, quiz and name tag: the quiz on both sides, boxes for the bets, slips to tear off."""

from __future__ import annotations

from typing import Any

from workshop.constructs.table import text_of
from workshop.layout.laid import LaidOut
from workshop.render.print.block_data import Galley
from workshop.render.print.forms import quiz_data
from workshop.render.print.on_paper import galley_for
from workshop.render.print.sheets import class_pages, page_data
from workshop.render.print.typesetting import joined_with_tags, overflows, overfull, typeset
from workshop.render.writing import Writer

AT_ONCE = 4  # leaves that are set together: twenty at once take 340 MB


def render_leaf(laid: LaidOut) -> bytes:
    """Return a leaf of two pages for each person, with the person's number, as one PDF.

    Raises:
        Problems: for a side that holds too much, or text that can't be printed.
    """
    galley = galley_for(laid)
    data = leaf_data(laid, galley)
    galley.report.raise_if_errors()
    numbers = data["numbers"]
    parts = [
        typeset("leaf", data | {"numbers": some}, galley.files, ("overflow", "overfull"), laid.kept)
        for some in (numbers[k : k + AT_ONCE] for k in range(0, len(numbers), AT_ONCE))
    ]
    galley.report.extend((*overflows(parts[0]), *overfull(parts[0])))
    galley.report.raise_if_errors()
    return joined_with_tags([part.pdf for part in parts])


def leaf_data(laid: LaidOut, galley: Galley) -> dict[str, Any]:
    """Return the data for ``templates/leaf.typ``."""
    kit = laid.kit
    shown = [slide for slide in kit.slides if slide.does == "slip" and not slide.hidden]
    slips = [slide for slide in shown if any(run.blank for line in text_of(slide.slot("main")) for run in line.runs)]
    return quiz_data(laid, galley) | {
        "asks": bool(kit.quiz),
        "numbers": [f"{place + 1:02d}" for place in range(kit.people)],
        "bets": [box for page in class_pages(kit) for box in page_data(laid, page, galley)["bets"]],
        "slips": [
            {
                "title": galley.text(slide.title_text, slide.at),
                "lines": [galley.runs(line.runs, slide.at) for line in text_of(slide.slot("main"))],
            }
            for slide in slips
        ],
    }


LEAF = Writer(
    filename="leaf.pdf",
    render=render_leaf,
    meaning="for short slots, instead of the booklet: a leaf for each person with quiz, bets and slips to tear off (PDF)",
    due=lambda kit: kit.leaf,
    handed_out=True,
    has_any=lambda kit: kit.leaf,
    needs="a slot for which the audience has a leaf",
)
