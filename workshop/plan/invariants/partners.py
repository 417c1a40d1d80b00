"""Rules about partners: a bet has its result, a task its answer, a vote its count, a question its slide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workshop.layouts import traits
from workshop.model.blocks import plain
from workshop.model.kit import Slide
from workshop.plan.invariants.finished import Breach, Finished
from workshop.plan.invariants.texts import said_on
from workshop.wording.messages import messages

NEAR = 2  # the answer is shown within so many slides after a bet or a task
COUNTED = 2.0  # within so many minutes after the vote, hands are counted
BACK = 15.0  # within so many minutes after the count, the votes are shown
SAME = 5  # so many equal words in a row aren't a coincidence


def bets(plan: Finished) -> Iterator[Breach]:
    """If a bet is shown, so is its result: in the same moment, on the next slide or the one after."""
    for slide in plan.slides:
        if "asks" in traits(slide.layout) and not slide.quiz:
            after = [other for other in plan.after(slide, NEAR) if slide.id in other.answers]
            if not any(other.moment == slide.moment for other in after):
                partner = _partner(plan, slide)
                yield plan.breach(
                    "P1", f"is a bet, and its result {partner} is not among the next {NEAR} slides", slide
                )


def tasks(plan: Finished) -> Iterator[Breach]:
    """If a task is shown, so is its answer, at most two slides later."""
    for slide in plan.slides:
        if (slide.task or slide.does == "thumbs") and not any(
            slide.id in other.answers for other in plan.after(slide, NEAR)
        ):
            partner = _partner(plan, slide)
            yield plan.breach("P2", f"is a task, and its answer {partner} is not among the next {NEAR} slides", slide)


def _partner(plan: Finished, slide: Slide) -> str:
    names = sorted(plan.day.answered.get(slide.id, ()))
    return f"({' or '.join(names)})" if names else "(no slide answers it with answers=)"


def votes(plan: Finished) -> Iterator[Breach]:
    """If a vote is shown, so are its count, within two minutes, and its effect; without a vote nothing mentions one."""
    voting = [spot for spot in plan.spots if spot.slide is not None and spot.slide.does == "vote"]
    for spot in voting:
        counting = [s for s in plan.spots if s.slide is not None and s.slide.does == "hands" and s.begins >= spot.ends]
        if not counting or counting[0].begins > spot.ends + COUNTED:
            yield plan.breach("P3", f"is a vote, and no hands are counted within {COUNTED:g} minutes", spot.slide)
        if not any(slide.counts for slide in plan.slides):
            yield plan.breach("P3", "is a vote, and no slide with counts= shows what it does", spot.slide)
    if voting:
        return
    for slide in plan.slides:
        text = said_on(slide).lower()
        for word in messages(plan.kit.language)["own-votes"]:
            if str(word) in text:
                yield plan.breach("P3", f"says “{word}”, and nobody voted", slide)


def way_back(plan: Finished) -> tuple[float, Slide, Slide] | None:
    """Return the minutes from the count to the slide that shows the votes, breaks included, and both slides."""
    voted = next((s for s in plan.spots if s.slide is not None and s.slide.does == "vote"), None)
    after = [s for s in plan.spots if voted is not None and s.slide is not None and s.begins >= voted.ends]
    counted = next((s for s in after if s.slide and s.slide.does == "hands"), None)
    back = next((s for s in after if s.slide and s.slide.counts), None)
    if counted is None or back is None or counted.slide is None or back.slide is None:
        return None
    return back.begins - counted.ends, counted.slide, back.slide


def votes_back(plan: Finished) -> Iterator[Breach]:
    """The room's votes are shown soon after the count."""
    found = way_back(plan)
    if found is not None and found[0] > BACK:
        late, counted, back = found
        yield plan.breach("P4", f"shows the votes {late:g} minutes after '{counted.id}'", back)


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
        lost = sorted(slide for slide in slides if slide not in plan.shown or not begins < plan.begins(slide) < ends)
        if lost or not slides:
            yield plan.breach("P5", f"question {name} is asked, but {', '.join(lost) or 'no slide'} doesn't answer it")
    wanted = set(plan.said.asks.get(plan.slot, asked))
    for name in sorted(wanted - asked):
        yield plan.breach("P5", f"question {name} is on the list of this slot, but isn't asked")


def word_for_word(plan: Finished) -> Iterator[Breach]:
    """No slide asks a quiz question word for word."""
    for question in plan.kit.quiz:
        wording = _words(plain(question.text))
        for slide in plan.slides:
            title = _words(slide.title_text)
            if not slide.quiz and len(title) >= SAME and " ".join(title) in " ".join(wording):
                yield plan.breach("P6", f"asks question {question.id} word for word", slide)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
