"""``workshop adopt FOLDER --list`` and ``--undo``: the edits that an overlay or a talk has, and taking them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from workshop.addons.back.log import Adoption, number_of, read_log, written_log
from workshop.addons.back.overlay import REPORT_FILE, as_before, clean
from workshop.addons.back.undo import Back, without_edit, without_last
from workshop.content.slide_edits import EDITS, LOG, MEDIA, edits_folder
from workshop.errors import At, ExitCode, Problem, Report, WorkshopError
from workshop.files.bases import BASE, Record, read_base
from workshop.files.journal import change, turn

LAST = "last"


def place_of(target: Path) -> tuple[Path, str]:
    """Return the folder of an overlay, or of a talk, and the name of its folder of edits.

    Raises:
        WorkshopError: exit code 2 if there are no edits.
    """
    folder, name = (target, EDITS) if target.is_dir() else (target.parent, edits_folder(target).name)
    if not (folder / name / LOG).is_file():
        hint = "name the folder, or the talk, that workshop adopt wrote your edits into"
        said = f"{target.name} has no {name}/{LOG}, so nothing in it can be taken back"
        raise WorkshopError(Problem(said, At(target.as_posix()), hint=hint, code="adopt"), ExitCode.USAGE)
    return folder, name


def _read(folder: Path, own: str) -> tuple[Adoption, ...]:
    report = Report()
    found = read_log(folder, own, report)
    report.raise_if_errors()
    return found


def _texts(folder: Path, adoptions: Iterable[Adoption]) -> dict[str, str | None]:
    names = {name for one in adoptions for name in one.files}
    return {name: _text(folder / name) for name in sorted(names)}


def _text(path: Path) -> str | None:
    return clean(path.read_bytes()) if path.is_file() else None


def _written(path: Path, text: str) -> bytes:
    return as_before(text, path.read_bytes() if path.is_file() else b"")


def listed(target: Path) -> Iterator[str]:
    """Yield a line for each edit."""
    folder, own = place_of(target)
    adoptions = _read(folder, own)
    record, where = _last_build(folder, adoptions)
    yield from _lines(adoptions, _texts(folder, adoptions), record.unmade if record else {}, where)


def _lines(adoptions: Sequence[Adoption], texts: Mapping[str, str | None], unmade: Mapping[str, str], build: str) -> Iterator[str]:  # fmt: skip
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


def _last_build(folder: Path, adoptions: Iterable[Adoption]) -> tuple[Record | None, str]:
    """Return what is known of the newest build beside an adopted deck, and its folder."""
    outs = {(folder / one.deck).resolve().parent for one in adoptions}
    decks = [p for out in outs if out.is_dir() for p in out.iterdir() if BASE.fullmatch(p.name) and p.suffix == ".pptx"]
    for deck in sorted(decks, key=lambda path: (-path.stat().st_mtime_ns, path.name)):
        with suppress(OSError):
            if (record := read_base(deck).record) and any(folder.name in word for word in record.typed):
                return record, deck.parent.name
    return None, ""


def undone(target: Path, which: str) -> Iterator[str]:
    """Take back the last adoption, or one edit, and yield what was done.

    Args:
        which: ``LAST``, or the number of an edit.

    Raises:
        WorkshopError: exit code 2 if there is nothing such; then nothing is changed.
    """
    folder, own = place_of(target)
    with turn(folder):
        adoptions = _read(folder, own)
        texts = _texts(folder, adoptions)
        try:
            back, left = without_last(adoptions, texts) if which == LAST else without_edit(adoptions, int(which), texts)
        except (LookupError, ValueError):
            said = f"there is no edit {which!r} that could be taken back"
            hint = "adopt FOLDER --list shows the numbers"
            raise WorkshopError(Problem(said, At(target.as_posix()), hint=hint, code="adopt"), ExitCode.USAGE) from None
        spare = _unused(folder, adoptions, texts, back)
        log = f"{own}/{LOG}"
        left = tuple(one for one in left if one.edits or one is not left[-1])
        write = {name: _written(folder / name, text) for name, text in back.write.items()} | (
            {log: written_log(left)} if left else {}
        )
        change(folder, write, [*back.remove, *spare, *([] if left else [log])])
    yield from (f"{name}: as before" for name in (*back.write, *back.remove) if name != REPORT_FILE)
    yield from back.told


def _unused(folder: Path, adoptions: Iterable[Adoption], texts: Mapping[str, str | None], back: Back) -> list[str]:
    """Return the names of pictures that no edit names any more."""
    now = {name: text for name, text in {**texts, **back.write}.items() if text and name not in back.remove}
    said = "\n".join(filter(None, now.values()))
    brought = {name for one in adoptions for name in one.media if f"/{MEDIA}/" in name}
    return [name for name in sorted(brought) if Path(name).stem not in said and (folder / name).is_file()]
