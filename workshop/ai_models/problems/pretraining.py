"""Stage 2 on paper: count and measure, write with a die, pass the blame back; softmax, temperature, scaling laws."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import log2
from typing import Any

from workshop.ai_models.parts.next_words import rolls, written
from workshop.ai_models.problems.variants import are_clear, draw, is_clear, whole
from workshop.ai_models.toys.neural import softmax
from workshop.ai_models.toys.scaling import fitted
from workshop.ai_models.toys.temperature import sharpened
from workshop.ai_models.toys.trigram import END, START, Trigram
from workshop.inputs.spelling import words
from workshop.model.exhibits import Worked
from workshop.wording.formats import bits, number, ratio

FACES = 6
FOUR = 4  # sentences that a table writes
SHADED, EMPTY = "■", "□"
MOST_SENTENCES = 8  # of a round on a personal sheet, two on each line
# Input, weights and error for which a rate of 0.1 brings the guess nearer to its target with few digits
EASY_STEP = (2, 1.0, 0.5, -1)


def next_word(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:  # noqa: ARG001 - every problem is called alike
    """Count the votes after a stem in the first round, then turn one of them into a probability and into bits.

    Args:
        rng: draws another short round from the words of the run's own, if that is short too; the vocabulary stays the same.
        level: not used.
        facts: the facts of a run of ``trigram``.

    Returns:
        ``given.stem``, ``given.word``, ``given.title``, ``given.lines[0…3]`` (the sentences), ``given.words[0…2]``, ``given.vocabulary``;
        ``answer.counts[0…2]``, ``answer.total``, ``answer.p``, ``answer.bits``; ``answer.again.p`` and
        ``answer.again.bits`` after one more sentence with the same word.
    """
    first, size = facts["first"], facts["vocabulary"]["size"]
    first = draw(rng, first, lambda rng: _other_round(rng, facts))
    names = first["shown"]
    counts = [*first["counts"], *[0] * len(names)][: len(names)]
    total = first["total"]
    p = (counts[0] + 1 / size) / (total + 1)
    again = (counts[0] + 1 + 1 / size) / (total + 2)
    few = len(first["sentences"]) <= (FACES if rng is None else MOST_SENTENCES)
    sentences = first["sentences"] if few else [_around(s, facts["stem"]["pair"]) for s in first["voters"]]
    title = "Round one, all that the model has read" if few else f"From round one: what has “{facts['stem']['text']}”"
    title = title if rng is None or first is facts["first"] else "A round one of your own, all that the model has read"
    voters = f"{counts[0]} of {total} votes are for {names[0]}"
    return Worked(
        {
            "stem": facts["stem"]["text"],
            "word": names[0],
            "title": title,
            "lines": _in_four(sentences),
            "words": names,
            "vocabulary": size,
        },
        {
            "counts": counts,
            "total": total,
            "p": p,
            "bits": -log2(p),
            "never": 1 / size / (total + 1),
            "again": {"p": again, "bits": -log2(again)},
        },
        (
            voters,
            f"({counts[0]} + 1/{size}) / ({total} + 1) = {number(counts[0] + 1 / size, 4)} / {total + 1} = {ratio(p, 4)}",
            f"−log₂ {ratio(p, 4)} = {bits(-log2(p))} bits",
            f"({counts[0] + 1} + 1/{size}) / ({total + 1} + 1) = {ratio(again, 4)}",
        ),
        (-log2(p) - 0.1, -log2(p) + 0.1),
    )


def _other_round(rng: Any, facts: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return four to eight sentences with the stem of the run's, made of the words before and after it; ``None`` if there are none.

    A beginning comes from the run's first round, an ending from any of its rounds, so that no word is new to the model.
    """
    first, stem = facts["first"], facts["stem"]["text"]
    begins = sorted({sentence.partition(f" {stem} ")[0] for sentence in first["sentences"] if f" {stem} " in sentence})
    ends = facts["votes"]["words"]
    if len(first["sentences"]) > FACES or len(begins) < 3 or len(ends) < 3:
        return None
    counts = [whole(rng, 1, 4), whole(rng, 0, 4), whole(rng, 0, 4)]
    total = sum(counts)
    shown = [ends[int(place)] for place in rng.permutation(len(ends))[: len(counts)]]
    votes = [word for word, n in zip(shown, counts, strict=True) for _ in range(n)]
    if total > MOST_SENTENCES or max(counts) > len(begins):
        return None
    own = {word: [begins[int(place)] for place in rng.permutation(len(begins))] for word in shown}
    sentences = [f"{own[votes[int(place)]].pop()} {stem} {votes[int(place)]}" for place in rng.permutation(total)]
    size = facts["vocabulary"]["size"]
    shares = [(counts[0] + more + 1 / size) / (total + more + 1) for more in (0, 1)]
    if not 4 <= total <= MOST_SENTENCES or not all(is_clear(-log2(share), 2) for share in shares):
        return None
    return {"shown": tuple(shown), "counts": tuple(counts), "total": total, "sentences": tuple(sentences)}


def train_table(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:  # noqa: ARG001 - likewise
    """Train a model by shading boxes, then write with a die: after two words, each shaded box gets as many faces as any other.

    Args:
        rng: draws the printed rolls; ``None`` is the standard sheet, with those of the run.
        level: not used.
        facts: the facts of a run of ``trigram``.

    Returns:
        ``given.lines[0…3]`` (the sentences read), ``given.after[0…3]`` (the words before a roll), ``given.boxes[0…3]`` (an empty
        row of boxes for each word that followed them), ``given.digits[0…9]``; ``answer.boxes[0…3]`` (the same, shaded),
        ``answer.faces[0…3]``; ``answer.column``, ``answer.rolled`` and ``answer.sentence`` (the first column of digits that writes a
        new sentence); ``answer.different`` and ``answer.read`` (sentences that can be written, and how many of them were read),
        ``answer.new`` (mean number of new ones among a table's four) and ``answer.least`` (share of tables with one at least).
    """
    sentences = facts["first"]["dice"]
    model = Trigram.untrained(())
    for sentence in sentences:
        model.read(sentence)
    digits = facts["first"]["digits"] if rng is None else rolls(rng)
    places = {pair: votes for pair, votes in model.votes.items() if len(votes) > 1}
    tried = [(column, *rolled(model, "".join(digits[column:] + digits[:column]))) for column in range(len(digits))]
    column, used, sentence = next((found for found in tried if found[2] not in sentences), tried[0])
    can = written(model)
    new = float(sum(p for said, p in can.items() if said not in sentences))
    return Worked(
        {
            "lines": _in_four(sentences),
            "after": _four(" ".join(pair).replace(START, "(start)") for pair in places),
            "boxes": _four(_boxes(votes, shaded=False) for votes in places.values()),
            "digits": tuple(f"{row[:3]} {row[3:]}" for row in digits),
        },
        {
            "boxes": _four(_boxes(votes, shaded=True) for votes in places.values()),
            "faces": _four(_ranges(faces(votes)) for votes in places.values()),
            "column": column,
            "rolled": ", ".join(used),
            "sentence": sentence,
            "different": len(can),
            "read": len(can.keys() & set(sentences)),
            "new": FOUR * new,
            "least": 1 - (1 - new) ** FOUR,
        },
    )


def _boxes(votes: Counter[str], *, shaded: bool) -> str:
    """Return a row of boxes for each word, one for each time that any of them followed.

    >>> _boxes(Counter({"fence": 2, "pond": 1}), shaded=True)
    'fence ■■□   pond ■□□'
    """
    full = (SHADED * n if shaded else "" for n in votes.values())
    return "   ".join(
        f"{_said(word)} {boxes.ljust(votes.total(), EMPTY)}" for word, boxes in zip(votes, full, strict=True)
    )


def faces(votes: Counter[str]) -> list[str]:
    """Return the word on each face of a die, in the order in which they were read; "" for a face that is left over."""
    each = FACES // votes.total()
    words_on = [word for word, count in votes.items() for _ in range(each * count)]
    return [*words_on, *[""] * (FACES - len(words_on))]


def rolled(model: Trigram, digits: str) -> tuple[str, str]:
    """Return the digits that a sentence takes, and the sentence: one digit for each roll, none where only one word follows."""
    pair, row, used = (START, START), list[str](), 0
    while pair[1] != END:
        on = faces(model.votes[pair])
        word = next(iter(model.votes[pair])) if len(model.votes[pair]) == 1 else ""
        while not word:
            word, used = on[int(digits[used]) - 1], used + 1
        pair = (pair[1], word)
        row.append(word)
    return digits[:used], " ".join(row[:-1])


def _ranges(on: Sequence[str]) -> str:
    """Return what is on the faces of a die.

    >>> _ranges(["the", "the", "the", "a", "", ""])
    '1–3 the, 4 a, 5–6 roll again'
    """
    first = {word: on.index(word) + 1 for word in on}
    ends = {word: first[word] + on.count(word) - 1 for word in on}
    return ", ".join(
        f"{first[word]}{f'–{ends[word]}' if ends[word] > first[word] else ''} {_said(word) or 'roll again'}"
        for word in first
    )


def _said(word: str) -> str:
    return "end" if word == END else word


def _four(texts: Iterable[str]) -> tuple[str, ...]:
    return (*texts, *["–"] * 4)[:4]


def _around(sentence: str, stem: tuple[str, str], before: int = 4, after: int = 3) -> str:
    """Return the words around the stem; a vote depends on nothing else."""
    row = words(sentence)
    place = next(i for i in range(len(row) - 1) if row[i : i + 2] == tuple(stem))
    start, end = max(0, place - before), place + 2 + after
    return f"{'… ' if start else ''}{' '.join(row[start:end])}{' …' if end < len(row) else ''}"


def _in_four(sentences: Sequence[str]) -> list[str]:
    """Return four lines to print: one sentence each if there are four."""
    return ["; ".join(sentences[place::4]) or "–" for place in range(4)]


def blame(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:  # noqa: ARG001 - likewise
    """Take one step of backpropagation through two weights in a row: guess = input · u · v.

    Args:
        rng: draws input, weights and error; ``None`` is for the standard sheet.
        level: higher levels have weights with halves.
        facts: not used.

    Returns:
        ``given.x``, ``given.u``, ``given.v``, ``given.target``, ``given.rate``; ``answer.guess``, ``answer.error``,
        ``answer.du``, ``answer.dv``, ``answer.u``, ``answer.v``, ``answer.new_guess``, ``answer.new_error``.
    """
    x, u, v, error = draw(rng, EASY_STEP, lambda rng: _step(rng, level))
    rate = 0.1
    guess = x * u * v
    target = guess - error
    du, dv = error * x * v, error * x * u
    new_u, new_v = u - rate * du, v - rate * dv
    new_guess = x * new_u * new_v
    return Worked(
        {"x": x, "u": u, "v": v, "target": target, "rate": rate},
        {
            "guess": guess,
            "error": error,
            "du": du,
            "dv": dv,
            "u": new_u,
            "v": new_v,
            "new_guess": new_guess,
            "new_error": new_guess - target,
        },
        (
            f"guess {x} · {number(u)} · {number(v)} = {number(guess)}, error {number(error)}",
            f"blame of u: {number(error)} · {x} · {number(v)} = {number(du)}",
            f"blame of v: {number(error)} · {x} · {number(u)} = {number(dv)}",
            f"u becomes {number(new_u)}, v becomes {number(new_v)}, the new guess {number(new_guess, 2)}",
        ),
        (abs(new_guess) - 0.05, abs(new_guess) + 0.05),
    )


def _step(rng: Any, level: int) -> tuple[int, float, float, int] | None:
    """Return input, weights and error; the new guess is nearer and on the same side, and has an unambiguous second decimal."""
    step = 5 if level > 1 else 10
    x, u, v = whole(rng, 1, 4), whole(rng, 5, 30, step) / 10, whole(rng, 5, 30, step) / 10
    error = (-2, -1, 1, 2)[whole(rng, 0, 3)]
    new = x * (u - 0.1 * error * x * v) * (v - 0.1 * error * x * u)
    left = (new - x * u * v + error) / error
    return (x, u, v, error) if 0.05 < left < 0.95 and u != v and is_clear(new, 2) else None


SCORES: tuple[float, float] = (2, 1)
LOWER, MILLION = 10, 1_000_000
SHARES: tuple[float, ...] = (0.5, 0.3, 0.15, 0.05)
# Two points of a scaling law, size and excess of each; the share of the loss that is to be left
POINTS = ((100, 0.8), (10_000, 0.08), 0.5)
PUBLISHED = 0.076  # exponent of the loss in the number of parameters (Kaplan et al. 2020)


def softmax_two(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Turn two scores into probabilities; ``level`` and ``facts`` aren't used.

    Returns:
        ``given.scores``, ``given.powers`` (e to each), ``given.lower``; ``answer.first``, ``answer.second``, and
        ``answer.rare``: how often in a million the second one comes if its score is lower by that much.
    """
    del level, facts
    scores, lower = draw(rng, (SCORES, LOWER), _scores)
    powers = [math.exp(score) for score in scores]
    first, second = softmax(scores)
    left = math.exp(scores[1] - lower)
    rare = MILLION * left / (powers[0] + left)
    return Worked(
        {"scores": scores, "powers": powers, "lower": lower},
        {"first": first, "second": second, "rare": rare},
        (
            f"{number(powers[0], 2)} + {number(powers[1], 2)} = {number(sum(powers), 2)}",
            f"{number(powers[0], 2)} / {number(sum(powers), 2)} = {ratio(first)}",
            f"{number(powers[1], 2)} / {number(sum(powers), 2)} = {ratio(second)}",
            f"{number(left * MILLION, 1)} millionths / {number(powers[0] + left, 2)} = {number(rare, 0)} in a million",
        ),
        (first - 0.01, first + 0.01),
    )


def _scores(rng: Any) -> tuple[tuple[float, float], int] | None:
    """Return two scores with one decimal, and by how much the second is lowered."""
    high, low, lower = whole(rng, 11, 29) / 10, whole(rng, 3, 19) / 10, whole(rng, 9, 11)
    first = 1 / (1 + math.exp(low - high))
    rare = MILLION * math.exp(low - lower) / (math.exp(high) + math.exp(low - lower))
    fits = 0.3 <= round(high - low, 6) <= 2.2 and is_clear(first, 2) and is_clear(rare, 0) and rare > 5
    return ((high, low), lower) if fits else None


def sharpen(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Lower the temperature to one half: square every share and rescale; ``level`` and ``facts`` aren't used.

    Returns:
        ``given.shares`` (four), ``given.temperature``; ``answer.squares``, ``answer.sum``, ``answer.shares``.
    """
    del level, facts
    shares = draw(rng, SHARES, _four_shares)
    squares = [share**2 for share in shares]
    new = sharpened(shares, 0.5)
    return Worked(
        {"shares": shares, "temperature": 0.5},
        {"squares": squares, "sum": sum(squares), "shares": new},
        (
            " + ".join(ratio(square, 4) for square in squares) + f" = {ratio(sum(squares), 4)}",
            *(
                f"{ratio(square, 4)} / {ratio(sum(squares), 4)} = {ratio(p, 3)}"
                for square, p in zip(squares, new, strict=True)
            ),
        ),
        (new[0] - 0.005, new[0] + 0.005),
    )


def _four_shares(rng: Any) -> tuple[float, ...] | None:
    """Return four falling shares with two decimals that add up to one, each at least 0.04 below the one before."""
    parts = sorted((whole(rng, 4, 60) for _ in range(3)), reverse=True)
    parts.append(100 - sum(parts))
    falls = all(a - b >= 4 for a, b in pairwise(parts)) and parts[-1] >= 4
    if not falls or not are_clear(sharpened([part / 100 for part in parts], 0.5), 3):
        return None
    return tuple(part / 100 for part in parts)


def exponent(rng: Any, level: int, facts: Mapping[str, Any]) -> Worked:
    """Find the exponent of a scaling law from two points; ``level`` and ``facts`` aren't used.

    Returns:
        ``given.small``, ``given.large``: ``size`` and ``excess``, ``given.published`` (an exponent), ``given.left`` (a
        share); ``answer.exponent``, ``answer.tenfold`` (share of the excess that is left at ten times the size),
        ``answer.half`` (tenfold steps, not rounded, until ``given.left`` of the loss is left at the published exponent)
        and ``answer.steps`` (the same rounded up).
    """
    del level, facts
    (small, above), (large, below), left = draw(rng, POINTS, _points)
    slope, _ = fitted((small, large), (above, below))
    steps = math.log10(large / small)
    half = math.log10(1 / left) / PUBLISHED
    return Worked(
        {
            "small": {"size": small, "excess": above},
            "large": {"size": large, "excess": below},
            "published": PUBLISHED,
            "left": left,
        },
        {"exponent": slope, "tenfold": 10**-slope, "half": half, "steps": math.ceil(half)},
        (
            f"size: tenfold, {number(steps)} times",
            f"log₁₀({number(above)} / {number(below)}) = {number(math.log10(above / below), 2)}",
            f"{number(math.log10(above / below), 2)} / {number(steps)} = {ratio(slope)}",
            f"log₁₀ {number(1 / left, 2)} / {ratio(PUBLISHED, 3)} = {number(half, 2)}",
        ),
        (slope - 0.02, slope + 0.02),
    )


Point = tuple[int, float]


def _points(rng: Any) -> tuple[Point, Point, float] | None:
    """Return two points a few tenfold steps apart, and a share whose steps are not almost a whole number."""
    small, steps = 10 ** whole(rng, 2, 3), whole(rng, 1, 3)
    above, below, left = whole(rng, 4, 18) / 10, whole(rng, 4, 60) / 100, whole(rng, 30, 70, 5) / 100
    slope = math.log10(above / below) / steps
    fits = 0.15 < slope < 0.7 and is_clear(slope, 2) and is_clear(10**-slope, 2)
    steps_left = math.log10(round(1 / left, 2)) / PUBLISHED
    fits = fits and 0.04 < steps_left % 1 < 0.96
    return ((small, above), (small * 10**steps, below), left) if fits else None
