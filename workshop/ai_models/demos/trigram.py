"""Guess the next word by counting, round by round, which word followed each pair of words."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import log2, prod
from typing import Any

from msgspec.structs import replace

from workshop.ai_models.parts.next_words import (
    FEW,
    POKES,
    UNSEEN,
    beginning,
    choices_chart,
    common_stem,
    counts_table,
    guess_chart,
    in_all,
    mixes,
    next_word_charts,
    reading,
    rolls,
    rounds_table,
    suggested,
    surprise_chart,
    votes_table,
    written,
)
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.trigram import Pair, Trigram, guesses, learn
from workshop.errors import Problem, WorkshopError
from workshop.inputs.spelling import spelling, words
from workshop.inputs.texts import Rounds, Sentences
from workshop.model.exhibits import Code, Exhibit, Findings, Knob, demo

SHOWN = 3
SHORT = 4  # sentences of a long round for writing by hand


@demo(
    "trigram",
    title="Train it yourself",
    toy_of="pretraining: guessing the next word, here by counting",
    knobs={"rounds": Knob(1, 4, "how many rounds of sentences the model reads")},
    claims={
        "surprise is lower at the end than at the start": "bits.last < bits.first",
        "untrained, every word is as likely as any other": "near(top.rounds[0], chance, 0.000001)",
    },
    pokes=POKES,
)
def trigram(
    *, world: World, text: Rounds | None = None, held_out: Sentences | None = None, rounds: int = 4, rng: Any
) -> Findings:
    """Read the rounds one by one; before the first and after each, ask for the word that follows the stem.

    Without a text it reads the rounds of the world. Of a text without ``held_out``, some sentences are held out.

    Facts:
        rounds, sentences (count): rounds and sentences read
        vocabulary.size, held_out.size (count): different words, and sentences held out
        held_out.every (yes or no): whether these are all unread sentences of the same form
        bits.{first,last,rounds} (bits): mean surprise per word before reading, at the end, and after each round
        bits.{choices,once} (number): equally likely words with the same surprise as at the end, and after one round
        saved.most (count): the round that saved most
        saved.{first,last,least} (bits): surprise saved by the first round, by the last, and by the one that saved least
        stem.{text,pair} (text): the two words before the guess
        stem.begins (text): how a sentence with them begins
        top.word (text): the favourite after them
        top.rounds (ratio): its probability before reading and after each round
        top.bits (bits): how surprising it is at the end
        chance (ratio): one over the number of words
        suggested (text): beginnings to ask for
        {votes,first}.words (text): words that followed, after all rounds and after one
        {votes,first}.{counts,total} (count): votes for each, and all votes
        first.{unseen,size} (count): words without a vote after round one, and sentences of round one
        first.sentences (text): the sentences of round one
        first.dice (text): up to six of them with which a person can write
        first.mixes (yes or no): whether these can be mixed into new ones with a die
        first.digits (text): rolls of a die, in groups
        written.{different,read} (count): different sentences that can be made of these, and how many of them were read
        written.counted (ratio): share of what is written, each word as often as it was read, that wasn't read
        written.new (text): the same in words
        first.voters (text): those that have the two words
        first.cast (count): how many those are
        first.shown (text): three words for a table
    """
    parts, asked = parted(world, text, held_out)
    read = parts[:rounds]
    vocabulary = Trigram.untrained(s for part in (*parts, asked) for s in part).vocabulary
    models = [Trigram(vocabulary) for _ in range(len(read) + 1)]
    curves = [learn(model, read[:number], asked) for number, model in enumerate(models)]
    first, last, bits = models[1], models[-1], curves[-1]
    saved = [before - after for before, after in pairwise(bits)]
    stem, chance = common_stem(last, first), 1 / len(vocabulary)
    spelt = {word: word for word in vocabulary} | spelling(sentence for part in read for sentence in part)
    heard = [(sentence, [spelt[word] for pair, word in guesses(sentence) if pair == stem]) for sentence in read[0]]
    favourites, round_one = last.favourites(stem), _round_one(_votes(first, stem, spelt), heard, len(vocabulary))
    small, writes = _rolled(round_one["dice"])
    likely = [model.probability(stem, favourites[0]) for model in models]
    facts: dict[str, Any] = {
        "rounds": len(read),
        "sentences": sum(map(len, read)),
        "vocabulary": {"size": len(vocabulary)},
        "held_out": {"size": len(asked), "every": every(read, asked)},
        "bits": {"first": bits[0], "last": bits[-1], "rounds": bits, "choices": 2 ** bits[-1], "once": 2 ** bits[1]},
        "saved": {"first": saved[0], "last": saved[-1], "least": min(saved), "most": 1 + saved.index(max(saved))},
        "stem": {
            "text": " ".join(spelt.get(word, word) for word in stem),
            "pair": stem,
            "begins": beginning((s for part in read for s in part), stem),
        },
        "top": {"word": spelt[favourites[0]], "rounds": likely, "bits": -log2(likely[-1])},
        "chance": chance,
        "suggested": suggested(last, stem),
        "votes": _votes(last, stem, spelt),
        "first": round_one | {"mixes": mixes(small, round_one["dice"]), "digits": rolls(rng)},
        "written": _written(writes, round_one["dice"]),
    }
    said = facts["stem"]["text"]
    exhibits: dict[str, Exhibit] = {
        "surprise": (surprise := surprise_chart(bits, sum(map(len, read)), len(asked))),
        "read": replace(surprise, references=(), key=surprise),
        "choices": choices_chart(bits, sum(map(len, read)), len(asked)),
        "rounds": rounds_table(bits),
        "votes": votes_table(said, heard),
        "counts": counts_table(said, dict(zip(round_one["words"], round_one["counts"], strict=True)), chance),
        "loop": Code("The training loop", inspect.getsource(learn), "Read a round, measure the surprise, repeat"),
    }
    shares = [{spelt[word]: model.probability(stem, word) for word in favourites} for model in models]
    others = [model.probability(stem, UNSEEN) for model in models]
    exhibits |= next_word_charts(said, shares, others, chance) | {"guess": guess_chart(said, shares[-1])}
    return Findings(facts, exhibits, tables={"reading": reading([s for part in parts for s in part], asked, stem)})


def _written(writes: Mapping[str, Fraction], read: Sequence[str]) -> dict[str, Any]:
    """Return how many sentences can be written, how many of them were read, and the share of what is written that wasn't."""
    new = float(sum(p for said, p in writes.items() if said not in read))
    return {"different": len(writes), "read": len(writes.keys() & set(read)), "counted": new, "new": in_all(new)}


def every(read: Sequence[Sequence[str]], asked: Sequence[str]) -> bool:
    """Whether the sentences read and asked are together all combinations of their words, where an article and its noun count as one.

    >>> every([["the clock stood here", "a chair stood there"]], ["the clock stood there", "a chair stood here"])
    True
    >>> every([["the clock stood here", "a chair stood there"]], ["the clock stood there"])
    False
    """
    rows = {(row[:2], *row[2:]) for sentences in (*read, asked) for row in map(words, sentences)}
    if len({len(row) for row in rows}) != 1:
        return False
    return len(rows) == prod(len(set(column)) for column in zip(*rows, strict=True))


def parted(
    world: World, text: Rounds | None, held_out: Sentences | None
) -> tuple[Sequence[Sequence[str]], Sequence[str]]:
    """Return rounds and held-out sentences: of a text, or else of the world."""
    if text is None:
        text, held_out = world.rounds(), held_out or world.held_out()
    if held_out is None:
        return text.parted()
    refuse_seen(text, held_out)
    return text.items, held_out.items


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


def _round_one(votes: Mapping[str, Any], heard: Sequence[tuple[str, list[str]]], vocabulary: int) -> dict[str, Any]:
    """Return the votes after round one, its sentences, and who voted."""
    read, voters = tuple(sentence for sentence, _ in heard), [sentence for sentence, found in heard if found]
    dice = read if len(read) <= FEW else sorted(voters, key=lambda s: len(words(s)))[:SHORT]
    return {
        **votes,
        "unseen": vocabulary - len(votes["words"]),
        "size": len(read),
        "sentences": read,
        "dice": dice,
        "voters": voters,
        "cast": len(voters),
        "shown": [*votes["words"], *["–"] * SHOWN][:SHOWN],
    }


def _rolled(dice: Sequence[str]) -> tuple[Trigram, dict[str, Fraction]]:
    """Return a model of a few sentences, and all that it can write, each with its probability."""
    small = Trigram.untrained(())
    for sentence in dice:
        small.read(sentence)
    return small, written(small)


def _votes(model: Trigram, stem: Pair, spelt: Mapping[str, str]) -> dict[str, Any]:
    names, votes = model.favourites(stem), model.votes[stem]
    return {"words": [spelt[name] for name in names], "counts": [votes[name] for name in names], "total": votes.total()}
