"""The rules that a plan keeps, and the breaches of one plan."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, groupby, pairwise
from types import MappingProxyType
from typing import Any

from workshop.layouts import traits
from workshop.model.blocks import Line, Map, Prose
from workshop.model.kit import Slide, Stage
from workshop.model.slot import Pace
from workshop.plan.invariants.finished import (
    Breach,
    Finished,
    Spot,
    lines_in_notes,
    lines_on,
    said_on,
    spoken_words,
    unsaid,
)
from workshop.plan.invariants.in_the_room import (
    at_work_everywhere,
    doing_first,
    fair,
    quiz,
    talked_over,
    whole_stages,
    word_for_word,
    worth_asking,
)
from workshop.plan.slot.fill import PER, TASK_MINUTES, buffer_of
from workshop.plan.slot.moments import BOTH_EDGES, SHORT
from workshop.plan.slot.reword import CONDITION, PIECE
from workshop.wording.messages import messages

# ---------------------------------------------------------------- hours
# Rules about time: idle minutes, tasks on paper, breaks, honest minutes, the sum.
PACE = 130.0  # words per minute, spoken slowly
TALKING = 0.7  # largest share of a slide's minutes
SPEECH = (0.2, 0.4)  # least and largest share of the minutes of all slides
LONGEST_BET = 2.0
LONG_TASK, LONGEST_TASK = 4.0, 6.0  # minutes of a task on paper: from the first on it keeps apart from others like it
ARGUED, QUICK = 80.0, 40.0  # seconds of a bet with a reason for and one against, and of a bet without


def idle_times(plan: Finished) -> Iterator[tuple[float, str, str]]:
    """Yield the minutes between two activities of the room, and their names; breaks and the buffer don't count."""
    since, last = 0.0, "the beginning"
    for spot in plan.spots:
        if spot.active:
            yield since, last, f"'{_name(spot)}'"
            since, last = 0.0, f"'{spot.slide.id}'" if spot.slide else "a block"
        elif spot.unit.rest:
            since, last = 0.0, "a break"
        elif spot.unit.kind != "buffer":
            since += spot.minutes
    yield since, last, "the end"


def idle(plan: Finished) -> Iterator[Breach]:
    """The room does something every few minutes."""
    for minutes, last, then in idle_times(plan):
        if minutes > plan.said.idle:
            yield plan.breach("P9", f"{minutes:g} minutes pass between {last} and {then} without anything to do")


def speech(plan: Finished) -> float:
    """Return how many minutes of a plan are speech."""
    return sum(spoken_words(slide) for slide in plan.slides) / PACE


def bet_seconds(slide: Slide, pace: Pace) -> float:
    """Return how long a bet takes besides speech: letters, hands, and reasons if there is time for them; 0 without a bet."""
    if "asks" not in traits(slide.layout):
        return 0.0
    if slide.twice:
        return 60 * pace.apart
    return ARGUED if slide.minutes >= LONGEST_BET else QUICK


def honest_minutes(plan: Finished) -> Iterator[Breach]:
    """Speech fits its slide, a bet takes one or two minutes, or those of the room's pace if it is placed again, and speech is a third of the whole."""
    for slide in plan.slides:
        words = spoken_words(slide)
        most = math.floor(min(TALKING * slide.minutes, slide.minutes - bet_seconds(slide, plan.day.pace) / 60) * PACE)
        if words > most:
            yield plan.breach("P12", f"has {words} words to say in {slide.minutes:g} min; at most {most} fit", slide)
        yield from _printed(plan, slide)
        if "asks" in traits(slide.layout) and not (
            slide.minutes == plan.day.pace.twice if slide.twice else 1 <= slide.minutes <= LONGEST_BET
        ):
            yield plan.breach("P12", f"is a bet that takes {slide.minutes:g} minutes", slide)
        if "corrects" in traits(slide.layout) and slide.minutes != 1:
            yield plan.breach("P12", f"is a misconception slide that takes {slide.minutes:g} minutes, not one", slide)
    share = speech(plan) / plan.kit.plan.slides if plan.kit.plan.slides else 0.0
    if not SPEECH[0] <= share <= SPEECH[1]:
        yield plan.breach("P12", f"speech takes {share:.0%} of the slides, not {SPEECH[0]:.0%} to {SPEECH[1]:.0%}")


def _printed(plan: Finished, slide: Slide) -> Iterator[Breach]:
    """The minutes on a slide and on the sheet of its task are those that it has."""
    shown = " ".join(line.text for b in slide.slot("minutes") if isinstance(b, Prose) for line in b.lines)
    if shown not in ("", f"{slide.minutes:g}"):
        yield plan.breach("P12", f"shows {shown} min and has {slide.minutes:g}", slide)
    for exercise in (exercise for sheet in plan.kit.sheets for exercise in sheet.exercises):
        if exercise.id == slide.task and exercise.minutes != slide.minutes:
            what = f"has {slide.minutes:g} min, and its task '{exercise.id}' on the sheet {exercise.minutes:g}"
            yield plan.breach("P12", what, slide)


def at_work(plan: Finished) -> list[Spot]:
    """Return the tasks on paper."""
    return [spot for spot in plan.spots if spot.slide is not None and spot.slide.task]


def pencils(plan: Finished) -> Iterator[Breach]:
    """A stage has one task on paper, of a few minutes; long ones aren't soon after each other, and no two are of a kind."""
    working = at_work(plan)
    minutes = sum(spot.minutes for spot in working)
    if minutes > TASK_MINUTES * max(1.0, plan.slot / PER):
        yield plan.breach("P13", f"{len(working)} tasks on paper take {minutes:g} minutes")
    for spot in working:
        if spot.minutes > LONGEST_TASK:
            yield plan.breach("P13", f"is a task of {spot.minutes:g} minutes, not {LONGEST_TASK:g} at most", spot.slide)
    for before, spot in combinations(working, 2):
        if spot.unit.stage is before.unit.stage and not _goes_on(spot, before):
            yield plan.breach("P13", f"is a second task in its stage, after '{_name(before)}'", spot.slide)
    for before, spot in pairwise(spot for spot in working if spot.minutes >= LONG_TASK):
        between = spot.begins - before.ends
        if between < plan.said.apart and not _goes_on(spot, before):
            yield plan.breach("P13", f"comes {between:g} minutes after '{_name(before)}', another task", spot.slide)
    kinds = {exercise.id: exercise.kind for sheet in plan.kit.sheets for exercise in sheet.exercises}
    seen: dict[str, str] = {}
    for spot in working:
        assert spot.slide is not None
        kind = kinds.get(spot.slide.task, "")
        if kind and kind in seen:
            yield plan.breach("P13", f"asks the room to {kind} again, as '{seen[kind]}' did", spot.slide)
        seen.setdefault(kind, spot.slide.id)


def _goes_on(spot: Spot, before: Spot) -> bool:
    """Whether a task goes on with an earlier one, so that both count as one."""
    return bool(spot.slide and before.slide and before.slide.id in spot.slide.needs)


def _name(spot: Spot) -> str:
    return spot.slide.id if spot.slide else spot.unit.kind


def sittings(plan: Finished) -> Iterator[tuple[float, list[Spot]]]:
    """Yield the minutes between breaks, and the parts of the day that fill them."""
    for rest, spots in groupby(plan.spots, key=lambda spot: spot.unit.rest):
        sat = list(spots)
        if not rest:
            yield sat[-1].ends - sat[0].begins, sat


def breaks(plan: Finished) -> Iterator[Breach]:
    """Nobody sits for too long."""
    for minutes, sat in sittings(plan):
        if minutes > plan.day.pace.sitting:
            where = f"from '{_name(sat[0])}' to '{_name(sat[-1])}'"
            yield plan.breach(
                "P14", f"{minutes:g} minutes pass {where} without a break; the limit is {plan.day.pace.sitting:g}"
            )


def the_sum(plan: Finished) -> Iterator[Breach]:
    """Slides, breaks, blocks and buffer make up the slot, and the buffer is 4% to 6% of it."""
    account = plan.kit.plan
    if account.total != plan.slot:
        yield plan.breach("P18", f"the parts make up {account.total:g} minutes")
    least, most = buffer_of(plan.slot)
    own = any(slide.counts and plan.kit.own for slide in plan.slides)
    if not least - own <= account.buffer <= most:
        yield plan.breach("P18", f"the buffer is {account.buffer:g} minutes, not {least} to {most}")


# ---------------------------------------------------------------- paper
# The rule about files: what is named is made.
FILE = re.compile(r"\b[a-z][\w-]*\.(?:pdf|pptx|html|csv|docx)\b")


def made(plan: Finished) -> Iterator[Breach]:
    """A file that material, run sheet or notes name is made, and a task in the booklet has its minutes."""
    for where, text in _naming(plan):
        for name in FILE.findall(text):
            if plan.files is not None and name not in plan.files:
                yield plan.breach("P24", f"{where} names {name}, which a build doesn't make")
    for sheet in plan.kit.sheets:
        for exercise in sheet.for_class:
            if not exercise.minutes:
                yield plan.breach("P24", f"task '{exercise.id}' in the booklet has no minutes")


def _naming(plan: Finished) -> Iterator[tuple[str, str]]:
    for stage in plan.kit.stages:
        yield from ((f"the material of '{stage.id}'", item) for item in stage.material)
    yield from (("the run sheet", text) for row in plan.kit.run_sheet for text in (row.material, row.note))
    yield from ((f"slide '{slide.id}'", said_on(slide)) for slide in plan.slides)


# ---------------------------------------------------------------- partners
# Rules about partners: a bet has its result, a task its answer, a vote its count.
NEAR = 2  # the answer is shown within so many slides after a bet or a task
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
        works = (slide.task or slide.does == "thumbs") and not slide.continued
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


# ---------------------------------------------------------------- promises
# Rules about words: promises are kept, and nothing mentions what is hidden.
def promised(plan: Finished) -> Iterator[Breach]:
    """A phrase that promises what the room will do, get or see names the slide that keeps it, and that slide is in."""
    words = _any_of(messages(plan.kit.language)["promises"])
    for slide in plan.slides:
        if slide.promise:
            for run in (*slide.title, *(run for line in lines_on(slide) for run in line.runs)):
                lost = [name for name in run.kept_by if name not in plan.shown]
                if lost:
                    yield plan.breach("P7", f"promises “{run.text.strip()}”, but '{lost[0]}' is left out", slide)
                elif not run.kept_by and (found := words.search(run.text)):
                    yield plan.breach("P7", f"promises “{found[0]}” without kept-by=", slide)
    for where, text in _elsewhere(plan):
        if found := words.search(_unconditional(text)):
            yield plan.breach("P7", f"the {where} promises “{found[0]}” without kept-by=")


def _elsewhere(plan: Finished) -> Iterator[tuple[str, str]]:
    yield "cover's subtitle", plan.day.written.subtitle
    yield "certificate", plan.day.written.certificate
    shown = {stage.id for stage in plan.kit.stages}
    for stage in (stage for stage in plan.day.stages if stage.id in shown):
        yield f"aim of '{stage.id}'", stage.aim
        yield from ((f"objectives of '{stage.id}'", text) for text in stage.objectives)


def _unconditional(text: str) -> str:
    """Return what is said in every plan, without the texts and pieces that need slides."""
    rest = PIECE.sub("", text)
    return "" if CONDITION.search(rest) else rest


def _any_of(phrases: Iterable[object]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(str(phrase)) for phrase in phrases)})\b", re.IGNORECASE)


def mentioned(plan: Finished) -> Iterator[Breach]:
    """Notes and texts name no stage, sheet or slide that is out: such phrases are in a piece with ``needs=``."""
    language = messages(plan.kit.language)
    phrases = _any_of(language["mentions"])
    written = {slide.id: slide for stage in plan.day.stages for slide in stage.slides}
    here = {stage.number for stage in plan.stages}
    out = {mark.number for mark in plan.kit.marks if mark.number not in here}
    sheets = {sheet.stage for sheet in plan.kit.sheets}
    for stage in plan.kit.stages:
        for slide in (slide for slide in stage.slides if slide.id in plan.shown):
            yield from _stages_out(plan, slide, out, language)
            for phrase in _loose(written.get(slide.id, slide), phrases):
                yield plan.breach("P11", f"says “{phrase}” outside of a piece with needs=", slide)
            yield from _sheets_out(plan, stage, slide, sheets)


def _stages_out(plan: Finished, slide: Slide, out: set[int], language: Mapping[str, Any]) -> Iterator[Breach]:
    text, word, numbers = said_on(slide).lower(), language["stage-word"], language["number-words"]
    for number in sorted(out):
        name = numbers[number] if number < len(numbers) else str(number)
        if re.search(rf"\b{word}s? (?:{name}|{number})\b", text):
            yield plan.breach("P11", f"mentions stage {number}, which is left out", slide)


def _sheets_out(plan: Finished, stage: Stage, slide: Slide, sheets: set[str]) -> Iterator[Breach]:
    if stage.id in sheets or stage.number is None:
        return
    if re.search(rf"\bS{stage.number}\b", said_on(slide)):
        yield plan.breach("P11", f"mentions the sheet S{stage.number}, which isn't printed", slide)


def _loose(slide: Slide, phrases: re.Pattern[str]) -> Iterator[str]:
    """Yield phrases about other slides that have no condition; the words that lead to the next slide are skipped."""
    kinds = {note.kind for note in slide.notes} - {"next"}
    lines: list[Line] = [*lines_on(slide), *(lines_in_notes(slide, kinds) if kinds else ())]
    for run in (run for line in lines for run in line.runs if not (run.needs or run.kept_by)):
        yield from phrases.findall(run.text)


# ---------------------------------------------------------------- stages
# Rules about stages: each has something to remember and an edge, few slides are only lists, and the map is right.
def remembered(plan: Finished) -> Iterator[Breach]:
    """Each stage that is in has something to remember; in a short slot, at least its spine."""
    for stage in plan.stages:
        moments = list(plan.moments(stage))
        if any(moment.remember for moment in moments):
            continue
        due = [m for m in plan.day.moments.get(stage.id, ()) if m.spine and m.due(plan.slot)]
        if plan.slot < SHORT and due and all(moment in moments for moment in due):
            continue
        wanted = [m.id for m in plan.day.moments.get(stage.id, ()) if m.remember]
        if plan.day.moments.get(stage.id):
            yield plan.breach("P8", f"stage '{stage.id}' is shown without a moment to remember ({', '.join(wanted)})")


def edges(plan: Finished) -> Iterator[Breach]:
    """Each stage corrects a misconception or has a line that says where the toy stops; in three hours or more it has both."""
    for stage in plan.stages:
        wrong = any("corrects" in traits(slide.layout) for slide in stage.slides)
        toy = any(slide.toy for slide in stage.slides)
        if not (wrong or toy):
            yield plan.breach("P10", f"stage '{stage.id}' has neither a misconception slide nor a toy line")
        elif plan.slot >= BOTH_EDGES and not (wrong and toy):
            missing = "toy line" if wrong else "misconception slide"
            yield plan.breach("P10", f"stage '{stage.id}' has no {missing}")


def lists(plan: Finished) -> Iterator[Breach]:
    """At most one slide of a stage is only a list, and never two in a row."""
    for stage in plan.stages:
        only = [slide.id for slide in stage.slides if is_list(slide)]
        if len(only) > 1:
            yield plan.breach(
                "P16", f"stage '{stage.id}' has {len(only)} slides that are only a list: {', '.join(only)}"
            )
    for before, slide in pairwise(plan.slides):
        if is_list(before) and is_list(slide):
            yield plan.breach("P16", f"is only a list, like '{before.id}' before it", slide)


def is_list(slide: Slide) -> bool:
    """Return whether a slide is nothing but a bulleted list; items with drawings are more."""
    blocks = slide.slot("main")
    return "lists" in traits(slide.layout) and all(
        isinstance(block, Prose) and all(line.marker == "bullet" and not line.picture for line in block.lines)
        for block in blocks
    )


def the_map(plan: Finished) -> Iterator[Breach]:
    """Tiles of stages that are out are pale and lead nowhere; the sentence under them has the right numbers."""
    ids = {f"#{stage.id}" for stage in plan.stages}
    short = {stage.short for stage in plan.stages}
    for slide in plan.slides:
        for block in (block for _, blocks in slide.slots for block in blocks if isinstance(block, Map)):
            for tile in (tile for phase in block.phases for tile in phase.tiles):
                inside = tile.name in short
                if inside and (tile.link not in ids or tile.role == "panel"):
                    yield plan.breach("P17", f"has a tile '{tile.name}' that does not lead to its stage", slide)
                if not inside and (tile.link or tile.role != "panel"):
                    yield plan.breach("P17", f"has a tile '{tile.name}' for a stage that is left out", slide)
            if len(plan.stages) < len(plan.kit.marks) and f"{len(plan.stages)}" not in block.today:
                yield plan.breach("P17", "does not say how many of the stages are for today", slide)


# ---------------------------------------------------------------- subject
# The rule about the subject: the plan that claims to show all of it has every statement.
def complete(plan: Finished) -> Iterator[Breach]:
    """Every statement of the subject has its phrases on the slides that should show it."""
    for point in plan.day.points:
        for statement in point.shown:
            whole = statement.whole or plan.day.written.whole
            if whole.get(plan.kit.audience) != plan.slot or (lost := unsaid(statement, plan.slides)) is None:
                continue
            where = ", ".join(statement.slides)
            if lost:
                yield plan.breach("P15", f"point {point.id}: “{lost}” is not on {where}")
            else:
                yield plan.breach("P15", f"point {point.id} needs the slide '{where}': {statement.says}")


# ---------------------------------------------------------------- rules
# The table of rules, and the breaches of one plan.
Rule = Callable[[Finished], Iterator[Breach]]

RULES: Mapping[str, tuple[str, Rule]] = MappingProxyType(
    {
        "P1": ("a bet has its result", bets),
        "P2": ("a task has its answer", tasks),
        "P3": ("a vote has its count", votes),
        "P4": ("the votes are back soon", votes_back),
        "P5": ("a quiz question has its slide", quiz),
        "P6": ("no slide gives the quiz away", word_for_word),
        "P7": ("a promise is kept", promised),
        "P8": ("each stage leaves something", remembered),
        "P9": ("nobody is idle for long", idle),
        "P10": ("error and edge", edges),
        "P11": ("no mention of what is hidden", mentioned),
        "P12": ("honest minutes", honest_minutes),
        "P13": ("few pencils", pencils),
        "P14": ("breaks", breaks),
        "P15": ("the whole subject", complete),
        "P16": ("few lists", lists),
        "P17": ("the map tells the truth", the_map),
        "P18": ("the sum is right", the_sum),
        "P19": ("work in each stage", at_work_everywhere),
        "P20": ("no letter is a safe bet", fair),
        "P21": ("doing before talk", doing_first),
        "P22": ("bets are talked over", talked_over),
        "P23": ("the quiz can tell", worth_asking),
        "P24": ("what is named is made", made),
        "P25": ("no stage is cut", whole_stages),
    }
)


def breaches(plan: Finished) -> Iterator[Breach]:
    """Yield the breaches of a plan, rule by rule."""
    for _, rule in RULES.values():
        yield from rule(plan)
