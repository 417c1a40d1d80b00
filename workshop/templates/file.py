"""Opening a .pptx or .potx from any source as a base to write into; small and large slides are scaled to a height of 7.5 inches."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from workshop import limits
from workshop.errors import At, ExitCode, Problem, WorkshopError
from workshop.files.package_file import NAMESPACES, TYPES_PART, Node, PackageFile, read_package, whole
from workshop.inputs.door import nearest, open_regular
from workshop.inputs.inside import TooLargeError
from workshop.model.numbers import decimal
from workshop.model.theme import inches
from workshop.templates.stripped import FARTHEST, kept_of, refuse_unsound

HEIGHT = inches(7.5)
AS_IT_IS = inches(6.9), inches(8.6)  # slides with heights between these are left unchanged
_A, _P = (f"{{{NAMESPACES[prefix]}}}" for prefix in "ap")
# element -> attributes that are lengths
LENGTHS = {
    f"{_A}off": ("x", "y"),
    f"{_A}ext": ("cx", "cy"),
    f"{_A}chOff": ("x", "y"),
    f"{_A}chExt": ("cx", "cy"),
    f"{_P}sldSz": ("cx", "cy"),
    f"{_A}bodyPr": ("lIns", "tIns", "rIns", "bIns"),
    f"{_A}ln": ("w",),
    f"{_A}tab": ("pos",),
    f"{_A}spcPts": ("val",),
    f"{_A}gridCol": ("w",),
    f"{_A}tr": ("h",),
}
LEVELS = tuple(f"{_A}lvl{k}pPr" for k in range(1, 10))
LENGTHS |= dict.fromkeys((*LEVELS, f"{_A}pPr", f"{_A}defPPr"), ("marL", "marR", "indent", "defTabSz"))
LENGTHS |= dict.fromkeys((f"{_A}rPr", f"{_A}defRPr", f"{_A}endParaRPr"), ("sz",))
USUAL_INSETS = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}


def factor(height: int) -> float:
    """Return the scale factor for a template's lengths; 1 for slides of usual height."""
    return 1.0 if AS_IT_IS[0] <= height <= AS_IT_IS[1] else HEIGHT / height


def scaled(package: PackageFile, parts: Iterable[str], by: float) -> PackageFile:
    """Return the package with all lengths and text sizes in some parts multiplied by a factor."""
    blobs = dict(package.blobs)
    for name in parts:
        root = copy.deepcopy(package.tree(name))
        _scale(root, by)
        refuse_unsound(root, name, package.at)
        blobs[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return replace(package, blobs=blobs, _trees={}, _relations={})


def _scale(root: Node, by: float) -> None:
    for node in root.iter():
        for key in LENGTHS.get(str(node.tag), ()):
            text = str(node.get(key) or USUAL_INSETS.get(key, ""))
            number = decimal(text, -FARTHEST, FARTHEST)
            if number is not None:
                step = 100 if key == "sz" else 1  # sizes stay whole points
                node.set(key, str(round(number * by / step) * step))
        if node.tag == f"{_P}sldSz" and node.get("type"):
            del node.attrib["type"]


KIND = re.compile(
    r"application/vnd\.(openxmlformats-officedocument\.presentationml\.(presentation|template|slideshow)"
    r"|ms-powerpoint\.(presentation|template|slideshow)\.macroEnabled)\.main\+xml"
)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an old .ppt, or a new file with a password
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class TemplateFile(Struct, frozen=True, kw_only=True):
    """An opened template.

    Attributes:
        main: name of the presentation's part.
        masters: names of its masters' parts, in order.
        width, height: size of its slides in EMU; slides of unusual height are scaled to 7.5 inches.
        by: the scale factor.
        left_out: a problem for each kind of thing in the file that isn't in ``package``.
    """

    package: PackageFile
    main: str
    masters: tuple[str, ...]
    width: int
    height: int
    by: float = 1.0
    left_out: tuple[Problem, ...] = ()

    @property
    def at(self) -> At:
        """The file, for problems."""
        return self.package.at


def _refused(reason: str, at: At, hint: str) -> WorkshopError:
    return WorkshopError(Problem(f"this file cannot be a template: {reason}", at, hint=hint, code="template"))


def open_template(path: Path) -> TemplateFile:
    """Return a template's parts, masters and size, without anything that doesn't belong in a deck.

    Raises:
        WorkshopError: for a file that is missing, too large, locked, damaged, without layouts, or not a presentation.
    """
    at = At(path.as_posix())
    _look(path, at)
    with closing(read_package(path)) as given:
        kind = _main_kind(given)
        main = given.related("", "officeDocument")
        if not main or not KIND.fullmatch(kind):
            raise _refused("it isn't a presentation", at, "give a .pptx or .potx")
        package, left_out = kept_of(given, main)
    root = package.tree(main)
    targets = {relation.id: relation.target for relation in package.relations(main)}
    ids = [
        node.get(f"{{{NAMESPACES['r']}}}id", "") for node in root.iterfind("p:sldMasterIdLst/p:sldMasterId", NAMESPACES)
    ]
    masters = tuple(targets[i] for i in ids if targets.get(i) in package.blobs)
    if not any(layout_parts(package, master) for master in masters):
        raise _refused("it has no layouts", at, "save it again with PowerPoint, with at least one slide layout")
    size = root.find("p:sldSz", NAMESPACES)
    width, height = whole(size, "cx", 12_192_000), whole(size, "cy", 6_858_000)
    if not (2_000_000 < width < 60_000_000 and 2_000_000 < height < 60_000_000):
        raise _refused("its slides have no sensible size", at, "set it under Design > Slide Size")
    by = factor(height)
    if by == 1:
        return TemplateFile(package=package, main=main, masters=masters, width=width, height=height, left_out=left_out)
    drawn = [main, *masters, *(part for master in masters for part in layout_parts(package, master))]
    package = scaled(package, dict.fromkeys(drawn), by)
    return TemplateFile(
        package=package,
        main=main,
        masters=masters,
        width=round(width * by),
        height=round(height * by),
        by=by,
        left_out=left_out,
    )


def _look(path: Path, at: At) -> None:
    """Refuse files that can be refused without unpacking them."""
    try:
        with open_regular(path, limits.PACKAGE_BYTES) as stream:
            head = stream.read(len(COMPOUND))
    except FileNotFoundError as error:
        raise WorkshopError(
            Problem(f"there is no file {path.as_posix()}", hint=nearest(path), code="template"),
            ExitCode.USAGE,
        ) from error
    except TooLargeError as error:
        raise _refused(str(error.strerror), at, "delete its example slides and save it again") from error
    except OSError as error:
        raise _refused(error.strerror or "it cannot be opened", at, "close it in PowerPoint, or copy it") from error
    if head == COMPOUND:
        raise _refused("it is locked with a password, or an old .ppt", at, "save it as .pptx without a password")


def layout_parts(package: PackageFile, master: str) -> tuple[str, ...]:
    """Return the names of a master's layouts, in PowerPoint's order."""
    targets = {relation.id: relation.target for relation in package.relations(master)}
    key = f"{{{NAMESPACES['r']}}}id"
    listed = package.tree(master).iterfind("p:sldLayoutIdLst/p:sldLayoutId", NAMESPACES)
    names = (targets.get(str(node.get(key)), "") for node in listed)
    return tuple(name for name in names if name in package.blobs)


def _main_kind(package: PackageFile) -> str:
    if TYPES_PART not in package.blobs:
        raise _refused("it has no list of content types", package.at, "save it again as .pptx")
    main = package.related("", "officeDocument")
    for node in package.tree(TYPES_PART).iterfind("ct:Override", NAMESPACES):
        if str(node.get("PartName", "")).lstrip("/") == main:
            return str(node.get("ContentType", ""))
    return ""


def as_presentation(package: PackageFile) -> bytes:
    """Return the package's bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target:
        for name, blob in package.blobs.items():
            target.writestr(zipfile.ZipInfo(name, ZIP_DATE), blob)
    return buffer.getvalue()
