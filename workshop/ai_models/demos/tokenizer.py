"""Cut words into tokens: learn from a text which letters belong together, then see what a token contains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workshop.ai_models.parts.pokes_of_training import TOKENIZER
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.tokenizer import END, EXAMPLE, Merge, Pieces, cut, learn
from workshop.inputs.spelling import words
from workshop.inputs.texts import Sentences
from workshop.model.exhibits import Chart, ChartKind, Column, Exhibit, Findings, Knob, Reference, Series, Table, demo
from workshop.model.pokes import Merges
from workshop.wording.formats import count, number

EXAMPLE_MERGES = 10
MOST = 400  # merges that are tried
STOPS = (0.0, 0.1, 0.25, 0.5, 1.0)  # shares of the merges after which the text is measured
SHOWN = 6
ODD = ("übergrößen", "lessens", "it's", "zzzz", "a")  # words whose pieces the page must find, too


@demo(
    "tokenizer",
    title="Letters join into tokens",
    toy_of="the tokenizer of every chat model (byte-pair encoding)",
    claims={
        "A token holds more letters after more merges": "letters.last > letters.first",
        "The first pair of the textbook's example comes nine times": "example.first.count == 9",
        "Any word can be written, a new one in more pieces": "pieces.rare >= pieces.common",
    },
    knobs={"merges": Knob(10, MOST, "how many pairs are joined")},
    pokes=TOKENIZER,
)
def tokenizer(*, world: World, text: Sentences | None = None, merges: int = 200) -> Findings:
    """Learn merges on the textbook's four words, and on a text; without one, on the cards and sentences of the world.

    Facts:
        merges (count): pairs joined
        words, running (count): different words of the text, and words in all
        letters.{first,last,all} (number): letters and end marks per token, before, after, and at all stops
        stops (count): numbers of merges at which the text is measured
        tokens.{letters,last} (count): tokens of the text before and after
        example.first.pair (text): the pair that the textbook's example joins first
        example.first.{count,tied} (count): how often it occurs, and how many pairs occur as often
        example.counts (count): how often each joined pair of the example occurs
        example.pairs (text): these pairs
        common, rare (text): the commonest long word, and one that the text doesn't have
        pieces.{common,rare} (count): their numbers of tokens
        pieces.shown (text): some words in tokens

    Exhibits: ``merges`` (table of the example), ``letters`` (line), ``words`` (table of words in pieces).
    """
    text = text or world.read_aloud()
    text.at_least(20, "to show which letters belong together")
    frequency = Counter(word for sentence in text.items for word in words(sentence))
    every = learn(frequency, MOST)
    found = every[:merges]
    stops = sorted({round(share * len(found)) for share in STOPS})
    sizes = [sum(len(cut(w, found[:stop])) * n for w, n in frequency.items()) for stop in stops]
    letters = [sizes[0] / size for size in sizes]
    long = [word for word, _ in sorted(frequency.items(), key=lambda item: (-item[1], item[0])) if len(word) > 5]
    common = long[0] if long else max(frequency, key=lambda word: (len(word), word))
    rare = common[::-1]
    shown = [(word, cut(word, found)) for word in dict.fromkeys((*long[: SHOWN - 1], common, rare))]
    example = learn(EXAMPLE, EXAMPLE_MERGES)
    facts = {
        "merges": len(found),
        "words": len(frequency),
        "running": frequency.total(),
        "letters": {"first": letters[0], "last": letters[-1], "all": letters},
        "stops": stops,
        "tokens": {"letters": sizes[0], "last": sizes[-1]},
        "example": {
            "first": {"pair": "".join(example[0].pair), "count": example[0].count, "tied": example[0].tied},
            "counts": [merge.count for merge in example],
            "pairs": ["".join(merge.pair) for merge in example],
        },
        "common": common,
        "rare": rare,
        "pieces": {
            "common": len(cut(common, found)),
            "rare": len(cut(rare, found)),
            "shown": [" ".join(p) for _, p in shown],
        },
    }
    basis = f"{count(frequency.total())} words of the text"
    exhibits: dict[str, Exhibit] = {
        "merges": merges_table(example),
        "letters": letters_chart(stops, letters, basis),
        "words": words_table(shown, rare, basis),
    }
    return Findings(facts, exhibits, tables={"merges": pieces_table(every, (common, rare, *ODD))})


def pieces_table(merges: Sequence[Merge], tried: Sequence[str]) -> Merges:
    """Return the pairs for cutting any word, with proofs for some words."""
    stops = (0, len(merges) // 2, len(merges))
    proofs = tuple((word, stop, cut(word, merges[:stop])) for word in tried for stop in stops)
    return Merges(tuple(merge.pair for merge in merges), by="merges", end=END, proofs=proofs)


def merges_table(merges: Sequence[Merge]) -> Table:
    """List the merges of the textbook's example."""
    first = merges[0]
    return Table(
        title="Merges of four words",
        columns=(
            Column("Merge", "count"),
            Column("Joined"),
            Column("Times", "count"),
            Column("Pairs as frequent", "count"),
        ),
        rows=tuple((n, " + ".join(merge.pair), merge.count, merge.tied) for n, merge in enumerate(merges[:SHOWN], 1)),
        finding=f"The first merge joins {' and '.join(first.pair)}, which occur together {first.count} times, "
        f"as {first.tied} pairs do; ties go by the alphabet",
        measure="low ×5, lower ×2, newest ×6, widest ×3; _ ends a word; ties in alphabetical order",
        highlight=0,
        basis="the example of the method's authors",
    )


def letters_chart(stops: Sequence[int], letters: Sequence[float], basis: str) -> Chart:
    """Draw the length of tokens, by merges."""
    return Chart(
        ChartKind.LINE,
        title="Letters in a token",
        measure="Letters and end marks per token, by number of merges",
        finding=f"A token holds {number(letters[0], 1)} letter before and {number(letters[-1], 1)} after {stops[-1]} merges",
        series=(Series("letters per token", tuple(letters), x=tuple(map(float, stops)), role="accent"),),
        references=(Reference("one letter each", 1.0),),
        x_label="merges",
        unit="number",
        basis=basis,
        y_min=0,
    )


def words_table(shown: Sequence[tuple[str, Pieces]], rare: str, basis: str) -> Table:
    """Show some words in pieces; the last one isn't in the text."""
    last = shown[-1][1]
    return Table(
        title="Words in pieces",
        columns=(Column("Word"), Column("Its tokens"), Column("How many", "count")),
        rows=tuple((word, " · ".join(pieces), len(pieces)) for word, pieces in shown),
        finding=f"“{rare}”, which the text does not have, takes {len(last)} tokens; “{shown[0][0]}” takes {len(shown[0][1])}",
        measure="Common words of the text, and a word written backwards",
        highlight=len(shown) - 1,
        basis=basis,
    )
