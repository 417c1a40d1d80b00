"""Every layout, declared once: its name, its places in our themes and in a user's template, and what else the program asks about it."""

from __future__ import annotations

from workshop.layouts.beside import CHART_AND_TEXT, CODE, PICTURE, TABLE_AND_TEXT
from workshop.layouts.columns import TWO_CONTENT
from workshop.layouts.content import CONTENT
from workshop.layouts.declared import Trait
from workshop.layouts.diagram import DIAGRAM, MAP
from workshop.layouts.exhibits import CHART, TABLE, TOY_STOPS
from workshop.layouts.frames import CLOSING, COVER, SECTION
from workshop.layouts.misconception import MISCONCEPTION
from workshop.layouts.poll import POLL
from workshop.layouts.published import SOURCE
from workshop.layouts.statements import BIG_NUMBER, STATEMENT
from workshop.layouts.turns import ACTIVITY, EXERCISE, PREDICT

_ALL = (
    COVER, SECTION, CONTENT, TWO_CONTENT, STATEMENT, BIG_NUMBER, SOURCE, CLOSING, MISCONCEPTION, CHART, TABLE, TOY_STOPS,
    CHART_AND_TEXT, TABLE_AND_TEXT, CODE, PICTURE, DIAGRAM, MAP, PREDICT, POLL, ACTIVITY, EXERCISE,
)  # fmt: skip
LAYOUTS = {layout.name: layout for layout in _ALL}
NAMES = tuple(name for layout in LAYOUTS.values() for name in (layout.name, *layout.other_names))


def traits(name: str) -> frozenset[Trait]:
    """Return what the program asks about a layout; nothing of one that isn't ours, such as a slide put together freely."""
    return LAYOUTS[name].traits if name in LAYOUTS else frozenset()
