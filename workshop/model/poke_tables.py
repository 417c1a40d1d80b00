"""Tables from which the companion page answers typed text and picks."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import force_setattr

from workshop.model.frozen import Frozen, freeze


class Lookup(Struct, frozen=True, kw_only=True):
    """Counts for typed text: a row for each key, and in it a word and its counts.

    Attributes:
        rows: key (words between single spaces) -> word -> its count, or its counts after each value of ``by``.
        size: number of words that a row could have.
        by: the knob of a sweep by whose place the counts go; "" for one count each.
        start: stands before the first word of a line, as often as a key needs it; "" if a key needs typed words.
        end: the word that ends a line.
        words: all words that the model knows, for telling people which of theirs it doesn't; none if that says nothing.
        read: whole lines that were read, with which a line that could end is compared; none if that says nothing.
        proofs: (key, word, place from 0 for "before" on, number): what the demo's own function computes.
    """

    rows: Mapping[str, Mapping[str, tuple[int, ...]]]
    size: int
    by: str = ""
    start: str = ""
    end: str = ""
    words: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    proofs: tuple[tuple[str, str, int, float], ...] = ()

    def __post_init__(self) -> None:
        """Freeze the rows."""
        force_setattr(self, "rows", freeze(self.rows))
        force_setattr(self, "proofs", freeze(self.proofs))


class Reading(Struct, frozen=True, kw_only=True):
    """What a model reads in the page, counting which word followed each pair of words.

    Attributes:
        sentences: in the order in which they are read.
        held: sentences by which it is measured.
        stem: the two words after which it guesses, as the model counts them.
        proofs: among how many words it chooses, before reading and after each of the first sentences: 2 to the power of the mean
            surprise in bits.
    """

    sentences: tuple[str, ...]
    held: tuple[str, ...]
    stem: tuple[str, str]
    proofs: tuple[float, ...]


class Library(Struct, frozen=True, kw_only=True):
    """Cards to search, and the words that can be compared in meaning.

    Attributes:
        cards: (id, title, text) each.
        stems: of the words with numbers, in order.
        places: their numbers as half bytes, 1 to 15 for -7 to 7, all in Base64.
        numbers: how many each word has.
        rarity: weight of each word.
        stop: words that are left out.
        k: cards that go into the context.
        threshold: how near the best card must be.
        titled: whether a card's title is part of what is searched.
        truth: question -> id of the card that answers it, "" if none does.
        proofs: what the demo's own search answers: ``question``, ``order`` (places of the cards), ``said``, and as they
            are printed ``sure`` (nearness of the first card) and ``keyword`` (the best word score).
    """

    cards: tuple[tuple[str, str, str], ...]
    stems: tuple[str, ...]
    places: str
    numbers: int
    rarity: tuple[float, ...]
    stop: tuple[str, ...]
    k: int
    threshold: float
    titled: bool = True
    truth: Mapping[str, str] = field(default_factory=dict)
    proofs: tuple[Frozen, ...] = ()

    def __post_init__(self) -> None:
        """Freeze what was given as lists and dicts."""
        for name in ("cards", "stems", "rarity", "stop", "truth", "proofs"):
            force_setattr(self, name, freeze(getattr(self, name)))


class Rounds(Struct, frozen=True):
    """The rounds of a ``Pick``: (question, answer A, answer B, kind of A, kind of B) each."""

    rounds: tuple[tuple[str, str, str, str, str], ...]

    def __post_init__(self) -> None:
        """Freeze what was given as lists."""
        force_setattr(self, "rounds", freeze(self.rounds))


class Merges(Struct, frozen=True):
    """Pairs of pieces that are joined in any typed word, one after the other.

    Attributes:
        pairs: in order.
        by: the knob of a sweep that says how many of them are joined.
        end: the piece with which each word ends.
        proofs: (word, how many pairs are joined, its pieces): what the demo's own function says.
    """

    pairs: tuple[tuple[str, str], ...]
    by: str
    end: str
    proofs: tuple[tuple[str, int, tuple[str, ...]], ...]

    def __post_init__(self) -> None:
        """Freeze what was given as lists."""
        for name in ("pairs", "proofs"):
            force_setattr(self, name, freeze(getattr(self, name)))


Tabled = Lookup | Library | Rounds | Merges | Reading
