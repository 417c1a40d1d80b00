"""Layouts of the Beds theme for the beginning and end of a deck and its sections: cover, map, section, closing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workshop.model.theme import Decor, LayoutSpec, PicturePlace, Placeholder, inches
from workshop.themes.grid import HEIGHT, MARGIN, TITLE_TOP, WIDTH, box, column, span
from workshop.themes.parts import BODY, HEAD, LEAD, SMALL, block, body, layout, source, title

BED_PITCH, BED_WIDTH = inches(1.525), inches(1.325)
BEDS = (7.5, 2.72, 2.16, 1.78, 1.46, 1.24, 1.08, 0.98)  # they fall as surprise falls; the last is open


def cover(*, pictured: bool = False) -> LayoutSpec:
    """Return the cover over its row of beds, or over the picture that a kit has for it."""
    left = MARGIN + BED_PITCH
    place = box(left, inches(0.56), inches(9.9), inches(2.35))
    under = box(left, inches(2.92), inches(7.6), inches(0.84))
    when = box(left, inches(3.94), inches(7.4), inches(0.36))
    beds = tuple(
        Decor("rect", box(MARGIN + k * BED_PITCH, HEIGHT - inches(h), BED_WIDTH, inches(h)), "field")
        for k, h in enumerate(BEDS)
    )
    made = layout(
        "cover",
        "Cover",
        Placeholder(
            idx=0,
            type="ctrTitle",
            name="Title",
            role="title",
            box=place,
            sizes=(80, 66, 54),
            bold=True,
            line=88,
            track=-240,
        ),
        Placeholder(idx=1, type="subTitle", name="Subtitle", role="subtitle", box=under, sizes=BODY, line=104),
        body(13, "Occasion", "occasion", when, SMALL, "muted"),
        kind="title",
        decor=(*beds[:-1], replace(beds[-1], color="open")),
        rail=False,
    )
    if not pictured:
        return made
    whole = PicturePlace(box(0, 0, WIDTH, HEIGHT), "bg")
    return replace(made, name="Cover with picture", type="", decor=(), picture=whole)


def section() -> LayoutSpec:
    """Return a section with its number as large as the field."""
    x, w = inches(5.75), span(7)
    numeral = box(inches(0.42), inches(0.55), inches(4.4), inches(5.4))
    head = box(x, TITLE_TOP, w, inches(0.8))
    main = box(x, inches(3.78), w, inches(2.6))
    return layout(
        "section",
        "Section",
        Placeholder(
            idx=0, type="title", name="Title", role="title", box=head, sizes=HEAD, bold=True, line=92, track=-80
        ),
        body(15, "Numeral", "numeral", numeral, (400, 280), "on_field", bold=True, anchor="ctr", line=80, track=-1200),
        body(13, "Question", "question", box(x, inches(1.42), w, inches(1.3)), LEAD, "muted"),
        body(16, "Label", "label", box(x, inches(3.3), w, inches(0.36)), SMALL, "accent", bold=True),
        body(1, "Objectives", "main", main, BODY, bullet="block", before=9),
        source(x, w),
        kind="secHead",
        decor=(block(0, inches(5.0), "field"),),
    )


def section_with_picture() -> LayoutSpec:
    """Return a section whose picture is on the evergreen field, under its number."""
    plain, x, w = section(), inches(5.75), span(7)
    look: dict[str, Any] = {"bold": True, "line": 80, "track": -200}
    asked, after = box(x, inches(1.36), w, inches(1.88)), box(x, inches(4.0), w, inches(2.62))
    changed = {
        "numeral": body(
            15, "Numeral", "numeral", box(MARGIN, inches(0.38), inches(3.6), inches(1.3)), (88,), "on_field", **look
        ),
        "question": body(13, "Question", "question", asked, (36, 32, 28), "muted", track=-30, line=98),
        "label": body(16, "Label", "label", box(x, inches(3.61), w, inches(0.36)), SMALL, "accent", bold=True),
        "main": body(1, "Objectives", "main", after, BODY, bullet="block", before=7),
    }
    return replace(
        plain,
        name="Section with picture",
        type="",
        placeholders=tuple(changed.get(p.role, p) for p in plain.placeholders if p.role != "source"),
        picture=PicturePlace(box(MARGIN, inches(2.56), inches(3.66), inches(3.66)), "field"),
    )


# ---------------------------------------------------------------- map, closing
def map_() -> LayoutSpec:
    """Return the map: a title above the tiles."""
    return layout("map", "Map", title(box(column(0), TITLE_TOP, span(11), inches(0.7))))


def closing() -> LayoutSpec:
    """Return the closing: what was learnt, in two lists, above the exit ticket."""
    left = box(column(0), inches(1.68), span(6) - inches(0.35), inches(3.78))
    right = box(column(6), inches(1.68), span(6), inches(3.78))
    band = box(column(0), inches(5.68), span(12), inches(0.86))
    return layout(
        "closing",
        "Closing",
        title(),
        body(1, "Learnt, first half", "left", left, (32, *LEAD, 22), bullet="number", before=13),
        body(2, "Learnt, second half", "right", right, (32, *LEAD, 22), bullet="number", number_from=5, before=13),
        body(
            15, "Exit ticket", "exit-ticket", band, BODY, "on_open",
            bold=True, anchor="ctr", fill="open", inset=inches(0.28),
        ),
    )  # fmt: skip
