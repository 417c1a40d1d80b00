"""Leaving out what doesn't apply: parts for other rooms, whose ``when=`` is false or whose run failed, and a page that isn't made."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from workshop.errors import At
from workshop.expressions import TASKS, roots
from workshop.layouts import traits
from workshop.model.closed import Closed
from workshop.model.frozen import with_parts
from workshop.model.kit import NOTE_KINDS
from workshop.model.markup import Attrs, Block, Item, Paragraph, Picture, Strong, Text
from workshop.model.print_source import PrintEntry
from workshop.model.source import Content, ExerciseSource, SheetSource, SlideSource, StageSource
from workshop.model.walk import expressions_in, names_in, nodes, visible
from workshop.plan.scope import Scope
from workshop.wording.formats import listed
from workshop.wording.messages import labels_of_notes

Part = SlideSource | ExerciseSource
T = TypeVar("T")
WHOLE = (SlideSource, ExerciseSource, PrintEntry)
_OF_TASK = re.compile(rf"\b{TASKS}\.(\w+)")


# Leaves out what is for other rooms: ``room=remote`` or ``room=-paper`` on anything with attributes, ``[…]{room=remote}`` in YAML.
_PIECE = re.compile(r"\[(?P<text>[^\[\]]*)\]\{room=(?P<names>[^{}\s]+)\}")


def in_room(content: Content, here: tuple[str, ...]) -> Content:
    """Return a kit without what is meant for other rooms, or for rooms of another size."""
    if not content.is_kit:
        return content
    return replace(
        content,
        meta=fitted(content.meta, here),
        stages=fitted(content.stages, here),
        sheets=fitted(content.sheets, here),
        prints=fitted(content.prints, here),
    )


def _is_for(names: Collection[str], here: Collection[str]) -> bool:
    """Whether a list of rooms covers a room: any of those named, and none of those with a minus."""
    out = {name[1:] for name in names if name.startswith("-")}
    return out.isdisjoint(here) and (len(out) == len(names) or not set(names).isdisjoint(here))


def fitted(node: T, here: Collection[str]) -> T:
    """Return a node and all below it without what is for other rooms; what stays the same isn't copied."""
    made: Any = node
    if isinstance(node, WHOLE) and "room" not in repr(node):
        pass  # nearly all of them, and that is seen much sooner than by a walk
    elif isinstance(node, str):
        if "{room=" in node:
            made = _PIECE.sub(lambda m: m["text"] if _is_for(m["names"].split(","), here) else "", node)
    elif isinstance(node, tuple):
        parts = tuple(fitted(part, here) for part in node if _fits(part, here))
        made = node if len(parts) == len(node) and all(a is b for a, b in zip(node, parts, strict=True)) else parts
    elif isinstance(node, Closed):
        said = {
            name: new for name, old in node if isinstance(old, str | tuple) and (new := fitted(old, here)) is not old
        }
        made = node.but(**said) if said else node
    elif isinstance(node, Struct) and not isinstance(node, At | Attrs):
        made = with_parts(node, lambda part: fitted(part, here))
    return cast("T", made)


def _fits(part: object, here: Collection[str]) -> bool:
    attrs = getattr(part, "attrs", None)
    return not isinstance(attrs, Attrs) or "room" not in attrs or _is_for(attrs.names("room"), here)


def for_case(content: Content, scope: Scope, own: Collection[str], wanted: Collection[str]) -> Content:
    """Return the content without slides and exercises that can't or shouldn't be made from these runs.

    A slide that is left out because of the user's own data or a crash is reported; with the kit's own data it always is, so
    there is nothing to report.

    Args:
        own: runs on the user's own data.
        wanted: ids of the stages that are asked for; the runs of the others haven't been made.
    """
    case = _Case(scope, frozenset(own))
    sheets = tuple(case.sheet(sheet) if sheet.stage in wanted else sheet for sheet in content.sheets)
    kept = {exercise.id for sheet in sheets for exercise in sheet.exercises}
    gone = {e.id for sheet in content.sheets for e in sheet.exercises if visible(e.attrs, scope.audience)} - kept
    return replace(
        content,
        sheets=sheets,
        stages=tuple(case.stage(stage, gone) if stage.id in wanted else stage for stage in content.stages),
    )


class _Case(Struct, frozen=True):
    scope: Scope
    own: frozenset[str]

    def sheet(self, sheet: SheetSource) -> SheetSource:
        kept = []
        for exercise in sheet.exercises:
            why = self.why_not(exercise, frozenset())
            if not why:
                kept.append(exercise)
            elif why != "case":
                self.scope.report.advise(f"exercise {exercise.id!r} is left out: {why}", exercise.at, code="left-out")
        return replace(sheet, exercises=tuple(kept))

    def stage(self, stage: StageSource, gone: Collection[str]) -> StageSource:
        kept = []
        lost: dict[str, list[str]] = {}
        for slide in stage.slides:
            why = self.why_not(slide, gone)
            if not why:
                kept.append(slide)
            elif why != "case":
                lost.setdefault(why, []).append(slide.id)
        for why, ids in lost.items():
            many = f"slides {listed([repr(name) for name in ids])} are" if len(ids) > 1 else f"slide {ids[0]!r} is"
            at = next(slide.at for slide in stage.slides if slide.id == ids[0])
            self.scope.report.advise(f"{many} left out: {why}", at, code="left-out")
        return replace(stage, slides=tuple(kept))

    def why_not(self, part: Part, gone: Collection[str]) -> str:
        """Return why a part is left out; "" if it isn't, "case" if that needn't be reported."""
        scope = self.scope
        if not visible(part.attrs, scope.audience):
            return ""
        failed = self._failed(part)
        if failed:
            return f"the run '{failed}' failed"
        condition = part.attrs.get("when")
        if condition and not scope.holds(condition, part.at):
            return "meant for other data than yours" if self.own & set(roots(condition)) else "case"
        if scope.varied and self._right_options(part) not in (None, 1):
            return f"not exactly one option of the bet is right {scope.varied}"
        lost = self._exercises(part) & {*gone} if gone else set()
        return f"so is the exercise '{min(lost)}'" if lost else ""

    def _exercises(self, part: Part) -> set[str]:
        """Return the names with which a part may refer to exercises, in pictures and in values."""
        audience = self.scope.audience
        names = {n.target.partition(":")[2] for n in nodes(part, audience) if isinstance(n, Picture)}
        if any(name == TASKS for name, _ in names_in(part, audience)):
            values = [name for text, _ in expressions_in(part, audience) for name in _OF_TASK.findall(text)]
            names |= {name.replace("_", "-") for name in values}
        return names

    def _right_options(self, part: Part) -> int | None:
        """Return how many options of a bet are right; ``None`` if it doesn't say which is, or is no bet."""
        asked = "asks" in traits(part.attrs.get("layout"))
        items = [n for n in nodes(part, self.scope.audience) if isinstance(n, Item) and "right" in n.attrs]
        if not asked or not items:
            return None
        return sum(bool(self.scope.bears_out(item.attrs.get("right"), item.at)) for item in items)

    def _failed(self, part: Part) -> str:
        if not self.scope.failed:
            return ""
        names = [name for name, _ in names_in(part, self.scope.audience)]
        if isinstance(part, ExerciseSource):
            names.append(part.attrs.get("from"))
        return next((name for name in names if name in self.scope.failed), "")


# Leaves out the companion page, for a program that doesn't make it.
PAGE = "explore"  # the writer of the page that slides open


def without_page(content: Content) -> Content:
    """Return a kit without what notes say to show on the companion page, and without the slides whose steps are on it."""
    labels, gone = labels_of_notes(content.meta.language), set[str]()

    def closed(slide: SlideSource) -> SlideSource | None:
        if "opens" not in slide.attrs:
            return slide
        kept, label = [], ""
        for block in slide.notes:
            label = found if (found := _label(block)) in labels else label
            kept += [block] if labels.get(label) != NOTE_KINDS.index("show") else []
        if len(kept) == len(slide.notes):  # what to do there is on the slide
            gone.add(slide.id)
            return None
        pairs = tuple(pair for pair in slide.attrs.pairs if pair[0] != "opens")
        return replace(slide, notes=tuple(kept), attrs=replace(slide.attrs, pairs=pairs))

    stages = tuple(replace(stage, slides=tuple(filter(None, map(closed, stage.slides)))) for stage in content.stages)
    return replace(content, stages=stages, dropped=content.dropped | gone)


def _label(block: Block) -> str:
    """Return the bold word with which a paragraph of notes begins."""
    head = block.children[0] if isinstance(block, Paragraph) and block.children else None
    words = head.children if isinstance(head, Strong) else ()
    return "".join(word.text for word in words if isinstance(word, Text)).strip().rstrip(":.").lower()
