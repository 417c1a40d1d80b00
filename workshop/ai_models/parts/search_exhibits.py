"""Charts of the retrieval demo for one question: scores of cards, neighbours of words, the context, and a map."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import numpy as np

from workshop.ai_models.parts.asking import Answer
from workshop.ai_models.toys.embedding import Embedding, stem
from workshop.ai_models.toys.keyword import content_words
from workshop.ai_models.toys.retrieval import Array
from workshop.inputs.library import Documents
from workshop.model.exhibits import Chart, ChartKind, Code, Column, Reference, Series, Table
from workshop.wording.formats import listed, ratio

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


def context_code(answer: Answer, library: Documents, k: int, *, blank: bool = False) -> Code:
    """The assembled prompt (instruction, the first k cards, the question) and its answer; or a line for a question."""
    cards = [library.items[card] for card in answer.order[:k]]
    asked = _block(f"Question: {answer.question or '_' * (WIDTH - 10)}", 1)
    said = [] if blank else _block(f"Answer: {answer.said}", 2)
    room = MOST_LINES - 3 - len(asked) - len(said)
    seen = cards if len(cards) <= room else cards[: room - 1]
    lines = ["Answer from these cards only, and name the card.", ""]
    for card in seen:
        lines += _block(f"[{card.title}] {card.text}", room // len(seen))
    if len(seen) < len(cards):
        lines.append(f"… and {len(cards) - len(seen)} cards more")
    lines += ["", *asked, *said]
    return Code(
        f"The context for “{answer.question}”" if not blank else "The context for a question of this room",
        "\n".join(lines),
        f"An instruction, {len(cards)} cards with {cards[0].title} first, the question, and the answer: {answer.said if not blank else 'none yet'}",
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
