"""Questions to a client's cards, for a person to say yes or no to: everyday ones that get a card, and what a card's own words answer.

The search of the product puts each everyday question to the cards. A card gets the questions that its own words answer. Last come questions that hardly any documents answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from workshop.ai_models.parts.asking import KNOWN, LEAD, THRESHOLD, Shelf
from workshop.ai_models.parts.by_letters import misleads, wins
from workshop.ai_models.parts.card_questions import about, answered_by, could_answer
from workshop.ai_models.register import kit_folder
from workshop.ai_models.toys.embedding import Embedding, stem
from workshop.ai_models.toys.keyword import content_words
from workshop.errors import At, Report
from workshop.inputs.drafted_cards import Card
from workshop.inputs.library import Document, Documents
from workshop.inputs.question_lines import NO_CARD, Line
from workshop.inputs.text_folders import read_text_file
from workshop.inputs.worlds import FOLDER
from workshop.inputs.yaml_text import parse_yaml

EVERYDAY = "everyday.yaml"
# Lines whose best card by shared words is a wrong one, that share no word with their card, that share one, and without a card: 30
PER_CARD = 2
MISLED, BY_MEANING, BY_WORDS, WITHOUT = 4, 12, 8, 6
BETS = 7  # of those found by meaning: without a word of any card, and well ahead; the slides bet on one of them
CLEAR = 2  # lines that one card wins by two points
MISSED = 4  # lines whose title tells their card, but for which the search finds another
MOST = MISLED + BY_MEANING + BY_WORDS
BY_TITLE = 2
NEAR_TITLES = 3  # a card that only says a word of the question is about it if its title is one of so many nearest to it
LEADS = 2.0  # how much more the lead over the next card counts than nearness alone
LEAST = 0.35  # a card that is less near isn't worth a decision


class Everyday(Struct, frozen=True):
    """Questions that people ask anywhere, each with words that cards about it have, and those that hardly any documents answer."""

    asked: Mapping[str, tuple[frozenset[str], ...]]
    odd: tuple[str, ...]

    @classmethod
    def read(cls) -> Everyday:
        """Read the kit's list."""
        text, name = read_text_file(kit_folder() / FOLDER / EVERYDAY)
        tree = parse_yaml(text, name, Report())
        assert tree is not None
        asked: dict[str, tuple[frozenset[str], ...]] = {}
        for things, questions in tree.value["asked"].items():
            for question in questions:
                asked[question] = (*asked.get(question, ()), *(_stems(word) for word in things.split()))
        return cls(asked, tuple(tree.value["odd"]))


class _Found(Struct, frozen=True, kw_only=True):
    """A question with the place of its card, how near this and the next one are, and whether they share a word.

    Attributes:
        fits: ``BY_TITLE`` if the title of the card has a word of what the question is about, 1 if its text has one and its title is near, else 0; 1 less
            if the card has nothing that answers such a question, such as no day for "when".
    """

    question: str
    card: int
    sure: float
    then: float
    shares: bool
    fits: int

    @property
    def worth(self) -> tuple[int, float]:
        return self.fits, self.sure + LEADS * (self.sure - self.then)


def drafted_questions(cards: Sequence[tuple[str, Card]]) -> tuple[Line, ...]:
    """Return at most 30 questions to some cards, two to each at most, then those that no card seems to answer.

    Args:
        cards: an id and a card each.

    Returns:
        No lines if the English dictionary has too few words of the cards.
    """
    shelf = shelf_of(cards)
    if shelf.known < KNOWN or len(cards) < 2:
        return ()
    book = Everyday.read()
    asked = [found for question in book.asked if (found := _found(shelf, question, book)) and found.sure >= LEAST]
    ruled = [*_of_cards(shelf, book, cards, answered_by)]
    clear = [*_of_cards(shelf, book, cards, lambda card: filter(None, [about(card)]))]
    kept = _kept(shelf, [*_missed(shelf, book, asked)], asked, (ruled, clear))
    lines = [Line(question=f.question, card=cards[f.card][0], sure=f.sure, then=f.then) for f in kept]
    return (*lines, *_without(shelf, book.odd))


def _of_cards(
    shelf: Shelf, book: Everyday, cards: Sequence[tuple[str, Card]], asks: Callable[[Card], Iterable[str]]
) -> Iterator[_Found]:
    """Yield questions made of each card that find it."""
    for place, (_, card) in enumerate(cards):
        for question in asks(card):
            if (found := _found(shelf, question, book)) and found.card == place:
                yield found


def shelf_of(cards: Sequence[tuple[str, Card]]) -> Shelf:
    """Return some cards as a library without questions."""
    items = tuple(Document(name, card.title, card.text, At("")) for name, card in cards)
    library = Documents(items, At(""))
    return Shelf(library=library, questions=None, strangers=None, world="", space=Embedding.read())


def _found(shelf: Shelf, question: str, book: Everyday) -> _Found | None:
    order = shelf.search.hybrid(question)
    if not order:
        return None
    best, near = order[0], shelf.search.nearness(question)
    then = max(float(value) for place, value in enumerate(near) if place != best)
    shares = bool(set(content_words(shelf.cards[best])) & set(content_words(question)))
    fits = _fits(shelf, best, question, book)
    return _Found(question=question, card=best, sure=float(near[best]), then=then, shares=shares, fits=fits)


def _fits(shelf: Shelf, place: int, question: str, book: Everyday) -> int:
    card = shelf.library.items[place]
    things = book.asked.get(question) or tuple(map(frozenset, zip(_stems(question), strict=True)))
    fits = BY_TITLE if _has(card.title, things) else int(_has(card.text, things) and _near(shelf, place, question))
    return max(0, fits - (not could_answer(question, card.text)))


def _near(shelf: Shelf, place: int, question: str) -> bool:
    """Whether the title of a card is among those nearest to a question, so that its word means the same in both."""
    near = shelf.titles.nearness(question)
    return int((near > near[place]).sum()) < NEAR_TITLES


def _has(text: str, things: Iterable[frozenset[str]]) -> bool:
    """Whether a text has all the words of one of some things."""
    stems = _stems(text)
    return any(each <= stems for each in things if each)


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, content_words(text.replace("-", " "))))


def _missed(shelf: Shelf, book: Everyday, asked: Iterable[_Found]) -> Iterator[_Found]:
    """Yield questions whose card one title tells, though the search finds another."""
    found = {one.question: one for one in asked}
    for question, things in book.asked.items():
        fitting = [place for place, card in enumerate(shelf.library.items) if _has(card.title, things)]
        if len(fitting) != 1 or (question in found and found[question].card == fitting[0]):
            continue
        (card,), near = fitting, shelf.search.nearness(question)
        then = max(float(value) for place, value in enumerate(near) if place != card)
        shares = bool(set(content_words(shelf.cards[card])) & set(content_words(question)))
        fits = _fits(shelf, card, question, book)
        yield _Found(question=question, card=card, sure=float(near[card]), then=then, shares=shares, fits=fits)


def _kept(
    shelf: Shelf, missed: Sequence[_Found], asked: Sequence[_Found], of_cards: tuple[Sequence[_Found], Sequence[_Found]]
) -> list[_Found]:
    """Return the questions to decide on, card by card: those found by meaning, then those by words, the clearest first.

    Args:
        of_cards: questions made of what cards say, and those made of their titles alone.
    """
    taken: Counter[int] = Counter()
    told, (ruled, titled) = [f for f in missed if f.fits == BY_TITLE], of_cards
    # A table needs a question whose best card by shared words is a wrong one, and one that a card wins by two points
    misled = [f for f in (*asked, *told) if f.fits == BY_TITLE and misleads(f.question, shelf.cards, f.card)]
    some = _picked(_by_worth(misled), MISLED, taken)

    def add(found: Iterable[_Found], most: int) -> None:
        known = [f.question for f in some]
        some.extend(_picked((f for f in found if f.question not in known), min(most, MOST - len(some)), taken))

    clear = [f for f in (*_by_worth(ruled), *_by_worth(titled)) if wins(f.question, shelf.cards, f.card)]
    spoken = {word for card in shelf.cards for word in content_words(card)}
    bets = (f for f in asked if f.fits and f.sure >= THRESHOLD and f.sure - f.then >= LEAD)
    add(_by_worth(f for f in bets if spoken.isdisjoint(content_words(f.question))), BETS)
    add(_by_worth(f for f in asked if f.fits == BY_TITLE and not f.shares), BY_MEANING - BETS)
    add(clear, CLEAR)
    add(_by_worth((*ruled, *(f for f in asked if f.fits and f.shares))), BY_WORDS - CLEAR)
    add(_by_worth(f for f in told if not f.shares), MISSED)
    add(_by_worth(f for f in (*asked, *ruled) if f.fits), MOST)
    return sorted(some, key=lambda f: (f.card, f.worth))


def _by_worth(found: Iterable[_Found]) -> list[_Found]:
    return sorted(found, key=lambda f: f.worth, reverse=True)


def _picked(found: Iterable[_Found], most: int, taken: Counter[int]) -> list[_Found]:
    """Return the first so many questions, two to a card at most; ``taken`` counts them."""
    some: list[_Found] = []
    for one in found:
        if len(some) < most and taken[one.card] < PER_CARD and one.question not in [f.question for f in some]:
            taken[one.card] += 1
            some.append(one)
    return some


def _without(shelf: Shelf, odd: Sequence[str]) -> Iterator[Line]:
    """Yield questions that probably no card answers: half of them get one all the same, and half of them none."""
    answers = sorted((shelf.answer(question) for question in odd), key=lambda answer: -answer.sure)
    high = [answer for answer in answers if answer.sure >= THRESHOLD][: WITHOUT // 2]
    low = [answer for answer in reversed(answers) if answer not in high][: WITHOUT - len(high)]
    for answer in (*high, *low):
        best, second, *_ = sorted(map(float, answer.near), reverse=True)
        yield Line(question=answer.question, card=NO_CARD, sure=best, then=second)
