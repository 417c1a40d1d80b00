"""Slides in place of paper: whole tasks, the rounds of a vote and the questions of the quiz, for rooms without a printer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from workshop.constructs.answer_divs import Home, Lookup, Ruler
from workshop.constructs.table import text_of
from workshop.layouts.columns import TWO_CONTENT
from workshop.layouts.content import CONTENT
from workshop.layouts.exhibits import TABLE
from workshop.model.blocks import AnswerLines, Block, Line, Panel, Prose, Run, Runs, ShownTable
from workshop.model.kit import Exercise, Slide, Stage
from workshop.model.prints import LETTERS, Planned, Question, Round
from workshop.model.rooms import NO_PRINTER, PHONES
from workshop.model.rulers import Mark
from workshop.wording.messages import messages


def on_slides(
    stages: Iterable[Stage], prints: Planned, tasks: Mapping[str, Exercise], room: str, language: str
) -> tuple[Stage, ...]:
    """Return the stages with slides for what a printed room has on paper; a call has the quiz as polls, and phones have rounds and quiz.

    The new slides take no minutes of their own: they belong to the slide that they follow.

    Args:
        tasks: id of an exercise -> the exercise.
    """

    def shown(slide: Slide) -> Iterator[Slide]:
        yield slide
        if slide.task in tasks:
            yield from _task(slide, tasks[slide.task], language)
        if slide.does == "vote" and prints.ballots is not None and room != PHONES:
            yield from (_round(slide, one, language) for one in prints.ballots.rounds[1:])
        if slide.quiz in ("before", "after") and room == NO_PRINTER:
            yield from (_question(slide, question, language) for question in prints.quiz)

    return tuple(
        replace(stage, slides=tuple(new for slide in stage.slides for new in shown(slide))) for stage in stages
    )


def _after(slide: Slide, name: str, title: Runs, layout: str, *slots: tuple[str, tuple[Block, ...]]) -> Slide:
    """Return a slide that belongs to another one, without its minutes and notes."""
    same = replace(slide, id=f"{slide.id}-{name}", title=title, layout=layout, slots=slots)
    return replace(same, minutes=0, notes=(), toy="", task="", continued=True)


def _text(runs: Runs) -> tuple[Block, ...]:
    return (Prose((Line(runs),)),)


def _round(slide: Slide, one: Round, language: str) -> Slide:
    words = messages(language)
    title = (Run(str(words["round-title"]).format(number=words["number-words"][one.number])), *one.question)
    slots = [
        (name, blocks)
        for side, letter, answer in (("left", "A", one.a), ("right", "B", one.b))
        for name, blocks in (
            (f"{side}-heading", _text((Run(f"{words['answer']} {letter}"),))),
            (side, (Prose((Line(answer.text, marker="bullet"),)),)),
        )
    ]
    return _after(slide, str(one.number), title, TWO_CONTENT.name, *slots)


def _question(slide: Slide, question: Question, language: str) -> Slide:
    options = (option.text for option in question.printed(after=slide.quiz == "after"))
    lettered = (Line((Run(f"{letter}  ", strong=True), *text)) for letter, text in zip(LETTERS, options, strict=False))
    words = messages(language)
    title = Run(str(words[f"quiz-question-{slide.quiz}"]).format(number=question.number))
    return _after(slide, question.id, (title,), CONTENT.name, ("main", (Prose((Line(question.text), *lettered)),)))


def _task(slide: Slide, task: Exercise, language: str) -> Iterator[Slide]:
    """Yield the whole task: its texts, and each table, ruler or table of values on a slide of its own."""
    parts = tuple(_apart(tuple(_opened(block for block in task.task if not isinstance(block, Home)))))
    for number, blocks in enumerate(parts, start=1):
        table = blocks[0] if isinstance(blocks[0], ShownTable) else None
        said = (("measure", _text((Run(table.caption),))),) if table is not None and table.caption else ()
        part = str(messages(language)["task-part"]).format(title=task.title, number=number, count=len(parts))
        title = (Run(part if len(parts) > 1 else task.title),)
        yield _after(slide, f"task-{number}", title, TABLE.name if table else CONTENT.name, *said, ("main", blocks))


def _opened(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks; of a panel that holds a table, what is in it, the table with the panel's title."""
    for block in blocks:
        if isinstance(block, Panel) and any(isinstance(one, ShownTable) for one in block.blocks):
            yield from (
                replace(one, caption=block.title) if isinstance(one, ShownTable) else one for one in block.blocks
            )
        else:
            yield block


def _apart(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    text: list[Block] = []
    for block in blocks:
        table = _as_table(block)
        if table is None:
            text += [] if isinstance(block, AnswerLines) else [block]
            continue
        if text:
            yield (Prose(tuple(text_of(text))),)
        text = []
        yield (table,)
    if text:
        yield (Prose(tuple(text_of(text))),)


def _as_table(block: Block) -> ShownTable | None:
    """Return a table, a ruler or a table of values as a table; ``None`` for anything else."""
    if isinstance(block, Ruler) and (ruler := block.scale) is not None:
        half = (len(ruler.named) + 1) // 2
        marks = [*ruler.named, *(Mark(0, "") for _ in range(2 * half - len(ruler.named)))]
        above, *others = (
            tuple((Run(text, strong=k % 2 == 0),) for text in row) for k, row in enumerate(_marked(marks, half))
        )
        return ShownTable(
            header=above,
            rows=tuple(others),
            aligns=("center",) * half,
            alt=ruler.alt,
            caption=ruler.caption,
            at=block.at,
        )
    if isinstance(block, Lookup) and (values := block.scale) is not None:
        heads = tuple((Run(text),) for text in (values.corner, *values.columns))
        rows = tuple(tuple((Run(text),) for text in (row.head, *row.cells)) for row in values.rows)
        aligns = ("center",) * len(heads)
        return ShownTable(header=heads, rows=rows, aligns=aligns, alt=values.title, caption=values.caption, at=block.at)
    return block if isinstance(block, ShownTable) else None


def _marked(marks: Sequence[Mark], half: int) -> Iterator[tuple[str, ...]]:
    """Yield what stands above and below a ruler, for each of its halves."""
    for part in (marks[:half], marks[half:]):
        yield tuple(mark.text for mark in part)
        yield tuple(f"{mark.at:.1f}" if mark.text else "" for mark in part)
