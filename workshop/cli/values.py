"""Readers of option values; each raises ``ValueError`` with what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path

from workshop import limits
from workshop.errors import did_you_mean
from workshop.inputs.door import font_fault, nearest
from workshop.model.numbers import decimal
from workshop.plugins.registry import standard_registry

ALL = "all"
A_DAY = 24 * 60
HOURS = re.compile(r"(\d+(?:\.\d+)?) ?(?:h|hours?|:) ?(\d\d?)?(?: ?min)?")
MINUTES = re.compile(r" ?(min|minutes?)$")
NAME_COLUMN = "name"
NAME_COLUMNS = (
    NAME_COLUMN,
    "names",
    "full name",
    "fullname",
    "participant",
    "person",
    "student",
    "pupil",
    "first name",
    "firstname",
)
LAST_NAMES = ("last name", "lastname", "surname", "family name")
MOST_NAMES = 2000
NO_NAME = re.compile(r"[@;\t]|://")  # an address, or a row that wasn't split into columns
THEME_FILES = (".yaml", ".yml")
TEMPLATES = (".pptx", ".potx", ".ppsx")
BOLD = " bold"
ADDRESS = re.compile(r"https?://[^\s\"'<>]{3,}")
Pairs = dict[tuple[str, str], str]


def listed(text: str) -> tuple[str, ...]:
    """Split names at commas.

    >>> listed("2, 7,")
    ('2', '7')
    """
    return tuple(name for part in text.split(",") if (name := part.strip()))


def address(text: str) -> str:
    """Return the address of a web page.

    >>> address("https://garden.example/7")
    'https://garden.example/7'
    """
    if text and not ADDRESS.fullmatch(text):
        raise ValueError(f"'{text}' isn't the address of a page; write one such as https://garden.example/7")
    if len(text) > limits.ADDRESS:
        raise ValueError(
            f"the address has {len(text)} characters; at most {int(limits.ADDRESS)} fit into a code that can be read"
        )
    return text


def knobs(values: Sequence[str]) -> Pairs:
    """Return ``DEMO.KNOB=VALUE`` as (demo, knob) -> value; the demo is "" if none is named."""
    return _pairs(values, "trigram.rounds=2")


def own_data(values: Sequence[str]) -> dict[tuple[str, str], Path]:
    """Return ``DEMO.SLOT=PATH`` as (demo, slot) -> path; the demo is "" if none is named."""
    return {key: Path(value) for key, value in _pairs(values, "retrieval.library=my-notes/").items()}


def _pairs(values: Sequence[str], example: str) -> Pairs:
    found: Pairs = {}
    for text in values:
        name, equals, value = text.partition("=")
        owner, _, key = name.strip().rpartition(".")
        if not (equals and key and value) or name.strip().startswith("."):
            raise ValueError(f"'{text}' is not of the form DEMO.WHAT=VALUE, e.g. {example}")
        found[owner, key] = value.strip()
    return found


def variables(values: Sequence[str]) -> dict[str, str]:
    """Return ``NAME=TEXT`` as name -> text."""
    found: dict[str, str] = {}
    for text in values:
        name, equals, value = text.partition("=")
        if not equals or not name.strip().isidentifier():
            raise ValueError(f"'{text}' is not of the form NAME=TEXT, e.g. client=\"ACME\"")
        found[name.strip()] = value.strip()
    return found


def overlays(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Return the folders of overlays, if all of them exist."""
    for path in folders:
        if path.is_file():
            raise ValueError(f"'{path}' is a file; name its folder: --overlay {path.parent}")
        if not path.is_dir():
            raise ValueError(f"there is no folder '{path}'; {nearest(path)}")
    return tuple(folders)


def slot(text: str | None) -> float | None:
    """Return a slot in minutes, 0 for "all" and ``None`` if nothing is given.

    >>> slot("45"), slot("3h"), slot("1h30"), slot("1:30"), slot("90 min")
    (45.0, 180.0, 90.0, 90.0, 90.0)
    """
    if text is None or text in (ALL, "0"):
        return None if text is None else 0
    hours = HOURS.fullmatch(text.strip().lower())
    said = (hours[1], hours[2] or "0") if hours else ("0", MINUTES.sub("", text))
    whole, rest = (decimal(part) for part in said)
    minutes = 60 * whole + rest if whole is not None and rest is not None else 0
    if not 1 <= minutes <= A_DAY:
        raise ValueError(f"'{text}' isn't a number of minutes; write 45, 3h, or {ALL}")
    return minutes


def writers(text: str) -> tuple[str, ...]:
    """Return the names of writers, split at commas."""
    names = listed(text)
    for name in names:
        if name not in _known("writer"):
            raise ValueError(f"'{name}'; {did_you_mean(name, _known('writer'))}")
    return names


def theme(name: str) -> str:
    """Return the name of a theme or theme file, if it exists."""
    if name and name not in _known("theme"):
        kind = Path(name).suffix.lower()
        if kind in TEMPLATES:
            raise ValueError(f"'{name}' is a presentation; use --template {name}")
        if kind not in THEME_FILES:
            raise ValueError(f"'{name}'; {did_you_mean(name, _known('theme'))}")
        if not Path(name).is_file():
            raise ValueError(f"there is no file '{name}'")
    return name


@cache
def _known(kind: str) -> tuple[str, ...]:
    """Return the registered names of a kind; looking for plugins takes milliseconds, and a table has thousands of rows."""
    return tuple(standard_registry().names(kind))


def font_files(values: Sequence[str]) -> dict[tuple[str, bool], Path]:
    """Return ``NAME=FILE`` as (family, bold) -> file."""
    found: dict[tuple[str, bool], Path] = {}
    for text in values:
        name, equals, file = text.partition("=")
        reason = font_fault(Path(file)) if equals else 'write NAME=FILE, e.g. "Corporate Sans=corporate.ttf"'
        if reason or not name.strip():
            raise ValueError(f"'{text}': {reason}")
        family = name.strip()
        bold = family.lower().endswith(BOLD)
        found[family[: -len(BOLD)] if bold else family, bold] = Path(file)
    return found


def names(file: Path | None) -> tuple[str, ...]:
    """Return the names in a file: one per line, or the column ``name`` of a CSV file."""
    if file is None:
        return ()
    from workshop import limits
    from workshop.inputs.csv_text import TableError, read_cells
    from workshop.inputs.door import read_text

    try:
        rows = [row for _, row in read_cells(read_text(file, limits.CSV_BYTES))]
    except (OSError, TableError) as error:
        why = getattr(error, "strerror", None) or error
        raise ValueError(f"{file} cannot be read: {why}; save it as CSV in UTF-8") from None
    found = tuple(name for cells in _name_cells(rows, file) if (name := " ".join(" ".join(cells).split())))
    if odd := next((name for name in found if NO_NAME.search(name)), ""):
        raise ValueError(f"{file}: {odd!r} isn't a name to print; is '{NAME_COLUMN}' the right column?")
    if not found or len(found) > MOST_NAMES:
        raise ValueError(f"{file} holds {len(found)} names; from 1 to {MOST_NAMES} can be printed")
    return found


def day(text: str) -> str:
    """Return a date as it is printed, today's if none is given.

    >>> day("2026-03-09")
    '2026-03-09'
    """
    if not text:
        return datetime.now().astimezone().date().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is not a date; write it as 2026-03-09") from None


def _name_cells(rows: Sequence[list[str]], file: Path) -> Iterator[list[str]]:
    """Yield the cells of each row that make up a name: one column, or a first and a last name."""
    head = [" ".join(cell.lower().replace("_", " ").replace("-", " ").split()) for cell in rows[0]] if rows else []
    place = next((head.index(name) for name in NAME_COLUMNS if name in head), -1)
    last = next((head.index(name) for name in LAST_NAMES if name in head), -1)
    if place < 0 and any(len(row) > 1 for row in rows):
        raise ValueError(f"{file} has no column '{NAME_COLUMN}'; name it in the first line")
    both = head[place] in ("first name", "firstname") and last >= 0 if place >= 0 else False
    for row in rows[1:] if place >= 0 else rows:
        cells = [*row, *[""] * len(head)]
        yield [cells[max(place, 0)], cells[last] if both else ""]
