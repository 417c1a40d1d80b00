"""Diagrams: a list drawn as boxes in a row, joined by arrows."""

from __future__ import annotations

from workshop.constructs.declared import Construct, Data, Paper, Resolving, drawn
from workshop.errors import At
from workshop.model import markup
from workshop.model.blocks import Block, Diagram, Map, Step, plain

ROLES = ("open", "accent", "panel")  # classes of its items
LEAST, MOST = 2, 5  # boxes


def _diagram(div: markup.Div, resolving: Resolving, step: int) -> tuple[Block, ...]:
    steps: list[Step] = []
    figures: list[str] = []
    faulty = False
    for block in div.blocks:
        if not isinstance(block, markup.ListBlock):
            resolving.error(
                "a diagram is one list", getattr(block, "at", div.at), "write one item per box: - **Name**: gloss"
            )
            faulty = True
            continue
        for item in block.items:
            if resolving.sees(item.attrs):
                steps.append(_box(item, resolving))
                figures.append(_figure(item, resolving))
    if not LEAST <= len(steps) <= MOST:
        resolving.error(
            f"a diagram has two to five boxes, not {len(steps)}",
            div.at,
            "it is shown as text" if resolving.talk else "",
        )
        faulty = True
    if faulty and resolving.talk:
        return resolving.blocks(div.blocks, step)
    named = (
        f"{step.name} ({figure.replace(' | ', ', ')})" if figure else step.name
        for step, figure in zip(steps, figures, strict=True)
    )
    alt = resolving.fill(div.attrs.get("alt"), div.at) or "Diagram: " + ", then ".join(named)
    back = resolving.fill(div.attrs.get("back"), div.at)
    return (Diagram(steps=tuple(steps), alt=alt, back=back, figures=tuple(figures) if any(figures) else (), at=div.at),)


def _figure(item: markup.Item, resolving: Resolving) -> str:
    """Return the text under a box, "figure | note", from the only item of its nested list."""
    under = next((block for block in item.blocks if isinstance(block, markup.ListBlock)), None)
    found = next((i for i in under.items if resolving.sees(i.attrs)), None) if under else None
    if found is None:
        return ""
    runs = resolving.first_line(found)
    figure = plain(tuple(run for run in runs if run.strong)) or plain(runs)
    note = plain(tuple(run for run in runs if not run.strong)) if figure != plain(runs) else ""
    return " | ".join(filter(None, (figure.strip(), note.strip())))


def _box(item: markup.Item, resolving: Resolving) -> Step:
    runs = resolving.first_line(item)
    name = plain(tuple(run for run in runs if run.strong)) or plain(runs)
    gloss = "" if not any(run.strong for run in runs) else plain(tuple(run for run in runs if not run.strong))
    role = next((c for c in item.attrs.classes if c in ROLES), "")
    link = next((run.link for run in runs if run.link), "")
    return Step(name.strip().rstrip(":"), gloss.strip().lstrip(":").strip(), role, link=link)


def steps_data(steps: tuple[Step, ...], alt: str, back: str, page: Paper, at: At) -> Data:
    """Return boxes in a row."""
    boxes = [{"name": page.text(step.name, at), "gloss": page.text(step.gloss, at)} for step in steps]
    return {"type": "steps", "steps": boxes, "alt": page.text(alt, at), "back": page.text(back, at)}


def _on_paper(diagram: Diagram, page: Paper, _at: At) -> list[Data]:
    return [steps_data(diagram.steps, diagram.alt, diagram.back, page, diagram.at)]


def _map_on_paper(shown: Map, page: Paper, at: At) -> list[Data]:
    return [steps_data(tuple(tile for phase in shown.phases for tile in phase.tiles), shown.alt, "", page, at)]


DRAWINGS = (
    Construct(
        name="diagram",
        example="- **Picks**: which answer is better?\n- **Learns**: from the pick",
        keys=("alt", "back"),
        classes=ROLES,
        block=Diagram,
        resolve=_diagram,
        layout="diagram",
        slide=drawn,
        paper=_on_paper,
    ),
    Construct(name="map", example="", fenced=False, block=Map, slide=drawn, paper=_map_on_paper),
)
