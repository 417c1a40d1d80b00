"""Checks of a package's pictures."""

from __future__ import annotations

from itertools import islice

from workshop import limits
from workshop.errors import Report
from workshop.files.package_file import (
    PackageFile,
    content_types,
)
from workshop.inputs.bare import pieces_of
from workshop.inputs.pictures import EMF, GIF, JPEG, MEDIA, PNG, WMF, kind_of

# Checks of a package's pictures: are they what they are called, and is there anything in them besides the picture?
_KINDS = {MEDIA[kind][1]: kind for kind in (PNG, JPEG, GIF, WMF, EMF)} | {"image/jpg": JPEG}
_THUMBNAIL = "docProps/"  # a picture of the first slide, made by the program


def check_pictures(package: PackageFile, report: Report) -> None:
    """Report pictures of another format than they are called, and those that say more than they show."""
    left = int(limits.CHECKED_PIECES)
    for name, called in content_types(package).items():
        kind = _KINDS.get(called.lower())
        if kind is None or name.startswith(_THUMBNAIL):
            continue
        blob = package.blobs[name]
        if kind_of(blob) != kind:
            report.warn(f"{name} is not {called}, as it is called", package.at, f"save it again as {kind}", "picture-format")  # fmt: skip
            continue
        found = dict[str, None]()
        try:
            for piece, what in islice(pieces_of(blob, kind), left):
                left -= 1
                if piece and what:
                    found[what] = None
        except ValueError:
            report.warn(f"{name} is damaged", package.at, f"save it again as {kind}", "picture-format")
        if found:
            report.warn(f"{name} contains more than its picture: {' and '.join(found)}", package.at, "save it again without that; it may tell where and by whom it was made", "picture-data")  # fmt: skip
        if left <= 0:
            report.advise(f"the pictures after {name} were not checked", package.at, f"the limit is {limits.CHECKED_PIECES} of pictures", "picture-data")  # fmt: skip
            return
