"""Which library the slides about search speak of: one's own if its questions bear every moment, else that of a ready world.

``check`` and the demo use the same conditions, so what the check says is what a build does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np
from msgspec import Struct

from workshop.ai_models.parts.asking import Answer, answered, by_shared_words
from workshop.ai_models.parts.roles import LIBRARY, QUESTIONS, World
from workshop.ai_models.toys.embedding import Embedding
from workshop.ai_models.toys.keyword import content_words
from workshop.ai_models.toys.retrieval import Search
from workshop.inputs.library import Documents, Question, Questions
from workshop.inputs.worlds import FILE
from workshop.wording.formats import percent

KNOWN = 0.5  # least share of a library's words that the dictionary must have
THRESHOLD = 0.4  # a card must be this near to be quoted
LEAD = 0.05  # least distance of the right card from the next
LEAST = {  # of each kind, so that the rates of both kinds, and the bet on questions without a card, mean something
    "paraphrase": (4, "that share no word with their card"),
    "shared": (2, "that share a word with their card"),
    "absent": (4, "that no card answers"),
}
STRANGERS, STRANGE = "strangers.yaml", 20  # questions by somebody who saw only the titles, and how many make a rate


class Shelf(Struct, frozen=True, dict=True, kw_only=True):
    """A library with the questions to it.

    Attributes:
        world: what it is the library of: "a hospital ward"; "" for the user's own.
        space, threshold: the words' numbers, and the cosine under which a card isn't quoted.
    """

    library: Documents
    questions: Questions | None
    strangers: Questions | None
    world: str
    space: Embedding
    threshold: float = THRESHOLD

    @cached_property
    def known(self) -> float:
        """The share of the library's words that have numbers."""
        spoken = {word for card in self.cards for word in content_words(card)}
        return sum(self.space.knows(word) for word in spoken) / max(len(spoken), 1)

    @cached_property
    def cards(self) -> tuple[str, ...]:
        """Each card as it is searched."""
        return tuple(f"{card.title}. {card.text}" for card in self.library.items)

    @cached_property
    def search(self) -> Search:
        """The search over the cards."""
        return Search.over(self.cards, self.space)

    @cached_property
    def answers(self) -> tuple[tuple[Question, Answer], ...]:
        """Each question with its answer."""
        asked = self.questions.matched(self.library) if self.questions else ()
        return tuple((one, answered(self.search, one.text, self.library, self.threshold)) for one in asked)

    def answer(self, question: str) -> Answer:
        """Return the answer to any question; without numbers for most words, it is found by shared words."""
        if self.known < KNOWN:
            return by_shared_words(question, self.cards, self.library)
        return answered(self.search, question, self.library, self.threshold)

    def kind(self, question: Question) -> str:
        """Return "absent", "paraphrase" or "shared": whether no card answers it, and whether it shares a word with its card."""
        if not question.document:
            return "absent"
        card = next(
            text for own, text in zip(self.library.items, self.cards, strict=True) if own.id == question.document
        )
        return "shared" if set(content_words(card)) & set(content_words(question.text)) else "paraphrase"

    def found(self, answer: Answer) -> str:
        """Return the id of the card that is found."""
        return self.library.items[answer.order[0]].id

    @cached_property
    def without_word(self) -> tuple[Answer, ...]:
        """Answers to show for "no shared word", the clearest first: no word on any card, the right card first and well ahead."""
        fit = [
            answer
            for one, answer in self.answers
            if one.document and not answer.shared.any() and self.found(answer) == one.document
            if answer.sure >= self.threshold and self.lead(answer) >= LEAD
        ]
        wanted = {one.text for one in (self.questions.items if self.questions else ()) if one.kind == "show"}
        return tuple(sorted(fit, key=lambda answer: (answer.question not in wanted, -self.lead(answer))))

    @staticmethod
    def lead(answer: Answer) -> float:
        """Return how far the best card is ahead of the next."""
        best, second = np.sort(answer.near)[::-1][:2]
        return float(best - second)

    @cached_property
    def wrong_card(self) -> tuple[Answer, ...]:
        """Answers to questions that no card answers and that pass the threshold, the surest first."""
        found = [answer for one, answer in self.answers if not one.document and answer.sure >= self.threshold]
        return tuple(sorted(found, key=lambda answer: -answer.sure))

    @cached_property
    def by_hand(self) -> tuple[str, ...]:
        """Questions for scoring three cards by hand: one card shares most words with it, and another one shares some."""
        clear = []
        for one, _ in self.answers:
            shared = sorted(
                (len(set(content_words(one.text)) & set(content_words(card))) for card in self.cards), reverse=True
            )
            if one.document and shared[0] > shared[1] > 0:
                clear.append(one.text)
        return tuple(clear)

    def lacks(self) -> Iterator[str]:
        """Yield what the library or its questions lack for the moments about search, each with what to do."""
        if self.known < KNOWN:
            yield f"the English dictionary has {percent(self.known)} of the library’s words, and {percent(KNOWN)} are needed"
            return
        if not self.answers:
            yield "the library has no questions yet: write them in questions.yaml"
            return
        kinds = [self.kind(one) for one, _ in self.answers]
        for kind, (least, what) in LEAST.items():
            if (n := kinds.count(kind)) < least:
                yield f"{n} of the questions are ones {what}, and {least} are needed"
        if not self.without_word:
            yield "bet “no shared word”: no question without a word of any card finds its card with a lead of 0.05"
        if not self.by_hand:
            yield "task “score three cards”: no question has one clear winner and a second card with a shared word"
        if not self.wrong_card:
            yield f"wrong card: none of {kinds.count('absent')} questions that no card answers passes {self.threshold:.2f}"


def shelves(world: World) -> Iterator[Shelf]:
    """Yield the library of each world, the nearest first, with the questions that lie beside it."""
    space = Embedding.read()
    for folder in world.folders:
        library = next((path for name in (LIBRARY, "documents") if (path := folder / name).exists()), None)
        if library is not None:
            asked, strange = (_asked(folder / name) for name in (QUESTIONS, STRANGERS))
            place = World.load(folder / FILE).a
            yield Shelf(library=Documents.load(library), questions=asked, strangers=strange, world=place, space=space)


def _asked(path: Path) -> Questions | None:
    return Questions.load(path) if path.exists() else None


def enough(questions: Questions | None) -> Questions | None:
    """Return questions by strangers if they are enough for a rate."""
    return questions if questions and len(questions.items) >= STRANGE else None
