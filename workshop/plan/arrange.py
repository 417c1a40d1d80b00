"""Choose a slide's layout from what is on it, and put every block into a slot of that layout."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from workshop.constructs.boxes import Quoted
from workshop.constructs.column_divs import Column, Columns
from workshop.constructs.table import BY_BLOCK, CONSTRUCTS, text_of
from workshop.constructs.talk_divs import Callout, Edge, StandIn
from workshop.errors import Report, Severity, failures_of
from workshop.layouts import all_layouts
from workshop.layouts.columns import TWO_CONTENT
from workshop.layouts.content import CONTENT
from workshop.layouts.draft import Draft, Exhibit, Slots, measured, prose
from workshop.layouts.statements import STATEMENT
from workshop.layouts.turns import ACTIVITY
from workshop.model import blocks as model_blocks
from workshop.plan.scope import Scope

# Which slides are put together freely: everything that no layout of ours is made for.
FREE = "free"
MOST_BESIDE = 34  # words beside an exhibit at 24 pt


def is_free(blocks: Sequence[model_blocks.Block], *, untitled: bool, talk: bool) -> bool:
    """Whether the blocks of a slide are put together freely; in a kit, only those that our layouts would refuse."""
    if (untitled and talk) or any(isinstance(block, Edge | Callout | StandIn) for block in blocks):
        return True
    pairs = [block for block in blocks if isinstance(block, Columns)]
    if pairs:
        return (len(blocks) > 1 or not _is_pair(pairs[0])) if talk else not _is_two(pairs[0])
    if any((construct := BY_BLOCK.get(type(block))) and construct.layout for block in blocks):
        return False
    text = text_of(blocks)
    if any(line.displayed is not None for line in text):
        return True
    exhibits = [block for block in blocks if isinstance(block, Exhibit)]
    if talk and any(isinstance(block, model_blocks.ShownPicture) for block in exhibits):
        return True
    if len(exhibits) != 1:
        return len(exhibits) > 2 or bool(exhibits and text)
    if isinstance(exhibits[0], model_blocks.ShownTable) and exhibits[0].caption:
        return True
    words = sum(len(line.text.split()) for line in text)
    return talk and bool(text) and (words > MOST_BESIDE or isinstance(exhibits[0], model_blocks.ShownCode))


def _is_two(columns: Columns) -> bool:
    """Whether columns are two, each of text or one exhibit."""
    found = [block for block in columns.blocks if isinstance(block, Column)]
    kinds = ([isinstance(part, Exhibit) for part in column.blocks] for column in found)
    return len(found) == 2 and all(not any(kind) or kind == [True] for kind in kinds)


def _is_pair(columns: Columns) -> bool:
    """Whether columns are two of the same width, each of text or one exhibit, as the layout for two has them."""
    found = [block for block in columns.blocks if isinstance(block, Column)]
    widths = {column.width for column in found}
    return len(found) == 2 and len(widths) == 1 and all(_is_plain(column.blocks) for column in found)


def _is_plain(blocks: Sequence[model_blocks.Block]) -> bool:
    exhibits = [block for block in blocks if isinstance(block, Exhibit)]
    if exhibits:
        alone = len(blocks) == 1 and not isinstance(exhibits[0], model_blocks.ShownPicture)
        return alone and not getattr(exhibits[0], "caption", "")
    return all(
        isinstance(block, model_blocks.Prose) and not any(line.displayed for line in block.lines) for block in blocks
    )


def _showing(exhibit: model_blocks.Block, *, beside: bool) -> str:
    """Return the name of the layout for an exhibit beside a text, or alone; for some kinds there is only one for both."""
    found = [one for one in all_layouts().values() if one.shows is type(exhibit)]
    return next((one.name for one in found if ("beside" in one.traits) is beside), found[0].name)


class Arranged(Struct, frozen=True):
    """One slide's layout and slots; a draft may become two slides."""

    layout: str
    slots: tuple[tuple[str, tuple[model_blocks.Block, ...]], ...]


def arrange(draft: Draft, scope: Scope) -> tuple[Arranged, ...]:
    """Return the slide (or the slide and its continuation) that a draft becomes."""
    if "layout" not in draft.attrs and is_free(draft.blocks, untitled=draft.untitled, talk=draft.talk):
        return (_arranged(FREE, [("main", draft.blocks)]),)
    layout = all_layouts().get(draft.attrs.get("layout") or _chosen(draft))
    if layout is None or layout.arrange is None:
        return _exhibits(draft, scope)
    trial = Report() if draft.talk else scope.report
    made = Arranged(layout.name, ())
    with failures_of(f"the layout {layout.name!r}", trial, draft.at):
        made = _arranged(layout.name, layout.arrange(draft, replace(scope, report=trial)))
    if not draft.talk:
        return (made,)
    if not trial.errors:
        scope.report.extend(trial.found)
        return (made,)
    scope.report.extend(replace(problem, severity=Severity.WARNING) for problem in trial.found)
    return (_arranged(FREE, [("main", draft.blocks)]),)  # it lacks something for the layout that it asks for


def _arranged(layout: str, slots: Slots) -> Arranged:
    return Arranged(layout, tuple((name, tuple(blocks)) for name, blocks in slots if blocks))


def _chosen(draft: Draft) -> str:
    """Return the name of the layout that something on a slide asks for; "" if nothing does."""
    if draft.opened and any(line.marker == "number" for line in draft.text):
        return ACTIVITY.name
    for construct in CONSTRUCTS:
        if construct.layout and construct.block and draft.of(construct.block):
            return construct.layout
    return "" if draft.blocks else STATEMENT.name


def _exhibits(draft: Draft, scope: Scope) -> tuple[Arranged, ...]:
    exhibits, text = [b for b in draft.blocks if isinstance(b, Exhibit)], draft.text
    if len(draft.blocks) == 1 and isinstance(draft.blocks[0], Quoted):
        return (_arranged(CONTENT.name, [("main", draft.blocks)]),)
    if not exhibits:
        return (_arranged(CONTENT.name, [("main", prose(text))]),)
    if len(exhibits) == 2 and not text:
        return (_arranged(TWO_CONTENT.name, [("left", exhibits[:1]), ("right", exhibits[1:])]),)
    if len(exhibits) > 1:
        scope.report.error(
            f"{len(exhibits)} exhibits and text on one slide",
            draft.at,
            "give each a slide of its own, or two of them a column each",
            "too-much",
        )
        return ()
    exhibit = exhibits[0]
    if isinstance(exhibit, model_blocks.ShownPicture) and exhibit.caption and not draft.measure:
        draft = replace(draft, measure=exhibit.caption)
    shown: Slots = [measured(draft), ("main", (exhibit,))]
    if not text:
        return (_arranged(_showing(exhibit, beside=False), shown),)
    if sum(len(line.text.split()) for line in text) > MOST_BESIDE:
        return (_arranged(CONTENT.name, [("main", prose(text))]), _arranged(_showing(exhibit, beside=False), shown))
    return (_arranged(_showing(exhibit, beside=True), [*shown, ("reading", prose(text))]),)
