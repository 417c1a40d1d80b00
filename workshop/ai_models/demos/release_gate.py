"""A release gate: the candidate is better overall but worse in one suite, and the gate stops it.

Both models are trained here. The candidate reads more text, most of it about counting and hardly
any about safety. Half of each suite is held out from both; a held-out prompt can be
answered by a model that has picked up its pattern, so the suites don't test recall of trained items.

Facts:
    margin: loss that the rule forgives, a share.
    overall: n, current, candidate, difference, low, high; every held-out item counts once.
    suites.<name>: the same, and gained, lost (items), p (exact, for this suite alone), verdict.
    tested: number of suites.
    worst: the suite with the largest loss: its name, the facts of each suite, and corrected, its p times the number of
    suites (Bonferroni), at most 1.
    blocked, held, passed: number of suites with each verdict; verdict: the gate's decision.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from workshop.ai_models.parts.release_gate_exhibits import POKES, forest, table
from workshop.ai_models.parts.suites import Suites
from workshop.ai_models.parts.word_votes import WordVotes
from workshop.ai_models.toys.intervals import exact_sign_p, paired_interval
from workshop.model.exhibits import Code, Exhibit, Findings, Frozen, Knob, demo


def verdict(low: float, high: float, margin: float) -> str:
    """Block if both ends lie below -margin, hold if only one does."""
    if high < -margin:
        return "BLOCK"
    return "HOLD" if low < -margin else "PASS"


def train(pool: Suites, sentences: Mapping[str, int], rng: Any) -> WordVotes:
    """Train a model on a number of sentences of each suite, drawn with replacement."""
    items = [pool.items[name][i] for name, n in sentences.items() for i in rng.integers(len(pool.items[name]), size=n)]
    return WordVotes.trained(items)


def compare(before: Sequence[bool], after: Sequence[bool], margin: float, rng: Any) -> dict[str, Any]:
    """Compare two models, item by item, on the same items."""
    n = len(before)
    gained = sum(a and not b for b, a in zip(before, after, strict=True))
    lost = sum(b and not a for b, a in zip(before, after, strict=True))
    low, high = paired_interval(gained, lost, n, rng)
    return {
        "n": n, "current": sum(before) / n, "candidate": sum(after) / n, "gained": gained, "lost": lost,
        "difference": (gained - lost) / n, "low": low, "high": high, "p": exact_sign_p(gained, lost),
        "verdict": verdict(low, high, margin),
    }  # fmt: skip


@demo(
    "release_gate",
    title="May the candidate replace the current model?",
    claims={
        "The candidate is better overall": "overall.difference > 0",
        "A suite loses, and the gate does not let the candidate pass": "worst.difference < 0 and verdict != 'PASS'",
    },
    knobs={
        "margin": Knob(0, 0.5, "loss in a suite that the rule forgives"),
        "each": Knob(10, 400, "sentences of each suite that the current model reads"),
        "usual": Knob(10, 400, "sentences of each suite that the candidate reads"),
        "more": Knob(0, 1000, "sentences of the pushed suite that the candidate reads"),
        "less": Knob(0, 400, "sentences of the neglected suite that the candidate reads"),
    },
    pokes=POKES,
)
def release_gate(
    *, rng: Any, suites: Suites, margin: float = 0.02, each: int = 40, usual: int = 50, more: int = 200, less: int = 6,
    pushed: str = "counting", neglected: str = "safety",
) -> Findings:  # fmt: skip
    """Train both models, test both on the same held-out items, apply the rule."""
    pool, held_out = suites.split(rng, share=0.5)
    current = train(pool, dict.fromkeys(pool.items, each), rng)
    candidate = train(pool, dict.fromkeys(pool.items, usual) | {pushed: more, neglected: less}, rng)

    before = {name: current.right(items) for name, items in held_out.items.items()}
    after = {name: candidate.right(items) for name, items in held_out.items.items()}
    results = {name: compare(before[name], after[name], margin, rng) for name in before}
    overall = compare([*chain(*before.values())], [*chain(*after.values())], margin, rng)
    worst = min(results, key=lambda name: float(results[name]["difference"]))

    verdicts = [result["verdict"] for result in results.values()]
    decision = next(word for word in ("BLOCK", "HOLD", "PASS") if word in verdicts)
    facts = Frozen({
        "margin": margin, "overall": overall, "suites": results, "tested": len(results),
        "worst": {"name": worst, **results[worst], "corrected": min(1.0, results[worst]["p"] * len(results))},
        "blocked": verdicts.count("BLOCK"), "held": verdicts.count("HOLD"), "passed": verdicts.count("PASS"),
        "verdict": decision, "pushed": pushed, "neglected": neglected,
        "reads": {"each": each, "usual": usual, "more": more, "less": less},
    })  # fmt: skip
    rule = Code("The rule of the gate", inspect.getsource(verdict), "Block, hold or pass by both ends of the interval")
    exhibits: dict[str, Exhibit] = {
        "forest": forest(overall, results, margin),
        "verdicts": table(overall, results, worst),
        "rule": rule,
    }
    return Findings(facts, exhibits)
