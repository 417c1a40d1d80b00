"""Questions to a client's cards, for a person to say yes or no to: everyday ones that get a card, and what a card's own words answer.

The search of the product puts each everyday question to the cards. A card gets the questions that its own words answer. Last come questions that hardly any documents answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from workshop.ai_models.parts.asking import KNOWN, THRESHOLD, Shelf
from workshop.ai_models.parts.by_letters import misleads
from workshop.ai_models.parts.card_questions import answered_by
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
MISLED, BY_MEANING, BY_WORDS, WITHOUT = 2, 13, 9, 6
MOST = MISLED + BY_MEANING + BY_WORDS
BY_TITLE = 2
ENOUGH = 18  # so many questions that get a card, also by those that only the search finds fitting
LEADS = 2.0  # how much more the lead over the next card counts than nearness alone
LEAST = 0.35  # a card that is less near isn't worth a decision


class Everyday(Struct, frozen=True):
    """Questions that people ask anywhere, each with words that cards about it have, and those that hardly any documents answer."""

    asked: Mapping[str, frozenset[str]]
    odd: tuple[str, ...]

    @classmethod
    def read(cls) -> Everyday:
        """Read the kit's list."""
        text, name = read_text_file(kit_folder() / FOLDER / EVERYDAY)
        tree = parse_yaml(text, name, Report())
        assert tree is not None
        asked: dict[str, frozenset[str]] = {}
        for about, questions in tree.value["asked"].items():
            for question in questions:
                asked[question] = asked.get(question, frozenset()) | _stems(about)
        return cls(asked, tuple(tree.value["odd"]))


class _Found(Struct, frozen=True, kw_only=True):
    """A question with the place of its card, how near this and the next one are, and whether they share a word.

    Attributes:
        fits: ``BY_TITLE`` if the title of the card has a word of what the question is about, 1 if its text has one, else 0.
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
    ruled = [
        found
        for place, (_, card) in enumerate(cards)
        for question in answered_by(card)
        if (found := _found(shelf, question, book)) and found.card == place
    ]
    kept = _kept(shelf, [*_misled(shelf, book, asked)], asked, ruled)
    lines = [Line(question=f.question, card=cards[f.card][0], sure=f.sure, then=f.then) for f in kept]
    return (*lines, *_without(shelf, book.odd))


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
    card, about = shelf.library.items[best], book.asked.get(question, _stems(question))
    fits = BY_TITLE if about & _stems(card.title) else int(bool(about & _stems(card.text)))
    return _Found(question=question, card=best, sure=float(near[best]), then=then, shares=shares, fits=fits)


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, content_words(text)))


def _misled(shelf: Shelf, book: Everyday, asked: Iterable[_Found]) -> Iterator[_Found]:
    """Yield questions whose best card by shared words is a wrong one, as far as titles tell the right one: a table needs one of them."""
    titles = [_stems(card.title) for card in shelf.library.items]
    found = {one.question: one for one in asked}
    for question, about in book.asked.items():
        fitting = [place for place, title in enumerate(titles) if title & about]
        if len(fitting) != 1 or not misleads(question, shelf.cards, fitting[0]):
            continue
        if question in found and found[question].card == fitting[0]:
            yield found[question]
        else:
            near = shelf.search.nearness(question)
            then = max(float(value) for place, value in enumerate(near) if place != fitting[0])
            yield _Found(
                question=question, card=fitting[0], sure=float(near[fitting[0]]), then=then, shares=False, fits=BY_TITLE
            )


def _kept(shelf: Shelf, misled: Sequence[_Found], asked: Sequence[_Found], ruled: Sequence[_Found]) -> list[_Found]:
    """Return the questions to decide on, card by card: those found by meaning, then those by words, the clearest first."""
    taken: Counter[int] = Counter()
    some = _picked(_by_worth(misled), MISLED, taken)

    def add(found: Iterable[_Found], most: int) -> None:
        known = [f.question for f in some]
        some.extend(_picked((f for f in found if f.question not in known), min(most, MOST - len(some)), taken))

    by_hand = {
        f.question for f in ruled if _two_share(shelf, f.question)
    }  # a second card shares a word: to be scored by hand
    rules = sorted(ruled, key=lambda f: (f.question in by_hand, f.worth), reverse=True)
    add(_by_worth(f for f in asked if f.fits == BY_TITLE and not f.shares), BY_MEANING)
    add((*rules[:3], *_by_worth((*rules[3:], *(f for f in asked if f.fits and f.shares)))), BY_WORDS)
    add(_by_worth(f for f in (*asked, *ruled) if f.fits), MOST)
    add(_by_worth((*asked, *ruled)), ENOUGH - len(some))
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


def _two_share(shelf: Shelf, question: str) -> bool:
    asked = set(content_words(question))
    shared = sorted((len(asked & set(content_words(card))) for card in shelf.cards), reverse=True)
    return shared[0] > shared[1] > 0


def _without(shelf: Shelf, odd: Sequence[str]) -> Iterator[Line]:
    """Yield questions that probably no card answers: half of them get one all the same, and half of them none."""
    answers = sorted((shelf.answer(question) for question in odd), key=lambda answer: -answer.sure)
    high = [answer for answer in answers if answer.sure >= THRESHOLD][: WITHOUT // 2]
    low = [answer for answer in reversed(answers) if answer not in high][: WITHOUT - len(high)]
    for answer in (*high, *low):
        best, second, *_ = sorted(map(float, answer.near), reverse=True)
        yield Line(question=answer.question, card=NO_CARD, sure=best, then=second)
