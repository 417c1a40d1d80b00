"""``workshop adopt``: an edited deck is compared with the deck as it was built, and its edits become an overlay that is proved."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workshop import steps
from workshop.addons.back.compare import OF_DECK, OF_LOOKS, Compared, compare
from workshop.addons.back.draft import Draft, Edits, Tried, seen_from
from workshop.addons.back.log import Adoption, Entry, Versions, number_of, written_log
from workshop.addons.back.match import match
from workshop.addons.back.overlay import REPORT_FILE, Overlay, clean, read_overlay
from workshop.addons.back.prove import ELSEWHERE, STOPS, UNSEEN, added, at_fault, residue, unlike, unproved, unrepeated
from workshop.addons.back.seen import Seen, seen
from workshop.addons.back.taken import Taken, shape_of, spot
from workshop.addons.back.talk_file import talk_overlay
from workshop.build import laid_out, prepare, stop
from workshop.content.adopted_texts import KEPT_FILE
from workshop.content.cross_checks import sees
from workshop.content.from_pptx import slide_words
from workshop.content.slide_edits import LOG, MEDIA
from workshop.content.text_lines import slide_texts
from workshop.errors import ExitCode, Problem, WorkshopError, errors_in
from workshop.files.bases import Base
from workshop.files.deck_file import Deck, read_deck
from workshop.files.journal import change, turn
from workshop.files.operations import Operation
from workshop.files.package_file import read_package
from workshop.files.slide_files import slide_files
from workshop.files.temporary import temporary_folder
from workshop.files.unchanged import Reads
from workshop.layout.laid import LaidOut
from workshop.model.request import Request
from workshop.plugins.registry import Registry, standard_registry
from workshop.render.office import find_office, resaved

MOST = 5  # builds that prove an overlay; two, if all is as the first one shows
PLACED = {*OF_DECK} - {"new"}  # kinds of changes that concern only a slide's place
UNPROVED = "the options of its build can't be repeated"
LEAST = 0.5  # share of the slides that must be found again


class Source(Struct, frozen=True, kw_only=True):
    """How the deck was built.

    Attributes:
        path: the kit or the talk.
        request: its options; ``None`` if they can't be repeated.
        builtin: the built-in kit.
        registry: everything that is registered.
    """

    path: Path
    request: Request | None
    builtin: Path
    registry: Registry


def built_now(path: Path, builtin: Path) -> Base:
    """Return a new build of a kit or talk as the base of a deck whose own base is gone."""
    registry = standard_registry()
    loaded = steps.load(path, Request(), registry, builtin)
    laid, problems = laid_out(loaded)
    stop(problems)
    record = steps.recorded(loaded, laid, Path.cwd())
    return Base(_deck(laid, registry), replace(record, typed=(path.as_posix(),), back=""))


def _deck(laid: LaidOut, registry: Registry) -> bytes:
    written: bytes = registry.get("writer", "deck").render(laid)
    return written


def _sources(source: Source, audience: str) -> dict[str, str]:
    """Return id -> source of each slide of a kit as it is now for an audience, with its overlays; nothing if it can't be read."""
    if source.request is None:
        return {}
    try:
        content = steps.load(source.path, source.request, source.registry, source.builtin).content
    except WorkshopError:
        return {}
    slides = [slide for stage in content.stages for slide in stage.slides if sees(slide.attrs, audience)]
    places = {slide.id: slide.at for slide in reversed(slides)}
    return {name: one.text for name, one in slide_texts(places, content.root, headed=True).items()}


def compared(deck: Path, new: Deck, base: Base) -> tuple[Deck, Compared, Seen | None]:
    """Compare a deck with the deck as it was built: slides, and everything on them, unless LibreOffice wrote it anew.

    Raises:
        WorkshopError: exit code 2 if it is another deck.
    """
    old = read_deck(base.deck, deck.name)
    saves = _saves(base.deck, deck.name) if new.by_libreoffice and not old.by_libreoffice and find_office() else ()
    texts = base.record.slides if base.record else {}
    everything = None if new.by_libreoffice else seen(base.deck, deck, match(old, new))
    fixed, slides = {name for name, one in texts.items() if not one.text}, everything.slides if everything else None
    found = compare(old, new, next(iter(saves), None), fixed, slides)
    for again in saves if any({*one.kinds} & {*OF_LOOKS} for one in found.changes) else ():
        found = min(found, compare(old, new, again, fixed, slides), key=_amount)
    if len(found.matched.pairs) < LEAST * len(old.slides):
        few = f"only {len(found.matched.pairs)} of {len(old.slides)} slides of the deck as it was built are in {deck.name}"
        hint = f"if it is another deck, make a talk of it: workshop new FILE.md --from {deck.name}"
        raise WorkshopError(Problem(few, hint=hint, code="adopt"), ExitCode.USAGE)
    return old, found, everything


def _saves(blob: bytes, name: str) -> Iterator[Deck]:
    """Yield a deck after LibreOffice saved it once, and twice: a second save still changes some looks."""
    for _ in range(2):
        blob = resaved(blob)
        yield read_deck(blob, name)


def _amount(found: Compared) -> int:
    return sum(len(change.kinds) for change in found.changes)


def edits_of(
    deck: Path,
    new: Deck,
    base: Base,
    old: Deck,
    found: Compared,
    everything: Seen | None,
    source: Source,
    *,
    prefer_deck: bool = False,
) -> Edits:
    """Return what was done to a deck, with the sources that it was made from."""
    record, blob = base.record, deck.read_bytes()
    package, fresh = read_package(blob, deck.name), {slide.number for slide in found.matched.new}
    added = {one.number: slide_words(package, one, "slide") for one in slide_files(package) if one.number in fresh}
    return Edits(
        old=old,
        new=new,
        found=found,
        deck=blob,
        audience=record.audience if record and record.is_kit else "",
        texts=record.slides if record else {},
        now=_sources(source, record.audience if record else ""),
        added=added,
        resaved=new.by_libreoffice and bool(find_office()),
        is_kit=record.is_kit if record else True,
        seen=everything,
        path=deck,
        build=new.build or old.build,
        prefer_deck=prefer_deck,
    )


def drafted(edits: Edits, overlay: Overlay, source: Source, progress: Callable[[str], None]) -> Draft:
    """Return the overlay with the edits in it, proved by builds; what can't be proved is kept as the slide that it is, or not adopted."""
    tried = Tried()
    if source.request is None:
        names = [change.name for change in edits.found.changes]
        return Draft(edits, overlay, Tried(unplaced=dict.fromkeys(names, UNPROVED)))
    used = _used(source) if overlay.is_talk else ()
    for number in range(MOST):
        draft = Draft(edits, overlay, tried)
        progress(f"prove {number + 1}")
        if not _learned(tried, draft, _tried(draft, source, used)):
            return draft
    every = {change.name: STOPS for change in edits.found.changes}
    return Draft(edits, overlay, Tried(dropped=every, unplaced=every, forced=every))


def _learned(tried: Tried, draft: Draft, result: Result) -> bool:
    """Note what a build has shown about changes; return whether that is anything new."""
    bare = {change.name for change in draft.edits.found.changes if {*change.kinds} <= PLACED}  # only placed
    before = msgspec.json.encode(tried, enc_hook=str)
    for name, why in result.wrong.items():
        if name in bare or why in (ELSEWHERE, UNSEEN) or name in tried.dropped:
            tried.unplaced[name] = why
        elif name in tried.forced:
            tried.dropped[name] = why
        else:
            tried.forced[name] = why
    for name, ones in result.unmade.items():
        shapes = {shape_of(one) for one in ones} - {"", *tried.whole.get(name, ())}
        if shapes and name not in tried.added:
            tried.whole[name] = (*tried.whole.get(name, ()), *sorted(shapes))
        else:
            tried.lost[name] = tried.lost.get(name, frozenset()) | {*map(spot, ones)}
    tried.more |= {name: ones for name, ones in result.looks.items() if name not in {*tried.more, *result.wrong}}
    tried.added |= {name: own for name, own in result.added.items() if name not in {*tried.added, *result.wrong}}
    return msgspec.json.encode(tried, enc_hook=str) != before


def _used(source: Source) -> tuple[Path, ...]:
    """Return the files beside a talk that its build reads; the folder may hold anything else, too."""
    assert source.request is not None
    folder, reads = source.path.parent.resolve(), Reads()
    with suppress(WorkshopError):  # what is wrong with it is told when the edits are tried
        prepare(source.path, source.request, source.registry, base=source.builtin)
    files = {*reads.below(folder)}
    return tuple(path.relative_to(folder) for path in sorted(files) if path.is_file())


class Result(Struct, frozen=True, kw_only=True):
    """What a build has shown, by the names of changes.

    Attributes:
        wrong: why words or places aren't as somebody made them.
        unmade: what should be repeated, and isn't.
        looks: how words look that the source says, but not how they look.
        added: what new slides have that their sources don't say.
    """

    wrong: Mapping[str, str]
    unmade: Mapping[str, tuple[Operation, ...]] = {}
    looks: Mapping[str, tuple[Operation, ...]] = {}
    added: Mapping[str, Taken] = {}


def _tried(draft: Draft, source: Source, used: Iterable[Path]) -> Result:
    """Build with an overlay as it would be, and return what that shows.

    Args:
        used: the files that a talk needs beside it.
    """
    assert source.request is not None
    with temporary_folder("adopt") as folder:
        own = folder / (draft.overlay.folder.name or "overlay")
        for path in used:
            (own / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source.path.parent / path, own / path)
        if not draft.overlay.is_talk and draft.overlay.folder.is_dir():
            _copied(draft.overlay.folder, own)
        own.mkdir(exist_ok=True)
        listed = {name: content for name, content in draft.overlay.before.items() if "/" in name}
        for name, content in (listed | draft.overlay.files()[0]).items():
            (own / name).parent.mkdir(parents=True, exist_ok=True)
            (own / name).write_bytes(content)
        path = own / draft.overlay.words if draft.overlay.is_talk else source.path
        request = source.request if draft.overlay.is_talk else with_overlay(source.request, draft.overlay.folder, own)
        try:
            laid, problems = prepare(path, request, source.registry, base=source.builtin)
            errors = errors_in(problems)
        except WorkshopError as error:
            errors = errors_in(error.problems) or error.problems
        if errors:
            return Result(wrong=at_fault(draft, errors))
        made = _deck(laid, source.registry)
        deck = read_deck(made)
        wrong, left = unproved(draft, deck), residue(draft, made, deck)
        if left is None:
            return Result(wrong=wrong)
        return Result(wrong=wrong, unmade=unrepeated(draft, left), looks=unlike(draft, left), added=added(draft, left))


def _copied(folder: Path, own: Path) -> None:
    """Copy what is in an overlay, but not its rights: a folder that may only be read is tried, too."""
    for name, _, files in os.walk(folder, followlinks=True):
        place = own / Path(name).relative_to(folder)
        place.mkdir()
        for file in files:
            if file != KEPT_FILE:  # it would stop the build
                shutil.copyfile(Path(name, file), place / file)


def with_overlay(request: Request, folder: Path, own: Path) -> Request:
    """Return a request with an overlay, in the place of the folder that it will be in, or over all others."""
    kept = [one for one in request.overlays if one.resolve() != folder.resolve()]
    place = next((k for k, one in enumerate(request.overlays) if one.resolve() == folder.resolve()), len(kept))
    return replace(request, overlays=(*kept[:place], own, *kept[place:]))


def overlay_for(source: Source, base: Base, folder: Path) -> Overlay:
    """Return what the edits go into, as it is now."""
    if base.record is None or base.record.is_kit:
        return read_overlay(folder)
    request = source.request or Request()
    content = steps.load(source.path, request, source.registry, source.builtin).content
    places = {slide.id: slide.at.line for stage in reversed(content.stages) for slide in reversed(stage.slides)}
    return talk_overlay(source.path, places, base.record.slides)


def write(
    draft: Draft,
    lines: Iterable[str],
    entry: Callable[[Mapping[str, bytes | None]], Adoption] | None = None,
) -> tuple[Path, ...]:
    """Write an overlay in one step, and return the files that it changed.

    Args:
        entry: returns what the log says of files that are written, or removed if they have no content; ``None`` to write no log.
    """
    folder = draft.overlay.folder
    files, spare = draft.overlay.files()
    if files and not draft.overlay.is_talk:
        files[REPORT_FILE] = ("```\n" + "\n".join(lines) + "\n```\n").encode()
    if not files and not spare:
        return ()
    with turn(folder):
        more = {}
        if entry is not None:
            adopted = entry({**files, **dict.fromkeys(spare)})
            more = {f"{draft.overlay.own}/{LOG}": written_log((*draft.overlay.log, adopted))}
        change(folder, {**files, **more}, spare)
    return tuple(folder / name for name in files)


def adoption_of(draft: Draft, deck: Path, build: str, files: Mapping[str, bytes | None]) -> Adoption:
    """Return what the log says of an adoption.

    Args:
        build: id of the build that was edited.
        files: name of each file that it writes -> its content; ``None`` if it removes it.
    """
    overlay, before = draft.overlay, draft.before
    media = tuple(name for name in files if name.startswith(f"{overlay.own}/{MEDIA}/") or name.endswith(".pptx"))
    versions = {
        name: Versions(was=_text_in(overlay.folder / name), now=None if now is None else clean(now))
        for name, now in files.items()
        if name not in media
    }
    entries = [*_lines_of(draft)]
    number = overlay.highest
    for outcome in {one.key: one for one in draft.outcomes if one.key}.values():
        key = outcome.key
        was, now, place = before.text(key), overlay.text(key), overlay.placed.get(key, "")
        if was == now and not place:
            continue
        number += 1
        file = next((one.file for one in (*overlay.chunks, *before.chunks) if one.key == key), overlay.words)
        slide, _, audience = key.partition("@")
        deck_has = draft.theirs.get(key)
        entries.append(
            Entry(
                edit=number,
                slide=slide,
                audience=audience,
                what=", ".join(outcome.change.kinds),
                file=file,
                was=was,
                now=now,
                deck=None if deck_has in (None, now) else deck_has,
                place=place,
            )
        )
    return Adoption(
        deck=seen_from(overlay.folder, deck), build=build, edits=tuple(entries), files=versions, media=media
    )


def _lines_of(draft: Draft) -> Iterator[Entry]:
    """Yield what the log says of the new lines of edits."""
    kinds = {one.change.id: ", ".join(one.change.kinds) for one in draft.outcomes}
    for name, own in draft.overlay.lines.items():
        known = set(draft.before.lines.get(name, ()))
        slide = name.rpartition("/")[2].removesuffix(".yaml")
        for line in own:
            if number_of(line) and line not in known:
                yield Entry(edit=number_of(line), slide=slide, what=kinds.get(slide, ""), file=name, now=line)


def _text_in(path: Path) -> str | None:
    return clean(path.read_bytes()) if path.is_file() else None
