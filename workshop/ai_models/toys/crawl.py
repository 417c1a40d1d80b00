"""A tiny web to clean: genuine sentences with the dirt of a real crawl.

It shows what a crawl looks like before anybody cleans it: identical copies, near-copies, spam, boilerplate. It leaves out the
page itself, with its menus and markup, which real pipelines strip first. Source: the kinds of dirt that Penedo et al. 2024,
arXiv 2406.17557, remove.

    >>> near_copy("the road is wet", np.random.default_rng(1))
    'the road is wet !'
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# Number of copies of each line of a kind in the crawl
TIMES = {"spam": 10, "boilerplate": 12, "filler": 4, "personal": 2}


def near_copy(text: str, rng: np.random.Generator) -> str:
    """Return ``text`` as a careless site might copy it: with a word in capitals, an extra mark, or an extra word."""
    parts = text.split()
    place = int(rng.integers(len(parts)))
    change = rng.integers(3)
    if change == 0:
        parts[place] = parts[place].upper()
    elif change == 1:
        parts.append("!")
    else:
        parts.insert(place, "very")
    return " ".join(parts)


def crawl(genuine: Sequence[str], dirt: Sequence[tuple[str, str]], rng: np.random.Generator) -> list[str]:
    """Return the genuine sentences, lines of dirt with their kinds, ten copies each of six sentences, and forty near-copies, all shuffled."""
    pages = [*genuine, *(text for kind, text in dirt for _ in range(TIMES.get(kind, 1)))]
    pages += [genuine[i] for i in rng.choice(len(genuine), 6, replace=False) for _ in range(10)]
    pages += [near_copy(genuine[i], rng) for i in rng.choice(len(genuine), 40, replace=False)]
    return [pages[i] for i in rng.permutation(len(pages))]
