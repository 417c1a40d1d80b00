"""Rules about what the room does: work in each stage, for how long; bets that nobody wins without thinking; a quiz that is answered by what was shown."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from workshop.constructs.table import text_of
from workshop.layouts import traits
from workshop.model.blocks import Map, plain
from workshop.model.kit import Slide, Stage
from workshop.model.meta import HOUR
from workshop.model.moment import Moment
from workshop.model.prints import LETTERS
from workshop.plan.invariants.finished import Breach, Finished
from workshop.plan.invariants.plan_texts import said_on, shown_on
from workshop.plan.slot.moments import CORE, LEAST_ASKED, WHOLE, active, shows
from workshop.plan.slot.spare import keeping, mark_moments

FEW = 5  # fewer bets show no pattern
MIXED_FROM = 45  # minutes of a slot; shorter ones have few bets to choose from
SAFE = 0.45  # largest share of the bets in which one letter is right
EACH = LETTERS[:3]  # letters that every bet of three options has
LENGTHS = (0.75, 1.25)  # least and largest length of the right option, compared with the mean of the others
TWICE_FROM = ((180, 3), (90, 1))  # minutes of a slot, longest first -> bets that are placed again after talk
LONGEST = 1 / 3  # largest share of the bets in which the right option is the longest


def placed(slides: Iterable[Slide]) -> Iterator[tuple[Slide, int, list[int]]]:
    """Yield each bet with one right option, the place of that option, and the lengths of all options."""
    for slide in slides:
        options = text_of(slide.slot("options")) if "asks" in traits(slide.layout) else ()
        right = [place for place, option in enumerate(options) if option.right]
        if len(right) == 1:
            yield slide, right[0], [len(option.text) for option in options]


def right_letters(slides: Iterable[Slide]) -> str:
    """Return the right letter of each bet, in order."""
    return "".join(LETTERS[place] for _, place, _ in placed(slides))


def fair(plan: Finished) -> Iterator[Breach]:
    """The right letters vary, and in the whole kit the right option isn't told by its length."""
    letters = Counter(right_letters(plan.slides))
    total = letters.total()
    if total >= FEW and plan.slot >= MIXED_FROM:
        letter, times = letters.most_common(1)[0]
        if times > SAFE * total:
            yield plan.breach("P20", f"{letter} is right in {times} of {total} bets; {SAFE:.0%} at most")
        for letter in (letter for letter in EACH if not letters[letter]):
            yield plan.breach("P20", f"{letter} is right in none of {total} bets")
    every = list(placed(slide for stage in plan.day.stages for slide in stage.slides))
    longest = [
        slide.id
        for slide, place, lengths in every
        if lengths.count(max(lengths)) == 1 and lengths[place] == max(lengths)
    ]
    if len(every) >= FEW and len(longest) > LONGEST * len(every):
        names = ", ".join(longest)
        yield plan.breach("P20", f"the right option is the longest in {len(longest)} of {len(every)} bets: {names}")
    for slide, place, lengths in every:
        others = sum(lengths) - lengths[place]
        share = lengths[place] * (len(lengths) - 1) / others if others else 1
        if not LENGTHS[0] <= share <= LENGTHS[1]:
            least, most = LENGTHS
            what = f"is a bet whose right option is {share:.2f} times as long as the others, not {least} to {most}"
            yield plan.breach("P20", what, slide)


def talked_over(plan: Finished) -> Iterator[Breach]:
    """If bets of the kit may be placed again after talk, a plan of some length has some, and each has a hint."""
    if all(math.isinf(slide.again) for stage in plan.day.stages for slide in stage.slides):
        return
    twice = [slide for slide in plan.slides if slide.twice]
    least = next((many for slot, many in TWICE_FROM if plan.slot >= slot), 0)
    if len(twice) < least:
        yield plan.breach("P22", f"{len(twice)} bets are placed again after talk; at least {least} with again=")
    for slide in twice:
        if not any(note.kind == "hint" for note in slide.notes):
            yield plan.breach("P22", "is a bet that is placed again, and its notes have no Hint", slide)


BY_HAND = ("pencil", "vote", "talk", "slip", "walk", "thumbs", "write")  # more than a letter or a hand
SHORT_WORK = 12.0  # minutes: longer work on a slide doesn't count
ALL_AT_WORK = 180  # from so many minutes, the room works in all stages, or in as many as ``works:`` says
AT_WORK = ((90, 4), (60, 2))  # minutes of a shorter slot, longest first -> stages in which the room works
TOLD_FROM = 25  # from so many minutes on, the map tells of the stages that are out
MEASURED = (90, 240)  # slots in which the share is measured


def stages_at_work(plan: Finished) -> list[str]:
    """Return the stages in which the room writes, votes, talks, stands up or walks."""
    blocks = (spot.unit.block for spot in plan.spots)
    named = {name for b in blocks if b and b.does for name in (b.before, b.after)}
    return [
        stage.id
        for stage in plan.stages
        if named & {stage.id, *(moment.id for moment in plan.moments(stage))} or any(map(_by_hand, _of(plan, stage)))
    ]


def _by_hand(slide: Slide) -> bool:
    return (bool(slide.task) or slide.does in BY_HAND or slide.twice) and slide.minutes <= SHORT_WORK


def _of(plan: Finished, stage: Stage) -> list[Slide]:
    return [slide for slide in stage.slides if slide.id in plan.shown]


def at_work_everywhere(plan: Finished) -> Iterator[Breach]:
    """The longer the slot, the more stages in which the room works; in all but short ones each has a bet or an exhibit."""
    most = (plan.said.works or math.inf) if plan.slot >= ALL_AT_WORK else 0
    wanted = min(most or next((many for slot, many in AT_WORK if plan.slot >= slot), 0), len(plan.stages))
    working = stages_at_work(plan)
    if len(working) < wanted:
        idle_ = [stage.id for stage in plan.stages if stage.id not in working]
        what = f"the room works in {len(working)} stages, not in {wanted:g}; in these it doesn't: {', '.join(idle_)}"
        yield plan.breach("P19", what)
    for stage in plan.stages if plan.slot >= WHOLE else ():
        if plan.said.is_about(stage.id, plan.slot) and not any(map(shows, _of(plan, stage))):
            yield plan.breach("P19", f"stage '{stage.id}' has neither a bet nor an exhibit")


def whole_stages(plan: Finished) -> Iterator[Breach]:
    """No stage is left out, or shown for a single minute; in short slots, the map tells of those for which there is no time."""
    maps = (s for s in plan.slides if any(isinstance(block, Map) for _, blocks in s.slots for block in blocks))
    told = " ".join(said_on(slide, ("say",)) for slide in maps)
    named = " ".join(map(shown_on, plan.slides)).lower()
    minutes = {stage.id: sum(slide.minutes for slide in _of(plan, stage)) for stage in plan.stages}
    for stage in (stage for stage in plan.day.stages if stage.number is not None):
        if (
            plan.said.about
            and plan.slot < HOUR
            and (stage.id not in minutes or not plan.said.is_about(stage.id, plan.slot))
        ):
            if (
                plan.slot >= TOLD_FROM
                and stage.id not in minutes
                and not any(name.lower() in named for name in (stage.short, stage.title))
            ):
                yield plan.breach("P25", f"stage '{stage.id}' is left out, and no slide names it")
        elif plan.slot >= WHOLE and minutes.get(stage.id, 0) < CORE:
            shown = minutes.get(stage.id, 0)
            yield plan.breach("P25", f"stage '{stage.id}' is shown for {shown:g} minutes; at least {CORE:g}")
        elif TOLD_FROM <= plan.slot < WHOLE and stage.id not in minutes and stage.short not in told:
            yield plan.breach("P25", f"stage '{stage.id}' is left out, and no slide with the map says what it is")


def done(plan: Finished) -> tuple[float, float]:
    """Return the minutes in which the room does something, and those of all slides and blocks; rests don't count."""
    spots = [spot for spot in plan.spots if spot.slide or (spot.unit.kind == "block" and not spot.unit.rest)]
    return sum(spot.minutes for spot in spots if spot.does), sum(spot.minutes for spot in spots)


def doing_first(plan: Finished) -> Iterator[Breach]:
    """The room does something for much of the time, and no such moment is out while talk is in that could go."""
    if not MEASURED[0] <= plan.slot <= MEASURED[1]:
        return
    doing, whole = done(plan)
    least = plan.said.doing
    if doing < least * whole:
        what = f"the room does something for {doing:g} of {whole:g} minutes ({doing / whole:.0%}), not {least:.0%}"
        yield plan.breach("P21", what)
    talk = sum(slide.minutes for moment in talk_that_can_go(plan) for slide in moment)
    for moment, slides in moments_out(plan):
        minutes = sum(slide.minutes for slide in slides)
        if any(map(active, slides)) and minutes <= talk:
            what = (
                f"moment '{moment.id}', in which the room does something, is out, and {talk:g} minutes of talk are in"
            )
            yield plan.breach("P21", what)


def talk_that_can_go(plan: Finished) -> Iterator[tuple[Slide, ...]]:
    """Yield the slides of each moment that is only talk and could be left out by itself."""
    answering = {name for question in plan.kit.quiz for name in plan.day.questions.get(question.id, ())}
    marked = mark_moments(plan.kit.stages, plan.day.moments, keeping(plan.kit.stages) | answering)
    spare = sorted((s for stage in marked for s in stage.slides if s.spare), key=lambda s: (s.stage, s.moment))
    for _, slides in groupby(spare, key=lambda s: (s.stage, s.moment)):
        own = tuple(slides)
        if not any(map(active, own)):
            yield own


def moments_out(plan: Finished) -> Iterator[tuple[Moment, tuple[Slide, ...]]]:
    """Yield the moments that are meant for the slot and have none of their slides in it, with these slides."""
    timed = plan.day.timed(plan.slot, len(plan.kit.quiz))
    for stage in timed.stages:
        there = {slide.id: slide for slide in stage.slides}
        for moment in plan.day.moments.get(stage.id, ()):
            slides = tuple(there[name] for name in moment.names(plan.slot) if name in there)
            if moment.due(plan.slot) and slides and not plan.shown & {slide.id for slide in slides}:
                yield moment, slides


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
    due = plan.day.questions and plan.slot >= QUIZ_FROM and not plan.said.no_quiz(plan.slot)
    if due and len(plan.kit.quiz) < LEAST_ASKED:
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
