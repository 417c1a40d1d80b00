"""Pictures that earlier builds have decoded: decoding those of a talk takes as long as laying it out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from workshop.errors import Report
from workshop.files.cached import keep, recall
from workshop.inputs.pictures import Picture, read_picture

NAMED = 3  # pictures that the advice names
SUFFIX = ".whole"  # of an empty file in the cache: the picture with this digest was decoded to its end


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
        name = hashlib.sha256(blob).hexdigest() + SUFFIX
        if recall(folder, name) is None:
            new.append(name)
        return not new

    found = read_picture(path, known=known)
    for name in new:
        keep(folder, name, b"")
    return found


def tell_left_out(pictures: Mapping[Path, Picture], report: Report) -> None:
    """Say once what the files of pictures hold besides the pictures."""
    found = {path.name: picture for path, picture in pictures.items() if picture.left_out}
    if found:
        what = "; ".join(dict.fromkeys(what for picture in found.values() for what in picture.left_out))
        names = ", ".join(list(found)[:NAMED]) + (f" and {len(found) - NAMED} more" if len(found) > NAMED else "")
        report.advise(f"left out of pictures: {what} ({names})", None, "", "picture-data")
