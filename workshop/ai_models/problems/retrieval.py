"""Exercises on search: count shared words, compare directions, fuse two rankings, compute the cost of checking sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot
from typing import Any, TypeVar

from workshop.ai_models.parts.keyword import content_words
from workshop.ai_models.parts.search import fuse
from workshop.ai_models.problems.variants import pick
from workshop.model.exhibits import Frozen, Worked
from workshop.wording.formats import listed, number, percent, ratio

Thing = TypeVar("Thing")

# Question, near card, far card; all three have integer lengths, so that roots need no calculator
TRIPLES = (((3, 4), (4, 3), (0, 5)), ((4, 3), (3, 4), (5, 0)), ((6, 8), (8, 6), (10, 0)), ((8, 6), (6, 8), (0, 10)))
CONSTANT = 1
# Answers per week, share of them with the right page in the context, minutes to open a source, sample size
OFFICES = ((400, 0.92, 3, 50), (600, 0.95, 2, 40), (300, 0.9, 4, 20))


def shared_words(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:  # noqa: ARG001 - every problem is called alike
    """Score three cards by their words in common with a question, then with a paraphrase that shares none.

    Args:
        rng: draws the question among the run's examples, and deals the cards; ``None`` is the standard sheet.
        level: not used.
        facts: of a run of ``retrieval``.

    Returns:
        ``given.question``, ``given.paraphrase``, ``given.cards[0…2].title`` and ``.text``;
        ``answer.scores[0…2]``, ``answer.paraphrase[0…2]``, ``answer.card``, ``answer.stray`` (words shared with other
        cards, each with its card), and one line of working per card.
    """
    example = pick(rng, facts["examples"])
    cards = _dealt(rng, example["cards"])
    paraphrase = facts["asked"]["question"]
    shared = [_shared(example["question"], card) for card in cards]
    scores = [len(words) for words in shared]
    best = cards[max(range(len(cards)), key=lambda place: scores[place])]["title"]
    stray = [
        f"“{word}” in {card['title']}"
        for card, words in zip(cards, shared, strict=True)
        for word in words
        if card["title"] != best
    ]
    return Worked(
        Frozen({"question": example["question"], "paraphrase": paraphrase, "cards": cards}),
        {
            "scores": scores,
            "paraphrase": [len(_shared(paraphrase, card)) for card in cards],
            "card": best,
            "stray": listed(stray) or "none",
        },
        tuple(f"{card['title']}: {listed(words) or 'no word'}" for card, words in zip(cards, shared, strict=True)),
    )


def _dealt(rng: Any, things: Sequence[Thing]) -> list[Thing]:
    """Return the things in a random order; on the standard sheet the second comes first."""
    order = [1, 0, *range(2, len(things))] if rng is None else rng.permutation(len(things))
    return [things[int(place)] for place in order]


def _shared(question: str, card: Mapping[str, str]) -> list[str]:
    return sorted(set(content_words(question)) & set(content_words(f"{card['title']} {card['text']}")))


def cosine(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:  # noqa: ARG001 - likewise
    """Find out which of two cards points more nearly in the direction of a question.

    Args:
        rng: draws the vectors and which card comes first.
        level: not used.
        facts: not used.

    Returns:
        ``given.question``, ``given.a``, ``given.b`` as texts "(3, 4)"; ``answer.a``, ``answer.b`` (cosines),
        ``answer.card`` ("A" or "B"), ``answer.added`` (the result if the two numbers are added for a length, as text),
        and one line of working per card.
    """
    question, near, far = pick(rng, TRIPLES)
    first, second = _dealt(rng, (near, far))
    found = [_cosine(question, card) for card in (first, second)]
    return Worked(
        Frozen({"question": str(question), "a": str(first), "b": str(second)}),
        {
            "a": found[0][0],
            "b": found[1][0],
            "card": "A" if first == near else "B",
            "added": listed([ratio(_dot(question, card) / (sum(question) * sum(card))) for card in (first, second)]),
        },
        tuple(f"{name}: {working}" for name, (_, working) in zip("AB", found, strict=True)),
        (found[0][0] - 0.01, found[0][0] + 0.01),
    )


def _dot(p: tuple[int, int], q: tuple[int, int]) -> int:
    return p[0] * q[0] + p[1] * q[1]


def _cosine(p: tuple[int, int], q: tuple[int, int]) -> tuple[float, str]:
    product, lengths = _dot(p, q), hypot(*p) * hypot(*q)
    working = f"({p[0]} · {q[0]} + {p[1]} · {q[1]}) / ({hypot(*p):.0f} · {hypot(*q):.0f}) = {product} / {lengths:.0f}"
    return product / lengths, f"{working} = {ratio(product / lengths)}"


def fuse_rankings(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:  # noqa: ARG001 - likewise
    """Fuse two rankings of four cards; one card is first and third, another one second in both.

    Args:
        rng: deals the letters.
        level: not used.
        facts: not used.

    Returns:
        ``given.keyword`` and ``given.embedding`` (texts), ``given.constant``, ``given.first`` (ranks 1 and 3),
        ``given.second`` (ranks 2 and 2); ``answer.first``, ``answer.second``, ``answer.others`` (of the two that are
        in only one ranking), ``answer.card``; a line of working per card, those two last.
    """
    names = _dealt(rng, "ABCD")
    keyword, embedding = (0, 1, 3), (2, 1, 0)
    scores = fuse([keyword, embedding], CONSTANT)
    best = max(scores, key=lambda card: scores[card])
    rankings = {
        way: ", ".join(names[card] for card in order) for way, order in (("keyword", keyword), ("embedding", embedding))
    }
    return Worked(
        Frozen({**rankings, "constant": CONSTANT, "first": names[0], "second": names[1]}),
        {"first": scores[0], "second": scores[1], "others": [scores[2], scores[3]], "card": names[best]},
        (
            f"{names[0]}: 1/(1 + 1) + 1/(1 + 3) = {ratio(scores[0], 3)}",
            f"{names[1]}: 1/(1 + 2) + 1/(1 + 2) = {ratio(scores[1], 3)}",
            f"{names[2]}: 1/(1 + 1) + 0 = {ratio(scores[2], 3)}",
            f"{names[3]}: 1/(1 + 3) + 0 = {ratio(scores[3], 3)}",
        ),
        (scores[0] - 0.005, scores[0] + 0.005),
    )


# Place of the right card for each of five questions, 0 if it wasn't found; all rows give different shares
PLACES = ((1, 2, 0, 4, 1), (1, 0, 2, 5, 1), (2, 1, 4, 0, 1), (4, 1, 1, 2, 0))


def rank_scores(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:  # noqa: ARG001 - likewise
    """Compute recall at 1, recall at 3 and the mean reciprocal rank of five questions.

    Standard: places 1, 2, none, 4, 1: recall at 1 is 0.40, at 3 0.60, mean reciprocal rank 0.55.

    Args:
        rng: draws the places.
        level: not used.
        facts: not used.

    Returns:
        ``given.places[0…4]`` (texts, "none" if the card wasn't found); ``answer.first``, ``answer.third``,
        ``answer.mrr``, and a line of working for each.
    """
    places = pick(rng, PLACES)
    n = len(places)
    first, third = (sum(0 < place <= k for place in places) for k in (1, 3))
    reciprocal = [1 / place if place else 0.0 for place in places]
    mrr = sum(reciprocal) / n
    return Worked(
        Frozen({"places": [str(place) if place else "none" for place in places], "n": n}),
        {"first": first / n, "third": third / n, "mrr": mrr},
        (
            f"first place: {first} of {n}, {percent(first / n)}",
            f"within the first three: {third} of {n}, {percent(third / n)}",
            f"({' + '.join(ratio(value) for value in reciprocal)}) / {n} = {ratio(mrr)}",
        ),
    )


def source_checks(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:  # noqa: ARG001 - likewise
    """Compute the cost of checking sources: wrong answers per week, hours to check all, expected wrong ones in a sample.

    Args:
        rng: draws the office.
        level: not used.
        facts: not used.

    Returns:
        ``given.answers`` per week, ``given.found`` (share with the right page), ``given.minutes`` per check,
        ``given.sample``; ``answer.wrong``, ``answer.hours``, ``answer.seen``, and a line of working each.
    """
    answers, found, minutes, sample = pick(rng, OFFICES)
    wrong, hours, seen = round(answers * (1 - found)), answers * minutes / 60, sample * (1 - found)
    missed = percent(1 - found)
    return Worked(
        Frozen({"answers": answers, "found": found, "minutes": minutes, "sample": sample}),
        {"wrong": wrong, "hours": hours, "seen": seen},
        (
            f"{missed} of {answers} = {wrong}",
            f"{answers} × {minutes} / 60 = {number(hours)} hours",
            f"{missed} of {sample} = {number(seen)}",
        ),
        (wrong, wrong),
    )
