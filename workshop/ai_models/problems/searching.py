"""Exercises on search: count shared words, compare directions, fuse two rankings, compute the cost of checking sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot
from typing import Any, TypeVar

from workshop.ai_models.problems.variants import draw, is_clear, pick, whole
from workshop.ai_models.toys.keyword import content_words
from workshop.ai_models.toys.retrieval import fuse
from workshop.model.exhibits import Worked
from workshop.wording.formats import listed, number, percent, ratio

Thing = TypeVar("Thing")

# Question, near card, far card; all three have integer lengths, so that roots need no calculator
TRIPLE = ((3, 4), (4, 3), (0, 5))
# Legs of right triangles with an integer hypotenuse
LEGS = ((3, 4), (6, 8), (5, 12), (8, 15), (9, 12), (7, 24), (15, 20), (12, 16))
# Constant of the fusion, places of the first card, places of the second
FUSION = (1, (1, 3), (2, 2))
# Answers per week, share of them with the right page in the context, minutes to open a source, sample size
OFFICE = (400, 0.92, 3, 50)


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
    example = draw(rng, facts["examples"][0], lambda rng: _other_cards(rng, facts["examples"]))
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
        {"question": example["question"], "paraphrase": paraphrase, "cards": cards},
        {
            "scores": scores,
            "paraphrase": [len(_shared(paraphrase, card)) for card in cards],
            "card": best,
            "cards": [card["title"] for card in cards],
            "stray": listed(stray) or "none",
        },
        tuple(f"{card['title']}: {listed(words) or 'no word'}" for card, words in zip(cards, shared, strict=True)),
    )


def _other_cards(rng: Any, examples: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return a question with its best card and two cards of any question, each of which shares fewer words with it."""
    example = pick(rng, examples)
    best = max(example["cards"], key=lambda card: len(_shared(example["question"], card)))
    others = [card for other in examples for card in other["cards"] if card["title"] != best["title"]]
    two = [others[int(place)] for place in rng.permutation(len(others))[:2]]
    most = max(len(_shared(example["question"], card)) for card in two)
    fits = two[0]["title"] != two[1]["title"] and most < len(_shared(example["question"], best))
    return {"question": example["question"], "cards": [best, *two]} if fits else None


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
    question, near, far = draw(rng, TRIPLE, _arrows)
    first, second = _dealt(rng, (near, far))
    found = [_cosine(question, card) for card in (first, second)]
    return Worked(
        {"question": str(question), "a": str(first), "b": str(second)},
        {
            "a": found[0][0],
            "b": found[1][0],
            "card": "A" if first == near else "B",
            "added": listed([ratio(_dot(question, card) / (sum(question) * sum(card))) for card in (first, second)]),
        },
        tuple(f"{name}: {working}" for name, (_, working) in zip("AB", found, strict=True)),
        (found[0][0] - 0.01, found[0][0] + 0.01),
    )


Arrow = tuple[int, int]


def _arrows(rng: Any) -> tuple[Arrow, Arrow, Arrow] | None:
    """Return a question, a near card and a far card of the same integer length."""
    a, b = pick(rng, LEGS)
    length = round(hypot(a, b))
    same = [legs for p, q in LEGS if round(hypot(p, q)) == length for legs in ((p, q), (q, p))]
    arrows = [*same, (length, 0), (0, length)]
    question, *cards = (arrows[int(place)] for place in rng.permutation(len(arrows))[:3])
    far, near = sorted(cards, key=lambda card: _dot(question, card))
    shares = [_dot(question, card) / length**2 for card in (far, near)]
    apart = shares[1] - shares[0] > 0.05 and all(is_clear(share, 2) for share in shares)
    return (question, near, far) if apart and length <= 25 else None


def _dot(p: tuple[int, int], q: tuple[int, int]) -> int:
    return p[0] * q[0] + p[1] * q[1]


def _cosine(p: tuple[int, int], q: tuple[int, int]) -> tuple[float, str]:
    product, lengths = _dot(p, q), hypot(*p) * hypot(*q)
    working = f"({p[0]} · {q[0]} + {p[1]} · {q[1]}) / ({hypot(*p):.0f} · {hypot(*q):.0f}) = {product} / {lengths:.0f}"
    return product / lengths, f"{working} = {ratio(product / lengths)}"


def fuse_rankings(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:  # noqa: ARG001 - likewise
    """Fuse two rankings of three out of four cards, of which two are in both.

    On the standard sheet one card is first and third, another one second in both.

    Args:
        rng: deals the letters, and draws the constant and the places.
        level: not used.
        facts: not used.

    Returns:
        ``given.keyword`` and ``given.embedding`` (texts), ``given.constant``, ``given.first`` and
        ``given.second`` (the cards in both); ``answer.first``, ``answer.second``, ``answer.others`` (of the two that are
        in only one ranking), ``answer.card``; a line of working per card, those two last.
    """
    names = _dealt(rng, "ABCD")
    constant, first, second = draw(rng, FUSION, _fusion)
    keyword, embedding = (_ranking(*places) for places in ((first[0], second[0], 3), (first[1], second[1], 2)))
    scores = fuse([keyword, embedding], constant)
    best = max(scores, key=lambda card: scores[card])
    rankings = {
        way: ", ".join(names[card] for card in order) for way, order in (("keyword", keyword), ("embedding", embedding))
    }
    return Worked(
        {**rankings, "constant": constant, "first": names[0], "second": names[1]},
        {"first": scores[0], "second": scores[1], "others": [scores[2], scores[3]], "card": names[best]},
        tuple(
            f"{names[card]}: {_parts(constant, places)} = {ratio(scores[card], 3)}"
            for card, places in enumerate((first, second, (embedding.index(2) + 1,), (keyword.index(3) + 1,)))
        ),
        (scores[0] - 0.005, scores[0] + 0.005),
    )


def _ranking(first: int, second: int, other: int) -> tuple[int, ...]:
    """Return the cards of a ranking of three in order: card 0 at the first place, card 1 at the second, another in between."""
    return tuple({first: 0, second: 1}.get(place, other) for place in (1, 2, 3))


def _parts(constant: int, places: tuple[int, ...]) -> str:
    """Return the sum of a card, with 0 for a ranking that doesn't name it."""
    return " + ".join([*(f"1/({constant} + {place})" for place in places), *["0"] * (2 - len(places))])


def _fusion(rng: Any) -> tuple[int, tuple[int, int], tuple[int, int]] | None:
    """Return a constant and the places of two cards in both rankings, without a tie."""
    keyword, embedding = (1 + rng.permutation(3)[:2] for _ in range(2))
    first, second = ((int(a), int(b)) for a, b in zip(keyword, embedding, strict=True))
    constant = whole(rng, 1, 9)
    scores = [sum(1 / (constant + place) for place in places) for places in (first, second)]
    best = max(scores)
    fits = abs(scores[0] - scores[1]) > 0.004 and best > 1 / (constant + 1) + 0.004
    fits = fits and all(is_clear(score, 3) for score in scores)
    return (constant, first, second) if fits else None


# Place of the right card for each of five questions, 0 if it wasn't found
PLACES: tuple[int, ...] = (1, 2, 0, 4, 1)


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
    places = draw(rng, PLACES, _five_places)
    n = len(places)
    first, third = (sum(0 < place <= k for place in places) for k in (1, 3))
    reciprocal = [1 / place if place else 0.0 for place in places]
    mrr = sum(reciprocal) / n
    return Worked(
        {"places": [str(place) if place else "none" for place in places], "n": n},
        {"first": first / n, "third": third / n, "mrr": mrr},
        (
            f"first place: {first} of {n}, {percent(first / n)}",
            f"within the first three: {third} of {n}, {percent(third / n)}",
            f"({' + '.join(ratio(value) for value in reciprocal)}) / {n} = {ratio(mrr)}",
        ),
    )


def _five_places(rng: Any) -> tuple[int, ...] | None:
    """Return five places, one or two of them missing, at least one first and one too low; one over each place is a short decimal."""
    places = tuple((1, 2, 4, 5, 8, 10, 0)[int(place)] for place in rng.integers(7, size=5))
    low = sum(place > 3 for place in places)
    fits = 1 <= places.count(0) <= 2 and 1 in places and 1 <= low <= 2
    return places if fits and is_clear(sum(1 / place for place in places if place) / 5, 2) else None


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
    answers, found, minutes, sample = draw(rng, OFFICE, _office)
    wrong, hours, seen = round(answers * (1 - found)), answers * minutes / 60, sample * (1 - found)
    missed = percent(1 - found)
    return Worked(
        {"answers": answers, "found": found, "minutes": minutes, "sample": sample},
        {"wrong": wrong, "hours": hours, "seen": seen},
        (
            f"{missed} of {answers} = {wrong}",
            f"{answers} × {minutes} / 60 = {number(hours)} hours",
            f"{missed} of {sample} = {number(seen)}",
        ),
        (wrong, wrong),
    )


def _office(rng: Any) -> tuple[int, float, int, int] | None:
    """Return an office whose wrong answers are a whole number, and whose sample has at most one decimal."""
    answers, found = whole(rng, 200, 900, 50), whole(rng, 84, 96) / 100
    minutes, sample = whole(rng, 2, 6), whole(rng, 20, 80, 10)
    fits = all(round(value, 6) % 1 == 0 for value in (answers * (1 - found), answers * minutes / 60))
    return (answers, found, minutes, sample) if fits else None
