"""Logos: checking the picture file before it is used, its place on our own layouts, and whether it is seen there."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from workshop import limits
from workshop.errors import At, ExitCode, Problem, Severity, WorkshopError
from workshop.files.color_arithmetic import contrast
from workshop.inputs.door import nearest
from workshop.inputs.pictures import JPEG, PNG, PictureError, read_picture
from workshop.layouts import traits
from workshop.model.theme import Around, Box, LayoutSpec, Logo, Theme, inches
from workshop.templates.edges import LEAST_RAIL
from workshop.templates.edges import NUMBER_WIDTH as NUMBER

AT_FOOT = (inches(0.92), inches(0.56))  # the largest size of a logo there
MIDDLE = inches(0.12)  # from the top of the rail to its middle
TOP = Box(inches(11.83), inches(0.5), inches(0.84), inches(0.5))
COVER = Box(inches(10.27), inches(0.56), inches(2.4), inches(0.85))  # beside the title, over whatever grows on the beds
COVER_GAP = inches(0.2)
GAP = inches(0.2)  # between the number and a logo beside it
NARROWEST = 15  # most times wider than high: anything beyond is just a line
SEEN = 1.7  # contrast with the background
# Share of the picture's area that must have it; likewise for a picture with its own background
LEAST_SEEN, LEAST_ON_OWN = 0.5, 0.05


def read_logo(path: Path) -> tuple[int, int]:
    """Return the width and height of a picture that can be a logo.

    Raises:
        WorkshopError: for a file that is missing, too large, damaged, or neither PNG nor JPEG.
    """
    at = At(path.as_posix())
    try:
        picture = read_picture(path, (PNG, JPEG), limits.LOGO_BYTES)
    except PictureError as error:
        if not isinstance(error.__cause__, FileNotFoundError):
            raise _refused(error.reason, at, error.hint) from error
        hint = nearest(path)
        problem = Problem(f"there is no picture {path.as_posix()}", hint=hint, code="logo")
        raise WorkshopError(problem, ExitCode.USAGE) from error
    size = picture.width, picture.height
    if max(size) > NARROWEST * min(size):
        raise _refused(f"its {size[0]:,} by {size[1]:,} pixels are just a line", at, "give the whole logo")
    return size


def _refused(reason: str, at: At, hint: str) -> WorkshopError:
    return WorkshopError(Problem(f"this file cannot be a logo: {reason}", at, hint=hint, code="logo"), ExitCode.USAGE)


def with_logo(theme: Theme, path: Path, size: tuple[int, int], *, top: bool = False, alt: str = "") -> Theme:
    """Return one of our own themes, perhaps in a client's look, with a logo on every slide, larger on a cover without a client's art.

    It is at the end of the foot, and number and rail end before it; at the top if they want it there, or if the foot has no room.

    Args:
        size: width and height of the picture in pixels.
    """
    theirs = theme.dress is not None and theme.dress.cover  # a client's art has no place that is surely free
    bare = () if theirs else [key for key, spec in theme.layouts.items() if "covers" in traits(spec.role)]
    layouts = {**theme.layouts, **{key: _beside(theme.layouts[key]) for key in bare}}
    foot, at = theme.foot, right_aligned(TOP, size)
    if foot.numbered and not top:
        around = theme.dress.around if theme.dress is not None else Around()
        fitted = right_aligned(Box(0, 0, *AT_FOOT), size)
        w, h = fitted.w, fitted.h
        end = foot.number + NUMBER
        at = Box(end - around.side - w, foot.top - around.high + MIDDLE - h // 2, w, h)
        rail = foot.width - w - GAP
        foot = replace(foot, width=max(rail, 0), number=foot.number - w - GAP, rail=foot.rail and rail >= LEAST_RAIL)
    cover_logo = None if theirs else Logo(path, right_aligned(COVER, size), alt)
    return replace(theme, layouts=layouts, foot=foot, logo=Logo(path, at, alt), cover_logo=cover_logo)


def _beside(cover: LayoutSpec) -> LayoutSpec:
    """Return a cover whose title ends before the logo."""
    places = tuple(
        replace(p, box=Box(p.box.x, p.box.y, COVER.x - COVER_GAP - p.box.x, p.box.h)) if p.role == "title" else p
        for p in cover.placeholders
    )
    return replace(cover, placeholders=places)


def right_aligned(box: Box, size: tuple[int, int]) -> Box:
    """Return the largest box of a picture's proportions at the lower right of ``box``."""
    scale = min(box.w / size[0], box.h / size[1])
    w, h = round(size[0] * scale), round(size[1] * scale)
    return Box(box.right - w, box.bottom - h, w, h)


def without_logo(theme: Theme) -> tuple[Problem, ...]:
    """Return a problem if a theme has a logo that can't be seen on its background."""
    if theme.logo is None or can_be_seen(theme.logo.path, theme.colors["bg"]):
        return ()
    message = f"the logo can hardly be seen on the background of the theme {theme.name!r}"
    hint = "give a version made for such a background, or choose another theme"
    at = At(theme.logo.path.as_posix())
    return (Problem(message, at, hint=hint, code="logo", severity=Severity.WARNING),)


def can_be_seen(path: Path, ground: str) -> bool:
    """Whether a picture can be seen on a background, given as six hex digits; a white one can't be seen on white."""
    flat = read_picture(path, (PNG, JPEG), again=True).opened().convert("RGBA").resize((48, 48)).tobytes()
    shades = [flat[k : k + 3].hex() for k in range(0, len(flat), 4) if flat[k + 3] > 127]
    least = LEAST_ON_OWN if 4 * len(shades) == len(flat) else LEAST_SEEN
    return sum(contrast(shade, ground) >= SEEN for shade in shades) >= max(1, least * len(shades))
