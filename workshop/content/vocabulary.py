"""Every name of the dialect, in tables; tests compare them with the documentation."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from workshop.constructs.table import DIVS, SPAN_CLASSES

SEEN = ("claim", "else", "for", "room")
_EXHIBIT = (
    "alt",
    "fig-alt",
    "measure",
    "kind",
    "x",
    "y",
    "name",
    "log",
    "unit",
    "decimals",
    "width",
    "height",
    "focus",
    *SEEN,
)

# kind of element -> the keys that it may have
KEYS = MappingProxyType(
    {
        "slide": (
            "teaches",
            "needs",
            "answers",
            "does",
            "counts",
            "bet",
            "again",
            "counted",
            "each",
            "strip",
            "quiz",
            "task",
            "when",
            "minutes",
            "layout",
            "mode",
            "unit",
            "opens",
            "measure",
            "background-image",
            *SEEN,
        ),
        "heading": ("for", "room"),
        "span": ("needs", "kept-by", "draw", *SEEN),
        "div": (*dict.fromkeys(key for div in DIVS.values() for key in div.keys), *SEEN),
        "item": (*SEEN, "right", "toy", "draw"),
        "picture": _EXHIBIT,
        "table": ("alt", "highlight", *SEEN),
        "code": ("alt", *SEEN),
        "exercise": (
            "teaches",
            "kind",
            "when",
            "minutes",
            "level",
            "problem",
            "from",
            "calculator",
            "booklet",
            "on",
            "for",
            "room",
        ),
    }
)

# kind of element -> the classes that it may have
CLASSES = MappingProxyType(
    {
        "slide": (
            "must",
            "core",
            "optional",
            "deep",
            "hidden",
            "promise",
            "fixed",
            "learnt",
            "divider",
            "unnumbered",
            "unlisted",
        ),
        "heading": ("unnumbered", "unlisted"),
        "span": tuple(SPAN_CLASSES),
        "div": tuple(DIVS),
        "item": tuple(dict.fromkeys(name for div in DIVS.values() for name in div.classes)),
        "picture": ("lanes",),
        "table": ("lanes",),
        "code": (),
        "exercise": ("unnumbered",),
    }
)

# What a room does on a slide, in addition to what its layout implies; what a task on paper asks for; when a quiz slide comes
DOES = ("bet", "vote", "pencil", "talk", "slip", "walk", "thumbs", "hands", "write")
TASKS = ("sort", "count", "sum", "vote", "judge", "search", "diagnose", "rank")
QUIZ = ("before", "after", "answers")
BET = 14  # longest name of a bet: its box on paper has room for it

SCHEMES = ("chart", "table", "code", "exercise", "drawing")
CSV_SUFFIXES = (".csv", ".tsv")

# Names of pandoc, Quarto, Marp and reveal.js that are close to one of ours; in an existing deck they aren't misspelt
FOREIGN = frozenset(
    {"block", "code", "dark", "green", "image", "label", "license", "marp", "right", "style", "toc", "top"}
)


def near(word: str, names: Iterable[str]) -> bool:
    """Whether ``word`` is so close to one of ``names`` that it must be misspelt: two letters off, in short words one.

    >>> near("minuts", ["minutes"]), near("transition", ["minutes"]), near("z", ["x"])
    (True, False, False)
    """
    return word not in FOREIGN and any(
        word != name and _distance(word, name, limit) <= limit for name in names if (limit := _slips(word, name))
    )


def _slips(word: str, name: str) -> int:
    shorter = min(len(word), len(name))
    return 0 if shorter < 3 else 1 if shorter < 5 else 2


def _distance(one: str, two: str, limit: int) -> int:
    """Return the edit distance, counting two swapped letters as one edit; a result above ``limit`` may be too low."""
    if abs(len(one) - len(two)) > limit or len(one) > 60 or len({*one} ^ {*two}) > 2 * limit:
        return limit + 1  # an edit removes one letter and adds another at most
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        new = [i]
        for j, b in enumerate(two, 1):
            cost = min(row[j] + 1, new[-1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and b == one[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        before, row = row, new
    return row[-1]
