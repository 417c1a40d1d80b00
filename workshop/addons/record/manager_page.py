"""A page for a manager: what people can do now, what they can't, and what to ask them."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.addons.record.competences import told
from workshop.addons.record.file_parts import Part
from workshop.addons.record.held import held_of
from workshop.addons.record.record_page import set_parts
from workshop.layout.laid import LaidOut
from workshop.model.blocks import plain
from workshop.model.kit import Kit
from workshop.render.print.block_data import Galley
from workshop.render.writing import Writer
from workshop.wording.formats import percent

MOST = 8  # lines of each part, so that it stays a page
HALF = 0.5  # a question that fewer answer right is one that people still can't answer


def render_manager(laid: LaidOut) -> bytes:
    """Return the page as a PDF.

    Raises:
        Problems: for text that can't be printed.
    """
    return set_parts(laid, "manager", parts_of)


def parts_of(laid: LaidOut, galley: Galley) -> tuple[Part, ...]:
    """Return the three parts."""
    kit = laid.kit
    stages = [stage for stage in kit.stages if stage.number is not None]
    can = [(f"{stage.title}.", stage.learnt or stage.aim) for stage in stages if stage.learnt or stage.aim]
    *cannot, last = _cannot(kit, galley)
    rows = [(plain(q.text), "; ".join(plain(o.text) for o in q.options if o.right)) for q in kit.later or kit.quiz]
    return (
        Part(key="can", texts=tuple(can[:MOST])),
        Part(key="cannot", texts=(*cannot[:MOST], last)),
        Part(key="ask", columns=("question", "good-answer"), shares=(0.6, 0.4), rows=tuple(rows[:MOST])),
    )


def _cannot(kit: Kit, galley: Galley) -> Iterator[tuple[str, str]]:
    """Yield what most people got wrong at the end, then what was left out, then what no workshop like this gives."""
    results = held_of(kit).results
    texts = {str(question.number): plain(question.text) for question in kit.quiz}
    for item in results.items if results else ():
        if item.after[0] < HALF:
            yield (
                texts[item.name],
                galley.word("print-record-still-wrong", share=percent(item.after[0]), idea=item.drawn[0]),
            )
    left = [f"{each.point.id} {each.point.text}" for each in told(kit) if each.left and not each.said]
    if left:
        yield galley.word("print-record-not-taught"), "; ".join(left[:4]) + "."
    yield "", galley.word("print-record-no-level")


MANAGER = Writer(
    filename="manager.pdf",
    render=render_manager,
    meaning="a page for a manager: what people can do now, what they can't, what to ask them (PDF)",
    default=False,
    in_all=False,
    has_any=lambda kit: kit.is_kit,
    needs="kit",
)
