"""Ballots, cards and the quiz: with values and audiences resolved, and in the number that the room needs."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from msgspec.structs import replace

from workshop.errors import Report, did_you_mean
from workshop.model import blocks as model_blocks
from workshop.model import source as src
from workshop.model.prints import Answer, Ballots, Card, Deck, Option, Planned, Question, Round
from workshop.model.request import checked
from workshop.model.source import PrintEntry, PrintPart, PrintSource, seen_prints, visible
from workshop.plan.referred import find_picture
from workshop.plan.resolve import Resolver, Scope


def plan_prints(
    content: src.Content,
    stages: tuple[src.StageSource, ...],
    numbers: Mapping[str, int | None],
    people: int,
    scope: Scope,
) -> Planned:
    """Resolve the printed matter of the stages that are in.

    Args:
        numbers: stage id -> its number, which goes into the codes.
        people: how many participants.
    """
    resolver = Resolver(scope.fresh(digits=content.is_kit), find_picture)
    ballots: Ballots | None = None
    decks: list[Deck] = []
    quiz: dict[bool, list[Question]] = {False: [], True: []}  # whether they are for later
    for source, entries in seen_prints(content, stages, scope.audience):
        if not entries:
            continue
        match source.kind:
            case "ballots":
                ballots = _ballots(source, entries, numbers, people, resolver)
            case "cards":
                given = Resolver(scope.fresh(digits=False), find_picture) if source.meta.documents else resolver
                _check_after(source, content, scope.report)
                decks.append(_deck(source, entries, people, given))
            case "quiz":
                for entry in entries:
                    quiz[entry.meta.later].append(_question(_place(entry, source), entry, resolver))
    return Planned(ballots, tuple(deck for deck in decks if deck.cards), tuple(quiz[False]), tuple(quiz[True]))


def without_replaced(content: src.Content, replaced: Collection[tuple[str, str]], report: Report) -> src.Content:
    """Return the content without cards of documents that the user has replaced: their questions would fit no card.

    Args:
        replaced: (demo, slot) for which the user handed in data.
    """
    files = {content.data[demo][slot] for demo, slot in replaced if slot in content.data.get(demo, {})}
    kept = []
    for source in content.prints:
        if source.meta.documents and any(
            top / source.meta.documents in files for top in (content.root, *content.worlds)
        ):
            message = f"the cards {source.meta.title!r} are left out: they are the kit's own documents"
            report.advise(message, source.at, code="left-out")
        else:
            kept.append(source)
    return replace(content, prints=tuple(kept))


def _ballots(
    source: PrintSource,
    entries: tuple[PrintEntry, ...],
    numbers: Mapping[str, int | None],
    people: int,
    resolver: Resolver,
) -> Ballots:
    stage = source.meta.stage
    codes = tuple(checked(numbers.get(stage) or 0, number) for number in range(1, people + 1))
    rounds = tuple(_round(entry, resolver) for entry in entries)
    return Ballots(
        stage=stage, title=resolver.scope.fill(source.meta.title, source.at), rounds=rounds, codes=codes, at=source.at
    )


def _round(entry: PrintEntry, resolver: Resolver) -> Round:
    def answer(name: str) -> Answer:
        part = next(part for part in entry.parts if part.name == name)
        return Answer(part.meta.kind, _runs(part, resolver))

    question = _runs(entry.parts[0], resolver)
    return Round(
        number=entry.meta.round, question=question, short=entry.meta.short, a=answer("a"), b=answer("b"), at=entry.at
    )


def _check_after(source: PrintSource, content: src.Content, report: Report) -> None:
    """Report a deck whose ``after:`` names a slide that doesn't exist."""
    known = {slide.id for stage in content.stages for slide in stage.slides}
    after = source.meta.after
    if after and after not in known:
        report.error(f"there is no slide {after!r} to play these cards after", source.at, did_you_mean(after, known))


def _deck(source: PrintSource, entries: tuple[PrintEntry, ...], people: int, resolver: Resolver) -> Deck:
    meta, fill = source.meta, resolver.scope.fill
    made = [_card(entry, resolver) for entry in entries]
    cards = tuple(replace(card, number=number) for number, card in enumerate(filter(None, made), start=1))
    return Deck(
        id=source.name,
        title=fill(meta.title, source.at),
        stage=meta.stage,
        cards=cards,
        sets={"room": 1, "person": people}.get(meta.per, math.ceil(people / meta.group)),
        size=meta.size,
        task=fill(meta.task, source.at),
        at=source.at,
        after=meta.after,
        minutes=meta.minutes,
    )


def _card(entry: PrintEntry, outer: Resolver) -> Card | None:
    """Return a card, or ``None`` if it needs something that the user's own data don't have."""
    parts = {part.name: part for part in entry.parts}
    resolver = replace(outer, scope=outer.scope.fresh(report=Report()))

    def blocks(name: str) -> tuple[model_blocks.Block, ...]:
        return resolver.blocks(parts[name].blocks) if name in parts else ()

    def text(name: str) -> str:
        return model_blocks.plain(_runs(parts[name], resolver)) if name in parts else ""

    card = Card(
        number=0,
        head=text("head"),
        title=text("title"),
        front=blocks("front"),
        back=blocks("back"),
        verdict=text("verdict"),
        note=text("note"),
        at=entry.at,
    )
    found = resolver.scope.report
    if found.errors and outer.scope.varied:
        outer.scope.report.advise("this card is left out: this run has no such number", entry.at, code="card")
        return None
    outer.scope.report.extend(found.found)
    return card


def _place(entry: PrintEntry, source: PrintSource) -> int:
    """Return the number of a question among those of its sheet."""
    return 1 + [other for other in source.entries if other.meta.later == entry.meta.later].index(entry)


def _question(number: int, entry: PrintEntry, resolver: Resolver) -> Question:
    shown = tuple(
        Option(_runs(part, resolver), part.meta.right, resolver.scope.fill(part.meta.misconception, part.at))
        for part in entry.parts
        if part.name == "option" and visible(part.attrs, resolver.scope.audience)
    )
    texts = {part.name: _runs(part, resolver) for part in entry.parts if part.name != "option"}
    return Question(
        id=entry.meta.id,
        stage=entry.meta.stage,
        text=texts["question"],
        options=shown,
        at=entry.at,
        number=number,
        closing=texts.get("closing", ()),
    )


def _runs(part: PrintPart, resolver: Resolver) -> model_blocks.Runs:
    """Return a text as one paragraph; several are joined with line breaks."""
    found: list[model_blocks.Run] = []
    for block in resolver.blocks(part.blocks):
        for line in block.lines if isinstance(block, model_blocks.Prose) else ():
            found.extend((model_blocks.Run("\n"), *line.runs) if found else line.runs)
    return tuple(found)
