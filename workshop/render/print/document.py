"""Parts that every printed document shares: audience, paper, colours, fixed words."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable
from functools import cache
from itertools import cycle, islice
from operator import attrgetter
from typing import Any

from msgspec import Struct

from workshop.constructs.table import BY_BLOCK
from workshop.errors import At
from workshop.layout.laid import LaidOut, LaidSlide
from workshop.model.blocks import Panel, RulerScale, Run, ShownCode, ValueTable
from workshop.model.kit import Kit, Sheet, StageMark
from workshop.model.prints import Ballots
from workshop.model.request import build_command
from workshop.model.theme import Theme
from workshop.render.formulas import on_paper, on_white, svg
from workshop.render.print.block_data import Galley
from workshop.wording.messages import messages

# ---------------------------------------------------------------- palette
# The theme's colours for white paper, whatever the deck's background.
RGB = tuple[float, float, float]
# Contrast with white of a dark theme's chart colours: deep and pale alternate; captions, for the grey of context
LEVELS = {"accent": 9.4, "c2": 3.05, "c5": 9.4, "c3": 3.05, "stop": 5.6, "muted": 7.1}


def paper_colors(theme: Theme) -> dict[str, str]:
    """Return hex colours by role: ink, accent, muted, line, tint, tint2.

    Text has a contrast of at least 4.5:1 even on the darkest tint; a colour that is too light, as in a dark theme, is
    darkened within its hue.
    """
    ground = _rgb("FFFFFF")
    ink = min((_rgb(theme.colors["ink"]), _rgb(theme.colors["bg"])), key=luminance)
    tint = _mix(ink, ground, 0.07) if theme.dark else _rgb(theme.colors["panel"])
    tint2 = _mix(ink, tint, 0.10)
    return {
        "ink": _hex(ink),
        "accent": _hex(_darkened(_rgb(theme.colors["accent"]), tint2, 4.5)),
        "muted": _hex(_darkened(_rgb(theme.colors["muted"]), tint2, 4.5)),
        "line": _hex(_mix(ink, ground, 0.48)),
        "tint": _hex(tint),
        "tint2": _hex(tint2),
    }


def chart_colors(theme: Theme) -> dict[str, str]:
    """Return the theme's chart colours for a white background, as six hex digits.

    Those of a dark theme keep their hue, at two levels of lightness, so that neighbours have a contrast of 3:1 in grey.
    """
    if not theme.dark:
        return dict(theme.colors)
    paper = {role: color.lstrip("#").upper() for role, color in paper_colors(theme).items()}
    white = _rgb("FFFFFF")
    series = {
        role: _hex(_at_ratio(_rgb(color), LEVELS[role]) if role in LEVELS else _darkened(_rgb(color), white, 3.0))
        for role, color in theme.colors.items()
    }
    found = {role: color.lstrip("#").upper() for role, color in series.items()}
    return found | {"bg": "FFFFFF", "panel": paper["tint"], "ink": paper["ink"]}


def luminance(color: RGB) -> float:
    """Return the relative luminance of WCAG 2, 0 to 1."""
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: RGB, b: RGB) -> float:
    """Return the contrast ratio of WCAG 2, 1 to 21."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def _darkened(color: RGB, ground: RGB, ratio: float) -> RGB:
    black: RGB = (0.0, 0.0, 0.0)
    for share in range(101):
        candidate = _mix(black, color, share / 100)
        if contrast(candidate, ground) >= ratio:
            return candidate
    return black


def _at_ratio(color: RGB, ratio: float) -> RGB:
    """Return a colour of the same hue with a contrast of ``ratio``, or slightly more, with white."""
    white: RGB = (1.0, 1.0, 1.0)
    lighter = [_mix(white, color, share / 200) for share in range(201)]
    readable = [candidate for candidate in lighter if contrast(candidate, white) >= ratio]
    return readable[-1] if readable else _darkened(color, white, ratio)


def _mix(over: RGB, under: RGB, share: float) -> RGB:
    r, g, b = (share * o + (1 - share) * u for o, u in zip(over, under, strict=True))
    return (r, g, b)


def _rgb(hexed: str) -> RGB:
    r, g, b = (int(hexed.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return (r, g, b)


def _hex(color: RGB) -> str:
    return "#" + "".join(f"{round(255 * c):02x}" for c in color)


# ---------------------------------------------------------------- document
PREFIX = "print-"
VOTES_FILE = "ballots.txt"  # its name in the fixed words
_TAG = re.compile(r"^(?P<language>[A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-(?P<region>[A-Za-z]{2}))?(?:-|$)")


def title_of(kit: Kit) -> str:
    """Return the title of a kit, or of its first slide."""
    return kit.title or next(iter(kit.slides)).title_text


def front(laid: LaidOut, galley: Galley, title: str, profile: str = "standard") -> dict[str, Any]:
    """Return the part of the data that is the same in every document.

    Args:
        laid: the laid-out deck.
        galley: collects problems.
        title: the document's own title, shown in the viewer's window.
        profile: reading profile: "standard", "large" or "dyslexia".
    """
    kit = laid.kit
    language, region = tag_parts(kit.language)
    return {
        "document": galley.text(": ".join(part for part in (title, kit.title) if part)),
        "language": language,
        "region": region,
        "profile": profile,
        "paper": "us-letter" if kit.paper == "letter" else "a4",
        "colors": paper_colors(laid.theme),
        "grey": kit.printing.grey,
        "words": {
            key.removeprefix(PREFIX): text.replace("{program}", kit.program) if isinstance(text, str) else text
            for key, text in messages(kit.language, kit.here).items()
            if key.startswith(PREFIX)
        },
        "kit": {
            "title": galley.text(title_of(kit)),
            "author": galley.text(kit.author),
            "licence": galley.text(kit.licence),
            "audience": galley.text(kit.audience_title),
            "stages": len(kit.marks),
        },
    }


def votes_command(laid: LaidOut) -> str:
    """Return the command that puts the room's votes onto slides, with the options of this build, or just adds them up."""
    if not votes_are_shown(laid):
        return f"{laid.kit.program} tally {VOTES_FILE}"
    return f"{build_command(laid.kit.again, laid.kit.program)} --votes {VOTES_FILE} --only room"


def total_line(people: int) -> str:
    """Return the votes of one round as they are typed: an example with three fifths for A.

    >>> total_line(20)
    '1 12 8'
    """
    most = math.ceil(0.6 * people)
    return f"1 {most} {people - most}"


def example_ticks(ballots: Ballots, galley: Galley) -> str:
    """Return the ticks of an example ballot, one letter per round."""
    return "".join(islice(cycle(galley.word("print-ballot-example")), len(ballots.rounds)))


def votes_are_shown(laid: LaidOut) -> bool:
    """Whether a slide refers to the votes, so that it can show the room's own."""
    return any(laid.kit.votes in slide.runs for slide in laid.kit.slides)


def tag_parts(tag: str) -> tuple[str, str | None]:
    """Return the language and region of a tag for Typst; English for anything that isn't a tag.

    >>> tag_parts("en-GB"), tag_parts("de"), tag_parts("zh-Hant-TW"), tag_parts("?")
    (('en', 'GB'), ('de', None), ('zh', 'TW'), ('en', None))
    """
    match = _TAG.match(tag)
    if match is None:
        return "en", None
    region = match["region"]
    return match["language"].lower(), region.upper() if region else None


def stage_place(laid: LaidOut, stage_id: str) -> dict[str, Any]:
    """Return a stage's place among the numbered ones (1 to n, or 0 if it has none), its number, title and pictures."""
    for place, mark in enumerate(laid.kit.marks, start=1):
        if mark.id == stage_id:
            return {"place": place, "label": str(mark.number), "title": mark.title} | pictures(laid, mark)
    title = next((stage.title for stage in laid.kit.stages if stage.id == stage_id), "")
    return {"place": 0, "label": "", "title": title, "picture": "", "light": "", "band": "", "alt": ""}


def pictures(laid: LaidOut, mark: StageMark) -> dict[str, str]:
    """Return the picture of a stage as SVG, in black on white paper, in white on the accent and on a black band, and its text; "" without one."""
    if mark.picture is None:
        return {"picture": "", "light": "", "band": "", "alt": ""}
    colors = paper_colors(laid.theme)
    light, band = (
        svg(mark.picture, on_paper("#ffffff", colors[ground], soft="#b4b4b4"), edge="#ffffff")
        for ground in ("accent", "ink")
    )
    return {"picture": on_white(mark.picture), "alt": mark.picture.alt, "light": light, "band": band}


def slide_numbers(laid: LaidOut) -> dict[str, str]:
    """Return the printed number of each slide: "14", or "14–15" for a slide that was split."""
    return {name: str(n[0]) if len(n) == 1 else f"{n[0]}–{n[-1]}" for name, n in part_numbers(laid).items()}


def part_numbers(laid: LaidOut) -> dict[str, list[int]]:
    """Return the number of each slide; of one that was split, those of its parts."""
    ids = {slide.id for slide in laid.kit.slides}
    found: dict[str, list[int]] = {}
    for slide in laid.slides:
        found.setdefault(own_id(slide, ids), []).append(slide.number)
    return found


def own_id(slide: LaidSlide, ids: set[str]) -> str:
    """Return a slide's id in the kit: the second part of a split slide has "<id>-2"."""
    return slide.slide.id if slide.slide.id in ids else slide.id.rpartition("-")[0]


# ---------------------------------------------------------------- run mark
# Run marks: four letters on a sheet and its key that change with their numbers.
SHADES = ("color", "classes")  # how words look
LETTERS = "CDFHJKLMNPRTVWXZ"  # sixteen letters without a vowel, so that a mark is never a word


def run_mark(sheet: Sheet) -> str:
    """Return the mark for everything on a sheet and its key.

    >>> from msgspec.structs import replace
    >>> sheet = Sheet(id="S1-00J", stage="a", number=0, title="A", aim="", exercises=())
    >>> [run_mark(sheet) == run_mark(replace(sheet, **change)) for change in ({"id": "S1-01K"}, {"title": "B"})]
    [True, False]
    """
    total = hashlib.sha256("\n".join(words_of((sheet.title, sheet.exercises))).encode())
    return "".join(LETTERS[byte % len(LETTERS)] for byte in total.digest()[:4])


def words_of(thing: Any) -> list[str]:
    """Return every word and number below ``thing``, except places in files and scales."""
    found: list[str] = []
    _add((thing,), found)
    return found


def _add(parts: tuple[Any, ...], found: list[str]) -> None:
    for part in parts:
        kind = part.__class__
        if kind is str:
            found.append(part)
        elif kind is bool:  # most fields are
            found.append("True" if part else "False")
        elif kind is tuple:
            found.append(f"({len(part)}")
            _add(part, found)
        elif (shape := _shape(kind)) is None:
            found.append(str(part))
        else:
            heads, fields_of = shape
            found += heads
            _add(fields_of(part), found)


@cache
def _shape(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]] | None:
    """Return the words for a kind of node, and what returns its fields; ``None`` for what isn't a node."""
    if issubclass(kind, At | RulerScale | ValueTable):
        return (), lambda _: ()
    if not issubclass(kind, Struct):
        return None
    named = (
        (Panel.__name__, BY_BLOCK[kind].name) if issubclass(kind, Panel) else (kind.__name__,)
    )  # as its author named it
    looks = SHADES if issubclass(kind, Run | ShownCode) else ()
    names = [name for name in kind.__struct_fields__ if name not in looks]
    return named, attrgetter(*names) if len(names) > 1 else lambda node: tuple(getattr(node, name) for name in names)
