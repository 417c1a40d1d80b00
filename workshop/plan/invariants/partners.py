"""Rules of partners: each bet has its answer, each task its sheet, each vote its count and its effect."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.layouts import traits
from workshop.model.kit import Slide
from workshop.plan.invariants.finished import Breach, Finished
from workshop.plan.invariants.plan_texts import said_on
from workshop.wording.messages import messages

# Rules about partners: a bet has its result, a task its answer, a vote its count.
NEAR = 2  # the answer is shown within so many slides after a bet or a task
COUNTING = ("hands", "pencil", "write")  # what the room does to a number that it then has
COUNTED = 2.0  # within so many minutes after the vote, hands are counted
BACK = 15.0  # within so many minutes after the count, the votes are shown


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
        own_words = slide.does == "write"  # nobody else knows them
        works = ((slide.task and not own_words) or slide.does == "thumbs") and not slide.continued
        if works and not any(slide.id in other.answers for other in plan.after(slide, NEAR)):
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
    language = messages(plan.kit.language)
    counted = any("polls" in traits(slide.layout) or slide.does in COUNTING for slide in plan.slides)
    for slide in plan.slides:
        text = said_on(slide).lower()
        for word in (*language["own-votes"], *(() if counted else language["own-counts"])):
            if str(word) in text:
                yield plan.breach(
                    "P3", f"says “{word}”, and nobody {'counted' if word in language['own-counts'] else 'voted'}", slide
                )


def way_back(plan: Finished) -> tuple[float, Slide, Slide] | None:
    """Return the minutes from the count to the slide that shows the votes, without breaks, and both slides."""
    voted = next((s for s in plan.spots if s.slide is not None and s.slide.does == "vote"), None)
    after = [s for s in plan.spots if voted is not None and s.slide is not None and s.begins >= voted.ends]
    counted = next((s for s in after if s.slide and s.slide.does == "hands"), None)
    back = next((s for s in after if s.slide and s.slide.counts), None)
    if counted is None or back is None or counted.slide is None or back.slide is None:
        return None
    rests = sum(s.minutes for s in plan.spots if s.unit.rest and counted.ends <= s.begins < back.begins)
    return back.begins - counted.ends - rests, counted.slide, back.slide


def votes_back(plan: Finished) -> Iterator[Breach]:
    """The room's votes are shown soon after the count."""
    found = way_back(plan)
    if found is not None and found[0] > BACK:
        late, counted, back = found
        yield plan.breach("P4", f"shows the votes {late:g} minutes after '{counted.id}'", back)
