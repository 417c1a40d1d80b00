"""The YAML files of ballots, cards and the quiz."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Struct
from msgspec.structs import replace
from pydantic import Field

from workshop import limits
from workshop.content.divs import Break
from workshop.content.markdown_file import parse_document
from workshop.content.mask import mask
from workshop.content.metadata import is_valid, model_of
from workshop.content.reading import Read, Reading, Scope, check_for, find_laid
from workshop.content.source_text import display, read_text
from workshop.errors import At, Report, did_you_mean
from workshop.inputs.yaml_text import Key, Tree, parse_yaml
from workshop.model.closed import Closed
from workshop.model.markup import NO_ATTRS, Attrs, Block, Heading, Paragraph
from workshop.model.meta import KitMeta, Name, Whole
from workshop.model.source import (
    EntryMeta,
    PartMeta,
    PrintEntry,
    PrintMeta,
    PrintPart,
    PrintSource,
)


# The schema of the YAML files for ballots, cards and the quiz.
class _ForSome(Closed):
    for_: str = ""


class BallotsSchema(_ForSome):
    """The file that ``ballots:`` of kit.yaml names."""

    stage: str
    title: str
    rounds: list[dict[str, Any]]


class RoundSchema(_ForSome):
    """One round of it."""

    round: Whole
    question: str
    short: Annotated[str, Field(max_length=8)] = ""
    a: dict[str, str]
    b: dict[str, str]


class AnswerSchema(Closed):
    """One answer of a round."""

    kind: str
    text: str


class CardsSchema(_ForSome):
    """A file that ``cards:`` of kit.yaml names."""

    title: str
    stage: str
    task: str = ""
    size: Literal["standard", "large"] = "standard"
    per: Literal["room", "group", "person"] = "group"
    group: Whole = 3
    after: str = ""
    minutes: Whole = 0
    cards: list[dict[str, str]] = Field(default_factory=list)
    documents: str = ""


class CardSchema(_ForSome):
    """One card of it."""

    front: str
    back: str = ""
    head: str = ""
    title: str = ""
    verdict: str = ""
    note: str = ""


class QuestionSchema(_ForSome):
    """An entry of the file that ``quiz:`` of kit.yaml names."""

    id: Name
    stage: str
    later: bool = False
    question: str
    options: Annotated[list[dict[str, str]], Field(min_length=2)]
    closing: str = ""


class OptionSchema(_ForSome):
    """An answer to choose from."""

    text: str
    right: bool = False
    misconception: str = ""


# The entries of ballots, cards and the quiz: checked keys, and texts as Markdown with line numbers of their file.
LEVEL = 6


class PrintReader(Struct, kw_only=True):
    """Reads the entries of one file."""

    path: Path
    tree: Tree
    scope: Scope
    stages: tuple[str, ...]
    report: Report
    readings: list[Reading]

    def source(self, kind: str) -> PrintSource:
        """Return the file as ballots, cards or a quiz."""
        make = {"ballots": self._ballots, "cards": self._cards, "quiz": self._quiz}[kind]
        meta, attrs, entries = make()
        at = At(display(self.path), 1)
        return PrintSource(kind=kind, name=self.path.stem, entries=entries, at=at, meta=meta, attrs=attrs)

    # ------------------------------------------------------------ the three kinds
    def _ballots(self) -> tuple[PrintMeta, Attrs, tuple[PrintEntry, ...]]:
        if not is_valid(BallotsSchema, self.tree, self.report):
            return PrintMeta(), NO_ATTRS, ()
        self._check_stage(("stage",))
        entries = []
        for key in self._each(RoundSchema, "rounds"):
            given = self._value(key)
            sides = [s for s in ("a", "b") if is_valid(AnswerSchema, self.tree, self.report, (*key, s))]
            if len(sides) == 2:
                parts = [self._part(s, (*key, s, "text"), PartMeta(kind=given[s]["kind"])) for s in sides]
                entries.append(self._entry(key, (self._part("question", (*key, "question")), *parts)))
        return model_of(PrintMeta, self._value(())), self._attrs(()), tuple(entries)

    def _cards(self) -> tuple[PrintMeta, Attrs, tuple[PrintEntry, ...]]:
        if not is_valid(CardsSchema, self.tree, self.report):
            return PrintMeta(), NO_ATTRS, ()
        self._check_stage(("stage",))
        texts = ("head", "title", "front", "back", "verdict", "note")
        entries = tuple(
            self._entry(key, [self._part(name, (*key, name)) for name in texts if self._value(key).get(name)])
            for key in (self._each(CardSchema, "cards") if "cards" in self.tree.value else ())
        )
        entries += tuple(self._documents(self.tree.value.get("documents", "")))
        if not entries:
            self.report.error("this file has no cards", self.tree.at(()), "add cards: or documents:", "empty")
        return model_of(PrintMeta, self._value(())), self._attrs(()), entries

    def _documents(self, name: str) -> Iterator[PrintEntry]:
        """Yield a card for each ``##`` heading of a Markdown file with the documents for a search."""
        found = find_laid(name, self.scope) if name else None
        if isinstance(found, tuple):
            self.report.error(found[0], self.tree.at(("documents",)), found[1], "missing-file")
        text = read_text(found, self.report) if isinstance(found, Path) else None
        document = parse_document(text, found, self.scope, self.report, 2) if text and isinstance(found, Path) else None
        if document is None:
            return
        self.readings.append(document.reading)
        title: Heading | None = None
        blocks: list[Block] = []
        for block in (*document.flow, None):
            if block is None or (isinstance(block, Heading) and block.level <= 2):
                if title is not None and blocks:
                    head = PrintPart(name="title", blocks=(Paragraph(title.children, title.at),), at=title.at)
                    yield PrintEntry((head, PrintPart(name="front", blocks=tuple(blocks), at=title.at)), title.at)
                title, blocks = (block if block is not None and block.level == 2 else None), []
            elif not isinstance(block, Break):
                blocks.append(block)

    def _quiz(self) -> tuple[PrintMeta, Attrs, tuple[PrintEntry, ...]]:
        if not isinstance(self.tree.value, list):
            self.report.error("this file must be a list", self.tree.at(()), "write - {id: …}", "schema")
            return PrintMeta(), NO_ATTRS, ()
        entries, seen = [], dict[str, At]()
        for key in self._each(QuestionSchema):
            given, at = self._value(key), self.tree.at(key)
            self._check_stage((*key, "stage"))
            if given["id"] in seen:
                first = seen[given["id"]].line
                self.report.error(f"{given['id']!r} is given twice, first on line {first}", at, code="duplicate-key")
            seen.setdefault(given["id"], at)
            options = [
                self._option((*key, "options", index))
                for index in range(len(given["options"]))
                if is_valid(OptionSchema, self.tree, self.report, (*key, "options", index))
            ]
            self._check_options(options, at)
            closing = (self._part("closing", (*key, "closing")),) if given.get("closing") else ()
            entries.append(self._entry(key, (self._part("question", (*key, "question")), *options, *closing)))
        return PrintMeta(), NO_ATTRS, tuple(entries)

    def _option(self, key: Key) -> PrintPart:
        return self._part("option", (*key, "text"), model_of(PartMeta, self._value(key)), self._attrs(key))

    def _check_options(self, options: list[PrintPart], at: At) -> None:
        if not any(option.meta.right for option in options):
            self.report.error("no answer of this question is right", at, "add right: yes to one", "quiz")
        for option in options:
            if not option.meta.right and not option.meta.misconception:
                hint = "add misconception: what people who pick it believe"
                self.report.warn("this wrong answer has no misconception", option.at, hint, "quiz")

    # ------------------------------------------------------------ pieces
    def _each(self, model: type[Closed], *below: str) -> Iterator[Key]:
        """Yield the place of every well-formed entry of a list."""
        entries, what = len(self._value(below)), "cards, ballots and questions up to here have"
        if not self.report.spend(limits.PRINT_ENTRIES, entries, what, self.tree.at(below), "make two kits of it"):
            return
        for index in range(entries):
            key: Key = (*below, index)
            if is_valid(model, self.tree, self.report, key):
                yield key

    def _value(self, key: Key) -> Any:
        return self.tree.get(key)

    def _attrs(self, key: Key) -> Attrs:
        audiences = self._value(key).get("for", "")
        if not audiences:
            return NO_ATTRS
        check_for(self.of_file(), audiences, self.tree.at((*key, "for")))
        return Attrs(pairs=(("for", audiences),))

    def _entry(self, key: Key, parts: Iterable[PrintPart]) -> PrintEntry:
        meta = model_of(EntryMeta, self._value(key))
        return PrintEntry(tuple(parts), self.tree.at(key), meta, self._attrs(key))

    def _part(self, name: str, key: Key, meta: PartMeta | None = None, attrs: Attrs = NO_ATTRS) -> PrintPart:
        at = self.tree.at(key)
        return PrintPart(
            name=name, blocks=self._blocks(self._value(key), at), at=at, meta=meta or PartMeta(), attrs=attrs
        )

    def _blocks(self, text: str, at: At) -> tuple[Block, ...]:
        """Parse a text as Markdown, with line numbers of the file; a block text begins one line below its key."""
        before = at.line if text.endswith("\n") else at.line - 1
        document = parse_document("\n" * max(0, before) + text, self.path, self.scope, self.report, LEVEL)
        if document is None:
            return ()
        self.readings.append(document.reading)
        for block in document.flow:
            if isinstance(block, Break):
                document.reading.error(
                    "a slide break means nothing here", block.at, "remove the line ---", "slide-break"
                )
        return tuple(block for block in document.flow if not isinstance(block, Break))

    def of_file(self) -> Reading:
        """Return a reading of the whole file, for problems that concern all of it."""
        shown = display(self.path)
        reading = Reading(
            path=shown, folder=self.path.parent, masked=mask("", shown), scope=self.scope, report=self.report
        )
        self.readings.append(reading)
        return reading

    def _check_stage(self, key: Key) -> None:
        name = self._value(key)
        if name not in self.stages:
            hint = did_you_mean(name, self.stages)
            self.report.error(f"no section is named {name!r}", self.tree.at(key), hint, "unknown-stage")


# Ballots, cards and the quiz: YAML files whose texts are Markdown, with values and audiences as on slides.
class Asked(Struct, frozen=True):
    """A file that kit.yaml names."""

    kind: str
    name: str
    at: At


def asked_for(meta: KitMeta, places: Mapping[str, At]) -> Iterator[Asked]:
    """Yield the files that kit.yaml names under ``ballots``, ``cards`` and ``quiz``."""
    for kind, names in (("ballots", (meta.ballots,)), ("cards", meta.cards), ("quiz", (meta.quiz,))):
        for index, name in enumerate(names):
            if name:
                at = places.get(f"{kind}.{index}") or places.get(kind, At(""))
                yield Asked(kind, name, at)


def read_prints(
    asked: Iterable[Asked], scope: Scope, stages: Iterable[str], report: Report
) -> tuple[tuple[PrintSource, ...], tuple[Reading, ...]]:
    """Read a kit's files of printed matter; every problem is reported.

    Args:
        asked: the names in kit.yaml; an overlay's file of the same name takes precedence over the kit's.
        stages: ids of the kit's sections, one of which each file or question must name.
    """
    known = tuple(stages)
    sources: list[PrintSource] = []
    readings: list[Reading] = []
    for wanted in asked:
        source, own = _read(wanted, scope, known, report)
        readings.extend(own)
        if source is not None:
            sources.append(source)
    return tuple(sources), tuple(readings)


def _read(wanted: Asked, scope: Scope, stages: tuple[str, ...], report: Report) -> Read[PrintSource]:
    """Return one file and its readings."""
    path = find_laid(wanted.name, scope)
    if not isinstance(path, Path):
        report.error(path[0], wanted.at, path[1], "missing-file")
        return None, ()
    text = read_text(path, report)
    tree = parse_yaml(text, display(path), report) if text is not None else None
    if tree is None:
        return None, ()
    each = replace(scope, cache=None)  # a text of a few lines is parsed sooner than looked for
    reader = PrintReader(path=path, tree=tree, scope=each, stages=stages, report=report, readings=[])
    reader.of_file().replaced.add(path)
    return reader.source(wanted.kind), reader.readings
