"""Questions for four people who play an assistant, sorted by what a search finds that compares words letter by letter.

A table needs one question of each kind. Search gives a card one point for each word that it shares with the question; on a tie the
upper card wins. The question and the card of the bet on search by meaning are left out, or the page would give that bet away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, TypeAlias

from workshop.ai_models.parts.asking import Answer, Shelf
from workshop.ai_models.toys.keyword import content_words
from workshop.inputs.text_folders import wrong

CARDS = 6  # on the page
LEAD = 2  # points by which a clear card wins
KINDS = {
    "clear": "that one card wins by two points",
    "missed": "that share no word with any card",
    "wrong": "whose best card by shared words is another one than the right one",
    "absent": "that no card answers, though one shares a word",
}
RIGHT, WRONG, MISSED = "right card", "wrong card", "missed"


def points(question: str, card: str) -> int:
    """Return how many words a question shares with a card, title and text; small words don't count.

    >>> points("may dogs visit on Sunday", "Visitors. Sunday from ten to four.")
    1
    """
    return len(set(content_words(question)) & set(content_words(card)))


def points_by_stem(question: str, card: str) -> int:
    """Return how many words of a question have a relative on a card, for people who see "Visitors" in "visit".

    Two words are related if the shorter has at least four letters and all but its last two, at least four, begin the longer.

    >>> points_by_stem("may dogs visit on Sunday", "Visitors. Sunday from ten to four.")
    2
    """
    spoken = set(content_words(card))
    return sum(any(related(word, other) for other in spoken) for word in set(content_words(question)))


def related(one: str, other: str) -> bool:
    """Return whether two words are equal or share their beginning."""
    shorter = min(len(one), len(other))
    return one == other or (shorter >= 4 and one[: max(4, shorter - 2)] == other[: max(4, shorter - 2)])


def verdict(scores: Sequence[int], right: int | None) -> tuple[int | None, str]:
    """Return the place of the card that search hands over, ``None`` if no card has a point, and the verdict on it.

    Args:
        scores: points of each card, in the order of the page.
        right: place of the card that answers, ``None`` if there is none.

    >>> verdict([0, 1, 1], 2), verdict([0, 0, 0], 2), verdict([1, 0, 3], 2)
    ((1, 'wrong card'), (None, 'missed'), (2, 'right card'))
    """
    most = max(scores)
    best = list(scores).index(most) if most else None
    return best, MISSED if best is None else RIGHT if best == right else WRONG


def played(shelf: Shelf, shown: Answer) -> dict[str, list[dict[str, str]]]:
    """Return the questions of each kind, as text and title of the card that answers ("" if none does).

    Those with most points come first among the clear ones; among the missed ones, those that search by meaning answers best, since
    everybody sees then what was missed.

    Args:
        shown: the answer to the bet on search by meaning.
    """
    found: dict[str, list[dict[str, str]]] = {kind: [] for kind in KINDS}
    titles = {card.id: card.title for card in shelf.library.items}
    places = {card.id: place for place, card in enumerate(shelf.library.items)}
    kept_back = shelf.library.items[shown.order[0]].id
    clear = [answer.question for answer in shelf.without_word]
    most: dict[str, int] = {}
    asked = [one for one, _ in shelf.answers]
    asked.sort(key=lambda one: clear.index(one.text) if one.text in clear else len(clear))
    for one in asked:
        scores = [points(one.text, card) for card in shelf.cards]
        right = places.get(one.document)
        best, said = verdict(scores, right)
        again = verdict([points_by_stem(one.text, card) for card in shelf.cards], right)[1]
        handed = shelf.library.items[best].id if best is not None else ""
        if said == again and kept_back not in (one.document, handed):
            kind = _kind(scores, right, said)
            if kind:
                found[kind].append({"question": one.text, "right": titles.get(one.document, "")})
                most[one.text] = max(scores)
    found["clear"].sort(key=lambda one: -most[one["question"]])
    return found


def _kind(scores: Sequence[int], right: int | None, said: str) -> str:
    """Return the kind of a question, or "" if it is none of them."""
    if right is None:
        return "absent" if said == WRONG else ""
    if said == RIGHT:
        first, second = sorted(scores, reverse=True)[:2]
        return "clear" if first - second >= LEAD else ""
    return "missed" if said == MISSED else "wrong"


def misleads(question: str, cards: Sequence[str], right: int) -> bool:
    """Whether shared words lead to another card than the right one, for people who see "Visitors" in "visit", too."""
    found = [verdict([score(question, card) for card in cards], right)[1] for score in (points, points_by_stem)]
    return found == [WRONG, WRONG]


def wins(question: str, cards: Sequence[str], right: int) -> bool:
    """Whether shared words lead to the right card by two points, for people who see "Visitors" in "visit", too."""
    scores = [[score(question, card) for card in cards] for score in (points, points_by_stem)]
    said, again = (verdict(some, right)[1] for some in scores)
    return said == again == RIGHT and _kind(scores[0], right, said) == "clear"


def lacking(shelf: Shelf) -> Iterator[str]:
    """Yield what a library lacks for the exercise "Be the assistant"."""
    if len(shelf.cards) <= CARDS:
        yield f"{len(shelf.cards)} cards, and more than {CARDS} are needed"
    elif not shelf.without_word:
        yield "no question for the bet on search by meaning"
    else:
        found = played(shelf, shelf.without_word[0])
        yield from (f"no question {what}" for kind, what in KINDS.items() if not found[kind])


def for_the_table(shelf: Shelf, shown: Answer, others: Iterable[Shelf]) -> Mapping[str, Any]:
    """Return questions and cards for the exercise: of this library, or of the first other one that has all kinds of question.

    Returns:
        the questions of each kind; ``cards``, each with ``title`` and ``text``; ``kept`` (title of the card of the bet) and
        ``world``, what the library is of if it is another one.
    """
    found = played(shelf, shown)
    if len(shelf.cards) > CARDS and all(found.values()):
        return _table(shelf, shown, found, shelf.world)
    other = next((one for one in others if not list(lacking(one))), None)
    if other is None:
        why = next(lacking(shelf))
        raise wrong(f"no library bears the exercise “Be the assistant”: {why}", shelf.library.at, "see docs/worlds.md")
    best = other.without_word[0]
    return _table(other, best, played(other, best), other.world)


def _table(shelf: Shelf, shown: Answer, found: dict[str, list[dict[str, str]]], world: str) -> dict[str, Any]:
    cards = [{"title": card.title, "text": card.text} for card in shelf.library.items]
    return {**found, "cards": cards, "kept": shelf.library.items[shown.order[0]].title, "world": world}


Card: TypeAlias = Mapping[str, str]  # title and text
Posed: TypeAlias = Mapping[str, str]  # question, and the title of the card that answers


def _whole(card: Card) -> str:
    return f"{card['title']}. {card['text']}"


def handed(cards: Sequence[Card], one: Posed) -> dict[str, Any]:
    """Return the card that search hands over for a question, its points, the verdict, and all three in words."""
    scores = [points(one["question"], _whole(card)) for card in cards]
    titles = [card["title"] for card in cards]
    best, said = verdict(scores, titles.index(one["right"]) if one["right"] else None)
    card = "none" if best is None else titles[best]
    return {"card": card, "points": max(scores), "verdict": said, "told": f"{card}, {max(scores)}, {said}"}


def on_a_page(table: Mapping[str, Any], four: Sequence[Posed]) -> list[Card]:
    """Return six cards in the order of the library: those that the questions need, and others that share no word; none if they don't fit."""
    needed = {one["right"] for one in four} | {handed(table["cards"], one)["card"] for one in four}
    strange = [
        card["title"]
        for card in table["cards"]
        if card["title"] not in {*needed, table["kept"]}
        and not any(points_by_stem(one["question"], _whole(card)) for one in four)
    ]
    chosen = {*needed - {"", "none"}}
    chosen |= {*strange[: CARDS - len(chosen)]}
    cards = [card for card in table["cards"] if card["title"] in chosen]
    titles = [card["title"] for card in cards]
    for one in four:
        right = titles.index(one["right"]) if one["right"] else None
        related = verdict([points_by_stem(one["question"], _whole(card)) for card in cards], right)[1]
        if related != handed(cards, one)["verdict"]:
            return []
    return cards if len(cards) == CARDS else []


def goes_together(table: Mapping[str, Any], four: Sequence[Posed], *, apart: bool) -> bool:
    """Return whether four questions fit on a page; ``apart``, if each has cards of its own, too."""
    cards = [{one["right"], handed(table["cards"], one)["card"]} - {"", "none"} for one in four]
    return (not apart or sum(map(len, cards)) == len(set().union(*cards))) and bool(on_a_page(table, four))


def first_four(table: Mapping[str, Any]) -> tuple[Posed, ...]:
    """Return the first question of each kind that go together, if possible with cards of their own."""
    kinds = [table[kind] for kind in KINDS]
    return next(four for apart in (True, False) for four in product(*kinds) if goes_together(table, four, apart=apart))
