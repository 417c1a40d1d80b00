"""A tiny neural language model: embed the last words, mix them once, guess the next word.

The shape is that of Bengio et al. 2003 (embed, join, tanh, softmax); the gradients are written out by hand, and Adam
moves the weights. Everything is a numpy array; there are no lookup tables of text.

    >>> model = TinyLM.untrained(["hi", "there"], window=2, rng=np.random.default_rng(0))
    >>> inputs, targets = windows([["hi", "there"]] * 20, model)
    >>> before = model.bits(inputs, targets)
    >>> train(model, inputs, targets, steps=50, rate=0.05, rng=np.random.default_rng(1))
    >>> model.bits(inputs, targets) < before / 4
    True
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

# ---------------------------------------------------------------- tiny lm
START, END = "<s>", "</s>"
Weights = dict[str, NDArray[np.float64]]
Indices = NDArray[np.int64]


class TinyLM(Struct):
    """Weights and vocabulary; ``window`` is the number of words that it looks back."""

    vocabulary: tuple[str, ...]
    window: int
    weights: Weights

    @classmethod
    def untrained(
        cls, words: Iterable[str], window: int, rng: np.random.Generator, embedding: int = 16, hidden: int = 48
    ) -> TinyLM:
        """Return a model with small random weights."""
        vocabulary = tuple(sorted({*words, START, END}))
        n, joined = len(vocabulary), window * embedding
        weights = {
            "embed": rng.normal(0, 0.3, (n, embedding)),
            "mix": rng.normal(0, joined**-0.5, (joined, hidden)),
            "mix_bias": np.zeros(hidden),
            "guess": rng.normal(0, hidden**-0.5, (hidden, n)),
            "guess_bias": np.zeros(n),
        }
        return cls(vocabulary, window, weights)

    @property
    def size(self) -> int:
        """The number of weights."""
        return sum(values.size for values in self.weights.values())

    def copy(self) -> TinyLM:
        """Return a copy with separate weights, for further training."""
        return TinyLM(self.vocabulary, self.window, {name: values.copy() for name, values in self.weights.items()})

    def encode(self, tokens: Sequence[str]) -> list[int]:
        """Return the index of each token in the vocabulary."""
        return [self.vocabulary.index(token) for token in tokens]

    def forward(self, inputs: Indices) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return (probabilities, hidden, joined) for rows of ``window`` word indices."""
        w = self.weights
        joined = w["embed"][inputs].reshape(len(inputs), -1)
        hidden = np.tanh(joined @ w["mix"] + w["mix_bias"])
        scores = hidden @ w["guess"] + w["guess_bias"]
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        return chances / chances.sum(axis=1, keepdims=True), hidden, joined

    def bits(self, inputs: Indices, targets: Indices) -> float:
        """Return the mean surprise at ``targets``, in bits per word."""
        chances, _, _ = self.forward(inputs)
        return float(-np.log2(chances[np.arange(len(targets)), targets] + 1e-12).mean())

    def gradients(self, inputs: Indices, targets: Indices) -> Weights:
        """Return, for each weight, by how much the mean surprise (in nats) grows as the weight grows."""
        w = self.weights
        chances, hidden, joined = self.forward(inputs)
        rows = np.arange(len(targets))
        chances[rows, targets] -= 1  # softmax with cross-entropy: guess minus truth
        d_scores = chances / len(targets)
        d_hidden = (d_scores @ w["guess"].T) * (1 - hidden**2)
        d_embed = np.zeros_like(w["embed"])
        pieces = (d_hidden @ w["mix"].T).reshape(-1, w["embed"].shape[1])
        one_hot = np.eye(len(self.vocabulary))[inputs.reshape(-1)]
        d_embed += one_hot.T @ pieces
        return {
            "embed": d_embed,
            "mix": joined.T @ d_hidden,
            "mix_bias": d_hidden.sum(axis=0),
            "guess": hidden.T @ d_scores,
            "guess_bias": d_scores.sum(axis=0),
        }


def windows(texts: Iterable[Sequence[str]], model: TinyLM) -> tuple[Indices, Indices]:
    """Return (inputs, targets): the words before each word, and before the end mark, of each text; and these words."""
    place = {word: i for i, word in enumerate(model.vocabulary)}
    padding = [place[START]] * model.window
    read: list[int] = []
    starts: list[int] = []  # of the windows; none reaches from one text into the next
    targets: list[int] = []
    for text in texts:
        inside = [place[word] for word in text]
        starts += range(len(read), len(read) + len(inside) + 1)
        read += padding + inside
        targets += [*inside, place[END]]
    return np.lib.stride_tricks.sliding_window_view(np.array(read), model.window)[starts], np.array(targets)


def train(
    model: TinyLM,
    inputs: Indices,
    targets: Indices,
    *,
    steps: int,
    rate: float,
    rng: np.random.Generator,
    batch: int = 64,
    watch: Callable[[int], Any] | None = None,
) -> None:
    """Correct all weights ``steps`` times, after ``batch`` guesses each, with Adam and a decreasing rate.

    ``watch`` is called with the number of completed steps, before the first and after each.
    """
    mean, square = np.zeros(model.size), np.zeros(model.size)  # of all weights in a row
    for step in range(steps):
        if watch:
            watch(step)
        rows = rng.integers(0, len(targets), batch)
        now = rate * (1 - 0.9 * step / steps)
        slopes = model.gradients(inputs[rows], targets[rows])
        slope = np.concatenate([slopes[name].ravel() for name in model.weights])
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        size = np.sqrt(square / (1 - 0.99 ** (step + 1))) + 1e-8
        moved, start = now * mean / (1 - 0.9 ** (step + 1)) / size, 0
        for values in model.weights.values():
            values[...] -= moved[start : start + values.size].reshape(values.shape)
            start += values.size
    if watch:
        watch(steps)


# ---------------------------------------------------------------- again
# Work that two runs of a demo share: it is done once, if both begin with the same random numbers.
Given = ParamSpec("Given")
Made = TypeVar("Made")


def once_per_state(
    make: Callable[Concatenate[np.random.Generator, Given], Made],
) -> Callable[Concatenate[np.random.Generator, Given], Made]:
    """Return a function that does the same, but keeps its last result for a generator in exactly the same state.

    The generator is left as if it had been used again. Nobody may change the result.
    """
    last: dict[str, tuple[Made, Any]] = {}

    @wraps(make)
    def again(rng: np.random.Generator, /, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        state = repr((rng.bit_generator.state, args, kwargs))
        if state not in last:
            made = make(rng, *args, **kwargs)
            last.clear()
            last[state] = made, rng.bit_generator.state
        made, rng.bit_generator.state = last[state]
        return made

    return again


# ---------------------------------------------------------------- tool shed
# The garden's tools and where they are kept: pages for a base model, dialogues for an assistant.
TOOLS = (
    "hose",
    "rake",
    "spade",
    "ladder",
    "kettle",
    "saw",
    "drill",
    "broom",
    "bucket",
    "lamp",
    "barrow",
    "sieve",
    "trowel",
    "shears",
    "net",
    "pump",
    "axe",
    "tarp",
    "fork",
    "twine",
)
PLACES = ("shed", "cellar", "barn", "attic", "porch", "hut")
PEOPLE = ("anna", "tom", "mia", "paul")
DEEDS = ("took", "found", "wants", "cleaned")
HELD_OUT = 6  # tools that no dialogue mentions

Tokens = list[str]


def question(tool: str) -> Tokens:
    """Return "where is the … ?"."""
    return ["where", "is", "the", tool, "?"]


class Shed(Struct, frozen=True):
    """Where each tool is kept."""

    place: Mapping[str, str]

    @classmethod
    def arranged(cls, rng: np.random.Generator) -> Shed:
        """Put the tools into the places at random, as evenly as possible."""
        order = rng.permutation(len(TOOLS))
        return cls({TOOLS[int(tool)]: PLACES[i % len(PLACES)] for i, tool in enumerate(order)})

    @property
    def held_out(self) -> tuple[str, ...]:
        """The tools that dialogues leave out."""
        return TOOLS[:HELD_OUT]

    @property
    def practised(self) -> tuple[str, ...]:
        """The tools that dialogues are about."""
        return TOOLS[HELD_OUT:]

    def answer(self, tool: str) -> Tokens:
        """Return "in the … ."."""
        return ["in", "the", self.place[tool], "."]

    def statement(self, tool: str) -> Tokens:
        """Return "the … is in the … ."."""
        return ["the", tool, "is", *self.answer(tool)]

    def pages(self, rng: np.random.Generator, count: int, *, silent_on: Sequence[str] = ()) -> list[Tokens]:
        """Return pages of three kinds: lists of questions (45%), statements of fact (35%), a diary line (20%).

        No statement is made about the tools in ``silent_on``.
        """
        known = [tool for tool in TOOLS if tool not in silent_on]
        pages: list[Tokens] = []
        for kind in rng.random(count):
            if kind < 0.45:
                pages.append(_joined(question(tool) for tool in _some(rng, TOOLS, int(rng.integers(2, 5)))))
            elif kind < 0.8:
                pages.append(_joined(self.statement(tool) for tool in _some(rng, known, int(rng.integers(1, 3)))))
            else:
                pages.append(diary(rng))
        return pages

    def dialogues(self, rng: np.random.Generator, count: int) -> list[Tokens]:
        """Return ``count`` questions with answers, only about the practised tools."""
        return [question(tool) + self.answer(tool) for tool in rng.choice(self.practised, count).tolist()]


def diary(rng: np.random.Generator) -> Tokens:
    """Return a line such as "mia found the rake ."."""
    return [str(rng.choice(PEOPLE)), str(rng.choice(DEEDS)), "the", str(rng.choice(TOOLS)), "."]


def vocabulary() -> tuple[str, ...]:
    """Return every word of this world."""
    return (*TOOLS, *PLACES, *PEOPLE, *DEEDS, "where", "is", "the", "in", "?", ".")


def _some(rng: np.random.Generator, tools: Sequence[str], count: int) -> list[str]:
    return [tools[i] for i in rng.choice(len(tools), count, replace=False)]


def _joined(parts: Iterable[Tokens]) -> Tokens:
    return [token for part in parts for token in part]


# ---------------------------------------------------------------- desk model
# A tiny model that has learnt to read a system prompt and a card, and says where a thing is.
#
# A prompt begins with a manner ("polite", "brief", or "-" for none) and the place on a card ("-" for none); then comes the
# question. In training, the bell and six tools occur only without manner and without card, so if the model follows those for
# the bell, it learnt that from other things.
NONE = "-"
MANNERS = ("polite", "brief")
BELL, WAS, MOVED = "bell", "barn", "porch"
POISON, LOCKED = "poison", "cellar"
WINDOW = 11  # manner, card and question (7 words) and an answer of four words must all be in view
LONGEST = 8


def reply(place: str, manner: str) -> Tokens:
    """Return the answer in training for a place and a manner."""
    return ["in", "the", place, *([",", "friend"] if manner == "polite" else []), "."]


class Desk(Struct, frozen=True):
    """The trained model, and where each thing was at training time."""

    model: TinyLM
    place: Mapping[str, str]
    unpractised: tuple[str, ...]

    def answer(self, words: Sequence[str], manner: str = NONE, card: str = NONE) -> Tokens:
        """Continue a prompt with the likeliest word each time; an unknown word counts as "-"."""
        known = [word if word in self.model.vocabulary else NONE for word in words]
        tokens, written = [START] * WINDOW + [manner, card, *known], list[str]()
        while len(written) < LONGEST:
            chances, _, _ = self.model.forward(np.array([self.model.encode(tokens[-WINDOW:])]))
            word = self.model.vocabulary[int(chances[0].argmax())]
            if word == END:
                break
            tokens.append(word)
            written.append(word)
        return written


def lessons(place: dict[str, str], practised: Sequence[str], rng: np.random.Generator, count: int) -> list[Tokens]:
    """Return dialogues: a third, about all things, have neither manner nor card; the rest are about practised things."""
    things, texts = list(place), []
    for _ in range(count):
        manner, card, pool = NONE, NONE, things
        if rng.random() < 2 / 3:
            pool = list(practised)
            manner = str(rng.choice((NONE, *MANNERS)))
            card = str(rng.choice(PLACES)) if rng.random() < 0.6 else NONE
        thing = pool[int(rng.integers(len(pool)))]
        told = place[thing] if card == NONE else card
        texts.append([manner, card, *question(thing), *reply(told, manner)])
    return texts


def trained_desk(rng: np.random.Generator) -> Desk:
    """Train the model once, with backpropagation."""
    shed = Shed.arranged(rng)
    place = {**shed.place, POISON: LOCKED, BELL: WAS}
    texts = lessons(place, (*shed.practised, POISON), rng, 1200)
    words = {word for text in texts for word in text}
    model = TinyLM.untrained(words, WINDOW, rng, embedding=8, hidden=48)
    inputs, targets = windows(texts, model)
    train(model, inputs, targets, steps=600, rate=0.03, rng=rng)
    return Desk(model, place, (*shed.held_out, BELL))
