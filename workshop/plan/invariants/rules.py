"""The table of rules, and the breaches of one plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from workshop.plan.invariants import hours, partners, promises, stages, subject
from workshop.plan.invariants.finished import Breach, Finished

Rule = Callable[[Finished], Iterator[Breach]]

RULES: Mapping[str, tuple[str, Rule]] = MappingProxyType(
    {
        "P1": ("a bet has its result", partners.bets),
        "P2": ("a task has its answer", partners.tasks),
        "P3": ("a vote has its count", partners.votes),
        "P4": ("the votes are back soon", partners.votes_back),
        "P5": ("a quiz question has its slide", partners.quiz),
        "P6": ("no slide asks a quiz question", partners.word_for_word),
        "P7": ("a promise is kept", promises.promised),
        "P8": ("each stage leaves something", stages.remembered),
        "P9": ("nobody is idle for long", hours.idle),
        "P10": ("error and edge", stages.edges),
        "P11": ("no mention of what is hidden", promises.mentioned),
        "P12": ("honest minutes", hours.honest_minutes),
        "P13": ("few pencils", hours.pencils),
        "P14": ("breaks", hours.breaks),
        "P15": ("the whole subject", subject.complete),
        "P16": ("few lists", stages.lists),
        "P17": ("the map tells the truth", stages.the_map),
        "P18": ("the sum is right", hours.the_sum),
    }
)


def breaches(plan: Finished) -> Iterator[Breach]:
    """Yield the breaches of a plan, rule by rule."""
    for _, rule in RULES.values():
        yield from rule(plan)
