"""Find the cards that may answer a question, put them into the context, and quote the best one.

There are three searches over the same cards: by shared words (``keyword``), by nearness of embeddings, and by fusing both
rankings. The embeddings were learnt from an existing dictionary, so neither cards nor questions played a part in
them. How often each search is right is measured on questions by someone who saw only the cards' titles
(``independent``) or, if there are none, on the questions that came with the library. If a library has no questions, or they don't
bear out what the slides show, all of this is done with the library of a ready world, and only what the search finds for one
question is shown of the user's own.
"""

from __future__ import annotations

import inspect
from typing import Any

from msgspec.structs import replace

from workshop.ai_models.parts.asking import KNOWN, THRESHOLD, Shelf, enough, judged, said_of, shelves
from workshop.ai_models.parts.by_letters import for_the_table
from workshop.ai_models.parts.roles import World
from workshop.ai_models.parts.search_exhibits import (
    POKES,
    carried,
    context_code,
    keyword_chart,
    measured,
    scores_chart,
    scores_table,
    suggested,
)
from workshop.ai_models.toys.retrieval import fuse
from workshop.inputs.library import Documents
from workshop.inputs.library_questions import Questions
from workshop.inputs.text_folders import wrong
from workshop.model.exhibits import Code, Exhibit, Findings, Knob, demo

FUSION = "A card gains one share from every ranking that has it"


@demo(
    "retrieval",
    title="Retrieve, then answer",
    toy_of="an assistant that looks things up first (RAG)",
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
    world: World,
    library: Documents | None = None,
    questions: Questions | None = None,
    independent: Questions | None = None,
    rng: Any,
    question: str = "",
    k: int = 3,
    threshold: float = THRESHOLD,
    numbers: int = 160,
) -> Findings:
    """Ask the library every question in three ways; ``question`` is the one to ask one's own documents.

    Facts:
        example (text): what the library is of, if it isn't the user's own: "a hospital ward"; else ""
        own.given (yes or no): whether the user has documents of which the slides show only what one question finds
        own.{question,card,answer} (text): the question asked of these, the document found and the quotation; "" without them
        own.size (count): these documents
        own.lacks (text): why their questions don't bear the other slides, or that there are none
        independent (yes or no): whether questions are by someone who saw only the titles of the cards
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
        samples.{questions,answers} (text): a question that a card answers, and some that none does, each with what the search says
        table.{clear,missed,wrong,absent} (text): questions for people who play the assistant, each with the card that answers it
        table.{cards,kept} (text): the cards for them, and the one that is kept back
        table.world (text): what these are of, if it is another library; else ""
    """
    usual, own, lacks = chosen(world, library, questions, independent)
    shelf = replace(usual, space=usual.space.shortened(numbers), threshold=threshold)
    library, questions, cards, search = shelf.library, shelf.questions, shelf.cards, shelf.search
    space = shelf.space
    k = min(k, len(cards) - 1)
    facts, exhibits = measured(shelf, rng=rng, k=k)
    asked = shelf.answer(question if question and own is None else usual.without_word[0].question)
    exhibits["scores"] = scores_chart(asked, library, threshold)
    exhibits["all_scores"] = scores_table(asked, library, cards)
    found, shown = of_own(own, question or str(world.words["ask"]), k)
    facts |= {
        "example": shelf.world,
        "own": {**found, "lacks": lacks},
        "independent": shelf.strangers is not None,
        "library": {"size": len(cards)},
        "dictionary": {"entries": space.entries, "words": len(space.words)},
        "k": k,
        "threshold": threshold,
        "numbers": numbers,
        "suggested": (
            asks := []
            if own
            else suggested(asked.question, facts, [shelf.strangers or questions], search, library, threshold)
        ),
        "asked": {**asked.facts(library), **judged(asked, questions, library)},
        "samples": said_of(shelf, asked),
        "table": for_the_table(shelf, usual.without_word[0], shelves(world)),
    }
    exhibits["context"] = context_code(asked, library, k)
    if shelf.world:
        exhibits = {name: marked(exhibit, shelf.world) for name, exhibit in exhibits.items()}
    exhibits |= shown
    exhibits["fusion"] = Code("Two rankings into one", inspect.getsource(fuse), FUSION)
    mine = replace(own, space=own.space.shortened(numbers), threshold=threshold) if own else shelf
    known, most = [mine.questions, mine.strangers], min(k, len(mine.cards) - 1)
    tables = carried(mine.search, mine.library, known, asks, k=most, threshold=threshold)
    told = [f"the slides about search show the library of {shelf.world}: {why}" for why in lacks]
    return Findings(facts, exhibits, tables=tables, told=tuple(told))


def chosen(
    world: World, library: Documents | None, questions: Questions | None, independent: Questions | None
) -> tuple[Shelf, Shelf | None, list[str]]:
    """Return the library to show, the user's own if that is another one, and what this lacks.

    Raises:
        WorkshopError: if no ready library bears the slides either.
    """
    ready = list(shelves(world))
    first = ready[0]
    if library and library.at not in [shelf.library.at for shelf in ready]:
        first = replace(first, library=library, questions=questions, strangers=independent)
    else:
        first = replace(first, questions=questions or first.questions, strangers=independent or first.strangers)
    first = replace(first, world="", strangers=enough(first.strangers))
    lacks = list(first.lacks())
    if not lacks:
        return first, None, []
    others = [shelf for shelf in ready if shelf.library.at != first.library.at and not list(shelf.lacks())]
    if not others:
        raise wrong(f"no library bears the slides about search: {lacks[0]}", first.library.at, "see docs/worlds.md")
    return others[0], first, lacks


def marked(exhibit: Exhibit, world: str) -> Exhibit:
    """Return an exhibit that says whose library it is about."""
    return (
        exhibit if isinstance(exhibit, Code) else replace(exhibit, basis=f"{exhibit.basis}; example library: {world}")
    )


def of_own(own: Shelf | None, question: str, k: int) -> tuple[dict[str, Any], dict[str, Exhibit]]:
    """Return what the search finds in documents without enough questions, as facts, and the page that goes to a model."""
    none = {"given": False, "question": "", "card": "", "answer": "", "size": 0}
    if own is None:
        return none, {}
    asked = own.answer(question) if question else replace(own.answer(question), order=range(len(own.cards)))
    found = own.library.items[asked.order[0]].title if question else ""
    facts = {"given": True, "question": question, "card": found, "answer": asked.said, "size": len(own.cards)}
    exhibits: dict[str, Exhibit] = {
        "own_page": context_code(asked, own.library, min(k, len(own.cards) - bool(question)), blank=not question)
    }
    if question:
        by_word = own.known < KNOWN
        exhibits["own_scores"] = (
            keyword_chart(asked, own.library) if by_word else scores_chart(asked, own.library, own.threshold)
        )
    return facts, exhibits
