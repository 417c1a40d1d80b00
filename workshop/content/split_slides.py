"""The slides of a Markdown file: where each begins, and its title, id and attributes."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from workshop.constructs.construct import Place
from workshop.constructs.table import DIVS
from workshop.content.divs import Break, settled, stepped
from workshop.content.inline_reader import plain
from workshop.content.markdown_file import Document
from workshop.content.reading import (
    Reading,
    check_attributes,
    resolve_target,
    too_large,
)
from workshop.content.tools import marp, reveal
from workshop.errors import At, did_you_mean
from workshop.layouts.statements import STATEMENT
from workshop.model.markup import NO_ATTRS, Attrs, Block, Div, Edge, Heading, Inline, Paragraph, Text
from workshop.model.source import ExerciseSource, SlideSource

# A flow of blocks -> slides.
PRIORITIES = ("core", "optional", "deep")
_BACKGROUND = (
    "background-color",
    "data-background-color",
    "background-video",
    "background-iframe",
    "background-gradient",
)
WHITE = ("white", "#fff", "#ffffff")  # what a slide is without it
ALIKE = 0.75  # of two titles, so that one can be meant by the other


class _Draft(Struct, kw_only=True):
    title: tuple[Inline, ...]
    attrs: Attrs
    at: At
    kind: str  # "slide", "divider", "break" or "start" (before any heading)
    blocks: list[Block] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.blocks and self.kind in {"break", "start"}


def split_slides(document: Document) -> tuple[SlideSource, ...]:
    """Return the slides of a section or a single file, ids and notes in place.

    In a kit each heading must have an id; in a single file ids are made from titles.
    """
    drafts = _drafts(document)
    if document.reading.policy.html == "read":
        _open_talk(document.reading, drafts)
        last = len(document.reading.masked.lines)
        ends = [after.at.line - 1 if after.at.path == draft.at.path else last for draft, after in pairwise(drafts)]
        drafts = [
            draft
            for draft, end in zip(drafts, (*ends, last), strict=True)
            if _of_a_talk(document.reading, draft, max(end, draft.at.line))
        ]
    drafts = [draft for draft in drafts if not draft.is_empty]
    if document.reading.policy.unknown == "error":
        _check_kit(document.reading, drafts)
    for place in too_large(document.reading, [draft.at for draft in drafts], "slide"):
        drafts[place].blocks.clear()
    names = Names(draft.attrs.id for draft in drafts if draft.attrs.id)
    slides: list[SlideSource] = []
    for draft in drafts:
        before = slides[-1] if slides else None
        slides.append(_slide(document.reading, draft, before, names))
    return tuple(slides)


def _drafts(document: Document) -> list[_Draft]:
    first = document.reading.at(1)
    drafts = [_Draft(title=(), attrs=NO_ATTRS, at=first, kind="start")]
    for block in document.flow:
        if isinstance(block, Break):
            drafts.append(_Draft(title=(), attrs=block.attrs, at=block.at, kind="break"))
        elif isinstance(block, Heading) and block.level <= document.slide_level:
            kind = "slide" if block.level == document.slide_level else "divider"
            title, below = _subtitled(block.children) if document.reading.habits.subtitles else (block.children, ())
            drafts.append(_Draft(title=title, attrs=block.attrs, at=block.at, kind=kind))
            if below:
                drafts[-1].blocks.append(Heading(document.slide_level + 1, below, NO_ATTRS, block.at))
        else:
            if drafts[-1].is_empty and drafts[-1].kind == "start":
                drafts[-1].at = getattr(block, "at", first)
            drafts[-1].blocks.append(block)
    return drafts


def _subtitled(title: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """Return a title and what stands after its bar."""
    for place, node in enumerate(title):
        if isinstance(node, Text) and " | " in f"{node.text} ":
            before, _, after = node.text.partition(" |")
            first = (replace(node, text=before),) if before else ()
            rest = (replace(node, text=after.lstrip()),) if after.strip() else ()
            return (*title[:place], *first), (*rest, *title[place + 1 :])
    return title, ()


def _open_talk(reading: Reading, drafts: list[_Draft]) -> None:
    """Make the first slide of a talk that has only rules a title slide, if it is a heading and lines of text."""
    first = next((draft for draft in drafts if draft.blocks or draft.title), None)
    if first is not None and not reading.habits.covered:
        first.blocks.insert(0, Div("lead", (), NO_ATTRS, first.at))


def _of_a_talk(reading: Reading, draft: _Draft, last: int) -> bool:
    """Settle title and backgrounds of a talk's slide, which ends on line ``last``; return whether it is shown."""
    if reading.habits.ruled and not draft.title:
        _take_title(draft)
    if reading.habits.ruled:
        draft.blocks = settled(draft.blocks, steps=reading.habits.steps)
    if draft.title and draft.kind in {"start", "break"}:
        draft.kind = "slide"
    draft.attrs = _in_class(draft.blocks, _known(draft.attrs, draft.at, reading))
    draft.attrs = _with_backgrounds(draft.blocks, draft.attrs)
    if draft.attrs.pairs and draft.kind in {"start", "break"}:
        draft.kind = "slide"  # a picture alone
    if "divider" in draft.attrs.classes and draft.kind != "divider":
        draft.attrs = replace(draft.attrs, classes=tuple(name for name in draft.attrs.classes if name != "divider"))
        draft.kind = "divider" if draft.title else draft.kind
    if draft.kind == "divider" and (not _is_empty(draft.blocks) or "background-image" in draft.attrs):
        draft.kind = "slide"
    shown = _is_shown(draft, reading)
    if not shown:
        reading.left_out.append((draft.at, last))
    return shown


def _take_title(draft: _Draft) -> None:
    """Make the first heading in a slide its title, unless it stands in another column than the first."""
    for place, block in enumerate(draft.blocks):
        if isinstance(block, Div) and block.name == "slot" and block.attrs.get("name") != "left":
            return
        if isinstance(block, Heading):
            own, given = block.attrs, draft.attrs
            draft.blocks.pop(place)
            draft.title = block.children
            draft.attrs = Attrs(own.id, (*given.classes, *own.classes), (*given.pairs, *own.pairs))
            return


def _in_class(blocks: list[Block], attrs: Attrs) -> Attrs:
    """Give Marp's class "lead", and Quarto's "incremental", their effect on a slide; a title alone is as large as it fits anyway."""
    lead = any(isinstance(block, Div) and block.name == "lead" for block in blocks)
    blocks[:] = [block for block in blocks if not (isinstance(block, Div) and block.name == "lead")]
    told = not _is_empty(blocks) and all(isinstance(b, Paragraph | Heading) or _is_empty((b,)) for b in blocks)
    if lead and "layout" not in attrs and told:
        attrs = Attrs(attrs.id, attrs.classes, (*attrs.pairs, ("layout", STATEMENT.name)))
    if "incremental" in attrs.classes:
        blocks[:] = stepped(tuple(blocks))
        attrs = Attrs(attrs.id, tuple(name for name in attrs.classes if name != "incremental"), attrs.pairs)
    return attrs


def _with_backgrounds(blocks: list[Block], attrs: Attrs) -> Attrs:
    """Take background pictures out of the blocks of a slide; one alone becomes ``background-image``, others stay one ``Edge``."""
    found = [block for block in blocks if isinstance(block, Edge)]
    blocks[:] = [block for block in blocks if not isinstance(block, Edge)]
    edge = marp.joined(found)
    if edge is None:
        return attrs
    if edge.side == "all" and len(edge.pictures) == 1:
        return Attrs(attrs.id, attrs.classes, (*attrs.pairs, ("background-image", edge.pictures[0].target)))
    blocks.append(edge)
    return attrs


def _is_shown(draft: _Draft, reading: Reading) -> bool:
    """Whether a slide is shown; one that is hidden is named."""
    visibility = draft.attrs.get("visibility", draft.attrs.get("data-visibility"))
    if visibility == "layout" and (draft.title or not _is_empty(draft.blocks)):
        reading.lose("what a layout (layout: true) repeats on each slide is left out", draft.at)
    if visibility not in ("hidden", "layout"):
        return True
    if visibility == "layout":
        return False
    reading.lose(f"the hidden slide “{plain(draft.title)}” is left out", draft.at)
    return False


def _known(attrs: Attrs, at: At, reading: Reading) -> Attrs:
    """Return the attributes of a slide without those that mean nothing here; what would be seen is named."""
    pairs = []
    for key, value in attrs.pairs:
        if key in _BACKGROUND:
            reading.lose(f"{key.removeprefix('data-')}= of a slide has no effect", at)
        elif key.startswith("data-background-image") or (key == "data-background" and reveal.PICTURE.search(value)):
            pairs.append(("background-image", value))
        elif key == "data-background" and value.lower() in WHITE:
            pass
        elif key == "data-background":
            reading.lose("background= of a slide has no effect", at)
        else:
            pairs.append((key, value))
    return Attrs(attrs.id, attrs.classes, tuple(pairs))


def _is_empty(blocks: Sequence[Block]) -> bool:
    """Whether nothing of some blocks is on the slide: they are notes, or there are none."""
    return all(isinstance(block, Div) and block.name == "notes" for block in blocks)


def _check_kit(reading: Reading, drafts: list[_Draft]) -> None:
    for draft in drafts:
        if draft.kind == "divider":
            hint = "the section's title is in the front matter; begin a slide with ##"
            reading.error("a heading with one # means nothing in a kit", draft.at, hint, "heading")
        elif draft.kind == "start":
            reading.error("this is before the first slide", draft.at, "begin a slide with ##", "before-slides")
        elif draft.kind == "slide" and not draft.attrs.id:
            name = slug(plain(draft.title)) or "name"
            reading.error("this slide has no name", draft.at, f"add {{#{name}}} after its title", "slide-id")


def _slide(reading: Reading, draft: _Draft, before: SlideSource | None, names: Names) -> SlideSource:
    attrs = draft.attrs
    if draft.kind == "divider":
        attrs = Attrs(attrs.id, (*attrs.classes, "divider"), attrs.pairs)
    elif draft.kind == "break" and before is not None:
        attrs = _inherited(before.attrs)
    check_attributes(reading, "slide", attrs, draft.at)
    attrs = _with_background(reading, attrs, draft.at)
    name = attrs.id
    if not name:
        wanted = slug(plain(draft.title))
        if not wanted:
            wanted = re.sub(r"-\d+$", "", before.id) + "-2" if before is not None else "slide-1"
        name = names.unique(wanted)
    blocks, notes = _apart(reading, draft.blocks)
    if "task" in attrs:
        reading.exercises.append((attrs.get("task"), draft.at))
    return SlideSource(
        id=name, title=draft.title, blocks=blocks, notes=notes, attrs=replace(attrs, id=name), at=draft.at
    )


def _inherited(attrs: Attrs) -> Attrs:
    """Return the attributes that a slide opened by ``---`` inherits from the one that it continues."""
    classes = tuple(name for name in attrs.classes if name in PRIORITIES)
    return Attrs("", classes, tuple(pair for pair in attrs.pairs if pair[0] == "for"))


def _with_background(reading: Reading, attrs: Attrs, at: At) -> Attrs:
    if "background-image" not in attrs:
        return attrs
    pairs = [(k, resolve_target(reading, v, at) if k == "background-image" else v) for k, v in attrs.pairs]
    return Attrs(attrs.id, attrs.classes, tuple(pair for pair in pairs if pair != ("background-image", "")))


def _apart(reading: Reading, blocks: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return blocks without notes, and the notes' blocks; notes with attributes stay a div."""
    shown: list[Block] = []
    notes: list[Block] = []
    for block in blocks:
        place = DIVS[block.name].place if isinstance(block, Div) and block.name in DIVS else None
        if isinstance(block, Div) and place is Place.NOTES:
            notes.extend((block,) if block.attrs.pairs else block.blocks)
        elif isinstance(block, Div) and place is Place.EXERCISE:
            reading.fault(f"::: {block.name} is on a slide", block.at, "it belongs in an exercise file", "div")
            if reading.policy.unknown == "shown":
                shown.extend(block.blocks)
        else:
            shown.append(block)
    return tuple(shown), tuple(notes)


def slug(text: str) -> str:
    """Return a name made from a title, like pandoc's but without accents.

    >>> slug("Surprise falls, as it réads")
    'surprise-falls-as-it-reads'
    """
    bare = unicodedata.normalize("NFKD", text)
    words = re.sub(r"[^\w\s-]", "", "".join(c for c in bare if not unicodedata.combining(c))).lower()
    return re.sub(r"[\s_-]+", "-", words).strip("-")[:60].rstrip("-")


def nearest(name: str, parts: Iterable[SlideSource | ExerciseSource], title: str = "") -> str:
    """Return a hint with the slide or exercise whose id or title comes closest to a name that none has.

    Args:
        title: the title that came with the name.
    """
    titles = {slug(plain(part.title)): part for part in parts if part.title}
    for word in filter(None, (slug(title), slug(name))):
        words = set(word.split("-"))
        whole = [text for text in titles if len(words) > 1 and words <= set(text.split("-"))]
        if found := difflib.get_close_matches(word, titles, n=1, cutoff=ALIKE) or (whole if len(whole) == 1 else []):
            part = titles[found[0]]
            return f"did you mean {part.id!r}, “{plain(part.title)}”?"
    return did_you_mean(name, {part.id for part in parts})


class Names:
    """Ids that are taken; for new ones it continues each name's numbering."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def unique(self, name: str) -> str:
        """Take ``name``, or ``name`` with the first free number appended, and return it.

        >>> names = Names(["intro"])
        >>> names.unique("intro"), names.unique("intro"), names.unique("end")
        ('intro-2', 'intro-3', 'end')
        """
        found, bare = name, re.sub(r"-\d+$", "", name)
        while found in self._taken:
            self._last[bare] = self._last.get(bare, 1) + 1
            found = f"{bare}-{self._last[bare]}"
        self._taken.add(found)
        return found
