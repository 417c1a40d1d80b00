"""Text from a file: read cleanly, its front matter split off, its scalars found."""

from __future__ import annotations

import os
import re
from pathlib import Path

from workshop import limits
from workshop.errors import At, Report
from workshop.inputs.door import read_bytes
from workshop.inputs.inside import TooLargeError
from workshop.inputs.yaml_text import FORBIDDEN
from workshop.limits import Limit

# Read a source file as clean text, or report exactly where it isn't.
LARGE = "pictures and data belong in files of their own"
_SCALAR = re.compile(r"^([\w-]+):[ \t]+(\S.*)$", re.MULTILINE)
_PICTURE = re.compile(r"(data:image/[\w.+-]+;base64,)([A-Za-z0-9+/=]+)")
MOST_OF_PICTURE = 7_000_000  # letters that stand for 5 MB
_NAMES = {"\x00": "NUL", "\x0b": "vertical tab", "\x0c": "form feed", "\x1b": "escape", "\u2028": "line separator"}


def display(path: Path) -> str:
    """Return ``path`` as the user would name it: relative to the working folder if that is shorter."""
    text = os.path.normpath(path)
    here = str(Path.cwd()) + os.sep
    return Path(text.removeprefix(here)).as_posix()


def read_text(
    path: Path, report: Report, most: Limit = limits.SOURCE_BYTES, lines: Limit = limits.SOURCE_LINES
) -> str | None:
    """Return the text of a UTF-8 file with line feeds as line ends and without a byte order mark.

    Returns ``None`` after reporting why: unreadable, not UTF-8, a control character, a line or a file too long.
    """
    shown = display(path)
    try:
        data = read_bytes(path, most)
    except TooLargeError as error:
        report.error(f"this file can't be read: {error.strerror}", At(shown), LARGE, code="too-large")
        return None
    except OSError as error:
        report.error(f"this file can't be read: {error.strerror or error}", At(shown), code="unreadable")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = At(shown, data.count(b"\n", 0, error.start) + 1)
        report.error(
            f"this file is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}",
            at,
            "save it again with the encoding UTF-8",
            code="encoding",
        )
        return None
    return _clean(text, shown, report, lines)


def given_text(text: str, path: Path, report: Report) -> str | None:
    """Return text that isn't read from a file as if it were in ``path``; ``None`` after reporting why not, as for ``read_text``."""
    shown = display(path)
    if len(text) > limits.SOURCE_BYTES:
        report.error(
            f"this text has {len(text):,} characters; the limit is {limits.SOURCE_BYTES}", At(shown), LARGE, "too-large"
        )
        return None
    return _clean(text, shown, report, limits.SOURCE_LINES)


def _clean(text: str, shown: str, report: Report, most: Limit) -> str | None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    fine = True
    seen: set[str] = set()
    for match in FORBIDDEN.finditer(text):
        character = match.group()
        if character in seen:
            continue
        seen.add(character)
        start = text.rfind("\n", 0, match.start()) + 1
        at = At(shown, text.count("\n", 0, start) + 1, match.start() - start + 1)
        name = _NAMES.get(character, "control character" if character < "\xa0" else "character")
        report.error(
            f"there is a {name} (U+{ord(character):04X}) in the text", at, "delete it", code="control-character"
        )
        fine = report.lenient
    text = FORBIDDEN.sub("", text) if seen else text  # of a single file, they are left out with a warning
    if (found := text.count("\n") + 1) > most:
        report.error(f"this file has {found:,} lines; the limit is {most}", At(shown), LARGE, "too-large")
        fine = False
    if len(text) > limits.LINE:
        text = _PICTURE.sub(_named_alone, text)
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > limits.LINE:
                message = f"this line has {len(line):,} characters; the limit is {limits.LINE}"
                report.error(message, At(shown, number), "break it up", code="long-line")
                fine = False
    return text if fine else None


def _named_alone(found: re.Match[str]) -> str:
    """Return a picture that is written into the text without its bytes, unless it is too large."""
    return f"{found[1]}…" if len(found[2]) <= MOST_OF_PICTURE else found[0]


def split_front_matter(text: str) -> tuple[str | None, str]:
    """Return the YAML between the first line ``---`` and the next, and the text with those lines emptied.

    The YAML is ``None`` if it is never closed. A first line ``---`` before an empty line is a slide break.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---" or len(lines) < 2 or not lines[1].strip():
        return "", text
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in {"---", "..."}:
            return "\n".join(lines[1:number]), "\n" * (number + 1) + "\n".join(lines[number + 1 :])
    return None, "\n" + "\n".join(lines[1:])


def scalars(front: str) -> dict[str, str]:
    """Return the texts of front matter, by their keys."""
    return {key: value.strip().strip("\"'") for key, value in _SCALAR.findall(front)}
