"""Targets of pictures: an exhibit, a CSV file, an exercise or a picture file, which must be inside the kit."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote

from workshop.content.reading import Reading, Scope
from workshop.content.vocabulary import CSV_SUFFIXES, SCHEMES
from workshop.errors import At, did_you_mean
from workshop.inputs.door import find_inside

_QUERY = re.compile(r"[?#][^/]*$")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+-]+):(?!\\)(.*)", re.DOTALL)
_EXHIBIT = re.compile(r"[\w-]+\.[\w.-]+")


def resolve_target(reading: Reading, target: str, at: At) -> str:
    """Return ``target`` with a file name made relative to the root; "" after reporting what is wrong with it.

    A file is looked up beside the source first, then below the root.
    """
    scheme = _SCHEME.match(target)
    if not target:
        reading.error("this picture names no file", at, "write ![what it shows](picture.png)", "missing-file")
    elif "{{" in target:
        reading.error("a picture's target cannot hold a value", at, "write the name out", "value")
    elif not scheme:
        return resolve_file(reading, target, at)
    elif scheme[1] == "exercise":
        reading.exercises.append((scheme[2], at))
        return target
    elif scheme[1] == "drawing":
        return target
    elif scheme[1] in SCHEMES:
        return _exhibit(reading, scheme[1], scheme[2], at)
    elif scheme[2].startswith("//") or scheme[1] == "data":
        reading.error("pictures are not fetched from the web", at, "save it beside the source", "missing-file")
    else:
        hint = did_you_mean(scheme[1], SCHEMES)
        reading.error(f"there is no kind of exhibit {scheme[1] + ':'!r}", at, hint, "unknown-exhibit")
    return ""


def _exhibit(reading: Reading, scheme: str, name: str, at: At) -> str:
    if name.lower().endswith(CSV_SUFFIXES):
        if scheme == "code":
            reading.error("code: shows a demo's source, not a CSV file", at, f"write table:{name}", "unknown-exhibit")
            return ""
        found = resolve_file(reading, name, at)
        return f"{scheme}:{found}" if found else ""
    if not _EXHIBIT.fullmatch(name):
        hint = f"write {scheme}:demo.exhibit" + ("" if scheme == "code" else f" or {scheme}:data/file.csv")
        reading.error(f"{scheme}:{name} names no exhibit", at, hint, "unknown-exhibit")
        return ""
    return f"{scheme}:{name}"


def resolve_file(reading: Reading, name: str, at: At) -> str:
    """Return the name of a file relative to the root; "" after reporting that there is none."""
    root = reading.scope.root
    for over in reading.scope.overlays:
        own = (reading.folder,) if reading.folder.is_relative_to(over) else ()
        found = find_inside(name, (*own, over), over)
        if isinstance(found, Path):
            reading.replaced.add(found)
            return relative(found, over)
    found = find_file(reading, name)
    if isinstance(found, Path):
        return relative(found, root)
    reading.error(found[0], at, found[1], "missing-file")
    return ""


def find_file(reading: Reading, name: str) -> Path | tuple[str, str]:
    """Return the file beside the source or below the root, which nothing may be outside of; if there is none, a message and a hint."""
    root = reading.scope.root
    folders: tuple[Path, ...] = (reading.folder, root)
    found = find_inside(name, folders, root, "the kit" if reading.scope.is_kit else "the file's folder")
    if isinstance(found, Path) or reading.scope.is_kit:
        return found
    plain = unquote(_QUERY.sub("", name))
    if name.startswith("/"):  # of the folder that a web server would show
        folders, plain = (*folders, root / "public"), plain.lstrip("/")
    other = find_inside(plain, folders, root, "the file's folder") if plain else found
    return other if isinstance(other, Path) or name.startswith("/") else found


def find_laid(name: str, scope: Scope) -> Path | tuple[str, str]:
    """Return the file from the strongest overlay that has it, else the world's or the kit's; if there is none, a message and a hint."""
    for folder in (*scope.overlays, *scope.worlds):
        found = find_inside(name, (folder,), folder)
        if isinstance(found, Path):
            return found
    return find_inside(name, (scope.root,), scope.root)


def relative(path: Path, root: Path) -> str:
    """Return ``path`` relative to ``root``, with forward slashes."""
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:  # another drive on Windows
        return path.as_posix()
