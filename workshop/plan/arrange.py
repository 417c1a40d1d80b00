"""Choose a slide's layout from what is on it, and put every block into a slot of that layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from workshop.constructs.columns import Columns
from workshop.constructs.panels import Misconception, Quoted
from workshop.constructs.table import CONSTRUCTS, text_of
from workshop.errors import At, Report, Severity
from workshop.model import kit, markup
from workshop.model.records import dataclass
from workshop.plan.arrange_talk import FREE, is_free
from workshop.plan.resolve import one_line
from workshop.plan.scope import Scope
from workshop.wording.messages import messages, say

P = TypeVar("P")
Slots = tuple[tuple[str, tuple[kit.Block, ...]], ...]
Exhibit = kit.ShownChart | kit.ShownTable | kit.ShownCode | kit.ShownPicture
READING_WORDS = 34  # more words than this don't fit beside an exhibit at 24 pt
BESIDE = {
    kit.ShownChart: ("chart", "chart-and-text"),
    kit.ShownTable: ("table", "table-and-text"),
    kit.ShownCode: ("code", "code"),
    kit.ShownPicture: ("picture", "picture"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A slide about to be arranged.

    Attributes:
        measure: the line under the title, which comes from its exhibit.
        marks, learnt: the stages for a map or a closing slide.
        cut: ids of the stages on the map that are not in.
        opened: the first line of a slide that opens the companion page; ``None`` on any other.
        given: the text that an exercise works on, if the slide has the task in short.
        talk: whether it is one of a single file, where nothing is refused.
        untitled: whether nobody gave it a title.
    """

    attrs: markup.Attrs
    title: kit.Runs
    blocks: tuple[kit.Block, ...]
    measure: str
    at: At
    language: str
    marks: tuple[kit.StageMark, ...]
    learnt: tuple[str, ...]
    phases: tuple[tuple[str, tuple[int, ...]], ...]
    cut: frozenset[str] = frozenset()
    opened: kit.Line | None = None
    given: tuple[kit.Block, ...] = ()
    talk: bool = False
    untitled: bool = False

    def word(self, key: str) -> str:
        """Return a fixed word of the engine in the deck's language."""
        return str(messages(self.language)[key])

    def line(self, text: str) -> kit.Prose:
        """Return text as ``Prose`` of one line at the slide's place."""
        return one_line((kit.Run(text),), self.at)

    @property
    def prose(self) -> tuple[kit.Line, ...]:
        """All lines of running text, in order."""
        return tuple(line for b in self.blocks if isinstance(b, kit.Prose) for line in b.lines)

    def of(self, *kinds: type) -> list[kit.Block]:
        """Return the blocks of some types."""
        return [b for b in self.blocks if isinstance(b, kinds)]

    def first(self, kind: type[P]) -> P | None:
        """Return the first block of a type."""
        return next((block for block in self.blocks if isinstance(block, kind)), None)


@dataclass(frozen=True, slots=True)
class Arranged:
    """One slide's layout and slots; a draft may become two slides."""

    layout: str
    slots: Slots


def arrange(draft: Draft, scope: Scope) -> tuple[Arranged, ...]:
    """Return the slide (or the slide and its continuation) that a draft becomes."""
    if draft.talk and "layout" not in draft.attrs and is_free(draft.blocks, untitled=draft.untitled):
        return (Arranged(FREE, _used([("main", draft.blocks)])),)
    chosen = draft.attrs.get("layout") or ("activity" if draft.opened else _choose(draft))
    maker = _MAKERS.get(chosen)
    if maker is not None and draft.talk:
        return _tried(chosen, maker, draft, scope)
    if maker is not None:
        return (Arranged(chosen, _used(maker(draft, scope))),)
    return _exhibits(draft, scope)


def _tried(chosen: str, maker: Maker, draft: Draft, scope: Scope) -> tuple[Arranged, ...]:
    """Return a slide of a talk in the layout that it asks for; if it lacks something for that, put together freely."""
    trial = Report()
    made = maker(draft, replace(scope, report=trial))
    if not trial.errors:
        scope.report.extend(trial.found)
        return (Arranged(chosen, _used(made)),)
    scope.report.extend(replace(problem, severity=Severity.WARNING) for problem in trial.found)
    return (Arranged(FREE, _used([("main", draft.blocks)])),)


def _used(slots: Sequence[tuple[str, Sequence[kit.Block]]]) -> Slots:
    return tuple((name, tuple(blocks)) for name, blocks in slots if blocks)


def _choose(draft: Draft) -> str:
    for construct in CONSTRUCTS:
        if construct.layout and construct.block and draft.of(construct.block):
            return construct.layout
    return "" if draft.blocks else "statement"


def _prose(lines: Sequence[kit.Line]) -> tuple[kit.Block, ...]:
    return (kit.Prose(tuple(lines)),) if lines else ()


def _exhibits(draft: Draft, scope: Scope) -> tuple[Arranged, ...]:
    exhibits = [b for b in draft.blocks if isinstance(b, Exhibit)]
    text = text_of(draft.blocks)
    measure = (draft.line(draft.measure),) if draft.measure else ()
    if not exhibits:
        return (Arranged("content", _used([("main", _prose(text))])),)
    if len(exhibits) == 2 and not text:
        return (Arranged("two-content", _used([("left", exhibits[:1]), ("right", exhibits[1:])])),)
    if len(exhibits) > 1:
        scope.report.error(
            f"{len(exhibits)} exhibits and text on one slide",
            draft.at,
            "give each a slide of its own, or two of them a column each",
            "too-much",
        )
        return ()
    exhibit = exhibits[0]
    if isinstance(exhibit, kit.ShownPicture) and exhibit.caption and not measure:
        measure = (draft.line(exhibit.caption),)
    alone, beside = BESIDE[type(exhibit)]
    if not text:
        return (Arranged(alone, _used([("measure", measure), ("main", (exhibit,))])),)
    if sum(len(line.text.split()) for line in text) > READING_WORDS:
        first = Arranged("content", _used([("main", _prose(text))]))
        return (first, Arranged(alone, _used([("measure", measure), ("main", (exhibit,))])))
    return (Arranged(beside, _used([("measure", measure), ("main", (exhibit,)), ("reading", _prose(text))])),)


# ---------------------------------------------------------------- one maker per layout
Made = list[tuple[str, Sequence[kit.Block]]]
Maker = Callable[["Draft", Scope], Made]


def _content(draft: Draft, _: Scope) -> Made:
    return [("main", _prose(text_of(draft.blocks)))]


def _two_content(draft: Draft, scope: Scope) -> Made:
    columns = draft.first(Columns)
    if columns is None or len(columns.blocks) != 2:
        number = len(columns.blocks) if columns else 0
        scope.report.error(
            f"this slide has {number} columns; the layout has two",
            draft.at,
            "write ::: columns with two ::: column in it",
            "columns",
        )
        return []
    before = draft.prose
    made: Made = []
    for side, column in zip(("left", "right"), columns.blocks, strict=True):
        assert isinstance(column, kit.Panel)
        if column.title:
            made.append((f"{side}-heading", (draft.line(column.title),)))
        exhibits = [b for b in column.blocks if isinstance(b, Exhibit)]
        text = [*(before if side == "left" else ()), *text_of(column.blocks)]
        if exhibits and (text or len(exhibits) > 1):
            scope.report.error(
                "a column holds text or one exhibit, not both",
                column.at,
                "put the text into the other column",
                "columns",
            )
        made.append((side, exhibits[:1] if exhibits else _prose(text)))
    return made


def _statement(draft: Draft, _: Scope) -> Made:
    return [("aside", _prose(text_of(draft.blocks)))]


def _big_number(draft: Draft, scope: Scope) -> Made:
    lines = draft.prose
    if not lines:
        scope.report.error(
            "a big-number slide has no number", draft.at, "write the number as its first paragraph", "layout"
        )
        return []
    return [("number", _prose(lines[:1])), ("unit", _prose(lines[1:2])), ("main", _prose(lines[2:]))]


def _turn(draft: Draft, key: str) -> Made:
    minutes = draft.attrs.get("minutes")
    unit = draft.attrs.get("unit") or draft.word("minute-unit" if minutes == "1" else "minutes-unit")
    made: Made = [("mode", (draft.line(draft.attrs.get("mode") or draft.word(key)),))]
    if minutes and minutes != "0":
        made += [("minutes", (draft.line(minutes),)), ("unit", (draft.line(unit),))]
    return made


def _predict(draft: Draft, scope: Scope) -> Made:
    options = [line for line in text_of(draft.blocks) if line.marker != "none"]
    if not 2 <= len(options) <= 4:
        scope.report.error(
            f"a predict slide has two to four options, not {len(options)}", draft.at, "write them as a list", "layout"
        )
        return []
    right = sum(bool(line.right) for line in options)
    if right != 1 and any(line.right is not None for line in options) and not scope.varied:
        hint = "correct what right= says, so that it holds for exactly one of them"
        scope.report.error(f"{right} options of this bet are right for this run", draft.at, hint, "false-claim")
    plain = tuple(replace(line, marker="none", number=0) for line in options)
    return [*_turn(draft, "predict"), ("options", (kit.Prose(plain),))]


def _activity(draft: Draft, _: Scope) -> Made:
    steps, asides = _apart(draft, "activity")
    if draft.opened is None:
        return [*_turn(draft, "activity"), ("main", _prose(text_of(steps))), *asides]
    return [*_turn(draft, "live"), ("main", _prose((draft.opened, *text_of(steps)))), *asides]


def _apart(draft: Draft, layout: str) -> tuple[list[kit.Block], Made]:
    """Return the blocks of a slide's running text, and the slots of those for which its layout has a place."""
    places = {construct.block: construct.slot for construct in CONSTRUCTS if construct.slot}
    mine = {block: slot for block, slot in places.items() if slot.layout == layout}
    rest = [block for block in draft.blocks if type(block) not in mine]
    made: Made = []
    for kind, slot in mine.items():
        panels = [block for block in draft.blocks if type(block) is kind and isinstance(block, kit.Panel)]
        lines = [line for panel in panels for line in text_of(panel.blocks)]
        made.append((slot.name, _labelled(draft.word(slot.label), lines) if slot.label else _prose(lines)))
    return rest, made


def _labelled(label: str, lines: Sequence[kit.Line]) -> tuple[kit.Block, ...]:
    if not lines:
        return ()
    first = replace(lines[0], marker="none", runs=(kit.Run(f"{label} ", strong=True), *lines[0].runs))
    return (kit.Prose((first, *lines[1:])),)


def _exercise(draft: Draft, scope: Scope) -> Made:
    tables = draft.of(kit.ShownTable)
    if len(tables) > 1:
        scope.report.error("an exercise slide shows one table", draft.at, "show the others on the sheet only", "layout")
    task, asides = _apart(draft, "exercise")
    return [
        *_turn(draft, "exercise"),
        ("main", _prose(text_of(task))),
        ("data", tables[:1]),
        ("given", draft.given),
        *asides,
    ]


def _misconception(draft: Draft, scope: Scope) -> Made:
    panel = draft.first(Misconception)
    inner = panel.blocks if panel else draft.blocks
    quotes = [b for b in inner if isinstance(b, Quoted)]
    reply = [line for b in inner if isinstance(b, kit.Prose) for line in b.lines]
    if not quotes or not reply:
        scope.report.error(
            "a misconception has a wrong claim and a reply",
            draft.at,
            "write the claim as > quote and the reply under it",
            "layout",
        )
        return []
    return [
        ("claim-label", (draft.line(draft.word("you-may-hear")),)),
        ("claim", _prose(text_of(quotes[0].blocks))),
        ("reply-label", (draft.line(draft.word("reply")),)),
        ("reply", _prose(reply)),
    ]


def _toy_stops(draft: Draft, scope: Scope) -> Made:
    tables = draft.of(kit.ShownTable)
    if len(tables) != 1:
        scope.report.error(
            "a toy-stops slide is one table", draft.at, "columns: what, our toy, a large model", "layout"
        )
    return [("measure", (draft.line(draft.measure),) if draft.measure else ()), ("main", tables[:1])]


def _source(draft: Draft, scope: Scope) -> Made:
    keys = [key for key in scope.cited if key in scope.sources]
    if not keys:
        scope.report.error("a source slide cites nothing", draft.at, "add [@key] with a key of sources.yaml", "layout")
        return []
    work = scope.sources[keys[0]]

    def pair(head: str, rest: str) -> tuple[kit.Block, ...]:
        lines = [kit.Line((kit.Run(head, strong=True),), at=draft.at)]
        if rest:
            lines.append(kit.Line((kit.Run(rest),), at=draft.at))
        return (kit.Prose(tuple(lines)),)

    version, _, more = work.version.partition("; ")
    return [
        ("finding", _prose(draft.prose)),
        ("who", pair(work.who, work.work)),
        ("version", pair(version, more)),
        ("scope", pair(draft.word("measured-on"), work.scope)),
    ]


def _diagram(draft: Draft, _: Scope) -> Made:
    return [
        ("measure", (draft.line(draft.measure),) if draft.measure else ()),
        ("main", draft.of(kit.Drawn)[:1]),
        ("caption", _prose(draft.prose)),
    ]


def _map(draft: Draft, _: Scope) -> Made:
    by_number = {mark.number: mark for mark in draft.marks}
    learnt = dict(zip(by_number, draft.learnt, strict=False)) if "learnt" in draft.attrs.classes else {}

    def tile(number: int) -> kit.Step:
        mark = by_number[number]
        if mark.id in draft.cut:
            return kit.Step(mark.short, learnt.get(number) or mark.question, "panel", stage=mark.id)
        role = "open" if number == max(by_number) else "field"
        return kit.Step(mark.short, learnt.get(number) or mark.question, role, link=f"#{mark.id}", stage=mark.id)

    phases = tuple(
        kit.Phase(title, tuple(tile(n) for n in numbers if n in by_number)) for title, numbers in draft.phases
    ) or (kit.Phase("", tuple(tile(n) for n in by_number)),)
    alt = say(draft.language, "map-alt", total=len(by_number))
    count = sum(mark.id not in draft.cut for mark in draft.marks)
    today = say(draft.language, "map-today", total=len(by_number), count=count) if draft.cut else ""
    return [("main", (kit.Map(tuple(p for p in phases if p.tiles), alt, today),))]


def _closing(draft: Draft, _: Scope) -> Made:
    lines = [
        kit.Line((kit.Run(text),), marker="number", number=n, at=draft.at)
        for n, text in enumerate(draft.learnt, 1)
        if text
    ]
    half = (len(lines) + 1) // 2
    asides = _apart(draft, "closing")[1]
    return [("left", _prose(lines[:half])), ("right", _prose(lines[half:])), *asides]


_MAKERS: dict[str, Maker] = {
    "content": _content,
    "two-content": _two_content,
    "statement": _statement,
    "big-number": _big_number,
    "predict": _predict,
    "activity": _activity,
    "exercise": _exercise,
    "misconception": _misconception,
    "toy-stops": _toy_stops,
    "source": _source,
    "diagram": _diagram,
    "map": _map,
    "closing": _closing,
}
