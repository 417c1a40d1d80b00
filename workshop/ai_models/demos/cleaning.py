"""Clean a tiny crawl step by step, and let the same model read 600 words from the pages after each step.

The genuine pages come from a grammar, so we know which pages are genuine, what each rule costs, and the lowest possible
perplexity.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from workshop.ai_models.parts.cleaning_exhibits import page_chart, perplexity_chart, price_chart, threshold_table
from workshop.ai_models.parts.handed_in import Dirt
from workshop.ai_models.parts.pokes_of_training import CLEANING
from workshop.ai_models.parts.roles import World
from workshop.ai_models.toys.cleaning import (
    RULES,
    blocked,
    clean,
    perplexities,
    without_copies,
    without_near_copies,
)
from workshop.ai_models.toys.crawl import crawl
from workshop.ai_models.toys.grammar import grammar
from workshop.ai_models.toys.words import words
from workshop.model.exhibits import Exhibit, Findings, Knob, demo
from workshop.model.frozen import Frozen

THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)
STEPS = ("Exact copies", "Near-copies", "Rules against rubbish", "One forbidden word, “{}”")


def genuine_kept(pages: Sequence[str], genuine: Sequence[str]) -> int:
    """Return how many of the genuine sentences are still on some page, letter for letter."""
    return len(set(pages) & set(genuine))


def price_list(steps: Sequence[Sequence[str]], genuine: Sequence[str], forbidden: str) -> list[tuple[str, int, int]]:
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
    banned = [page for page in left if blocked(page, forbidden)]
    return [*rows, (f"“{forbidden}”, as a trial", len(banned), genuine_kept(banned, genuine))]


@demo(
    "cleaning",
    title="Clean a tiny crawl",
    toy_of="the filters that web pages go through before a model reads them",
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
def cleaning(
    *, rng: np.random.Generator, world: World, dirt: Dirt, threshold: float = 0.8, budget: int = 600
) -> Findings:
    """Clean and measure.

    Facts:
        threshold (number): how alike two pages may be before one is dropped, 0 to 1
        budget (count): words that each model reads
        pages.{raw,final,dropped} (count): pages as crawled, kept and dropped
        pages.share_dropped (percent): share of the crawled pages that are dropped
        pages.{genuine,lost} (count): genuine sentences in the crawl, and those that cleaning lost
        pages.slipped (count): pages kept though not genuine
        dropped.{exact,near,rules} (count): pages that each step dropped
        perplexity.{raw,exact,near,rules,final} (number): perplexity on unseen sentences after each step: equally likely words to guess from
        perplexity.floor (number): perplexity of someone who knows the grammar
        perplexity.uniform (count): perplexity if any word is equally likely
        steps.names (text): three steps and the forbidden word
        steps.dropped (count): pages that each of them drops
        blocked.{dropped,genuine} (count): pages and genuine sentences that one forbidden word would cost
        blocked.share (percent): share of the genuine sentences that it would cost
        thresholds.at (number): thresholds tried
        thresholds.{dropped,lost} (count): pages dropped and genuine sentences lost at each of them

    Exhibits: ``pages`` (waterfall), ``perplexity`` (columns), ``price`` (squares), ``thresholds`` (table).
    """
    place, forbidden = grammar(world.grammar()), world.words["forbidden"]["word"]
    genuine = without_copies(place.sample(rng, 400))[:120]
    known = set(genuine)
    held_out = [s for s in place.sample(rng, 400) if s not in known][:150]
    steps = clean(crawl(genuine, dirt.lines, rng), threshold)
    measured = perplexities(steps, held_out, budget, rng)
    rules = price_list(steps, genuine, forbidden)
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
            "floor": 2 ** place.bits_per_word(held_out),
            "uniform": len({word for pages in (*steps, held_out) for page in pages for word in words(page)}) + 1,
        },
        "steps": {"names": [name.format(forbidden) for name in STEPS], "dropped": [*gone, rules[-1][1]]},
        "blocked": {"dropped": rules[-1][1], "genuine": rules[-1][2], "share": rules[-1][2] / len(genuine)},
        "thresholds": dict(zip(("at", "dropped", "lost"), zip(*prices, strict=True), strict=True)),
    }
    frozen = Frozen(facts)
    exhibits: dict[str, Exhibit] = {
        "pages": page_chart(sizes),
        "perplexity": perplexity_chart(frozen),
        "price": price_chart(rules, len(genuine)),
        "thresholds": threshold_table(prices, threshold),
    }
    return Findings(frozen, exhibits)
