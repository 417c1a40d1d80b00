"""Rules about bets: nobody wins by always betting the same letter, or the longest option."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from workshop.constructs.table import text_of
from workshop.layouts import traits
from workshop.model.kit import Slide
from workshop.model.prints import LETTERS
from workshop.plan.invariants.finished import Breach, Finished

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
