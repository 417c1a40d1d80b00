"""The check of a world: what its questions find, what each moment about search will show, and its words read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from msgspec import Struct

from workshop.ai_models.parts.asking import Shelf, shelves
from workshop.ai_models.parts.by_letters import first_four, for_the_table, handed, lacking, on_a_page
from workshop.ai_models.parts.drafted_questions import Everyday
from workshop.ai_models.parts.handed_in import Requests, Rules
from workshop.ai_models.parts.roles import BALLOTS, World, ballots_of
from workshop.ai_models.toys.grammar import grammar
from workshop.ai_models.toys.moderation import rates
from workshop.errors import At, Problem, Severity
from workshop.inputs.worlds import FILE
from workshop.wording.formats import count, listed, percent, ratio

Part = tuple[str, list[str]]  # a heading and the lines below it
PER_RELATION = 2  # sentences of each relation, after those that have all its words


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
    yield "Facts", [*facts[:8], *(fact for start in (8, 16, 24) for fact in facts[start : start + PER_RELATION])]


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


FORBIDDEN = (0.05, 0.5)  # share of the grammar's sentences that the forbidden word may cost
SHOWN = 3  # everyday questions that are suggested
THRESHOLD = 2  # points from which the filter blocks


class Checked(Struct, frozen=True, kw_only=True):
    """What a check of a world found.

    Attributes:
        problems: advice for each question that misses its card, and errors for what a build couldn't go on with.
        moments: what each moment about search will show, or what it lacks.
        own: how many words are the world's own, and how often its forbidden word occurs.
        words, others: the parts of the proof's two pages.
    """

    problems: tuple[Problem, ...]
    moments: tuple[str, ...]
    own: tuple[str, ...]
    words: tuple[Part, ...]
    others: tuple[Part, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """What ``check`` prints."""
        return (*self.moments, *self.own)


def checked(folder: Path) -> Checked:
    """Check the world in a folder.

    Raises:
        WorkshopError: for everything that is wrong with its words, cards or questions.
    """
    world = World.load(folder / FILE)
    nearest, *ready = shelves(world)
    own = nearest.library.at.path == world.library.as_posix() or world.library.parent == folder
    misses = tuple(missed(nearest)) if own else ()
    return Checked(
        problems=(*misses, *_refused(world)),
        moments=tuple(_moments(nearest, ready)),
        own=tuple(_of_words(world, folder)),
        words=tuple(words_aloud(world)),
        others=(*questions_aloud(nearest), *files_aloud(world)),
    )


def missed(shelf: Shelf) -> Iterator[Problem]:
    """Yield advice for each question that finds another card than the right one."""
    titles = {card.id: card.title for card in shelf.library.items}
    for question, answer in shelf.answers:
        if question.document and (found := shelf.found(answer)) != question.document:
            message = (
                f"“{question.text}” finds “{titles[found]}” ({ratio(answer.sure)}), not “{titles[question.document]}”"
            )
            hint = "reword it, or leave it: it counts as a miss"
            yield Problem(message, question.at, hint=hint, code="world", severity=Severity.ADVICE)


def _moments(shelf: Shelf, ready: list[Shelf]) -> Iterator[str]:
    """Yield what the moments about search show, or what they lack, and which library they speak of then."""
    if lacking := list(shelf.lacks()):
        yield from lacking
        if shelf.answers and not shelf.wrong_card and (near := _everyday(shelf)):
            yield f"add one of these with card: none, if no document answers it: {near}"
        if fit := next((other for other in ready if not list(other.lacks())), None):
            yield f"the slides about search speak of an example library: {fit.world}"
        return
    clear, wrong = shelf.without_word[0], shelf.wrong_card[0]
    title = shelf.library.items[clear.order[0]].title
    second = sorted(clear.near)[-2]
    yield f"bet “no shared word”: “{clear.question}” → “{title}”, {ratio(clear.sure)} before {ratio(second)}"
    yield from _at_the_table(shelf, ready)
    card = shelf.library.items[wrong.order[0]].title
    absent = sum(not question.document for question, _ in shelf.answers)
    yield (
        f"wrong card: “{wrong.question}” → “{card}”, {ratio(wrong.sure)}; "
        f"{len(shelf.wrong_card)} of {absent} questions without a card get one"
    )


def _at_the_table(shelf: Shelf, ready: list[Shelf]) -> Iterator[str]:
    """Yield the four questions of the exercise, or each kind that is missing and the world whose library is used then."""
    name = "exercise “Be the assistant”"
    if missing := list(lacking(shelf)):
        yield from (f"{name}: {what}" for what in missing)
        if other := next((one for one in ready if not list(lacking(one))), None):
            yield f"{name} uses the library of an example: {other.world}"
        return
    table = for_the_table(shelf, shelf.without_word[0], ready)
    four = first_four(table)
    told = [f"“{one['question']}” ({handed(on_a_page(table, four), one)['verdict']})" for one in four]
    yield f"{name}: {listed(told)}"


def _everyday(shelf: Shelf) -> str:
    """Return everyday questions that get a card, the surest first."""
    answers = sorted((shelf.answer(question) for question in Everyday.read().odd), key=lambda answer: -answer.sure)
    passing = [answer for answer in answers if answer.sure >= shelf.threshold][:SHOWN]
    cards = [f"“{a.question}” ({ratio(a.sure)} “{shelf.library.items[a.order[0]].title}”)" for a in passing]
    return ", ".join(cards)


def _share(world: World) -> float:
    """Return the share of the grammar's sentences that have the forbidden word in them."""
    place, word = grammar(world.grammar()), world.words["forbidden"]["word"]
    return sum(p for sentence, p in zip(place.sentences, place.probabilities, strict=True) if word in sentence)


def _of_words(world: World, folder: Path) -> Iterator[str]:
    word, (own, every) = world.words["forbidden"]["word"], world.own
    yield f"forbidden word “{word}”: {percent(_share(world))} of the genuine sentences"
    ready = f", {every - own} from the ready {world.folders[1].name}" if len(world.folders) > 1 else ""
    yield f"words: {own} of {every} are {'yours' if ready else f'in {folder.name}'}{ready}"


def _refused(world: World) -> Iterator[Problem]:
    """Yield an error for whatever a build would stop at: a forbidden word too rare or too common, a filter that proves nothing."""
    low, high = FORBIDDEN
    if not low <= (share := _share(world)) <= high:
        word = world.words["forbidden"]["word"]
        message = (
            f"“{word}” is in {percent(share)} of the grammar's sentences, not in {percent(low)} to {percent(high)}"
        )
        yield Problem(
            message, world.at, hint="put a word of the grammar that has it earlier or later in its list", code="world"
        )
    rules = Rules.load(world.find("rules.csv")).points
    old, new = (Requests.load(world.find(name)) for name in ("requests.csv", "fresh.csv"))
    own, fresh = (rates(rules, each.harmful, each.fine, THRESHOLD) for each in (old, new))
    if fresh["auc"] >= own["auc"]:
        at = At(world.find("fresh.csv").as_posix())
        hint = f"add harmful requests without a word of rules.csv; {count(fresh['missed'], 'request')} of them get through now"
        yield Problem(
            "the filter does no worse on fresh requests than on those that it was written for",
            at,
            hint=hint,
            code="world",
        )
