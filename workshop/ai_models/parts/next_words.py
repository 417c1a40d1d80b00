"""What is worth asking of a next-word model, what people can poke, and its charts and tables; every sentence is computed."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, log2
from typing import Any

from workshop.ai_models.toys.trigram import END, START, Pair, Trigram
from workshop.ai_models.toys.words import words
from workshop.inputs.spelling import spelling
from workshop.model.exhibits import Chart, ChartKind, Column, Reference, Series, Table
from workshop.model.poke_tables import Reading
from workshop.model.pokes import Train
from workshop.wording.formats import bits, count, listed, number, percent, ratio

FEW = 6  # most votes in a round that can be counted by hand
PROVED = 16  # sentences after which the page proves its sums
MOST_ROLLED = 4  # most pairs of words after which somebody writing with a die has to roll
ENDLESS = 300  # most sentences that a small round can reasonably be mixed into, and most letters of one


POKES = (
    Train(
        "reading",
        label="Train it yourself",
        lead="It guesses the next word from two. Feed it sentences.",
        bet="first-guess",
    ),
)


def reading(read: Sequence[str], held: Sequence[str], stem: Pair) -> Reading:
    """Return what the page reads, and among how many words the model chooses after each of the first sentences."""
    model = Trigram.untrained([*read, *held])
    proofs = [2 ** model.surprise(*held)]
    for sentence in read[:PROVED]:
        model.read(sentence)
        proofs.append(2 ** model.surprise(*held))
    return Reading(sentences=tuple(read), held=tuple(held), stem=stem, proofs=tuple(proofs))


def suggested(model: Trigram, stem: Pair, most: int = 3) -> list[str]:
    """Return beginnings to ask for: the stem, other pairs with several next words, and the start of a sentence."""
    known = [pair for pair, votes in model.votes.items() if votes and START not in pair]
    busiest = sorted(known, key=lambda pair: -len(model.votes[pair]))
    asked = dict.fromkeys([*([stem] if START not in stem else []), *busiest])
    return [*[" ".join(pair) for pair in asked][:most], ""]


def common_stem(model: Trigram, first: Trigram | None = None) -> Pair:
    """Return the pair of words with the most votes for more than one next word.

    Args:
        first: the same model after one round; pairs that a person can count there take precedence.
    """

    def rank(pair: Pair) -> tuple[bool, bool, bool, bool, int]:
        early = first.votes[pair] if first else Counter[str]()
        votes = model.votes[pair]
        changes = early and model.favourites(pair)[0] != max(early, key=lambda word: early[word])
        return (END in votes, len(early) < 2, not 2 <= early.total() <= FEW, bool(changes), -votes.total())

    contested = [pair for pair, votes in model.votes.items() if START not in pair and len(votes) > 1]
    return min(contested, key=rank, default=(START, START))


def mixes(model: Trigram, sentences: Iterable[str]) -> bool:
    """Whether a person can write new sentences with a die: the counts allow more than were read, and few words need a roll."""
    rolled = [votes.total() for votes in model.votes.values() if len(votes) > 1]
    return len(written(model)) > len(set(sentences)) and len(rolled) <= MOST_ROLLED and max(rolled) <= FEW


def written(model: Trigram) -> dict[str, Fraction]:
    """Return every sentence that can be written by picking each word as often as it was read, with its probability; none if they never end."""
    open_, found = deque([((START, START), "", Fraction(1))]), dict[str, Fraction]()
    while open_:
        pair, row, p = open_.popleft()
        if max(len(open_), len(found), len(row)) > ENDLESS:
            return {}
        votes = model.votes[pair]
        for word, n in votes.items():
            share = p * Fraction(n, votes.total())
            if word == END:
                found[row.strip()] = share
            else:
                open_.append(((pair[1], word), f"{row} {word}", share))
    return found


def rolls(rng: Any) -> list[str]:
    """Return rolls of a die to print, for people without one: six for each last digit of a number."""
    return ["".join(map(str, row)) for row in rng.integers(1, 7, size=(10, 6)).tolist()]


def beginning(sentences: Iterable[str], stem: Pair, most: int = 7) -> str:
    """Return the beginning of the first sentence with the stem, up to and including it; just the stem if there is none.

    >>> beginning(["a lamp hung", "the clock stood by the door"], ("by", "the"))
    'The clock stood by the'
    """
    texts = list(sentences)
    written = spelling(texts)
    for row in map(words, texts):
        for place in range(len(row) - 1):
            if row[place : place + 2] == stem:
                text = " ".join(written.get(word, word) for word in row[: place + 2][-most:])
                return text[:1].upper() + text[1:] if place + 2 <= most else f"… {text}"
    return " ".join(word for word in stem if word != START)


MOST_BARS, GUESSES = 5, 4
MOST_ROWS = 6
ROOM = 1.12  # how much longer the axis is than equal bars
LOWEST = 0.03  # share of the axis: a lower line would coincide with it
UNSEEN = ""  # means any word without a vote
SMALL = 20  # largest denominator of a share in words


def surprise_chart(curve: Sequence[float], sentences: int, held_out: int) -> Chart:
    """Mean surprise on held-out sentences, before any round and after each."""
    rounds = len(curve) - 1
    falls = all(after < before for before, after in pairwise(curve))
    course = "falls in every round" if falls else "goes"
    return Chart(
        ChartKind.LINE,
        title="Surprise by round",
        measure="Mean surprise in bits per word (0: it knew each word) on sentences that it never reads",
        finding=f"Surprise {course} from {bits(curve[0])} bits to {bits(curve[-1])} bits over {count(rounds, 'round')} of reading",
        series=(Series("surprise", tuple(curve), role="accent"),),
        categories=tuple("before" if number == 0 else str(number) for number in range(rounds + 1)),
        references=(Reference("every word equally likely", curve[0]),),
        x_label="rounds read",
        y_label="bits per word",
        unit="bits",
        basis=f"{sentences} sentences read, {held_out} test sentences",
        y_min=0,
    )


def choices_chart(curve: Sequence[float], sentences: int, held_out: int) -> Chart:
    """The same in words: among how many equally likely words the model chooses, 2 to the power of the bits."""
    words = [2**surprise for surprise in curve]
    return Chart(
        ChartKind.BAR,
        title="Words it chooses among",
        measure="Words it chooses among, in sentences that it never reads",
        finding=f"Before reading it chooses among {number(words[0], 1)} words, after {count(len(curve) - 1, 'round')} among "
        f"{number(words[-1], 1)}",
        series=(Series("words", tuple(words)),),
        categories=tuple("nothing read" if k == 0 else f"round {k}" for k in range(len(curve))),
        highlight=("nothing read",),
        unit="number",
        decimals=1,
        basis=f"{sentences} sentences read, {held_out} test sentences",
        y_min=0,
    )


def next_word_charts(
    stem: str, rounds: Sequence[Mapping[str, float]], others: Sequence[float], chance: float
) -> dict[str, Chart]:
    """One chart per round: the probability of each word that ever followed the stem.

    ``next_word_0`` is before any reading, ``next_word_last`` after the last round. All have the same axes, except that
    equal bars have an axis of their own: on the common one they would be stubs, and there is nothing to compare them with.

    Args:
        stem: the words before the guess.
        rounds: word -> probability, before any reading and after each round; the same words each time.
        others: probability of each word that never followed the stem.
        chance: probability of a word if all are equally likely.
    """
    names = tuple(rounds[0])[:MOST_BARS]
    top = ceil(10 * max(max(shares[name] for name in names) for shares in rounds)) / 10
    charts = {}
    for read, (shares, other) in enumerate(zip(rounds, others, strict=True)):
        best = max(names, key=lambda name: shares[name])
        flat = max(shares.values()) - min(shares.values()) < 1e-9
        when = f"After {read} round{'s' * (read != 1)}" if read else "Before any reading"
        result = f"every word has {ratio(chance)}" if flat else f"the best guess is {best!r} with {ratio(shares[best])}"
        charts[f"next_word_{read}"] = Chart(
            ChartKind.COLUMN,
            title=f"The word after {stem!r}, round {read}",
            measure=f"Probability of the next word after “{stem} …”",
            finding=f"{when}, {result}",
            series=(Series("probability", (*(shares[name] for name in names), other), role="context" if flat else ""),),
            categories=(*names, "each other word"),
            references=(Reference("every word equally likely", chance),) if not flat and chance > LOWEST * top else (),
            x_label="next word",
            y_label="probability",
            highlight=() if flat else (best,),
            basis=f"{when.lower()}" if read else "an untrained model",
            y_min=0,
            y_max=ROOM * other if flat else top,
        )
    charts["next_word_last"] = charts[f"next_word_{len(rounds) - 1}"]
    return charts


def guess_chart(stem: str, shares: Mapping[str, float]) -> Chart:
    """The shares of the words that followed the stem, the largest first."""
    names = tuple(shares)[:GUESSES]
    best = max(names, key=lambda name: shares[name])
    return Chart(
        ChartKind.BAR,
        title=f"Shares of the words after {stem!r}",
        measure=f"Probability of the next word after “{stem} …”",
        finding=f"After all rounds, the best guess is {best!r} with {ratio(shares[best])}",
        series=(Series("probability", tuple(shares[name] for name in names)),),
        categories=names,
        x_label="next word",
        y_label="probability",
        highlight=(best,),
        basis="after the last round",
        y_min=0,
    )


def rounds_table(curve: Sequence[float]) -> Table:
    """Surprise after each round, and how much that round saved."""
    saved = [before - after for before, after in pairwise(curve)]
    most = saved.index(max(saved))
    return Table(
        title="What each round saves",
        columns=(Column("Rounds read"), Column("Bits per word", "bits"), Column("Saved by this round", "bits")),
        rows=tuple((str(number), value, saved[number - 1] if number else None) for number, value in enumerate(curve)),
        finding=f"Round {most + 1} saves most, {bits(saved[most])} bits; the last saves {bits(saved[-1])}",
        measure="Mean surprise on held-out sentences after each round",
        highlight=most + 1,
        basis="the same rounds, stopped earlier",
    )


def votes_table(stem: str, sentences: Sequence[tuple[str, Sequence[str]]]) -> Table:
    """The vote of each sentence for a word after the stem; of many sentences, the first that voted, and how many more there are.

    Args:
        stem: the words before the guess.
        sentences: each sentence of a round and the words it has after the stem, often one, perhaps none.
    """
    votes = [vote for _, found in sentences for vote in found]
    best = max(dict.fromkeys(votes), key=votes.count, default="")
    voters = sum(best in found for _, found in sentences)
    heard = sentences if len(sentences) <= MOST_ROWS else [pair for pair in sentences if pair[1]]
    more = [(f"and {count(len(heard) - MOST_ROWS)} more", "")] if len(heard) > MOST_ROWS else []
    return Table(
        title="Who voted for what",
        columns=(Column("Sentence of round 1"), Column("Its vote")),
        rows=(*((sentence, listed(found) if found else "none") for sentence, found in heard[:MOST_ROWS]), *more),
        finding=f"{voters} of {len(sentences)} sentences voted for {best!r} after {stem!r}",
        measure=f"What each sentence has after “{stem} …”",
        basis="round 1",
    )


def counts_table(stem: str, votes: Mapping[str, int], chance: float) -> Table:
    """Votes, probability and surprise of each word after the stem, and of any word without a vote."""
    total = sum(votes.values())
    rows = []
    for name in (*[*votes][:MOST_BARS], ""):
        p = (votes.get(name, 0) + chance) / (total + 1)
        rows.append((name or "any other word", votes.get(name, 0), p, -log2(p)))
    best = rows[0]
    return Table(
        title="Votes after round 1",
        columns=(Column("Word"), Column("Votes", "count"), Column("P", "ratio"), Column("Bits", "bits")),
        rows=tuple(rows),
        finding=f"{best[0]!r} has {best[1]} of {total} votes: probability {ratio(best[2])}, surprise {bits(best[3])} bits",
        measure=f"Votes for the word after “{stem} …”, after round 1",
        highlight=0,
        basis="round 1",
    )


def in_all(share: float) -> str:
    """Return a share as people say it.

    >>> in_all(0.625), in_all(0)
    ('5 in 8', 'none')
    """
    exact = Fraction(share).limit_denominator(SMALL)
    near = abs(exact - Fraction(share)) < 1e-9
    return "none" if not share else f"{exact.numerator} in {exact.denominator}" if near else percent(share)
