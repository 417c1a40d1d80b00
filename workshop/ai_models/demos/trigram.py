"""Guess the next word by counting, round by round, which word followed each pair of words.

Facts: ``rounds``, ``sentences`` (read in all), ``vocabulary.size``, ``held_out.size``, ``held_out.every`` (whether these are all
unread sentences of the same form); ``bits.first``,
``bits.last``, ``bits.rounds[0…]`` (mean surprise per word), ``filed.sentence``, ``filed.words``, ``filed.bits`` (bits that a file of all sentences leaves open: for each sentence, its number of words, and for each word), ``bits.choices`` (the number of equally likely words with the same surprise
as at the end), ``saved.first``, ``saved.last``, ``saved.least`` (by one round); ``stem.text``, ``stem.pair[0…1]``, ``stem.begins`` (how a sentence with
it begins); ``top.word``,
``top.rounds[0…]`` (its probability); ``chance`` (1/V); ``suggested`` (beginnings to ask for); ``votes.words``, ``votes.counts``, ``votes.total`` after
all rounds; ``first.words``, ``first.counts``, ``first.total``, ``first.unseen``, ``first.size``, ``first.sentences``, ``first.dice`` (up to six with which a person can write), ``first.mixes`` (whether they can be mixed into new ones), ``first.voters`` (those that have the stem), ``first.shown[0…2]`` (three words for a table) after one.
"""

from __future__ import annotations

import inspect
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil, log2, prod

from workshop.ai_models.parts.choices import pulled, with_phantoms
from workshop.ai_models.parts.words import FEW, Pair, Trigram, beginning, common_stem, guesses, learn, mixes
from workshop.ai_models.parts.words import NEXT_WORDS_END as END
from workshop.ai_models.parts.words import NEXT_WORDS_START as START
from workshop.errors import Problem, WorkshopError
from workshop.inputs.ballots import Ballots
from workshop.inputs.texts import Rounds, Sentences, words
from workshop.model.exhibits import (
    Chart,
    ChartKind,
    Code,
    Column,
    Exhibit,
    Findings,
    Knob,
    Reference,
    Series,
    Table,
    demo,
)
from workshop.model.frozen import Frozen
from workshop.model.pokes import Before, Lookup, Read, Sweep, Write
from workshop.wording.formats import bits, listed, ratio

# ---------------------------------------------------------------- trigram exhibits
# Charts and tables of the next-word model, from plain numbers; every sentence is computed.
MOST_BARS = 5
MOST_ROWS = 6
ROOM = 1.12  # how much longer the axis is than equal bars
LOWEST = 0.03  # share of the axis: a lower line would coincide with it
UNSEEN = ""  # means any word without a vote


def surprise_chart(curve: Sequence[float], sentences: int, held_out: int) -> Chart:
    """Mean surprise on held-out sentences, before any round and after each."""
    rounds = len(curve) - 1
    falls = all(after < before for before, after in pairwise(curve))
    course = "falls in every round" if falls else "goes"
    return Chart(
        ChartKind.LINE,
        title="Surprise by round",
        measure="Mean surprise per word on sentences that it never reads, in bits",
        finding=f"Surprise {course} from {bits(curve[0])} bits to {bits(curve[-1])} bits over {rounds} rounds of reading",
        series=(Series("surprise", tuple(curve), role="accent"),),
        categories=tuple("before" if number == 0 else str(number) for number in range(rounds + 1)),
        references=(Reference("every word equally likely", curve[0]),),
        x_label="rounds read",
        y_label="bits per word",
        unit="bits",
        basis=f"{sentences} sentences read, {held_out} test sentences",
        y_min=0,
    )


def next_word_charts(
    stem: Sequence[str], rounds: Sequence[Mapping[str, float]], others: Sequence[float], chance: float
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
    for number, (shares, other) in enumerate(zip(rounds, others, strict=True)):
        best = max(names, key=lambda name: shares[name])
        flat = max(shares.values()) - min(shares.values()) < 1e-9
        when = f"After {number} round{'s' * (number != 1)}" if number else "Before any reading"
        result = f"every word has {ratio(chance)}" if flat else f"the best guess is {best!r} with {ratio(shares[best])}"
        charts[f"next_word_{number}"] = Chart(
            ChartKind.COLUMN,
            title=f"The word after {' '.join(stem)!r}, round {number}",
            measure=f"Probability of the next word after “{' '.join(stem)} …”",
            finding=f"{when}, {result}",
            series=(Series("probability", (*(shares[name] for name in names), other), role="context" if flat else ""),),
            categories=(*names, "each other word"),
            references=(Reference("every word equally likely", chance),) if not flat and chance > LOWEST * top else (),
            x_label="next word",
            y_label="probability",
            highlight=() if flat else (best,),
            basis=f"{when.lower()}" if number else "an untrained model",
            y_min=0,
            y_max=ROOM * other if flat else top,
        )
    charts["next_word_last"] = charts[f"next_word_{len(rounds) - 1}"]
    return charts


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


def votes_table(stem: Sequence[str], sentences: Sequence[tuple[str, Sequence[str]]]) -> Table:
    """The vote of each sentence for a word after the stem.

    Args:
        stem: the words before the guess.
        sentences: each sentence of a round and the words it has after the stem, often one, perhaps none.
    """
    votes = [vote for _, found in sentences for vote in found]
    best = max(sorted(set(votes)), key=votes.count, default="")
    voters = sum(best in found for _, found in sentences)
    shown = sentences if len(sentences) <= MOST_ROWS else [pair for pair in sentences if pair[1]][:MOST_ROWS]
    return Table(
        title="Who voted for what",
        columns=(Column("Sentence of round 1"), Column("Its vote")),
        rows=tuple((sentence, listed(found) if found else "none") for sentence, found in shown),
        finding=f"{voters} of {len(sentences)} sentences voted for {best!r} after {' '.join(stem)!r}",
        measure=f"What each sentence has after “{' '.join(stem)} …”",
        basis="round 1",
    )


def counts_table(stem: Sequence[str], votes: Mapping[str, int], names: Sequence[str], chance: float) -> Table:
    """Votes, probability and surprise of each word after the stem; the name "" means any word without a vote."""
    total = sum(votes.values())
    rows = []
    for name in (*[name for name in names if name][:MOST_BARS], UNSEEN):
        p = (votes.get(name, 0) + chance) / (total + 1)
        rows.append((name or "any other word", votes.get(name, 0), p, -log2(p)))
    best = rows[0]
    return Table(
        title="Votes after round 1",
        columns=(Column("Word"), Column("Votes", "count"), Column("P", "ratio"), Column("Bits", "bits")),
        rows=tuple(rows),
        finding=f"{best[0]!r} has {best[1]} of {total} votes: probability {ratio(best[2])}, surprise {bits(best[3])} bits",
        measure=f"Votes for the word after “{' '.join(stem)} …”, after round 1",
        highlight=0,
        basis="round 1",
    )


# ---------------------------------------------------------------- trigram pokes
# What people can do with the next-word model: let it read, ask for the word after two of their own, and write on with it.
READ = Sweep(
    "rounds",
    (1, 2, 3, 4),
    kind="steps",
    before=Before(
        "It has read nothing: all {{ vocabulary.size }} words are equally likely, {{ bits.first | bits }} bits of surprise per word.",
        points=1,
    ),
    label="Read {{ first.size }} more sentences",
    shows=(Read("sentences", "sentences | count"), Read("bits of surprise", "bits.last | bits"), "surprise"),
    finding="{{ sentences | count }} sentences in, surprise is {{ bits.last | bits }} bits per word, as if it guessed among "
    "{{ bits.choices | number(1) }} equally likely words. The last round saved {{ saved.last | bits }} bits.",
    lead="This model only counts which word followed each pair of words. Its surprise at a word is small if it gave that word a high "
    "probability: 1 bit for 0.50, 2 bits for 0.25, 4 bits for 1 in 16. Let it read, and watch its surprise at sentences that it hasn’t "
    "read. Press a word to write on with it.",
)
WRITE = Write(
    "next",
    label="Type at least two words",
    key="last_two_words",
    value="(count + 1 / size) / (total + 1)",
    unit="ratio",
    examples="suggested",
)
POKES = (READ, WRITE)


def lookup(models: Sequence[Trigram]) -> Lookup:
    """Return the counts of every pair after each round; ``models`` begins with the untrained one."""
    last = models[-1]
    rows = {
        " ".join(pair): {word: tuple(model.votes[pair][word] for model in models[1:]) for word in sorted(votes)}
        for pair, votes in sorted(last.votes.items())
        if votes
    }
    proofs = [
        (" ".join(pair), word, place, model.probability(pair, word))
        for pair in _asked(last)
        for place, model in enumerate(models)
        for word in (*last.favourites(pair)[:3], END, last.vocabulary[0])
    ]
    known = tuple(word for word in last.vocabulary if word != END)
    size = len(last.vocabulary)
    return Lookup(rows=rows, size=size, by="rounds", start=START, end=END, words=known, proofs=tuple(proofs))


def suggested(model: Trigram, stem: Pair, most: int = 3) -> list[str]:
    """Return beginnings to ask for: the stem, other pairs with several next words, and the start of a sentence."""
    known = [pair for pair, votes in sorted(model.votes.items()) if votes and START not in pair]
    busiest = sorted(known, key=lambda pair: -len(model.votes[pair]))
    asked = dict.fromkeys([*([stem] if START not in stem else []), *busiest])
    return [*[" ".join(pair) for pair in asked][:most], ""]


def _asked(model: Trigram) -> list[Pair]:
    """Return pairs for proofs: the first ones that were read, the start of a sentence, and one that was never read."""
    return [*[pair for pair, votes in model.votes.items() if votes][:4], (START, START), (END, END)]


# ---------------------------------------------------------------- trigram
SHOWN = 3
SHORT = 4  # sentences of a long round for writing by hand


@demo(
    "trigram",
    title="Guess the next word",
    knobs={"rounds": Knob(1, 4, "how many rounds of sentences the model reads")},
    claims={
        "surprise is lower at the end than at the start": "bits.last < bits.first",
        "untrained, every word is as likely as any other": "near(top.rounds[0], chance, 0.000001)",
    },
    pokes=POKES,
)
def trigram(*, text: Rounds, held_out: Sentences | None = None, rounds: int = 4) -> Findings:
    """Read the rounds one by one; before the first and after each, ask for the word that follows the stem.

    Without ``held_out`` some sentences of the text itself are held out.
    """
    if held_out is not None:
        refuse_seen(text, held_out)
    parts, asked = (text.items, held_out.items) if held_out is not None else text.parted()
    read = parts[:rounds]
    vocabulary = Trigram.untrained(s for part in (*parts, asked) for s in part).vocabulary
    models = [Trigram(vocabulary) for _ in range(len(read) + 1)]
    curves = [learn(model, read[:number], asked) for number, model in enumerate(models)]
    first, last, bits = models[1], models[-1], curves[-1]
    stem, chance = common_stem(last, first), 1 / len(vocabulary)
    heard = [(sentence, [word for pair, word in guesses(sentence) if pair == stem]) for sentence in read[0]]
    favourites, favourites_first = last.favourites(stem), first.favourites(stem)
    voters = [sentence for sentence, found in heard if found]
    dice = read[0] if len(read[0]) <= FEW else sorted(voters, key=lambda s: len(words(s)))[:SHORT]
    facts = {
        "rounds": len(read),
        "sentences": sum(map(len, read)),
        "vocabulary": {"size": len(vocabulary)},
        "held_out": {"size": len(asked), "every": every(read, asked)},
        "bits": {"first": bits[0], "last": bits[-1], "rounds": bits, "choices": 2 ** bits[-1]},
        "saved": {"first": bits[0] - bits[1], "last": bits[-2] - bits[-1], "least": _least_saved(bits)},
        "filed": filed([sentence for part in read for sentence in part]),
        "stem": {"text": " ".join(stem), "pair": stem, "begins": beginning((s for part in read for s in part), stem)},
        "top": {"word": favourites[0], "rounds": [model.probability(stem, favourites[0]) for model in models]},
        "chance": chance,
        "suggested": suggested(last, stem),
        "votes": _votes(last, stem),
        "first": _votes(first, stem)
        | {
            "unseen": len(vocabulary) - len(favourites_first),
            "size": len(read[0]),
            "sentences": read[0],
            "dice": dice,
            "mixes": mixes(dice),
            "voters": voters,
            "shown": [*favourites_first, *["–"] * SHOWN][:SHOWN],
        },
    }
    exhibits: dict[str, Exhibit] = {
        "surprise": surprise_chart(bits, sum(map(len, read)), len(asked)),
        "rounds": rounds_table(bits),
        "votes": votes_table(stem, heard),
        "counts": counts_table(stem, first.votes[stem], [*favourites_first, UNSEEN], chance),
        "loop": Code("The training loop", inspect.getsource(learn), "Read a round, measure the surprise, repeat"),
    }
    shares = [{word: model.probability(stem, word) for word in favourites} for model in models]
    others = [model.probability(stem, UNSEEN) for model in models]
    exhibits |= next_word_charts(stem, shares, others, chance)
    return Findings(Frozen(facts), exhibits, tables={"next": lookup(models)})


def every(read: Sequence[Sequence[str]], asked: Sequence[str]) -> bool:
    """Whether the sentences read and asked are together all combinations of their words, where an article and its noun count as one.

    >>> every([["the spade stood here", "a rake stood there"]], ["the spade stood there", "a rake stood here"])
    True
    >>> every([["the spade stood here", "a rake stood there"]], ["the spade stood there"])
    False
    """
    rows = {(row[:2], *row[2:]) for sentences in (*read, asked) for row in map(words, sentences)}
    if len({len(row) for row in rows}) != 1:
        return False
    return len(rows) == prod(len(set(column)) for column in zip(*rows, strict=True))


def filed(sentences: Sequence[str]) -> dict[str, float]:
    """Return the bits that remain open for a file with every sentence: which sentence comes next, and that per word.

    >>> filed(["a b c", "d e f"])               # one bit for four words, including the end mark
    {'sentence': 1.0, 'words': 4.0, 'bits': 0.25}
    """
    shares = [times / len(sentences) for times in Counter(map(words, sentences)).values()]
    open_, length = -sum(p * log2(p) for p in shares), sum(len(words(s)) + 1 for s in sentences) / len(sentences)
    return {"sentence": open_, "words": length, "bits": open_ / length}


def refuse_seen(text: Rounds, held_out: Sentences) -> None:
    """Refuse held-out sentences that are also read: they would measure memory, not learning.

    Raises:
        WorkshopError: for the first such sentence.
    """
    seen = {words(sentence) for sentences in text.items for sentence in sentences}
    for sentence in held_out.items:
        if words(sentence) in seen:
            hint = f"take it out of {text.at.path}, or hold out another"
            raise WorkshopError(
                Problem(f"the model reads the held-out sentence {sentence!r}", held_out.at, hint=hint, code="bad-data")
            )


def _least_saved(bits: list[float]) -> float:
    return min(before - after for before, after in pairwise(bits))


def _votes(model: Trigram, stem: Pair) -> dict[str, object]:
    names, votes = model.favourites(stem), model.votes[stem]
    return {"words": names, "counts": [votes[name] for name in names], "total": votes.total()}


# ---------------------------------------------------------------- one round
# Single rounds of a vote, in the form for paper.
def first_round(ballots: Ballots) -> dict[str, float | str]:
    """Return round 1 alone, as on paper: the gap is the log of the odds, and the start is even."""
    tally = next(tally for tally in ballots.rounds if tally.votes)
    counted, _ = with_phantoms([[0, tally.first_votes], [tally.second_votes, 0]])
    gap = math.log(counted[0, 1] / counted[1, 0])
    shares = {name: float(pulled([0.5, 0.5], [gap, 0], b)[0]) for name, b in (("half", 0.5), ("one", 1), ("two", 2))}
    return {
        "round": tally.round,
        "a": tally.first,
        "b": tally.second,
        "a_votes": tally.first_votes,
        "b_votes": tally.second_votes,
        "gap": gap,
        **shares,
    }


def contest(ballots: Ballots) -> dict[str, int | str | bool]:
    """Return the round for paper: the clearest one that is decided and has votes for both answers."""
    counted = [tally for tally in ballots.rounds if tally.votes]
    decided = [tally for tally in counted if 0 < tally.first_votes != tally.second_votes > 0]
    if not decided:
        return {"found": False, "round": "", "winner": "", "loser": "", "most": 0, "least": 0}
    others = [tally for tally in decided if tally is not counted[0]]
    tally = max(others or decided, key=lambda t: abs(t.first_votes - t.second_votes) / t.votes)
    winner, loser = ("A", "B") if tally.first_votes > tally.second_votes else ("B", "A")
    least, most = sorted((tally.first_votes, tally.second_votes))
    return {"found": True, "round": tally.round, "winner": winner, "loser": loser, "most": most, "least": least}
