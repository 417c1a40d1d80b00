"""The words of a talk: they change in the talk's own file, and the workshop's folder keeps what a slide said before."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from workshop import limits
from workshop.addons.studio.form import refused
from workshop.inputs.door import read_bytes
from workshop.inputs.inside import Inside

BEFORE = "words/before.json"  # what slides of a talk said before they were changed
MARK = "\ufeff"  # of byte order
ENDS = re.compile(r"(\r\n|\n|\r)")
CHANGED, AGAIN = "the talk was changed meanwhile", "open the words of this slide again"


class Passage(Struct, frozen=True):
    """The lines of a talk's file that are one slide.

    Attributes:
        line: the first of them, from 1.
        text: all of them.
    """

    line: int
    text: str


class _Change(Struct, frozen=True):
    slide: str
    was: str
    now: str


class Talk:
    """The file of a talk, and what its slides said before.

    Args:
        inside: the workshop's folder.
        name: the path of the talk: below that folder, or a full path elsewhere that this workshop may use.
    """

    def __init__(self, inside: Inside, name: str) -> None:
        self._inside, self._name = inside, name

    def is_changed(self, text: str) -> bool:
        """Whether a slide says something else than before it was changed."""
        return any(one.now == text != one.was for one in self._changes())

    def change(self, slide: str, passage: Passage, new: str) -> None:
        """Put other lines in place of a slide's, and keep what was there first.

        Raises:
            WorkshopError: if the file has other lines there, or can't be written.
        """
        changes = self._changes()
        first = next((one.was for one in changes if one.now == passage.text), passage.text)
        kept = [
            one for one in changes if one.was != first or one.now == passage.text
        ]  # that one, until the file is written
        try:
            found = self._read()
            written = with_lines(found, passage, new)
            self._keep([*kept, _Change(slide, first, new)] if new != first else kept)
            self._write(written)
        except OSError as error:
            raise refused(
                f"the words can't be kept: {error.strerror}", "see whether the file is write-protected"
            ) from error

    def put_back(self, slide: str, text: str) -> None:
        """Have a slide say again what it said before it was changed.

        Args:
            slide: its name when it was changed last, by which it is found if it has another one by now.
            text: what it says now; "" if that isn't known.

        Raises:
            WorkshopError: if it is no longer there, or the file can't be written.
        """
        changes = [one for one in self._changes() if one.now == text or (not text and one.slide == slide)]
        if not changes:
            return
        change = changes[-1]
        try:
            found = self._read()
            self._write(with_lines(found, Passage(_line_of(found, change.now), change.now), change.was))
            self._keep([one for one in self._changes() if one.was != change.was])
        except OSError as error:
            raise refused(f"the words can't be put back: {error.strerror}") from error

    def _read(self) -> str:
        if Path(self._name).is_absolute():
            content = read_bytes(Path(self._name), limits.SOURCE_BYTES)
        else:
            content = self._inside.read(self._name, int(limits.SOURCE_BYTES))
        try:
            return content.decode()
        except UnicodeDecodeError:
            raise refused(CHANGED, AGAIN) from None

    def _write(self, text: str) -> None:
        """Write the file, whole or not at all; one elsewhere keeps its permissions, and a link to it stays one."""
        if not Path(self._name).is_absolute():
            self._inside.write(self._name, text.encode())
            return
        path = Path(self._name).resolve()
        half = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            half.write_bytes(text.encode())
            half.chmod(path.stat().st_mode & 0o777)
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)

    def _changes(self) -> list[_Change]:
        with suppress(OSError, msgspec.MsgspecError):
            return msgspec.json.decode(self._inside.read(BEFORE, 2 * int(limits.SOURCE_BYTES)), type=list[_Change])
        return []

    def _keep(self, changes: list[_Change]) -> None:
        self._inside.write(BEFORE, msgspec.json.format(msgspec.json.encode(changes), indent=1))


def with_lines(text: str, passage: Passage, new: str) -> str:
    """Return a file's text with other lines in place of a passage; its line ends and its byte order mark stay.

    Raises:
        WorkshopError: if the passage isn't there.
    """
    bare = text.removeprefix(MARK)
    mark, pieces = text[: len(text) - len(bare)], ENDS.split(bare)  # line, end, line, end, … line
    old = passage.text.splitlines()
    begin, end = 2 * (passage.line - 1), 2 * (passage.line - 1 + len(old)) - 1
    if [line.rstrip() for line in pieces[begin:end:2]] != [line.rstrip() for line in old]:
        raise refused(CHANGED, AGAIN)
    usual = pieces[1] if len(pieces) > 1 else "\n"
    return mark + "".join((*pieces[:begin], usual.join(new.splitlines()), *pieces[end:]))


def _line_of(text: str, passage: str) -> int:
    """Return the line, from 1, at which a passage begins; 1 if it is nowhere."""
    lines = [line.rstrip() for line in ENDS.split(text.removeprefix(MARK))[::2]]
    own = [line.rstrip() for line in passage.splitlines()]
    return next((n + 1 for n in range(len(lines)) if lines[n : n + len(own)] == own), 1)
