"""A model that counts which word followed each pair of words.

All V words of the vocabulary share one phantom example, so that nothing is impossible:
P(word | pair) = (count + 1/V) / (total + 1). Untrained, every word is as likely as any other, and the surprise
-log2 P is log2 V bits.

    >>> model = Trigram.untrained(["the spade stood"])
    >>> model.surprise("the spade stood")       # three words and the end mark: log2 of 4
    2.0
    >>> model.read("the spade stood")
    >>> model.probability(("the", "spade"), "stood")
    0.625

A garden grammar: sentences of five to eleven words, each with a known probability.

It is small enough for a count model to learn from a few hundred sentences, and because every
probability is known, so is the floor that no model can beat.

    >>> garden = garden_grammar()
    >>> garden.sentences[0]
    'the gardener waters the roses'
    >>> len(garden.sentences), round(sum(garden.probabilities), 6)
    (4500, 1.0)

Byte-pair encoding: begin with letters, and repeatedly join the most frequent pair of neighbours.

Each word ends with the mark ``_``, a separate symbol, so that "est_" at the end of a word differs from "est" inside. If
several pairs are equally frequent, the first one by the alphabet is joined; another rule gives other names, but the same
counts. Source: Sennrich, Haddow and Birch 2016, from whom ``EXAMPLE`` is.

    >>> merges = learn_byte_pairs(EXAMPLE, 4)
    >>> [("".join(merge.pair), merge.count) for merge in merges]
    [('es', 9), ('est', 9), ('est_', 9), ('lo', 7)]
    >>> cut("lowest", merges)
    ('lo', 'w', 'est_')

A count model that guesses from two words and backs off to one, to none, and finally to "any word".

>>> model = WordCounts(["the", "gardener", "waters"])
>>> round(model.perplexity(["the gardener"]), 9)       # untrained: like picking one of 4 at random
4.0
>>> model.feed("the gardener waters")
>>> model.probability(("the", "gardener"), "waters") > 0.5
True

A model that can be followed on paper: every word of the prompt votes for an answer.

Training is counting: how often did each word occur in a prompt with this answer? The
model multiplies those shares (naive Bayes, add-``k``), so it can answer an unknown prompt
if it has seen the words. Source: the textbook naive Bayes classifier.

    >>> model = WordVotes.trained([("a red tag", "wren"), ("a blue tag", "robin")], k=0.1)
    >>> model.answer("a red hook")
    'wren'
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise, product
from math import log, log2

import numpy as np
from msgspec import Struct, field

from workshop.ai_models.parts.tiny_lm import END, START, TinyLM
from workshop.inputs.texts import words

# ---------------------------------------------------------------- next words
NEXT_WORDS_START, NEXT_WORDS_END = "<start>", "<end>"
FEW = 6  # most votes in a round that can be counted by hand
# Short names keep the loop narrow enough for a slide
Text = Sequence[str]
Bits = list[float]
Pair = tuple[str, str]


class Trigram(Struct):
    """Counts of the words that followed each pair of words."""

    vocabulary: tuple[str, ...]
    votes: defaultdict[Pair, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @classmethod
    def untrained(cls, sentences: Iterable[str]) -> Trigram:
        """Return a model with words but no counts."""
        return cls(tuple(sorted({word for sentence in sentences for word in words(sentence)} | {NEXT_WORDS_END})))

    def read(self, sentence: str) -> None:
        """Count each word of a sentence as one vote after the pair before it."""
        for pair, word in guesses(sentence):
            self.votes[pair][word] += 1

    def probability(self, pair: Pair, word: str) -> float:
        """Return the share of votes for a word, including a phantom vote that all words share."""
        votes = self.votes[pair]
        return (votes[word] + 1 / len(self.vocabulary)) / (votes.total() + 1)

    def surprise(self, *sentences: str) -> float:
        """Return the mean of -log2 P over all words and end marks, in bits."""
        bits = [-log2(self.probability(pair, word)) for s in sentences for pair, word in guesses(s)]
        return sum(bits) / len(bits)

    def favourites(self, pair: Pair) -> list[str]:
        """Return the words that have votes after a pair, most votes first."""
        votes = self.votes[pair]
        return sorted(votes, key=lambda word: (-votes[word], word))


def guesses(sentence: str) -> list[tuple[Pair, str]]:
    """Return every word of a sentence, and its end, with the pair before it."""
    row = (NEXT_WORDS_START, NEXT_WORDS_START, *words(sentence), NEXT_WORDS_END)
    return [((row[i - 2], row[i - 1]), row[i]) for i in range(2, len(row))]


def learn(model: Trigram, rounds: Iterable[Text], held_out: Text) -> Bits:
    """Return the held-out surprise before round one and after each."""
    bits = [model.surprise(*held_out)]
    for sentences in rounds:
        for sentence in sentences:
            model.read(sentence)
        bits.append(model.surprise(*held_out))
    return bits


def common_stem(model: Trigram, first: Trigram | None = None) -> Pair:
    """Return the pair of words with the most votes for more than one next word.

    Args:
        first: the same model after one round; pairs that a person can count there take precedence.
    """

    def rank(pair: Pair) -> tuple[bool, bool, bool, bool, int, Pair]:
        early = first.votes[pair] if first else Counter[str]()
        votes = model.votes[pair]
        changes = early and model.favourites(pair)[0] != max(sorted(early), key=lambda word: early[word])
        return (
            NEXT_WORDS_END in votes,
            len(early) < 2,
            not 2 <= early.total() <= FEW,
            bool(changes),
            -votes.total(),
            pair,
        )

    contested = [pair for pair, votes in model.votes.items() if NEXT_WORDS_START not in pair and len(votes) > 1]
    return min(contested, key=rank, default=(NEXT_WORDS_START, NEXT_WORDS_START))


def mixes(sentences: Iterable[str]) -> bool:
    """Whether two sentences continue differently after the same pair, so that counts alone can produce a new sentence."""
    model = Trigram.untrained(())
    for sentence in sentences:
        model.read(sentence)
    return any(len(votes) > 1 for pair, votes in model.votes.items() if NEXT_WORDS_START not in pair)


def beginning(sentences: Iterable[str], stem: Pair, most: int = 7) -> str:
    """Return the beginning of the first sentence with the stem, up to and including it; just the stem if there is none.

    >>> beginning(["a bucket hung", "the spade stood by the shed"], ("by", "the"))
    'The spade stood by the'
    """
    for sentence in sentences:
        row = words(sentence)
        for place in range(len(row) - 1):
            if row[place : place + 2] == stem:
                text = " ".join(row[: place + 2][-most:])
                return text[:1].upper() + text[1:] if place + 2 <= most else f"… {text}"
    return " ".join(word for word in stem if word != NEXT_WORDS_START)


# ---------------------------------------------------------------- grammar
# (chance that the slot is filled, its phrases); the k-th phrase is k times rarer than the first
GARDEN = (
    (1.0, ("the gardener", "the neighbour", "the teacher", "the beekeeper", "the treasurer", "the child")),
    (1.0, ("waters", "weeds", "plants", "checks", "covers")),
    (1.0, ("the roses", "the beans", "the tomatoes", "the seedlings", "the herbs", "the pumpkins")),
    (0.6, ("by the gate", "in the greenhouse", "near the shed", "behind the hedge")),
    (0.5, ("in the morning", "after lunch", "before sunset", "on saturday")),
)


class Grammar(Struct, frozen=True):
    """Every sentence of a finite language with its probability, the likeliest words first."""

    sentences: tuple[str, ...]
    probabilities: tuple[float, ...]

    def sample(self, rng: np.random.Generator, count: int) -> list[str]:
        """Return ``count`` sentences drawn with their probabilities; repeats are possible."""
        return [self.sentences[i] for i in rng.choice(len(self.sentences), count, p=self.probabilities)]

    def bits_per_word(self, sentences: Sequence[str]) -> float:
        """Return the surprise of someone who knows the grammar, in bits per word; the end mark counts as a word."""
        chance = dict(zip(self.sentences, self.probabilities, strict=True))
        total = sum(-math.log2(chance[sentence]) for sentence in sentences)
        return total / sum(len(words(sentence)) + 1 for sentence in sentences)


@cache
def garden_grammar() -> Grammar:
    """Return the garden's grammar with all its sentences."""
    slots = []
    for chance, phrases in GARDEN:
        weights = [1 / (k + 1) for k in range(len(phrases))]
        empty = [("", 1 - chance)] if chance < 1 else []
        slots.append(empty + [(p, chance * w / sum(weights)) for p, w in zip(phrases, weights, strict=True)])
    choices = list(product(*slots))
    sentences = tuple(" ".join(phrase for phrase, _ in choice if phrase) for choice in choices)
    return Grammar(sentences, tuple(math.prod(chance for _, chance in choice) for choice in choices))


# ---------------------------------------------------------------- byte pairs
BYTE_PAIRS_END = "_"
EXAMPLE = {"low": 5, "lower": 2, "newest": 6, "widest": 3}

Pieces = tuple[str, ...]


class Merge(Struct, frozen=True):
    """A pair that was joined, its frequency, and how many pairs had the same frequency."""

    pair: tuple[str, str]
    count: int
    tied: int


def joined(pieces: Pieces, pair: tuple[str, str]) -> Pieces:
    """Return the pieces with every occurrence of a pair joined, from left to right."""
    if pair[0] not in pieces or pair[1] not in pieces:
        return pieces
    done: list[str] = []
    for piece in pieces:
        if done and (done[-1], piece) == pair:
            done[-1] += piece
        else:
            done.append(piece)
    return tuple(done)


def learn_byte_pairs(frequency: Mapping[str, int], merges: int) -> list[Merge]:
    """Return the merges in order; there are fewer if every word becomes one piece earlier."""
    spelt = {word: (*word, BYTE_PAIRS_END) for word in frequency}
    found: list[Merge] = []
    for _ in range(merges):
        pairs: Counter[tuple[str, str]] = Counter()
        for word, pieces in spelt.items():
            for pair in pairwise(pieces):
                pairs[pair] += frequency[word]
        if not pairs:
            break
        most = max(pairs.values())
        tied = [pair for pair, times in pairs.items() if times == most]
        found.append(Merge(min(tied), most, len(tied)))
        spelt = {word: joined(pieces, found[-1].pair) for word, pieces in spelt.items()}
    return found


def cut(word: str, merges: Sequence[Merge]) -> Pieces:
    """Return the pieces of any word, known or not, by applying the merges in the order in which they were learnt."""
    pieces: Pieces = (*word, BYTE_PAIRS_END)
    for merge in merges:
        pieces = joined(pieces, merge.pair)
    return pieces


# ---------------------------------------------------------------- word counts
WORD_COUNTS_START, WORD_COUNTS_END = "<s>", "</s>"


class WordCounts:
    """Interpolated counts of one, two and three words (Witten and Bell's idea with a fixed weight).

    Args:
        vocabulary: all words that can be guessed; the end mark is added.
        prior: weight of the shorter context's guess, as a number of imagined words.
    """

    def __init__(self, vocabulary: Iterable[str], prior: float = 2.0) -> None:
        self.vocabulary = sorted({*vocabulary, WORD_COUNTS_END})
        self.prior = prior
        self.counts: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        self.totals: Counter[tuple[str, ...]] = Counter()

    def feed(self, text: str) -> None:
        """Count which word follows none, one and two words."""
        marked = [WORD_COUNTS_START, WORD_COUNTS_START, *words(text), WORD_COUNTS_END]
        for first, second, word in zip(marked, marked[1:], marked[2:], strict=False):
            for context in ((), (second,), (first, second)):
                self.counts[context][word] += 1
                self.totals[context] += 1

    def probability(self, context: tuple[str, str], word: str) -> float:
        """Return P(word | two words before it)."""
        guess = 1 / len(self.vocabulary)
        for before in ((), context[1:], context):
            read = self.totals.get(before, 0)
            seen = self.counts[before].get(word, 0) if read else 0
            guess = (seen + self.prior * guess) / (read + self.prior)
        return guess

    def bits_per_word(self, texts: Sequence[str]) -> float:
        """Return the mean surprise in bits per word; the end mark counts as a word."""
        surprises: list[float] = []
        for text in texts:
            marked = [WORD_COUNTS_START, WORD_COUNTS_START, *words(text), WORD_COUNTS_END]
            surprises += [
                -math.log2(self.probability((first, second), word))
                for first, second, word in zip(marked, marked[1:], marked[2:], strict=False)
            ]
        return sum(surprises) / len(surprises)

    def perplexity(self, texts: Sequence[str]) -> float:
        """Return 2 to the power of the bits per word: the number of equally likely words with the same surprise."""
        return float(2 ** self.bits_per_word(texts))


# ---------------------------------------------------------------- word votes
Item = tuple[str, str]  # prompt, right answer


class WordVotes(Struct, frozen=True, kw_only=True):
    """Counts of (prompt word, answer) pairs, and methods that use them.

    Attributes:
        answers: answer -> number of training prompts with it.
        pairs: (word, answer) -> number of times.
        lengths: answer -> number of prompt words seen with it.
        vocabulary: number of different prompt words.
        k: phantom count of every pair, so that no answer is impossible.
    """

    answers: Counter[str]
    pairs: Counter[tuple[str, str]]
    lengths: Counter[str]
    vocabulary: int
    k: float

    @classmethod
    def trained(cls, items: Iterable[Item], k: float = 0.05) -> WordVotes:
        """Count the items once."""
        answers: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        lengths: Counter[str] = Counter()
        for prompt, right in items:
            words = prompt.split()
            answers[right] += 1
            lengths[right] += len(words)
            pairs.update((word, right) for word in words)
        return cls(answers=answers, pairs=pairs, lengths=lengths, vocabulary=len({word for word, _ in pairs}), k=k)

    def score(self, prompt: str, answer: str) -> float:
        """Return the log of (share of the answer times the share of each word under it)."""
        total = self.lengths[answer] + self.k * self.vocabulary
        votes = sum(log((self.pairs.get((word, answer), 0) + self.k) / total) for word in prompt.split())
        return log(self.answers[answer]) + votes

    def answer(self, prompt: str) -> str:
        """Return the answer with the highest score; ties go by the alphabet."""
        return max(sorted(self.answers), key=lambda answer: self.score(prompt, answer))

    def right(self, items: Sequence[Item]) -> list[bool]:
        """Return for every item whether the model's answer was right."""
        return [self.answer(prompt) == right for prompt, right in items]


# ---------------------------------------------------------------- writing
# Letting a tiny model continue a text by itself, word by word.
def continue_text(
    model: TinyLM, prompt: Sequence[str], times: int, longest: int, rng: np.random.Generator
) -> list[list[str]]:
    """Continue ``prompt`` ``times`` times up to the end mark, drawing each word with the model's probabilities."""
    start = ([model.vocabulary.index(START)] * model.window + model.encode(prompt))[-model.window :]
    tokens = np.tile(np.array(start), (times, 1))
    drawn = []
    for _ in range(longest):
        chances, _, _ = model.forward(tokens[:, -model.window :])
        picked = (chances.cumsum(axis=1) < rng.random((times, 1))).sum(axis=1)
        picked = np.minimum(picked, len(model.vocabulary) - 1)
        drawn.append(picked)
        tokens = np.column_stack([tokens[:, 1:], picked])
    texts = [[model.vocabulary[i] for i in row] for row in np.array(drawn).T]
    return [text[: text.index(END)] if END in text else text for text in texts]


def joined_writing(words: Sequence[str]) -> str:
    """Join words and marks as people write them, without a blank before a mark.

    >>> joined(["in", "the", "porch", ",", "friend", "."])
    'in the porch, friend.'
    """
    return " ".join(words).replace(" ,", ",").replace(" .", ".").replace(" ?", "?")
