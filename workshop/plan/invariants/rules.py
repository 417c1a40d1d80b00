"""The rules that a plan keeps, and the breaches of one plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType

from workshop.layouts import traits
from workshop.model.blocks import Map, Prose
from workshop.model.kit import Slide
from workshop.plan.invariants.finished import Breach, Finished
from workshop.plan.invariants.hours import breaks, honest_minutes, idle, pencils, the_sum
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
from workshop.plan.invariants.on_screen import few_slides, readable_bets
from workshop.plan.invariants.paper import at_hand
from workshop.plan.invariants.partners import bets, tasks, votes, votes_back
from workshop.plan.invariants.plan_texts import said_on, unsaid
from workshop.plan.invariants.promises import mentioned, promised
from workshop.plan.slot.moments import BOTH_EDGES, SHORT
from workshop.plan.slot.reword import begin_of

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
        if plan.day.moments.get(stage.id) and plan.said.is_about(stage.id, plan.slot):
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
    ids = {f"#{begin_of(stage)}" for stage in plan.stages}
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
        "P26": ("a bet can be read", readable_bets),
        "P27": ("few slides, short titles", few_slides),
        "P28": ("paper is at hand", at_hand),
    }
)


def breaches(plan: Finished) -> Iterator[Breach]:
    """Yield the breaches of a plan, rule by rule."""
    for _, rule in RULES.values():
        yield from rule(plan)
