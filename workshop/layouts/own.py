"""All layouts and looks of our own themes, in the order in which a deck has them."""

from __future__ import annotations

from workshop.layouts import LAYOUTS
from workshop.layouts.large import KEYS
from workshop.layouts.looks import ONE_LINE
from workshop.model.theme import LayoutSpec

# The order is part of a deck's bytes; what isn't named here comes after it
ORDER = (  # noqa: SIM905 - a list would take 58 lines
    "cover section content two-content two-content/plain statement big-number chart chart-and-text table table-and-text "
    "toy-stops code picture diagram predict activity exercise misconception map source closing cover/picture "
    "section/picture content/tiles-2 content/tiles-3 content/tiles-4 content/pictures-2 content/pictures-3 "
    "content/pictures-4 source/shares source/figure source/field big-number/field misconception/proof activity/live "
    "two-content/vote toy-stops/halves two-content/panels two-content/stated predict/options-2 predict/options-3 "
    "chart/answer table/answer chart/now-see chart-and-text/now-see table/now-see table-and-text/now-see "
    "statement/now-see big-number/now-see diagram/now-see big-number/field/now-see source/now-see source/figure/now-see "
    "source/shares/now-see two-content/panels/now-see two-content/stated/now-see chart-and-text/now-see-under "
    "table-and-text/now-see-under"
).split()
LAST = ("closing/pictures-rows", *KEYS)  # after those under a title of one line


def own_layouts() -> dict[str, LayoutSpec]:
    """Return every layout and look by its key, "role" or "role/look"; last come those under a title of one line."""
    found: dict[str, LayoutSpec] = {}
    for name, layout in LAYOUTS.items():
        found[name] = plain = layout.own()
        found |= {f"{name}/{look}": make(plain) for look, make in layout.looks.items()}
    ordered = {key: found.pop(key) for key in ORDER} | found
    for key, spec in tuple(ordered.items()):
        name, _, look = key.partition("/")
        layout = LAYOUTS[name]
        if layout.raised is not None and look not in layout.kept:
            ordered[f"{key}/{ONE_LINE}"] = layout.raised(spec)
    last = {key: ordered.pop(key) for key in LAST}
    return ordered | last
