"""Rules about the quiz: it asks what the slides between the two sheets answer, and nothing that they say word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workshop.model.blocks import plain
from workshop.plan.invariants.finished import Breach, Finished, said_on
from workshop.plan.slot.moments import LEAST_ASKED

SAME = 5  # so many equal words in a row aren't a coincidence
QUIZ_FROM = 45  # minutes, from which on there is a quiz


def quiz(plan: Finished) -> Iterator[Breach]:
    """If a question is asked, the slide that answers it is shown between the two sheets; both sheets ask the same."""
    there = {slide.quiz: slide for slide in plan.slides if slide.quiz}
    if not there:
        if plan.kit.quiz:
            yield plan.breach("P5", "the quiz is printed, and no slide hands it out")
        return
    missing = [when for when in ("before", "after", "answers") if when not in there]
    for when in missing:
        yield plan.breach("P5", f"comes without the slide with quiz={when}", next(iter(there.values())))
    if missing:
        return
    begins, ends = plan.begins(there["before"].id), plan.begins(there["after"].id)
    asked = {question.id for question in plan.kit.quiz}
    if not asked:
        yield plan.breach("P5", "hands out a quiz without questions", there["before"])
    for name in sorted(asked):
        slides = plan.day.questions.get(name, frozenset())
        if not any(begins < plan.begins(slide) < ends for slide in slides & plan.shown):
            lost = " or ".join(sorted(slides)) or "a slide"
            yield plan.breach("P5", f"question {name} is asked, and {lost} doesn't answer it between the sheets")
    for name in sorted(set(plan.said.asked_in(plan.slot)) - asked):
        yield plan.breach("P5", f"question {name} is on the list of this slot, but isn't asked")


def word_for_word(plan: Finished) -> Iterator[Breach]:
    """No slide asks a quiz question word for word, or says five words in a row of its right answer."""
    told = {slide.id: f" {' '.join(_words(said_on(slide, ('say',))))} " for slide in plan.slides if not slide.quiz}
    for question in plan.kit.quiz:
        right = [_words(plain(option.text)) for option in question.options if option.right]
        pieces = [" ".join(words[k : k + SAME]) for words in right for k in range(len(words) - SAME + 1)]
        for slide in (slide for slide in plan.slides if slide.id in told):
            if said := next((piece for piece in pieces if f" {piece} " in told[slide.id]), ""):
                yield plan.breach("P6", f"says “{said}”, as the right answer to question {question.id} does", slide)
        wording = _words(plain(question.text))
        for slide in plan.slides:
            title = _words(slide.title_text)
            if not slide.quiz and len(title) >= SAME and " ".join(title) in " ".join(wording):
                yield plan.breach("P6", f"asks question {question.id} word for word", slide)


def worth_asking(plan: Finished) -> Iterator[Breach]:
    """If the kit has a quiz, all but short plans ask enough of it; each wrong option stands for a misconception of its own."""
    if plan.day.questions and plan.slot >= QUIZ_FROM and len(plan.kit.quiz) < LEAST_ASKED:
        yield plan.breach("P23", f"asks {len(plan.kit.quiz)} questions of the quiz; at least {LEAST_ASKED}")
    seen: dict[str, str] = {}
    for question in plan.kit.quiz:
        for option in (option for option in question.options if not option.right):
            if not option.misconception:
                yield plan.breach("P23", f"question {question.id} has a wrong option without a misconception")
            elif option.misconception in seen:
                where = " and ".join(dict.fromkeys((seen[option.misconception], question.id)))
                yield plan.breach("P23", f"the misconception {option.misconception} has two wrong options, in {where}")
            seen.setdefault(option.misconception, question.id)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
