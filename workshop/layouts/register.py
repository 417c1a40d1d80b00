"""Our own layouts, registered as a plugin does it."""

from __future__ import annotations

from workshop.plugins.registry import Registry

LAYOUTS = {
    "cover": "workshop.layouts.frames:COVER",
    "section": "workshop.layouts.frames:SECTION",
    "content": "workshop.layouts.content:CONTENT",
    "two-content": "workshop.layouts.columns:TWO_CONTENT",
    "statement": "workshop.layouts.statements:STATEMENT",
    "big-number": "workshop.layouts.statements:BIG_NUMBER",
    "source": "workshop.layouts.published:SOURCE",
    "closing": "workshop.layouts.frames:CLOSING",
    "misconception": "workshop.layouts.misconception:MISCONCEPTION",
    "chart": "workshop.layouts.exhibits:CHART",
    "table": "workshop.layouts.exhibits:TABLE",
    "toy-stops": "workshop.layouts.exhibits:TOY_STOPS",
    "chart-and-text": "workshop.layouts.beside:CHART_AND_TEXT",
    "table-and-text": "workshop.layouts.beside:TABLE_AND_TEXT",
    "code": "workshop.layouts.beside:CODE",
    "picture": "workshop.layouts.beside:PICTURE",
    "diagram": "workshop.layouts.diagram:DIAGRAM",
    "map": "workshop.layouts.diagram:MAP",
    "predict": "workshop.layouts.turns:PREDICT",
    "poll": "workshop.layouts.poll:POLL",
    "activity": "workshop.layouts.turns:ACTIVITY",
    "exercise": "workshop.layouts.turns:EXERCISE",
}


def register(registry: Registry) -> None:
    """Add every layout, in the order in which decks have those that ``own.ORDER`` doesn't name."""
    for name, target in LAYOUTS.items():
        registry.add("layout", name, target)
