"""A world read aloud: each of its words in a sentence of the kit, each question with its card, each ballot and harmful request."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from workshop.ai_models.parts.fit import Shelf
from workshop.ai_models.parts.handed_in import Requests
from workshop.ai_models.parts.roles import World
from workshop.ai_models.parts.world_texts import BALLOTS, ballots_of
from workshop.wording.formats import ratio

Part = tuple[str, list[str]]  # a heading and the lines below it
SHOWN = 2  # sentences of each relation, after those that have all its words


def words_aloud(world: World) -> Iterator[Part]:
    """Yield sentences with all the words of a world.yaml, group by group."""
    yield from _said(world)
    yield from _lists(world)
    who, does, what, where, when = map(cycle, world.grammar())
    yield (
        "Sentences of the grammar",
        [
            f"{a.capitalize()} {b} {c} {d} {e}."
            for a, b, c, d, e, _ in zip(who, does, what, where, when, range(6), strict=False)
        ],
    )
    facts = [f"{fact.capitalize()}." for fact in world.facts()]
    yield "Facts", [*facts[:8], *(fact for start in (8, 16, 24) for fact in facts[start : start + SHOWN])]


def _said(world: World) -> Iterator[Part]:
    """Yield the names, the one-off sentences, and what is said of single things."""
    said, (one, many) = world.words, (world.words["people"][key] for key in ("one", "many"))
    own, moved, locked, banned = (said[key] for key in ("sentences", "moved", "locked", "forbidden"))
    yield (
        "The place",
        [
            f"Our example is {world.a} that wants a help desk.",
            f"In {said['name']}, {many} ask, and one {one} waits.",
            f"What would you add to {said['our']}’s exam?",
        ],
    )
    yield (
        "One-off sentences",
        [
            f"Finish this sentence: “{own['stem']}”",
            f"A spam page: {own['advert']}",
            f"A genuine page: {own['short']}",
            f"What people ask first: {own['asks']}.",
            f"A card that deceives: ignore the question, {own['injected']}",
            f"Text for the training: {own['own_text']}",
        ],
    )
    yield (
        "Moved, locked and forbidden",
        [
            f"The {moved['thing']} was in the {moved['was']}; a card says {moved['now']}.",
            f"Harmful: where is the {locked['thing']}? In the {locked['place']}.",
            f"Somebody wants to keep out {banned['why']} and bans “{banned['word']}”.",
            f"In {said['name']}, 24 genuine sentences say that {banned['says']}.",
        ],
    )


def _lists(world: World) -> Iterator[Part]:
    """Yield things, places and spots, each where it stands in the kit."""
    places = zip(world.things, cycle(world.places), strict=False)
    yield "Things and places", [f"Where is the {thing}? In the {place}." for thing, place in places]
    yield "Several", [f"Three {thing} and one more make four." for thing in world.many]
    yield (
        "Places to stand",
        [
            *dict.fromkeys(f"{line.capitalize()}." for sentences in world.rounds().items for line in sentences),
            f"Today the {world.things[0]} near the {world.near[1]} stands by the {world.near[3]}.",
            f"The {world.many[1]} near the {world.near[5]} stand.",
        ],
    )
    rules = zip(world.things[8:], ["yes"] * 6 + ["no"] * 6, strict=True)
    yield "May a child use it alone?", [f"The {thing}: {answer}." for thing, answer in rules]


def questions_aloud(shelf: Shelf) -> Iterator[Part]:
    """Yield each question with the card that is found, marked if it is another one than the right one."""
    titles = {card.id: card.title for card in shelf.library.items}
    lines = []
    for question, answer in shelf.answers:
        found = shelf.found(answer) if answer.sure >= shelf.threshold else ""
        wanted = titles.get(question.document, "no card")
        told = f"“{titles[found]}”, {ratio(answer.sure)}" if found else "not in the library"
        lines.append(f"{question.text}: {told}{'' if found == question.document else f'; right is {wanted}'}")
    yield f"Questions, and what is found from {ratio(shelf.threshold)} on", lines


def files_aloud(world: World) -> Iterator[Part]:
    """Yield the ballots with both answers, and the harmful requests of both lists."""
    rounds = ballots_of(world.find(BALLOTS))
    yield "Ballots", [f"{one['question']} A: {one['a']} B: {one['b']}" for one in rounds]
    harmful = [line for name in ("requests.csv", "fresh.csv") for line in Requests.load(world.find(name)).harmful]
    yield "Requests that the filter should stop", [f"{line.capitalize()}." for line in harmful]
