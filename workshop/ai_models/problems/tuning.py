"""Stages 1, 3 and 4 on paper: near-copies by hand, a table of counts that is tuned, from a tally to a reward gap and to a policy."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from math import log2
from typing import Any

from workshop.ai_models.problems.variants import draw, is_clear, pick, whole
from workshop.model.exhibits import Chart, ChartKind, Honesty, Series, Worked
from workshop.wording.formats import bits, count, number, percent, points, ratio

# After a question: how often a question followed, how often an answer followed, answers added by tuning
COUNTS = (6, 2, 8)
# Side of a square weight matrix, rank of the update
RANKS = (1000, 4)
ROWS_ON_PAPER = (0, 5, 20, 150)


def tune_counts(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Add answers to a row of counts and see the share of answers rise; then find how many make three in four.

    The standard row is 6 questions and 2 answers with 8 answers added: 25% to 62.5%. Both levels are the same, and
    ``facts`` aren't used.
    """
    del level, facts
    questions, answers, added = draw(rng, COUNTS, _counts)
    total = questions + answers
    before, after = answers / total, (answers + added) / (total + added)
    needed = 3 * total - 4 * answers  # (answers + n) / (total + n) = 3/4
    return Worked(
        {"questions": questions, "answers": answers, "total": total, "added": added, "target": 0.75},
        {
            "before": before,
            "after": after,
            "answers": answers + added,
            "questions": questions,
            "total": total + added,
            "needed": needed,
        },
        (
            f"{answers} / {total}",
            f"({answers} + {added}) / ({total} + {added}) = {answers + added} / {total + added}",
            (
                f"If three in four are answered, the {questions} questions are one in four of {4 * questions}: "
                f"{3 * questions} answers are needed, and there are {answers}. {3 * questions} − {answers}"
            ),
        ),
        exhibit=_drawn((total, total + added), (answers, answers + added)),
    )


def _drawn(totals: tuple[int, int], answers: tuple[int, int]) -> Chart:
    """Draw what followed a question before and after, a square for each, with the answers marked."""
    rows = [
        f"{part} of {all_} {'is' if part == 1 else 'are'} answers, {percent(part / all_)}"
        for part, all_ in zip(answers, totals, strict=True)
    ]
    names = tuple(
        f"{when}: {percent(part / all_)}" for when, part, all_ in zip(("before", "after"), answers, totals, strict=True)
    )
    return Chart(
        ChartKind.SQUARES,
        title="What follows a question, before and after tuning",
        measure="A square for each line that followed a question: that an answer follows, not which",
        finding=f"Before tuning, {rows[0]}; after it, {rows[1]}",
        categories=names,
        series=(
            Series("another question", tuple(map(float, totals))),
            Series("an answer", tuple(map(float, answers))),
        ),
        unit="count",
        highlight=names,
        honesty=Honesty.ILLUSTRATIVE,
        basis="counts made up for the exercise",
    )


def _counts(rng: Any) -> tuple[int, int, int] | None:
    """Return counts of which both shares have at most one decimal."""
    questions, answers, added = whole(rng, 4, 24), whole(rng, 1, 12), whole(rng, 4, 20)
    total = questions + answers
    before, after = 100 * answers / total, 100 * (answers + added) / (total + added)
    easy = before % 1 == 0 and round(after * 10, 6) % 1 == 0
    return (questions, answers, added) if easy and 10 <= before < 45 and 45 < after < 75 else None


def read_trade(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Decide from the forgetting demo's table where to stop, and what continuing costs.

    Reads ``steps``, ``general.all``, ``dialogue.all`` and ``replay.general.all``; every number is used as printed
    (two decimals). There is only one version.
    """
    del rng, level
    places = [facts["steps"].index(step) for step in ROWS_ON_PAPER]
    rows = [
        (
            facts["steps"][i],
            round(facts["dialogue"]["all"][i], 2),
            round(facts["general"]["all"][i], 2),
            round(facts["replay"]["general"]["all"][i], 2),
        )
        for i in places
    ]
    start, end = rows[0], rows[-1]
    best = min(rows, key=lambda row: row[1])
    cost, full, replayed = best[2] - start[2], end[2] - start[2], end[3] - start[3]
    return Worked(
        {
            "rows": {
                str(number): {"step": step, "dialogue": d, "diary": g, "replay": r}
                for number, (step, d, g, r) in enumerate(rows, 1)
            },
            "last": end[0],
        },
        {"step": best[0], "cost": cost, "full": full, "replayed": replayed},
        (
            bits(best[1]),
            f"{bits(best[2])} − {bits(start[2])}",
            f"{bits(end[2])} − {bits(start[2])}",
            f"{bits(end[3])} − {bits(start[3])}",
        ),
    )


def low_rank(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compare the trained weights of a low-rank update B·A of a square matrix with tuning the whole matrix.

    A side of 1,000 at rank 4 gives 8,000 of 1,000,000 weights, 0.8%. The level and ``facts`` aren't used.
    """
    del level, facts
    side, rank = draw(rng, RANKS, _matrix)
    full, low = side * side, 2 * side * rank
    return Worked(
        {"side": side, "rank": rank},
        {"full": full, "low": low, "share": low / full, "break_even": side // 2},
        (
            f"{count(side)} × {count(side)} = {count(full)}",
            f"{count(side)} × {rank} + {rank} × {count(side)} = {count(low)}",
            f"{count(low)} / {count(full)} = {percent(low / full, 1)}",
        ),
    )


def _matrix(rng: Any) -> tuple[int, int] | None:
    """Return the side of a matrix and a rank whose share of the weights has one decimal in per cent."""
    side, rank = whole(rng, 400, 4000, 100), whole(rng, 2, 16)
    share = 200 * rank / side
    return (side, rank) if 0.2 <= share <= 4 and is_clear(share, 1) and round(share * 10, 6) % 1 == 0 else None


def style_or_fact(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Divide the abilities of a tuned model into those from the dialogues and those from earlier reading.

    Reads ``answers`` and ``right`` of ``base``, ``tuned`` and ``control`` of the fine-tuning demo; every share is
    used as printed (whole percent). There is only one version.
    """
    del rng, level
    rows = {
        name: {key: round(facts[name][key], 2) for key in ("answers", "right")} for name in ("base", "tuned", "control")
    }
    style = rows["tuned"]["answers"] - rows["base"]["answers"]
    fact = rows["tuned"]["right"] - rows["control"]["right"]
    return Worked(
        rows,
        {"style": style, "fact": fact},
        (
            f"{percent(rows['tuned']['answers'])} − {percent(rows['base']['answers'])} = {points(style)} points",
            f"{percent(rows['tuned']['right'])} − {percent(rows['control']['right'])} = {points(fact)} points",
        ),
    )


# Pairs of sentences in which the last word differs, or (level 2) a word in the middle
NEAR_COPIES = ("the cat sleeps in the box", "the cat sleeps in the bed")
CHANGED_INSIDE = ("the cat sleeps in the box", "the cat waits in the box")
SUBJECTS = (
    "the owl",
    "a frog",
    "the cat",
    "a child",
    "the crow",
    "a hamster",
    "my aunt",
    "the goat",
    "a wren",
    "our guest",
)
VERBS = ("sleeps", "waits", "sits", "sings", "rests", "eats", "hides", "stays")
WHERE = ("in the", "by the", "near the", "behind the", "under the", "beside the")
KINDS = ("", "", "old ", "long ", "red ", "small wooden ", "warm little ")
LOOKS = ("new", "dark", "wide", "quiet", "empty")
ENDINGS = ("all day", "at night", "each morning", "for an hour", "on warm days", "until it rains")
EDITS = ("last word", "word inside", "ending")
PLACES = ("box", "bed", "car", "park", "yard", "road", "house", "stairs", "sofa", "wall")
THRESHOLDS = (0.8, 0.6)
LEAST_LIKENESS = 0.3
# Billions of weights, trillions of tokens read, bits of a token
MODEL = (8, 15, 17)
WEIGHT_BITS = 16


def near_duplicates(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Score two sentences by the word pairs that they share, and judge them at two thresholds.

    Level 1 gives 4 of 6 = 0.667 (keep at 0.8, drop at 0.6); level 2 changes a word in the middle: 3 of 7 = 0.429. Other
    sheets have other sentences of six to eleven words; at level 1 all of them are kept at 0.8 and dropped at 0.6.
    ``facts`` aren't used.
    """
    del facts
    a, b = (NEAR_COPIES if level < 2 else CHANGED_INSIDE) if rng is None else _near_copies(rng, level)
    pairs_a, pairs_b = (list(dict.fromkeys(pairwise(text.split()))) for text in (a, b))
    shared = [pair for pair in pairs_a if pair in pairs_b]
    either = len({*pairs_a, *pairs_b})
    score = len(shared) / either
    usual, strict = (("drop" if score >= threshold else "keep") for threshold in THRESHOLDS)
    names = ", ".join(f"“{one} {other}”" for one, other in shared)
    first, second = (" ".join(pair) for pair in pairs_a[:2])
    return Worked(
        {"a": a, "b": b, "threshold": THRESHOLDS[0], "strict": THRESHOLDS[1], "first": first, "second": second},
        {
            "of_a": len(pairs_a),
            "of_b": len(pairs_b),
            "shared": len(shared),
            "either": either,
            "score": score,
            "verdict": usual,
            "strict_verdict": strict,
            "hundred": round(100 * score),
            "words": _single_words(a, b),
            "pairs": names,
        },
        (
            f"Both have {names}: {len(shared)} pairs",
            f"{len(pairs_a)} + {len(pairs_b)} − {len(shared)} = {either} different pairs in all",
            f"{len(shared)} / {either}",
        ),
    )


def _near_copies(rng: Any, level: int) -> tuple[str, str]:
    """Return two sentences, one of which has another last word, one more word inside, or more words at its end; level 2: and another verb."""

    def make(rng: Any) -> tuple[str, str] | None:
        subject, where, kind = (pick(rng, options) for options in (SUBJECTS, WHERE, KINDS))
        verbs, places, looks = (rng.permutation(options)[:2].tolist() for options in (VERBS, PLACES, LOOKS))
        edit = pick(rng, EDITS if level < 2 else (*EDITS, "verb alone"))
        a = f"{subject} {verbs[0]} {where} {kind}{places[0]}"
        b = " ".join(
            (
                subject,
                verbs[level > 1],
                where,
                f"{looks[0]} " * (edit == "word inside") + kind + places[edit == "last word"],
                *((pick(rng, ENDINGS),) if edit == "ending" else ()),
            )
        )
        low, high = THRESHOLDS[::-1] if level < 2 else (LEAST_LIKENESS, THRESHOLDS[1])
        return pick(rng, ((a, b), (b, a))) if low <= _likeness(a, b) < high else None

    return draw(rng, NEAR_COPIES if level < 2 else CHANGED_INSIDE, make)


def _likeness(a: str, b: str) -> float:
    one, two = ({*pairwise(text.split())} for text in (a, b))
    return len(one & two) / len(one | two)


def _single_words(a: str, b: str) -> dict[str, float]:
    """Return the same similarity for single words."""
    one, two = set(a.split()), set(b.split())
    shared, either = len(one & two), len(one | two)
    return {"shared": shared, "either": either, "score": shared / either}


def bits_a_token(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Compare the bits that a model has for each token it read with those needed to store the token.

    Eight billion weights of 16 bits and 15 trillion tokens leave 0.0085 bits per token; one of 131,072 tokens takes 17.
    Both levels are the same, and ``facts`` aren't used.
    """
    del level, facts
    weights, tokens, token_bits = draw(rng, MODEL, _model)
    room = round(_room(weights, tokens), 4)
    vocabulary = 2**token_bits
    each = log2(vocabulary)
    return Worked(
        {"weights": weights, "tokens": tokens, "bits": WEIGHT_BITS, "vocabulary": vocabulary},
        {"room": room, "whole": each, "times": round(each / room)},
        (
            f"{weights} · 10⁹ · {WEIGHT_BITS} / ({tokens} · 10¹²) = {ratio(room, 4)}",
            f"log₂ {count(vocabulary)} = {number(each)}",
            f"{number(each)} / {ratio(room, 4)} = {count(round(each / room))}",
        ),
    )


def _room(weights: int, tokens: int) -> float:
    """Return the bits of weights per token, for billions of weights and trillions of tokens."""
    return weights * 1e9 * WEIGHT_BITS / (tokens * 1e12)


def _model(rng: Any) -> tuple[int, int, int] | None:
    weights, tokens, token_bits = whole(rng, 2, 20), whole(rng, 2, 30), whole(rng, 15, 18)
    room = round(_room(weights, tokens), 4)
    fits = 0.004 < room < 0.02 and is_clear(_room(weights, tokens), 4) and is_clear(token_bits / room, 0)
    return (weights, tokens, token_bits) if fits else None


# The odds in the small table of logarithms, besides the room's own
ODDS = (2.0, 3.0, 1.5, 4.0)
BETAS = {"half": 0.5, "one": 1.0, "two": 2.0}
PULL = (9, 3)
MOST_PICKS = 60


def reward_gap(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Turn one of the room's own rounds into the gap between two rewards, the natural logarithm of the odds.

    Reads ``contest`` of the votes demo. The givens include a small table of logarithms with these odds. From an even start,
    the assistant then gives the answers in proportion to the picks. ``rng`` isn't used, since there is only one room, and both
    levels are the same.
    """
    del rng, level
    contest = facts["contest"]
    most, least = contest["most"], contest["least"]
    odds, share = most / least, most / (most + least)
    others = [other for other in ODDS if abs(other - odds) > odds / 10]
    listed = sorted([1.0, odds, *others[:3]])
    gap = math.log(odds)
    return Worked(
        {
            "round": contest["round"],
            "winner": contest["winner"],
            "loser": contest["loser"],
            "most": most,
            "least": least,
            "table": {str(i): {"odds": o, "ln": math.log(o)} for i, o in enumerate(listed, 1)},
        },
        {"odds": odds, "gap": gap, "swapped": -gap, "even": 0, "share": share},
        (
            f"{most} / {least} = {ratio(odds)}",
            f"ln {ratio(odds)}",
            f"odds {least} / {most} = {ratio(least / most)}",
            f"{most} / {most + least}",
        ),
    )


def policy_pull(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Turn a tally into the shares of a policy that starts even, for three strengths of the hold: loose, usual, tight.

    From an even start, the ratio of the shares is the odds to the power of 1 / beta: 9 to 3 gives 0.90, 0.75 and 0.63 at beta
    1/2, 1 and 2. Both levels are the same, and ``facts`` aren't used.
    """
    del level, facts
    a, b = draw(rng, PULL, _tally)
    odds = a / b
    root = ratio(math.sqrt(odds))
    shares = {name: odds ** (1 / beta) / (1 + odds ** (1 / beta)) for name, beta in BETAS.items()}
    return Worked(
        {"a": a, "b": b, "odds": odds, "root": math.sqrt(odds)},
        {**shares, "squared": odds**2},
        (
            f"{number(odds)} to 1, so {number(odds)} / {number(odds + 1)}",
            f"{number(odds)}² = {number(odds**2)} to 1, so {number(odds**2)} / {number(odds**2 + 1)}",
            f"√{number(odds)} = {root} to 1, so {root} / {ratio(math.sqrt(odds) + 1)}",
        ),
    )


def _tally(rng: Any) -> tuple[int, int] | None:
    """Return picks of A and of B whose odds have one decimal."""
    a, b = whole(rng, 4, MOST_PICKS), (2, 5, 10, 15, 20)[whole(rng, 0, 4)]
    odds = a / b
    shares = [odds**power / (1 + odds**power) for power in (2, 1, 0.5)]
    fits = 1.2 <= odds <= 8 and odds % 1 > 0 and round(odds * 10, 6) % 1 == 0 and is_clear(math.sqrt(odds), 2)
    return (a, b) if fits and all(is_clear(share, 2) for share in shares) else None
