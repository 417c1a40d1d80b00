"""Three searches over the same cards: by shared words, by nearness of embeddings, and by fusing both rankings.

>>> fuse([[0, 1, 2], [2, 0]], constant=1)       # 1/(1+1) + 1/(1+2), 1/(1+2), 1/(1+3) + 1/(1+1)
{0: 0.833..., 1: 0.333..., 2: 0.75}

Search by shared words: BM25, in the form that Lucene uses.

A card scores for every word of the question that it has: more for a rare word, less for a repeated one, and less in
a long card. Source: Robertson and Zaragoza 2009, The Probabilistic Relevance Framework.

    >>> index = KeywordIndex.of(["forty euros a plot", "the hose and the tap"])
    >>> [float(score > 0) for score in index.scores("where is the tap")]
    [0.0, 1.0]

Words as rows of numbers, learnt only from which words occur together in the entries of a dictionary.

Two words are near each other if they share entries, and the same other words, more often than by chance. The
numbers were made once, by ``docs/make_word_vectors.py``, from the definitions and examples of WordNet 3.0,
whose licence is beside them. Source of the method: Levy, Goldberg and Dagan 2015 (positive pointwise
mutual information, context smoothing 0.75, singular value decomposition, square root of the singular values).

    >>> space = Embedding.read()
    >>> space.cosine("fee", "payment") > 0.5 > 0.1 > space.cosine("fee", "insects")
    True
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from workshop.ai_models.parts.intervals import wilson
from workshop.errors import Problem, WorkshopError
from workshop.inputs.library import Documents, Question, Questions
from workshop.inputs.texts import shortened, words

# ---------------------------------------------------------------- keyword
_STOP = """
a about all an and any are as at be by can do does for from go had has have how i if in into is it its many may me
much must my no not of on only or our out so than that the their them then there these they this to up was we were
what when where which who why will with you your
"""
# Words that say nothing about a topic; both kinds of search ignore them
STOP_WORDS = frozenset(_STOP.split())


def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that can point to a topic.

    >>> content_words("Where do the bees live?")
    ('bees', 'live')
    """
    return tuple(word for word in words(text) if word not in STOP_WORDS)


class KeywordIndex(Struct, frozen=True):
    """Word counts of every card.

    Attributes:
        counts: one counter per card.
        rarity: word -> log(1 + (N - n + 0.5) / (n + 0.5)), if n of N cards have it.
        k1: how soon a repeated word stops counting.
        b: how much a long card is penalized, 0 to 1.
    """

    counts: tuple[Counter[str], ...]
    rarity: Mapping[str, float]
    k1: float = 1.5
    b: float = 0.75

    @classmethod
    def of(cls, cards: Sequence[str]) -> KeywordIndex:
        """Count the words of each card."""
        counts = tuple(Counter(content_words(card)) for card in cards)
        having = Counter(word for count in counts for word in count)
        rarity = {word: log(1 + (len(cards) - n + 0.5) / (n + 0.5)) for word, n in having.items()}
        return cls(counts, rarity)

    def scores(self, question: str) -> npt.NDArray[np.float64]:
        """Return one score per card, shape (cards,); 0 if no word is shared."""
        lengths = [count.total() for count in self.counts]
        mean = sum(lengths) / len(lengths) or 1
        asked = [word for word in content_words(question) if word in self.rarity]
        found = np.zeros(len(self.counts))
        for place, (count, length) in enumerate(zip(self.counts, lengths, strict=True)):
            damping = self.k1 * (1 - self.b + self.b * length / mean)
            for word in asked:
                if times := count.get(word, 0):
                    found[place] += self.rarity[word] * times / (times + damping)
        return found


# ---------------------------------------------------------------- embedding
Array = npt.NDArray[np.float64]
FILE = Path(__file__).parent.parent / "word_vectors" / "vectors.npz"
BLOCK = 2000  # rows processed at a time: all of them at once would need three times the memory of the result
HALF = 8  # a number is stored in half a byte, as 1 to 15, which means -7 to 7


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return a word without the endings of plural, past and present, so that "rakes" and "raked" count as the same word.

    >>> stem("hoses"), stem("watering"), stem("stopped"), stem("berries"), stem("bees")
    ('hos', 'water', 'stop', 'berry', 'bee')
    """
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("ses", "xes", "zes", "ches", "shes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and set(rest) & set("aeiouy"):
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "ls" else rest
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


class Embedding(Struct, frozen=True, kw_only=True):
    """An embedding for each word.

    Attributes:
        words: the commonest form of each word in the dictionary.
        index: stem -> row.
        places: shape (words, k), each row of length 1; the most important direction comes first.
        rarity: weight of each word in a text, log(sentences / sentences that have it), shape (words,).
        entries, sentences: how many entries of the dictionary were read, and how many definitions and examples.
    """

    words: tuple[str, ...]
    index: Mapping[str, int]
    places: Array
    rarity: Array
    entries: int
    sentences: int

    @classmethod
    @lru_cache(maxsize=1)
    def read(cls) -> Embedding:
        """Return the numbers that come with the kit."""
        with np.load(FILE, allow_pickle=False) as kept:
            words = tuple(str(kept["words"]).split(" "))
            halves, rarity, counts = kept["halves"], kept["rarity"].astype(float), kept["counts"].tolist()
        places = np.stack([halves >> 4, halves & 15], axis=2).reshape(len(words), -1) - float(HALF)
        index = {stem(word): row for row, word in enumerate(words)}
        return cls(words=words, index=index, places=unit(places), rarity=rarity, entries=counts[0], sentences=counts[1])

    def shortened(self, k: int) -> Embedding:
        """Return the same words with only the first ``k`` numbers."""
        if k >= self.places.shape[1]:
            return self
        return replace(self, places=unit(self.places[:, :k]))

    def dealt(self, rng: Any) -> Embedding:
        """Return the same words with their numbers shuffled, as a control that should do worse."""
        return replace(self, places=self.places[rng.permutation(len(self.places))])

    def knows(self, word: str) -> bool:
        """Whether a word has an embedding."""
        return stem(word) in self.index

    def of(self, text: str) -> Array:
        """Return a text's direction, of shape (k,) and length 1: the sum of its words, in which rare ones count more.

        It is all zeros if no word of the text has an embedding.
        """
        rows = [self.index[stem(word)] for word in content_words(text) if self.knows(word)]
        return np.asarray(unit((self.rarity[rows] @ self.places[rows])[None])[0])

    def cosine(self, a: str, b: str) -> float:
        """Return the cosine of two texts: 1 for the same direction, 0 for a right angle."""
        return float(self.of(a) @ self.of(b))

    def neighbours(self, word: str, count: int = 3) -> list[str]:
        """Return the words whose directions are nearest to that of a word with an embedding."""
        row = self.index[stem(word)]
        order = np.argsort(-(self.places @ self.places[row]).round(9), kind="stable")
        return [self.words[other] for other in order[: count + 1] if other != row][:count]


def unit(rows: Array) -> Array:
    """Return rows scaled to length 1; rows of zeros stay zero."""
    made = np.empty(rows.shape)
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        made[start : start + BLOCK] = block / np.maximum(np.linalg.norm(block, axis=1, keepdims=True), 1e-12)
    return made


# ---------------------------------------------------------------- search
NOT_FOUND = "not in the library"


def fuse(
    rankings: Sequence[Sequence[int]],
    constant: float = 60,
) -> dict[int, float]:
    """Sum 1 / (constant + rank) of all rankings (Cormack 2009)."""
    total: dict[int, float] = {}
    for ranking in rankings:
        for rank, card in enumerate(ranking, 1):
            total[card] = total.get(card, 0) + 1 / (constant + rank)
    return dict(sorted(total.items()))


def ranked(scores: Array) -> list[int]:
    """Return the cards with a score above 0, best first; ties go by the order of the library."""
    order = np.argsort(-scores.round(9), kind="stable")
    return [int(card) for card in order if scores[card] > 1e-9]


class Answer(Struct, frozen=True, kw_only=True):
    """The result of a search for one question.

    Attributes:
        order: cards, best first; never empty.
        near: cosine of each card.
        shared: keyword score of each card.
        said: the quoted answer, or the words that there is none.
    """

    question: str
    order: Sequence[int]
    near: Array
    shared: Array
    said: str

    @property
    def sure(self) -> float:
        """The cosine of the best card."""
        return float(self.near[self.order[0]])

    @property
    def nearest(self) -> list[int]:
        """All cards, the nearest first; ties go by the order of the library."""
        return [int(card) for card in np.argsort(-self.near.round(9), kind="stable")]

    def facts(self, library: Documents) -> dict[str, Any]:
        """Return it as facts."""
        best, runner_up = library.items[self.order[0]], next(c for c in self.nearest if c != self.order[0])
        return {
            "question": self.question,
            "card": best.title,
            "id": best.id,
            "score": self.sure,
            "keyword": float(self.shared.max()),
            "next": {"card": library.items[runner_up].title, "score": float(self.near[runner_up])},
            "answer": self.said,
        }


class Search(Struct, frozen=True):
    """Both kinds of search over the same cards; ``directions`` has one row per card."""

    cards: tuple[str, ...]
    keywords: KeywordIndex
    space: Embedding
    directions: Array

    @classmethod
    def over(cls, cards: tuple[str, ...], space: Embedding) -> Search:
        """Index the cards once."""
        return cls(cards, KeywordIndex.of(cards), space, np.array([space.of(card) for card in cards]))

    def keyword(self, question: str) -> list[int]:
        """Rank by shared words."""
        return ranked(self.keywords.scores(question))

    def embedding(self, question: str) -> list[int]:
        """Rank by the angle between question and card."""
        return ranked(self.nearness(question))

    def nearness(self, question: str) -> Array:
        """Return the cosine of a question with each card."""
        return self.directions @ self.space.of(question)

    def hybrid(self, question: str) -> list[int]:
        """Rank by fusing both rankings."""
        both = fuse([self.keyword(question), self.embedding(question)])
        return sorted(both, key=lambda card: (-both[card], card))

    def answer(self, question: str, library: Documents, threshold: float) -> Answer:
        """Quote the best card's best sentence, or say that the answer isn't in the library."""
        order, near = self.hybrid(question) or [0], self.nearness(question)
        best = library.items[order[0]]
        quote = max(sentences_of(best.text), key=lambda s: (self.space.cosine(question, s), s))
        sure = float(near[order[0]])
        said = f"“{shortened(quote)}” ({best.title})" if sure >= threshold else NOT_FOUND
        return Answer(question=question, order=order, near=near, shared=self.keywords.scores(question), said=said)


def sentences_of(text: str) -> list[str]:
    """Split a text after full stops, question marks and exclamation marks."""
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


# ---------------------------------------------------------------- recall
# Measures of a search: how often it finds the right card, and the effect of a threshold.
LEAST = {
    "paraphrase": (4, "that share no word with their card"),
    "shared": (2, "that share a word with their card"),
    "absent": (1, "that no card answers"),
}
MEASURED = ("paraphrase", "shared")  # kinds that are needed in questions that are only for measuring


class Recall(Struct, frozen=True):
    """The number of ``n`` questions with the right card among the first k, with Wilson's 95% interval."""

    hits: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share of hits."""
        return self.hits / self.n

    def facts(self) -> dict[str, float]:
        """Return it as facts."""
        return {"n": self.n, "hits": self.hits, "share": self.share, "low": self.low, "high": self.high}


def recall(rank: Callable[[str], list[int]], asked: Sequence[Question], right: Mapping[str, int], k: int) -> Recall:
    """Count the questions whose right card is among the first ``k``."""
    hits = sum(right[question.document] in rank(question.text)[:k] for question in asked)
    return Recall(hits, len(asked), *wilson(hits, len(asked)))


def by_kind(
    questions: Questions, library: Documents, cards: Sequence[str], needed: Sequence[str] = tuple(LEAST)
) -> dict[str, list[Question]]:
    """Sort questions into those that share a word with their card, those that don't, and those without a card.

    Args:
        needed: the kinds that must occur.

    Raises:
        WorkshopError: if one kind has too few, or an answer isn't in the library.
    """
    card_of = {document.id: set(content_words(card)) for document, card in zip(library.items, cards, strict=True)}
    kinds: dict[str, list[Question]] = {"paraphrase": [], "shared": [], "absent": []}
    for question in questions.matched(library):
        shares = question.document and card_of[question.document] & set(content_words(question.text))
        kinds["shared" if shares else "paraphrase" if question.document else "absent"].append(question)
    for kind in needed:
        least, what = LEAST[kind]
        if len(kinds[kind]) < least:
            message = f"there are {len(kinds[kind])} questions {what}, and {least} are needed"
            raise WorkshopError(
                Problem(
                    message, questions.at, hint="add some; a line without a document has no answer", code="bad-data"
                )
            )
    return kinds


def examples(asked: Sequence[Question], search: Search, library: Documents) -> list[dict[str, Any]]:
    """Return questions for a sheet with three cards each; if possible, just one card shares the most words."""
    clear: list[dict[str, Any]] = []
    tied: list[dict[str, Any]] = []
    for question in asked:
        order = search.hybrid(question.text)
        order += [place for place in range(len(search.cards)) if place not in order]
        counts = [len(set(content_words(question.text)) & set(content_words(search.cards[c]))) for c in order[:3]]
        cards = [{"title": library.items[c].title, "text": library.items[c].text} for c in order[:3]]
        (clear if counts.count(max(counts)) == 1 else tied).append({"question": question.text, "cards": cards})
    return clear or tied


def silent(answers: Sequence[tuple[Question, Answer]], right: Mapping[str, int]) -> dict[str, float]:
    """Count the right answers that are left if the threshold is just above the surest answer without a card."""
    surest = max(answer.sure for question, answer in answers if not question.document)
    left = gate([(q, a) for q, a in answers if not q.document or a.sure > surest], right, surest)
    return {"above": surest, "right": left["right"]}


def gate(answers: Sequence[tuple[Question, Answer]], right: Mapping[str, int], cut: float) -> dict[str, float]:
    """Count the answers that a threshold lets through: right ones, and ones to questions that no card answers."""
    given = [(q, a) for q, a in answers if a.sure >= cut]
    return {
        "threshold": round(float(cut), 3),
        "right": sum(q.document != "" and right[q.document] == a.order[0] for q, a in given),
        "answerable": sum(q.document != "" for q, _ in answers),
        "invented": sum(q.document == "" for q, _ in given),
        "absent": sum(q.document == "" for q, _ in answers),
    }
