"""What changed between two decks, by meaning: never by how a program wrote it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher

from msgspec import Struct
from msgspec.structs import replace

from workshop.addons.back.match import Matched, match
from workshop.files.deck_file import OF_TEXT, Deck, DeckSlide
from workshop.files.operations import Operation

# Kind of difference -> the fields of a slide that it concerns
FIELDS: dict[str, tuple[str, ...]] = {
    "words": ("title", "paragraphs"),
    "notes": ("notes",),
    "table": ("tables",),
    "chart": ("charts",),
    "picture": ("pictures",),
    "boxes": ("boxes",),
    "looks": ("looks",),
    "layout": ("layout",),
    "footer": ("footers",),
    "links": ("links",),
    "animation": ("animated",),
}
OF_LOOKS = ("picture", "boxes", "looks", "links", "animation", "layout")  # LibreOffice changes them whenever it saves
BY_PROGRAMS = (*OF_LOOKS, "footer")  # kinds that a program changes by itself
FEWEST = 4  # slides with the same kind of difference, from which on a program may have made it
SLACK = 1  # points
MANY = 2_000  # texts of a slide, from which on those that it has often are left out of the comparison


OF_DECK = ("moved", "hidden", "shown", "new", "deleted")  # kinds that a heading says


def kind_of(one: Operation) -> str:
    """Return what kind of difference an operation is, by the names in ``FIELDS`` or another word; "" if it is told elsewhere."""
    path = "/".join(one.path)
    if one.part.endswith("/notesSlide"):
        return "notes"
    if "comment" in one.part.lower() or (
        not one.path and one.key == "relations" and "comments" in f"{one.was}{one.now}"
    ):
        return ""  # they are counted
    if one.part.endswith(("/chart", "/workbook")):
        return "chart"
    if not one.path and one.key == "show":
        return ""
    if one.key == "relations":
        return "layout"
    if one.kind in ("words", "lines"):
        return "table" if "/tbl/" in path else "words"
    found = (
        ("timing", "animation"),
        ("transition", "transition"),
        ("AlternateContent#", "transition"),
        ("xfrm", "boxes"),
        ("blipFill", "picture"),
        ("hlink", "links"),
    )
    return next((kind for word, kind in found if word in f"{path}/{one.key}"), _of_key(one))


def _of_key(one: Operation) -> str:
    named = {"descr": "alternative text", "@lang": "language", "name": "name"}
    return named.get(
        one.key, "looks" if one.kind in ("format", "paragraph", "attribute", "added", "removed") else "other"
    )


class Change(Struct, frozen=True, kw_only=True):
    """One slide that changed.

    Attributes:
        old, new: the slide before and after; ``None`` if it is new or deleted.
        kinds: what differs, by the names in ``FIELDS``, or "hidden", "shown", "moved", "new", "deleted".
        after: id of the slide that it comes after now, or "".
    """

    old: DeckSlide | None
    new: DeckSlide | None
    kinds: tuple[str, ...]
    after: str = ""

    @property
    def id(self) -> str:
        """The id of its slide; "" for a new one."""
        return self.old.id if self.old is not None else ""

    @property
    def name(self) -> str:
        """What no other change is called: the number of its slide in the new deck, or the id of a deleted one."""
        return f"-{self.id}" if self.new is None else str(self.new.number)


class Compared(Struct, frozen=True):
    """All changes, in the order of the new deck, deleted slides last.

    Attributes:
        by_program: kinds of difference on so many slides that a program made them.
        behind: parts of themes, masters and layouts that look different.
        matched: the slides of both decks.
    """

    changes: tuple[Change, ...]
    by_program: tuple[str, ...]
    behind: tuple[str, ...]
    matched: Matched


def compare(
    old: Deck,
    new: Deck,
    resaved: Deck | None = None,
    fixed: Collection[str] = (),
    seen: Mapping[int, Sequence[Operation]] | None = None,
) -> Compared:
    """Return what changed from one deck to another.

    Args:
        old: the deck as it was.
        new: the deck as it is.
        resaved: the old deck after LibreOffice saved it, if LibreOffice saved the new one, too.
        seen: number of a slide of the new deck -> everything that differs on it; ``None`` if that can't be said.
        fixed: ids of slides that can't be moved; where one of two that changed places may have moved, it was the other.
    """
    found = match(old, new)
    saved = {slide.number: slide for slide in resaved.slides} if resaved else {}
    unsure = OF_LOOKS if new.by_libreoffice and not old.by_libreoffice and not saved else ()
    gone = {name for slide in found.gone for name in (slide.id, slide.title)}  # their links go with them
    old_slides = [replace(before, links=_left(before, after, gone)) for before, after in found.pairs]
    titles = {after.title: saved[before.number].title for before, after in found.pairs if before.number in saved}
    pairs = [(before, after, _kinds(before, _led(after, titles), saved.get(before.number), unsure)) for before, (_, after) in zip(old_slides, found.pairs, strict=True)]  # fmt: skip
    if seen is not None:
        pairs = [(one, other, _with(kinds, seen.get(other.number, ()))) for one, other, kinds in pairs]
    counted = Counter(kind for *_, kinds in pairs for kind in kinds if kind in BY_PROGRAMS)
    programs = tuple(
        kind for kind, times in counted.items() if seen is None and times >= FEWEST and 2 * times > len(pairs)
    )
    twice = [(place, k / 2) for place, (before, *_) in enumerate(pairs) for k in range(1 + (before.id in fixed))]
    astray = out_of_order([pairs[place][0].number + half for place, half in twice])  # a run of most slides has those
    moved = {twice[index][0] for index in astray}
    names = {after.number: before.id for before, after in found.pairs}
    changes = [
        Change(old=before, new=after, kinds=own, after=names.get(after.number - 1, ""))
        for place, (before, after, kinds) in enumerate(pairs)
        if (own := tuple(k for k in (*kinds, *(["moved"] * (place in moved))) if k not in programs))
    ]
    changes += [Change(old=None, new=s, kinds=("new",), after=names.get(s.number - 1, "")) for s in found.new]
    changes.sort(key=lambda change: change.new.number if change.new else 0)
    changes += [Change(old=slide, new=None, kinds=("deleted",)) for slide in found.gone]
    same = new.by_libreoffice == old.by_libreoffice  # LibreOffice writes layouts in its own way
    behind = tuple(part for part, look in old.looks.items() if same and new.looks.get(part, look) != look)
    return Compared(tuple(changes), programs, behind, found)


def _with(kinds: tuple[str, ...], seen: Sequence[Operation]) -> tuple[str, ...]:
    """Return the kinds of what differs on a slide, with those that only its operations tell."""
    return tuple(dict.fromkeys((*kinds, *filter(None, map(kind_of, seen)))))


def _left(old: DeckSlide, new: DeckSlide, gone: set[str]) -> tuple[str, ...]:
    """Return where a slide's links lead, without those to deleted slides that it has no more."""
    return tuple(link for link in old.links if link not in gone or link in new.links)


def _led(slide: DeckSlide, titles: Mapping[str, str]) -> DeckSlide:
    """Return a slide whose links lead to slides by the titles that they had: LibreOffice loses what else they are called."""
    return replace(slide, links=tuple(titles.get(link, link) for link in slide.links))


def differences(old: DeckSlide, new: DeckSlide) -> tuple[str, ...]:
    """Return the kinds of what differs on a slide itself; neither its place nor whether it is hidden."""
    return tuple(kind for kind, fields in FIELDS.items() if any(not _same(old, new, field) for field in fields))


def _same(old: DeckSlide, new: DeckSlide, field: str) -> bool:
    if field == "looks":
        return old.looks == new.looks or _as_neighbours(old, new)
    if field != "boxes":
        return bool(getattr(old, field) == getattr(new, field))
    pairs = zip(old.boxes, new.boxes, strict=False)
    return len(old.boxes) == len(new.boxes) and all(
        len(a) == len(b) and all(abs(x - y) <= SLACK for x, y in zip(a, b, strict=True)) for a, b in pairs
    )


def _as_neighbours(old: DeckSlide, new: DeckSlide) -> bool:
    """Whether two slides look the same but for paragraphs that came, or went, and look as one beside them."""
    fewer, more = sorted((old, new), key=lambda slide: len(slide.looks))
    wider = len(more.looks) - len(fewer.looks)
    if not 0 < wider == len(more.paragraphs) - len(fewer.paragraphs):
        return False
    for kind, _, _, first, last in SequenceMatcher(a=fewer.looks, b=more.looks, autojunk=False).get_opcodes():
        beside = (*more.looks[max(0, first - 1) : first], *more.looks[last : last + 1])
        alike = kind == "insert" and all(look.startswith(OF_TEXT) and look in beside for look in more.looks[first:last])
        if kind != "equal" and not alike:
            return False
    return True


def _kinds(old: DeckSlide, new: DeckSlide, saved: DeckSlide | None, unsure: Sequence[str]) -> tuple[str, ...]:
    kinds = [kind for kind in differences(old, new) if kind not in unsure]
    if saved is not None:
        kinds = [kind for kind in differences(saved, new) if kind in (*OF_LOOKS, *kinds)]
    if old.hidden != new.hidden:
        kinds.append("hidden" if new.hidden else "shown")
    return tuple(kinds)


def out_of_order(places: Sequence[float]) -> set[int]:
    """Return which of some slides really moved: those outside the longest run that keeps its order.

    Args:
        places: number that each had before, in the order that they have now.

    >>> out_of_order([1, 4, 2, 3])
    {1}
    """
    ends: list[float] = []
    last: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        slot = bisect_left(ends, place)
        ends[slot : slot + 1] = [place]
        last[slot : slot + 1] = [index]
        before.append(last[slot - 1] if slot else -1)
    stay, at = set[int](), last[-1] if last else -1
    while at >= 0:
        stay.add(at)
        at = before[at]
    return set(range(len(places))) - stay


def replaced(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Return the texts that changed, each as it was and as it is; "" for one that came or went.

    >>> replaced(["a", "b"], ["a", "c"])
    [('b', 'c')]
    """
    found: list[tuple[str, str]] = []
    many = max(len(old), len(new)) > MANY
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=many).get_opcodes():
        if kind != "equal":
            wide = max(b - a, d - c)
            was, now = [*old[a:b], *[""] * wide][:wide], [*new[c:d], *[""] * wide][:wide]
            found += zip(was, now, strict=True)
    return found
