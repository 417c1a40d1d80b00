"""What is worth asking of a next-word model: a pair that people can count, how its sentence begins, and what they can poke."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from workshop.ai_models.toys.trigram import END, START, Pair, Trigram
from workshop.ai_models.toys.words import words
from workshop.inputs.texts import spelling
from workshop.model.pokes import Before, Draw, Lookup, Read, Sweep, Write

FEW = 6  # most votes in a round that can be counted by hand
MOST_ROLLED = 4  # most pairs of words after which somebody writing with a die has to roll
ENDLESS = 300  # most sentences that a small round can reasonably be mixed into, and most letters of one

Pick = Callable[[Counter[str]], Mapping[str, Fraction]]  # from the votes for the next word to its probabilities


def favourite(votes: Counter[str]) -> dict[str, Fraction]:
    """Pick the word with the most votes; in a tie, the one read first."""
    return {max(votes, key=lambda word: votes[word]): Fraction(1)}


def counted(votes: Counter[str]) -> dict[str, Fraction]:
    """Pick each word as often as it was read."""
    return {word: Fraction(count, votes.total()) for word, count in votes.items()}


def alike(votes: Counter[str]) -> dict[str, Fraction]:
    """Pick all words that were read equally often."""
    return dict.fromkeys(votes, Fraction(1, len(votes)))


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
    "{{ bits.choices | number(1) }} equally likely words. The last round {{ 'saved' if saved.last >= 0 else 'added' }} "
    "{{ (saved.last if saved.last >= 0 else -saved.last) | bits }} bits.",
)
BET = Draw(
    "It has read nothing: every sentence surprises it with {{ bits.first | bits }} bits per word. How surprised is it by unread sentences after "
    "each round of reading?",
    exhibit="surprise",
    series="surprise",
    given=1,
    then=READ,
    comment="The first round {{ 'saves' if saved.first >= 0 else 'adds' }} {{ (saved.first if saved.first >= 0 else -saved.first) | bits }} bits; "
    "later rounds bring less and less that is new.",
    lead="This model only counts which word followed each pair of words. If it gave the next word a probability "
    "of 0.50, that word surprises it by 1 bit; 0.25 makes 2 bits, 1 in 16 makes 4. Draw first. Then let it read, and write on with it.",
)
WRITE = Write(
    "next",
    label="Type at least two words",
    key="last_two_words",
    value="(count + 1 / size) / (total + 1)",
    unit="ratio",
    examples="suggested",
)
POKES = (BET, WRITE)


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
    known = [pair for pair, votes in model.votes.items() if votes and START not in pair]
    busiest = sorted(known, key=lambda pair: -len(model.votes[pair]))
    asked = dict.fromkeys([*([stem] if START not in stem else []), *busiest])
    return [*[" ".join(pair) for pair in asked][:most], ""]


def _asked(model: Trigram) -> list[Pair]:
    """Return pairs for proofs: the first ones that were read, the start of a sentence, and one that was never read."""
    return [*[pair for pair, votes in model.votes.items() if votes][:4], (START, START), (END, END)]


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
    return len(written(model, counted)) > len(set(sentences)) and len(rolled) <= MOST_ROLLED and max(rolled) <= FEW


def written(model: Trigram, pick: Pick) -> dict[str, Fraction]:
    """Return every sentence that can be written by picking word after word, with its probability; none if they never end."""
    open_, found = deque([((START, START), "", Fraction(1))]), dict[str, Fraction]()
    while open_:
        pair, row, p = open_.popleft()
        if max(len(open_), len(found), len(row)) > ENDLESS:
            return {}
        for word, share in pick(model.votes[pair]).items():
            if word == END:
                found[row.strip()] = p * share
            else:
                open_.append(((pair[1], word), f"{row} {word}", p * share))
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
