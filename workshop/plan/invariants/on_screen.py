"""Rules about what is read on the screen: a bet that can be placed without the notes, few slides, short titles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from workshop.constructs.table import text_of
from workshop.layouts import traits
from workshop.model.kit import Slide
from workshop.plan.invariants.finished import Breach, Finished
from workshop.plan.slot.fill import FEW_FROM, most_slides

LONGEST_TITLE = 9  # words
WORD = re.compile(r"[^\W_]+(?:[-'’.,·][^\W_]+)*")
POINTING = re.compile(r"\b(?:it|they|them|their|its|these|those|this)\b|\bwhich(?! \w)", re.IGNORECASE)
SHARED = 5  # letters: shorter words, such as "three" in "three times", are small change
SAME_STEM = 4  # letters by which two forms of a word are told to be one
COMMON = frozenset(
    [
        "about",
        "after",
        "again",
        "answer",
        "answers",
        "anything",
        "before",
        "better",
        "comes",
        "different",
        "every",
        "falls",
        "first",
        "from",
        "goes",
        "half",
        "hundred",
        "hundreds",
        "later",
        "less",
        "many",
        "more",
        "most",
        "never",
        "nearly",
        "none",
        "nothing",
        "often",
        "once",
        "only",
        "other",
        "others",
        "over",
        "people",
        "percent",
        "question",
        "quite",
        "same",
        "says",
        "sentence",
        "sentences",
        "several",
        "some",
        "something",
        "their",
        "them",
        "then",
        "there",
        "these",
        "thing",
        "things",
        "those",
        "thousand",
        "three",
        "twice",
        "under",
        "what",
        "when",
        "which",
        "with",
        "without",
        "word",
        "words",
        "worse",
        "would",
        "write",
        "writes",
    ]
)


def words_of(title: str) -> int:
    """Return the number of words of a title: tokens with a letter or a digit.

    >>> words_of("From raw text to a product: eight stages"), words_of("“Yes” – 47 in 100")
    (8, 4)
    """
    return sum(any(letter.isalnum() for letter in token) for token in title.split())


def few_slides(plan: Finished) -> Iterator[Breach]:
    """From an hour on there are few slides for the slot, and a title has nine words at most.

    A sheet on slides, for a room without paper, and the rounds of its vote count as the slide that they go on with.
    """
    most = most_slides(plan.slot, plan.said.breadth)
    written = {slide.id for stage in plan.day.stages for slide in stage.slides}
    planned = [slide for slide in plan.slides if slide.id in written]
    if plan.slot >= FEW_FROM and len(planned) + 1 > most:  # and the cover
        yield plan.breach("P27", f"{len(planned) + 1} slides are shown; at most {most}")
    for slide in planned:
        if (many := words_of(slide.title_text)) > LONGEST_TITLE:
            yield plan.breach("P27", f"has a title of {many} words; at most {LONGEST_TITLE}", slide)


def readable_bets(plan: Finished) -> Iterator[Breach]:
    """A bet's title asks, points at nothing that isn't on the slide, and names what its options share."""
    for slide in plan.slides:
        if "asks" not in traits(slide.layout) or slide.quiz:
            continue
        title = slide.title_text.replace("’", "'").rstrip(" ”\"'")
        if not title.endswith("?"):
            yield plan.breach("P26", "is a bet whose title isn't a question", slide)
        if (found := POINTING.search(title)) and not NOUN_BEFORE.search(title[: found.start()]):
            yield plan.breach("P26", f"is a bet whose title says “{found[0]}” without a noun before it", slide)
        if lost := unnamed(slide):
            yield plan.breach("P26", f"is a bet whose options share “{lost[0]}”, which isn't in its title", slide)


NOUN_BEFORE = re.compile(r"\b(?:a|an|the|our|your|its|one|two|model|assistant)\b \w+|“[^”]+”", re.IGNORECASE)


def unnamed(slide: Slide) -> list[str]:
    """Return the words that two options of a bet share and its title hasn't."""
    title = slide.title_text.lower()
    options = [
        set(re.findall(rf"[a-z]{{{SHARED},}}", option.text.lower())) for option in text_of(slide.slot("options"))
    ]
    shared = [word for word, many in Counter(word for words in options for word in words).items() if many > 1]
    return sorted(word for word in shared if word not in COMMON and word[:SAME_STEM] not in title)
