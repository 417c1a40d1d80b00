"""Choose a slide's layout from what is on it, and put every block into a slot of that layout."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from workshop.constructs.table import CONSTRUCTS
from workshop.errors import Report, Severity
from workshop.layouts import LAYOUTS
from workshop.layouts.columns import TWO_CONTENT
from workshop.layouts.content import CONTENT
from workshop.layouts.draft import Draft, Exhibit, Slots, measured, prose
from workshop.layouts.statements import STATEMENT
from workshop.layouts.turns import ACTIVITY
from workshop.model import kit
from workshop.plan.arrange_talk import FREE, MOST_BESIDE, is_free
from workshop.plan.scope import Scope

# Type of an exhibit -> the layout for it and a text, and for it alone
BESIDE = {one.shows: one.name for one in LAYOUTS.values() if one.shows and "beside" in one.traits}
ALONE = BESIDE | {one.shows: one.name for one in LAYOUTS.values() if one.shows and "beside" not in one.traits}


class Arranged(Struct, frozen=True):
    """One slide's layout and slots; a draft may become two slides."""

    layout: str
    slots: tuple[tuple[str, tuple[kit.Block, ...]], ...]


def arrange(draft: Draft, scope: Scope) -> tuple[Arranged, ...]:
    """Return the slide (or the slide and its continuation) that a draft becomes."""
    if draft.talk and "layout" not in draft.attrs and is_free(draft.blocks, untitled=draft.untitled):
        return (_arranged(FREE, [("main", draft.blocks)]),)
    layout = LAYOUTS.get(draft.attrs.get("layout") or _chosen(draft))
    if layout is None or layout.arrange is None:
        return _exhibits(draft, scope)
    trial = Report() if draft.talk else scope.report
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
    if draft.opened:
        return ACTIVITY.name
    for construct in CONSTRUCTS:
        if construct.layout and construct.block and draft.of(construct.block):
            return construct.layout
    return "" if draft.blocks else STATEMENT.name


def _exhibits(draft: Draft, scope: Scope) -> tuple[Arranged, ...]:
    exhibits, text = [b for b in draft.blocks if isinstance(b, Exhibit)], draft.text
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
    if isinstance(exhibit, kit.ShownPicture) and exhibit.caption and not draft.measure:
        draft = replace(draft, measure=exhibit.caption)
    shown: Slots = [measured(draft), ("main", (exhibit,))]
    if not text:
        return (_arranged(ALONE[type(exhibit)], shown),)
    if sum(len(line.text.split()) for line in text) > MOST_BESIDE:
        return (_arranged(CONTENT.name, [("main", prose(text))]), _arranged(ALONE[type(exhibit)], shown))
    return (_arranged(BESIDE[type(exhibit)], [*shown, ("reading", prose(text))]),)
