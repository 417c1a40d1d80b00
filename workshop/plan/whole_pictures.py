"""Pictures that earlier builds have decoded, and how much all pictures of a deck hold.

Decoding the pictures of a talk takes as long as laying it out.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from workshop import limits
from workshop.errors import Report
from workshop.files.memo import Memo, digest
from workshop.inputs.pictures import Picture, PictureError, read_picture

SPENT = (limits.ALL_PICTURES, limits.ALL_PIXELS, limits.ALL_VECTORS)
HINT = "save the largest of them smaller (2,000 pixels across are enough for a slide), and SVG pictures as PNG"
NAMED = 3  # pictures that the advice names
WHOLE = Memo(".whole", bytes, bytes)  # an empty file: the picture with this digest was decoded to its end


def whole_picture(path: Path, folder: Path | None) -> Picture:
    """Return a picture file; only its header is read if the same bytes were decoded before.

    Args:
        folder: the cache folder, or ``None``.

    Raises:
        PictureError: if it can't be shown.
    """
    if folder is None:
        return read_picture(path)
    new: list[str] = []

    def known(blob: bytes) -> bool:
        name = digest(blob)
        if WHOLE.recall(folder, name) is None:
            new.append(name)
        return not new

    found = read_picture(path, known=known)
    for name in new:
        WHOLE.keep(folder, name, b"")
    return found


def affordable_picture(path: Path, folder: Path | None, report: Report) -> Picture:
    """Return a picture file as ``whole_picture`` does, as long as all pictures so far are within their limits.

    Raises:
        PictureError: if it can't be shown, or if there are too many.
    """
    most = next((most for most in SPENT if not report.has_room(most)), None)
    if most is None:
        try:
            found = whole_picture(path, folder)
        except PictureError as error:
            _spend(report, 0, error.pixels, error.steps)
            raise
        _spend(report, len(found.blob) + len(found.bitmap), found.pixels, found.steps)
        most = next((most for most in SPENT if not report.has_room(most)), None)
        if most is None:
            return found
    what = "drawing all SVG pictures up to here takes" if most is SPENT[2] else "all pictures up to here have"
    raise PictureError(f"{what} more than {most}", HINT, code="too-large")


def _spend(report: Report, *spent: int) -> None:
    for most, more in zip(SPENT, spent, strict=True):
        report.spent[most.key] += more


def tell_left_out(pictures: Mapping[Path, Picture], report: Report) -> None:
    """Say once what the files of pictures hold besides the pictures."""
    found = {path.name: picture for path, picture in pictures.items() if picture.left_out}
    if found:
        what = "; ".join(dict.fromkeys(what for picture in found.values() for what in picture.left_out))
        names = ", ".join(list(found)[:NAMED]) + (f" and {len(found) - NAMED} more" if len(found) > NAMED else "")
        report.advise(f"left out of pictures: {what} ({names})", None, "", "picture-data")
