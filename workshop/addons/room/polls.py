"""The polls of a call, one per line: the quiz before, bets, the rounds of the vote, the quiz after."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from workshop.layout.laid import LaidOut
from workshop.layouts import traits
from workshop.model.blocks import Prose, Runs, plain
from workshop.model.kit import Kit, Slide
from workshop.model.prints import LETTERS
from workshop.model.rooms import REMOTE
from workshop.render.writing import Writer

HEAD = ("poll", "question", "a", "b", "c", "d")
Poll = tuple[str, str, list[str]]


def render_polls(laid: LaidOut) -> bytes:
    """Return the polls as CSV, in the order in which they are used; ``--votes`` and ``quiz`` read their names in an export."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for name, question, options in polls(laid.kit):
        lettered = [f"{letter}: {option}" for letter, option in zip(LETTERS, options, strict=False)]
        writer.writerow((name, question, *lettered, *[""] * (len(HEAD) - 2 - len(options))))
    return out.getvalue().encode()


def polls(kit: Kit) -> Iterator[Poll]:
    """Yield name, question and options of each poll."""
    for slide in (slide for slide in kit.slides if not slide.hidden):
        if "polls" in traits(slide.layout) and not slide.each and not slide.continued:
            yield _poll(slide.id, slide.title, _options(slide))
        elif slide.quiz in ("before", "after"):
            for question in kit.quiz:
                options = (option.text for option in question.printed(after=slide.quiz == "after"))
                yield _poll(f"{slide.quiz}-{question.number}", question.text, options)
        elif "asks" in traits(slide.layout):
            yield _poll(slide.id, slide.title, _options(slide))
        elif slide.does == "vote" and slide.minutes and kit.ballots is not None:
            for one in kit.ballots.rounds:
                yield _poll(f"round-{one.number}", one.question, (one.a.text, one.b.text))


def _poll(name: str, question: Runs, options: Iterable[Runs]) -> Poll:
    return name, plain(question), [plain(option) for option in options]


def _options(slide: Slide) -> Iterator[Runs]:
    yield from (line.runs for block in slide.slot("options") if isinstance(block, Prose) for line in block.lines)


POLLS = Writer(
    filename="polls.csv",
    render=render_polls,
    meaning="the polls of a call, one per line: quiz, bets, rounds of the vote (CSV)",
    whom="you",
    due=lambda kit: kit.room == REMOTE,
    has_any=lambda kit: next(polls(kit), None) is not None,
    needs="bets, votes or a quiz",
    needs_slides=False,
)
