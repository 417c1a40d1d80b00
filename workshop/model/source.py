"""Content as its author wrote it: references and claims unresolved, every node with its place.

``content`` makes these, ``plan`` resolves them; nobody else sees them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from workshop.errors import At

if TYPE_CHECKING:
    from workshop.model.meta import AudienceMeta, KitMeta, SheetMeta, StageMeta, StyleMeta
    from workshop.model.print_source import PrintSource

_NUMBER = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+")


@dataclass(frozen=True, slots=True)
class Attrs:
    """Attributes in braces: ``{#id .class key=value key="a b"}``."""

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, key: str, default: str = "") -> str:
        """Return the value of ``key``, or ``default``."""
        return dict(self.pairs).get(key, default)

    def number(self, key: str, default: float = 0) -> float:
        """Return a number from 0 upwards, or ``default`` if there is none; what isn't a number was reported."""
        value = self.get(key)
        return float(value) if _NUMBER.fullmatch(value) else default

    def names(self, key: str) -> tuple[str, ...]:
        """Return the names that ``key`` lists with commas."""
        return tuple(name for part in self.get(key).split(",") if (name := part.strip()))

    def __contains__(self, key: str) -> bool:
        return any(k == key for k, _ in self.pairs)


NO_ATTRS = Attrs()


# ---------------------------------------------------------------- inline nodes
@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters. A soft line break is one space."""

    text: str
    at: At


@dataclass(frozen=True, slots=True)
class Value:
    """``{{ expr | filter }}``: the source between the braces, stripped."""

    expr: str
    at: At


@dataclass(frozen=True, slots=True)
class Strong:
    """``**…**``."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """``*…*``."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strike:
    """``~~…~~``."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """Text between backticks, never masked or evaluated."""

    text: str
    at: At


@dataclass(frozen=True, slots=True)
class Link:
    """``[text](target)``: a URL or ``#slide-id``."""

    target: str
    children: tuple[Inline, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Span:
    """``[text]{claim="…" else="…"}`` or ``[text]{.class}``."""

    children: tuple[Inline, ...]
    attrs: Attrs
    at: At


@dataclass(frozen=True, slots=True)
class Cite:
    """``[@key]`` or ``[@a; @b]``."""

    keys: tuple[str, ...]
    at: At


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A hard break: two spaces or a backslash at the end of a line."""

    at: At


@dataclass(frozen=True, slots=True)
class FootnoteRef:
    """``[^1]``: the footnote's own inline content."""

    children: tuple[Inline, ...]
    at: At


Inline = Text | Value | Strong | Emphasis | Strike | CodeSpan | Link | Span | Cite | LineBreak | FootnoteRef


# ---------------------------------------------------------------- blocks
@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of inline nodes."""

    children: tuple[Inline, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below slide level (``###`` in a kit), e.g. the head of a column."""

    level: int
    children: tuple[Inline, ...]
    attrs: Attrs
    at: At


@dataclass(frozen=True, slots=True)
class Item:
    """A list item; ``checked`` is None unless it began with ``[ ]`` or ``[x]``."""

    blocks: tuple[Block, ...]
    attrs: Attrs
    at: At
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A bullet or numbered list."""

    items: tuple[Item, ...]
    ordered: bool
    start: int
    at: At


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A pipe table; ``aligns`` holds "", "left", "right" or "center" a column."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    aligns: tuple[str, ...]
    caption: tuple[Inline, ...]
    attrs: Attrs
    at: At


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A fenced or indented block of code, untouched."""

    text: str
    language: str
    attrs: Attrs
    at: At


@dataclass(frozen=True, slots=True)
class Picture:
    """A paragraph that is only ``![alt](target){attrs}``.

    ``target`` is a file, or ``chart:demo.name``, ``table:…``, ``code:…``, ``exercise:id``,
    ``chart:data/file.csv``, ``table:data/file.csv``; "" where it is wrong, which was reported. ``alt`` is the bracket text.
    """

    target: str
    alt: tuple[Inline, ...]
    attrs: Attrs
    at: At


@dataclass(frozen=True, slots=True)
class Quote:
    """``> …``."""

    blocks: tuple[Block, ...]
    at: At


@dataclass(frozen=True, slots=True)
class Div:
    """A fenced div. ``name`` is its bare word or first class ("notes", "columns", "hint", …), "" if it has none."""

    name: str
    blocks: tuple[Block, ...]
    attrs: Attrs
    at: At


@dataclass(frozen=True, slots=True)
class Pause:
    """``. . .`` alone in a paragraph: what follows appears on a click."""

    at: At


Block = Paragraph | Heading | ListBlock | TableBlock | CodeBlock | Picture | Quote | Div | Pause


# ---------------------------------------------------------------- documents
@dataclass(frozen=True, slots=True, kw_only=True)
class SlideSource:
    """One slide as written. ``title`` is empty for a slide opened by ``---``; ``notes`` are its ``::: notes`` divs' blocks."""

    id: str
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Block, ...]
    attrs: Attrs
    at: At


@dataclass(frozen=True, slots=True)
class RunSpec:
    """A demo under a name of its own with other knobs: ``runs: {short: {demo: trigram, rounds: 2}}``."""

    name: str
    demo: str
    knobs: Mapping[str, str]
    at: At


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSource:
    """One source file: a section with its slides.

    Attributes:
        id: ``stage:`` of the front matter, else the file's name without number and suffix.
        meta: the front matter; a single file's has no number.
        meta_at: dotted path of a front-matter key -> its place.
    """

    id: str
    meta: StageMeta
    at: At
    slides: tuple[SlideSource, ...] = ()
    runs: tuple[RunSpec, ...] = ()
    attrs: Attrs = NO_ATTRS
    meta_at: Mapping[str, At] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title of the section."""
        return self.meta.title

    @property
    def number(self) -> int | None:
        """Place among the numbered stages from 1, or ``None``: opening, closing, a single file."""
        return self.meta.number


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseSource:
    """One exercise as written.

    Attributes:
        stage: id of the stage its file belongs to.
        task, hint, solution: blocks of the three divs; ``hint`` may be empty.
        attrs: ``minutes=``, ``level=``, ``problem=``, ``from=`` (a run whose facts the problem reads), ``calculator=``, ``for=``.
    """

    id: str
    title: tuple[Inline, ...]
    stage: str
    task: tuple[Block, ...]
    hint: tuple[Block, ...]
    solution: tuple[Block, ...]
    attrs: Attrs
    at: At


@dataclass(frozen=True, slots=True)
class SheetSource:
    """A file of exercises: its front matter and the exercises in order."""

    meta: SheetMeta
    exercises: tuple[ExerciseSource, ...]
    at: At

    @property
    def stage(self) -> str:
        """Id of the stage whose sheet it is."""
        return self.meta.stage

    @property
    def title(self) -> str:
        """The title of the sheet."""
        return self.meta.title


@dataclass(frozen=True, slots=True)
class AudienceSource:
    """One file of ``audiences/``; its name is the id."""

    id: str
    meta: AudienceMeta
    at: At

    @property
    def title(self) -> str:
        """What the audience is called."""
        return self.meta.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A glossary entry: plain definition first.

    Attributes:
        explained: id of the slide that explains it; "" for the whole of its section.
        everyday: whether it is also a common word that may be used before.
    """

    id: str
    term: str
    definition: str
    stage: str
    at: At
    explained: str = ""
    everyday: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A numbered point of the subject that the kit claims to teach, an entry of ``points.yaml``."""

    id: str
    text: str
    stage: str
    at: At


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A published work, an entry of ``sources.yaml``.

    Attributes:
        who: "Lee et al. 2021".
        work: title of the work.
        version: "arXiv 2107.06499 v2; ACL 2022".
        scope: what the figure was measured on.
        caveat: what must be said with it.
        verified: how far the figure was checked ("paper text read", "abstract read", "quoted in …").
    """

    key: str
    who: str
    work: str
    version: str
    scope: str
    caveat: str
    verified: str
    at: At


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything a kit or a single file says, before any demo ran.

    Attributes:
        root: folder that relative names start from.
        name: short name for the output folder of a single file; "" for a kit.
        is_kit: whether a ``kit.yaml`` stands behind it (then every unknown name is an error).
        meta: ``kit.yaml``, or the file's own front matter.
        meta_at: dotted path of a key -> its place.
        data: demo name -> slot -> path of a file or folder of the kit.
        variables: what ``{{ var.name }}`` stands for: plain text.
        overlays: folders whose files come before the kit's, the strongest first.
        own_slots: (demo, slot) whose data an overlay replaces or brings.
        dropped: ids of slides that an overlay takes away.
        prints: ballots, cards and quiz.
        style: the words that ``check`` looks for.
    """

    root: Path
    name: str
    is_kit: bool
    meta: KitMeta
    stages: tuple[StageSource, ...]
    meta_at: Mapping[str, At] = field(default_factory=dict)
    sheets: tuple[SheetSource, ...] = ()
    audiences: tuple[AudienceSource, ...] = ()
    glossary: tuple[Term, ...] = ()
    sources: tuple[Source, ...] = ()
    data: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    style: StyleMeta | None = None
    files: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    overlays: tuple[Path, ...] = ()
    own_slots: frozenset[tuple[str, str]] = frozenset()
    dropped: frozenset[str] = frozenset()
    prints: tuple[PrintSource, ...] = ()

    @property
    def own(self) -> frozenset[str]:
        """The demos that got data from an overlay."""
        return frozenset(demo for demo, _ in self.own_slots)
