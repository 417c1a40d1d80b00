"""Edits of a deck as changes of an overlay: words as Markdown where one line says them, anything else as lines that each build repeats."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from itertools import chain, count
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.addons.back.compare import OF_DECK, Change, Compared, kind_of, replaced
from workshop.addons.back.merging import Before, Clash, merged_lines_of, three
from workshop.addons.back.new_slides import copied
from workshop.addons.back.overlay import Overlay, headed, id_of, is_bare, place_in
from workshop.addons.back.seen import Seen, about
from workshop.addons.back.source_lines import NotThereError, patched
from workshop.addons.back.taken import Spot, Taken, but_for, in_words, tables_in, taken, texts_in, without
from workshop.content.from_pptx import SlideWords
from workshop.content.split_slides import slug
from workshop.files.bases import SlideText
from workshop.files.deck_file import Deck, DeckSlide
from workshop.files.edit_lines import TREE, lines_of
from workshop.files.operations import Operation

DIFFERS = "a new build makes something else of it"
WORDS = ("words", "table")  # kinds of difference on a slide's face that can become Markdown


class Edits(Struct, frozen=True, kw_only=True):
    """What was done to a deck, and what it was made from.

    Attributes:
        old, new: the deck as it was built, and as it is.
        deck: bytes of the new one.
        audience: whom it is for; "" for a talk.
        texts: id of a laid slide -> its source when the deck was built.
        now: id of a slide -> its source as it is now.
        added: number of a new slide -> the slide as Markdown.
        resaved: whether the old deck was saved by LibreOffice, too, to compare how slides look.
        seen: everything that differs; ``None`` if LibreOffice saved the new deck, which writes all XML anew.
        path: where the deck is.
        build: id of the build that was edited; "" if it isn't known.
        prefer_deck: whether the deck counts where a file was changed in another way, too.
    """

    old: Deck
    new: Deck
    found: Compared
    deck: bytes
    audience: str
    texts: Mapping[str, SlideText]
    now: Mapping[str, str]
    added: Mapping[int, SlideWords]
    resaved: bool = False
    is_kit: bool = True
    seen: Seen | None = None
    path: Path = Path()
    build: str = ""
    prefer_deck: bool = False

    def unit(self, slide: DeckSlide | None) -> str:
        """Return the id of the slide in the source that a slide of the deck comes from; "" if no author wrote it."""
        text = self.texts.get(slide.id, SlideText()) if slide is not None else SlideText()
        return (id_of(text.text) if self.is_kit else slide.id if text.text and slide else "") if text.text else ""


class Outcome(Struct, kw_only=True):
    """What becomes of one edit.

    Attributes:
        key: the slide's text in the overlay; "" if it has none there.
        repeated: what each new build repeats on the slide.
        left: what it can't repeat, each with the reason.
        stays: whether the files say it otherwise by now, and that stays.
        is_open: whether a new slide gets what its source doesn't say.
        told: what people read, without the place.
    """

    change: Change
    key: str = ""
    repeated: Taken = Taken()
    left: tuple[tuple[Operation, str], ...] = ()
    stays: bool = False
    is_open: bool = False
    told: str = ""

    def tell(self, words: str) -> None:
        """Add to what people read."""
        self.told = "; ".join(filter(None, (self.told, words)))

    @property
    def is_lost(self) -> bool:
        """Whether the edit isn't adopted."""
        return not (self.key or self.repeated.operations or self.stays)


class Tried(Struct, kw_only=True):
    """What builds have shown so far about changes, by their names.

    Attributes:
        forced: why words can't be Markdown.
        dropped: why nothing of it can be adopted but where the slide is.
        unplaced: why a slide isn't moved, hidden or dropped.
        whole: names of shapes that are repeated as a whole.
        lost: differences that no build makes.
        more: how words look that the source says, but not how they look.
        added: what a new slide has that its source doesn't say.
    """

    forced: dict[str, str] = field(default_factory=dict)
    dropped: dict[str, str] = field(default_factory=dict)
    unplaced: dict[str, str] = field(default_factory=dict)
    whole: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lost: dict[str, frozenset[Spot]] = field(default_factory=dict)
    more: dict[str, tuple[Operation, ...]] = field(default_factory=dict)
    added: dict[str, Taken] = field(default_factory=dict)


class Draft:
    """An overlay while edits are put into it.

    Args:
        edits: the edits.
        overlay: the overlay as it was.
        tried: what builds have shown so far.
    """

    def __init__(self, edits: Edits, overlay: Overlay, tried: Tried) -> None:
        self.edits, self.overlay, self.tried = edits, overlay.copy(), tried
        self.forced, self.unplaced = tried.forced, tried.unplaced
        self.before = overlay
        self.known = Before(overlay.log, edits.build, seen_from(overlay.folder, edits.path))
        self.told: list[str] = []
        self.clashes: list[Clash] = []
        self.theirs: dict[str, str] = {}  # key of a slide -> its source as the deck has it
        self._names: dict[int, str] = {}  # of new slides
        self._bases: dict[str, str] = {}
        self.outcomes = [self._outcome(change) for change in edits.found.changes]

    def _outcome(self, change: Change) -> Outcome:
        if change.old is None:
            return self._new(change)
        unit = self.edits.unit(change.old)
        if change.new is None:
            return self._deleted(change, unit)
        found = Outcome(change=change)
        marks = [kind for kind in change.kinds if kind in ("hidden", "shown", "moved")]
        if [kind for kind in change.kinds if kind not in OF_DECK]:
            self._face(found, change.old, change.new, unit)
        if marks and change.name in self.unplaced:
            found.tell(f"{' and '.join(marks)} isn't adopted: {self.unplaced[change.name]}")
        elif marks and not unit:
            found.tell(f"{' and '.join(marks)} isn't adopted: this slide has no heading of its own")
        elif marks:
            self._marked(found, change.old, unit, marks)
        return found

    # ------------------------------------------------------------ words
    def _face(self, found: Outcome, old: DeckSlide, new: DeckSlide, unit: str) -> None:
        """Put what a slide says into its source, and name what can't be said there, or let each build repeat it."""
        if why := self.tried.dropped.get(found.change.name, ""):
            found.tell(f"not adopted: {why}")
            return
        if self.edits.seen is not None and (left := about(self.edits.seen, found.change)):
            self._repeat(found, old, new, unit, left)
            return
        kinds = [kind for kind in found.change.kinds if kind not in OF_DECK]
        text, said, reasons = self._base(unit, old), False, []
        forced = self.forced.get(found.change.name, "")
        for own in (["notes"], [kind for kind in kinds if kind != "notes"]):
            if not {*own} & {*kinds}:
                continue
            why = forced or ("" if own == ["notes"] else self._unsaid(own, old, new, unit))
            try:
                if not why:
                    text = patched(text, old.notes, new.notes, "note") if own == ["notes"] else self._words(text, old, new)  # fmt: skip
                    said = True
            except NotThereError as error:
                why = f"{'its notes: ' * (own == ['notes'])}{error}"
            reasons += [why] if why else []
        if said:
            self._bases[unit] = text
            self._write(found, unit, text)
        if reasons:
            found.tell(f"not adopted: {'; '.join(reasons)}")

    def _repeat(self, found: Outcome, old: DeckSlide, new: DeckSlide, unit: str, left: tuple[Operation, ...]) -> None:
        """Put the words of a slide into its source where they can be said there; each new build repeats all else."""
        assert self.edits.seen is not None
        name = found.change.name
        forced, text = self.forced.get(name, ""), self._base(unit, old)
        said: list[str] = []
        old, new = without_shapes(old, left, "removed"), without_shapes(new, left, "added")
        for kinds in (("notes",), WORDS) if unit and not forced else ():
            try:
                if any(kind in found.change.kinds for kind in kinds):
                    text = patched(text, old.notes, new.notes, "note") if kinds == ("notes",) else self._words(text, old, new)  # fmt: skip
                    said += kinds
            except NotThereError:
                continue  # it is repeated as it is
        rest = tuple(one for one in left if not (_says(one) and kind_of(one) in said))
        if said:
            rest = (*rest, *(one for one in self.tried.more.get(name, ()) if one not in rest))
        if rest:
            self._lines(found, old.id, taken(self.edits.seen, rest, whole=self.tried.whole.get(name, ())))
        if said and text != self._base(unit, old):
            self._bases[unit] = text
            self._write(found, unit, text)

    def _lines(self, found: Outcome, slide: str, own: Taken) -> None:
        """Write what each new build repeats on a slide; a line that was changed by hand since stays."""
        own = without(own, self.tried.lost.get(found.change.name, frozenset()), DIFFERS)
        lines = lines_of(own.operations, self.edits.audience)
        merged = merged_lines_of(self.overlay, self.known, slide, lines, prefer_deck=self.edits.prefer_deck)
        self.clashes += merged.clashes
        for line in merged.new:
            self.overlay.repeat(slide, line)
        self.overlay.bring(own.files)
        found.left = own.left
        found.repeated = own = but_for(own, merged.stay)
        for words in in_words(own):
            found.tell(words)
        if own.operations:
            self.overlay.name(f"{slide}@")
        if merged.stay:
            found.stays = True
            found.tell(f"{self.overlay.own}/{slide}.yaml has something else by now, which stays")

    def _unsaid(self, face: list[str], old: DeckSlide, new: DeckSlide, unit: str) -> str:
        """Return why what changed on a slide's face can't be words; "" if it can."""
        if other := [kind for kind in face if kind not in WORDS]:
            return _told_kinds(other, old, new)
        return "" if unit else "no line of the sources says this"

    @staticmethod
    def _words(text: str, old: DeckSlide, new: DeckSlide) -> str:
        if old.title != new.title:
            text = patched(text, [old.title], [new.title], "title")
        text = patched(text, old.paragraphs, new.paragraphs, "text")
        return patched(text, old.cells, new.cells, "cell")

    def _base(self, unit: str, slide: DeckSlide) -> str:
        """Return the source that a slide was made from, with what other parts of the same slide changed."""
        return self._bases.get(unit) or self.edits.texts.get(slide.id, SlideText()).text

    def _write(self, found: Outcome, unit: str, text: str, *, add: tuple[str, ...] = (), drop: tuple[str, ...] = (), place: str = "") -> None:  # fmt: skip
        """Put a slide's source into the overlay, for this deck's audience."""
        key = self.overlay.key(unit, self.edits.audience)
        audience = key.partition("@")[2]
        was, source = self.overlay.text(key), self._source(unit)
        if self.edits.is_kit:
            mine = headed(text, audience, add=[f".{one}" for one in add], drop=drop, place=place)
            base = headed(source, audience) if source else ""
        else:
            retitled = text.partition("\n")[0] != source.partition("\n")[0] and not id_of(text)
            named = (f"#{unit}",) if retitled else ()  # else its id, which others name, would be that of the new title
            mine, base = headed(text, "", add=(*named, *(f".{one}" for one in add)), drop=drop), source
        self.theirs[key] = mine
        if was or self.overlay.is_talk:
            self._merge(found, key, base, mine)
            if is_bare(was) and not is_bare(self.overlay.text(key)):
                self.overlay.adopted.setdefault(key, self.edits.now.get(unit, ""))
            return
        found.key = key
        current = self.edits.now.get(unit, "")
        if current and base and headed(current, audience) not in (base, mine):
            mine = self._with_the_kits(unit, base, headed(current, audience), mine)
        self.overlay.put(key, mine)
        if current:
            self.overlay.adopted[key] = current

    def _merge(self, found: Outcome, key: str, base: str, mine: str) -> None:
        """Put a slide's source into a file that has the slide, and may have been changed since the deck was built."""
        was, unit = self.overlay.text(key), key.partition("@")[0]
        known = self.known.text(key)
        if is_bare(was) and not is_bare(mine):  # it only says where the slide goes
            was = headed(base, key.partition("@")[2], place=place_in(was))
        own = three(unit, base if known is None else known, was, mine, prefer_deck=self.edits.prefer_deck)
        self.clashes += own.clashes
        if own.is_known or (own.clashes and not self.edits.prefer_deck):
            found.stays = True
            found.tell(f"{self.overlay.words} has something else by now, which stays")
        if own.text and (was or not self.overlay.is_talk or self.edits.prefer_deck):
            self.overlay.put(key, own.text)
        if own.text and own.text != was:
            self.overlay.name(key)
        found.key = key if self.overlay.text(key) else ""

    def _source(self, unit: str) -> str:
        """Return the source of a slide when the deck was built."""
        if not self.edits.is_kit:
            return self.edits.texts.get(unit, SlideText()).text
        return next((text.text for text in self.edits.texts.values() if id_of(text.text) == unit), "")

    def _with_the_kits(self, unit: str, base: str, current: str, mine: str) -> str:
        from workshop.content.edits import merged

        found = merged(base, current, mine)
        if found.clashes:
            self.told.append(f"{unit}: its source has changed since this deck was built; where the two differ, your words count")  # fmt: skip
        return found.text

    # ------------------------------------------------------------ slides
    def _marked(self, found: Outcome, old: DeckSlide, unit: str, marks: list[str]) -> None:
        add = tuple(mark for mark, kind in (("hidden", "hidden"), ("must", "shown")) if kind in marks)
        drop = ("hidden",) if "shown" in marks else ()
        place = self._place(found.change) if "moved" in marks else ""
        key = self.overlay.key(unit, self.edits.audience)
        was = self.overlay.text(key)
        if not self.edits.is_kit:
            if add or drop:
                self._write(found, unit, self._base(unit, old), add=add, drop=drop)
            if place:
                self._put_at(found, f"{unit}@", place)
        elif marks == ["moved"] and not found.key and (not was or is_bare(was)):
            self.theirs[key] = mine = f"## {{#{unit} {place} for={self.edits.audience}}}\n"
            self._merge(found, key, was if (key, was) in self.known.any_texts else "", mine)
        else:
            self._write(found, unit, self._base(unit, old), add=add, drop=drop, place=place)
        found.tell(place)

    def _put_at(self, found: Outcome, key: str, place: str) -> None:
        """Move a slide of a talk, unless that was done before."""
        entry = self.known.of(key)
        if not self.overlay.text(key):
            found.stays = True
            found.tell(f"{self.overlay.words} doesn't have this slide any more")
        elif entry is not None and entry.place == place:
            found.key = key
        else:
            found.key = key
            self.overlay.place(key, place)

    def _place(self, change: Change) -> str:
        """Return where a slide goes: after the slide before it, unless no heading makes that one; else before the one after it.

        Slides that move themselves don't count, and for one that is shown neither do those of the appendix.
        """
        assert change.new is not None
        number, found = change.new.number, self.edits.found
        moving = {c.new.number for c in found.changes if c.new and ("moved" in c.kinds or c.old is None)}
        stays = {
            new.number: self.edits.unit(old)
            for old, new in found.matched.pairs
            if new.number not in moving and old.hidden <= change.new.hidden
        } | self._names
        if self.overlay.is_talk:  # somebody may have taken a slide out of the file since
            stays = {k: unit for k, unit in stays.items() if not unit or self.overlay.text(f"{unit}@")}
        before = [stays[k] for k in sorted(stays) if k < number]
        after = [stays[k] for k in sorted(stays) if k > number]
        if after and after[0] and (not before or not before[-1]):
            return f"before={after[0]}"
        return next((f"after={unit}" for unit in reversed(before) if unit), "")

    def _deleted(self, change: Change, unit: str) -> Outcome:
        assert change.old is not None
        found = Outcome(change=change)
        left = any(self.edits.unit(before) == unit for before, _ in self.edits.found.matched.pairs)
        if change.name in self.unplaced or not unit or left:
            made = "a part of a slide that stays" if unit else "this slide is made by the program"
            found.told = self.unplaced.get(change.name, made)
            return found
        key = self.overlay.key(unit, self.edits.audience)
        own, source = self.overlay.text(key), self._source(unit)
        if self.edits.is_kit and not (own and key not in self.overlay.adopted):
            gone = self.theirs[key] = f"## {{#{unit} .drop for={self.edits.audience}}}\n"
            self.overlay.adopted.setdefault(key, self.edits.now.get(unit, "") or source)
            if own:
                self._merge(found, key, headed(source, self.edits.audience), gone)
            else:
                self.overlay.put(key, gone)
                found.key = key
        else:  # a slide that only the overlay, or the talk, has
            self._taken_out(found, key, source)
        found.told = found.told or "dropped"
        return found

    def _taken_out(self, found: Outcome, key: str, source: str) -> None:
        """Take a slide out of its file, unless it was changed there, or put in again, since the deck was built."""
        own, unit = self.overlay.text(key), key.partition("@")[0]
        self.theirs[key] = ""
        is_known = self.known.text(key) == ""
        is_clash = bool(own) and not is_known and own not in (source, headed(source, self.edits.audience))
        if is_clash:
            self.clashes.append(Clash(unit, own.strip(), ""))
        if own and (is_known or is_clash) and not (is_clash and self.edits.prefer_deck):
            found.stays = True
            found.tell(f"{self.overlay.words} has it, which stays")
            return
        self.overlay.drop(key)
        found.key = key

    def _new(self, change: Change) -> Outcome:
        assert change.new is not None
        found, number = Outcome(change=change), change.new.number
        name = self._name(change.new)
        place, hidden = self._place(change), " .hidden" if change.new.hidden else ""
        self._names[number] = name
        key = f"{name}@{self.edits.audience}"
        attributes = f"#{name}{hidden} {place} minutes=0 for={self.edits.audience}"
        source, why = self._source_of_new(change, name, attributes if self.edits.is_kit else f"#{name}{hidden}")
        self.theirs[key] = source
        found.told = place.replace("=", " ")
        if self.known.of(key) is None:
            self.overlay.put(key, source)
            found.key = key
        else:
            self._merge(found, key, "", source)
        if not self.edits.is_kit and place and found.key:
            self._put_at(found, key, place)
        found.is_open = bool(why) and not found.stays
        if self.edits.seen is None and why:
            found.tell(f"not adopted: {why}")
        elif not found.stays and change.name in self.tried.added:
            self._lines(found, name, self.tried.added[change.name])
        return found

    def _source_of_new(self, change: Change, name: str, attributes: str) -> tuple[str, str]:
        """Return the source of a new slide, and what it doesn't say, in words; "" if it says it all."""
        assert change.new is not None
        words, unit = replace(self.edits.added[change.new.number]), self._copied(change.new)
        forced, dropped = (change.name in own for own in (self.forced, self.tried.dropped))
        if unit and not forced and not dropped:
            return copied(self._source(unit), attributes), "what differs from the slide that it is a copy of"
        why = words.other or ("tables, pictures or charts" if words.objects else "") or ("" if words.title else "it has no title")  # fmt: skip
        why = why or self.forced.get(change.name, "")
        if not words.title:
            words.title = slug(name).replace("-", " ").capitalize()
        if why and self.edits.is_kit:  # nobody computes its figures
            words.title = f"[{words.title}]{{.fixed}}"
            words.text = re.sub("(?m)^(\\s*- )(.*)$", r"\1[\2]{.fixed}", words.text)
        words.body = "" if dropped else words.text if why else words.body
        return words.source(attributes), why

    def _copied(self, slide: DeckSlide) -> str:
        """Return the id of the slide in the source that a new one is a copy of; "" if it is none's."""
        return self.edits.unit(slide) if self.edits.seen is not None and slide.id in self.edits.texts else ""

    def _name(self, slide: DeckSlide) -> str:
        first = slug(slide.title) or "slide"
        names = chain([first], (f"{first}-{k}" for k in count(2)))
        taken = {*self.edits.texts, *self._names.values()}
        audience = self.edits.audience
        return next(name for name in names if name not in taken and self._is_free(f"{name}@{audience}"))

    def _is_free(self, key: str) -> bool:
        """Whether no slide of the overlay has a name, but the same slide if it was adopted before."""
        return not self.overlay.text(key) or self.known.of(key) is not None


def seen_from(folder: Path, deck: Path) -> str:
    """Return the path of a deck from a folder."""
    return Path(os.path.relpath(deck, folder)).as_posix()


def without_shapes(slide: DeckSlide, found: tuple[Operation, ...], kind: str) -> DeckSlide:
    """Return a slide without the words in shapes that were added, or taken out, as a whole: no line of the sources says them."""
    shapes = [one for one in found if one.kind == kind and len(one.path) == len(TREE) + 1]
    gone = Counter(text for one in shapes for text in texts_in(one))
    tables = [table for one in shapes for table in tables_in(one)]
    kept = []
    for text in reversed(slide.paragraphs):  # what was added comes last
        if gone[text]:
            gone[text] -= 1
        else:
            kept.append(text)
    paragraphs = tuple(reversed(kept))
    return replace(slide, paragraphs=paragraphs, tables=tuple(one for one in slide.tables if one not in tables))


def _says(one: Operation) -> bool:
    """Whether an operation is about words, which the sources of a slide may say; not how they look."""
    return one.kind in ("words", "lines", "text") or (one.kind in ("added", "removed") and one.path[-1:] == ("txBody",))


def _told_kinds(kinds: list[str], old: DeckSlide, new: DeckSlide) -> str:
    """Return in words what changed on a slide, with what is most telling about it."""
    if "chart" in kinds and (values := sum(len(replaced(a, b)) for a, b in zip(old.charts, new.charts, strict=False))):
        return f"{values} value{'s' * (values != 1)} of charts not computed"
    return ", ".join(kinds)
