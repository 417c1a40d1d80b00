"""A wrong claim, struck through, beside the reply."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from workshop.constructs.boxes import Misconception, Quoted
from workshop.constructs.table import text_of
from workshop.layouts.bold_start import figure_and_rest
from workshop.layouts.declared import Layout
from workshop.layouts.draft import Arranging, Draft, Slots, prose
from workshop.layouts.grid import HALF, MARGIN, PANEL_END, TITLE_TOP, WIDTH, column, span
from workshop.layouts.parts import LEAD, SMALL, block, body, changed, layout, look, source, title
from workshop.model import blocks
from workshop.model.blocks import Line
from workshop.model.kit import Slide
from workshop.model.theme import Box, Decor, LayoutSpec, PicturePlace, Placeholder, inches

PROOF = "proof"  # the look with a figure
FIELD_TOP = inches(3.75)  # of the reply to a claim that is heard
PICTURE = inches(2.1)


def arrange(draft: Draft, scope: Arranging) -> Slots:
    """Put the wrong claim beside its reply."""
    panel = draft.first(Misconception)
    inner = panel.blocks if panel else draft.blocks
    quotes = [b for b in inner if isinstance(b, Quoted)]
    reply = [line for b in inner if isinstance(b, blocks.Prose) for line in b.lines]
    if not quotes or not reply:
        hint = "write the claim as > quote and the reply under it"
        scope.report.error("a misconception has a wrong claim and a reply", draft.at, hint, "layout")
        return []
    return [
        ("claim-label", (draft.line(draft.word("you-may-hear")),)),
        ("claim", prose(text_of(quotes[0].blocks))),
        ("reply-label", (draft.line(draft.word("reply")),)),
        ("reply", prose(reply)),
    ]


def own() -> LayoutSpec:
    """Return the claim on the ground, and the reply on a field beside it."""
    right, width = column(6) + inches(0.5), span(5) + inches(0.35)
    said, replied = Box(column(0), inches(2.3), HALF, inches(0.36)), Box(right, inches(0.62), width, inches(0.36))
    claim, reply = Box(column(0), inches(2.72), HALF, inches(3.6)), Box(right, inches(1.06), width, inches(4.65))
    return layout(
        "misconception",
        "Misconception",
        title(Box(column(0), TITLE_TOP, span(6) - inches(0.5), inches(1.6))),
        body(13, "Claim label", "claim-label", said, SMALL, "stop", bold=True),
        body(1, "Claim", "claim", claim, (54, 48, 44, 40, 36, 32, 28), "muted", line=102, track=-19, strike=True),
        body(15, "Reply label", "reply-label", replied, SMALL, "on_field", bold=True),
        body(2, "Reply", "reply", reply, (32, *LEAD), "on_field", before=12),
        # under the reply: what is struck out has no source
        replace(source(), box=Box(right, inches(5.76), width, inches(0.8)), color="on_field"),
        decor=(block(column(6), WIDTH - column(6), "field"),),
    )


def proof(spec: LayoutSpec) -> LayoutSpec:
    """Return a wrong claim and its reply with the figure that proves it, large, under the reply."""
    places: list[Placeholder] = []
    for place in spec.placeholders:
        if place.role != "reply":
            places.append(place)
            continue
        x, w = place.box.x, place.box.w
        places += [
            replace(place, box=Box(x, place.box.y, w, inches(2.6)), sizes=LEAD),
            body(20, "Proof", "proof", Box(x, inches(3.68), w, inches(1.15)), (88, 72, 60), "on_field", bold=True, anchor="b", line=85, track=-23),
            body(21, "Proof unit", "proof-unit", Box(x, inches(4.89), w, inches(0.82)), (24, 22), "on_field"),
        ]  # fmt: skip
    return look(spec, "Misconception and proof", places)


def heard(spec: LayoutSpec) -> LayoutSpec:
    """Return a wrong claim as somebody says it, over the reply on a field, beside the picture of its stage."""
    x, w = inches(3.2), WIDTH - MARGIN - inches(3.2)
    places = changed(spec, {
        "title": {"box": Box(MARGIN, TITLE_TOP, span(12), inches(1.06))},
        "claim-label": {"box": Box(MARGIN, inches(1.58), span(12), inches(0.36))},
        "claim": {
            "box": Box(MARGIN, inches(1.98), span(12), inches(1.44)), "sizes": (36, 32, 28), "fill": "panel",
            "anchor": "ctr", "inset": inches(0.4),
        },
        "source": {"box": Box(x, inches(6.3), w, inches(0.26)), "anchor": "ctr"},
        "reply-label": {"box": Box(x, inches(3.92), w, inches(0.36))},
        "reply": {"box": Box(x, inches(4.3), w, inches(1.95)), "sizes": (*LEAD, 22), "before": 8},
    })  # fmt: skip
    field = Decor("rect", Box(0, FIELD_TOP, WIDTH, PANEL_END - FIELD_TOP), "field")
    picture = PicturePlace(Box(MARGIN, inches(4.0), PICTURE, PICTURE), "field")
    return look(spec, "Misconception, heard", places, decor=(field,), picture=picture)


def proof_of(slide: Slide) -> tuple[Line, Line] | None:
    """Return the figure that proves a reply, and what it counts: the reply's last paragraph, if it begins with a bold figure."""
    lines = text_of(slide.slot("reply"))
    return figure_and_rest(lines[-1]) if len(lines) > 1 else None


def suits(slide: Slide) -> Iterable[str]:
    """Yield the look with a proof."""
    if proof_of(slide) is not None:
        yield PROOF


MISCONCEPTION = Layout(
    name="misconception",
    example="> It looks the sentence up.\n\nIt keeps counts, not sentences.",
    arrange=arrange,
    own=own,
    looks={PROOF: proof, "heard": heard},
    suits=suits,
    title_lines=(2, 3),
    weight=110,
    traits=frozenset({"checks", "corrects"}),
)
