"""Clean a tiny crawl step by step, and let the same model read 600 words from the pages after each step.

The genuine pages come from a grammar, so we know which pages are genuine, what each rule costs, and the lowest possible
perplexity.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from workshop.ai_models.parts.cleaning_exhibits import DRAWS, page_chart, perplexity_chart, rule_table, threshold_table
from workshop.ai_models.parts.pokes_of_data import CLEANING
from workshop.ai_models.parts.web_pages import (
    RULES,
    Dirt,
    blocked,
    crawl,
    masked,
    read_on_budget,
    without_copies,
    without_near_copies,
)
from workshop.ai_models.toys.grammar import garden_grammar
from workshop.ai_models.toys.word_counts import WordCounts
from workshop.inputs.texts import words
from workshop.model.exhibits import Findings, Frozen, Knob, demo

THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)
STEPS = ("Exact copies", "Near-copies", "Rules against rubbish", "One forbidden word, “weed”")


def genuine_kept(pages: Sequence[str], genuine: Sequence[str]) -> int:
    """Return how many of the genuine sentences are still on some page, letter for letter."""
    return len(set(pages) & set(genuine))


def clean(raw: Sequence[str], threshold: float) -> list[list[str]]:
    """Return the pages as crawled and after each of the four steps."""
    unique = without_copies(raw)
    distinct = without_near_copies(unique, threshold)
    sound = [page for page in distinct if not any(rule(page) for _, rule in RULES)]
    return [list(raw), unique, distinct, sound, [masked(page) for page in sound]]


def perplexities(
    steps: Sequence[Sequence[str]], held_out: Sequence[str], budget: int, rng: np.random.Generator
) -> list[float]:
    """Return one perplexity per step: the mean of ``DRAWS`` models that each read ``budget`` words."""
    vocabulary = {word for pages in (*steps, held_out) for page in pages for word in words(page)}
    means = []
    for pages in steps:
        measured = []
        for _ in range(DRAWS):
            model = WordCounts(vocabulary)
            for page in read_on_budget(pages, budget, rng):
                model.feed(page)
            measured.append(model.perplexity(held_out))
        means.append(float(np.mean(measured)))
    return means


def price_list(steps: Sequence[Sequence[str]], genuine: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return (rule, pages dropped, genuine sentences lost) for each rule, in order."""
    raw, unique, distinct = steps[:3]
    rows = [
        ("Exact copies", len(raw) - len(unique), genuine_kept(raw, genuine) - genuine_kept(unique, genuine)),
        ("Near-copies", len(unique) - len(distinct), genuine_kept(unique, genuine) - genuine_kept(distinct, genuine)),
    ]
    left = list(distinct)
    for name, rule in RULES:
        dropped = [page for page in left if rule(page)]
        rows.append((name.capitalize(), len(dropped), genuine_kept(dropped, genuine)))
        left = [page for page in left if not rule(page)]
    banned = [page for page in left if blocked(page)]
    return [*rows, ("Forbidden word “weed”, as a trial", len(banned), genuine_kept(banned, genuine))]


@demo(
    "cleaning",
    title="Clean a tiny crawl",
    claims={
        "A model that reads clean pages predicts unseen text better": "perplexity.raw > perplexity.final",
        "No step costs a genuine sentence at the usual threshold": "pages.lost == 0",
        "A list of forbidden words costs genuine sentences": "blocked.genuine > 0",
    },
    knobs={
        "threshold": Knob(0.3, 1, "how alike, 0 to 1, two pages may be before one is dropped"),
        "budget": Knob(200, 5000, "words that each model reads"),
    },
    pokes=CLEANING,
)
def cleaning(*, rng: np.random.Generator, dirt: Dirt, threshold: float = 0.8, budget: int = 600) -> Findings:
    """Clean and measure.

    Facts:
        threshold, budget: the knobs.
        pages: ``raw``, ``final``, ``dropped``, ``genuine`` (sentences in the crawl), ``lost`` (genuine ones gone).
        pages.share_dropped: 0 to 1. pages.slipped: kept though not genuine.
        dropped: ``exact``, ``near``, ``rules``: pages per step.
        perplexity: ``raw``, ``exact``, ``near``, ``rules``, ``final``, ``floor`` (of someone who knows the grammar),
            ``uniform`` (any word, equally likely).
        blocked: ``dropped``, ``genuine``, ``share`` of the genuine sentences: the forbidden word's price.
        steps: ``names`` and pages ``dropped`` of the three steps and the forbidden word.
        thresholds: ``at`` and, for each, ``lost``: genuine sentences lost at 0.5 0.6 0.7 0.8 0.9; ``dropped`` likewise.

    Exhibits: ``pages`` (waterfall), ``perplexity`` (columns), ``rules`` and ``thresholds`` (tables).
    """
    garden = garden_grammar()
    genuine = without_copies(garden.sample(rng, 400))[:120]
    known = set(genuine)
    held_out = [s for s in garden.sample(rng, 400) if s not in known][:150]
    steps = clean(crawl(genuine, dirt, rng), threshold)
    measured = perplexities(steps, held_out, budget, rng)
    rules = price_list(steps, genuine)
    sweep = [(t, without_near_copies(steps[1], t)) for t in THRESHOLDS]
    prices = [(t, len(steps[1]) - len(kept), len(genuine) - genuine_kept(kept, genuine)) for t, kept in sweep]
    sizes = [len(pages) for pages in steps]
    gone = [before - after for before, after in pairwise(sizes[:4])]
    facts = {
        "threshold": threshold,
        "budget": budget,
        "pages": {
            "raw": sizes[0],
            "final": sizes[-1],
            "dropped": sizes[0] - sizes[-1],
            "share_dropped": 1 - sizes[-1] / sizes[0],
            "genuine": len(genuine),
            "lost": len(genuine) - genuine_kept(steps[3], genuine),
            "slipped": sizes[-1] - genuine_kept(steps[3], genuine),
        },
        "dropped": dict(zip(("exact", "near", "rules"), gone, strict=True)),
        "perplexity": {
            **dict(zip(("raw", "exact", "near", "rules", "final"), measured, strict=True)),
            "floor": 2 ** garden.bits_per_word(held_out),
            "uniform": len({word for pages in (*steps, held_out) for page in pages for word in words(page)}) + 1,
        },
        "steps": {"names": STEPS, "dropped": [*gone, rules[-1][1]]},
        "blocked": {"dropped": rules[-1][1], "genuine": rules[-1][2], "share": rules[-1][2] / len(genuine)},
        "thresholds": dict(zip(("at", "dropped", "lost"), zip(*prices, strict=True), strict=True)),
    }
    frozen = Frozen(facts)
    tables = {"rules": rule_table(rules, len(genuine)), "thresholds": threshold_table(prices, threshold)}
    return Findings(frozen, {"pages": page_chart(sizes), "perplexity": perplexity_chart(frozen), **tables})
