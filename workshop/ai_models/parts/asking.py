"""Questions for a library that comes without any, search in a language without embeddings, and whether a card is right.

The word vectors come from an English dictionary. A library whose words it doesn't have is searched by shared words alone,
and the slides say nothing about meaning.

    >>> titles(["Business travel", "Complaints"], ["trains and hotels", "every complaint and all complaints"])
    ['Complaints', 'Business travel']
    >>> titles(["One", "Two"], ["a train, a hotel, a train", "the hotel"])
    ['train hotel', 'hotel']
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from workshop.ai_models.parts.keyword import KeywordIndex, content_words
from workshop.ai_models.parts.search import NOT_FOUND, Answer, ranked, sentences_of
from workshop.ai_models.parts.search_exhibits import SHOWN
from workshop.inputs.library import MOST, WORD, Documents, Questions, columns
from workshop.inputs.texts import shortened
from workshop.model.exhibits import Chart, ChartKind, Series
from workshop.wording.formats import ratio


def titles(names: Sequence[str], cards: Sequence[str], known: Collection[str] | None = None) -> list[str]:
    """Return titles to use as questions, at least one; titles with two or more words from the cards come first.

    If no card has a word of any title, the question for each card is its two most frequent words.

    Args:
        names: the title of each card, which isn't part of the card.
        known: words that the search has embeddings for; all words of the cards if ``None``.
    """
    counts = [Counter(content_words(card)) for card in cards]
    words = {word for count in counts for word in count if known is None or word in known}
    found = {name: len(words & set(content_words(name))) for name in names}
    if any(found.values()):
        return sorted(found, key=lambda name: -min(found[name], 2))
    topics = [_topic([word for word, _ in count.most_common() if word in words]) for count in counts]
    return [topic for topic in topics if topic] or list(names)


def _topic(words: Sequence[str]) -> str:
    """Return the first two pronounceable words: no address, and no sentence in a script without spaces."""
    spoken = [word for word in words if columns(word) <= WORD][:2]
    return " ".join(spoken if columns("".join(spoken)) <= MOST - 1 else spoken[:1])


def by_shared_words(question: str, cards: Sequence[str], library: Documents) -> Answer:
    """Rank the cards by shared words, and quote the best one's best sentence; both scores of the answer are the keyword score."""
    shared = KeywordIndex.of(cards).scores(question)
    order = ranked(shared)
    if not order:
        return Answer(question=question, order=[0], near=shared, shared=shared, said=NOT_FOUND)
    best = library.items[order[0]]
    sentences = sentences_of(best.text)
    quote = sentences[int(KeywordIndex.of(sentences).scores(question).argmax())]
    return Answer(
        question=question, order=order, near=shared, shared=shared, said=f"“{shortened(quote)}” ({best.title})"
    )


def keyword_chart(answer: Answer, library: Documents) -> Chart:
    """The cards by their words in common with a question, if words have no embeddings."""
    cards = answer.nearest[:SHOWN]
    titles = tuple(library.items[card].title for card in cards)
    found = answer.shared.any()
    first = f"{titles[0]} comes first with {ratio(answer.shared[cards[0]])}"
    return Chart(
        ChartKind.BAR,
        title=f"Cards that share words with “{answer.question}”",
        measure=f"Keyword score of each card for “{answer.question}”: 0 where no word is shared",
        finding=f"{first}, then {titles[1]} with {ratio(answer.shared[cards[1]])}"
        if found
        else "No card shares a word",
        series=(Series("keyword score", tuple(float(answer.shared[card]) for card in cards)),),
        categories=titles,
        x_label="keyword score",
        highlight=titles[:1] if found else (),
        basis=f"{len(library.items)} cards, searched by shared words",
        y_min=0,
        y_max=None if found else 1,
    )


def judged(asked: Answer, questions: Questions | None, library: Documents) -> dict[str, Any]:
    """Return whether a card was quoted, and whether it is the one that the questions name or whose title was the question."""
    best = library.items[asked.order[0]]
    named = {q.text: q.document for q in questions.matched(library)} if questions else {}
    titled = {card.title: card.id for card in library.items}
    right = named.get(asked.question) or titled.get(asked.question) or best.id
    title = next(card.title for card in library.items if card.id == right)
    return {"found": asked.said != NOT_FOUND, "right": title, "wrong": right != best.id}
