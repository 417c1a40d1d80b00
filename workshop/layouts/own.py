"""All layouts and looks of our own themes, in the order in which a deck has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workshop.errors import Report, did_you_mean, failures_of
from workshop.layouts import all_layouts
from workshop.layouts.grid import HEIGHT, WIDTH
from workshop.layouts.large import KEYS
from workshop.layouts.looks import ONE_LINE
from workshop.model.theme import ROLES, LayoutSpec, Placeholder

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
FOOT = (11, 12)  # numbers of the places for footer and slide number
LAST = ("closing/pictures-rows", *KEYS)  # after those under a title of one line


def own_layouts() -> dict[str, LayoutSpec]:
    """Return every layout and look by its key, "role" or "role/look"; last come those under a title of one line."""
    found: dict[str, LayoutSpec] = {}
    every, report = all_layouts(), Report()
    for name, layout in every.items():
        with failures_of(f"the layout {name!r}", report):
            found[name] = plain = layout.own()
            found |= {f"{name}/{look}": make(plain) for look, make in layout.looks.items()}
    for key, spec in found.items():
        _check(key, spec, report)
    report.raise_if_errors()
    ordered = {key: found.pop(key) for key in ORDER} | found
    for key, spec in tuple(ordered.items()):
        name, _, look = key.partition("/")
        layout = every[name]
        if layout.raised is not None and look not in layout.kept:
            ordered[f"{key}/{ONE_LINE}"] = layout.raised(spec)
    last = {key: ordered.pop(key) for key in LAST}
    return ordered | last


def _check(key: str, spec: LayoutSpec, report: Report) -> None:
    """Report what would make a deck that can't be opened, or slides without their words."""
    role = key.partition("/")[0]
    if spec.role != role:
        report.error(f"the layout {key!r} returns places for {spec.role!r}", hint=f"give them the role {role!r}")
    roles, numbers = [place.role for place in spec.placeholders], [place.idx for place in spec.placeholders]
    for what, of in (("role", roles), ("number", [*numbers, *FOOT])):
        for twice, times in Counter(of).items():
            if times > 1 and twice != -1:
                report.error(
                    f"the layout {key!r} has {times} places with the {what} {twice!r}", hint="give each its own"
                )
    if "title" not in roles:
        report.error(f"the layout {key!r} has no place for the title", hint="add title()")
    for place in spec.placeholders:
        for what, hint in _wrong(place):
            report.error(f"the layout {key!r}: in the place {place.name!r}, {what}", hint=hint)


def _wrong(place: Placeholder) -> Iterator[tuple[str, str]]:
    """Yield what is wrong in a place, and how to mend it: a plugin isn't checked by a type checker."""
    box, sizes = place.box, place.sizes
    if not (isinstance(sizes, tuple) and sizes and all(isinstance(size, int | float) and size > 0 for size in sizes)):
        yield f"sizes are {sizes!r}", "give point sizes, the preferred one first: (28, 24)"
    for key, value in (("color", place.color), ("fill", place.fill)):
        if value and value not in ROLES:
            yield f"{key} is {value!r}, which is no colour role", did_you_mean(value, ROLES)
    for key, value, known in (("anchor", place.anchor, ("t", "ctr", "b")), ("align", place.align, ("l", "ctr", "r"))):
        if value not in known:
            yield f"{key} is {value!r}", f"it is one of {', '.join(known)}"
    if not all(isinstance(length, int) for length in (box.x, box.y, box.w, box.h)):
        yield "the box isn't in whole EMU", "write inches(1.9), column(0) or span(4)"
    elif min(box.w, box.h) <= 0 or box.right > WIDTH or box.bottom > HEIGHT:
        yield (
            "the box is empty, or ends outside the slide",
            "there are the columns 0 to 11, and 7.5 inches of height",
        )
