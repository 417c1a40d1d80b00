"""Find the cards that may answer a question, put them into the context, and quote the best one.

There are three searches over the same cards: by shared words (``keyword``), by nearness of embeddings, and by fusing both
rankings. The embeddings were learnt from an existing dictionary, so neither cards nor questions played a part in
them. How often each search is right is measured on questions by someone who saw only the cards' titles
(``independent``) or, if there are none, on the questions that came with the library. If a library comes without
questions, its own titles serve as questions; they are then not part of the cards, and nothing is measured. A library in a
language that the dictionary doesn't have is searched by shared words alone.

Facts: ``measured`` (whether there were questions), ``independent`` (whether they are by someone else), ``learnt`` (whether
most words of the library have numbers), ``library.size``, ``dictionary.entries``, ``dictionary.words``, ``k`` (cards in the
context, never all), ``threshold``, ``numbers`` (of a word), ``suggested`` (questions to ask); ``asked.…`` with ``question``, ``card``, ``id``, ``score`` (cosine; the
keyword score if nothing was learnt), ``keyword``, ``next.card``, ``next.score``, ``answer``, ``found`` (whether the
answer quotes a card), ``right`` (title of the card that the questions name, else of the one that was found), ``wrong``
(whether they name a different card from the one that was found); ``paraphrases.beat_dealt``,
``paraphrases.hidden_from_keywords`` (yes if there were none). A paraphrase shares no word with its card. Only if
something was measured: ``missing.…`` (the unanswerable question with the surest card), ``refused.…`` (the surest of
those that the threshold stops), likewise;
``recall.METHOD.KIND.…`` for keyword, embedding, hybrid and paraphrase, shared, every, each with ``n``, ``hits``, ``share``,
``low``, ``high``; ``dealt.KIND`` (mean share with the words' numbers shuffled);
``gates.threshold``, ``gates.right``, ``gates.invented`` (one value for each threshold of the chart); ``silent.above``,
``silent.right``: right answers that are left if no question without a card is answered;
``gate.right``, ``gate.answerable``, ``gate.invented``, ``gate.absent``: questions answered rightly, and answered
although nothing in the library does; ``examples[0…]``: ``question`` and three ``cards`` with ``title`` and ``text``.

Questions for a library that comes without any, search in a language without embeddings, and whether a card is right.

The word vectors come from an English dictionary. A library whose words it doesn't have is searched by shared words alone,
and the slides say nothing about meaning.

    >>> titles(["Business travel", "Complaints"], ["trains and hotels", "every complaint and all complaints"])
    ['Complaints', 'Business travel']
    >>> titles(["One", "Two"], ["a train, a hotel, a train", "the hotel"])
    ['train hotel', 'hotel']
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from textwrap import wrap
from typing import Any

import numpy as np

from workshop.ai_models.parts.library_pokes import POKES, carried, suggested
from workshop.ai_models.parts.search import (
    MEASURED,
    NOT_FOUND,
    Answer,
    Array,
    Embedding,
    KeywordIndex,
    Recall,
    Search,
    by_kind,
    content_words,
    examples,
    fuse,
    gate,
    ranked,
    recall,
    sentences_of,
    silent,
    stem,
)
from workshop.inputs.door import wrong
from workshop.inputs.library import MOST, WORD, Documents, Questions, columns
from workshop.inputs.texts import shortened
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
from workshop.wording.formats import listed, percent, ratio

# ---------------------------------------------------------------- search exhibits
# Charts of the retrieval demo for one question: scores of cards, neighbours of words, the context, and a map.
SHOWN = 6
WIDTH = 56
MOST_LINES = 11  # of the context; more don't fit on a slide


def scores_chart(answer: Answer, library: Documents, threshold: float, *, known: bool = True) -> Chart:
    """The nearest cards to a question, and the threshold that they must reach; unless it is ``known``, the first is wrong."""
    cards = answer.nearest[:SHOWN]
    best, second = cards[:2]
    title, other = library.items[best].title, library.items[second].title
    size = len(library.items)
    part = f": the {SHOWN} nearest of {size}" if size > SHOWN else ""
    return Chart(
        ChartKind.BAR,
        title=f"Cards near “{answer.question}”",
        measure=f"Cosine of each card with “{answer.question}”{part}",
        finding=f"{title} is nearest with {ratio(answer.near[best])}, the next is {other} with {ratio(answer.near[second])}",
        series=(
            Series(
                "cosine",
                tuple(float(answer.near[card]) for card in cards),
                role="" if known else "stop",
                labels=() if known else ("wrong", *[""] * (len(cards) - 1)),
            ),
        ),
        categories=tuple(library.items[card].title for card in cards),
        references=(Reference("threshold", threshold),),
        x_label="cosine",
        highlight=(title,),
        basis=f"{size} cards",
        y_min=min(0.0, float(answer.near[cards].min())),
        y_max=1,
    )


def scores_table(answer: Answer, library: Documents, cards: Sequence[str]) -> Table:
    """Every card with its words in common with a question, its keyword score and its cosine.

    Args:
        cards: the text of each card that is searched, with its title if that counts.
    """
    asked = set(content_words(answer.question))
    rows = []
    for card in answer.nearest:
        document = library.items[card]
        both = sorted(asked & set(content_words(cards[card])))
        rows.append((document.title, listed(both) or "none", float(answer.shared[card]), float(answer.near[card])))
    sharing = int(sum(answer.shared > 0))
    course = f"{sharing or 'no'} {'card shares' if sharing in (0, 1) else 'cards share'} a word with it"
    return Table(
        title=f"Every card for “{answer.question}”",
        columns=(Column("Card"), Column("Shared words"), Column("Keyword", "ratio"), Column("Cosine", "ratio")),
        rows=tuple(rows),
        finding=f"“{answer.question}”: {course}; by cosine {rows[0][0]} comes first with {ratio(rows[0][3])}",
        measure=f"Both scores of every card for “{answer.question}”",
        highlight=0,
        basis=f"{len(rows)} cards",
    )


def neighbours_table(space: Embedding, questions: Sequence[str]) -> Table:
    """The rarest known word of each question, and the words whose directions are nearest to it."""
    chosen = []
    for question in questions:
        known = [word for word in content_words(question) if space.knows(word)]
        rarest = max(known, key=lambda word: (space.rarity[space.index[stem(word)]], word), default="")
        if rarest and rarest not in chosen:
            chosen.append(rarest)
    rows = tuple((word, *space.neighbours(word, 3)) for word in (chosen or ["water"])[:SHOWN])
    return Table(
        title="Nearest words",
        columns=(Column("Word"), Column("Nearest"), Column("Second"), Column("Third")),
        rows=rows,
        finding=f"The word nearest to {rows[0][0]!r} is {rows[0][1]!r}",
        measure=f"Words with the nearest directions, learnt from {space.entries:,} dictionary entries",
        basis=f"{space.places.shape[1]} numbers per word",
    )


def context_code(answer: Answer, library: Documents, k: int) -> Code:
    """The assembled prompt (instruction, the first k cards, the question) and its answer."""
    cards = [library.items[card] for card in answer.order[:k]]
    asked = _block(f"Question: {answer.question}", 1)
    said = _block(f"Answer: {answer.said}", 2)
    room = MOST_LINES - 3 - len(asked) - len(said)
    seen = cards if len(cards) <= room else cards[: room - 1]
    lines = ["Answer from these cards only, and name the card.", ""]
    for card in seen:
        lines += _block(f"[{card.title}] {card.text}", room // len(seen))
    if len(seen) < len(cards):
        lines.append(f"… and {len(cards) - len(seen)} cards more")
    lines += ["", *asked, *said]
    return Code(
        f"The context for “{answer.question}”",
        "\n".join(lines),
        f"An instruction, {len(cards)} cards with {cards[0].title} first, the question, and the answer: {answer.said}",
        language="text",
    )


def _block(text: str, most: int) -> list[str]:
    return wrap(text, WIDTH, subsequent_indent="  ", max_lines=most, placeholder=" …")


def map_chart(directions: Array, question: Array, answer: Answer, library: Documents) -> Chart:
    """Cards and the question in the plane that preserves most of their differences; the nearest card is named."""
    everything = np.vstack([directions, question])
    centred = everything - everything.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    plane = centred @ axes[:2].T
    plane *= np.sign(plane[np.abs(plane).argmax(axis=0), [0, 1]])
    found = answer.nearest[0]
    labels = tuple(card.title if place == found else "" for place, card in enumerate(library.items))
    nearest = library.items[found].title
    return Chart(
        ChartKind.SCATTER,
        title="The library as a map",
        measure=f"Cards and “{answer.question}” on a plane: {plane.shape[0] - 1} cards, {directions.shape[1]} numbers each",
        finding=f"By all {directions.shape[1]} numbers the card nearest to “{answer.question}” is {nearest}",
        series=(
            Series("cards", tuple(plane[:-1, 1]), x=tuple(plane[:-1, 0]), labels=labels),
            Series(f"“{answer.question}”", (plane[-1, 1],), x=(plane[-1, 0],), role="accent"),
        ),
        unit="number",
        basis="a plane loses most of the differences: trust the cosines",
    )


# ---------------------------------------------------------------- recall exhibits
# Charts of the retrieval demo over all questions: recall with intervals, and the effect of each threshold.
KINDS = {"paraphrase": "no word shared", "shared": "a word shared"}
ALL = {**KINDS, "every": "all questions"}


def recall_chart(
    table: Mapping[str, Mapping[str, Recall]], control: Mapping[str, float], k: int, *, deals: int, independent: bool
) -> Chart:
    """Recall of each search on both kinds of question, with intervals, and with the words' numbers shuffled."""
    best = {kind: max(table, key=lambda m: (table[m][kind].share, m == "hybrid")) for kind in KINDS}
    said = [f"{name}: {best[kind]} is best with {_of(table[best[kind]][kind])}" for kind, name in KINDS.items()]
    sizes = listed([next(iter(table.values()))[kind].n for kind in KINDS])
    return Chart(
        ChartKind.COLUMN,
        title="Which search finds the right card",
        measure=f"Right card among the first {k}: share of {sizes} questions, 95% intervals; shuffled: mean of {deals}",
        finding=f"Right card among the first {k}. " + "; ".join(said),
        series=tuple(
            Series(
                name,
                (*(row[kind].share for row in table.values()), control[kind]),
                low=(*(row[kind].low for row in table.values()), control[kind]),
                high=(*(row[kind].high for row in table.values()), control[kind]),
                role="accent" if kind == "paraphrase" else "context",
            )
            for kind, name in KINDS.items()
        ),
        categories=(*table, "shuffled numbers"),
        y_label="recall",
        unit="percent",
        basis="questions by someone who saw only the cards’ titles" if independent else "the library’s own questions",
        y_min=0,
        y_max=1,
    )


def _of(recall: Recall) -> str:
    return f"{recall.hits} of {recall.n}"


def recall_table(table: Mapping[str, Mapping[str, Recall]], k: int) -> Table:
    """The same numbers as a table."""
    rows = [
        (method, ALL[kind], f"{_of(r)}", r.share, f"{percent(r.low)} to {percent(r.high)}")
        for method, row in table.items()
        for kind, r in row.items()
    ]
    surest = max(rows, key=lambda row: row[3])
    return Table(
        title=f"Recall at {k}",
        columns=(
            Column("Search"),
            Column("Question"),
            Column("Found"),
            Column("Share", "percent"),
            Column("95% interval"),
        ),
        rows=tuple(rows),
        finding=f"The highest share is {percent(surest[3])}, {surest[0]} search with {surest[1]}",
        measure=f"Right card among the first {k}",
        basis="Wilson intervals",
    )


def gate_chart(used: Mapping[str, float], gates: Sequence[Mapping[str, float]]) -> Chart:
    """The answers that each threshold lets through; ``used`` is the one in use."""
    answerable, absent, cut = int(used["answerable"]), int(used["absent"]), used["threshold"]
    return Chart(
        ChartKind.LINE,
        title="What the threshold lets through",
        measure="Share of questions answered, by the cosine that a card must reach",
        finding=f"At a threshold of {ratio(cut)}, {used['right']:.0f} of {answerable} questions are answered rightly, "
        f"and {used['invented']:.0f} of {absent} are answered although no card does",
        series=(
            Series("right", tuple(g["right"] / answerable for g in gates), x=_cuts(gates), role="accent"),
            Series("made up", tuple(g["invented"] / absent for g in gates), x=_cuts(gates), role="stop"),
        ),
        references=(Reference("in use", cut, axis="x"),),
        x_label="threshold",
        y_label="share",
        unit="percent",
        basis=f"{answerable} questions with a card, {absent} without",
        y_min=0,
        y_max=1,
    )


def _cuts(gates: Sequence[Mapping[str, float]]) -> tuple[float, ...]:
    return tuple(g["threshold"] for g in gates)


# ---------------------------------------------------------------- measuring
# Ask a library many questions in three ways, and measure how often each search is right.
DEALS = 4
EXAMPLES = 6
CUTS = 10  # number of thresholds in the chart, a tenth apart


def measured(
    search: Search,
    questions: Questions,
    library: Documents,
    *,
    rng: Any,
    k: int,
    threshold: float,
    independent: Questions | None,
) -> tuple[list[Answer], dict[str, Any], dict[str, Exhibit]]:
    """Return the answers to ``questions``, with facts and exhibits.

    How often a card is found is measured on ``independent`` if there are any, else on ``questions``. Questions without a
    card come from ``questions``.
    """
    kinds = by_kind(questions, library, search.cards)
    asked = by_kind(independent, library, search.cards, MEASURED) if independent else kinds
    absent, answerable = kinds["absent"], asked["paraphrase"] + asked["shared"]
    asked = {"paraphrase": asked["paraphrase"], "shared": asked["shared"], "every": answerable}
    right = {card.id: place for place, card in enumerate(library.items)}
    ways = {"keyword": search.keyword, "embedding": search.embedding, "hybrid": search.hybrid}
    table = {way: {kind: recall(rank, asked[kind], right, k) for kind in asked} for way, rank in ways.items()}

    control = _dealt_out(search, asked, right, rng=rng, k=k)
    pairs = [(q, search.answer(q.text, library, threshold)) for q in (*answerable, *absent)]
    without = sorted((a for q, a in pairs if not q.document), key=lambda a: a.sure)
    stopped = [a for a in without if a.said == NOT_FOUND]
    gates = [gate(pairs, right, cut) for cut in (threshold, *np.linspace(0, 1 - 1 / CUTS, CUTS))]
    facts: dict[str, Any] = {
        "paraphrases": {
            "beat_dealt": table["embedding"]["paraphrase"].low > control["paraphrase"],
            "hidden_from_keywords": table["keyword"]["paraphrase"].hits == 0,
        },
        "missing": without[-1].facts(library),
        "refused": (stopped or without)[-1].facts(library),
        "recall": {way: {kind: r.facts() for kind, r in row.items()} for way, row in table.items()},
        "dealt": control,
        "gate": gates[0],
        "gates": {key: [g[key] for g in gates[1:]] for key in ("threshold", "right", "invented")},
        "silent": silent(pairs, right),
        "examples": examples(kinds["shared"], search, library)[:EXAMPLES],
    }
    exhibits: dict[str, Exhibit] = {
        "missing": scores_chart(without[-1], library, threshold, known=False),
        "recall": recall_chart(table, control, k, deals=DEALS, independent=independent is not None),
        "recall_table": recall_table(table, k),
        "gate": gate_chart(gates[0], gates[1:]),
    }
    return [search.answer(q.text, library, threshold) for q in questions.items], facts, exhibits


def _dealt_out(search: Search, asked: dict[str, Any], right: dict[str, int], *, rng: Any, k: int) -> dict[str, float]:
    """Return how often the card of each kind of question is found when the words' numbers are dealt out anew."""
    totals = dict.fromkeys(asked, 0.0)
    for _ in range(DEALS):  # one at a time: each deal takes 34 MB
        rank = Search.over(search.cards, search.space.dealt(rng)).embedding
        for kind, those in asked.items():
            totals[kind] += recall(rank, those, right, k).share
    return {kind: total / DEALS for kind, total in totals.items()}


# ---------------------------------------------------------------- asking
def titles(names: Sequence[str], cards: Sequence[str], known: Collection[str] | None = None) -> list[str]:
    """Return titles to use as questions, at least one; titles with two or more words from the cards come first.

    If no card has a word of any title, the question for each card is its two most frequent words.

    Args:
        names: the title of each card, which isn't part of the card.
        known: words that the search has embeddings for; all words of the cards if ``None``.
    """
    counts = [Counter(content_words(card)) for card in cards]
    words = {word for count in counts for word in count if known is None or word in known}
    found = {name: len(words & set(content_words(name))) for name in names}
    if any(found.values()):
        return sorted(found, key=lambda name: -min(found[name], 2))
    topics = [_topic([word for word, _ in count.most_common() if word in words]) for count in counts]
    return [topic for topic in topics if topic] or list(names)


def _topic(words: Sequence[str]) -> str:
    """Return the first two pronounceable words: no address, and no sentence in a script without spaces."""
    spoken = [word for word in words if columns(word) <= WORD][:2]
    return " ".join(spoken if columns("".join(spoken)) <= MOST - 1 else spoken[:1])


def by_shared_words(question: str, cards: Sequence[str], library: Documents) -> Answer:
    """Rank the cards by shared words, and quote the best one's best sentence; both scores of the answer are the keyword score."""
    shared = KeywordIndex.of(cards).scores(question)
    order = ranked(shared)
    if not order:
        return Answer(question=question, order=[0], near=shared, shared=shared, said=NOT_FOUND)
    best = library.items[order[0]]
    sentences = sentences_of(best.text)
    quote = sentences[int(KeywordIndex.of(sentences).scores(question).argmax())]
    return Answer(
        question=question, order=order, near=shared, shared=shared, said=f"“{shortened(quote)}” ({best.title})"
    )


def keyword_chart(answer: Answer, library: Documents) -> Chart:
    """The cards by their words in common with a question, if words have no embeddings."""
    cards = answer.nearest[:SHOWN]
    titles = tuple(library.items[card].title for card in cards)
    found = answer.shared.any()
    first = f"{titles[0]} comes first with {ratio(answer.shared[cards[0]])}"
    return Chart(
        ChartKind.BAR,
        title=f"Cards that share words with “{answer.question}”",
        measure=f"Keyword score of each card for “{answer.question}”: 0 where no word is shared",
        finding=f"{first}, then {titles[1]} with {ratio(answer.shared[cards[1]])}"
        if found
        else "No card shares a word",
        series=(Series("keyword score", tuple(float(answer.shared[card]) for card in cards)),),
        categories=titles,
        x_label="keyword score",
        highlight=titles[:1] if found else (),
        basis=f"{len(library.items)} cards, searched by shared words",
        y_min=0,
        y_max=None if found else 1,
    )


def judged(asked: Answer, questions: Questions | None, library: Documents) -> dict[str, Any]:
    """Return whether a card was quoted, and whether it is the one that the questions name or whose title was the question."""
    best = library.items[asked.order[0]]
    named = {q.text: q.document for q in questions.matched(library)} if questions else {}
    titled = {card.title: card.id for card in library.items}
    right = named.get(asked.question) or titled.get(asked.question) or best.id
    title = next(card.title for card in library.items if card.id == right)
    return {"found": asked.said != NOT_FOUND, "right": title, "wrong": right != best.id}


# ---------------------------------------------------------------- retrieval
KNOWN = 0.5  # least share of a library's words that the dictionary must have


FUSION = "A card gains one share from every ranking that has it"


@demo(
    "retrieval",
    title="Find the right card",
    knobs={
        "k": Knob(1, 10, "how many cards go into the context"),
        "threshold": Knob(0, 1, "the cosine under which the answer is 'not in the library'"),
        "numbers": Knob(5, 160, "how many numbers a word gets"),
    },
    claims={
        "embeddings find paraphrases better than with the words' numbers shuffled": "paraphrases.beat_dealt",
        "keywords cannot find a card that shares no word": "paraphrases.hidden_from_keywords",
    },
    pokes=POKES,
)
def retrieval(
    *,
    library: Documents,
    questions: Questions | None = None,
    independent: Questions | None = None,
    rng: Any,
    question: str = "",
    k: int = 3,
    threshold: float = 0.4,
    numbers: int = 160,
) -> Findings:
    """Ask the library every question in three ways; ``question`` is the one to show (default: the first in the file)."""
    titled = questions is not None
    cards = tuple(f"{card.title}. {card.text}" if titled else card.text for card in library.items)
    k = min(k, len(cards) - 1)
    space = Embedding.read().shortened(numbers)
    spoken = {word for card in cards for word in content_words(card)}
    known = {word for word in spoken if space.knows(word)}
    search = Search.over(cards, space) if len(known) >= KNOWN * len(spoken) else None
    names: list[str] = []
    facts: dict[str, Any] = {"paraphrases": {"beat_dealt": True, "hidden_from_keywords": True}}
    if questions is not None:
        if search is None:
            message = f"{percent(len(known) / len(spoken))} of the library's words are in the English dictionary"
            raise wrong(message, library.at, f"{percent(KNOWN)} would be enough; or leave the questions out")
        answers, facts, exhibits = measured(
            search, questions, library, rng=rng, k=k, threshold=threshold, independent=independent
        )
        asked = search.answer(question, library, threshold) if question else answers[0]
        one_each = {q.document: q.text for q in by_kind(questions, library, cards)["paraphrase"][::2]}
        exhibits |= of_meaning(search, asked, list(one_each.values()), library, cards, threshold)
    else:
        names = titles([card.title for card in library.items], cards, known if search else None)
        asked, exhibits = by_titles(search, question or names[0], names, cards, library, threshold)
        k = min(k, len(asked.order))
    facts |= {
        "measured": titled,
        "independent": titled and independent is not None,
        "learnt": search is not None,
        "library": {"size": len(cards)},
        "dictionary": {"entries": space.entries, "words": len(space.words)},
        "k": k,
        "threshold": threshold,
        "numbers": numbers,
        "suggested": (asks := suggested(asked.question, facts, [independent], names, search, library, threshold)),
        "asked": {**asked.facts(library), **judged(asked, questions, library)},
    }
    exhibits["context"] = context_code(asked, library, k)
    exhibits["fusion"] = Code("Two rankings into one", inspect.getsource(fuse), FUSION)
    tables = carried(search, library, [questions, independent], asks, k=k, threshold=threshold)
    return Findings(Frozen(facts), exhibits, tables=tables)


def by_titles(
    search: Search | None, question: str, names: list[str], cards: tuple[str, ...], library: Documents, threshold: float
) -> tuple[Answer, dict[str, Exhibit]]:
    """Return the answer to one question for a library without questions, and its exhibits."""
    if search is None:
        asked = by_shared_words(question, cards, library)
        return asked, {"scores": keyword_chart(asked, library)}
    asked = search.answer(question, library, threshold)
    return asked, of_meaning(search, asked, names, library, cards, threshold)


def of_meaning(
    search: Search, asked: Answer, names: list[str], library: Documents, cards: tuple[str, ...], threshold: float
) -> dict[str, Exhibit]:
    """Return the exhibits of a question if words have embeddings; ``names`` are questions for the table of neighbours."""
    return {
        "scores": scores_chart(asked, library, threshold),
        "all_scores": scores_table(asked, library, cards),
        "neighbours": neighbours_table(search.space, names),
        "map": map_chart(search.directions, search.space.of(asked.question), asked, library),
    }
