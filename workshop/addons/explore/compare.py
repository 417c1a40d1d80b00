"""Comparing a page with fresh runs: every state of every poke, and everything that typed text is answered from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from workshop.limits import Limit

DATA = re.compile(r'<script type="application/json" id="pokes">(.*?)</script>', re.DOTALL)
PAGE_BYTES = Limit(5_000_000, "bytes", "a companion page that is compared with fresh runs")
SHOWN = 60  # characters of a value in a message


def data_of(page: str) -> dict[str, Any] | None:
    """Return the data block of a page, or ``None`` if it isn't one of ours."""
    found = DATA.search(page)
    try:
        data = json.loads(found[1]) if found else None
    except (ValueError, RecursionError):
        return None
    return (
        data
        if isinstance(data, dict) and isinstance(data.get("pokes"), list) and isinstance(data.get("seed"), int)
        else None
    )


def first_difference(kept: Any, fresh: Any) -> str:
    """Return where a page differs from fresh runs, in one clause; "" if it doesn't.

    >>> first_difference({"pokes": [{"id": "a", "label": "x"}]}, {"pokes": [{"id": "a", "label": "y"}]})
    "pokes a label: the page has 'x', a fresh run 'y'"
    """
    kept, fresh = (
        {key: value for key, value in data.items() if key not in ("digest", "later")} for data in (kept, fresh)
    )  # the digest would only repeat that something differs; which questions there are for later depends on the plan
    return next(_differences(kept, fresh, ()), "")


def _differences(kept: Any, fresh: Any, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(kept, dict) and isinstance(fresh, dict):
        for key in dict.fromkeys([*kept, *fresh]):
            yield from _differences(kept.get(key), fresh.get(key), (*path, str(key)))
    elif isinstance(kept, list) and isinstance(fresh, list):
        for place in range(max(len(kept), len(fresh))):
            one, other = (items[place] if place < len(items) else None for items in (kept, fresh))
            yield from _differences(one, other, (*path, _name(other if one is None else one, place)))
    elif kept != fresh:
        yield f"{' '.join(path)}: the page has {_short(kept)}, a fresh run {_short(fresh)}"


def _name(item: Any, place: int) -> str:
    return str(item.get("id", item.get("key", place))) if isinstance(item, dict) else str(place)


def _short(value: Any) -> str:
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + " …"
