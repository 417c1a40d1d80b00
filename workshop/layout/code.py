"""Lines of code: fitted as a whole, never wrapped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workshop.errors import At
from workshop.layout.context import Desk
from workshop.layout.fit import fits, laid_text, moved
from workshop.layout.laid import LaidText
from workshop.layout.measure import MONO_ADVANCE, pitch
from workshop.model.blocks import COMMENT, DEFINED, KEYWORD, PLAIN, pieces_of
from workshop.model.kit import Line, Run, Runs, ShownCode
from workshop.model.theme import EMU_PER_POINT, Box, Placeholder, inches

TAB = "    "
BOLD = (KEYWORD, DEFINED)
LEAST_PANEL = inches(3.3)  # a lower one would leave the slide empty below it


def fit_code(desk: Desk, placeholder: Placeholder, code: ShownCode, at: At, *, broken: bool = False) -> LaidText:
    """Return code at the largest size at which no line is cut and all lines fit; else report what doesn't fit.

    Args:
        broken: whether lines that are too long are broken, as always in a user's template.
    """
    where = code.at if code.at.path else at
    parts = [_untabbed(line.rstrip(), classes) for line, classes in code.lines()]
    inner = (placeholder.box.w - 2 * placeholder.inset) / EMU_PER_POINT
    if broken or desk.theme.template is not None:
        most = int(inner / (MONO_ADVANCE * placeholder.sizes[-1]))
        parts = [piece for line, classes in parts for piece in _broken(line, classes, most)]
    texts = [text for text, _ in parts]
    roles = _roles(desk, placeholder)
    lines = tuple(Line(_runs(text, classes, roles), step=code.step, at=where) for text, classes in parts)
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
    return [piece for text in texts for piece, _ in _broken(text, PLAIN * len(text), most)]


def _broken(text: str, classes: bytes, most: int) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of a line, each with the classes of its characters."""
    lead = min(len(text) - len(text.lstrip()) + len(TAB), most // 2)
    while len(text) > most:
        cut = text.rfind(" ", lead + 1, most + 1)
        cut = cut if cut > 0 else max(1, most)
        yield text[:cut].rstrip(), classes
        on = len(text) - len(text[cut:].lstrip())
        text, classes = " " * lead + text[on:], PLAIN * lead + classes[on:]
    yield text, classes


def _untabbed(line: str, classes: bytes) -> tuple[str, bytes]:
    """Return a line with spaces for its tabs."""
    if "\t" not in line:
        return line, classes
    ends = [len(line[: k + 1].expandtabs(len(TAB))) for k in range(len(line))]
    starts = [0, *ends]
    found = b"".join(classes[k : k + 1] * (end - starts[k]) for k, end in enumerate(ends))
    return line.expandtabs(len(TAB)), found


def _roles(desk: Desk, placeholder: Placeholder) -> Mapping[bytes, str]:
    """Return the colour roles of the classes: none on a ground that they weren't chosen for."""
    return desk.theme.code if placeholder.color == "ink" and placeholder.fill in ("", "panel") else {}


def _runs(text: str, classes: bytes, roles: Mapping[bytes, str]) -> Runs:
    """Return a line of code as runs: their weight and slant are seen where there is no colour."""
    return tuple(
        Run(part, strong=own in BOLD, emphasis=own == COMMENT, color=roles.get(own, ""))
        for part, own in pieces_of(text, classes)
    ) or (Run(text),)
