"""Replace, insert and drop slides or exercises by id; a slide that both sides changed is merged line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.content.cross_checks import check_clashes, sees
from workshop.content.reading import Reading
from workshop.errors import At, Report
from workshop.layouts import traits
from workshop.model.markup import Attrs, Picture
from workshop.model.source import ExerciseSource, Move, Place, SheetSource, SlideSource, StageSource
from workshop.model.walk import every_node

# A slide with those that continue it, or one exercise
Group = tuple[Any, ...]
PRIORITIES = ("must", "core", "optional", "deep")
# What a replacement inherits unless it says otherwise
KEPT = {
    "slide": ("minutes", "teaches", "needs", "answers", "does", "bet", "again", "counts", "quiz", "task", "opens"),
    "exercise": ("minutes", "level", "teaches"),
}


class Laid(Struct):
    """A kit's slides and exercises while overlays are applied to them.

    Attributes:
        readings: those of all files; their links are checked afterwards.
        dropped: id of a slide or exercise -> where it was dropped.
        joined: id of each slide that was put next to another -> that slide, and whether it comes after it.
        moves: slides that are put elsewhere once a plan has chosen its slides.
        adopted: slides with edits that came home from PowerPoint, as "slide@audience".
    """

    stages: tuple[StageSource, ...]
    sheets: tuple[SheetSource, ...]
    readings: list[Reading]
    dropped: dict[str, At]
    joined: dict[str, Place] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    adopted: set[str] = field(default_factory=set)


class Edit(Struct, frozen=True, kw_only=True):
    """One change by an overlay.

    Attributes:
        attrs: those of the heading, without the ones that say where it goes.
        group: what is put there; empty if something is dropped.
        anchor: id that it goes ``after`` or before; "" to replace the element with the same id. A slide that the kit has is
            moved there, and replaced unless the heading is empty.
    """

    id: str
    attrs: Attrs
    at: At
    group: Group = ()
    anchor: str = ""
    after: bool = True
    drop: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but a heading without a title."""
        head = self.group[0] if len(self.group) == 1 else None
        return isinstance(head, SlideSource) and not (head.title or head.blocks or head.notes)


class Gone(Struct):
    """What overlays removed.

    Attributes:
        starts: where each removed group began.
        dropped: id -> where it was dropped for all audiences.
    """

    starts: list[At] = field(default_factory=list)
    dropped: dict[str, At] = field(default_factory=dict)


def grouped(slides: Sequence[SlideSource]) -> list[Group]:
    """Return each slide together with the slides without a heading that continue it."""
    found: list[Group] = []
    for slide in slides:
        if found and not slide.title:
            found[-1] = (*found[-1], slide)
        else:
            found.append((slide,))
    return found


def apply_edits(
    rows: list[list[Group]], edits: Sequence[Edit], audiences: Sequence[str], what: str, report: Report
) -> Gone:
    """Change ``rows``, one per section or sheet, in place: first replace, then insert, then drop.

    Args:
        audiences: ids of all audiences; ``for=`` on an edit limits it to some of them.
        what: "slide" or "exercise", for messages.
    """
    gone = Gone()
    check_clashes(f"{what}s", [(edit.id, (edit.attrs,), edit.at) for edit in edits], audiences, report)
    for edit in edits:
        if not edit.drop and not edit.anchor:
            _replace(rows, edit, audiences, what, gone, report)
    placed: dict[tuple[str, bool], set[str]] = {}
    for edit in edits:
        if edit.anchor:
            _insert(rows, edit, placed.setdefault((edit.anchor, edit.after), set()), what, report)
    for edit in edits:
        if edit.drop:
            _drop(rows, edit, audiences, what, gone, report)
    return gone


def _names(rows: list[list[Group]]) -> set[str]:
    return {group[0].id for row in rows for group in row}


def _missing(rows: list[list[Group]], name: str, edit: Edit, what: str, report: Report) -> None:
    from workshop.content.inline_reader import plain
    from workshop.content.split_slides import nearest

    parts = [group[0] for row in rows for group in row]
    new = name == edit.id and not edit.drop
    title = plain(edit.group[0].title) if new else ""
    hint = nearest(name, parts, title) if parts else f"the kit has no {what}s"
    if new:
        hint = f"{hint} a new one says where it goes, {{#{name} after=…}}".lstrip()
    report.error(f"the kit has no {what} named {name!r}", edit.at, hint, f"unknown-{what}")


def _replace(
    rows: list[list[Group]], edit: Edit, audiences: Sequence[str], what: str, gone: Gone, report: Report
) -> None:
    if edit.id not in _names(rows):
        _missing(rows, edit.id, edit, what, report)
        return
    taken = _seeing(edit.attrs, audiences)
    placed = False
    for row in rows:
        changed: list[Group] = []
        for group in row:
            left = _narrowed(group, audiences, taken) if group[0].id == edit.id else group
            if left is not group and not placed:
                changed.append((_inherited(edit.group[0], group[0], what), *edit.group[1:]))
                placed = True
            if left:
                changed.append(left)
            else:
                gone.starts.append(group[0].at)
        row[:] = changed
    if not placed:  # the kit shows that id only to other audiences
        row = next(row for row in rows if any(group[0].id == edit.id for group in row))
        last = max(i for i, group in enumerate(row) if group[0].id == edit.id)
        row.insert(last + 1, (_inherited(edit.group[0], row[last][0], what), *edit.group[1:]))


def _insert(rows: list[list[Group]], edit: Edit, placed: set[str], what: str, report: Report) -> None:
    """Put a group next to its anchor; groups with the same anchor keep the order of the file."""
    if edit.id in _names(rows):
        hint = "leave out after= and before= to replace it, or give yours another name"
        report.error(f"there is already {_an(what)} named {edit.id!r}", edit.at, hint, "duplicate-id")
        return
    if edit.anchor not in _names(rows):
        _missing(rows, edit.anchor, edit, what, report)
        return
    row = next(row for row in rows if any(group[0].id == edit.anchor for group in row))
    places = [i for i, group in enumerate(row) if group[0].id == edit.anchor]
    index = places[-1] + 1 if edit.after else places[0]
    while edit.after and index < len(row) and row[index][0].id in placed:
        index += 1
    row.insert(index, edit.group)
    placed.add(edit.id)


def _drop(rows: list[list[Group]], edit: Edit, audiences: Sequence[str], what: str, gone: Gone, report: Report) -> None:
    if edit.id not in _names(rows):
        _missing(rows, edit.id, edit, what, report)
        return
    taken = _seeing(edit.attrs, audiences)
    for row in rows:
        kept: list[Group] = []
        for group in row:
            left = _narrowed(group, audiences, taken) if group[0].id == edit.id else group
            if left:
                kept.append(left)
                continue
            gone.starts.append(group[0].at)
            asking = kept[-1][0] if kept else None
            if asking and "asks" in traits(asking.attrs.get("layout")) and _both(asking, group[0], audiences):
                report.warn(
                    f"the slide {asking.id!r} asks for a guess, and the answer {edit.id!r} is dropped",
                    edit.at,
                    f"drop {asking.id!r} too, or replace {edit.id!r}",
                    "dropped-answer",
                )
        if row and not kept:
            hint = "keep one of them, or build only some sections with --stage"
            report.error(f"no {what} is left beside {edit.id!r}", edit.at, hint, "empty")
        row[:] = kept
    if edit.id not in _names(rows):
        gone.dropped[edit.id] = edit.at


def drop_with(
    rows: list[list[Group]], slides: Sequence[Edit], tasks: Sequence[Edit], audiences: Sequence[str], report: Report
) -> Gone:
    """Drop the kit's slides that can't do without a dropped slide or exercise, and name them; change ``rows`` in place.

    Args:
        slides, tasks: all changes of the overlay; slides that it brings itself are left to other checks.
    """
    gone = Gone()
    own = {edit.id for edit in slides if not edit.drop}
    waiting = [(edit, "needs") for edit in slides if edit.drop] + [(edit, "shows") for edit in tasks if edit.drop]
    while waiting:
        edit, why = waiting.pop(0)
        lost = _seeing(edit.attrs, audiences)
        for slide in [group[0] for row in rows for group in row if group[0].id not in own]:
            seen = sorted(lost & _seeing(slide.attrs, audiences))
            if not seen or edit.id not in (slide.attrs.names("needs") if why == "needs" else _tasks_on(slide)):
                continue
            report.advise(
                f"the slide {slide.id!r} {why} {edit.id!r}, so it goes, too",
                edit.at,
                f"to keep it, write one of your own: ## Title {{#{slide.id}}}",
                "dropped",
            )
            attrs = Attrs(slide.id, (), (("for", ",".join(seen)),))
            waiting.append((Edit(id=slide.id, attrs=attrs, at=edit.at, drop=True), "needs"))
            _drop(rows, waiting[-1][0], audiences, "slide", gone, report)
    return gone


def _tasks_on(slide: SlideSource) -> frozenset[str]:
    """Return the exercises that a slide shows, whoever sees them."""
    found = (node.target.partition(":") for node in every_node(slide.blocks) if isinstance(node, Picture))
    return frozenset(name for scheme, _, name in found if scheme == "exercise")


def _both(one: Any, other: Any, audiences: Sequence[str]) -> bool:
    """Whether some audience sees both."""
    return any(sees(one.attrs, audience) and sees(other.attrs, audience) for audience in audiences)


def _an(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def _seeing(attrs: Attrs, audiences: Sequence[str]) -> frozenset[str]:
    return frozenset(audience for audience in audiences if sees(attrs, audience))


def _narrowed(group: Group, audiences: Sequence[str], taken: frozenset[str]) -> Group:
    """Return a group limited to the remaining audiences: unchanged if none is taken away, nothing if all are."""
    seen = [audience for audience in audiences if sees(group[0].attrs, audience)]
    left = [audience for audience in seen if audience not in taken]
    if left == seen:
        return group
    if not left:
        return ()
    pair = ("for", ",".join(left))
    return tuple(
        replace(part, attrs=replace(part.attrs, pairs=(*(p for p in part.attrs.pairs if p[0] != "for"), pair)))
        for part in group
    )


def _inherited(new: SlideSource | ExerciseSource, old: SlideSource | ExerciseSource, what: str) -> Any:
    """Return a replacement with the minutes, points, priority and notes of what it replaces, unless it has its own.

    A slide that is only a heading keeps the body, too, unless it asks for another layout.
    """
    kept: tuple[str, ...] = KEPT[what]
    said: dict[str, Any] = {}
    if isinstance(new, SlideSource) and isinstance(old, SlideSource):
        said = {"notes": new.notes or old.notes}
        if not new.blocks and new.attrs.get("layout", old.attrs.get("layout")) == old.attrs.get("layout"):
            kept, said = (*kept, "layout"), {**said, "blocks": old.blocks}
    pairs = tuple((k, v) for k, v in old.attrs.pairs if k in kept and k not in new.attrs)
    classes = new.attrs.classes
    if not any(name in PRIORITIES for name in classes):
        classes = (*classes, *(name for name in old.attrs.classes if name in PRIORITIES))
    return replace(new, attrs=replace(new.attrs, classes=classes, pairs=(*new.attrs.pairs, *pairs)), **said)


ATTRIBUTES = re.compile(r"\s*\{(?!\{)((?:\{\{.*?\}\}|[^{}])*)\}\s*$")
ATTRIBUTE = re.compile(r'[^\s"=]+="[^"]*"|\S+')
Lines = Sequence[str]
Clashes = list[tuple[str, str]]


class Merged(Struct, frozen=True):
    """What became of a slide's source.

    Attributes:
        clashes: what both changed in different ways: the kit's words, and yours, which are in ``text``.
    """

    text: str
    clashes: tuple[tuple[str, str], ...]


def merged(base: str, kit: str, yours: str) -> Merged:
    r"""Return the source of a slide with the changes of both sides since ``base``; where these differ, yours count.

    >>> merged("## A {#a}\n\n- one\n- two\n", "## A {#a}\n\n- 1\n- two\n", "## B {#a for=x}\n\n- one\n- two\n").text
    '## B {#a for=x}\n\n- 1\n- two\n'
    """
    clashes: Clashes = []
    heads, bodies = zip(*(text.partition("\n")[::2] for text in (base, kit, yours)), strict=True)
    (title, marks), (kits, kit_marks), (own, own_marks) = map(_divided, heads)
    title = _text(title, kits, own, clashes, ())
    attributes = " ".join(_attributes(marks, kit_marks, own_marks, clashes))
    body = _text(bodies[0], bodies[1], bodies[2], clashes, ("\n\n", "\n"))
    return Merged(f"{title} {{{attributes}}}\n{body}" if attributes else f"{title}\n{body}", tuple(clashes))


def merged_lines(base: str, other: str, yours: str) -> Merged:
    r"""Return a text with the changes of both sides since ``base``, line by line; where these differ, yours count.

    >>> merged_lines("a\nb\nc\n", "a\nB\nc\n", "a\nb\nc\nd\n").text
    'a\nB\nc\nd\n'
    """
    clashes: Clashes = []
    found: list[str] = []
    for was, theirs, own in _regions(*(text.splitlines(keepends=True) for text in (base, other, yours))):
        found += theirs if own == was else own
        if was not in (theirs, own) and theirs != own:
            clashes.append(("".join(theirs).strip(), "".join(own).strip()))
    return Merged("".join(found), tuple(clashes))


def _divided(head: str) -> tuple[str, list[str]]:
    """Return a heading without its attributes, and these."""
    found = ATTRIBUTES.search(head)
    return (head[: found.start()], ATTRIBUTE.findall(found[1])) if found else (head.rstrip(), [])


def _attributes(base: Lines, kit: Lines, yours: Lines, clashes: Clashes) -> list[str]:
    """Return your attributes, without those that the kit has taken out, and with those that it has put in."""
    new = {_key(one): one for one in kit if one not in base}
    gone = {one for one in base if one not in kit}
    kept = [new.get(_key(one), "") if one in gone else one for one in yours]
    for key, one in new.items():
        same = next((other for other in kept if _key(other) == key), None)
        if same is None:
            kept.append(one)
        elif same != one:
            clashes.append((one, same))
    return [one for one in kept if one]


def _key(attribute: str) -> str:
    return attribute.partition("=")[0]


def _text(base: str, kit: str, yours: str, clashes: Clashes, ends: Sequence[str]) -> str:
    """Return a text merged piece by piece, the pieces then by smaller ones; a paragraph in which both differ is yours."""
    if kit in (base, yours):
        return yours
    if yours == base or not ends:
        clashes += [(kit.strip(), yours.strip())] if yours != base else []
        return kit if yours == base else yours
    found: list[str] = []
    own_clashes: Clashes = []
    end, *smaller = ends
    for was, theirs, own in _regions(base.split(end), kit.split(end), yours.split(end)):
        if theirs == was:
            found += own
        elif own in (was, theirs):
            found += theirs
        elif _in_place(was, theirs) and _in_place(was, own):
            found += [_text(*three, own_clashes, smaller) for three in zip(was, theirs, own, strict=True)]
        else:
            found += own
            own_clashes.append((end.join(theirs).strip(), end.join(own).strip()))
    clashes += own_clashes
    return yours if own_clashes and not smaller else end.join(found)


def _in_place(was: Lines, now: Lines) -> bool:
    """Whether pieces were only changed, each where it is."""
    return len(was) == len(now) and all(new == old or new not in was for old, new in zip(was, now, strict=True))


def _regions(base: Lines, kit: Lines, yours: Lines) -> Iterator[tuple[Lines, Lines, Lines]]:
    """Yield the pieces of all three in order: a line that all of them have, or what is between two such lines."""
    in_kit, in_yours = _matches(base, kit), _matches(base, yours)
    start = (0, 0, 0)
    for place in (*(k for k in range(len(base)) if k in in_kit and k in in_yours), len(base)):
        at = (place, in_kit.get(place, len(kit)), in_yours.get(place, len(yours)))
        yield base[start[0] : at[0]], kit[start[1] : at[1]], yours[start[2] : at[2]]
        if place < len(base):
            yield (base[place : place + 1],) * 3
        start = (at[0] + 1, at[1] + 1, at[2] + 1)


def _matches(base: Lines, other: Lines) -> dict[int, int]:
    """Return place of a line -> place of the same line in the other text."""
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + k: block.b + k for block in blocks for k in range(block.size)}
