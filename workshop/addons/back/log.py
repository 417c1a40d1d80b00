"""``edits/log.yaml``: what each adoption changed, so that it can be listed and taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import msgspec
from msgspec import Struct, field

from workshop import limits
from workshop.content.edits import merged_lines
from workshop.content.kit_files import is_inside, read_yaml
from workshop.content.slide_edits import LOG
from workshop.errors import At, Report

HEAD = "# Written by workshop adopt: what each adoption changed. workshop adopt FOLDER --undo takes the last one back."
NEWEST = 20  # adoptions that can be taken back
NUMBER = re.compile(r"^- \{edit: (\d+)[,}]")


class Entry(Struct, frozen=True, kw_only=True):
    """One edit that was adopted.

    Attributes:
        edit: its number.
        slide: id of its slide.
        what: what was changed.
        file: name of the file that says it.
        was, now: the slide's source before and after, or "" and the edit's line.
    """

    edit: int
    slide: str
    what: str = ""
    file: str = ""
    was: str = ""
    now: str = ""


class Versions(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file before and after an adoption; ``None`` where there was none."""

    was: str | None = None
    now: str | None = None


class Adoption(Struct, frozen=True, kw_only=True):
    """What was adopted from one deck.

    Attributes:
        deck: path of the deck from the folder of the overlay or of the talk.
        build: id of the build that was edited.
        edits: the edits.
        files: name of each text file that it changed -> the file before and after.
        media: names of the pictures that it brought.
    """

    deck: str = ""
    build: str = ""
    edits: tuple[Entry, ...] = ()
    files: Mapping[str, Versions] = field(default_factory=dict)
    media: tuple[str, ...] = ()


def read_log(folder: Path, own: str, report: Report) -> tuple[Adoption, ...]:
    """Return the adoptions of an overlay or a talk, in their order; a log that can't be read is reported.

    Args:
        own: name of the folder of edits.
    """
    path = folder / own / LOG
    if not path.exists() or not is_inside(path, folder, report):
        return ()
    tree = read_yaml(path, report, [])
    try:
        return msgspec.convert(tree.value, tuple[Adoption, ...], strict=False) if tree and tree.value else ()
    except msgspec.ValidationError as error:
        hint = "take the file out: then earlier adoptions can't be taken back any more"
        report.error(f"this file can't be read: {error}", At(path.as_posix()), hint, "edit")
        return ()


def written_log(adoptions: Sequence[Adoption]) -> bytes:
    """Return the file that has some adoptions; the oldest ones go if there are too many, or too much text."""
    texts = [_written(one) for one in adoptions[-NEWEST:]]
    while len(texts) > 1 and sum(len(text.encode()) for text in texts) > limits.SOURCE_BYTES // 2:
        del texts[0]
    return "\n".join((HEAD, *texts, "")).encode()


def _written(one: Adoption) -> str:
    def said(value: Struct) -> str:
        return json.dumps(msgspec.to_builtins(value), ensure_ascii=False)

    lines = [f"- deck: {json.dumps(one.deck, ensure_ascii=False)}", f"  build: {json.dumps(one.build)}"]
    lines += ["  edits:", *(f"  - {said(entry)}" for entry in one.edits)] if one.edits else []
    lines += ["  files:", *(f"    {json.dumps(name)}: {said(both)}" for name, both in one.files.items())] if one.files else []  # fmt: skip
    lines += [f"  media: {json.dumps(one.media)}"] if one.media else []
    return "\n".join(lines)


def logged(line: str, adoptions: Iterable[Adoption], build: str) -> bool:
    """Whether a line is one that an adoption of the same build wrote."""
    return any(entry.now == line for one in adoptions if one.build == build for entry in one.edits)


def number_of(line: str) -> int:
    """Return the number of an edit's line; 0 if it has none.

    >>> number_of('- {edit: 12, shape: "Box"}')
    12
    """
    found = NUMBER.match(line)
    return int(found[1]) if found else 0


# ---------------------------------------------------------------- taken back
class Back(Struct, kw_only=True):
    """What taking something back makes of files.

    Attributes:
        write: name -> text.
        remove: names of files.
        told: what was changed since, and stays.
    """

    write: dict[str, str] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def put(self, name: str, current: str | None, base: str | None, wanted: str | None) -> None:
        """Bring a file from what an adoption made of it to what is wanted; what was done to it since stays."""
        if current == base:
            if wanted is None:
                self.remove.append(name)
            else:
                self.write[name] = wanted
            return
        if current is None:
            self.told.append(f"{name} isn't there any more, so nothing in it is taken back")
            return
        found = merged_lines(base or "", wanted or "", current)
        known = (base or "").splitlines()
        new = [line for _, own in found.clashes for line in own.splitlines() if line not in known]
        self.told += [f"{name}: “{line}” was changed since, and stays" for line in new]
        if found.text == current:
            return
        if found.text.strip() or wanted is not None:
            self.write[name] = found.text
        else:
            self.remove.append(name)


def without_last(adoptions: Sequence[Adoption], now: Mapping[str, str | None]) -> tuple[Back, tuple[Adoption, ...]]:
    """Take the last adoption back.

    Args:
        now: name of each of its files -> the text that it has now; ``None`` if it isn't there.
    """
    *earlier, last = adoptions
    back = Back()
    for name, both in last.files.items():
        back.put(name, now.get(name), both.now, both.was)
    return back, tuple(earlier)


def without_edit(
    adoptions: Sequence[Adoption], number: int, now: Mapping[str, str | None]
) -> tuple[Back, tuple[Adoption, ...]]:
    """Take one edit back; the others stay.

    Raises:
        LookupError: if no adoption has it.
    """
    at, entry = next(((k, e) for k, one in enumerate(adoptions) for e in one.edits if e.edit == number), (0, None))
    if entry is None:
        raise LookupError(number)
    one, back = adoptions[at], Back()
    both = one.files.get(entry.file, Versions())
    back.put(entry.file, now.get(entry.file), both.now, _without(both, entry))
    left = msgspec.structs.replace(one, edits=tuple(other for other in one.edits if other is not entry))
    return back, (*adoptions[:at], left, *adoptions[at + 1 :])


def _without(both: Versions, entry: Entry) -> str | None:
    """Return a file as an adoption would have made it without one of its edits."""
    was, now = (text.splitlines(keepends=True) for text in (both.was or "", both.now or ""))
    (first, last), (start, end) = _place(was, entry.was), _place(now, entry.now)
    if start >= 0:
        if first < 0:  # it wasn't there before; neither was the empty line after it
            end += end < len(now) and not now[end].strip()
        found = [*now[:start], *was[max(first, 0) : max(last, 0)], *now[end:]]
    elif first >= 0:
        matcher = SequenceMatcher(None, was, now, autojunk=False)
        at = next((c for _, a, b, c, _ in matcher.get_opcodes() if a <= first < b), len(now))
        found = [*now[:at], *was[first:last], *([] if was[last - 1 : last] == ["\n"] else ["\n"]), *now[at:]]
    else:
        found = now
    text = "".join(found)
    if entry.file.endswith(".md"):
        text = text.rstrip("\n") + "\n" if text.strip() else ""
    bare = all(line.startswith("#") for line in text.splitlines() if line) and bool(number_of(entry.now))
    return None if both.was is None and (bare or not text) else text


def _place(lines: Sequence[str], part: str) -> tuple[int, int]:
    """Return the first line of a part, and the one after its last; (-1, -1) if it isn't there."""
    wanted = part.strip("\n").split("\n") if part.strip() else []
    bare = [line.rstrip("\n") for line in lines]
    found = (k for k in range(len(bare)) if wanted and bare[k : k + len(wanted)] == wanted)
    start = next(found, -1)
    return (start, start + len(wanted)) if start >= 0 else (-1, -1)


# ---------------------------------------------------------------- listed
def listing(adoptions: Sequence[Adoption], texts: Mapping[str, str | None], unmade: Mapping[str, str], build: str) -> Iterator[str]:  # fmt: skip
    """Yield a line for each edit: number, slide, what, the line that says it, and whether the last build has it.

    Args:
        texts: name of each file -> its text now.
        unmade: "file:line" -> why the last build didn't repeat it.
        build: where the last build is; "" if it isn't known.
    """
    entries = [entry for one in adoptions for entry in one.edits]
    wide = max((len(entry.slide) for entry in entries), default=0)
    for one in adoptions:
        yield f"from {one.deck}, build {one.build}: {len(one.edits)} edit{'s' * (len(one.edits) != 1)}"
        for entry in one.edits:
            lines = (texts.get(entry.file) or "").splitlines(keepends=True)
            first = next((line for line in entry.now.split("\n") if line.strip()), "")
            known = number_of(entry.now)
            at = next((k for k, line in enumerate(lines, 1) if (known and number_of(line) == known) or line.rstrip("\n") == first), 0)  # fmt: skip
            place = f"{entry.file}:{at}" if at else entry.file
            why = next((why for where, why in unmade.items() if at and where.endswith(f"/{place}")), "")
            state = "gone, or changed since" if entry.now and not at else f"not in the last build: {why}" if why else ""
            yield f"{entry.edit:>4}  {entry.slide:{wide}}  {entry.what}  {place}" + (f"  {state}" if state else "")
    yield f"the last build is in {build}" if build else "no build with these edits is beside the deck"
