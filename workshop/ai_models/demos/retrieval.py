"""Find the cards that may answer a question, put them into the context, and quote the best one.

There are three searches over the same cards: by shared words (``keyword``), by nearness of embeddings, and by fusing both
rankings. The embeddings were learnt from an existing dictionary, so neither cards nor questions played a part in
them. How often each search is right is measured on questions by someone who saw only the cards' titles
(``independent``) or, if there are none, on the questions that came with the library. If a library comes without
questions, its own titles serve as questions; they are then not part of the cards, and nothing is measured. A library in a
language that the dictionary doesn't have is searched by shared words alone.
"""

from __future__ import annotations

import inspect
from typing import Any

from workshop.ai_models.parts.asking import Answer, answered, by_shared_words, judged, titles
from workshop.ai_models.parts.library_pokes import POKES, carried, suggested
from workshop.ai_models.parts.measuring import by_kind, measured
from workshop.ai_models.parts.search_exhibits import (
    context_code,
    keyword_chart,
    map_chart,
    neighbours_table,
    scores_chart,
    scores_table,
)
from workshop.ai_models.toys.embedding import Embedding
from workshop.ai_models.toys.keyword import content_words
from workshop.ai_models.toys.retrieval import Search, fuse
from workshop.inputs.door import wrong
from workshop.inputs.library import Documents, Questions
from workshop.model.exhibits import Code, Exhibit, Findings, Knob, demo
from workshop.wording.formats import percent

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
    """Ask the library every question in three ways; ``question`` is the one to show (default: the first in the file).

    Facts:
        measured (yes or no): whether there were questions
        independent (yes or no): whether they are by someone who saw only the titles of the cards
        learnt (yes or no): whether most words of the library have numbers; if not, it is searched by shared words alone
        library.size, dictionary.{entries,words} (count): cards, entries of the dictionary, words with numbers
        k (count): cards in the context, never all
        threshold (ratio): cosine that a card must reach
        numbers (count): numbers of a word
        suggested (text): questions to ask
        {asked,missing,refused}.question (text): the question shown; the unanswerable one with the surest card; the surest
            that the threshold stops
        {asked,missing,refused}.{card,id} (text): title and id of the card found
        {asked,missing,refused}.{score,keyword} (ratio): its cosine (the keyword score if nothing was learnt), and the best
            keyword score
        {asked,missing,refused}.{next,third}.card (text): the next card, and the one after it; with two cards, the next
        {asked,missing,refused}.next.score (ratio): its cosine
        {asked,missing,refused}.answer (text): the quotation, or that it isn't in the library
        asked.{found,wrong} (yes or no): whether a card is quoted, and whether the questions name another one
        asked.right (text): title of the card that the questions name, else of the one that was found
        paraphrases.beat_dealt (yes or no): whether paraphrases find more than with the words' numbers shuffled; a
            paraphrase shares no word with its card
        paraphrases.hidden_from_keywords (yes or no): whether keywords find none of them
        recall.{keyword,embedding,hybrid}.{paraphrase,shared,every}.{n,hits} (count): questions, and those whose card is
            among the first k
        recall.{keyword,embedding,hybrid}.{paraphrase,shared,every}.first (count): those whose card is in first place
        recall.{keyword,embedding,hybrid}.{paraphrase,shared,every}.{share,low,high} (percent): their share, and its 95%
            interval
        dealt.{paraphrase,shared,every} (percent): mean share with the words' numbers shuffled
        gate.threshold (ratio): the threshold in use
        gate.{right,answerable} (count): questions answered rightly, and those that a card answers
        gate.{invented,absent} (count): questions answered although no card does, and all that no card answers
        gates.threshold (ratio): thresholds of the chart
        gates.{right,invented} (count): questions answered rightly and without a card, at each
        silent.above (ratio): cosine of the surest question without a card
        silent.right (count): right answers left if only surer ones are given
        examples (text): questions for a sheet, each with three cards
    """
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
        asked = answered(search, question, library, threshold) if question else answers[0]
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
        "suggested": (asks := suggested(asked.question, facts, [independent or questions], search, library, threshold)),
        "asked": {**asked.facts(library), **judged(asked, questions, library)},
    }
    exhibits["context"] = context_code(asked, library, k)
    exhibits["fusion"] = Code("Two rankings into one", inspect.getsource(fuse), FUSION)
    tables = carried(search, library, [questions, independent], asks, k=k, threshold=threshold)
    return Findings(facts, exhibits, tables=tables)


def by_titles(
    search: Search | None, question: str, names: list[str], cards: tuple[str, ...], library: Documents, threshold: float
) -> tuple[Answer, dict[str, Exhibit]]:
    """Return the answer to one question for a library without questions, and its exhibits."""
    if search is None:
        asked = by_shared_words(question, cards, library)
        return asked, {"scores": keyword_chart(asked, library)}
    asked = answered(search, question, library, threshold)
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
