"""Lines of code: fitted as a whole, never wrapped."""

from __future__ import annotations

from workshop.errors import At
from workshop.layout.context import Desk
from workshop.layout.fit import fits, laid_text, moved
from workshop.layout.laid import LaidText
from workshop.layout.measure import MONO_ADVANCE, pitch
from workshop.model.kit import Line, Run, ShownCode
from workshop.model.theme import EMU_PER_POINT, Box, Placeholder, inches

TAB = "    "
LEAST_PANEL = inches(3.3)  # a lower one would leave the slide empty below it


def fit_code(desk: Desk, placeholder: Placeholder, code: ShownCode, at: At, *, broken: bool = False) -> LaidText:
    """Return code at the largest size at which no line is cut and all lines fit; else report what doesn't fit.

    Args:
        broken: whether lines that are too long are broken, as always in a user's template.
    """
    where = code.at if code.at.path else at
    texts = [line.rstrip().expandtabs(len(TAB)) for line in code.text.split("\n")]
    lines = tuple(Line((Run(text),), at=where) for text in texts)
    inner = (placeholder.box.w - 2 * placeholder.inset) / EMU_PER_POINT
    if broken or desk.theme.template is not None:
        texts = broken_lines(texts, int(inner / (MONO_ADVANCE * placeholder.sizes[-1])))
        lines = tuple(Line((Run(text),), at=where) for text in texts)
    longest = max(range(len(texts)), key=lambda k: len(texts[k]))
    for size in placeholder.sizes:
        height = len(lines) * pitch(size, placeholder.line)
        if len(texts[longest]) * MONO_ADVANCE * size <= inner and fits(placeholder, height):
            return laid_text(_panel(desk, placeholder, height), lines, size, height)
    size = placeholder.sizes[-1]
    wide, high = (
        int(inner / (MONO_ADVANCE * size)),
        int(placeholder.height / EMU_PER_POINT / pitch(size, placeholder.line)),
    )
    if len(texts[longest]) > wide:
        desk.report.error(
            f"line {longest + 1} of the code has {len(texts[longest])} characters; {wide} fit at {size:g} pt: "
            f"{texts[longest].strip()[:40]!r}",
            where,
            "break it in the source, or leave out the text beside it",
            "code-width",
        )
    if len(texts) > high:
        desk.report.error(
            f"the code has {len(texts)} lines; {high} fit at {size:g} pt", where, "show fewer lines", "code-height"
        )
    return laid_text(placeholder, lines, size, len(lines) * pitch(size, placeholder.line))


def _panel(desk: Desk, placeholder: Placeholder, height: float) -> Placeholder:
    """Return the placeholder with the height, in points, that its lines need, but at least half a slide's."""
    if desk.theme.template is not None or not placeholder.inset_y:
        return placeholder
    box = placeholder.box
    snug = round(height * EMU_PER_POINT) + 2 * placeholder.inset_y
    return moved(placeholder, Box(box.x, box.y, box.w, min(box.h, max(snug, LEAST_PANEL))))


def broken_lines(texts: list[str], most: int) -> list[str]:
    """Return lines of code, broken at a space, or anywhere if there is none, where they have more than ``most`` letters."""
    found: list[str] = []
    for text in texts:
        own = len(text) - len(text.lstrip())
        rest = text
        lead = " " * min(own + len(TAB), most // 2)
        while len(rest) > most:
            cut = rest.rfind(" ", len(lead) + 1, most + 1)
            cut = cut if cut > 0 else max(1, most)
            found.append(rest[:cut].rstrip())
            rest = lead + rest[cut:].lstrip()
        found.append(rest)
    return found
