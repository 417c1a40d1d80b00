"""Questions in the formats of learning platforms, and the companion page as a SCORM package, written from templates/."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workshop.addons.export.questions import Item

TEMPLATES = Path(__file__).with_name("templates")
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_NOT_IN_IDENTIFIERS = re.compile(r"[^\w.-]", re.ASCII)
_SIGNS_OF_GIFT = re.compile(r"([~=#{}:\\])")


def moodle(title: str, items: Sequence[Item]) -> bytes:
    """Return Moodle XML: a category for each bank."""
    return _filled("moodle.xml", title=title, banks=_banks(items))


def gift(title: str, items: Sequence[Item]) -> bytes:
    """Return GIFT: feedback follows each answer, and a number has its tolerance."""
    return _filled("questions.gift", title=title, banks=_banks(items))


def qti(_: str, items: Sequence[Item]) -> bytes:
    """Return a package of QTI 2.1 items; each wrong answer has its feedback."""
    files = {f"items/{identifier(item.key)}.xml": _filled("item.xml", item=item) for item in items}
    return packed({"imsmanifest.xml": _filled("qti-manifest.xml", items=items), **files})


def scorm(title: str, page: bytes) -> bytes:
    """Return the companion page as a package: a page around it tells the platform how many bets are placed and won."""
    manifest, launch = _filled("scorm-manifest.xml", title=title), (TEMPLATES / "launch.html").read_bytes()
    return packed({"imsmanifest.xml": manifest, "index.html": launch, "explore.html": page})


FORMATS: Mapping[str, tuple[str, Callable[[str, Sequence[Item]], bytes]]] = {
    "moodle": ("questions.xml", moodle),
    "gift": ("questions.gift", gift),
    "qti": ("questions-qti.zip", qti),
}


def identifier(key: str) -> str:
    """Return a key as an identifier, which begins with a letter.

    >>> identifier("S2-00P, next word")
    'i-S2-00P--next-word'
    """
    return f"i-{_NOT_IN_IDENTIFIERS.sub('-', key)}"


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip archive whose bytes don't depend on the clock."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            archive.writestr(entry, content)
    return buffer.getvalue()


def _banks(items: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    by_bank = attrgetter("bank")
    return [(bank, list(some)) for bank, some in groupby(sorted(items, key=by_bank), by_bank)]


def _path(title: str, bank: str) -> str:
    """Return the path of a category; a stroke in a name is written twice."""
    return "/".join(("$course$/top", *(part.replace("/", "//") for part in (title, bank) if part)))


def _for_gift(text: str) -> str:
    return _SIGNS_OF_GIFT.sub(r"\\\1", text).replace("\n", " ")


def _filled(name: str, **values: Any) -> bytes:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=name.endswith(".xml"),
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters |= {"gift": _for_gift, "identifier": identifier}
    return environment.get_template(name).render(**values, path=_path).encode()
