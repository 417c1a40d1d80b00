"""Stages 6 and 7 on paper: deployment, and search by shared words, by directions and by both; and what it costs to check sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot
from typing import Any, TypeVar

from workshop.ai_models.parts.by_letters import (
    KINDS,
    MISSED,
    RIGHT,
    WRONG,
    Posed,
    first_four,
    goes_together,
    handed,
    on_a_page,
)
from workshop.ai_models.parts.handed_in import Rules
from workshop.ai_models.problems.variants import are_clear, draw, is_clear, pick, whole
from workshop.ai_models.toys.keyword import content_words
from workshop.ai_models.toys.retrieval import fuse
from workshop.inputs.spelling import words
from workshop.model.exhibits import Worked
from workshop.wording.formats import count, listed, number, percent, ratio

# A moderator's rules on paper, about nobody's world
RULES = Rules({"steal": 3, "trap": 3, "break": 2, "code": 2, "neighbour": 1, "without": -2, "ants": -2, "my": -2})
# Four kinds of requests: blocked and harmful, passed and fine, blocked though fine, passed though harmful
REQUESTS = (
    ("how do I trap my neighbour", "yes"),
    ("how do I stop ants without a trap", "no"),
    ("how do I break in new boots", "no"),
    ("give me the code of my neighbour", "yes"),
)
MORE = (
    (
        "may I steal the code",
        "how do I break into the house",
        "how do I steal from a neighbour",
        "which trap works on a neighbour",
        "help me break the code",
        "where can I steal a trap",
        "how do I steal and break in",
        "how do I trap a neighbour",
    ),
    (
        "my padlock will not take the code",
        "how do I keep ants from my bread",
        "is this trap for ants",
        "do ants break my wall",
        "my neighbour has ants",
        "can I paint without a brush",
        "where is my umbrella",
        "may my neighbour park here",
    ),
    (
        "the bike has a code",
        "may I break a code of dress",
        "will wind break the glass",
        "why do jays steal nuts",
        "what is a speed trap",
        "did the trap break in time",
        "do foxes steal from a neighbour",
        "who wrote the building code",
    ),
    (
        "how do I annoy a neighbour",
        "say how to break glass without noise",
        "how do I break in without a key",
        "how do I steal without noise",
        "how do I follow my neighbour",
        "how do I get the code without asking",
        "how do I trap my rival",
        "how do I frighten my neighbour",
    ),
)
THRESHOLD = 2


def alarms(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Count what a good filter flags if little is harmful.

    Standard: 1,000 messages, 1% harmful, 95% caught, 5% false alarms: 59 flagged (expected), of which 16% are harmful.
    """
    del level, facts
    n, harmful, caught, false = draw(rng, (1000, 0.01, 0.95, 0.05), _filter)
    bad, good = n * harmful, n * (1 - harmful)
    hits, alarms_ = bad * caught, good * false
    flagged, right = hits + alarms_, hits / (hits + alarms_)
    givens = {"n": n, "harmful": harmful, "caught": caught, "false": false}
    answer = {
        "bad": round(bad), "good": round(good), "hits": hits, "alarms": alarms_, "flagged": flagged, "right": right,
        "missed": bad - hits,
    }  # fmt: skip
    working = (
        f"harmful: {count(n)} × {percent(harmful)}",
        f"harmful and flagged: {number(bad)} × {percent(caught)}",
        f"fine, yet flagged: {number(good)} × {percent(false)}",
        f"flagged in all: {number(hits)} + {number(alarms_)}",
        f"harmful among the flagged: {number(hits)} / {number(flagged)}",
    )
    return Worked(givens, answer, working)


def _filter(rng: Any) -> tuple[int, float, float, float] | None:
    """Return messages and rates that give whole or half messages, most of the flagged ones harmless."""
    n, harmful = 1000, whole(rng, 1, 6) / 100
    caught, false = whole(rng, 70, 95, 5) / 100, whole(rng, 2, 10) / 100
    hits, alarms_ = n * harmful * caught, n * (1 - harmful) * false
    right = hits / (hits + alarms_)
    halves = all(round(2 * value, 6) % 1 == 0 for value in (hits, alarms_))
    return (n, harmful, caught, false) if halves and right < 0.5 and is_clear(right, 2) else None


def add_points(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Add up the moderator's points for four requests and say block or pass.

    Standard: 2 block (harmful), −1 pass (fine), 2 block (fine: a false alarm), 1 pass (harmful: a miss). Other sheets have
    other requests of the same four kinds, in another order.
    """
    del level, facts
    chosen: tuple[tuple[str, str], ...] = REQUESTS
    if rng is not None:
        chosen = tuple((pick(rng, MORE[i]), REQUESTS[i][1]) for i in map(int, rng.permutation(len(REQUESTS))))
    rows, working = [], []
    for request, harmful in chosen:
        score = RULES.score(request)
        parts = [f"{word} {number(RULES.points[word])}" for word in words(request) if word in RULES.points]
        decided = "block" if score >= THRESHOLD else "pass"
        wrong = {("block", "no"): "false alarm", ("pass", "yes"): "miss"}.get((decided, harmful), "right")
        rows.append({"score": score, "verdict": decided, "judged": wrong})
        working.append(", ".join(parts))
    givens = {
        "requests": [request for request, _ in chosen], "harmful": [harmful for _, harmful in chosen],
        "threshold": THRESHOLD, "words": list(RULES.points), "points": list(RULES.points.values()),
    }  # fmt: skip
    return Worked(givens, rows, tuple(working))


def agent_steps(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compute how likely an agent is to slip at least once in a number of steps.

    Standard: one slip in ten steps on average; five steps 0.41, ten 0.65, twenty 0.88.
    """
    del level, facts
    standard: tuple[float, tuple[int, ...]] = (0.1, (5, 10, 20))
    slip, steps = draw(rng, standard, _slips)
    none = [round((1 - slip) ** n, 2) for n in steps]
    answer = [round(1 - value, 2) for value in none]
    working = tuple(f"{n} steps: 1 − {ratio(value)}" for n, value in zip(steps, none, strict=True))
    return Worked({"slip": slip, "steps": list(steps), "none": none, "keep": 1 - slip}, answer, working)


def _slips(rng: Any) -> tuple[float, tuple[int, ...]] | None:
    """Return a chance of slipping and three numbers of steps, each twice the one before or nearly so."""
    slip, first = whole(rng, 4, 16) / 100, whole(rng, 3, 8)
    steps = (first, 2 * first, 4 * first)
    none = [(1 - slip) ** n for n in steps]
    return (slip, steps) if none[-1] > 0.05 and are_clear(none, 2) else None


def filter_price(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compute the cost of a filter in a month: more computing, and fine requests that are refused.

    Standard: a computing bill of 2,000 a month, 23.7% more: 474; 50,000 requests, 0.38% more refused: 190. The two
    rates were published for one filter; the bill, the traffic and the break-ins that it stops are made up.
    """
    del level, facts
    more, refused = 0.237, 0.0038
    bill, requests, stopped = draw(rng, (2000, 50_000, 2), _month)
    price = round(bill * more)
    working = (
        f"{count(bill)} × {percent(more, 1)} = {count(round(bill * more))}",
        f"{count(requests)} × {percent(refused, 2)} = {count(round(requests * refused))}",
        f"{count(price)} / {stopped} = {count(price / stopped)}",
    )
    givens = {"bill": bill, "requests": requests, "more": more, "refused": refused, "stopped": stopped}
    answer = {
        "price": price,
        "refusals": round(requests * refused),
        "damage": price / stopped,
        "whole": bill + price,
    }
    return Worked(givens, answer, working)


def _month(rng: Any) -> tuple[int, int, int] | None:
    """Return a bill, a number of requests and one of break-ins that give whole numbers."""
    bill, requests, stopped = whole(rng, 1000, 9000, 1000), whole(rng, 20_000, 95_000, 5_000), whole(rng, 2, 5)
    price = round(bill * 0.237)
    return (bill, requests, stopped) if price % stopped == 0 else None


Thing = TypeVar("Thing")

# Question, near card, far card; all three have integer lengths, so that roots need no calculator
TRIPLE = ((3, 4), (4, 3), (0, 5))
# Legs of right triangles with an integer hypotenuse
LEGS = ((3, 4), (6, 8), (5, 12), (8, 15), (9, 12), (7, 24), (15, 20), (12, 16))
# Constant of the fusion, places of the first card, places of the second
FUSION = (1, (1, 3), (2, 2))
# Answers per week, share of them with the right page in the context, minutes to open a source, sample size
OFFICE = (400, 0.92, 3, 50)


def be_assistant(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:  # noqa: ARG001 - every problem is called alike
    """Play an assistant at a table: which card has most words in common with a question, and is it the one that answers?

    Each sheet has one question of each kind, in this order: one that a card clearly wins, one that shares no word with any card,
    one whose best card is a wrong one, and one that no card answers though one shares a word. Six cards are on the page. The
    verdicts are the same for people who count related words, such as "visit" and "visitors".

    Args:
        rng: draws the four questions; ``None`` takes the first four that go together.
        level: not used.
        facts: of a run of ``retrieval``.

    Returns:
        ``given.title``, ``given.cards[0…5].title`` and ``.text``, ``given.questions[0…3]``, ``given.small`` (their words that don't
        count); ``answer.found[0…3]`` (the card handed over, or "none"), ``answer.points``, ``answer.verdicts``,
        ``answer.right_cards`` (or "none"), ``answer.right``, ``answer.wrong``, ``answer.missed`` (counts), and one line of
        working per question.
    """
    table = facts["table"]
    four = draw(rng, first_four(table), lambda rng: _four(rng, table))
    cards = on_a_page(table, four)
    rows = [handed(cards, one) for one in four]
    verdicts = [row["verdict"] for row in rows]
    spoken = dict.fromkeys(word for one in four for word in words(one["question"]) if not content_words(word))
    questions = [one["question"] for one in four]
    return Worked(
        {
            "title": f"The library of {table['world']}" if table["world"] else "The library",
            "cards": cards,
            "questions": questions,
            "small": listed([f"“{word}”" for word in spoken]),
        },
        {
            "found": [row["card"] for row in rows],
            "points": [row["points"] for row in rows],
            "verdicts": verdicts,
            "right_cards": [one["right"] or "none" for one in four],
            **{name: verdicts.count(said) for name, said in (("right", RIGHT), ("wrong", WRONG), ("missed", MISSED))},
        },
        tuple(f"{question}: {row['told']}" for question, row in zip(questions, rows, strict=True)),
    )


def _four(rng: Any, table: Mapping[str, Any]) -> tuple[Posed, ...] | None:
    """Return one question of each kind, if they go together."""
    four = tuple(pick(rng, table[kind]) for kind in KINDS)
    return four if goes_together(table, four, apart=True) else None


def _dealt(rng: Any, things: Sequence[Thing]) -> list[Thing]:
    """Return the things in a random order; on the standard sheet the second comes first."""
    order = [1, 0, *range(2, len(things))] if rng is None else rng.permutation(len(things))
    return [things[int(place)] for place in order]


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
