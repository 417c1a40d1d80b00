"""What taking an adoption or one edit back makes of files: as before, but for what was done to them since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

import msgspec
from msgspec import Struct, field

from workshop.addons.back.log import Adoption, Entry, Versions, number_of
from workshop.content.edits import merged_lines


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
    if entry.place and start >= 0 and first >= 0:  # it is back where it was
        after = next((k for k in range(end, len(now)) if now[k].strip()), len(now))
        rest = [*now[:start], *now[after:]]
        found = _put_back(was, rest, first, last)
    elif start >= 0:
        if first < 0:  # it wasn't there before; neither was the empty line after it
            end += end < len(now) and not now[end].strip()
        found = [*now[:start], *was[max(first, 0) : max(last, 0)], *now[end:]]
    elif first >= 0:
        found = _put_back(was, now, first, last)
    else:
        found = now
    text = "".join(found)
    if entry.file.endswith(".md"):
        text = text.rstrip("\n") + "\n" if text.strip() else ""
    bare = all(line.startswith("#") for line in text.splitlines() if line) and bool(number_of(entry.now))
    return None if both.was is None and (bare or not text) else text


def _put_back(was: Sequence[str], now: Sequence[str], first: int, last: int) -> list[str]:
    """Return lines with a part of others where it was among them."""
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    at = next((c for _, a, b, c, _ in matcher.get_opcodes() if a <= first < b), len(now))
    at = next((k for k in range(at, len(now)) if now[k].strip()), len(now))
    return [*now[:at], *was[first:last], *([] if was[last - 1 : last] == ["\n"] else ["\n"]), *now[at:]]


def _place(lines: Sequence[str], part: str) -> tuple[int, int]:
    """Return the first line of a part, and the one after its last; (-1, -1) if it isn't there."""
    wanted = part.strip("\n").split("\n") if part.strip() else []
    bare = [line.rstrip("\n") for line in lines]
    found = (k for k in range(len(bare)) if wanted and bare[k : k + len(wanted)] == wanted)
    start = next(found, -1)
    return (start, start + len(wanted)) if start >= 0 else (-1, -1)
