"""Checks of a package's pictures: are they what they are called, and is there anything in them besides the picture?"""

from __future__ import annotations

from workshop import limits
from workshop.check.package_parts import content_types
from workshop.errors import Report
from workshop.files.package_file import PackageFile
from workshop.inputs.bare import bare
from workshop.inputs.pictures import GIF, JPEG, MEDIA, PNG, kind_of

_KINDS = {MEDIA[kind][1]: kind for kind in (PNG, JPEG, GIF)} | {"image/jpg": JPEG}
_THUMBNAIL = "docProps/"  # a picture of the first slide, made by the program


def check_pictures(package: PackageFile, report: Report) -> None:
    """Report pictures of another format than they are called, and those that say more than they show."""
    looked_at = 0
    for name, called in content_types(package).items():
        kind = _KINDS.get(called.lower())
        if kind is None or name.startswith(_THUMBNAIL):
            continue
        blob = package.blobs[name]
        looked_at += len(blob)
        if looked_at > limits.CHECKED_PICTURES:
            report.advise(f"{name} and the pictures after it were not checked", package.at, "the others are too big", "picture-data")  # fmt: skip
            return
        if kind_of(blob) != kind:
            report.warn(f"{name} is not {called}, as it is called", package.at, f"save it again as {kind}", "picture-format")  # fmt: skip
            continue
        try:
            found = bare(blob, kind)[1]
        except ValueError:
            report.warn(f"{name} is damaged", package.at, f"save it again as {kind}", "picture-format")
            continue
        if found:
            report.warn(f"{name} contains more than its picture: {' and '.join(found)}", package.at, "save it again without that; it may tell where and by whom it was made", "picture-data")  # fmt: skip
