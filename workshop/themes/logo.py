"""Logos: checking the picture file before it is used, and its place on our own layouts."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from workshop import limits
from workshop.errors import At, ExitCode, Problem, WorkshopError
from workshop.inputs.door import nearest
from workshop.inputs.pictures import JPEG, PNG, PictureError, read_picture
from workshop.layouts import traits
from workshop.model.theme import Box, Foot, LayoutSpec, Logo, Theme, inches
from workshop.templates.edges import LEAST_RAIL
from workshop.templates.edges import NUMBER_WIDTH as NUMBER

BOTTOM = Box(inches(11.75), inches(6.71), inches(0.92), inches(0.32))  # above the slide number
TOP = Box(inches(11.83), inches(0.5), inches(0.84), inches(0.5))
COVER = Box(inches(10.27), inches(0.56), inches(2.4), inches(0.85))  # beside the title, over whatever grows on the beds
COVER_GAP = inches(0.2)
HIGH, GAP = inches(0.56), inches(0.16)  # of a logo beside the number
NARROWEST = 15  # most times wider than high: anything beyond is just a line


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


def with_logo(theme: Theme, path: Path, size: tuple[int, int], *, corner: Box = BOTTOM, alt: str = "") -> Theme:
    """Return one of our own themes with a logo in a corner of every slide, larger on the cover."""
    layouts = {key: _beside(spec) if "covers" in traits(spec.role) else spec for key, spec in theme.layouts.items()}
    return replace(
        theme,
        layouts=layouts,
        logo=Logo(path, right_aligned(corner, size), alt),
        cover_logo=Logo(path, right_aligned(COVER, size), alt),
    )


def with_logo_at_edge(theme: Theme, path: Path, size: tuple[int, int]) -> Theme:
    """Return our layouts in a client's look with a logo above the number; if the client has something at the foot, at the end of its room."""
    foot = theme.foot
    dress = theme.dress
    dx, dy = dress.aside if dress is not None else (0, 0)
    if (foot.left, foot.top) == (Foot().left + dx, Foot().top + 2 * dy) and foot.number == Foot().number + dx:
        return with_logo(theme, path, size)
    if not foot.numbered:
        return with_logo(theme, path, size, corner=TOP)
    at = Box(foot.number + NUMBER - BOTTOM.w - dx, BOTTOM.y, BOTTOM.w, HIGH)
    logo = right_aligned(at, size)
    taken = logo.w + GAP
    rail = foot.width - taken
    foot = replace(foot, width=max(rail, 0), number=foot.number - taken, rail=foot.rail and rail >= LEAST_RAIL)
    return replace(with_logo(theme, path, size, corner=at), foot=foot)


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
