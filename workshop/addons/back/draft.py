"""Edits of a deck as changes of an overlay: words as Markdown where one line says them, anything else as the slide that it is."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from itertools import chain, count
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from workshop.addons.back.compare import OF_DECK, Change, Compared, kind_of, replaced
from workshop.addons.back.merging import Before, Clash, merged_lines_of, three
from workshop.addons.back.overlay import Overlay, headed, id_of, is_bare, place_in
from workshop.addons.back.seen import Seen, about
from workshop.addons.back.source_lines import NotThereError, patched
from workshop.content.from_pptx import SlideWords
from workshop.content.split_slides import slug
from workshop.files.bases import SlideText
from workshop.files.deck_file import Deck, DeckSlide
from workshop.files.edit_lines import lines_of, named_pictures, why_not
from workshop.files.operations import Operation
from workshop.model.kept_slide import KeptSlide

MINUTES = 2  # of a slide that is new
WORDS = ("words", "table")  # kinds of difference on a slide's face that can become Markdown


class Edits(Struct, frozen=True, kw_only=True):
    """What was done to a deck, and what it was made from.

    Attributes:
        old, new: the deck as it was built, and as it is.
        deck: bytes of the new one.
        name: the name under which it is kept.
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
    name: str
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
        kept: id of the laid slide that is kept as it is in PowerPoint; "" if none is.
        repeated: what each new build repeats on the slide.
        stays: whether the files say it otherwise by now, and that stays.
        told: what people read, without the place.
    """

    change: Change
    key: str = ""
    kept: str = ""
    repeated: tuple[Operation, ...] = ()
    stays: bool = False
    told: str = ""

    def tell(self, words: str) -> None:
        """Add to what people read."""
        self.told = "; ".join(filter(None, (self.told, words)))

    @property
    def is_lost(self) -> bool:
        """Whether the edit isn't adopted."""
        return not (self.key or self.kept or self.repeated or self.stays)


class Draft:
    """An overlay while edits are put into it.

    Args:
        edits: the edits.
        overlay: the overlay as it was.
        forced: name of a change -> why it can't be Markdown.
        frozen: name of a change -> why it can't be repeated on new slides, either.
        more: name of a change -> how words look that its source says, but not how they look.
        unplaced: name of a change -> why its slide isn't moved, hidden or dropped.
    """

    def __init__(
        self,
        edits: Edits,
        overlay: Overlay,
        forced: Mapping[str, str],
        unplaced: Mapping[str, str] = {},
        frozen: Mapping[str, str] = {},
        more: Mapping[str, tuple[Operation, ...]] = {},
    ) -> None:
        self.edits, self.overlay, self.forced, self.unplaced = edits, overlay.copy(), forced, unplaced
        self.before = overlay
        self.frozen, self.more = frozen, more
        self.overlay.decks[edits.name] = edits.deck
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
        """Put what a slide says into its source; if it can't be said there, keep the slide."""
        if self.edits.seen is not None and (left := about(self.edits.seen, found.change)):
            self._repeat(found, old, new, unit, left)
            return
        kinds = [kind for kind in found.change.kinds if kind not in OF_DECK]
        why, said, with_notes = "", False, "notes" in kinds
        text = self._base(unit, old)
        if "notes" in kinds and found.change.name not in self.forced:
            try:
                text = patched(text, old.notes, new.notes, "note")
                said, with_notes = True, False
            except NotThereError as error:
                why = f"its notes: {error}"
        face = [kind for kind in kinds if kind != "notes"]
        if face and not why:
            why = self.forced.get(found.change.name, "") or self._unsaid(face, old, new, unit)
            if not why:
                try:
                    text, said = self._words(text, old, new), True
                except NotThereError as error:
                    why = str(error)
        why = why or self.forced.get(found.change.name, "")
        if said:
            self._bases[unit] = text
            self._write(found, unit, text)
        if why:
            self._keep(found, old.id, new.number, why, notes=with_notes)

    def _repeat(self, found: Outcome, old: DeckSlide, new: DeckSlide, unit: str, left: tuple[Operation, ...]) -> None:
        """Put the words of a slide into its source where they can be said there; each new build repeats all else."""
        assert self.edits.seen is not None
        forced, text = self.forced.get(found.change.name, ""), self._base(unit, old)
        said: list[str] = []
        for kinds in (("notes",), WORDS) if unit and not forced else ():
            try:
                if any(kind in found.change.kinds for kind in kinds):
                    text = patched(text, old.notes, new.notes, "note") if kinds == ("notes",) else self._words(text, old, new)  # fmt: skip
                    said += kinds
            except NotThereError:
                continue  # it is repeated as it is
        rest = tuple(one for one in left if not (_says(one) and kind_of(one) in said))
        if said:
            new_looks = [one for one in self.more.get(found.change.name, ()) if one not in rest]
            rest = (*rest, *new_looks)
        before = self.overlay.kept.get(f"{old.id}@{self.edits.audience}")
        why = (before.why or "it was kept before") if before else self.frozen.get(found.change.name, "")
        suffixes = {name: suffix for name, (suffix, _) in self.edits.seen.pictures.items()}
        reasons = dict.fromkeys(filter(None, (why_not(one, suffixes) for one in rest)))
        if why := why or ", ".join(reasons):
            self._keep(found, old.id, new.number, why, notes="notes" in found.change.kinds and "notes" not in said)
            if "notes" in said and unit:
                text = patched(self._base(unit, old), old.notes, new.notes, "note")
                said = ["notes"]
            else:
                said = []
        elif rest:
            self._lines(found, old.id, rest)
        if said:
            self._bases[unit] = text
            self._write(found, unit, text)

    def _lines(self, found: Outcome, slide: str, operations: tuple[Operation, ...]) -> None:
        """Write what each new build repeats on a slide; a line that was changed by hand since stays."""
        assert self.edits.seen is not None
        lines = lines_of(operations, self.edits.audience)
        own = merged_lines_of(self.overlay, self.known, slide, lines, prefer_deck=self.edits.prefer_deck)
        found.repeated = tuple(one for one in operations if one not in own.stay)
        self.clashes += own.clashes
        for line in own.new:
            self.overlay.repeat(slide, line)
        self.overlay.bring({name: self.edits.seen.pictures[name] for name in named_pictures(found.repeated)})
        if found.repeated:
            found.tell(_counted(found.repeated))
            self.overlay.name(f"{slide}@")
        if own.stay:
            found.stays = True
            found.tell(f"{self.overlay.own}/{slide}.yaml has something else by now, which stays")

    def _unsaid(self, face: list[str], old: DeckSlide, new: DeckSlide, unit: str) -> str:
        """Return why what changed on a slide's face can't be words; "" if it can."""
        if other := [kind for kind in face if kind not in WORDS]:
            return _told_kinds(other, old, new)
        if before := self.overlay.kept.get(f"{old.id}@{self.edits.audience}"):
            return before.why or "it was kept before"
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
    def _keep(self, found: Outcome, name: str, number: int, why: str, *, notes: bool = False) -> None:
        deck = self.overlay.folder / self.edits.name
        key, text = f"{name}@{self.edits.audience}", self.edits.texts.get(name, SlideText()).text
        kept = KeptSlide(id=name, deck=deck, page=number, audience=self.edits.audience, why=why, notes=notes)
        self.overlay.kept[key] = kept
        if self.edits.is_kit and text and not self.overlay.text(key):
            self.overlay.adopted[key] = text
        found.kept, found.told = name, why
        source, texts = self.edits.texts.get(name), self.edits.texts
        parts = [
            pair
            for pair in self.edits.found.matched.pairs
            if source and source.text and texts.get(pair[0].id) == source
        ]
        for before, after in parts[1:] if parts and parts[0][0].id == name else ():  # later parts stay with the first
            part = replace(kept, id=before.id, page=after.number, why=f"goes on from {name}", notes=False)
            self.overlay.kept.setdefault(f"{before.id}@{self.edits.audience}", part)

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
        self.overlay.kept.pop(f"{change.old.id}@{self.edits.audience}", None)
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
        words = replace(self.edits.added[number])
        name = self._name(change.new)
        place, hidden = self._place(change), " .hidden" if change.new.hidden else ""
        self._names[number] = name
        why = self.forced.get(change.name, "") or words.other or ("tables, pictures or charts" if words.objects else "") or ("" if words.title else "it has no title")  # fmt: skip
        key = f"{name}@{self.edits.audience}"
        if not words.title:
            words.title = slug(name).replace("-", " ").capitalize()
        if why and self.edits.is_kit:  # nobody computes the figures of a slide that is kept
            words.title, words.words = (
                f"[{words.title}]{{.fixed}}",
                re.sub("(?m)^- (.*)$", r"- [\1]{.fixed}", words.words),
            )
        attributes = f"#{name}{hidden} {place} minutes={MINUTES} for={self.edits.audience}"
        source = words.source(attributes if self.edits.is_kit else f"#{name}{hidden}", as_list=bool(why))
        self.theirs[key] = source
        found.told = f"{MINUTES} minutes, {place.replace('=', ' ')}"
        if self.known.of(key) is None:
            self.overlay.put(key, source)
            found.key = key
        else:
            self._merge(found, key, "", source)
        if not self.edits.is_kit and place and found.key:
            self._put_at(found, key, place)
        if why:
            self._keep(found, name, number, f"{why}, {found.told}")
        return found

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


def _says(one: Operation) -> bool:
    """Whether an operation is about words, which the sources of a slide may say; not how they look."""
    return one.kind in ("words", "lines", "text") or (one.kind in ("added", "removed") and one.path[-1:] == ("txBody",))


def _counted(left: tuple[Operation, ...]) -> str:
    kinds = dict.fromkeys(filter(None, map(kind_of, left)))
    return f"repeated on each new slide: {', '.join(kinds)}"


def _told_kinds(kinds: list[str], old: DeckSlide, new: DeckSlide) -> str:
    """Return in words what changed on a slide, with what is most telling about it."""
    if "chart" in kinds and (values := sum(len(replaced(a, b)) for a, b in zip(old.charts, new.charts, strict=False))):
        return f"{values} value{'s' * (values != 1)} of charts not computed"
    return ", ".join(kinds)
