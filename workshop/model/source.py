"""Content as its author wrote it: slides, sections, exercises and the kit around them, references and claims unresolved.

``content`` makes these and ``plan`` resolves them; no other step sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from workshop.errors import At
from workshop.model.bets import bet_name
from workshop.model.markup import NO_ATTRS, Attrs, Block, Inline
from workshop.model.policy import KIT, Policy
from workshop.model.slide_edit import SlideEdit
from workshop.model.stage_picture import StagePicture

if TYPE_CHECKING:
    from workshop.model.meta import (
        AudienceMeta,
        Framework,
        KitMeta,
        Point,
        SheetMeta,
        Source,
        StageMeta,
        StyleMeta,
        Term,
    )
from workshop.model.print_source import PrintSource


class SlideSource(Struct, frozen=True, kw_only=True):
    """One slide as written. ``title`` is empty for a slide opened by ``---``; ``notes`` are its ``::: notes`` divs' blocks."""

    id: str
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Block, ...]
    attrs: Attrs
    at: At

    @property
    def bet(self) -> str:
        """The name of the bet, if it asks for one: ``bet=``, else its id in words."""
        return bet_name(self.attrs.get("bet"), self.id)


class RunSpec(Struct, frozen=True):
    """A demo under another name, with other knobs: ``runs: {short: {demo: trigram, rounds: 2}}``."""

    name: str
    demo: str
    knobs: Mapping[str, str]
    at: At


class StageSource(Struct, frozen=True, kw_only=True):
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


class ExerciseSource(Struct, frozen=True, kw_only=True):
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


class SheetSource(Struct, frozen=True):
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


Place = tuple[str, bool]  # a slide, and whether another comes after it or before it


class Move(Struct, frozen=True):
    """A slide that an overlay puts next to another one, after the slides of a plan are chosen; ``attrs`` has ``for=``."""

    id: str
    anchor: str
    after: bool
    attrs: Attrs
    at: At


class AudienceSource(Struct, frozen=True):
    """One file of ``audiences/``; its name is the id.

    Attributes:
        given: the keys that it has.
        places: dotted path of a key -> its place.
    """

    id: str
    meta: AudienceMeta
    at: At
    given: frozenset[str] = frozenset()
    places: Mapping[str, At] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What the audience is called."""
        return self.meta.title


class Content(Struct, frozen=True, kw_only=True):
    """Everything in a kit or a single file, before any demo has run.

    Attributes:
        root: folder that relative names refer to.
        name: short name for the output folder of a single file; "" for a kit.
        policy: what it may contain, and what becomes of a mistake: ``KIT`` if a ``kit.yaml`` is behind it.
        meta: ``kit.yaml``, or the file's own front matter.
        meta_at: dotted path of a key -> its place.
        data: demo name -> slot -> path of a file or folder of the kit.
        variables: name -> plain text for ``{{ var.name }}``.
        overlays: folders whose files take precedence over the kit's, the strongest first.
        worlds: folders of the world under it and of those that this is like, the nearest first.
        world: the words of the world, for ``{{ world.name }}``.
        own_slots: (demo, slot) whose data an overlay replaces or adds, or a world that isn't the kit's.
        dropped: ids of slides that an overlay drops.
        joined: id of each slide that an overlay puts next to one of the kit's -> that slide, and whether it comes after it.
        moves: the slides of the kit that overlays put elsewhere, in the order of their files.
        adopted: slides with edits that came home from PowerPoint, as "slide@audience".
        edits: edits made in PowerPoint that are repeated on the slides.
        prints: ballots, cards and quiz.
        style: the words that ``check`` looks for.
        pictures: id of a section, or "cover" -> its picture.
        covered: whether a title in the front matter makes a first slide.
        footer: words at the foot of every slide of a talk; "" for the usual ones.
        byline: the authors of a talk as its first slide names them; "" for those of ``meta``.
        behind: the picture behind a talk's first slide.
        notes: the notes of a talk's first slide.
        said: what a talk says: text, and where it begins.
        left_out: first and last line of what a talk leaves out on purpose.
    """

    root: Path
    name: str
    policy: Policy
    meta: KitMeta
    stages: tuple[StageSource, ...]
    meta_at: Mapping[str, At] = field(default_factory=dict)
    sheets: tuple[SheetSource, ...] = ()
    audiences: tuple[AudienceSource, ...] = ()
    glossary: tuple[Term, ...] = ()
    sources: tuple[Source, ...] = ()
    data: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    style: StyleMeta | None = None
    files: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    overlays: tuple[Path, ...] = ()
    worlds: tuple[Path, ...] = ()
    world: Mapping[str, Any] = field(default_factory=dict)
    own_slots: frozenset[tuple[str, str]] = frozenset()
    dropped: frozenset[str] = frozenset()
    joined: Mapping[str, Place] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    adopted: frozenset[str] = frozenset()
    prints: tuple[PrintSource, ...] = ()
    pictures: Mapping[str, StagePicture] = field(default_factory=dict)
    edits: tuple[SlideEdit, ...] = ()
    covered: bool = True
    footer: str = ""
    byline: str = ""
    behind: str = ""
    notes: tuple[str, ...] = ()
    said: tuple[tuple[At, str], ...] = ()
    left_out: tuple[tuple[At, int], ...] = ()

    @property
    def is_kit(self) -> bool:
        """Whether a ``kit.yaml`` is behind it."""
        return self.policy == KIT

    @property
    def own(self) -> frozenset[str]:
        """The demos that got data from an overlay."""
        return frozenset(demo for demo, _ in self.own_slots)
